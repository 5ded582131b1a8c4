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

from analysis.text.threads import equal_shares, in_threads, n_threads

# A pair is reported from one run in ten on; kept as a divisor, so that the bound is exact.
LEAST_PART = 10
# A run in more articles than this is a formula or furniture, and looks for no partners.
MOST_ARTICLES = 500
# Steps of a join, and runs of a comparison, that are held in memory at once.
STEPS_AT_ONCE = 500_000
LEAST_COMPILED_RUNS = 2_000_000  # joined in 1 s; numba takes as long to import, and 100 MB

Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Matrix = sparse.csr_array[Any]


def repeated_runs(keys: NDArray[np.uint64], n_bits: int, n_articles: int) -> tuple[Matrix, Longs]:
    """Keep the runs that stand in two articles or more.

    Parameters
    ----------
    keys, n_bits
        What `index_runs` gives.
    n_articles
        Of how many articles.

    Returns
    -------
    runs
        Shape (articles, repeated runs), 1 where the article has the run.
    n_runs
        The distinct runs of each article, repeated or not.
    """
    rows = (keys & np.uint64((1 << n_bits) - 1)).astype(np.int32)
    n_runs = np.bincount(rows, minlength=n_articles)
    as_before = np.zeros(len(keys) + 1, dtype=bool)
    hashes = keys >> np.uint64(n_bits)
    np.equal(hashes[1:], hashes[:-1], out=as_before[1:-1])
    del hashes
    repeated = as_before[:-1] | as_before[1:]
    columns = np.cumsum(~as_before[:-1][repeated], dtype=np.int32) - np.int32(1)
    ones = np.ones(len(columns), dtype=np.int32)
    shape = (n_articles, int(columns[-1]) + 1 if len(columns) else 0)
    return sparse.coo_array((ones, (rows[repeated], columns)), shape=shape).tocsr(), n_runs


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
    order, telling = _by_rarity(runs, n_runs)
    probes = _taken(runs, order, telling)
    by_run = runs.T.tocsr()
    n_articles = np.diff(by_run.indptr)
    steps = _sums(n_articles[probes.indices], probes.indptr)
    if runs.nnz >= LEAST_COMPILED_RUNS:
        besides = _taken(runs, order, ~telling)
        return _joined((probes, besides, by_run, runs), _needed(n_runs), steps)
    del order, telling
    found = []
    for start, stop in _portions(steps):
        met = (probes[start:stop] @ by_run).tocoo()
        rows, others = met.row.astype(np.int64) + start, met.col.astype(np.int64)
        different = rows != others
        found.append(_compared(runs, n_runs, rows[different], others[different]))
    if not found:
        nothing = np.empty(0, dtype=np.int64)
        return nothing, nothing, nothing
    rows, others, common = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, others, common


def _joined(tables: tuple[Matrix, ...], needed: Longs, steps: Longs) -> tuple[Longs, Longs, Longs]:
    """Find the pairs in compiled code, on all cores."""
    from analysis.text.join_kernels import Lists, join_rows  # where numba pays

    probes, besides, by_run, runs = (Lists(table.indptr, table.indices) for table in tables)
    shares = equal_shares(np.concatenate([[0], np.cumsum(steps)]), n_threads())
    found = in_threads(
        lambda share: join_rows(share, probes, besides, by_run, runs, needed), shares
    )
    rows, others, common = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, others, common


def _needed(n_runs: Longs) -> Longs:
    """Give how many runs of each article a partner must have."""
    return np.maximum(-(-n_runs // LEAST_PART), 1)


def _by_rarity(runs: Matrix, n_runs: Longs) -> tuple[Longs, NDArray[np.bool_]]:
    """Order each article's runs, rare ones first; mark those of which every partner must have one.

    Who shares `needed` of an article's runs has at least one of all but the `needed - 1` commonest.
    """
    n_articles = np.bincount(runs.indices, minlength=runs.shape[1])
    lengths = np.diff(runs.indptr)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((n_articles[runs.indices], rows))
    rank = np.arange(len(rows)) - np.repeat(runs.indptr[:-1], lengths)
    telling = rank < (lengths - _needed(n_runs) + 1)[rows]
    telling &= n_articles[runs.indices[order]] <= MOST_ARTICLES
    return order, telling


def _taken(runs: Matrix, order: Longs, kept: NDArray[np.bool_]) -> Matrix:
    """Keep some of each article's runs, in their order."""
    ends = np.concatenate([[0], np.cumsum(kept)])[runs.indptr]
    places = order[kept]
    return sparse.csr_array((runs.data[places], runs.indices[places], ends), shape=runs.shape)


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
