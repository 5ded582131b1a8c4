"""The counting of n-grams with numpy alone; `ngram_kernels` does the same for large corpora."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def count_articles(codes: Array, pointer: Array, n_codes: int) -> Array:
    """Count the articles that hold each code; a token whose code is -1 has none."""
    held, _, _ = codes_by_article(codes, pointer)
    return np.bincount(held, minlength=n_codes).astype(np.int32)


def fill_columns(
    codes: Array, pointer: Array, columns: Array, starts: Array, rows: Array, counts: Array
) -> None:
    """Write articles and counts of every code to its column of a CSC matrix; column -1 is none."""
    held, of_rows, of_counts = codes_by_article(codes, pointer)
    ordinal = np.arange(len(held)) - np.searchsorted(held, held)
    kept = columns[held] >= 0
    places = (starts[columns[held]] + ordinal)[kept]
    rows[places] = of_rows[kept]
    counts[places] = of_counts[kept]


def number_pairs(
    first: Array, second: Array, pointer: Array, n_codes: tuple[int, int], least: int
) -> tuple[Array, Array]:
    """Give numbers to the pairs in at least `least` articles; see `ngram_kernels.number_pairs`."""
    n_seconds = max(n_codes[1], 1)
    valid = (first >= 0) & (second >= 0)
    keys, numbers = np.unique(
        first[valid].astype(np.int64) * n_seconds + second[valid], return_inverse=True
    )
    codes = np.full(len(first), -1, dtype=np.int32)
    codes[valid] = numbers
    kept = count_articles(codes, pointer, len(keys)) >= least
    renumbered = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    codes[valid] = renumbered[numbers]
    pairs = np.stack(np.divmod(keys[kept], n_seconds), axis=1).astype(np.int32)
    return codes, pairs


def codes_by_article(codes: Array, pointer: Array) -> tuple[Array, Array, Array]:
    """Give each code with each article that holds it, in order, and how often it does."""
    n_articles = len(pointer) - 1
    rows = np.repeat(np.arange(n_articles), np.diff(pointer))
    valid = codes >= 0
    keys, counts = np.unique(codes[valid] * np.int64(n_articles) + rows[valid], return_counts=True)
    return keys // max(n_articles, 1), keys % max(n_articles, 1), counts
