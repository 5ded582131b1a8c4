"""What notebooks show: tables, figures, findings and evidence, each with its data.

The same objects are read in JupyterLab, compared by tests as text, and published as pages; so
their HTML needs no style sheet, holds no random name, and escapes whatever an article says.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.corpus.schema import DataError
from analysis.report.cells import (
    bound_decimals,
    escape,
    format_column,
    heading,
    listed,
    to_csv,
    visible,
)
from analysis.report.markup import MOST_LINES, evidence, scroll, table

MOST_ROWS = 100
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LINE_COLUMNS = ("article_id", "left", "match", "right")
TAG = re.compile(r"<[^>]*>")
LONG_NUMBER = re.compile(r"\d+\.\d{4,}")


@dataclass(frozen=True)
class Shown:
    """One output of a notebook, in every form that a reader of it may want.

    Attributes
    ----------
    data
        Text by media type.
    metadata
        By media type: ``kind``, ``name``, ``caption``, ``alt``.
    """

    data: dict[str, str]
    metadata: dict[str, dict[str, str]] = field(default_factory=dict)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        return self.data, self.metadata


def show_table(frame: pd.DataFrame, *, caption: str, name: str, note: str = "") -> Shown:
    """Show a frame as a table with a caption; all of its rows go to the download.

    Parameters
    ----------
    frame
        One row per table row; the index is not shown. Rows beyond the first 100 are only in the
        download, and the table says so.
    caption
        What the table shows, in plain text.
    name
        Of the download and the link to the table: small letters, digits and hyphens.
    note
        Printed below the table.

    Raises
    ------
    DataError
        When `caption` is empty or `name` cannot be a file name.
    """
    check_labels(name, caption=caption)
    if len(frame) > MOST_ROWS:
        cut = f"The first {MOST_ROWS} of {len(frame):,} rows; the download has them all."
        note = f"{cut} {note}".strip()
    rows = frame.head(MOST_ROWS)
    decimals = bound_decimals(frame)
    cells = [
        format_column(rows.iloc[:, place], decimals=decimals) for place in range(rows.shape[1])
    ]
    below = f'<p class="note">{escape(note)}</p>' if note else ""
    inside = scroll(table(rows, cells, caption), caption) + below
    page = f'<div class="table" id="{name}">{inside}</div>'
    lines = "\n".join("\t".join(row) for row in zip(*cells, strict=True))
    head = "\t".join(map(heading, rows.columns))
    plain = "\n".join(filter(None, [visible(caption), head, lines, visible(note)]))
    return downloadable("table", page, plain, {"name": name, "caption": caption}, frame)


def show_figure(figure: Figure, *, alt: str, caption: str, name: str, data: pd.DataFrame) -> Shown:
    """Show a figure as SVG, with words for readers who do not see it, and the data behind it.

    The figure is closed. Its labels are drawn as they stand: a ``$`` begins no formula.

    Parameters
    ----------
    figure
        A matplotlib figure.
    alt
        What the figure shows, in words.
    caption, name
        As for ``show_table``.
    data
        What was drawn, for the download.

    Raises
    ------
    DataError
        When `alt` or `caption` is empty or `name` cannot be a file name.
    """
    check_labels(name, caption=caption, alt=alt)
    plain = f"{visible(caption)}\n{visible(alt)}"
    return Shown(
        {"image/svg+xml": draw_svg(figure, name), "text/plain": plain, "text/csv": to_csv(data)},
        {
            "image/svg+xml": {"kind": "figure", "name": name, "caption": caption, "alt": alt},
            "text/csv": {"name": name},
        },
    )


def draw_svg(figure: Figure, name: str) -> str:
    """Draw a figure with the same bytes on every run; numbers beyond a thousandth point are cut."""
    for text in figure.findobj(Text):
        text.set_parse_math(False)
    style: Any = {"svg.hashsalt": name, "svg.fonttype": "none", "text.parse_math": False}
    buffer = io.StringIO()
    with mpl.rc_context(style), warnings.catch_warnings():
        # The reader's browser draws the letters, so a glyph that is missing here is no loss.
        warnings.filterwarnings("ignore", message=r"(?s)Glyph .* missing from font")
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    close(figure)
    return TAG.sub(
        lambda tag: LONG_NUMBER.sub(lambda number: f"{float(number[0]):.3f}", tag[0]),
        visible(buffer.getvalue()),
    )


def close(figure: Figure) -> None:
    """Forget a figure, so that a notebook does not show it once more at the end of the cell."""
    import matplotlib.pyplot as plt  # chooses a backend, hence not on import

    plt.close(figure)


def show_findings(sentences: Sequence[str]) -> Shown:
    """Show sentences as a list: what a comparison found.

    Parameters
    ----------
    sentences
        Plain text, as the functions of ``report.sentences`` make it.

    Raises
    ------
    DataError
        When one string is given where a list is expected.
    """
    if isinstance(sentences, str):
        raise DataError(f"show_findings got one string, not a list; pass [{sentences[:40]!r}]")
    items = "".join(f"<li>{escape(sentence)}</li>\n" for sentence in sentences)
    page = f'<ul class="findings">\n{items}</ul>' if items else '<p class="note">No findings.</p>'
    plain = "\n".join(f"- {visible(sentence)}" for sentence in sentences) or "No findings."
    return Shown({"text/html": page, "text/plain": plain}, {"text/html": {"kind": "findings"}})


def show_method(sentences: Sequence[str]) -> Shown:
    """Show sentences on how far the comparisons can be trusted; the way in repeats them.

    Parameters
    ----------
    sentences
        Plain text, as ``report.overview.describe_calibration`` makes it.

    Raises
    ------
    DataError
        When one string is given where a list is expected.
    """
    shown = show_findings(sentences)
    return Shown(shown.data, {"text/html": {"kind": "reliability"}})


def show_concordance(frame: pd.DataFrame, *, caption: str, name: str) -> Shown:
    """Show the sentences that a number was counted from, the term marked in each.

    Parameters
    ----------
    frame
        As ``concordance`` gives it; where it has a column ``term``, lines are folded by term. At
        most 30 lines a term are shown, the download has all.
    caption, name
        As for ``show_table``.

    Raises
    ------
    DataError
        When a column is missing, `caption` is empty or `name` cannot be a file name.
    """
    check_labels(name, caption=caption)
    missing = [column for column in LINE_COLUMNS if column not in frame.columns]
    if missing:
        raise DataError(
            f"the concordance lacks the column {missing[0]!r} (it has: {listed(frame.columns)}); "
            "pass what analysis.concordance gives"
        )
    groups = (
        [(str(term), rows) for term, rows in frame.groupby("term", sort=False)]
        if "term" in frame.columns
        else [("", frame)]
    )
    body = "\n".join(evidence(term, rows) for term, rows in groups if len(rows))
    head = f'<p class="caption">{escape(caption)}</p>'
    body = body or '<p class="note">No lines.</p>'
    page = f'<div class="evidence" id="{name}">{head}\n{body}\n</div>'
    lines = [f"{row['left']}[{row['match']}]{row['right']}" for _, row in frame.iterrows()]
    plain = "\n".join(visible(line) for line in [caption, *lines[:MOST_LINES]])
    return downloadable("concordance", page, plain, {"name": name, "caption": caption}, frame)


def downloadable(
    kind: str, page: str, plain: str, labels: dict[str, str], data: pd.DataFrame
) -> Shown:
    """Put an HTML output together with its data."""
    return Shown(
        {"text/html": page, "text/plain": plain, "text/csv": to_csv(data)},
        {"text/html": {"kind": kind, **labels}, "text/csv": {"name": labels["name"]}},
    )


def check_labels(name: str, **texts: str) -> None:
    """Refuse an output that has no words, or a name that cannot be a file's."""
    if not NAME.fullmatch(name):
        raise DataError(
            f"the name {name!r} cannot be a file name; use small letters, digits and hyphens, as "
            "in 'terms-by-outlet'"
        )
    for label, text in texts.items():
        if not text.strip():
            raise DataError(f"{name!r} has no {label}; say in words what it shows")
