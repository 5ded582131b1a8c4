"""Compiled passes over the entries of a table of counts; `residuals` and `grouping` do the same.

Imported only for many entries, because importing numba takes longer than sorting a few.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.compare.moments import Floats, Integers
from analysis.compiled import compiled


@compiled
def sum_cells(
    pointer: Integers,
    cell: Integers,
    length: Floats,
    lacking: tuple[Floats, Floats],
    n_cells: int,
) -> tuple[Integers, Floats, Floats]:
    """Count the entries of each part by their cell, and sum their lengths.

    Parameters
    ----------
    pointer
        Shape (parts + 1,): where the entries of each part begin.
    cell, length
        An item an entry: its cell, below `n_cells`, and the words of its article.
    lacking
        Shape (parts, first cells): articles, and their words, that have no entry and are of the
        first cells, which no entry has.

    Returns
    -------
    tuple
        Of the cells with articles, part after part: the part times `n_cells` plus the cell, which
        rises; their articles and words.
    """
    n_lacking = lacking[0].shape[1]
    size = len(cell) + lacking[0].size
    keys, number, words = np.empty(size, np.int64), np.empty(size), np.empty(size)
    count, total = np.zeros(n_cells), np.zeros(n_cells)
    used = np.empty(n_cells, np.int64)
    n_found = 0
    for part in range(len(pointer) - 1):
        for first in range(n_lacking):
            if lacking[0][part, first] > 0:
                keys[n_found] = part * n_cells + first
                number[n_found], words[n_found] = lacking[0][part, first], lacking[1][part, first]
                n_found += 1
        n_used = 0
        for entry in range(pointer[part], pointer[part + 1]):
            place = cell[entry]
            if count[place] == 0:
                at = n_used  # few cells are used, and most often the low ones first
                while at > 0 and used[at - 1] > place:
                    used[at] = used[at - 1]
                    at -= 1
                used[at] = place
                n_used += 1
            count[place] += 1
            total[place] += length[entry]
        for at in range(n_used):
            place = used[at]
            keys[n_found] = part * n_cells + place
            number[n_found], words[n_found] = count[place], total[place]
            count[place], total[place] = 0, 0
            n_found += 1
    return keys[:n_found].copy(), number[:n_found].copy(), words[:n_found].copy()


@compiled
def count_labels(
    pointer: NDArray[Any],
    terms: NDArray[Any],
    uses: NDArray[Any],
    rows: Integers,
    labels: Integers,
    n_terms: int,
) -> Floats:
    """Count for each term the different labels of the rows that use it.

    Parameters
    ----------
    pointer, terms, uses
        Of a CSR matrix of articles by terms.
    rows
        Its rows to look at, those of one label side by side.
    labels
        0 or more, an item a row of the matrix.
    """
    found, last = np.zeros(n_terms), np.full(n_terms, -1)
    for row in rows:
        label = labels[row]
        for entry in range(pointer[row], pointer[row + 1]):
            term = terms[entry]
            if uses[entry] > 0 and last[term] != label:
                last[term] = label
                found[term] += 1
    return found
