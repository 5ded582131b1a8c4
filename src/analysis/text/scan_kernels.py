"""The compiled scan: UTF-8 bytes in, term ids and code-point offsets out.

Imported only for large corpora, because importing numba takes longer than scanning a small one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text.compiled import compiled
from analysis.text.folding import IN_CONTEXT, NO_WORD

Array = NDArray[Any]

# FNV-1a, 64 bits (Fowler, Noll, Vo); terms of equal hash are compared byte by byte.
HASH_START = np.uint64(0xCBF29CE484222325)
HASH_FACTOR = np.uint64(0x100000001B3)
HALF = np.uint64(32)
TERM_END = 10  # a line feed, which no term holds
FIRST_SLOTS = 1 << 12
# A folded code point takes at most twice the bytes of the original one, and the end of a term one.
FOLDED_GROWTH = 2


class Vocabulary(NamedTuple):
    """Terms in the order they were met, found by open addressing."""

    slots: Array  # int32, a power of two of them: term number or -1
    hashes: Array  # uint64 per term
    places: Array  # int64 per term and one more: where it begins in `blob`
    blob: Array  # uint8: the terms as UTF-8, each with TERM_END


class Found(NamedTuple):
    """One item per token."""

    ids: Array
    starts: Array
    ends: Array


@compiled
def decode(data: Array, at: int) -> tuple[int, int]:
    """Give the code point at a UTF-8 lead byte and its width in bytes."""
    lead: Any = np.int64(data[at])
    if lead < 0x80:
        return lead, 1
    if lead < 0xE0:
        return (lead & 0x1F) << 6 | (data[at + 1] & 0x3F), 2
    if lead < 0xF0:
        return (lead & 0x0F) << 12 | (data[at + 1] & 0x3F) << 6 | (data[at + 2] & 0x3F), 3
    high = (lead & 0x07) << 18 | (data[at + 1] & 0x3F) << 12
    return high | (data[at + 2] & 0x3F) << 6 | (data[at + 3] & 0x3F), 4


@compiled
def encode(blob: Array, at: int, point: np.uint32) -> int:
    """Write a code point as UTF-8 and give its width in bytes."""
    if point < 0x80:
        blob[at] = point
        return 1
    if point < 0x800:
        blob[at] = 0xC0 | point >> 6
        blob[at + 1] = 0x80 | point & 0x3F
        return 2
    if point < 0x10000:
        blob[at] = 0xE0 | point >> 12
        blob[at + 1] = 0x80 | point >> 6 & 0x3F
        blob[at + 2] = 0x80 | point & 0x3F
        return 3
    blob[at] = 0xF0 | point >> 18
    blob[at + 1] = 0x80 | point >> 12 & 0x3F
    blob[at + 2] = 0x80 | point >> 6 & 0x3F
    blob[at + 3] = 0x80 | point & 0x3F
    return 4


@compiled
def count_tokens(
    data: Array, offsets: Array, share: tuple[int, int], folding: Array, n_tokens: Array
) -> None:
    """Write the tokens of each article in `share` to `n_tokens`; -1 where str.lower is needed."""
    for article in range(share[0], share[1]):
        at, stop = offsets[article], offsets[article + 1]
        run, tokens = 0, 0
        while at < stop:
            if data[at] < 0x80:
                folded = folding[data[at]]
                at += 1
            else:
                point, width = decode(data, at)
                folded = folding[point]
                at += width
                if folded == IN_CONTEXT:
                    tokens = -1
                    break
            run = (run + 1) * (folded != NO_WORD)
            tokens += run == 2
        n_tokens[article] = tokens


@compiled
def scan_articles(
    data: Array,
    offsets: Array,
    share: tuple[int, int],
    n_tokens: Array,
    first_token: Array,
    folding: Array,
    found: Found,
) -> tuple[Vocabulary, int]:
    """Write the tokens of the articles in `share` to `found`; the terms and their number.

    Ids are in the order in which this call meets the terms. Articles marked -1 are passed over.
    """
    words = Vocabulary(
        np.full(FIRST_SLOTS, -1, np.int32),
        np.empty(FIRST_SLOTS // 2, np.uint64),
        np.zeros(FIRST_SLOTS // 2 + 1, np.int64),
        np.empty(FIRST_SLOTS, np.uint8),
    )
    n_terms: Any = np.int64(0)  # a plain 0 has a type of its own, and all is compiled twice
    for article in range(share[0], share[1]):
        if n_tokens[article] <= 0:
            continue
        at, stop = offsets[article], offsets[article + 1]
        position: Any = np.int64(0)
        token = first_token[article]
        while at <= stop:
            words = with_room(words, n_terms, FOLDED_GROWTH * (stop - at) + 1)
            at, position, token, n_terms = scan_article(
                data, folding, words, found, (at, stop, position, token, n_terms)
            )
    return words, n_terms


@compiled
def renumber(
    ids: Array, share: tuple[int, int], n_tokens: Array, first_token: Array, numbers: Array
) -> None:
    """Put the new number of each term for the one that `scan_articles` gave it."""
    for article in range(share[0], share[1]):
        for token in range(first_token[article], first_token[article] + n_tokens[article]):
            ids[token] = numbers[ids[token]]


@compiled
def merge_terms(
    words: Vocabulary, n_terms: int, others: Vocabulary, n_others: int
) -> tuple[Vocabulary, int, Array]:
    """Add other terms to a vocabulary; it, its number of terms, and the new number of each."""
    numbers = np.empty(n_others, np.int32)
    for other in range(n_others):
        first, last = others.places[other], others.places[other + 1] - 1
        words = with_room(words, n_terms, last - first + 1)
        end = words.places[n_terms]
        for i in range(last - first):
            words.blob[end + i] = others.blob[first + i]
        numbers[other] = number_of(
            words.slots,
            words.hashes,
            words.places,
            words.blob,
            n_terms,
            last - first,
            others.hashes[other],
        )
        n_terms += numbers[other] == n_terms
    return words, n_terms, numbers


@compiled
def with_room(words: Vocabulary, n_terms: int, n_bytes: int) -> Vocabulary:
    """Give the vocabulary with room for one more term at least and for `n_bytes` of terms."""
    slots, hashes, places, blob = words
    if 2 * n_terms >= slots.size:
        hashes = longer(hashes, slots.size)
        places = longer(places, slots.size + 1)
        slots = np.full(2 * slots.size, -1, np.int32)
        for term in range(n_terms):
            slot = np.int64(hashes[term] ^ hashes[term] >> HALF) & (slots.size - 1)
            while slots[slot] >= 0:
                slot = (slot + 1) & (slots.size - 1)
            slots[slot] = term
    if places[n_terms] + n_bytes > blob.size:
        blob = longer(blob, 2 * (places[n_terms] + n_bytes))
    return Vocabulary(slots, hashes, places, blob)


@compiled
def longer(array: Array, size: int) -> Array:
    """Copy `array` to the front of one of `size` items."""
    copy = np.empty(size, array.dtype)
    for i in range(array.size):  # a slice would compile its error messages too, for seconds
        copy[i] = array[i]
    return copy


@compiled
def scan_article(
    data: Array,
    folding: Array,
    words: Vocabulary,
    found: Found,
    state: tuple[int, int, int, int, int],
) -> tuple[int, int, int, int]:
    """Scan from byte `at` to `stop`, or until the table of terms is half full.

    The bytes of a run of word characters are written behind the last term as they are met, and
    stay there if the run turns out to be a new term.
    """
    at, stop, position, token, n_terms = state
    slots, hashes, places, blob = words
    ids, starts, ends = found
    end = places[n_terms]
    full = slots.size // 2
    run, length, hashed = 0, 0, HASH_START
    while at <= stop:
        if at == stop:
            folded = np.uint32(NO_WORD)
            at += 1
        elif data[at] < 0x80:
            folded = folding[data[at]]
            blob[end + length] = folded
            length += folded != NO_WORD
            at += 1
        else:
            point, width = decode(data, at)
            folded = folding[point]
            length += encode(blob, end + length, folded) * (folded != NO_WORD)
            at += width
        position += 1
        if folded != NO_WORD:
            hashed = (hashed ^ np.uint64(folded)) * HASH_FACTOR
            run += 1
        elif run > 0:
            if run >= 2:
                term = number_of(slots, hashes, places, blob, n_terms, length, hashed)
                ids[token] = term
                starts[token] = position - 1 - run
                ends[token] = position - 1
                token += 1
                if term == n_terms:
                    n_terms += 1
                    end = places[n_terms]
                    if n_terms == full:
                        break
            run, length, hashed = 0, 0, HASH_START
    return at, position, token, n_terms


@compiled
def number_of(
    slots: Array,
    hashes: Array,
    places: Array,
    blob: Array,
    n_terms: int,
    length: int,
    hashed: np.uint64,
) -> int:
    """Give the number of the term whose bytes stand behind the last one; a new one is added."""
    end = places[n_terms]
    slot = np.int64(hashed ^ hashed >> HALF) & (slots.size - 1)
    term: int = slots[slot]
    while term >= 0:
        if hashes[term] == hashed and places[term + 1] - places[term] == length + 1:
            same = 0
            while same < length and blob[places[term] + same] == blob[end + same]:
                same += 1
            if same == length:
                return term
        slot = (slot + 1) & (slots.size - 1)
        term = slots[slot]
    slots[slot] = n_terms
    hashes[n_terms] = hashed
    blob[end + length] = TERM_END
    places[n_terms + 1] = end + length + 1
    return n_terms
