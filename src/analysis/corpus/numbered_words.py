"""The words of texts as numbers, so that phrases can be counted with arrays."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.plain_text import spaced_plain, spaces_for, without_marks

WORD = re.compile(r"\w+")
SPACED = spaces_for(lambda sign: sign.isalnum() or sign == "_")
DIGITS = re.compile(r"\d+")
# Up to here most texts stay, so that their characters can be looked up in a table.
TABLED = 0x3000

Ids = NDArray[np.int32]


def word_places(text: str) -> tuple[list[int], list[int]]:
    """Give where each word begins and ends, as `WORD` finds them."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if signs.max(initial=0) >= TABLED:
        spans = [match.span() for match in WORD.finditer(text)]
        return [start for start, _ in spans], [end for _, end in spans]
    inside = np.zeros(len(signs) + 2, np.int8)
    inside[1:-1] = _word_signs()[signs]
    steps = np.diff(inside)
    return np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist()


@cache
def _word_signs() -> NDArray[np.bool_]:
    return np.array([chr(n).isalnum() or chr(n) == "_" for n in range(TABLED)])


class Vocabulary(dict[str, int]):
    """Numbers words; words that differ in case or digits only are one word."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: dict[str, int] = {}

    def read(self, text: str) -> Ids:
        """Give the numbers of a text's words."""
        plain = without_marks(text)
        words = spaced_plain(plain, SPACED).split() if plain.isascii() else WORD.findall(text)
        return np.fromiter(map(self.__getitem__, words), np.int32, len(words))

    def spelt(self) -> list[str]:
        """Give the words by their numbers; there is no number 0."""
        return ["", *self.folded]

    def __missing__(self, word: str) -> int:
        key = DIGITS.sub("0", word.casefold())
        number = self.folded.setdefault(word if key == word else key, len(self.folded) + 1)
        self[word] = number
        return number
