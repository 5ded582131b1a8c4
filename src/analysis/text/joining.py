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
from analysis.text.repeated_runs import Longs, Repeated
from analysis.text.threads import equal_shares, in_threads, n_threads

# A pair is reported from one run in ten on; kept as a divisor, so that the bound is exact.
LEAST_PART = 10
# A run in more articles than this is a formula or furniture, and looks for no partners.
MOST_ARTICLES = 500
# Steps of a join, and runs of a comparison, that are held in memory at once.
STEPS_AT_ONCE = 500_000
LEAST_COMPILED = 2_000_000  # joined in 1 s; numba takes as long to import, and 100 MB
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
    needed = np.maximum(-(-repeated.n_runs // LEAST_PART), 1)
    n_rare = int(np.searchsorted(np.diff(repeated.pointer), MOST_ARTICLES, side="right"))
    join = _join_compiled if len(repeated.holders) >= LEAST_COMPILED else _join_plain
    return join(repeated, needed, n_rare)


def _join_compiled(repeated: Repeated, needed: Longs, n_rare: int) -> tuple[Longs, Longs, Longs]:
    """Find the pairs in compiled code, on all cores."""
    from analysis.text.join_kernels import Lists, join_rows, turn  # where numba pays

    give_back()  # what the runs were found in
    holders = Lists(repeated.pointer, repeated.holders)
    groups, weights = turn(holders, len(needed)), repeated.weights
    shares = equal_shares(groups.pointer, SHARES * n_threads())
    found = in_threads(
        lambda share: join_rows(share, groups, weights, n_rare, holders, needed), shares
    )
    rows, others, common = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, others, common


def _join_plain(repeated: Repeated, needed: Longs, n_rare: int) -> tuple[Longs, Longs, Longs]:
    """Find the pairs as products of matrices."""
    holders, pointer, weights, _ = repeated
    shape = len(weights), len(needed)
    ones = np.ones(len(holders), dtype=np.int32)
    by_group: Matrix = sparse.csr_array((ones, holders, pointer), shape=shape)
    groups: Matrix = by_group.T.tocsr()
    weighted = sparse.csr_array(
        (weights[groups.indices], groups.indices, groups.indptr), groups.shape
    )
    probes = _probing(weighted, needed, n_rare)
    steps = _sums(np.diff(by_group.indptr)[probes.indices], probes.indptr)
    found = [(np.empty(0, dtype=np.int64),) * 3]
    for start, stop in portions(steps, STEPS_AT_ONCE):
        met = (probes[start:stop] @ by_group).tocoo()
        rows, others = met.row.astype(np.int64) + start, met.col.astype(np.int64)
        rows, others = rows[rows != others], others[rows != others]
        common = _common(weighted, groups, rows, others)
        enough = common >= needed[rows]
        found.append((rows[enough], others[enough], common[enough]))
    rows, others, common = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, others, common


def _probing(groups: Matrix, needed: Longs, n_rare: int) -> Matrix:
    """Keep the groups that look for partners: of each article the first ones, which are the rarest.

    Who shares `needed` of an article's runs has at least one of all but the `needed - 1` commonest.
    """
    lengths = np.diff(groups.indptr)
    before = np.concatenate([[0], np.cumsum(groups.data, dtype=np.int64)])
    from_here_on = np.repeat(before[groups.indptr[1:]], lengths) - before[:-1]
    kept = (from_here_on >= np.repeat(needed, lengths)) & (groups.indices < n_rare)
    pointer = np.concatenate([[0], np.cumsum(kept)])[groups.indptr]
    return sparse.csr_array((groups.data[kept], groups.indices[kept], pointer), shape=groups.shape)


def _common(weighted: Matrix, groups: Matrix, rows: Longs, others: Longs) -> Longs:
    """Count the common runs of every pair."""
    common = np.zeros(len(rows), dtype=np.int64)
    lengths = np.diff(groups.indptr)
    for start, stop in portions(lengths[rows] + lengths[others], STEPS_AT_ONCE):
        both = weighted[rows[start:stop]].multiply(groups[others[start:stop]])
        common[start:stop] = np.asarray(both.sum(axis=1)).ravel()
    return common


def _sums(values: NDArray[Any], pointer: NDArray[Any]) -> Longs:
    """Sum the values of each row."""
    sums: Longs = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])[pointer]
    return np.diff(sums)
