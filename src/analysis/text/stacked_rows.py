"""A sparse matrix that is filled some rows at a time, in the room that all of them will take."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.on_disk import room_for

Matrix = sparse.csr_array[Any]
Array = NDArray[Any]


class StackedRows:
    """Rows below each other, as ``scipy.sparse.vstack`` puts them, but never there twice.

    Many stand in a file without a name.

    Parameters
    ----------
    shape
        Rows and columns.
    room
        Values that there are at most; what is not needed of it is never touched.
    kind
        Of the values.
    """

    def __init__(self, shape: tuple[int, int], room: int, kind: type = np.float64) -> None:
        index = sparse.get_index_dtype(maxval=max(room, *shape))
        self._shape = shape
        self._pointer = np.zeros(shape[0] + 1, dtype=index)
        self._columns = room_for(room, index)
        self._values = room_for(room, kind)
        self._n_rows = self._n_values = 0

    def add(self, sizes: Array, columns: Array, values: Array) -> None:
        """Put rows below the others: how many values each has, and the values row by row."""
        first, rows = self._n_values, slice(self._n_rows + 1, self._n_rows + 1 + len(sizes))
        np.cumsum(sizes, out=self._pointer[rows])
        self._pointer[rows] += first
        self._n_values += len(values)
        self._n_rows += len(sizes)
        self._columns[first : self._n_values] = columns
        self._values[first : self._n_values] = values

    def matrix(self) -> Matrix:
        """Give the matrix, once all rows are there."""
        some = slice(self._n_values)
        parts = self._values[some], self._columns[some], self._pointer
        whole: Matrix = sparse.csr_array(parts, shape=self._shape)
        return whole
