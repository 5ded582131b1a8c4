"""Single terms and pairs straight to a matrix, in compiled code: the commonest count by far.

The tokens are laid out by term, each with its article and the term behind it. The tokens of one
term then give its column, and those of all pairs that begin with it, while all that is known of
every second term fits the cache. `ngram_kernels` counts runs of any length, for which every token
has to learn the number of the pair that begins there; to leave that out takes half the time.

Imported only for large corpora, because importing numba takes longer than counting a small one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.compiled import compiled
from analysis.text.threads import equal_shares, in_threads, n_threads
from analysis.text.utf8_kernels import ONE

Array = NDArray[Any]

NONE = np.uint32(0xFFFFFFFF)
HALF = np.uint64(32)


class Wanted(NamedTuple):
    """Which terms and pairs become columns; the arrays have an item for each common term."""

    least: int  # articles of a pair
    most: float  # articles of a pair
    single: Array  # bool: the term is a column
    edge: Array  # bool: pairs may begin and end with it


class Columns(NamedTuple):
    """Columns of a matrix, in no order."""

    pairs: Array  # int32, shape (columns, 2): the terms, the second -1 for a single one
    places: Array  # int64 per column and one more: where its items begin
    rows: Array  # int32
    counts: Array  # int32
    per_row: Array  # int64 per row: items


def count_pairs(
    ids: Array, pointer: Array, number: Array, n_tokens: Array, wanted: Wanted
) -> tuple[sparse.csr_matrix[Any], Array]:
    """Count common terms and pairs of them.

    Parameters
    ----------
    ids
        int32 per token: its term, or -1 where nothing is counted and no pair passes.
    pointer
        Where the tokens of each article begin, and the end.
    number
        int32 per term and one more: its place among the common ones, or -1; the last is -1.
    n_tokens
        int64 per common term: how often it occurs.
    wanted
        Which terms and pairs become columns.

    Returns
    -------
    matrix : scipy.sparse.csr_matrix
        int32, shape (articles, columns), indices sorted.
    pairs : numpy.ndarray
        int32, shape (columns, 2), sorted: places among the common terms, -1 behind a single one.
    """
    begins = np.concatenate([[0], np.cumsum(n_tokens)])
    shares = equal_shares(begins, n_threads()) or [(0, 0)]

    def columns_of(share: tuple[int, int]) -> tuple[Columns, Array]:
        tokens = tokens_by_term(ids, pointer, number, begins, share)
        columns = pair_columns(tokens, begins, share, len(pointer) - 1, wanted)
        keys = columns.pairs[:, 0] * np.int64(len(n_tokens) + 1) + columns.pairs[:, 1]
        return columns, np.argsort(keys)

    found = in_threads(columns_of, shares)
    ends = np.cumsum([columns.per_row for columns, _ in found], axis=0)
    starts = np.concatenate([[0], np.cumsum(ends[-1])])
    bases = np.cumsum([0, *(len(order) for _, order in found)])
    indices, counts = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.int32)

    def write(part: int) -> None:
        columns, order = found[part]
        places = starts[:-1] + ends[part] - columns.per_row
        write_rows(columns, order, bases[part], places, indices, counts)

    in_threads(write, range(len(found)))
    shape = (len(pointer) - 1, int(bases[-1]))
    pairs = np.concatenate([columns.pairs[order] for columns, order in found])
    return sparse.csr_matrix((counts, indices, starts), shape=shape), pairs


@compiled
def tokens_by_term(
    ids: Array, pointer: Array, number: Array, begins: Array, share: tuple[int, int]
) -> Array:
    """Lay the tokens of the common terms in `share` out by term, those of a term in their order.

    uint64 per token: in the upper half the common term behind it in the article or NONE, in the
    lower half the article.
    """
    low, high = share
    place = (begins[low:high] - begins[low]).astype(np.uint64)
    laid = np.empty(begins[high] - begins[low], np.uint64)
    for row in range(pointer.size - 1):
        token, end = pointer[row], pointer[row + 1]
        term = number[ids[token]] if token < end else np.int32(-1)
        while token < end:
            token += 1
            after = number[ids[token]] if token < end else np.int32(-1)
            if low <= term < high:
                laid[place[term - low]] = np.uint64(np.uint32(after)) << HALF | np.uint64(row)
                place[term - low] += ONE
            term = after
    return laid


@compiled
def pair_columns(
    laid: Array, begins: Array, share: tuple[int, int], n_rows: int, wanted: Wanted
) -> Columns:
    """Give the columns of the terms in `share` and of the pairs that begin with one."""
    least, most, single, edge = wanted
    n_columns, end = 0, 0
    room = share[1] - share[0] + laid.size // least
    pairs, places = np.empty((room, 2), np.int32), np.zeros(room + 1, np.int64)
    rows, counts = np.empty(2 * laid.size, np.int32), np.empty(2 * laid.size, np.int32)
    per_row = np.zeros(n_rows, np.int64)
    n_articles = np.zeros(edge.size, np.uint32)  # of the pairs with each second term
    last = np.full(edge.size, NONE)  # the last article of these pairs
    item = np.full(edge.size, -1)  # where the next item of the column is to be written
    met = np.empty(edge.size, np.uint32)
    for term in range(share[0], share[1]):
        tokens = laid[begins[term] - begins[share[0]] : begins[term + 1] - begins[share[0]]]
        if single[term]:
            before = NONE
            for token in tokens:
                row = np.uint32(token)
                if row != before:
                    rows[end], counts[end] = row, 0
                    per_row[row] += 1
                    end += 1
                counts[end - 1] += 1
                before = row
            pairs[n_columns, 0], pairs[n_columns, 1] = term, -1
            n_columns += 1
            places[n_columns] = end
        if tokens.size < least or not edge[term]:
            continue
        n_met = 0
        for token in tokens:
            row, second = np.uint32(token), np.uint32(token >> HALF)
            if second != NONE:
                if last[second] == NONE:
                    met[n_met] = second
                    n_met += 1
                n_articles[second] += np.uint32(last[second] != row)
                last[second] = row
        n_before = n_columns
        for second in met[:n_met]:
            if least <= n_articles[second] <= most and edge[second]:
                item[second] = end
                end += n_articles[second]
                pairs[n_columns, 0], pairs[n_columns, 1] = term, second
                n_columns += 1
                places[n_columns] = end
            n_articles[second], last[second] = 0, NONE
        if n_columns == n_before:
            continue
        for token in tokens:
            row, second = np.uint32(token), np.uint32(token >> HALF)
            if second != NONE and item[second] >= 0:
                if last[second] != row:
                    rows[item[second]], counts[item[second]] = row, 0
                    per_row[row] += 1
                    item[second] += 1
                    last[second] = row
                counts[item[second] - 1] += 1
        for column in range(n_before, n_columns):
            second = pairs[column, 1]
            item[second], last[second] = -1, NONE
    # No copies: what was not written to takes no memory.
    return Columns(pairs[:n_columns], places[: n_columns + 1], rows[:end], counts[:end], per_row)


@compiled
def write_rows(
    columns: Columns, order: Array, first: int, places: Array, indices: Array, counts: Array
) -> None:
    """Write columns in `order`, numbered from `first`, into rows, each from its place on."""
    for column in range(order.size):
        for item in range(columns.places[order[column]], columns.places[order[column] + 1]):
            row = columns.rows[item]
            indices[places[row]] = first + column
            counts[places[row]] = columns.counts[item]
            places[row] += 1
