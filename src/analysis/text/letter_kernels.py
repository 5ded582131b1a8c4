"""The words of a run letter by letter, for letters beyond ASCII and long words; compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.text.folding import IN_CONTEXT, NO_WORD
from analysis.text.term_table import number_of
from analysis.text.utf8_kernels import BYTE, ZERO, decode, width_of

Array = NDArray[Any]


@compiled
def scan_letters(
    data: Array,
    folding: Array,
    slots: Array,
    heads: Array,
    places: Array,
    chunks: Array,
    lengths: Array,
    ids: Array,
    starts: Array,
    state: tuple[Any, Any, Any, Any, Any],
) -> tuple[int, int]:
    """Scan the words between two bytes; the number of tokens and of terms afterwards.

    `state` is the two bytes, the code point of the first one, and the tokens and terms before. The
    number of tokens is -1 if a letter is lower-cased by its neighbours.

    The arrays come one by one: to take them out of tuples, numba counts references to each anew,
    which takes longer than a short word.
    """
    at, stop, point, token, n_terms = state
    while at < stop:
        start, length = point, 0
        end = places[n_terms]
        chunk, filled = ZERO, ZERO
        while at < stop:
            letter, width = decode(data, at)
            at += width
            point += 1
            folded = np.uint64(folding[letter])
            if folded == NO_WORD:
                break
            if folded == IN_CONTEXT:
                return -1, n_terms
            n_bytes = width_of(folded)
            chunk |= folded << BYTE * filled
            filled += n_bytes
            if filled >= BYTE:
                chunks[end] = chunk
                end += 1
                filled -= BYTE
                chunk = folded >> BYTE * (n_bytes - filled) if filled > ZERO else ZERO
            length += 1
        if length < 2:
            continue
        if filled > ZERO:
            chunks[end] = chunk
            end += 1
        number = number_of(slots, heads, places, chunks, n_terms, end - places[n_terms])
        if number == n_terms:
            lengths[number] = length
            n_terms += 1
        ids[token] = number
        starts[token] = start
        token += 1
    return token, n_terms
