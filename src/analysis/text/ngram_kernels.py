"""The compiled counting of n-grams; `ngram_arrays` does the same with numpy alone.

Imported only for large corpora, because importing numba takes longer than counting a small one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.text.compiled import compiled
from analysis.text.threads import equal_shares, in_threads, n_threads

Array = NDArray[Any]


@compiled
def count_articles(codes: Array, pointer: Array, n_codes: int) -> Array:
    """Count the articles that hold each code; a token whose code is -1 has none."""
    n_articles = np.zeros(n_codes, np.int32)
    last = np.full(n_codes, -1, np.int32)
    for article in range(pointer.size - 1):
        for token in range(pointer[article], pointer[article + 1]):
            code = codes[token]
            if code >= 0 and last[code] != article:
                last[code] = article
                n_articles[code] += 1
    return n_articles


@compiled
def fill_columns(
    codes: Array, pointer: Array, columns: Array, starts: Array, rows: Array, counts: Array
) -> None:
    """Write articles and counts of every code to its column of a CSC matrix; column -1 is none."""
    none = -2
    place = np.full(columns.size, none, np.int64)
    for code in range(columns.size):
        if columns[code] >= 0:
            place[code] = starts[columns[code]] - 1
    last = np.full(columns.size, -1, np.int32)
    for article in range(pointer.size - 1):
        for token in range(pointer[article], pointer[article + 1]):
            code = codes[token]
            if code < 0 or place[code] == none:
                continue
            if last[code] != article:
                last[code] = article
                place[code] += 1
                rows[place[code]] = article
                counts[place[code]] = 0
            counts[place[code]] += 1


def number_pairs(
    first: Array, second: Array, pointer: Array, n_codes: tuple[int, int], least: int
) -> tuple[Array, Array]:
    """Give numbers to the pairs of codes that stand in at least `least` articles.

    Parameters
    ----------
    first, second
        Codes of the pair that begins at each token, -1 for none.
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
    """
    begins = pair_begins(first, second, n_codes[0])
    rows = np.repeat(np.arange(len(pointer) - 1, dtype=np.int32), np.diff(pointer))
    codes = np.full(len(first), -1, dtype=np.int32)
    shares = equal_shares(begins, n_threads())
    parts = in_threads(
        lambda share: pairs_between(first, second, rows, begins, share, n_codes[1], least, codes),
        shares,
    )
    bases = np.cumsum([0, *map(len, parts)])
    for (low, high), base in zip(shares[1:], bases[1:], strict=False):
        add_base(codes, first, low, high, base)
    return codes, np.concatenate([np.empty((0, 2), np.int32), *parts])


@compiled
def pair_begins(first: Array, second: Array, n_firsts: int) -> Array:
    """Give the place of the pairs of each first code, if pairs were sorted by it."""
    begins = np.zeros(n_firsts + 1, np.int64)
    for token in range(first.size):
        if first[token] >= 0 and second[token] >= 0:
            begins[first[token] + 1] += 1
    return np.cumsum(begins)


@compiled
def pairs_between(
    first: Array,
    second: Array,
    rows: Array,
    begins: Array,
    share: tuple[int, int],
    n_seconds: int,
    least: int,
    codes: Array,
) -> Array:
    """Give numbers from 0 to the pairs whose first code is in `share`; both codes of each.

    The pairs of one first code are looked at together, so that what is known of every second code
    fits the cache; they are copied side by side first for the same reason.
    """
    low, high = share
    base = begins[low]
    size = begins[high] - base
    place = begins[low:high] - base
    tokens = np.empty(size, np.int32)
    others, of_rows = np.empty_like(tokens), np.empty_like(tokens)
    for token in range(first.size):
        if low <= first[token] < high and second[token] >= 0:
            here = place[first[token] - low]
            place[first[token] - low] += 1
            tokens[here], others[here], of_rows[here] = token, second[token], rows[token]
    pairs = np.empty((size // least, 2), np.int32)
    held = np.zeros(n_seconds, np.int32)
    last = np.full(n_seconds, -1, np.int32)
    number = np.full(n_seconds, -1, np.int32)
    n_pairs = 0
    for one in range(low, high):
        begin, end = begins[one] - base, begins[one + 1] - base
        for here in range(begin, end):
            other = others[here]
            held[other] += last[other] != of_rows[here]
            last[other] = of_rows[here]
        for here in range(begin, end):
            other = others[here]
            if held[other] >= least:
                pairs[n_pairs, 0], pairs[n_pairs, 1] = one, other
                number[other] = n_pairs
                n_pairs += 1
            held[other] = 0
            codes[tokens[here]] = number[other]
        for here in range(begin, end):
            last[others[here]] = -1
            number[others[here]] = -1
    return pairs[:n_pairs].copy()


@compiled
def add_base(codes: Array, first: Array, low: int, high: int, base: int) -> None:
    """Move the numbers of the pairs whose first code is from `low` to below `high`."""
    for token in range(codes.size):
        if low <= first[token] < high and codes[token] >= 0:
            codes[token] += base
