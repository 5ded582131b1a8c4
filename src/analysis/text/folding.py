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
