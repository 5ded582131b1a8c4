"""The terms of all portions of a corpus, each there once, and what is counted of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class JoinedTerms:
    """Terms as they are met, and their counts over all portions.

    Parameters
    ----------
    n_counts
        How many counts a term has.
    """

    def __init__(self, n_counts: int) -> None:
        self._met: dict[str, int] = {}
        self._counts = np.zeros((n_counts, 0))

    def add(self, terms: Array, counts: Array) -> Array:
        """Add the counts, shape (counts, terms), of some terms; give each term's number."""
        met = self._met
        numbers = (met.setdefault(term, len(met)) for term in terms)
        found = np.fromiter(numbers, np.int32, len(terms))
        more = len(met) - self._counts.shape[1]
        self._counts = np.pad(self._counts, ((0, 0), (0, more)))
        self._counts[:, found] += counts
        return found

    def in_order(self) -> tuple[Array, Array, Array]:
        """Give the terms in order, their counts, and where in the order each number is."""
        terms = np.array(list(self._met), dtype=object)
        order = np.argsort(terms, kind="stable")  # one portion's are in order, which it sees
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        return terms[order], self._counts[:, order], rank
