"""What words of articles have in common but for their endings, and how rare that is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.stop_words import stop_words
from analysis.text.tokens import Tokens, tokenize

AT_ONCE = 2_000  # articles whose words stand in memory together
ENDINGS = ("ings", "ing", "edly", "ied", "ies", "ed", "es", "s", "ly")
SHORTEST_STEM = 3
Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class Stems:
    """The stems of all words as they are met, and how many articles hold each."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_term: dict[str, int] = {}
        self._function = stop_words()
        self._held = np.zeros(0, dtype=np.int64)
        self._n_read = self._n_articles = 0

    @classmethod
    def of(cls, articles: pd.DataFrame) -> Stems:
        """Count those of all articles."""
        stems = cls()
        for _, tokens in tokenize_some(articles):
            stems.count(tokens)
        return stems

    def count(self, tokens: Tokens) -> Ints:
        """Count the articles of each stem; give the stem of each term, -1 for function words."""
        for term in map(str, tokens.terms):
            if term not in self._of_term:
                number = self._numbers.setdefault(stem(term), len(self._numbers))
                self._of_term[term] = -1 if term in self._function else number
        stem_of = self.find(tokens)
        self._held = np.pad(self._held, (0, len(self._numbers) - len(self._held)))
        word = stem_of[tokens.ids]
        row = np.repeat(np.arange(len(tokens.articles)), np.diff(tokens.pointer))[word >= 0]
        ones = np.ones(len(row), dtype=np.int32), (row, word[word >= 0])
        shape = len(tokens.articles), len(self._held)
        self._held += np.diff(sparse.coo_array(ones, shape=shape).tocsc().indptr)
        told = np.flatnonzero(tokens.articles["text"].str.strip().ne(""))
        if len(told):  # empty ones behind all others do not count
            self._n_articles = self._n_read + int(told[-1]) + 1
        self._n_read += len(tokens.articles)
        return stem_of

    def find(self, tokens: Tokens) -> Ints:
        """Give the stem of each term of articles that were counted, -1 for function words."""
        found = map(self._of_term.__getitem__, map(str, tokens.terms))
        return np.fromiter(found, np.int32, len(tokens.terms))

    def weigh(self) -> tuple[Ints, Floats]:
        """Give the place of each number among the sorted stems, and the weights of these.

        Stems weigh by their rarity among the articles that have a text.
        """
        stems = list(self._numbers)
        order = np.array(sorted(range(len(stems)), key=stems.__getitem__), dtype=np.int64)
        rank = np.empty(len(order), dtype=np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        weight: Floats = np.log((self._n_articles + 1) / np.maximum(self._held[order], 1))
        return rank, weight


def tokenize_some(articles: pd.DataFrame) -> Iterator[tuple[slice, Tokens]]:
    """Give the words of articles, some articles at a time, with the rows of these."""
    for start in range(0, len(articles), AT_ONCE):
        rows = slice(start, start + AT_ONCE)
        yield rows, tokenize(articles[["article_id", "text"]].iloc[rows])


def stem(word: str) -> str:
    """Cut an English ending, so that "sanctioned" and "sanctions" are one word."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
