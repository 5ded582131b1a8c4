"""Single terms and pairs straight to a matrix, in compiled code: the commonest count by far.

The tokens are laid out by term, each with its article and the term behind it. The tokens of one
term then give its column, and those of all pairs that begin with it, while all that is known of
every second term fits the cache. `ngram_kernels` counts runs of any length, for which every token
has to learn the number of the pair that begins there; to leave that out takes half the time.

Imported only for large corpora, because importing numba takes longer than counting a small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.compiled import compiled
from analysis.text.on_disk import Arrays, kept_on_disk, room_for
from analysis.text.threads import equal_shares, in_threads, n_threads
from analysis.text.utf8_kernels import ONE

Array = NDArray[Any]

NONE = np.uint32(0xFFFFFFFF)
HALF = np.uint64(32)
TOKENS_AT_ONCE = 6_000_000  # laid out by term: 48 MB, and one more look at all tokens
LONG = 1 << 16  # tokens of an article from which a count may need more than 16 bits


class Wanted(NamedTuple):
    """Which terms and pairs become columns; the arrays have an item for each common term."""

    least: int  # articles of a pair
    most: float  # articles of a pair
    single: Array  # bool: the term is a column
    edge: Array  # bool: pairs may begin and end with it; False in a last item, for no term


class Columns(NamedTuple):
    """Columns of a matrix, in no order."""

    pairs: Array  # int32, shape (columns, 2): the terms, the second -1 for a single one
    places: Array  # int64 per column and one more: where its items begin
    rows: Array  # int32
    counts: Array  # uint16, int32 where an article is `LONG`
    per_row: Array  # int64 per row: items


N_ARRAYS = len(Columns._fields) + 1  # of a part, with its order


def count_pairs(
    ids: Array, pointer: Array, number: Array, wanted: Wanted
) -> tuple[sparse.csr_matrix[Any], Array]:
    """Count common terms and pairs of them.

    Parameters
    ----------
    ids
        int32 per token: its term, or -1 where nothing is counted and no pair passes.
    pointer
        Where the tokens of each article begin, and the end.
    number
        uint32 per term and one more: its place among the common ones, or their number; so the last.
    wanted
        Which terms and pairs become columns.

    Returns
    -------
    matrix : scipy.sparse.csr_matrix
        int32, shape (articles, columns), indices sorted.
    pairs : numpy.ndarray
        int32, shape (columns, 2), sorted: places among the common terms, -1 behind a single one.
    """
    n_terms = len(wanted.single)
    shares = equal_shares(pointer, n_threads()) or [(0, len(pointer) - 1)]
    uses = np.stack(
        in_threads(lambda share: count_uses(ids, pointer, number, share, n_terms), shares)
    )
    begins = np.concatenate([[0], np.cumsum(uses.sum(axis=0))])
    places = (begins[:-1] + np.cumsum(uses, axis=0) - uses).astype(np.uint64)
    small = np.diff(pointer).max(initial=0) < LONG

    def columns_of(laid: Array, begins: Array, share: tuple[int, int]) -> tuple[Columns, Array]:
        room = np.empty(2 * len(laid) + 1, np.uint16 if small else np.int32)
        columns = columns_between(laid, begins, share, len(pointer) - 1, wanted, room)
        keys = columns.pairs[:, 0] * np.int64(n_terms + 1) + columns.pairs[:, 1]
        return columns, np.argsort(keys)

    def columns_in(block: tuple[int, int]) -> list[tuple[Columns, Array]]:
        own = begins - begins[block[0]]
        laid = np.empty(own[block[1]], np.uint64)
        first = begins[block[0]].astype(np.uint64)
        in_threads(
            lambda part: lay_tokens(
                ids, pointer, number, shares[part], block, places[part] - first, laid
            ),
            range(len(shares)),
        )
        parts = equal_shares(own[block[0] : block[1] + 1], n_threads()) or [(0, 0)]
        parts = [(block[0] + low, block[0] + high) for low, high in parts]
        return in_threads(lambda part: columns_of(laid, own, part), parts)

    blocks = equal_shares(begins, -(-int(begins[-1]) // TOKENS_AT_ONCE)) or [(0, 0)]
    with kept_on_disk(flat(columns_in(block)) for block in blocks) as kept:
        return join_columns([part for arrays in kept for part in each_part(arrays)])


def flat(parts: list[tuple[Columns, Array]]) -> Arrays:
    """Give all arrays of some columns and their orders, one behind the other."""
    return [
        array for columns, order in parts for array in (columns.pairs.ravel(), *columns[1:], order)
    ]


def each_part(arrays: Arrays) -> Iterator[tuple[Columns, Array]]:
    """Give what `flat` was given."""
    for first in range(0, len(arrays), N_ARRAYS):
        pairs, *others, order = arrays[first : first + N_ARRAYS]
        yield Columns(pairs.reshape(-1, 2), *others), order


def join_columns(
    parts: Sequence[tuple[Columns, Array]],
) -> tuple[sparse.csr_matrix[Any], Array]:
    """Write columns, each part in its order, as the rows of one matrix."""
    ends = np.cumsum([columns.per_row for columns, _ in parts], axis=0)
    starts = np.concatenate([[0], np.cumsum(ends[-1])])
    bases = np.cumsum([0, *(len(order) for _, order in parts)])
    pairs = np.concatenate([columns.pairs[order] for columns, order in parts])
    indices, counts = room_for(starts[-1], np.int32), room_for(starts[-1], np.int32)

    def write(part: int) -> None:
        columns, order = parts[part]
        places = (starts[:-1] + ends[part] - columns.per_row).astype(np.uint64)
        write_rows(columns, order, bases[part], places, indices, counts)

    in_threads(write, range(len(parts)))
    shape = (len(starts) - 1, int(bases[-1]))
    return sparse.csr_matrix((counts, indices, starts), shape=shape), pairs


@compiled
def count_uses(
    ids: Array, pointer: Array, number: Array, share: tuple[int, int], n_terms: int
) -> Array:
    """Count the tokens of each common term in the articles of `share`."""
    uses = np.zeros(n_terms + 1, np.int64)
    for token in range(pointer[share[0]], pointer[share[1]]):
        term = number[ids[token]]
        uses[term] += 1
    return uses[:n_terms].copy()


@compiled
def lay_tokens(
    ids: Array,
    pointer: Array,
    number: Array,
    share: tuple[int, int],
    block: tuple[int, int],
    places: Array,
    laid: Array,
) -> None:
    """Lay the tokens of common terms in `block` out, those of each in the articles of `share`.

    uint64 per token: in the upper half the common term behind it in the article, or their number
    for none; in the lower half the article.
    """
    none = number[-1]
    for row in range(share[0], share[1]):
        token, end = pointer[row], pointer[row + 1]
        term = number[ids[token]] if token < end else none
        while token < end:
            token += 1
            after = number[ids[token]] if token < end else none
            if block[0] <= term < block[1]:
                laid[places[term]] = np.uint64(after) << HALF | np.uint64(row)
                places[term] += ONE
            term = after


@compiled
def columns_between(  # noqa: C901 - calls would count references to ten arrays for every term
    laid: Array,
    begins: Array,
    share: tuple[int, int],
    n_rows: int,
    wanted: Wanted,
    counts: Array,
) -> Columns:
    """Give the columns of the terms in `share` and of the pairs that begin with one.

    `counts` is what the counts are written to.

    Hardly a loop branches on what it reads: whether a pair was met before cannot be foretold.
    """
    least, most, single, edge = wanted
    n_laid = begins[share[1]] - begins[share[0]]
    n_columns = 0
    end: Any = 0
    room = share[1] - share[0] + n_laid // least
    pairs, places = np.empty((room, 2), np.int32), np.zeros(room + 1, np.int64)
    rows = np.empty(2 * n_laid + 1, np.int32)
    per_row = np.zeros(n_rows, np.int64)
    # Of the pairs with each second term:
    n_articles = np.zeros(edge.size, np.uint32)
    last = np.full(edge.size, NONE)  # the last article
    ends = np.empty(edge.size, np.uint64)  # the end of its items among those of all pairs
    met = np.empty(edge.size + 1, np.uint32)
    longest = 0
    for term in range(share[0], share[1]):
        longest = max(longest, begins[term + 1] - begins[term])
    pair_rows, pair_counts = np.empty(longest, np.uint32), np.empty(longest, np.int32)
    for term in range(share[0], share[1]):
        tokens = laid[begins[term] : begins[term + 1]]
        if single[term]:
            before = NONE
            for token in tokens:
                row = np.uint32(token)
                new: Any = np.int64(row != before)
                end += new
                rows[end - 1] = row
                counts[end - 1] = counts[end - 1] * (1 - new) + 1
                per_row[row] += new
                before = row
            pairs[n_columns, 0], pairs[n_columns, 1] = term, -1
            n_columns += 1
            places[n_columns] = end
        if tokens.size < least or not edge[term]:
            continue
        n_met = 0
        for token in tokens:
            row, second = np.uint32(token), token >> HALF
            met[n_met] = second
            n_met += last[second] == NONE
            n_articles[second] += np.uint32(last[second] != row)
            last[second] = row
        n_kept = 0
        n_items: Any = np.uint64(0)
        for second in met[:n_met]:
            n_kept += least <= n_articles[second] <= most and edge[second]
            ends[second] = n_items
            n_items += n_articles[second]
            last[second] = NONE
        if n_kept:
            for token in tokens:
                row, second = np.uint32(token), token >> HALF
                again: Any = np.uint64(last[second] == row)
                last[second] = row
                ends[second] += ONE - again
                item = ends[second] - ONE
                pair_rows[item] = row
                pair_counts[item] = pair_counts[item] * np.int32(again) + 1
        for second in met[:n_met]:
            if least <= n_articles[second] <= most and edge[second]:
                for item in range(ends[second] - n_articles[second], ends[second]):
                    rows[end], counts[end] = pair_rows[item], pair_counts[item]
                    per_row[pair_rows[item]] += 1
                    end += 1
                pairs[n_columns, 0], pairs[n_columns, 1] = term, second
                n_columns += 1
                places[n_columns] = end
            n_articles[second], last[second] = 0, NONE
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
            places[row] += ONE
