"""English lines that their cue phrases alone give away: labelled ones, and calls to the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.corpus.furniture import MARKS, WORD, LineFeatures

LABEL = re.compile(r"^\W*([^\n:|»>]{2,40}?)\s*[:|»>]")
TEASER_END = re.compile(
    r"\W(?:read (?:more|on|the (?:full|whole) story)|continue reading|full story)\s?[»›>→…]*$",
    re.IGNORECASE,
)
LABEL_GROUPS = {"related", "photo credit", "byline and date", "newsletter", "social", "comments"}
LABEL_LINE_WORDS = 40
CUED = 0.1  # share of a line's words that are in cue phrases
DENSE = 0.7
APPEALS = ("call to the reader", "paywall", "newsletter", "comments")
OFFERS = ("paywall", "newsletter")


def cued_lines(lines: Sequence[str], features: LineFeatures) -> dict[int, str]:
    """Give the numbers of the lines that cue phrases give away, each with the reason if known."""
    columns = [
        features.names.index(name) for name in ("reader", "call to the reader", "speech", "cued")
    ]
    offers = [features.names.index(name) for name in OFFERS]
    appeals = [features.names.index(name) for name in APPEALS]
    found: dict[int, str] = {}
    for number, line in enumerate(lines):
        reader, calls, speech, cued = features.read(line)[columns]
        offered = features.read(line)[offers].any() and cued >= CUED
        called = reader and calls and offered and not MARKS["quotation"].search(line)
        dense = cued >= DENSE and features.read(line)[appeals].any()
        if (called or dense) and not speech:
            found[number] = ""  # named by its groups
        elif TEASER_END.search(line[-40:]):
            found[number] = "related"
        elif label := _label(line, features):
            found[number] = label
    return found


def _label(line: str, features: LineFeatures) -> str:
    """Tell what a line is that begins with nothing but a cue phrase and a colon or the like."""
    match = LABEL.match(line)
    if match is None or line.count(" ") >= LABEL_LINE_WORDS:
        return ""
    words = tuple(WORD.findall(match[1].lower()))
    for phrase, group in features.phrases.get(words[0], ()) if words else ():
        if phrase == words and features.groups[group] in LABEL_GROUPS:
            return features.groups[group]
    return ""
