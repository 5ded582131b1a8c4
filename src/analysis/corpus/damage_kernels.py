"""Compiled: whether there may be anything to repair in a text; most are intact.

Imported only for large corpora, because importing numba takes longer than reading a small one.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.corpus.repair import MARKS, UNUSUAL
from analysis.corpus.signs import TABLED, WORD, Codes

Kinds = NDArray[np.uint16]

BLANK = np.uint32(ord(" "))
# What a character may be a part of; a sum of these.
ALONE, BESIDE, MARK, LEAD, LETTER, ASKS, QUOTES, ENTITY, ENTITY_END = (1 << n for n in range(9))
BEYOND = BESIDE | MARK  # ASCII
CONCERNS = {
    ALONE: re.compile(rf"[\x1b\ud800-\udfff]|{UNUSUAL.pattern}"),
    BESIDE: re.compile(rf"[^\x00-\x7f{MARKS}]"),
    MARK: re.compile(f"[{MARKS}]"),
    LEAD: re.compile("[ÃÂÐÑà-ï]"),
    LETTER: re.compile(r"[A-Za-z\[]"),
    ASKS: re.compile("[?\ufffd]"),
    QUOTES: re.compile('["?]'),
    ENTITY: re.compile("[&#]"),
    ENTITY_END: re.compile(";"),
}
# The last letters of entities without an ampersand; what may follow an apostrophe.
ENTITY_LETTERS = np.array([[*map(ord, pair)] for pair in ("ot", "os", "sp", "mp")], np.uint32)
ENDINGS = np.array(
    [[*map(ord, pair)] for pair in ("d\0", "m\0", "s\0", "t\0", "ll", "re", "ve")], np.uint32
)


@cache
def tabled_concerns() -> Kinds:
    """Tell what each character up to `TABLED` may be a part of."""
    concerns = np.zeros(TABLED, np.uint16)
    for concern, pattern in CONCERNS.items():
        concerns[[pattern.match(chr(n)) is not None for n in range(TABLED)]] |= concern
    return concerns


@compiled
def may_be_damaged(codes: Codes, concerns: Kinds, kinds: Kinds) -> bool:
    """Tell whether any step of `repair_located` may find something in a text."""
    n = len(codes)
    for place in range(n):
        concern = concerns[codes[place]]
        if concern & ~LETTER == 0:
            continue
        after = codes[place + 1] if place + 1 < n else BLANK
        beside = concerns[after]
        if concern & ALONE or (concern & ASKS and beside & LETTER):
            return True
        if concern & BEYOND and beside & BEYOND and (concern | beside) & BESIDE:
            return True
        if (concern & LEAD and after == BLANK) or (concern & ENTITY and after != BLANK):
            return True
        if concern & QUOTES and is_ending(codes, place + 1, kinds):
            return True
        if concern & ENTITY_END and place > 1 and is_entity(codes, place):
            return True
    return False


@compiled
def is_entity(codes: Codes, end: int) -> bool:
    """Tell whether `quot`, `apos`, `nbsp` or `amp` may end here."""
    for row in range(len(ENTITY_LETTERS)):
        if codes[end - 2] == ENTITY_LETTERS[row, 0] and codes[end - 1] == ENTITY_LETTERS[row, 1]:
            return True
    return False


@compiled
def is_ending(codes: Codes, place: int, kinds: Kinds) -> bool:
    """Tell whether what follows an apostrophe stands here, and no more of a word."""
    for row in range(len(ENDINGS)):
        size = 1 + (ENDINGS[row, 1] != 0)
        end = place + size
        if end > len(codes) or (end < len(codes) and kinds[codes[end]] & WORD):
            continue
        same = 0
        while same < size and codes[place + same] == ENDINGS[row, same]:
            same += 1
        if same == size:
            return True
    return False
