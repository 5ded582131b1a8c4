"""What two articles have in common, kind of term by kind: the evidence that their link weighs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.compiled import compiled
from analysis.text.event_vectors import Vectors

Matrix = sparse.csr_array[Any]
Floats = NDArray[np.float64]
Longs = NDArray[Any]


def cosines_by_kind(vectors: Vectors, one: Longs, other: Longs) -> Floats:
    """Compare the words, names and numbers of pairs of articles, each kind by itself.

    Returns
    -------
    numpy.ndarray
        Shape (pairs, 3), in the order of `event_vectors.WORDS`, `NAMES`, `NUMBERS`; 0 where an
        article has no term of the kind.
    """
    lengths = vectors.lengths
    sums = products_by_kind(vectors.matrix, vectors.kinds, one, other)
    scale = lengths[one] * lengths[other]
    cosines: Floats = np.divide(sums, scale, out=np.zeros_like(sums), where=scale > 0)
    return cosines


def row_products(matrix: Matrix, one: Longs, other: Longs) -> Floats:
    """Give the scalar products of pairs of rows."""
    kinds = np.zeros(matrix.shape[1], dtype=np.int8)
    found: Floats = products_by_kind(matrix, kinds, one, other)[:, 0]
    return found


def row_minima(matrix: Matrix, one: Longs, other: Longs) -> Floats:
    """Give the sums of the smaller of two rows' values, column by column, for pairs of rows.

    The rows' columns are in order, and no value is below 0.
    """
    found = np.zeros(len(one))
    _add_minima(matrix.indptr, matrix.indices, matrix.data, one, other, found)
    return found


def products_by_kind(matrix: Matrix, kinds: NDArray[np.int8], one: Longs, other: Longs) -> Floats:
    """Give the scalar products of pairs of rows in each kind of column; shape (pairs, 3)."""
    found = np.zeros((len(one), 3))
    _add_products(matrix.indptr, matrix.indices, matrix.data, kinds, one, other, found)
    return found


@compiled
def _add_products(
    pointer: Longs,
    columns: Longs,
    values: Floats,
    kinds: NDArray[np.int8],
    one: Longs,
    other: Longs,
    found: Floats,
) -> None:
    """Walk along both rows of each pair at once; their columns are in order."""
    for pair in range(len(one)):
        left, left_end = pointer[one[pair]], pointer[one[pair] + 1]
        right, right_end = pointer[other[pair]], pointer[other[pair] + 1]
        while left < left_end and right < right_end:
            if columns[left] < columns[right]:
                left += 1
            elif columns[left] > columns[right]:
                right += 1
            else:
                found[pair, kinds[columns[left]]] += values[left] * values[right]
                left += 1
                right += 1


@compiled
def _add_minima(
    pointer: Longs, columns: Longs, values: Floats, one: Longs, other: Longs, found: Floats
) -> None:
    for pair in range(len(one)):
        left, left_end = pointer[one[pair]], pointer[one[pair] + 1]
        right, right_end = pointer[other[pair]], pointer[other[pair] + 1]
        while left < left_end and right < right_end:
            if columns[left] < columns[right]:
                left += 1
            elif columns[left] > columns[right]:
                right += 1
            else:
                found[pair] += min(values[left], values[right])
                left += 1
                right += 1
