"""Compiled: what the signs of a line tell of it, as the patterns of `LineFeatures` do.

Imported only for large corpora, because importing numba takes longer than reading a small one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.corpus.signs import DASH, DIGIT, QUOTES, SEPARATES, SMALL, SPACE, WORD, Codes

Kinds = NDArray[np.uint16]

BLANK, COMMA, COLON, POINT, ELLIPSIS = (np.uint32(ord(sign)) for sign in " ,:.…")
# A digit, or any, and what follows it in a date or a time.
ANY = np.uint32(0)
DATE_PAIRS = np.array(
    [[ord(own), ord(after)] for own, after in ("\0:", "\0.", "\0-", "\0/", "19", "20")], np.uint32
)
MONTHS = np.array(
    [
        [ord(sign) for sign in month]
        for month in "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
    ],
    np.uint32,
)
AT, HASH, C, N, O_, T, W = (np.uint32(ord(sign)) for sign in "@#cnotw")
PLAIN_LETTER = WORD | SMALL  # such as most are


@compiled
def count_signs(codes: Codes, start: int, end: int, kinds: Kinds) -> tuple[int, int]:
    """Give how many digits and commas a line has."""
    n_digits, n_commas = 0, 0
    for place in range(start, end):
        n_digits += kinds[codes[place]] & DIGIT != 0
        n_commas += codes[place] == COMMA
    return n_digits, n_commas


@compiled
def find_signs(
    codes: Codes, start: int, end: int, kinds: Kinds, lower: Codes
) -> tuple[bool, bool, bool, bool, bool]:
    """Tell whether a line may have a date or an address, and has a separator, a colon, a quotation.

    A separator is a mark of menus, a dash between spaces or ahead, or dots at the end. The colon
    stands at the end.
    """
    date, address, separates, quotes = False, False, False, False
    for place in range(start, end):
        kind = kinds[codes[place]]
        if kind == PLAIN_LETTER and codes[place] != T and codes[place] != W:
            continue
        quotes |= kind & QUOTES != 0
        separates |= kind & SEPARATES != 0
        if kind & DIGIT:
            date = date or may_be_date(codes, (start, place, end), kinds, lower)
        if kind & DASH:
            before = place == start or kinds[codes[place - 1]] & SPACE != 0
            after = place == start or (place + 1 < end and kinds[codes[place + 1]] & SPACE != 0)
            separates |= before and after
        address |= may_be_address(codes, place, end)
    last = codes[end - 1] if end > start else BLANK
    n_points = 0
    while n_points < 3 and end - 1 - n_points >= start and codes[end - 1 - n_points] == POINT:
        n_points += 1
    separates |= last == ELLIPSIS or n_points == 3
    return date, address, separates, last == COLON, quotes


@compiled
def may_be_date(codes: Codes, span: tuple[int, int, int], kinds: Kinds, lower: Codes) -> bool:
    """Tell whether a date or a time may have a digit here: as 9.30, 9/30, 1930 or June 9.

    The span is where the line begins, where the digit stands, and where reading ends.
    """
    start, place, end = span
    if place + 2 < end and kinds[codes[place + 2]] & DIGIT:
        for pair in range(len(DATE_PAIRS)):
            own, after = DATE_PAIRS[pair, 0], DATE_PAIRS[pair, 1]
            if (own == ANY or codes[place] == own) and codes[place + 1] == after:
                return True
    if place == start or codes[place - 1] != BLANK:
        return False
    return is_month(codes, start, place, kinds, lower)


@compiled
def is_month(codes: Codes, start: int, place: int, kinds: Kinds, lower: Codes) -> bool:
    """Tell whether the word ahead begins like the name of a month."""
    last = place - 2
    if last >= start and codes[last] == POINT:
        last -= 1
    while last > start and kinds[codes[last - 1]] & WORD:
        last -= 1
    if last < start or last + 2 >= place:
        return False
    for month in range(len(MONTHS)):
        same = 0
        while same < 3 and MONTHS[month, same] == lower[codes[last + same]]:
            same += 1
        if same == 3:
            return True
    return False


@compiled
def may_be_address(codes: Codes, place: int, end: int) -> bool:
    """Tell whether something stands here that is in every address: `@`, `#`, `tt`, `w.`, `.c`."""
    code = codes[place]
    if code in (AT, HASH):
        return True
    if place + 1 == end:
        return False
    after = codes[place + 1]
    if code == POINT:
        return after == C or after == N or after == O_  # type: ignore[no-any-return]
    return (code == W and after == POINT) or (code == T and after == T)  # type: ignore[no-any-return]
