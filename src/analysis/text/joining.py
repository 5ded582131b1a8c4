"""The pairs of articles that have many runs of words in common, without comparing every pair.

The prefix filter of set-similarity joins: Chaudhuri, Ganti and Kaushik (2006), "A primitive
operator for similarity joins in data cleaning"; Bayardo, Ma and Srikant (2007), "Scaling up all
pairs similarity search".
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.memory import give_back
from analysis.text.portions import portions
from analysis.text.repeated_runs import Ints, Longs, Repeated
from analysis.text.threads import equal_shares, in_threads, n_threads

# A pair is reported from one run in ten on; kept as a divisor, so that the bound is exact.
LEAST_PART = 10
# A run in more articles than this is a formula or furniture, and looks for no partners.
MOST_ARTICLES = 500
# Steps of a join, and runs of a comparison, that are held in memory at once.
STEPS_AT_ONCE = 500_000
LEAST_COMPILED_RUNS = 2_000_000  # joined in 1 s; numba takes as long to import, and 100 MB
SHARES = 8  # for each thread, since some articles have many more partners than others

Matrix = sparse.csr_array[Any]


def join_pairs(repeated: Repeated) -> tuple[Longs, Longs, Longs]:
    """Find the ordered pairs of which the first article has a tenth of its runs in the second.

    Parameters
    ----------
    repeated
        What `find_repeated` gives for the articles' texts.

    Returns
    -------
    rows, others, common
        Positions of both articles, and the runs that they have in common.
    """
    holders, pointer, n_runs = repeated
    needed = np.maximum(-(-n_runs // LEAST_PART), 1)
    n_rare = int(np.searchsorted(np.diff(pointer), MOST_ARTICLES, side="right"))
    if len(holders) >= LEAST_COMPILED_RUNS:
        return _join_compiled(holders, pointer, needed, n_rare)
    ones = np.ones(len(holders), dtype=np.int32)
    by_run: Matrix = sparse.csr_array((ones, holders, pointer), (len(pointer) - 1, len(n_runs)))
    return _join_plain(by_run, needed, n_rare)


def _join_compiled(
    holders: Ints, pointer: Longs, needed: Longs, n_rare: int
) -> tuple[Longs, Longs, Longs]:
    """Find the pairs in compiled code, on all cores."""
    from analysis.text.join_kernels import Lists, join_rows, turn  # where numba pays

    give_back()  # what the runs were found in
    by_run = Lists(pointer, holders)
    runs = turn(by_run, len(needed))
    shares = equal_shares(runs.pointer, SHARES * n_threads())
    found = in_threads(lambda share: join_rows(share, runs, n_rare, by_run, needed), shares)
    rows, others, common = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, others, common


def _join_plain(by_run: Matrix, needed: Longs, n_rare: int) -> tuple[Longs, Longs, Longs]:
    """Find the pairs as products of matrices."""
    runs: Matrix = by_run.T.tocsr()
    probes = _probing(runs, needed, n_rare)
    steps = _sums(np.diff(by_run.indptr)[probes.indices], probes.indptr)
    found = [(np.empty(0, dtype=np.int64),) * 3]
    for start, stop in portions(steps, STEPS_AT_ONCE):
        met = (probes[start:stop] @ by_run).tocoo()
        rows, others = met.row.astype(np.int64) + start, met.col.astype(np.int64)
        different = rows != others
        found.append(_compared(runs, needed, rows[different], others[different]))
    rows, others, common = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, others, common


def _probing(runs: Matrix, needed: Longs, n_rare: int) -> Matrix:
    """Keep the runs that look for partners: of each article the first ones, which are the rarest.

    Who shares `needed` of an article's runs has at least one of all but the `needed - 1` commonest.
    """
    lengths = np.diff(runs.indptr)
    behind = np.repeat(runs.indptr[1:], lengths) - np.arange(runs.nnz)
    kept = (behind >= np.repeat(needed, lengths)) & (runs.indices < n_rare)
    pointer = np.concatenate([[0], np.cumsum(kept)])[runs.indptr]
    return sparse.csr_array((runs.data[kept], runs.indices[kept], pointer), shape=runs.shape)


def _compared(
    runs: Matrix, needed: Longs, rows: Longs, others: Longs
) -> tuple[Longs, Longs, Longs]:
    """Count the common runs of every pair, and keep the pairs that have enough."""
    common = np.zeros(len(rows), dtype=np.int64)
    lengths = np.diff(runs.indptr)
    for start, stop in portions(lengths[rows] + lengths[others], STEPS_AT_ONCE):
        both = runs[rows[start:stop]].multiply(runs[others[start:stop]])
        common[start:stop] = np.asarray(both.sum(axis=1)).ravel()
    enough = common >= needed[rows]
    return rows[enough], others[enough], common[enough]


def _sums(values: NDArray[Any], pointer: NDArray[Any]) -> Longs:
    """Sum the values of each row."""
    sums: Longs = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])[pointer]
    return np.diff(sums)
