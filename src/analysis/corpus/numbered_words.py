"""The words of texts as numbers, so that phrases can be counted with arrays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.plain_text import spaced_plain, spaces_for, without_marks
from analysis.corpus.signs import WORD as OF_WORD
from analysis.corpus.signs import tabled_codes, tabled_signs

if TYPE_CHECKING:
    from analysis.corpus.compiled_words import CompiledWords

WORD = re.compile(r"\w+")
SPACED = spaces_for(lambda sign: sign.isalnum() or sign == "_")
DIGITS = re.compile(r"\d+")

Ids = NDArray[np.int32]


def word_places(text: str, *, compiled: bool = False) -> tuple[list[int], list[int]]:
    """Give where each word begins and ends, as `WORD` finds them."""
    codes = tabled_codes(text)
    if codes is None:
        spans = [match.span() for match in WORD.finditer(text)]
        return [start for start, _ in spans], [end for _, end in spans]
    if compiled:  # numba is imported only where it pays
        from analysis.corpus.word_kernels import place_words

        places = np.empty((2, len(codes) // 2 + 1), np.int64)
        n_words = place_words(codes, tabled_signs().kinds, places)
        return places[0, :n_words].tolist(), places[1, :n_words].tolist()
    inside = np.zeros(len(codes) + 2, np.int8)
    inside[1:-1] = tabled_signs().kinds[codes] & OF_WORD
    steps = np.diff(inside)
    return np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist()


class Vocabulary(dict[str, int]):
    """Numbers words; words that differ in case or digits only are one word."""

    def __init__(self, *, compiled: bool = False) -> None:
        super().__init__()
        self.folded: dict[str, int] = {}
        self.compiled: CompiledWords | None = None
        if compiled:  # numba is imported only where it pays
            from analysis.corpus.compiled_words import CompiledWords

            self.compiled = CompiledWords(self._number)

    def read(self, text: str) -> Ids:
        """Give the numbers of a text's words."""
        if self.compiled and (codes := tabled_codes(text)) is not None:
            return self.compiled.read(text, codes)
        plain = without_marks(text)
        words = spaced_plain(plain, SPACED).split() if plain.isascii() else WORD.findall(text)
        return np.fromiter(map(self.__getitem__, words), np.int32, len(words))

    def spelt(self) -> list[str]:
        """Give the words by their numbers; there is no number 0."""
        return ["", *self.folded]

    def __missing__(self, word: str) -> int:
        number = self[word] = self._number(word)
        return number

    def _number(self, word: str) -> int:
        key = DIGITS.sub("0", word.casefold())
        return self.folded.setdefault(word if key == word else key, len(self.folded) + 1)
