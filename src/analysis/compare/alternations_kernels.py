"""Products of a sparse matrix with itself in compiled code, each pair of rows once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.compiled import compiled

Array = NDArray[Any]

ROWS = 64  # whose products, with some thousand others, stay in a processor's own cache


def multiply_rows(vectors: sparse.csr_matrix[Any]) -> Array:
    """Give the product of every two rows, to the last bit as ``vectors @ vectors.T`` has it.

    The diagonal is 0.
    """
    columns = vectors.tocsc()
    products = np.zeros((vectors.shape[0], vectors.shape[0]))
    rows = columns.indices.astype(np.int32, copy=False).view(np.uint32)
    _add_products(columns.indptr, rows, columns.data, products)
    return products


@compiled
def _add_products(begins: Array, rows: Array, values: Array, products: Array) -> None:
    """Add up the products of each two entries of a column, column by column."""
    reached = begins[:-1].copy()
    for until in range(ROWS, len(products) + ROWS, ROWS):
        for column in range(len(begins) - 1):
            entry, end = reached[column], begins[column + 1]
            while entry < end and rows[entry] < until:
                own, value = products[rows[entry]], values[entry]
                for other in range(entry + 1, end):
                    own[rows[other]] += value * values[other]
                entry += 1
            reached[column] = entry
    for row in range(len(products)):
        for other in range(row):
            products[row, other] = products[other, row]
