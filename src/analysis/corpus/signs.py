"""Texts as arrays of characters, and what compiled code has to know of each character."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# With what sentences end, and what may stand behind that; the same within a line.
ENDS, CLOSING = ".!?…。！？", "\"'”’»)]"
STOPS, SHUTTING, OPENING = ".!?", "'\"”’)]", "\"'“‘("
QUOTATION_MARKS, SEPARATORS, DASHES = '"“”‘«„', "|»›«‹•·→▸►/©", "-–—"
# Scripts without spaces between words: kana, Chinese, Thai, Lao, Khmer.
UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# What is left out at both ends of a sentence that is looked for in other articles.
TRIMMED = "?!.-–—:;,'\"”’) \n"

# The characters of the table: all but those of dead scripts, and pictures.
TABLED = 0x10000
# What folds to more than one character stands as this and its place among `Signs.longer`.
LONGER = 0x200000
# What a character may be; a sum of these.
WORD, DIGIT, SPACE, UPPER, SMALL, CAPITAL, OF_UNSPACED = 1, 2, 4, 8, 16, 32, 64
STOP, END, CLOSES, SHUTS, OPENS = 128, 256, 512, 1024, 2048
QUOTES, SEPARATES, DASH, TRIMS = 4096, 8192, 16384, 32768
KINDS: dict[int, Callable[[str], bool]] = {
    WORD: lambda sign: sign.isalnum() or sign == "_",
    DIGIT: str.isdecimal,
    SPACE: str.isspace,
    UPPER: str.isupper,
    SMALL: lambda sign: sign.islower() or (sign.istitle() and not sign.isupper()),
    CAPITAL: lambda sign: sign.isalnum() and not sign.isdecimal() and not "a" <= sign <= "z",
    OF_UNSPACED: lambda sign: UNSPACED.match(sign) is not None,
    STOP: STOPS.__contains__,
    END: ENDS.__contains__,
    CLOSES: CLOSING.__contains__,
    SHUTS: SHUTTING.__contains__,
    OPENS: OPENING.__contains__,
    QUOTES: QUOTATION_MARKS.__contains__,
    SEPARATES: SEPARATORS.__contains__,
    DASH: DASHES.__contains__,
    TRIMS: TRIMMED.__contains__,
}

Codes = NDArray[np.uint32]


class Signs(NamedTuple):
    """What is known of the characters up to `TABLED`.

    Attributes
    ----------
    kinds
        What each is.
    lower
        The lower case of each; itself, where that is several characters.
    folded
        The same as `str.casefold` gives it; `LONGER` and more where that is several characters.
    longer
        Those, three each, filled up with 0.
    """

    kinds: NDArray[np.uint16]
    lower: Codes
    folded: Codes
    longer: Codes


@cache
def tabled_signs() -> Signs:
    """Describe the characters up to `TABLED`."""
    signs = [chr(n) for n in range(TABLED)]
    kinds = np.zeros(TABLED, np.uint16)
    for kind, holds in KINDS.items():
        kinds[[holds(sign) for sign in signs]] |= kind
    lower = [sign.lower() if len(sign.lower()) == 1 else sign for sign in signs]
    folded = [sign.casefold() for sign in signs]
    longer = [fold for fold in folded if len(fold) > 1]
    places = {fold: LONGER + n for n, fold in enumerate(longer)}
    return Signs(
        kinds,
        np.array([ord(sign) for sign in lower], np.uint32),
        np.array([places.get(fold) or ord(fold) for fold in folded], np.uint32),
        np.array([[*map(ord, fold.ljust(3, "\0"))] for fold in longer], np.uint32),
    )


def codes_of(text: str) -> Codes:
    """Give the characters of a text by their numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def tabled_codes(text: str) -> Codes | None:
    """Give the characters of a text by their numbers, None if one is beyond the table."""
    codes = codes_of(text)
    return codes if text.isascii() or codes.max(initial=0) < TABLED else None
