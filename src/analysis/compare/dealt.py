"""The articles that are dealt into two sides: their counts, lengths and strata."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from analysis.compare.moments import Floats, Integers, sum_by

LENGTH_CLASSES = 8


@dataclass(frozen=True, eq=False)
class Articles:
    """The articles among which sides are drawn: counts by term, lengths and strata 0, 1, ..."""

    matrix: sparse.csc_matrix[Any]
    lengths: Floats
    strata: Integers

    @cached_property
    def sizes(self) -> Integers:
        """Articles of each stratum."""
        return np.bincount(self.strata)

    @cached_property
    def words(self) -> Floats:
        """Words of each stratum."""
        return sum_by(self.strata, self.lengths, len(self.sizes))

    @cached_property
    def words_squared(self) -> Floats:
        """Sum of the squared lengths of each stratum."""
        return sum_by(self.strata, self.lengths**2, len(self.sizes))

    @cached_property
    def length_class(self) -> Integers:
        """Articles of about the same length share a class, so that a pool stays short."""
        edges = np.unique(self.lengths)
        if len(edges) > LENGTH_CLASSES:
            edges = np.quantile(self.lengths, np.linspace(0, 1, LENGTH_CLASSES + 1)[:-1])
        return np.searchsorted(edges, self.lengths, side="right") - 1

    @cached_property
    def of_class(self) -> tuple[Floats, Floats]:
        """Articles and words of each length class of each stratum."""
        key = self.strata * LENGTH_CLASSES + self.length_class
        n_keys = len(self.sizes) * LENGTH_CLASSES
        sums = np.bincount(key, minlength=n_keys), np.bincount(key, self.lengths, n_keys)
        articles, words = (values.reshape(-1, LENGTH_CLASSES).astype(np.float64) for values in sums)
        return articles, words

    @cached_property
    def place(self) -> Integers:
        """Each article's place in its stratum."""
        order = np.argsort(self.strata, kind="stable")
        starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order)) - starts[self.strata[order]]
        return place
