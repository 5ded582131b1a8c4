"""Which lines of a text may hold what a lexicon describes: those with the rarest words of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.language import FUNCTION_WORDS
from analysis.corpus.signs import Codes, tabled_signs

if TYPE_CHECKING:
    from analysis.corpus.word_kernels import Known

Words = frozenset[str]


class Telltales:
    """Finds lines by words that must be in them, in compiled code.

    Parameters
    ----------
    described
        For each thing that may be found, the words of which one must be there, and others of which
        one must, and so on.
    common
        Alternatives that are only looked for if there are no others.
    """

    def __init__(self, described: Sequence[Sequence[Words]], common: Collection[Words]) -> None:
        self.pairs = [_rarest(found, common) for found in described]
        self.words = sorted({word for one, other in self.pairs for word in one | other})
        bits = {word: 1 << n for n, word in enumerate(self.words)}
        self.masks = [
            (sum(bits[word] for word in one), sum(bits[word] for word in other))
            for one, other in self.pairs
        ]
        self.first = sum({bits[word] for one, _ in self.pairs for word in one})

    @cached_property
    def known(self) -> Known:
        """The words as a table."""
        # numba is imported only where it pays
        from analysis.corpus.word_kernels import table_of

        return table_of(self.words)

    def lines(self, codes: Codes, bounds: NDArray[np.int64]) -> list[int]:
        """Give the numbers of the lines that hold words of both kinds of one thing.

        Parameters
        ----------
        codes, bounds
            A text, and where each line begins and ends; shape (n, 2).
        """
        from analysis.corpus.word_kernels import find_words

        places = np.empty((len(codes) // 2 + 1, 2), np.int64)
        n_found = find_words(codes, tabled_signs(), self.known, places)
        places = places[:n_found]
        line = np.searchsorted(bounds[:, 0], places[:, 0], side="right") - 1
        held: dict[int, int] = defaultdict(int)
        for number, word in zip(line.tolist(), places[:, 1].tolist(), strict=True):
            held[number] |= 1 << word
        return [
            number
            for number, words in held.items()
            if words & self.first
            and any(words & one and words & other for one, other in self.masks)
        ]


def _rarest(found: Sequence[Words], common: Collection[Words]) -> tuple[Words, Words]:
    """Give the two of several alternatives that are rarest; one twice if there is no other."""
    rare = [words for words in found if not words & FUNCTION_WORDS] or list(found)
    # The longer a word, the rarer it mostly is.
    order = sorted(rare, key=lambda words: (min(map(len, words)), words not in common))
    return order[-1], order[max(-2, -len(order))]
