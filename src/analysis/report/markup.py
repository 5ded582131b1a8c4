"""The HTML of tables and evidence: needs no style sheet, escapes every word."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from analysis.report.cells import escape, heading, is_numeric

MOST_LINES = 30
LONG_HEAD = 12
# Characters up to which a column of text is set so; the browser would break dates and names.
WIDTHS = ((24, "white-space:nowrap"), (80, "min-width:10em"), (float("inf"), "min-width:18em"))
# The styles of cells that the pages' style sheet names, where a page is written for the web.
CELL_CLASSES = {
    "text-align:right": "r",
    "text-align:right;min-width:7em": "r h",
    "text-align:left": "",
    "text-align:left;min-width:7em": "h",
    "text-align:left;white-space:nowrap": "n",
    "text-align:left;min-width:10em": "m",
    "text-align:left;min-width:18em": "w",
}
CELL = re.compile(r'(<t[dh](?: scope="(?:col|row)")?) style="([^"]*)">')


def name_cell_styles(page: str) -> str:
    """Write the styles of a table's cells as classes, which are fewer bytes."""

    def named(cell: re.Match[str]) -> str:
        name = CELL_CLASSES.get(cell[2])
        if name is None:
            return cell[0]
        return f'{cell[1]} class="{name}">' if name else f"{cell[1]}>"

    return CELL.sub(named, page)


def table(rows: pd.DataFrame, cells: list[list[str]], caption: str) -> str:
    """Write a table's HTML; a first column of text names its rows."""
    numeric = [is_numeric(rows.iloc[:, place]) for place in range(rows.shape[1])]
    styles = [style(*column) for column in zip(numeric, cells, strict=True)]
    head = "".join(
        f'<th scope="col" style="{styled[0]}{wide(column)}">{escape(heading(column))}</th>'
        for column, styled in zip(rows.columns, styles, strict=True)
    )
    named = bool(numeric) and not numeric[0]
    body = []
    for row in zip(*cells, strict=True):
        opening = ['<th scope="row"' if named and not place else "<td" for place in range(len(row))]
        written = [
            f'{tag} style="{styled[1]}">{escape(cell)}</{tag[1:3]}>'
            for tag, styled, cell in zip(opening, styles, row, strict=True)
        ]
        body.append(f"<tr>{''.join(written)}</tr>")
    title = f'<caption style="text-align:left">{escape(caption)}</caption>'
    lines = "\n".join(body)
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>\n{lines}\n</tbody></table>"


def wide(column: object) -> str:
    """Give a long head room, so that it needs two lines and not one a word."""
    return ";min-width:7em" if len(str(column)) > LONG_HEAD else ""


def style(numeric: bool, cells: list[str]) -> tuple[str, str]:
    """Choose how a column's head and its cells are set: short text on one line, long text wide."""
    if numeric:
        return "text-align:right", "text-align:right"
    longest = max(map(len, cells), default=0)
    width = next(width for most, width in WIDTHS if longest <= most)
    return "text-align:left", f"text-align:left;{width}"


def scroll(content: str, label: str) -> str:
    """Wrap what may be wider than a phone so that the keyboard can scroll it too."""
    opening = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(label)}">'
    return f"{opening}{content}</div>"


def evidence(term: str, rows: pd.DataFrame) -> str:
    """Write the lines of one term, folded if the term has a name."""
    lines = "\n".join(evidence_line(row) for _, row in rows.head(MOST_LINES).iterrows())
    listing = f'<ul class="lines">\n{lines}\n</ul>'
    if len(rows) > MOST_LINES:
        listing += (
            f'<p class="note">The first {MOST_LINES} of {len(rows):,}; the download has all.</p>'
        )
    if not term:
        return listing
    count = f"{len(rows):,} line{'' if len(rows) == 1 else 's'}"
    return (
        f"<details><summary><b>{escape(term)}</b> <span>({count})</span></summary>{listing}"
        "</details>"
    )


def evidence_line(row: pd.Series[Any]) -> str:
    """Write one line: the words around the term, and where they stand."""
    left, right = str(row["left"]).lstrip(), str(row["right"]).rstrip()
    begin = "" if re.match(r"$|[\"“‘«(]*[A-Z]", left) else "… "
    end = "" if re.search(r"^$|[.!?][\"”’»)]*$", right) else " …"
    words = f"{begin}{escape(left)}<mark>{escape(row['match'])}</mark>{escape(right)}{end}"
    return f"<li><q>{words}</q><br>{source_of(row)}</li>"


def source_of(row: pd.Series[Any]) -> str:
    """Write where words are from: outlet, day, title with its link, and the article's id."""
    day = row.get("published")
    title = escape(row.get("title", ""))
    url = str(row.get("url", ""))
    if title and re.match(r"https?://", url):
        title = f'<a href="{escape(url)}" rel="noreferrer">{title}</a>'
    source = [
        escape(row.get("outlet", "")),
        "" if pd.isna(day) else f"{day:%Y-%m-%d}",
        f"<cite>{title}</cite>" if title else "",
        f"<small>{escape(row['article_id'])}</small>",
    ]
    return " · ".join(filter(None, source))
