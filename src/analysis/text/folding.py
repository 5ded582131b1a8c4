"""What each code point is in a lower-cased word, taken from the running Python's own rules."""

from __future__ import annotations

import functools
import re

import numpy as np
from numpy.typing import NDArray

N_CODE_POINTS = 0x110000
NO_WORD = 0  # not \w
IN_CONTEXT = 0xFFFFFFFF  # lower-cased by its neighbours, or to more than one code point

# str.lower makes two code points of the first and looks at the neighbours of the second.
CONTEXT_LETTERS = "\u0130\u03a3"


@functools.cache
def folding_table() -> NDArray[np.uint32]:
    r"""Give the lower-case code point of every code point that is ``\w``.

    Returns
    -------
    numpy.ndarray
        Shape (0x110000,): the lower-case code point, `NO_WORD`, or `IN_CONTEXT` where only
        ``str.lower`` on the whole text gives the right answer.
    """
    every = np.arange(N_CODE_POINTS, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    for letter in CONTEXT_LETTERS:
        every = every.replace(letter, "a")
    lower = every.lower()
    table = np.frombuffer(lower.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
    word = np.zeros(N_CODE_POINTS, dtype=bool)
    for run in re.finditer(r"\w+", lower):
        word[run.start() : run.end()] = True
    table[~word] = NO_WORD
    table[[ord(letter) for letter in CONTEXT_LETTERS]] = IN_CONTEXT
    return table


@functools.cache
def spelling_table() -> NDArray[np.uint32]:
    """Give `folding_table` with each letter's UTF-8 in place of its code point, first byte lowest.

    `NO_WORD` and `IN_CONTEXT` are no letter's UTF-8.
    """
    table = folding_table()
    spelt = table.copy()
    for width, least, lead in ((2, 0x80, 0xC0), (3, 0x800, 0xE0), (4, 0x10000, 0xF0)):
        letters = np.flatnonzero((table >= least) & (table != IN_CONTEXT))
        points = table[letters]
        spelt[letters] = lead | points >> 6 * (width - 1)
        for byte in range(1, width):
            tail = 0x80 | points >> 6 * (width - 1 - byte) & 0x3F
            spelt[letters] |= tail << 8 * byte
    return spelt
