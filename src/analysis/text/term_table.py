"""A hash table of terms for compiled code: the bytes of a term in, its number out.

A term is kept as 64-bit chunks of eight UTF-8 bytes, first byte lowest, the last chunk filled up
with zeros. Its head is two numbers that stand for it: up to 16 bytes its chunks themselves, else
the first one and a hash of all.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled

Array = NDArray[Any]

CHUNK_BYTES = 8
# Odd and without pattern: the golden ratio's fraction in 64 bits (Knuth, TAOCP 3, section 6.4).
FACTOR = np.uint64(0x9E3779B97F4A7C15)
ONE, HALF = np.uint64(1), np.uint64(32)
# No byte of UTF-8 is 0xFF, so that the head of a long term is that of no short one.
LONG = np.uint64(0xFF << 56)
FREE = np.uint32(0xFFFFFFFF)
FIRST_SLOTS = 1 << 14


class Table(NamedTuple):
    """Terms in the order they were met, found by open addressing."""

    slots: Array  # uint32, a power of two: numbers of terms, or FREE
    heads: Array  # uint64, shape (terms, 2)
    places: Array  # int64 per term and one more: where it begins in `chunks`
    chunks: Array  # uint64
    lengths: Array  # int32 per term: code points


@compiled
def new_table() -> Table:
    """Give a table without terms."""
    n_terms = FIRST_SLOTS // 2
    return Table(
        np.full(FIRST_SLOTS, FREE),
        np.empty((n_terms, 2), np.uint64),
        np.zeros(n_terms + 1, np.int64),
        np.empty(FIRST_SLOTS, np.uint64),
        np.empty(n_terms, np.int32),
    )


@compiled
def slot_of(one: np.uint64, two: np.uint64) -> np.uint64:
    """Give the slot where the search for a head begins, if there were 2^32 of them.

    Numbers without sign: numba asks of every other whether it counts from an array's end.
    """
    return mixed(two * FACTOR, one) * FACTOR >> HALF


@compiled
def mixed(signature: np.uint64, chunk: np.uint64) -> np.uint64:
    """Take a further chunk into a hash."""
    return (signature ^ signature >> HALF) * FACTOR ^ chunk


@compiled
def number_of(
    slots: Array, heads: Array, places: Array, chunks: Array, n_terms: int, n_chunks: int
) -> int:
    """Give the number of the term whose chunks stand behind the last one; a new one is added."""
    end = places[n_terms]
    one, two = chunks[end], np.uint64(0)
    for place in range(end + 1, end + n_chunks):
        two = mixed(two, chunks[place])
    if n_chunks == 2:
        two = chunks[end + 1]
    elif n_chunks > 2:
        two |= LONG
    last_slot = np.uint64(slots.size - 1)
    slot = slot_of(one, two) & last_slot
    while slots[slot] != FREE:
        number = slots[slot]
        if heads[number, 0] == one and heads[number, 1] == two:
            if n_chunks <= 2:
                break
            first = places[number]
            same = 1
            while same < n_chunks and chunks[first + same] == chunks[end + same]:
                same += 1
            if same == n_chunks and places[number + 1] == first + n_chunks:
                break
        slot = (slot + ONE) & last_slot
    if slots[slot] == FREE:
        slots[slot] = n_terms
        heads[n_terms, 0], heads[n_terms, 1] = one, two
        places[n_terms + 1] = end + n_chunks
    return int(slots[slot])


@compiled
def with_room(table: Table, n_terms: int, n_bytes: int) -> Table:
    """Give the table with room for the terms of `n_bytes` bytes of text.

    A term has two bytes and one that parts it from the next, and at most half as many bytes more
    in lower case.
    """
    slots, heads, places, chunks, lengths = table
    most_terms = n_terms + n_bytes // 2 + 1
    if 2 * most_terms > slots.size:
        slots = more_slots(slots, heads, n_terms, 2 * most_terms)
        heads = longer_heads(heads, n_terms, slots.size // 2)
        places = longer(places, slots.size // 2 + 1)
        lengths = longer(lengths, slots.size // 2)
    most_chunks = places[n_terms] + n_bytes + 2
    if most_chunks > chunks.size:
        chunks = longer(chunks, 2 * most_chunks)
    return Table(slots, heads, places, chunks, lengths)


@compiled
def more_slots(slots: Array, heads: Array, n_terms: int, least: int) -> Array:
    """Give at least `least` slots that hold the terms."""
    size = slots.size
    while size < least:
        size *= 2
    more = np.full(size, FREE)
    last_slot = np.uint64(size - 1)
    for number in range(n_terms):
        slot = slot_of(heads[number, 0], heads[number, 1]) & last_slot
        while more[slot] != FREE:
            slot = (slot + ONE) & last_slot
        more[slot] = number
    return more


@compiled
def longer_heads(heads: Array, n_terms: int, size: int) -> Array:
    """Copy `heads` to the front of an array of `size` rows."""
    copy = np.empty((size, 2), heads.dtype)
    for i in range(n_terms):
        copy[i, 0], copy[i, 1] = heads[i, 0], heads[i, 1]
    return copy


@compiled
def longer(array: Array, size: int) -> Array:
    """Copy `array` to the front of one of `size` items."""
    copy = np.empty(size, array.dtype)
    for i in range(min(array.size, size)):  # a slice would compile its errors too, for seconds
        copy[i] = array[i]
    return copy
