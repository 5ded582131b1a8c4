"""How alike the articles of a block are to all others in its window, in compiled code."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.compiled import compiled

Matrix = sparse.csr_array[Any]
Floats = NDArray[np.float64]
Longs = NDArray[Any]


class Window(NamedTuple):
    """Articles `start` to `stop`, the block, and `first` to `last`: those they are compared with.

    The former are rows of all articles, the latter of those that are laid out by terms.
    """

    start: int
    stop: int
    first: int
    last: int


class Weights(NamedTuple):
    """A sparse matrix row by row, or column by column."""

    pointer: Longs
    places: Longs
    values: Floats


def by_rows(matrix: Matrix) -> Weights:
    """Give the arrays of a matrix."""
    return Weights(matrix.indptr, matrix.indices, matrix.data)


def by_columns(matrix: Matrix) -> Weights:
    """Give the arrays of a matrix column by column."""
    turned = matrix.tocsc()
    turned.sort_indices()
    return Weights(turned.indptr, turned.indices, turned.data)


@compiled
def cosines_in_window(
    articles: Weights, terms: Weights, window: Window, least: float
) -> tuple[Longs, Longs, Floats]:
    """Compare the articles of a block with those of its window, by rows of unit length.

    Parameters
    ----------
    articles
        All articles, by rows.
    terms
        Those that the window is of, by columns.
    window
        Which articles.
    least
        Cosines below this are left out.

    Returns
    -------
    tuple
        An article of the block, the other article, and their cosine: an item a pair.
    """
    n_others = window.last - window.first
    sums = np.zeros(n_others)
    room, n_found = 64 * (window.stop - window.start), 0
    rows, others, found = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room)
    bounds = np.full((terms.pointer.size - 1, 2), -1, terms.pointer.dtype)
    begins = np.array([window.first, window.last])
    for row in range(window.start, window.stop):
        for item in range(articles.pointer[row], articles.pointer[row + 1]):
            term, value = articles.places[item], articles.values[item]
            if bounds[term, 0] < 0:  # the same for all articles of the block
                start, stop = terms.pointer[term], terms.pointer[term + 1]
                bounds[term] = start + np.searchsorted(terms.places[start:stop], begins)
            for place in range(bounds[term, 0], bounds[term, 1]):
                sums[terms.places[place] - window.first] += value * terms.values[place]
        if n_found + n_others > room:
            room = 2 * room + n_others
            rows, others, found = _longer(rows, room), _longer(others, room), _longer(found, room)
        for other in range(n_others):
            if sums[other] >= least:
                rows[n_found], others[n_found] = row, window.first + other
                found[n_found] = sums[other]
                n_found += 1
            sums[other] = 0.0
    return rows[:n_found], others[:n_found], found[:n_found]


@compiled
def _longer(values: Any, size: int) -> Any:  # noqa: ANN401, whatever numbers
    longer = np.empty(size, values.dtype)
    longer[: values.size] = values
    return longer
