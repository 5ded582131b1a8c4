"""Where runs of word bytes begin and end in UTF-8, found 64 bytes at a time, in compiled code.

Word bytes are the word characters of ASCII and the bytes beyond ASCII but those of dashes, curly
quotation marks and their like. A run of ASCII so is a word; another holds words, and perhaps signs
between them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.text.utf8_kernels import (
    EVERY,
    ONE,
    TWO,
    ZERO,
    count_bits,
    equal_bits,
    last_bytes,
    tail_bits,
    word_bits,
)

Array = NDArray[Any]

BLOCK = 64  # bytes, a bit of a number for each
HIGHEST = np.uint64(BLOCK - 1)
BELOW_HIGHEST = ~(ONE << HIGHEST)
MOST_BOUNDS = 4096  # begins and ends of runs, so few that they stay in the nearest cache
# The first two bytes of U+2000 to U+203F, none of which is of a word, and most of what stands
# beyond ASCII in English.
SIGN_LEAD, SIGN_NEXT = EVERY * np.uint64(0xE2), EVERY * np.uint64(0x80)


class Text(NamedTuple):
    """All texts."""

    data: Array  # uint8
    eights: Array  # uint64: item i holds the bytes from i to i + 7
    wholes: Array  # uint64: item i holds the bytes from 8 i to 8 i + 7
    offsets: Array  # int64: where each article begins, and the end


class Marks(NamedTuple):
    """A bit for each byte of an article, from a multiple of 64 bytes on."""

    word: Array  # uint64: of a word
    tails: Array  # uint64: not the first byte of a code point
    lead: Array  # uint64: `SIGN_LEAD`
    next: Array  # uint64: `SIGN_NEXT`


class Runs(NamedTuple):
    """Begins and ends of runs by turns."""

    bounds: Array  # uint64: bytes of all texts
    points: Array  # int32: code points of the article


def room_for_marks(offsets: Array) -> Marks:
    """Give room for the marks of the longest article."""
    size = int(np.diff(offsets).max(initial=0)) // BLOCK + 2
    return Marks(*np.empty((4, size), np.uint64))


def room_for_runs() -> Runs:
    """Give room for runs."""
    return Runs(np.empty(MOST_BOUNDS, np.uint64), np.empty(MOST_BOUNDS, np.int32))


@compiled
def mark_bytes(text: Text, at: int, stop: int, marks: Marks) -> None:
    """Write the marks of the bytes from `at` to `stop` and of the others in their blocks."""
    data, _, wholes, _ = text
    word, tails, lead, next_ = (
        marks.word.view(np.uint8),
        marks.tails.view(np.uint8),
        marks.lead.view(np.uint8),
        marks.next.view(np.uint8),
    )
    first = at // BLOCK * 8
    n_eights = ((stop - 1) // BLOCK + 1) * 8 - first
    n_whole = min(n_eights, wholes.size - first)
    for i in range(n_whole):
        eight = wholes[first + i]
        word[i] = word_bits(eight)
        tails[i] = tail_bits(eight)
        lead[i] = equal_bits(eight, SIGN_LEAD)
        next_[i] = equal_bits(eight, SIGN_NEXT)
    for i in range(n_whole, n_eights):
        eight = last_bytes(data, 8 * (first + i), data.size)
        word[i] = word_bits(eight)
        tails[i] = tail_bits(eight)
        lead[i] = equal_bits(eight, SIGN_LEAD)
        next_[i] = equal_bits(eight, SIGN_NEXT)
    take_out_signs(marks, n_eights // 8)
    inside = ~ZERO << np.uint64(at % BLOCK)
    marks.word[0] &= inside
    marks.tails[0] &= inside
    marks.word[n_eights // 8 - 1] &= ~ZERO >> HIGHEST - np.uint64((stop - 1) % BLOCK)


@compiled
def take_out_signs(marks: Marks, n_blocks: int) -> None:
    """Unmark the bytes of signs as bytes of words."""
    word, _, lead, next_ = marks
    before = ZERO  # the signs of the block before
    for block in range(n_blocks):
        if lead[block] | before != ZERO:
            after = next_[block + 1] << HIGHEST if block + 1 < n_blocks else ZERO
            signs = lead[block] & (next_[block] >> ONE | after)
            word[block] &= ~(signs | signs << ONE | signs << TWO)
            word[block] &= ~(before >> HIGHEST | before >> HIGHEST - ONE)
            before = signs


@compiled
def cut_runs(
    marks: Marks, block: int, stop: int, state: tuple[int, int, int], runs: Runs
) -> tuple[int, int, int]:
    """Write runs until `stop` or until there is no room, but few lone letters.

    `block` is the place of the first mark in all texts. `state` is the byte to go on from, what a
    byte has to lose to become a code point of its article, and the number of bounds that stand
    there; the last of them, if it begins a run, is taken over. Gives the state afterwards.
    """
    word, tails, _, _ = marks
    bounds, points = runs
    at, base, n_bounds = state
    if n_bounds % 2 == 1:
        bounds[0], points[0] = bounds[n_bounds - 1], points[n_bounds - 1]
        n_bounds = 1
    else:
        n_bounds = 0
    while at < stop and n_bounds + BLOCK < bounds.size:
        held, inner = word[(at - block) // BLOCK], tails[(at - block) // BLOCK]
        before = np.uint64(n_bounds % 2)  # whether a run goes on from the block before
        held ^= held & ~(held << ONE | before) & ~(held >> ONE) & BELOW_HIGHEST  # lone letters
        edges = held ^ (held << ONE | before)
        while edges != ZERO:
            below = (edges & (~edges + ONE)) - ONE
            place = at + count_bits(below)
            bounds[n_bounds] = place
            points[n_bounds] = place - base - count_bits(inner & below)
            n_bounds += 1
            edges &= edges - ONE
        base += count_bits(inner)
        at += BLOCK
    if at >= stop and n_bounds % 2 == 1:
        bounds[n_bounds] = stop
        n_bounds += 1
    return at, base, n_bounds
