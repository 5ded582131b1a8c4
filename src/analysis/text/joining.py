"""The pairs of articles that have many runs of words in common, without comparing every pair.

The prefix filter of set-similarity joins: Chaudhuri, Ganti and Kaushik (2006), "A primitive
operator for similarity joins in data cleaning"; Bayardo, Ma and Srikant (2007), "Scaling up all
pairs similarity search".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# A pair is reported from one run in ten on; kept as a divisor, so that the bound is exact.
LEAST_PART = 10
# A run in more articles than this is a formula or furniture, and looks for no partners.
MOST_ARTICLES = 500
# Steps of a join, and runs of a comparison, that are held in memory at once.
STEPS_AT_ONCE = 500_000

Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Matrix = sparse.csr_array[Any]


def repeated_runs(hashes: NDArray[np.uint64], pointer: Longs) -> tuple[Matrix, Longs]:
    """Keep the runs that stand in two articles or more.

    Parameters
    ----------
    hashes, pointer
        The distinct runs of each article, as `hash_runs` gives them.

    Returns
    -------
    runs
        Shape (articles, repeated runs), 1 where the article has the run; columns ascend in a row.
    n_runs
        The distinct runs of each article, repeated or not.
    """
    n_runs = np.diff(pointer)
    ordered = np.sort(hashes)
    again = ordered[1:] == ordered[:-1]
    first = again.copy()
    first[1:] &= ~again[:-1]
    repeated = ordered[:-1][first]
    del ordered, again, first
    columns, lengths = [np.empty(0, np.int32)], np.zeros(len(n_runs), dtype=np.int64)
    for row, (start, stop) in enumerate(pairwise(pointer.tolist())):
        own = hashes[start:stop] if len(repeated) else hashes[:0]
        at = np.searchsorted(repeated, own)
        at = at[repeated.take(at, mode="clip") == own] if len(own) else at
        columns.append(at.astype(np.int32))
        lengths[row] = len(at)
    indices = np.concatenate(columns)
    shape = (len(n_runs), len(repeated))
    starts = np.concatenate([[0], np.cumsum(lengths)])
    ones = np.ones(len(indices), dtype=np.int32)
    return sparse.csr_array((ones, indices, starts), shape=shape), n_runs


def join_pairs(runs: Matrix, n_runs: Longs) -> tuple[Longs, Longs, Longs]:
    """Find the ordered pairs of which the first article has a tenth of its runs in the second.

    Parameters
    ----------
    runs, n_runs
        What `repeated_runs` gives.

    Returns
    -------
    rows, others, common
        Positions of both articles, and the runs that they have in common.
    """
    probes = _rarest_runs(runs, n_runs)
    n_articles = np.bincount(runs.indices, minlength=runs.shape[1])
    by_run = runs.T.tocsr()
    found = []
    for start, stop in _portions(_sums(n_articles[probes.indices], probes.indptr)):
        met = (probes[start:stop] @ by_run).tocoo()
        rows, others = met.row.astype(np.int64) + start, met.col.astype(np.int64)
        different = rows != others
        found.append(_compared(runs, n_runs, rows[different], others[different]))
    if not found:
        nothing = np.empty(0, dtype=np.int64)
        return nothing, nothing, nothing
    rows, others, common = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, others, common


def _rarest_runs(runs: Matrix, n_runs: Longs) -> Matrix:
    """Keep the runs of each article of which every partner must have one.

    Who shares `needed` of an article's runs has at least one of all but the `needed - 1` commonest.
    """
    n_articles = np.bincount(runs.indices, minlength=runs.shape[1])
    lengths = np.diff(runs.indptr)
    needed = np.maximum(-(-n_runs // LEAST_PART), 1)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((n_articles[runs.indices], rows))
    rank = np.arange(len(rows)) - np.repeat(runs.indptr[:-1], lengths)
    rare = rank < (lengths - needed + 1)[rows]
    kept = order[rare]
    kept = kept[n_articles[runs.indices[kept]] <= MOST_ARTICLES]
    kept_lengths = np.bincount(rows[kept], minlength=len(lengths))
    starts = np.concatenate([[0], np.cumsum(kept_lengths)])
    return sparse.csr_array((runs.data[kept], runs.indices[kept], starts), shape=runs.shape)


def _compared(
    runs: Matrix, n_runs: Longs, rows: Longs, others: Longs
) -> tuple[Longs, Longs, Longs]:
    """Count the common runs of every pair, and keep the pairs that have enough."""
    common = np.zeros(len(rows), dtype=np.int64)
    lengths = np.diff(runs.indptr)
    for start, stop in _portions(lengths[rows] + lengths[others]):
        both = runs[rows[start:stop]].multiply(runs[others[start:stop]])
        common[start:stop] = np.asarray(both.sum(axis=1)).ravel()
    enough = LEAST_PART * common >= n_runs[rows]
    return rows[enough], others[enough], common[enough]


def _portions(steps: Longs) -> Iterator[tuple[int, int]]:
    """Cut rows of so many steps each into portions of about `STEPS_AT_ONCE`."""
    if not len(steps):
        return
    portion = np.cumsum(steps) // STEPS_AT_ONCE
    bounds = np.flatnonzero(np.diff(portion)) + 1
    yield from pairwise([0, *bounds.tolist(), len(steps)])


def _sums(values: NDArray[Any], pointer: NDArray[Any]) -> Longs:
    """Sum the values of each row."""
    sums: Longs = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])[pointer]
    return np.diff(sums)
