"""The mean of articles on one side against that of the others, inside strata."""

from __future__ import annotations

from itertools import chain, combinations, product
from math import comb, prod

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, special

from analysis.compare.draws import Choices, Pools, Values
from analysis.compare.estimate import LEVEL, log_ways, student_t
from analysis.compare.moments import Floats, Integers, Table
from analysis.compare.residuals import SMALL_STRATUM, subsets
from analysis.compare.saddlepoint import upper_tails

Mask = NDArray[np.bool_]
Strata = list[tuple[Integers, int]]  # rows of each stratum, and how many of them are on the side

MOST_WAYS = 20_000  # of dealing the sides, up to which all are counted
ROUNDING = 1e-9


def compare_means(values: Floats, own: Mask, strata: Integers | None = None) -> pd.DataFrame:
    """Compare the mean of each column of `values` between the rows of `own` and the others.

    Parameters
    ----------
    values
        Shape (articles, columns), in [0, 1].
    own
        Shape (articles,): which are on the side.
    strata
        Shape (articles,): inside which stratum each is compared, each holding articles of both
        sides; all in one if not given.

    Returns
    -------
    pandas.DataFrame
        A row a column: ``estimate, low, high, p, share, share_rest, n_articles, n_articles_rest``.
    """
    strata = np.unique(np.zeros(len(own)) if strata is None else strata, return_inverse=True)[1]
    n, n_own = (np.bincount(strata, side).astype(np.float64) for side in (None, own))
    member: Table = sparse.csr_array((np.ones(len(own)), (strata, np.arange(len(own)))))
    total: Floats = member @ values
    of_own: Floats = member @ (values * own[:, None])
    share, rest = of_own / n_own[:, None], (total - of_own) / (n - n_own)[:, None]
    count = n_own * (n - n_own) / n
    e = values - (total / n[:, None])[strata]
    p = permuted_p(e, own, strata)
    estimate = count @ (share - rest) / count.sum()
    low, high = np.full_like(p, -1.0), np.full_like(p, 1.0)
    if min(own.sum(), (~own).sum()) > 1:
        squares: Floats = member @ e**2
        low, high = _interval(n, count, share - rest, squares)
    differs = p < LEVEL
    low = np.where(differs & (estimate > 0), np.maximum(low, ROUNDING), low)
    high = np.where(differs & (estimate < 0), np.minimum(high, -ROUNDING), high)
    table = {
        "estimate": estimate,
        "low": np.where(differs, low, np.minimum(low, 0)),
        "high": np.where(differs, high, np.maximum(high, 0)),
        "p": p,
        "share": count @ share / count.sum(),
        "share_rest": count @ rest / count.sum(),
        "n_articles": int(own.sum()),
        "n_articles_rest": int((~own).sum()),
    }
    return pd.DataFrame(table)


def _interval(
    n: Floats, count: Floats, difference: Floats, squares: Floats
) -> tuple[Floats, Floats]:
    """Give the differences x for which dealing anew gives U as often as Student's t would.

    If side A's values are x too large, U is too large by x in each of `count` articles, and its
    variance follows: so ``(U - x sum count) ** 2 <= z ** 2 Var(x)`` is a quadratic in x. z is that
    of t with a degree of freedom less than there are articles beyond one a stratum, so that one
    stratum gives the interval of Student's t and pairs that of the paired t.
    """
    freedom = n.sum() - len(n) - 1
    t = student_t(freedom)
    z = t**2 * (freedom + 1) / (freedom + t**2)
    u = count[:, None] * difference
    each = count / (n - 1)
    a = count.sum() ** 2 - z * (each @ count)
    b = count.sum() * u.sum(axis=0) - z * (each @ u)
    c = u.sum(axis=0) ** 2 - z * (each @ squares)
    if a <= 0:
        return np.full_like(b, -1.0), np.full_like(b, 1.0)
    root = np.sqrt(np.maximum(b**2 - a * c, 0))
    return np.maximum((b - root) / a, -1), np.minimum((b + root) / a, 1)


