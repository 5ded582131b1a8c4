"""The sums over articles that a comparison of terms rests on; parts of a corpus add up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.counts import Counts

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Table = Any  # a csr_array, or an array where there is one stratum: both know +, -, *, @ and sum


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums over the articles of each cell, exact because every summand is an integer.

    A cell is a group, or a group inside a stratum (an event). With y uses of a term in an
    article of n words:

    Attributes
    ----------
    uses, squares, products, holders
        Tables of shape (cells, terms): the sums of y, y * y and y * n, and the articles with y > 0.
    articles, words, words_squared
        Shape (cells,): the number of articles, the sums of n and n * n.

    Notes
    -----
    The moments of two parts of a corpus, over the same cells and terms, are added with ``+``.
    Estimates, intervals, z and the p of all rows with a small z follow from the sum. The tail of
    the permutation distribution (``permutation``) needs more, the articles' own y and n, but only
    for the terms whose z is past its bound.
    """

    uses: Table
    squares: Table
    products: Table
    holders: Table
    articles: Floats
    words: Floats
    words_squared: Floats

    @classmethod
    def of(cls, counts: Counts, cells: Integers, n_cells: int) -> Moments:
        """Sum the articles of `counts` by their cell; articles in cell -1 are left out."""
        inside = np.flatnonzero(cells >= 0)
        ones = np.ones(len(inside))
        shape = (n_cells, len(cells))
        member = sparse.csr_array((ones, (cells[inside], inside)), shape=shape)
        uses = sparse.csr_array(counts.matrix.astype(np.float64))
        lengths = counts.lengths.astype(np.float64)

        def summed(values: Floats) -> Table:
            # Shares the positions of the non-zeros: only the values differ between the four sums.
            return member @ sparse.csr_array((values, uses.indices, uses.indptr), uses.shape)

        of_entry = np.repeat(lengths, np.diff(uses.indptr))
        return cls(
            uses=summed(uses.data),
            squares=summed(uses.data**2),
            products=summed(uses.data * of_entry),
            holders=summed((uses.data > 0).astype(np.float64)),
            articles=sum_by(cells[inside], ones, n_cells),
            words=sum_by(cells[inside], lengths[inside], n_cells),
            words_squared=sum_by(cells[inside], lengths[inside] ** 2, n_cells),
        )

    def dense(self) -> Moments:
        """Give the same with plain arrays, which are faster where most cells hold most terms."""
        return replace(self, **{name: getattr(self, name).toarray() for name in FIELDS[:4]})

    def __add__(self, other: Moments) -> Moments:
        return Moments(*(getattr(self, name) + getattr(other, name) for name in FIELDS))

    def __sub__(self, other: Moments) -> Moments:
        return Moments(*(getattr(self, name) - getattr(other, name) for name in FIELDS))

    def __getitem__(self, cells: Any) -> Moments:  # noqa: ANN401, whatever numpy takes
        return Moments(*(getattr(self, name)[cells] for name in FIELDS))


FIELDS = tuple(Moments.__dataclass_fields__)


def sum_by(place: NDArray[Any], values: Floats, n_places: int) -> Floats:
    """Add the `values` that have the same place; shape (n_places,), 0 where there is none."""
    sums: Floats = np.bincount(place, values, n_places).astype(np.float64)
    return sums
