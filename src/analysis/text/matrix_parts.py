"""Some rows or columns of a large sparse matrix, taken some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.by_term import AT_ONCE
from analysis.text.portions import portions
from analysis.text.stacked_rows import StackedRows

Matrix = sparse.csr_matrix[Any]

FEW_VALUES = 1 << 21  # of a matrix of which a copy may stand in memory


def pick_rows(matrix: Matrix, rows: NDArray[Any]) -> Matrix:
    """Give rows by their positions or a mask, as ``matrix[rows]`` does."""
    if matrix.nnz < FEW_VALUES:
        return matrix[rows]
    if rows.dtype == bool:
        rows = np.flatnonzero(rows)
    sizes = np.diff(matrix.indptr)[rows]
    taken = StackedRows((len(rows), matrix.shape[1]), int(sizes.sum()), matrix.dtype.type)
    for first, last in portions(sizes, AT_ONCE):
        some = matrix[rows[first:last]]
        taken.add(sizes[first:last], some.indices, some.data)
    return sparse.csr_matrix(taken.matrix())


def pick_columns(matrix: Matrix, columns: NDArray[Any]) -> Matrix:
    """Give columns by their positions or a mask, as ``matrix[:, columns]`` does."""
    if matrix.nnz < FEW_VALUES:
        return matrix[:, columns]
    kept = np.zeros(matrix.shape[1], dtype=bool)
    kept[columns] = True
    if not np.array_equal(np.arange(len(kept))[columns], np.flatnonzero(kept)):  # in another order
        return matrix[:, columns]
    place = np.cumsum(kept, dtype=matrix.indices.dtype) - 1
    room = sum(int(inside.sum()) for _, inside in _inside(matrix, kept))
    taken = StackedRows((matrix.shape[0], int(kept.sum())), room, matrix.dtype.type)
    for (first, last), inside in _inside(matrix, kept):
        some = slice(matrix.indptr[first], matrix.indptr[last])
        ends = np.append(0, np.cumsum(inside))[matrix.indptr[first : last + 1] - some.start]
        indices = place[matrix.indices[some][inside]]
        taken.add(np.diff(ends), indices, matrix.data[some][inside])
    return sparse.csr_matrix(taken.matrix())


def _inside(
    matrix: Matrix, kept: NDArray[np.bool_]
) -> Iterator[tuple[tuple[int, int], NDArray[np.bool_]]]:
    """Mark the values in marked columns, of some rows at a time."""
    for first, last in portions(np.diff(matrix.indptr), AT_ONCE):
        yield (first, last), kept[matrix.indices[matrix.indptr[first] : matrix.indptr[last]]]
