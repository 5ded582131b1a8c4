"""The compiled scan: UTF-8 bytes in, term ids and code-point offsets out.

Runs of word bytes are cut first, many at once, and then looked up: a run of up to 16 bytes of ASCII
without a loop or a branch that depends on its length, any other letter by letter. The processor can
so work on several words at a time.

Imported only for large corpora, because importing numba takes longer than scanning a small one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.text.letter_kernels import scan_letters
from analysis.text.run_kernels import BLOCK, Marks, Runs, Text, cut_runs, mark_bytes
from analysis.text.term_table import CHUNK_BYTES, FREE, Table, slot_of, with_room
from analysis.text.utf8_kernels import BYTE, HIGH, ONE, ZERO, lower_case

Array = NDArray[Any]

SHORT = np.uint64(2 * CHUNK_BYTES)  # bytes
# Item n: the bits of the first n bytes of a short word, in its first and in its second chunk.
FIRST_BYTES, SECOND_BYTES = (
    np.array(
        [(1 << 8 * min(max(n - before, 0), CHUNK_BYTES)) - 1 for n in range(2 * CHUNK_BYTES + 1)],
        np.uint64,
    )
    for before in (0, CHUNK_BYTES)
)


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
    scratch: tuple[Marks, Runs],
    found: Found,
    table: Table,
    n_known: int,
) -> tuple[Table, int]:
    """Scan the articles in `share` into `found`; the terms and their number.

    `table` holds the `n_known` terms that were met before; others get the numbers that follow, in
    the order in which they are met. The tokens of each article are counted in `n_tokens`. An
    article with a letter that is lower-cased by its neighbours is marked in `skipped` and has no
    tokens here; words before that letter are its words in lower case too, so that no term is added
    which the article does not hold.
    """
    marks, runs = scratch
    n_terms: Any = np.int64(n_known)
    token: Any = np.int64(0)  # a plain 0 has a type of its own, and all is compiled twice
    for article in range(share[0], share[1]):
        before = token
        first, stop = text.offsets[article], text.offsets[article + 1]
        n_tokens[article] = 0
        if first == stop:
            continue
        mark_bytes(text, first, stop, marks)
        block = first - first % BLOCK
        at: Any = block
        base: Any = first
        n_bounds: Any = np.int64(0)
        while at < stop:
            at, base, n_bounds = cut_runs(marks, block, stop, (at, base, n_bounds), runs)
            n_runs = n_bounds // 2
            if n_runs > 0:
                n_bytes: Any = np.int64(runs.bounds[2 * n_runs - 1] - runs.bounds[0])
                table = with_room(table, n_terms, n_bytes)
            n_new, n_terms = scan_runs(text, folding, table, found, runs, (n_runs, token, n_terms))
            if n_new < 0:
                skipped[article] = True
                token = before
                break
            token += n_new
        n_tokens[article] = token - before
    return table, n_terms


@compiled
def scan_runs(
    text: Text,
    folding: Array,
    table: Table,
    found: Found,
    runs: Runs,
    state: tuple[Any, Any, Any],
) -> tuple[int, int]:
    """Scan runs; the number of their tokens, or -1 if a letter is lower-cased by its neighbours.

    The table must have room for every term that the runs may hold. `state` is the number of runs,
    of tokens and of terms; the number of terms afterwards comes second.
    """
    n_runs, first_token, n_terms = state
    data, eights, _, _ = text
    slots, heads, places, chunks, lengths = table
    ids, starts = found
    bounds, points = runs
    token = first_token
    last_slot = np.uint64(slots.size - 1)
    for run in range(0, 2 * n_runs, 2):
        at, size = bounds[run], bounds[run + 1] - bounds[run]
        if size <= SHORT and at + BYTE < eights.size:
            one, two = eights[at] & FIRST_BYTES[size], eights[at + BYTE] & SECOND_BYTES[size]
            if (one | two) & HIGH == ZERO:
                if size == ONE:
                    continue
                one, two = lower_case(one), lower_case(two)
                # As `number_of`; a call for every token would take longer than the search.
                slot = slot_of(one, two) & last_slot
                number = slots[slot]
                while (
                    number != FREE and (heads[number, 0] ^ one) | (heads[number, 1] ^ two) != ZERO
                ):
                    slot = (slot + ONE) & last_slot
                    number = slots[slot]
                if number == FREE:
                    number = np.uint32(n_terms)
                    slots[slot] = number
                    heads[number, 0], heads[number, 1] = one, two
                    end = places[number]
                    chunks[end], chunks[end + 1] = one, two
                    places[n_terms + 1] = end + 1 + (two != ZERO)
                    lengths[number] = size
                    n_terms += 1
                ids[token] = number
                starts[token] = points[run]
                token += 1
                continue
        token, n_terms = scan_letters(
            data,
            folding,
            slots,
            heads,
            places,
            chunks,
            lengths,
            ids,
            starts,
            (np.int64(at), np.int64(at + size), points[run], token, n_terms),
        )
        if token < 0:
            return -1, n_terms
    return token - first_token, n_terms


@compiled
def place_tokens(
    found: Found,
    share: tuple[int, int],
    n_tokens: Array,
    first_token: Array,
    lengths: Array,
    every: tuple[Array, Array, Array],
) -> None:
    """Copy the tokens of the articles in `share` to their places among the ids, starts and ends.

    `lengths` are those of the terms in code points.
    """
    ids, starts, ends = every
    token = 0
    for article in range(share[0], share[1]):
        for place in range(first_token[article], first_token[article] + n_tokens[article]):
            term, start = found.ids[token], found.starts[token]
            ids[place] = term
            starts[place] = start
            ends[place] = start + lengths[term]
            token += 1