def permuted_p(e: Floats, own: Mask, strata: Integers | None = None) -> Floats:
    """P(|sum of as many e| >= |sum over own|) for draws without replacement in each stratum.

    Each column of `e` sums to 0 in each stratum.
    """
    drawn = _drawn(own, strata)
    observed = np.abs(e[own].sum(axis=0))
    if prod(comb(len(rows), k) for rows, k in drawn) <= MOST_WAYS:
        # The others of a stratum have the same sum but for its sign: the fewer are chosen.
        signed = e.copy()
        for rows, k in drawn:
            signed[rows] *= -1 if 2 * k > len(rows) else 1
        deals = product(*(combinations(rows, min(k, len(rows) - k)) for rows, k in drawn))
        chosen = np.array([list(chain.from_iterable(deal)) for deal in deals])
        sums = np.array([np.abs(column[chosen].sum(axis=1)) for column in signed.T])
        exact: Floats = (sums >= observed[:, None] - ROUNDING).mean(axis=1)
        return exact
    p = np.ones(e.shape[1])
    some = np.flatnonzero(observed > ROUNDING)
    if len(some):
        pools, choices = _pools(e[:, some], drawn), _choices(e[:, some], drawn)
        tails = upper_tails(pools, choices, observed[some])
        tails += upper_tails(pools.opposite(), choices.opposite(), observed[some])
        # At the end of what can be drawn no tilt reaches: there the ways are counted.
        p[some] = np.clip(tails, extreme_p(e[:, some], own, strata), 1)
    return p


def extreme_p(e: Floats, own: Mask, strata: Integers | None = None) -> Floats:
    """P of the most extreme sum on the side where the observed one is, by counting its ways.

    Equal values can be exchanged: where most are 0, many ways give the largest sum.
    """
    turned = np.where(e[own].sum(axis=0) < 0, -e, e)
    ways = np.zeros(e.shape[1])
    for rows, k in _drawn(own, strata):
        inside = turned[rows]
        last = -np.sort(-inside, axis=0)[k - 1]  # the least value that the largest sum takes
        above = (inside > last + ROUNDING).sum(axis=0)
        equal = (inside > last - ROUNDING).sum(axis=0) - above
        ways += log_ways(equal, k - above) - log_ways(np.array([len(rows)]), np.array([k]))
    return np.maximum(np.exp(ways), float(np.finfo(float).tiny))


def _drawn(own: Mask, strata: Integers | None) -> Strata:
    if strata is None:
        return [(np.arange(len(own)), int(own.sum()))]
    order = np.argsort(strata, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(strata[order])) + 1)
    return [(rows, int(own[rows].sum())) for rows in parts]


def _pools(e: Floats, drawn: Strata) -> Pools:
    """Give every column in each large stratum as a pool."""
    large = [(rows, k) for rows, k in drawn if len(rows) > SMALL_STRATUM]
    n_columns = e.shape[1]
    sizes, k = np.repeat([[len(rows), k] for rows, k in large], n_columns, axis=0).reshape(-1, 2).T
    value = np.concatenate([np.zeros(0), *(e[rows].T.ravel() for rows, _ in large)])
    pointer = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    values = Values(value, np.ones(len(value)), np.zeros(len(value), bool), pointer)
    return Pools(
        values=values,
        part=np.arange(len(sizes)),
        odds=np.tile(special.logit(k / sizes), (2, 1)),
        articles=sizes.astype(np.float64),
        drawn=k.astype(np.float64),
        row=np.tile(np.arange(n_columns), len(large)),
    )


def _choices(e: Floats, drawn: Strata) -> Choices:
    """Give every sum that each column can have in each small stratum."""
    small = [(rows, k) for rows, k in drawn if len(rows) <= SMALL_STRATUM]
    sums = [(subsets(len(rows), k) @ e[rows]).T for rows, k in small]
    sizes = np.repeat([table.shape[1] for table in sums], e.shape[1]).astype(np.int64)
    return Choices(
        value=np.concatenate([np.zeros(0), *(table.ravel() for table in sums)]),
        pointer=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        row=np.tile(np.arange(e.shape[1]), len(small)),
    )
