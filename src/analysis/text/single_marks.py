"""Single quotation marks, told from apostrophes."""

from __future__ import annotations

import re

# What English writes with an apostrophe in front.
ELISION = re.compile(
    r"['’‘](?:\d{2}s?\b|(?:em|tis|twas|til|till|cause|bout|round|n|nuff|cos|coz|cuz|ol|am|er|im|kay)\b)",
    re.IGNORECASE,
)
OPENING = re.compile(r"(?:(?<![\w'’.,!?%)\]])|(?<=\w[—–]))['‘’‚‛](?=[\w\[($£€\"“…¿¡.#@])(?!')")
CLOSING = re.compile(r"(?<=[^\s'‘(\[])['’‘](?![\w'])")
FIRM = ".,!?…"
Single = tuple[int, int, int, int]


def pair_single_marks(
    text: str, start: int, end: int, taken: list[tuple[int, int]]
) -> list[Single]:
    """Find the quotations in single marks in one paragraph, outside those in double marks.

    A mark after white space opens; one that no letter follows closes. A mark behind a plural
    ("the workers’ rights") is passed over where a better one follows before the next opening.

    Returns
    -------
    list
        ``(opening mark, content start, content end, end of closing mark)``; the last two are the
        paragraph's end for a curly mark that opens the paragraph and is never closed.
    """
    found: list[Single] = []
    at = start
    while opening := OPENING.search(text, at, end):
        at = opening.end()
        inside = next((b for a, b in taken if a < opening.start() < b), None)
        if inside is not None:
            at = inside
            continue
        if ELISION.match(text, opening.start()) and opening[0] != "‘":
            continue
        close = find_closing(text, opening, end)
        if close is not None:
            found.append((opening.start(), opening.end(), close, close + 1))
            at = close + 1
        elif announced(text, start, opening):
            found.append((opening.start(), opening.end(), end, end))
            at = end
    return found


def announced(text: str, start: int, opening: re.Match[str]) -> bool:
    """Say whether a curly mark opens its paragraph, or follows a colon: it opens even unclosed."""
    if opening[0] not in "‘‚" or ELISION.match(text, opening.start()):
        return False
    ahead = text[start : opening.start()].rstrip()
    return not ahead or ahead[-1] in ":,"


def find_closing(text: str, opening: re.Match[str], end: int) -> int | None:
    """Find the mark that closes, or None where nothing does."""
    curly = opening[0] in "‘‚‛"
    later = OPENING.search(text, opening.end(), end)
    stop = later.start() if later else end
    doubtful: int | None = None
    for closing in CLOSING.finditer(text, opening.end(), end):
        if closing.start() > stop and doubtful is not None:
            return doubtful
        if closing.start() == opening.end():
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
