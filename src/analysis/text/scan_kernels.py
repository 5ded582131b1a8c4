"""The compiled scan: UTF-8 bytes in, term ids and code-point offsets out.

Eight bytes at a time: words of up to seven ASCII letters, which are most, take a handful of
operations; words with other letters go letter by letter.

Imported only for large corpora, because importing numba takes longer than scanning a small one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text.compiled import compiled
from analysis.text.folding import CONTEXT_LETTERS, NO_WORD
from analysis.text.term_table import (
    FREE,
    LONG,
    SEVEN_BYTES,
    Table,
    mixed,
    new_table,
    signature_of,
    slot_of,
    with_room,
)
from analysis.text.utf8_kernels import BYTE, ONE, ZERO, decode, encode, last_bytes, leading_word

Array = NDArray[Any]

# Both letters are two bytes long.
(FIRST_1, FIRST_2), (SECOND_1, SECOND_2) = (
    np.frombuffer(letter.encode(), np.uint8) for letter in CONTEXT_LETTERS
)


class Text(NamedTuple):
    """All texts."""

    data: Array  # uint8
    eights: Array  # uint64: item i holds the bytes from i to i + 7
    offsets: Array  # int64: where each article begins, and the end


class Found(NamedTuple):
    """One item per token."""

    ids: Array
    starts: Array
    ends: Array


@compiled
def mark_context(text: Text, share: tuple[int, int], marked: Array) -> None:
    """Mark the articles that hold one of `CONTEXT_LETTERS`."""
    for article in range(share[0], share[1]):
        here = text.data[text.offsets[article] : text.offsets[article + 1]]
        held = np.uint8(0)  # in this form eight or more bytes are compared at once
        for at in range(1, here.size):
            one, other = here[at - 1], here[at]
            held |= np.uint8((one == FIRST_1) & (other == FIRST_2))
            held |= np.uint8((one == SECOND_1) & (other == SECOND_2))
        marked[article] = held != 0


@compiled
def scan_articles(
    text: Text,
    share: tuple[int, int],
    skipped: Array,
    n_tokens: Array,
    folding: Array,
    found: Found,
) -> tuple[Table, int]:
    """Scan the articles in `share` but those skipped, into `found`; the terms and their number.

    Ids are in the order in which this call meets the terms. The tokens of each article are counted
    in `n_tokens`.
    """
    table = new_table()
    n_terms: Any = np.int64(0)  # a plain 0 has a type of its own, and all is compiled twice
    token: Any = np.int64(0)
    for article in range(share[0], share[1]):
        n_tokens[article] = 0
        if skipped[article]:
            continue
        before = token
        at, stop = text.offsets[article], text.offsets[article + 1]
        base = at
        while at < stop:
            at, base, token, n_terms = scan_article(
                text, folding, table, found, (at, stop, base, token, n_terms)
            )
            if at < stop:
                table = with_room(table, n_terms, table.chunks.size - table.places[n_terms] + 1)
        n_tokens[article] = token - before
    return table, n_terms


@compiled
def scan_article(  # noqa: C901 - one loop: a call for every token would take longer than all of it
    text: Text,
    folding: Array,
    table: Table,
    found: Found,
    state: tuple[int, int, int, int, int],
) -> tuple[int, int, int, int]:
    """Scan from byte `at` to `stop`, or until there is no room for another term.

    A byte less `base` is a code point's place in its article.
    """
    at, stop, base, token, n_terms = state
    slots, places, chunks = table
    ids, starts, ends = found
    data, eights, _ = text
    full, room = slots.shape[0] // 2, chunks.size
    while at < stop and n_terms < full:
        end = places[n_terms]
        width, n_chunks, length = 0, 0, 8
        signature = ZERO
        while length == 8 and end + n_chunks < room:
            here = at + width
            eight = eights[here] if stop - here >= 8 else last_bytes(data, here, stop)
            folded, length = leading_word(eight)
            if length > 0:
                chunks[end + n_chunks] = folded
                signature = folded if n_chunks == 0 else mixed(signature, folded)
                n_chunks += 1
                width += length
        run, after = width, 1
        if length == 8:
            break
        if at + width < stop and data[at + width] >= 0x80:
            point, after = decode(data, at + width)
            if folding[point] != NO_WORD:
                width, run, n_chunks = spell_word(text, folding, table, n_terms, (at, stop))
                after = 0
                if n_chunks < 0:
                    break
                signature = signature_of(chunks, end, n_chunks)
        if run >= 2:
            if n_chunks > 1 or signature >= SEVEN_BYTES:
                signature |= LONG
            # As `number_of`; a call for every token would take longer than the search.
            slot = slot_of(signature, slots.shape[0])
            while slots[slot, 0] != FREE:
                if slots[slot, 0] == signature:
                    first = places[slots[slot, 1]]
                    same = 0 if signature >= LONG else n_chunks
                    while same < n_chunks and chunks[first + same] == chunks[end + same]:
                        same += 1
                    if same == n_chunks and places[slots[slot, 1] + ONE] - first == n_chunks:
                        break
                slot = (slot + 1) & (slots.shape[0] - 1)
            if slots[slot, 0] == FREE:
                slots[slot, 0], slots[slot, 1] = signature, n_terms
                n_terms += 1
                places[n_terms] = end + n_chunks
            ids[token] = slots[slot, 1]
            starts[token] = at - base
            ends[token] = at - base + run
            token += 1
        at += width + after
        base += width - run + max(after - 1, 0)
    return at, base, token, n_terms


@compiled
def spell_word(
    text: Text, folding: Array, table: Table, n_terms: int, span: tuple[int, int]
) -> tuple[int, int, int]:
    """Write any word behind the last term; its width in bytes, code points and chunks.

    The chunks are -1 where there is no room for them.
    """
    (begin, stop), end = span, table.places[n_terms]
    at, run, n_chunks = begin, 0, 0
    chunk, filled = ZERO, ZERO
    while at < stop:
        if end + n_chunks + 2 > table.chunks.size:
            return 0, 0, -1
        point, width = decode(text.data, at)
        if folding[point] == NO_WORD:
            break
        bits, n_bytes = encode(folding[point])
        chunk |= bits << BYTE * filled
        filled += np.uint64(n_bytes)
        if filled >= 8:
            table.chunks[end + n_chunks] = chunk
            n_chunks += 1
            filled -= np.uint64(8)
            chunk = bits >> BYTE * (np.uint64(n_bytes) - filled) if filled > 0 else ZERO
        run += 1
        at += width
    if filled > 0:
        table.chunks[end + n_chunks] = chunk
        n_chunks += 1
    return at - begin, run, n_chunks


@compiled
def place_tokens(
    found: Found,
    share: tuple[int, int],
    n_tokens: Array,
    first_token: Array,
    numbers: Array,
    every: Found,
) -> None:
    """Copy the tokens of the articles in `share` to their places, with new numbers for terms."""
    token = 0
    for article in range(share[0], share[1]):
        for place in range(first_token[article], first_token[article] + n_tokens[article]):
            every.ids[place] = numbers[found.ids[token]]
            every.starts[place] = found.starts[token]
            every.ends[place] = found.ends[token]
            token += 1
