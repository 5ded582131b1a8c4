"""Compiled: where sentences begin that are looked for in other articles (`returning.BREAK`).

Imported only for large corpora, because importing numba takes longer than reading a small one.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.corpus import signs
from analysis.corpus.signs import CLOSING, SPACE, TABLED, WORD, Codes, tabled_signs

Longs = NDArray[np.int64]
Roles = NDArray[np.uint16]

# What a character may be between two sentences; a sum of these.
ENDS, COLON, LINE, QUOTES, CLOSES, DASHES, BLANKS, BEGINS, SHUTS = (1 << n for n in range(9))
SIGNS = {
    ENDS: ".!?…",
    COLON: ":",
    LINE: "\n",
    QUOTES: '"”»',
    CLOSES: CLOSING,
    DASHES: signs.DASHES,
    BEGINS: '"“‘«([',
    SHUTS: '"”',
}
STOPS, GAPS = ENDS | COLON, BLANKS | DASHES


@cache
def tabled_roles() -> Roles:
    """Tell what each character up to `TABLED` may be between two sentences."""
    roles = np.zeros(TABLED, np.uint16)
    for role, some in SIGNS.items():
        roles[[ord(sign) for sign in some]] |= role
    kinds = tabled_signs().kinds
    roles[(kinds & SPACE) > 0] |= BLANKS
    begins = (kinds & WORD) > 0
    begins[ord("_")] = begins[ord("a") : ord("z") + 1] = False
    roles[begins] |= BEGINS
    return roles


@compiled
def find_breaks(codes: Codes, roles: Roles, breaks: Longs) -> int:
    """Give how many sentences begin behind another, and put into `breaks` where.

    `breaks` has room for as many as there are characters.
    """
    n_breaks, place, n = 0, 0, len(codes)
    while place < n:
        role = roles[codes[place]]
        place += 1
        if not role & (STOPS | LINE | QUOTES):
            continue
        end = break_end(codes, place, role, roles)
        if end >= 0 and end < n and roles[codes[end]] & BEGINS:
            breaks[n_breaks] = place = end
            n_breaks += 1
        elif role & LINE:
            while place < n and roles[codes[place]] & BLANKS:
                place += 1
    return n_breaks


@compiled
def break_end(codes: Codes, place: int, role: int, roles: Roles) -> int:
    """Give where what parts two sentences ends that begins with a sign; -1 if nothing does.

    The place is that behind the sign, and the role the sign's.
    """
    n, end = len(codes), place
    if role & STOPS:
        while end < n and roles[codes[end]] & CLOSES:
            end += 1
        while end < n and roles[codes[end]] & DASHES:
            end += 1
        if end < n and roles[codes[end]] & BLANKS:
            while end < n and roles[codes[end]] & GAPS:
                end += 1
            if end < n and roles[codes[end]] & BEGINS:
                return end
        return place + 1 if role & ENDS and place < n and roles[codes[place]] & SHUTS else -1
    while end < n and roles[codes[end]] & BLANKS:
        end += 1
    return end if role & LINE or end > place else -1
