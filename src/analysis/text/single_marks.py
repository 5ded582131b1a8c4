"""Single quotation marks, told from apostrophes."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

# What English writes with an apostrophe in front.
ELISION = re.compile(
    r"['’‘](?:\d\ds?|em|im|er|tis|twas|twill|twere|til|till|cause|cos|coz|cuz|bout|round|n|nuff"
    r"|nother|neath|gainst|fore|cept|ol|am|kay|burbs)\b",
    re.IGNORECASE,
)
OPENING = re.compile(r"(?:(?<![\w'’.,!?%)\]])|(?<=\w[—–]))['‘’‚‛](?=[\w\[($£€\"“…¿¡.#@])(?!')")
CLOSING = re.compile(r"(?<=[^\s'‘(\[])['’‘](?![\w'])")
CURLY = "‘‚‛"
FIRM = ".,!?…"
Single = tuple[int, int, int, int]


def pair_single_marks(
    text: str, start: int, end: int, taken: list[tuple[int, int]]
) -> list[Single]:
    """Find the quotations in single marks in one paragraph, outside those in double marks.

    A mark after white space opens; one that no letter follows closes. A mark behind a plural
    ("the workers’ rights") is passed over where a better one follows before the next opening. A
    mark ahead of a word that loses its beginning ("how ’bout") is an apostrophe, unless one behind
    a full stop or comma closes it before the next opening ("’Cause we wait,’ she said").

    Parameters
    ----------
    text
        Any text.
    start, end
        The paragraph.
    taken
        The stretches in double marks, sorted.

    Returns
    -------
    list
        ``(opening mark, content start, content end, end of closing mark)``; the last two are the
        paragraph's end for a curly mark that opens the paragraph and is never closed.
    """
    found: list[Single] = []
    ends = reach_of(taken)
    unclosed: set[bool] = set()  # by whether the mark was curly: none that closes is left
    at = start
    while opening := OPENING.search(text, at, end):
        at = opening.end()
        before = bisect_left(taken, (opening.start(), 0)) - 1
        if before >= 0 and opening.start() < ends[before]:
            at = ends[before]
            continue
        curly = opening[0] in CURLY
        elided = ELISION.match(text, opening.start()) is not None
        close = None if curly in unclosed else find_closing(text, opening, end, elided=elided)
        if close is None and not elided:
            unclosed.add(curly)
        if close is not None:
            found.append((opening.start(), opening.end(), close, close + 1))
            at = close + 1
        elif not elided and announced(text, start, opening):
            found.append((opening.start(), opening.end(), end, end))
            at = end
    return found


def reach_of(taken: list[tuple[int, int]]) -> list[int]:
    """Give where each stretch ends, or one that opened before it."""
    return list(accumulate((end for _, end in taken), max))


def announced(text: str, start: int, opening: re.Match[str]) -> bool:
    """Say whether a curly mark opens its paragraph, or follows a colon: it opens even unclosed."""
    if opening[0] not in "‘‚":
        return False
    ahead = text[start : opening.start()].rstrip()
    return not ahead or ahead[-1] in ":,"


def find_closing(
    text: str, opening: re.Match[str], end: int, *, elided: bool = False
) -> int | None:
    """Find the mark that closes, or None where nothing does; only a clear one if `elided`."""
    curly = opening[0] in CURLY
    later = OPENING.search(text, opening.end(), end)
    stop = later.start() if later else end
    doubtful: int | None = None
    for closing in CLOSING.finditer(text, opening.end(), stop if elided else end):
        if closing.start() > stop and doubtful is not None:
            return doubtful
        if closing.start() == opening.end():
            continue
        if elided and text[closing.start() - 1] not in FIRM:
            continue
        if closing[0] == "‘" and not curly:
            continue
        if text[closing.start() - 1] in FIRM or not is_possessive(text, closing.start()):
            return closing.start()
        if doubtful is None:
            doubtful = closing.start()
    return doubtful


def is_possessive(text: str, at: int) -> bool:
    """Say whether a mark may be the apostrophe of a plural, or of a clipped word."""
    behind = text[at + 1 : at + 3]
    clipped = text[at - 1] in "sn" and text[at - 2 : at - 1].isalpha()
    return clipped and behind[:1].isspace() and behind[1:2].isalpha()
