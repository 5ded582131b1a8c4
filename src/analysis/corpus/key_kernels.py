"""Compiled: the lines of texts, and one number for those that differ in case or numbers only.

Imported only for large corpora, because importing numba takes longer than reading a small one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.corpus.signs import DIGIT, LONGER, SPACE, TRIMS, Codes, Signs

Longs = NDArray[np.int64]

ODD = np.uint64(0x9E3779B97F4A7C15)
SEED = np.uint64(0xCBF29CE484222325)
HALF = np.uint64(32)
BLANK, ZERO, NEW_LINE = (np.uint32(ord(sign)) for sign in " 0\n")
NOTHING = np.uint32(0)


@compiled
def with_code(number: Any, code: Any) -> Any:  # noqa: ANN401, a plain number once compiled
    """Take one more character into a number."""
    number = (number ^ np.uint64(code)) * ODD
    return number ^ (number >> HALF)


@compiled
def with_longer(number: Any, codes: Codes) -> Any:  # noqa: ANN401
    """Take in what one character folds to, where that is several."""
    for place in range(len(codes)):
        if codes[place] != NOTHING:
            number = with_code(number, codes[place])
    return number


@compiled
def find_lines(codes: Codes, kinds: NDArray[np.uint16], bounds: Longs) -> int:
    """Give how many lines are not blank, and put into `bounds` where each begins and ends.

    Without white space around it; `bounds` has room for all.
    """
    n_lines, start, n = 0, 0, len(codes)
    while start <= n:
        end = start
        while end < n and codes[end] != NEW_LINE:
            end += 1
        after = end + 1
        while start < end and kinds[codes[start]] & SPACE:
            start += 1
        while start < end and kinds[codes[end - 1]] & SPACE:
            end -= 1
        if start < end:
            bounds[n_lines, 0], bounds[n_lines, 1] = start, end
            n_lines += 1
        start = after
    return n_lines


@compiled
def number_codes(codes: Codes) -> int:
    """Give the number of characters as they are, 0 of none."""
    number = SEED
    for code in codes:
        number = with_code(number, code)
    return np.int64(number) if len(codes) else np.int64(0)  # type: ignore[return-value]


@compiled
def number_stretches(
    codes: Codes, bounds: Longs, signs: Signs, opening: tuple[int, bool], found: Longs
) -> None:
    """Give the numbers of stretches of a text by their `line_key`; 0 of one that holds nothing.

    Parameters
    ----------
    codes
        The text.
    bounds
        Where each begins and ends; shape (n, 2).
    signs
        What the characters are.
    opening
        Of how many first words the second number is made, and whether the signs with which
        sentences begin and end are left out.
    found
        Here the numbers are put; shape (n, 2). The second is 0 where there are no further words.
    """
    n_words, trim = opening
    # Arrays of their own: the whole of a tuple would be handed on for every character.
    kinds, folded, longer = signs.kinds, signs.folded, signs.longer
    for row in range(len(bounds)):
        start, end = bounds[row, 0], bounds[row, 1]
        while trim and start < end and kinds[codes[start]] & TRIMS:
            start += 1
        while trim and start < end and kinds[codes[end - 1]] & TRIMS:
            end -= 1
        number, ahead = SEED, np.uint64(0)
        n_blanks, blank, digits = 0, False, False
        for place in range(start, end):
            code = codes[place]
            kind = kinds[code]
            if kind & SPACE:
                blank, digits = number != SEED, False
                continue
            if blank:
                n_blanks += 1
                if n_blanks == n_words:
                    ahead = number
                number, blank = with_code(number, BLANK), False
            if kind & DIGIT:
                number, digits = number if digits else with_code(number, ZERO), True
                continue
            fold, digits = folded[code], False
            if fold < LONGER:
                number = with_code(number, fold)
            else:
                number = with_longer(number, longer[fold - LONGER])
        found[row, 0] = np.int64(number) if number != SEED else 0
        found[row, 1] = np.int64(ahead)
