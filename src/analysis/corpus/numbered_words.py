"""The words of texts as numbers, so that phrases can be counted with arrays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.plain_text import spaced_plain, spaces_for, without_marks

WORD = re.compile(r"\w+")
SPACED = spaces_for(lambda sign: sign.isalnum() or sign == "_")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Words:
    """The words of one text as numbers, the same for the same word, and their places."""

    text: str
    ids: NDArray[np.int32]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Give the place of each word."""
        return _spans(self.text)


@lru_cache(maxsize=1)
def _spans(text: str) -> list[tuple[int, int]]:
    """Give the place of each word; of the last text only, as they take far more memory than it."""
    return [match.span() for match in WORD.finditer(text)]


class Vocabulary(dict[str, int]):
    """Numbers words; words that differ in case or digits only are one word."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: dict[str, int] = {}

    def read(self, text: str) -> Words:
        """Split a text into numbered words."""
        plain = without_marks(text)
        words = spaced_plain(plain, SPACED).split() if plain.isascii() else WORD.findall(text)
        return Words(text, np.fromiter(map(self.__getitem__, words), np.int32, len(words)))

    def spelt(self) -> list[str]:
        """Give the words by their numbers; there is no number 0."""
        return ["", *self.folded]

    def __missing__(self, word: str) -> int:
        key = DIGITS.sub("0", word.casefold())
        number = self.folded.setdefault(word if key == word else key, len(self.folded) + 1)
        self[word] = number
        return number
