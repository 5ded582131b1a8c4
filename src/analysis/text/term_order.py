"""Terms in the order of their code points, and vocabularies merged, in compiled code.

Chunks are turned round here: the first byte is the highest, so that chunks sort as terms do, for
bytes of UTF-8 sort as code points do.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.text.term_table import CHUNK_BYTES, Table
from analysis.text.utf8_kernels import BYTE, TOP, ZERO

Array = NDArray[Any]

TERM_END = 10  # a line feed, which no term holds


class Terms(NamedTuple):
    """Sorted terms."""

    places: Array  # int64 per term and one more: where it begins in `chunks`
    chunks: Array  # uint64, first byte highest


def sorted_terms(table: Table, n_terms: int) -> tuple[Terms, Array]:
    """Sort the terms of a table; int32 per term: its place among the sorted ones."""
    chunks = table.chunks[: table.places[n_terms]].byteswap()
    heads = chunks[table.places[:n_terms]]
    order = np.argsort(heads)
    settle_ties(order, heads, table.places, chunks)
    ranks = np.empty(n_terms, dtype=np.int32)
    ranks[order] = np.arange(n_terms, dtype=np.int32)
    return in_order(order, table.places, chunks), ranks


@compiled
def settle_ties(order: Array, heads: Array, places: Array, chunks: Array) -> None:
    """Sort the stretches of `order` with equal heads by what follows."""
    scratch = np.empty_like(order)
    begin = 0
    while begin < order.size:
        end = begin + 1
        while end < order.size and heads[order[end]] == heads[order[begin]]:
            end += 1
        if end - begin > 1:
            merge_sort(order[begin:end], scratch, places, chunks)
        begin = end


@compiled
def merge_sort(order: Array, scratch: Array, places: Array, chunks: Array) -> None:
    """Sort term numbers by their terms."""
    size = 1
    while size < order.size:
        for begin in range(0, order.size, 2 * size):
            middle, end = min(begin + size, order.size), min(begin + 2 * size, order.size)
            one, other = begin, middle
            for place in range(begin, end):
                first = other >= end
                if not first and one < middle:
                    first = compare(places, chunks, order[one], places, chunks, order[other]) < 0
                if first:
                    scratch[place] = order[one]
                    one += 1
                else:
                    scratch[place] = order[other]
                    other += 1
            for place in range(begin, end):
                order[place] = scratch[place]
        size *= 2


@compiled
def compare(
    places: Array, chunks: Array, one: int, other_places: Array, other_chunks: Array, other: int
) -> int:
    """Give -1, 0 or 1 as a term sorts before another, is the same, or sorts behind it."""
    at, end = places[one], places[one + 1]
    other_at, other_end = other_places[other], other_places[other + 1]
    while at < end and other_at < other_end:
        if chunks[at] != other_chunks[other_at]:
            return -1 if chunks[at] < other_chunks[other_at] else 1
        at += 1
        other_at += 1
    return int(at < end) - int(other_at < other_end)


@compiled
def in_order(order: Array, places: Array, chunks: Array) -> Terms:
    """Copy terms in the order given."""
    new_places = np.zeros(order.size + 1, np.int64)
    new_chunks = np.empty(chunks.size, np.uint64)
    end = 0
    for place in range(order.size):
        for chunk in range(places[order[place]], places[order[place] + 1]):
            new_chunks[end] = chunks[chunk]
            end += 1
        new_places[place + 1] = end
    return Terms(new_places, new_chunks)


@compiled
def merge_terms(one: Terms, other: Terms) -> tuple[Terms, Array, Array]:
    """Merge two vocabularies; int32 per term of each: its place in the merged one."""
    n_one, n_other = one.places.size - 1, other.places.size - 1
    places = np.zeros(n_one + n_other + 1, np.int64)
    chunks = np.empty(one.chunks.size + other.chunks.size, np.uint64)
    ranks, other_ranks = np.empty(n_one, np.int32), np.empty(n_other, np.int32)
    here, there, rank, end = 0, 0, 0, 0
    while here < n_one or there < n_other:
        if here == n_one:
            order = 1
        elif there == n_other:
            order = -1
        else:
            order = compare(one.places, one.chunks, here, other.places, other.chunks, there)
        taken, number = (one, here) if order <= 0 else (other, there)
        for chunk in range(taken.places[number], taken.places[number + 1]):
            chunks[end] = taken.chunks[chunk]
            end += 1
        if order <= 0:
            ranks[here] = rank
            here += 1
        if order >= 0:
            other_ranks[there] = rank
            there += 1
        rank += 1
        places[rank] = end
    return Terms(places[: rank + 1], chunks[:end]), ranks, other_ranks


@compiled
def spelt(terms: Terms) -> Array:
    """Give the terms as UTF-8, each with TERM_END."""
    blob = np.empty(CHUNK_BYTES * terms.chunks.size + terms.places.size, np.uint8)
    end = 0
    for term in range(terms.places.size - 1):
        for place in range(terms.places[term], terms.places[term + 1]):
            chunk = terms.chunks[place]
            while chunk != ZERO:
                blob[end] = chunk >> TOP
                chunk <<= BYTE
                end += 1
        blob[end] = TERM_END
        end += 1
    return blob[:end]
