"""The sums over articles that a comparison of terms rests on; parts of a corpus add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.counts import Counts

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
FEW_CELLS = 1 << 18  # of a table, up to which an array is faster than a sparse one
# Sorting so many takes some 10 ms for each comparison; numba takes about 1 s to import.
LEAST_COMPILED_ENTRIES = 50_000
ENTRIES_AT_ONCE = 1 << 20  # whose values and places stand in memory while they are summed
Table = Any  # a csr_array, or an array: both know +, -, *, @ and sum
# What is summed for the tables, of the uses of each entry and the words of its article.
SUMMED: tuple[Callable[[Floats, Floats], Floats], ...] = (
    lambda uses, _: uses,
    lambda uses, _: uses**2,
    lambda uses, words: uses * words,
    lambda uses, _: (uses > 0).astype(np.float64),
)


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
        """Sum the articles of `counts` by their cell; articles in cell -1 are left out.

        The tables are plain arrays where there are few cells, as if most held most terms.
        """
        inside = np.flatnonzero(cells >= 0)
        matrix = counts.matrix[inside] if len(inside) < len(cells) else counts.matrix
        cells, lengths = cells[inside], counts.lengths[inside].astype(np.float64)
        few = n_cells * matrix.shape[1] <= max(FEW_CELLS, matrix.nnz)
        summed = _table_sums if few else _sparse_sums
        tables = summed(matrix, lengths, cells, n_cells)
        return cls(
            **dict(zip(FIELDS, tables, strict=False)),
            articles=sum_by(cells, None, n_cells),
            words=sum_by(cells, lengths, n_cells),
            words_squared=sum_by(cells, lengths**2, n_cells),
        )

    def dense(self) -> Moments:
        """Give the same with plain arrays, which are faster where most cells hold most terms."""
        if isinstance(self.uses, np.ndarray):
            return self
        return replace(self, **{name: getattr(self, name).toarray() for name in FIELDS[:4]})

    def __add__(self, other: Moments) -> Moments:
        return Moments(*(getattr(self, name) + getattr(other, name) for name in FIELDS))

    def __sub__(self, other: Moments) -> Moments:
        return Moments(*(getattr(self, name) - getattr(other, name) for name in FIELDS))

    def __getitem__(self, cells: Any) -> Moments:  # noqa: ANN401, whatever numpy takes
        return Moments(*(getattr(self, name)[cells] for name in FIELDS))


def _table_sums(matrix: Table, lengths: Floats, cells: Integers, n_cells: int) -> Iterator[Floats]:
    """Give uses, squares, products and holders by cell and term, of some articles at a time."""
    n_terms = matrix.shape[1]
    sums = np.zeros((len(SUMMED), n_cells * n_terms))
    for rows in _few_entries(matrix.indptr):
        some = slice(matrix.indptr[rows.start], matrix.indptr[rows.stop])
        sizes = np.diff(matrix.indptr[rows.start : rows.stop + 1])
        place = np.repeat(cells[rows] * n_terms, sizes) + matrix.indices[some]
        uses = matrix.data[some].astype(np.float64)
        for total, of in zip(sums, SUMMED, strict=True):
            total += sum_by(place, of(uses, np.repeat(lengths[rows], sizes)), len(total))
    return iter(sums.reshape(-1, n_cells, n_terms))


def _few_entries(pointer: Integers) -> Iterator[slice]:
    """Cut the articles into runs of at most `ENTRIES_AT_ONCE` entries, or of one article."""
    start = 0
    while start < len(pointer) - 1:
        most = np.searchsorted(pointer, pointer[start] + ENTRIES_AT_ONCE, side="right") - 1
        stop = max(start + 1, int(most))
        yield slice(start, stop)
        start = stop


def _sparse_sums(matrix: Table, lengths: Floats, cells: Integers, n_cells: int) -> Iterator[Table]:
    """Give what `_table_sums` gives where most cells lack most terms."""
    uses = matrix.data.astype(np.float64)
    of_entry = np.repeat(lengths, np.diff(matrix.indptr))
    shape = (n_cells, len(cells))
    member = sparse.csr_array((np.ones(len(cells)), (cells, np.arange(len(cells)))), shape)
    for of in SUMMED:
        # Shares the positions of the non-zeros: only the values differ between the sums.
        parts = of(uses, of_entry), matrix.indices, matrix.indptr
        yield member @ sparse.csr_array(parts, matrix.shape)


FIELDS = tuple(Moments.__dataclass_fields__)


def sum_by(place: NDArray[Any], values: Floats | None, n_places: int) -> Floats:
    """Add the `values` (each 1 if None) at the same place; shape (n_places,), 0 where is none."""
    sums: Floats = np.bincount(place, values, n_places).astype(np.float64)
    return sums
