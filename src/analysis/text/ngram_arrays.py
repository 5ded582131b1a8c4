"""The counting of n-grams with numpy alone; `ngram_kernels` does the same for large corpora."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def count_articles(codes: Array, pointer: Array, n_codes: int) -> Array:
    """Count the articles that hold each code; a token whose code is -1 has none."""
    n_articles = len(pointer) - 1
    rows = np.repeat(np.arange(n_articles), np.diff(pointer))
    valid = codes >= 0
    keys = np.unique(codes[valid] * np.int64(n_articles) + rows[valid])
    return np.bincount(keys // max(n_articles, 1), minlength=n_codes).astype(np.int32)


def count_rows(columns: Array, pointer: Array, n_columns: int) -> tuple[Array, Array, Array]:
    """Give the rows of a CSR matrix; see `ngram_kernels.count_rows`."""
    rows = np.tile(np.repeat(np.arange(len(pointer) - 1), np.diff(pointer)), len(columns))
    held = columns.ravel() >= 0
    keys, counts = np.unique(
        rows[held] * np.int64(n_columns) + columns.ravel()[held], return_counts=True
    )
    starts = np.searchsorted(keys, np.arange(len(pointer)) * np.int64(n_columns))
    return starts, (keys % max(n_columns, 1)).astype(np.int32), counts.astype(np.int32)


def number_pairs(
    first: Array, common: Array, shift: int, pointer: Array, n_codes: tuple[int, int], least: int
) -> tuple[Array, Array, Array]:
    """Give numbers to the pairs in at least `least` articles; see `ngram_kernels.number_pairs`."""
    n_seconds = max(n_codes[1], 1)
    second = moved(common, pointer, shift)
    valid = (first >= 0) & (second >= 0)
    keys, numbers = np.unique(
        first[valid].astype(np.int64) * n_seconds + second[valid], return_inverse=True
    )
    codes = np.full(len(first), -1, dtype=np.int32)
    codes[valid] = numbers
    n_articles = count_articles(codes, pointer, len(keys))
    kept = n_articles >= least
    renumbered = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    codes[valid] = renumbered[numbers]
    pairs = np.stack(np.divmod(keys[kept], n_seconds), axis=1).astype(np.int32)
    return codes, pairs, n_articles[kept]


def moved(codes: Array, pointer: Array, shift: int) -> Array:
    """Give each token the code of the one `shift` further on in its article, or -1."""
    after = np.full(len(codes), -1, dtype=np.int32)
    after[:-shift] = codes[shift:]
    for back in range(1, shift + 1):
        after[np.maximum(pointer[1:] - back, pointer[:-1])[pointer[1:] > pointer[:-1]]] = -1
    return after
