"""The compiled counting of n-grams; `ngram_arrays` does the same with numpy alone.

Imported only for large corpora, because importing numba takes longer than counting a small one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.text.on_disk import room_for
from analysis.text.threads import equal_shares, in_threads, n_threads
from analysis.text.utf8_kernels import ONE, ZERO, lowest_bit

Array = NDArray[Any]


BITS = 64
PAIRS_AT_ONCE = 4_000_000  # laid out in each thread: 48 MB, and one more look at all tokens
LOW_BITS = np.uint64(BITS - 1)


@compiled
def count_articles(codes: Array, pointer: Array, n_codes: int) -> Array:
    """Count the articles that hold each code; a token whose code is -1 has none."""
    held = np.zeros((n_codes, 2), np.int32)  # articles, and the last of them, counted from 1
    for article in range(pointer.size - 1):
        for token in range(pointer[article], pointer[article + 1]):
            code = codes[token]
            if code >= 0:
                held[code, 0] += held[code, 1] != article + 1
                held[code, 1] = article + 1
    return held[:, 0].copy()


@compiled
def count_rows(columns: Array, pointer: Array, n_columns: int) -> tuple[Array, Array, Array]:
    """Give the rows of a CSR matrix: where each begins, its columns in order, and their counts.

    `columns` has the shape (levels, tokens), -1 for none. The columns of an article are set as
    bits, and the bits read from the lowest on: that sorts them.
    """
    held = np.zeros(n_columns // BITS + 1, np.uint64)
    blocks = np.zeros(held.size // BITS + 1, np.uint64)  # a bit for each item of `held`
    times = np.zeros(n_columns, np.int32)
    starts = np.zeros(pointer.size, np.int64)
    indices, counts = np.empty(columns.size, np.int32), np.empty(columns.size, np.int32)
    end = 0
    for article in range(pointer.size - 1):
        for level in range(columns.shape[0]):
            for token in range(pointer[article], pointer[article + 1]):
                column = columns[level, token]
                if column >= 0:
                    item = column >> 6
                    times[column] += 1
                    held[item] |= ONE << (np.uint64(column) & LOW_BITS)
                    blocks[item >> 6] |= ONE << (np.uint64(item) & LOW_BITS)
        for block in range(blocks.size):
            items = blocks[block]
            blocks[block] = ZERO
            while items != ZERO:
                item = block * BITS + lowest_bit(items)
                items &= items - ONE
                bits = held[item]
                held[item] = ZERO
                while bits != ZERO:
                    column = item * BITS + lowest_bit(bits)
                    bits &= bits - ONE
                    indices[end], counts[end] = column, times[column]
                    times[column] = 0
                    end += 1
        starts[article + 1] = end
    # No copies: what was not written to takes no memory.
    return starts, indices[:end], counts[:end]


def number_pairs(
    first: Array, common: Array, shift: int, pointer: Array, n_codes: tuple[int, int], least: int
) -> tuple[Array, Array, Array]:
    """Give numbers to the pairs of codes that stand in at least `least` articles.

    Parameters
    ----------
    first
        The first code of the pair that begins at each token, -1 for none.
    common, shift
        Its second code is that of the token `shift` further on in the article, -1 for none.
    pointer
        Where the tokens of each article begin, and the end.
    n_codes
        Number of first codes and of second codes.
    least
        Pairs in fewer articles get no number.

    Returns
    -------
    codes : numpy.ndarray
        Number of the pair that begins at each token, or -1.
    pairs : numpy.ndarray
        Shape (pairs, 2), in no order.
    n_articles : numpy.ndarray
        int32 per pair: the articles that hold it.
    """
    begins = pair_begins(first, common, shift, pointer, n_codes[0])
    codes = room_for(len(first), np.int32)
    codes[:] = -1
    shares = equal_shares(begins, n_threads() * -(-int(begins[-1]) // PAIRS_AT_ONCE))

    def pairs_in(share: tuple[int, int]) -> Array:
        return pairs_between(first, common, shift, pointer, begins, share, n_codes[1], least, codes)

    parts = in_threads(pairs_in, shares)
    sizes = [len(part) for part in parts]
    bases = np.zeros(n_codes[0], dtype=np.int32)
    for (low, high), base in zip(shares, np.cumsum([0, *sizes]), strict=False):
        bases[low:high] = base
    add_bases(codes, first, bases)
    every = np.concatenate([np.empty((0, 3), np.int32), *parts])
    return codes, every[:, :2], every[:, 2]


@compiled
def pair_begins(first: Array, common: Array, shift: int, pointer: Array, n_firsts: int) -> Array:
    """Give the place of the pairs of each first code, if pairs were sorted by it."""
    begins = np.zeros(n_firsts + 1, np.int64)
    for row in range(pointer.size - 1):
        for token in range(pointer[row], pointer[row + 1] - shift):
            if first[token] >= 0 and common[token + shift] >= 0:
                begins[first[token] + 1] += 1
    return np.cumsum(begins)


@compiled
def pairs_between(
    first: Array,
    common: Array,
    shift: int,
    pointer: Array,
    begins: Array,
    share: tuple[int, int],
    n_seconds: int,
    least: int,
    codes: Array,
) -> Array:
    """Give numbers from 0 to the pairs whose first code is in `share`; their codes and articles.

    The pairs of one first code are looked at together, so that what is known of every second code
    fits the cache; they are copied side by side first for the same reason.
    """
    low, high = share
    base = begins[low]
    place = begins[low:high] - base
    found = np.empty((begins[high] - base, 3), np.int32)  # second code, row and token
    for row in range(pointer.size - 1):
        for token in range(pointer[row], pointer[row + 1] - shift):
            if low <= first[token] < high and common[token + shift] >= 0:
                here = place[first[token] - low]
                place[first[token] - low] += 1
                found[here, 0], found[here, 1], found[here, 2] = common[token + shift], row, token
    pairs = np.empty((found.shape[0] // least, 3), np.int32)
    # Of each second code: the last first code, the last row with it, rows with it, and number.
    known = np.full((n_seconds, 4), -1, np.int32)
    n_pairs = 0
    for one in range(low, high):
        begin, end = begins[one] - base, begins[one + 1] - base
        if end - begin < least:
            continue
        for here in range(begin, end):
            other, row = found[here, 0], found[here, 1]
            again = known[other, 0] == one
            new = not again or known[other, 1] != row
            known[other, 2] = known[other, 2] * again + new
            known[other, 0], known[other, 1], known[other, 3] = one, row, -1
        for here in range(begin, end):
            other = found[here, 0]
            if known[other, 2] >= least:
                if known[other, 3] < 0:
                    pairs[n_pairs, 0], pairs[n_pairs, 1] = one, other
                    pairs[n_pairs, 2] = known[other, 2]
                    known[other, 3] = n_pairs
                    n_pairs += 1
                codes[found[here, 2]] = known[other, 3]
    return pairs[:n_pairs].copy()


@compiled
def add_bases(codes: Array, first: Array, bases: Array) -> None:
    """Move the numbers of all pairs by what is given for their first code."""
    for token in range(codes.size):
        if codes[token] >= 0:
            codes[token] += bases[first[token]]
