"""A hash table of terms for compiled code: the bytes of a term in, its number out.

A term is kept as 64-bit chunks of eight UTF-8 bytes, first byte lowest, the last chunk filled up
with zeros. Up to seven bytes the chunk is the term, so that one comparison finds it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text.compiled import compiled

Array = NDArray[Any]

CHUNK_BYTES = 8
# Odd and without pattern: the golden ratio's fraction in 64 bits (Knuth, TAOCP 3, section 6.4).
FACTOR = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)
BYTE = np.uint64(8)
# Marks the signature of a term of eight bytes or more; that of a shorter one has no eighth byte.
LONG = np.uint64(1 << 63)
SEVEN_BYTES = np.uint64(1 << 56)
FREE = np.uint64(0)
FIRST_SLOTS = 1 << 13


class Table(NamedTuple):
    """Terms in the order they were met, found by open addressing."""

    slots: Array  # uint64, shape (a power of two, 2): signature and number; side by side for caches
    places: Array  # int64 per term and one more: where it begins in `chunks`
    chunks: Array  # uint64
    lengths: Array  # int32 per term: code points


@compiled
def new_table() -> Table:
    """Give a table without terms."""
    return Table(
        np.zeros((FIRST_SLOTS, 2), np.uint64),
        np.zeros(FIRST_SLOTS // 2 + 2, np.int64),
        np.empty(FIRST_SLOTS, np.uint64),
        np.empty(FIRST_SLOTS // 2, np.int32),
    )


@compiled
def slot_of(signature: np.uint64, n_slots: int) -> int:
    """Give the slot where the search for a signature begins."""
    product = signature * FACTOR
    return int(product ^ product >> HALF) & (n_slots - 1)


@compiled
def number_of(
    slots: Array, places: Array, chunks: Array, n_terms: int, signature: np.uint64, n_chunks: int
) -> int:
    """Give the number of the term whose chunks stand behind the last one; a new one is added."""
    end = places[n_terms]
    slot = slot_of(signature, slots.shape[0])
    while slots[slot, 0] != FREE:
        if slots[slot, 0] == signature:
            if signature < LONG:
                break
            number = np.int64(slots[slot, 1])
            first = places[number]
            same = 0
            while same < n_chunks and chunks[first + same] == chunks[end + same]:
                same += 1
            if same == n_chunks and places[number + 1] == first + n_chunks:
                break
        slot = (slot + 1) & (slots.shape[0] - 1)
    if slots[slot, 0] == FREE:
        slots[slot, 0] = signature
        slots[slot, 1] = n_terms
        places[n_terms + 1] = end + n_chunks
    return int(slots[slot, 1])


@compiled
def mixed(signature: np.uint64, chunk: np.uint64) -> np.uint64:
    """Take a further chunk into a signature."""
    return (signature ^ signature >> HALF) * FACTOR ^ chunk


@compiled
def signature_of(chunks: Array, end: int, n_chunks: int) -> np.uint64:
    """Give the signature of the chunks from `end` on."""
    signature: np.uint64 = chunks[end]
    if n_chunks > 1 or signature >= SEVEN_BYTES:
        for place in range(end + 1, end + n_chunks):
            signature = mixed(signature, chunks[place])
        signature |= LONG
    return signature


@compiled
def with_room(table: Table, n_terms: int, n_chunks: int) -> Table:
    """Give the table with room for one more term at least, and for `n_chunks` behind the last."""
    slots, places, chunks, lengths = table
    if 2 * n_terms >= slots.shape[0]:
        slots = twice_the_slots(slots)
        places = longer(places, slots.shape[0] // 2 + 2)
        lengths = longer(lengths, slots.shape[0] // 2)
    if places[n_terms] + n_chunks > chunks.size:
        chunks = longer(chunks, 2 * (places[n_terms] + n_chunks))
    return Table(slots, places, chunks, lengths)


@compiled
def twice_the_slots(slots: Array) -> Array:
    """Put what the slots hold into twice as many."""
    more = np.zeros((2 * slots.shape[0], 2), np.uint64)
    for old in range(slots.shape[0]):
        if slots[old, 0] != FREE:
            slot = slot_of(slots[old, 0], more.shape[0])
            while more[slot, 0] != FREE:
                slot = (slot + 1) & (more.shape[0] - 1)
            more[slot, 0], more[slot, 1] = slots[old, 0], slots[old, 1]
    return more


@compiled
def longer(array: Array, size: int) -> Array:
    """Copy `array` to the front of one of `size` items."""
    copy = np.empty(size, array.dtype)
    for i in range(min(array.size, size)):  # a slice would compile its errors too, for seconds
        copy[i] = array[i]
    return copy
