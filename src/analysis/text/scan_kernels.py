"""The compiled scan: UTF-8 bytes in, term ids and code-point offsets out.

First it is seen, 64 bytes at a time, where runs of word bytes begin and end: ASCII word characters
and every byte beyond ASCII. A run of ASCII is a word, and is looked up eight bytes at a time; a
run with other letters or signs goes letter by letter. That runs are cut before they are looked up
lets the processor work on several at once.

Imported only for large corpora, because importing numba takes longer than scanning a small one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text.compiled import compiled
from analysis.text.folding import IN_CONTEXT, NO_WORD
from analysis.text.term_table import (
    FREE,
    LONG,
    SEVEN_BYTES,
    Table,
    mixed,
    new_table,
    number_of,
    signature_of,
    slot_of,
    with_room,
)
from analysis.text.utf8_kernels import (
    BYTE,
    HIGH,
    ONE,
    ZERO,
    decode,
    encode,
    last_bytes,
    lower_case,
    lowest_bit,
    word_bits,
)

Array = NDArray[Any]

BLOCK = 64  # bytes, a bit of a number for each
ALL_BITS = ~ZERO
HIGHEST = np.uint64(BLOCK - 1)
MOST_BOUNDS = 4096  # begins and ends of runs, so few that they stay in the nearest cache


class Text(NamedTuple):
    """All texts."""

    data: Array  # uint8
    eights: Array  # uint64: item i holds the bytes from i to i + 7
    offsets: Array  # int64: where each article begins, and the end


class Found(NamedTuple):
    """One item per token."""

    ids: Array
    starts: Array


@compiled
def scan_articles(
    text: Text,
    share: tuple[int, int],
    skipped: Array,
    n_tokens: Array,
    folding: Array,
    found: Found,
) -> tuple[Table, int]:
    """Scan the articles in `share` into `found`; the terms and their number.

    Ids are in the order in which this call meets the terms. The tokens of each article are counted
    in `n_tokens`. An article with a letter that is lower-cased by its neighbours is marked in
    `skipped` and has no tokens here; words before that letter are its words in lower case too, so
    that no term is added which the article does not hold.
    """
    table = new_table()
    n_terms: Any = np.int64(0)  # a plain 0 has a type of its own, and all is compiled twice
    token: Any = np.int64(0)
    bounds = np.empty(MOST_BOUNDS, np.int64)
    for article in range(share[0], share[1]):
        before = token
        at, stop = text.offsets[article], text.offsets[article + 1]
        base = at
        while at < stop:
            at, n_bounds = cut_runs(text, at, stop, bounds)
            run: Any = np.int64(0)
            while run < n_bounds:
                run, base, token, n_terms = scan_runs(
                    text, folding, table, found, bounds, (run, n_bounds, base, token, n_terms)
                )
                if base < 0:
                    break
                if run < n_bounds:
                    table = with_room(table, n_terms, table.chunks.size - table.places[n_terms] + 1)
            if base < 0:
                skipped[article] = True
                token = before
                break
        n_tokens[article] = token - before
    return table, n_terms


@compiled
def cut_runs(text: Text, at: int, stop: int, bounds: Array) -> tuple[int, int]:
    """Write where runs begin and end, by turns, until `stop` or until `bounds` is full.

    `at` must not be inside a run. Gives the place to go on from, and the number of bounds.
    """
    n_bounds = 0
    before = ZERO  # whether the byte before the block is of a word
    while at < stop and n_bounds + BLOCK < bounds.size:
        word = word_block(text, at, stop)
        edges = word ^ (word << ONE | before)
        before = word >> HIGHEST
        while edges != ZERO:
            bounds[n_bounds] = at + lowest_bit(edges)
            n_bounds += 1
            edges &= edges - ONE
        at += BLOCK
    at = min(at, stop)
    if before != ZERO:
        if at == stop:
            bounds[n_bounds] = stop
            n_bounds += 1
        else:
            n_bounds -= 1
            at = bounds[n_bounds]
    return at, n_bounds


@compiled
def word_block(text: Text, at: int, stop: int) -> np.uint64:
    """Give a bit for each of the 64 bytes from `at`: whether it is of a word and before `stop`."""
    data, eights, _ = text
    word = ZERO
    if stop - at >= BLOCK:
        for i in range(8):
            word |= word_bits(eights[at + 8 * i]) << BYTE * np.uint64(i)
        return word
    for i in range((stop - at + 7) // 8):
        here = at + 8 * i
        eight = eights[here] if stop - here >= 8 else last_bytes(data, here, stop)
        word |= word_bits(eight) << BYTE * np.uint64(i)
    return word


@compiled
def scan_runs(  # noqa: C901 - one loop: see the comment in it
    text: Text,
    folding: Array,
    table: Table,
    found: Found,
    bounds: Array,
    state: tuple[int, int, int, int, int],
) -> tuple[int, int, int, int]:
    """Scan runs, until there is no room for the terms of another.

    A byte less `base` is a code point's place in its article; -1 is returned for it at a letter
    that is lower-cased by its neighbours.
    """
    run, n_bounds, base, token, n_terms = state
    data, eights, _ = text
    slots, places, chunks, lengths = table
    ids, starts = found
    full, room = slots.shape[0] // 2, chunks.size
    end = places[n_terms]
    while run < n_bounds:
        at, stop = bounds[run], bounds[run + 1]
        if n_terms >= full or end >= room:
            break
        eight = eights[at] if at < eights.size else last_bytes(data, at, stop)
        if stop - at < 8:
            eight &= ~(ALL_BITS << BYTE * np.uint64(stop - at))
        signature = lower_case(eight)
        chunks[end] = signature
        n_chunks = 1
        here = at + 8
        while here < stop and eight & HIGH == ZERO and end + n_chunks < room:
            eight = eights[here] if here < eights.size else last_bytes(data, here, stop)
            if stop - here < 8:
                eight &= ~(ALL_BITS << BYTE * np.uint64(stop - here))
            folded = lower_case(eight)
            chunks[end + n_chunks] = folded
            signature = mixed(signature, folded)
            n_chunks += 1
            here += 8
        if eight & HIGH != ZERO:
            at, base, token, n_terms = scan_letters(
                data,
                folding,
                slots,
                places,
                chunks,
                lengths,
                ids,
                starts,
                (at, stop, base, token, n_terms),
            )
            if base < 0:
                break
            end = places[n_terms]
            bounds[run] = at
            if at < stop:
                break
        elif here < stop:
            break
        elif stop - at >= 2:
            if n_chunks > 1 or signature >= SEVEN_BYTES:
                signature |= LONG
            # As `number_of`; a call for every token would take longer than the search.
            slot = slot_of(signature, slots.shape[0])
            while slots[slot, 0] != FREE:
                if slots[slot, 0] == signature:
                    if signature < LONG:
                        break
                    first = places[slots[slot, 1]]
                    same = 0
                    while same < n_chunks and chunks[first + same] == chunks[end + same]:
                        same += 1
                    if same == n_chunks and places[slots[slot, 1] + ONE] - first == n_chunks:
                        break
                slot = (slot + 1) & (slots.shape[0] - 1)
            if slots[slot, 0] == FREE:
                slots[slot, 0], slots[slot, 1] = signature, n_terms
                lengths[n_terms] = stop - at
                n_terms += 1
                end += n_chunks
                places[n_terms] = end
            ids[token] = slots[slot, 1]
            starts[token] = at - base
            token += 1
        run += 2
    return run, base, token, n_terms


@compiled
def scan_letters(
    data: Array,
    folding: Array,
    slots: Array,
    places: Array,
    chunks: Array,
    lengths: Array,
    ids: Array,
    starts: Array,
    state: tuple[int, int, int, int, int],
) -> tuple[int, int, int, int]:
    """Scan the words between two bytes letter by letter; see `scan_runs`.

    The arrays come one by one: to take them out of tuples, numba counts references to each anew,
    which takes longer than a short word.
    """
    at, stop, base, token, n_terms = state
    while at < stop and n_terms < slots.shape[0] // 2:
        point, after = decode(data, at)
        if folding[point] == NO_WORD:
            at += after
            base += after - 1
            continue
        width, length, n_chunks = spell_word(data, folding, chunks, places[n_terms], (at, stop))
        if width < 0:
            return at, -1, token, n_terms
        if n_chunks < 0:
            break
        if length >= 2:
            signature = signature_of(chunks, places[n_terms], n_chunks)
            number = number_of(slots, places, chunks, n_terms, signature, n_chunks)
            if number == n_terms:
                lengths[number] = length
                n_terms += 1
            ids[token] = number
            starts[token] = at - base
            token += 1
        at += width
        base += width - length
    return at, base, token, n_terms


@compiled
def spell_word(
    data: Array, folding: Array, chunks: Array, end: int, span: tuple[int, int]
) -> tuple[int, int, int]:
    """Write any word into `chunks` from `end` on; its width in bytes, code points and chunks.

    The chunks are -1 where there is no room for them, the width too where a letter is lower-cased
    by its neighbours.
    """
    begin, stop = span
    at, length, n_chunks = begin, 0, 0
    chunk, filled = ZERO, ZERO
    while at < stop:
        if end + n_chunks + 2 > chunks.size:
            return 0, 0, -1
        point, width = decode(data, at)
        folded = folding[point]
        if folded == NO_WORD:
            break
        if folded == IN_CONTEXT:
            return -1, 0, -1
        bits, n_bytes = encode(folded)
        chunk |= bits << BYTE * filled
        filled += np.uint64(n_bytes)
        if filled >= BYTE:
            chunks[end + n_chunks] = chunk
            n_chunks += 1
            filled -= BYTE
            chunk = bits >> BYTE * (np.uint64(n_bytes) - filled) if filled > ZERO else ZERO
        length += 1
        at += width
    if filled > ZERO:
        chunks[end + n_chunks] = chunk
        n_chunks += 1
    return at - begin, length, n_chunks


@compiled
def place_tokens(
    found: Found,
    share: tuple[int, int],
    n_tokens: Array,
    first_token: Array,
    terms: tuple[Array, Array],
    every: tuple[Array, Array, Array],
) -> None:
    """Copy the tokens of the articles in `share` to their places among the ids, starts and ends.

    `terms` gives a new number and the length in code points for each term found.
    """
    numbers, lengths = terms
    ids, starts, ends = every
    token = 0
    for article in range(share[0], share[1]):
        for place in range(first_token[article], first_token[article] + n_tokens[article]):
            term, start = found.ids[token], found.starts[token]
            ids[place] = numbers[term]
            starts[place] = start
            ends[place] = start + lengths[term]
            token += 1
