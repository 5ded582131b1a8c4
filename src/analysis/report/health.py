"""The health of a corpus as readers see it: what blocks first, the articles behind each finding."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd

from analysis.check.findings import BLOCKS, FINE, LEVELS, QUALIFIES
from analysis.report.cells import escape, visible
from analysis.report.display import Shown, check_labels, downloadable
from analysis.report.markup import MOST_LINES, source_of
from analysis.wording import plural

HEADINGS = {
    BLOCKS: "Blocks a comparison",
    QUALIFIES: "Qualifies a comparison",
    FINE: "Fine",
}
LINE, IDS = 100, 5  # characters, and ids that are named in a terminal


def show_health(
    findings: pd.DataFrame, articles: pd.DataFrame, *, caption: str, name: str
) -> Shown:
    """Show what blocks a comparison, what qualifies it, and, folded, what is fine.

    Parameters
    ----------
    findings
        As ``check_corpus`` gives it.
    articles
        The articles of the corpus, for their titles and links. At most 30 are listed a finding; the
        download has the ids of all.
    caption, name
        As for ``show_table``.

    Raises
    ------
    DataError
        When `caption` is empty or `name` cannot be a file name.
    """
    check_labels(name, caption=caption)
    known = articles.set_index("article_id", drop=False)
    parts = [
        _level(level, findings[findings["level"] == level], known)
        for level in LEVELS
        if (findings["level"] == level).any()
    ]
    head = f'<p class="caption">{escape(caption)}</p>'
    body = "\n".join(parts)
    page = f'<div class="health" id="{name}">{head}\n{body}\n</div>'
    plain = f"{visible(caption)}\n{write_health(findings)}"
    return downloadable("health", page, plain, {"name": name, "caption": caption}, findings)


def _level(level: str, rows: pd.DataFrame, known: pd.DataFrame) -> str:
    title = f"{HEADINGS[level]} ({plural(len(rows), 'check' if level == FINE else 'finding')})"
    items = "\n".join(_item(row, known) for _, row in rows.iterrows())
    listing = f'<ul class="findings">\n{items}\n</ul>'
    if level == FINE:
        return f"<details><summary>{title}</summary>{listing}</details>"
    return f'<h3 class="{level}">{title}</h3>\n{listing}'


def _item(row: pd.Series[Any], known: pd.DataFrame) -> str:
    said = f"<b>{escape(row['check'])}</b>: {escape(row['what'])}"
    if row["remedy"]:
        affected = f"Affects: {escape(row['affects'])}."
        said += f' <span class="note">{affected} What to do: {escape(row["remedy"])}.</span>'
    return f"<li>{said}{_articles(row, known)}</li>"


def _articles(row: pd.Series[Any], known: pd.DataFrame) -> str:
    ids = row["articles"]
    if not ids or row["level"] == FINE:
        return ""
    lines = "\n".join(
        f"<li>{source_of(known.loc[one]) if one in known.index else escape(one)}</li>"
        for one in ids[:MOST_LINES]
    )
    more = f"The first {MOST_LINES} of {len(ids):,}; the download has the ids of all."
    below = f'<p class="note">{more}</p>' if len(ids) > MOST_LINES else ""
    summary = f"<summary>{plural(len(ids), 'article')}</summary>"
    return f'<details>{summary}<ul class="lines">\n{lines}\n</ul>{below}</details>'


def write_health(findings: pd.DataFrame) -> str:
    """Write the findings for a terminal, by level; what is fine has a line each."""
    lines = []
    for level in LEVELS:
        rows = findings[findings["level"] == level]
        if len(rows):
            lines += [f"{HEADINGS[level].upper()} ({len(rows)})"]
            lines += [line for _, row in rows.iterrows() for line in _lines(row)]
            lines += [""]
    return "\n".join(lines).rstrip()


def _lines(row: pd.Series[Any]) -> list[str]:
    said = [f"{row['check']}: {row['what']}"]
    if row["level"] != FINE:
        ids = row["articles"]
        more = f" and {len(ids) - IDS:,} more" if len(ids) > IDS else ""
        behind = f"; {plural(len(ids), 'article')}: {', '.join(ids[:IDS])}{more}" if ids else ""
        said += [f"affects {row['affects']}{behind}", f"what to do: {row['remedy']}"]
    indents = ["  ", *["    "] * (len(said) - 1)]
    return [
        line
        for indent, text in zip(indents, said, strict=True)
        for line in textwrap.wrap(
            visible(text),
            LINE,
            initial_indent=indent,
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,  # an id is to be copied
        )
    ]


def describe_blocking(findings: pd.DataFrame) -> list[str]:
    """Say what blocks a comparison, and which; what every page of a report says first."""
    rows = findings[findings["level"] == BLOCKS]
    return [
        f"{what} Blocked: {affects}."
        for what, affects in zip(rows["what"], rows["affects"], strict=True)
    ]
