"""English lines that their cue phrases alone give away: labelled ones, and calls to the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from analysis.corpus.furniture import QUOTATION, Column, LineFeatures, Row, Rows
from analysis.corpus.line_words import WORD

LABEL = re.compile(r"^\W*([^\n:|»>]{2,40}?)\s*[:|»>]")
SIGNS = re.compile("[:|»>]")
TEASER_END = re.compile(
    r"\W(?:read (?:more|on|the (?:full|whole) story)|continue reading|full story)\s?[»›>→…]*$",
    re.IGNORECASE,
)
NO_TEASER = ".!?\"”’')]"  # what most lines end with
LABEL_GROUPS = ("related", "photo credit", "byline and date", "newsletter", "social", "comments")
TEASER_LETTERS = 40
LABEL_LINE_WORDS = 40
CUED = 0.1  # share of a line's words that are in cue phrases
DENSE = 0.7
APPEALS = ("call to the reader", "paywall", "newsletter", "comments")
OFFERS = ("paywall", "newsletter")


class CuedLines:
    """Finds the lines of one article that cue phrases give away."""

    def __init__(self, features: LineFeatures) -> None:
        column = features.names.index
        self.features = features
        self.voices = [column(name) for name in ("reader", "call to the reader", "speech", "cued")]
        self.offers = [column(name) for name in OFFERS]
        self.appeals = [column(name) for name in APPEALS]
        self.labels = [column(name) for name in LABEL_GROUPS]

    def find(self, rows: Rows) -> dict[int, str]:
        """Give the numbers of the lines of an article, each with the reason if it is known."""
        lines = rows.lines
        labelled = np.flatnonzero(rows.table[:, self.labels].any(axis=1)).tolist()
        labels = {n: label for n in labelled if (label := _label(lines[n], self.features))}
        teasers = [
            number
            for number, line in enumerate(lines)
            if line[-1] not in NO_TEASER and _is_teaser(line[-TEASER_LETTERS:])
        ]
        appeals = self._appeals(lines, rows.table)  # named by their groups
        return labels | dict.fromkeys(teasers, "related") | dict.fromkeys(appeals, "")

    def _appeals(self, lines: Sequence[str], rows: Row) -> list[int]:
        """Find the lines that call on the reader, or have little but the words for it."""
        if not rows[:, self.appeals].any():  # which is quick to tell
            return []
        table: Column = rows.astype(float)  # as shares are compared
        reader, calls, speech, cued = table[:, self.voices].T
        dense = (cued >= DENSE) & table[:, self.appeals].any(axis=1)
        offered = (cued >= CUED) & table[:, self.offers].any(axis=1)
        asking = (reader > 0) & (calls > 0) & offered
        return [
            number
            for number in np.flatnonzero((speech == 0) & (dense | asking)).tolist()
            if dense[number] or not QUOTATION.search(lines[number])
        ]


def _is_teaser(end: str) -> bool:
    lower = end.lower()
    return ("read" in lower or "full" in lower) and TEASER_END.search(end) is not None


def _label(line: str, features: LineFeatures) -> str:
    """Tell what a line is that begins with nothing but a cue phrase and a colon or the like."""
    match = LABEL.match(line) if SIGNS.search(line) else None
    if match is None or line.count(" ") >= LABEL_LINE_WORDS:
        return ""
    words = tuple(WORD.findall(match[1].lower()))
    for phrase, group in features.phrases.get(words[0], ()) if words else ():
        if phrase == words and features.groups[group] in LABEL_GROUPS:
            return features.groups[group]
    return ""
