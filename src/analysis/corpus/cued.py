"""English lines that their cue phrases alone give away: labelled ones, and calls to the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.corpus.furniture import QUOTATION, WORD, LineFeatures

LABEL = re.compile(r"^\W*([^\n:|»>]{2,40}?)\s*[:|»>]")
SIGNS = re.compile("[:|»>]")
TEASER_END = re.compile(
    r"\W(?:read (?:more|on|the (?:full|whole) story)|continue reading|full story)\s?[»›>→…]*$",
    re.IGNORECASE,
)
LABEL_GROUPS = {"related", "photo credit", "byline and date", "newsletter", "social", "comments"}
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
        self.telltales = features.telltales(APPEALS)
        self.voices = [column(name) for name in ("reader", "call to the reader", "speech", "cued")]
        self.offers = [column(name) for name in OFFERS]
        self.appeals = [column(name) for name in APPEALS]

    def find(self, lines: Sequence[str]) -> dict[int, str]:
        """Give the numbers of the lines, each with the reason if it is known."""
        found: dict[int, str] = {}
        for number, line in enumerate(lines):
            # Few lines have a word of these phrases; only they are read in full.
            if self.features.holds(line, self.telltales) and self._appeals(line):
                found[number] = ""  # named by its groups
            elif _is_teaser(line[-TEASER_LETTERS:]):
                found[number] = "related"
            elif label := _label(line, self.features):
                found[number] = label
        return found

    def _appeals(self, line: str) -> bool:
        """Tell whether a line calls on the reader, or has little but the words for it."""
        row = self.features.read(line)
        reader, calls, speech, cued = row[self.voices].tolist()
        if speech:
            return False
        if cued >= DENSE and row[self.appeals].any():
            return True
        offered = cued >= CUED and row[self.offers].any()
        return bool(reader and calls and offered and not QUOTATION.search(line))


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
