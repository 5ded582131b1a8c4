"""The compiled tails of sums that have one pool each; `saddlepoint` does the same with numpy.

Imported only for many values, because importing numba takes longer than solving for a few.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.compare.draws import Pools
from analysis.compare.moments import Floats, Integers
from analysis.compare.saddlepoint import COLLAPSED, CONVERGED, FARTHEST, NEAR_MEAN
from analysis.compiled import compiled
from analysis.text.threads import equal_shares, in_threads, n_threads

STEPS = 50


class _Values(NamedTuple):
    """As in `draws.Values`, but with the sign that the sums have."""

    value: Floats
    weight: Floats
    held: NDArray[np.bool_]
    pointer: Integers


class _Sums(NamedTuple):
    """Arrays with an item a sum: what `draws.Pools` knows of it, and where the search begins."""

    part: Integers
    odds: Floats
    odds_of_others: Floats
    drawn: Floats
    bound: Floats
    tilt: Floats
    variance: Floats
    size_variance: Floats
    at_start: Floats


class _Pool(NamedTuple):
    """The values of one sum."""

    value: Floats
    weight: Floats
    held: NDArray[np.bool_]
    odds: float
    odds_of_others: float


def tails_of_pools(pools: Pools, bounds: Floats, tilt: Floats, variance: Floats) -> Floats:
    """P(sum >= bound) as in ``saddlepoint.upper_tails``, nan where no tilt is found.

    The search begins at `tilt`; `variance` is that of the untilted sum.
    """
    kept = pools.values
    values = _Values(pools.sign * kept.value, kept.weight, kept.held, kept.pointer)
    sums = _Sums(
        part=pools.part,
        odds=pools.odds[0],
        odds_of_others=pools.odds[1],
        drawn=pools.drawn,
        bound=bounds,
        tilt=tilt,
        variance=variance,
        size_variance=pools.untilted[3],
        at_start=pools.at_start,
    )
    tails = np.full(len(bounds), np.nan)
    ends = np.concatenate([[0], np.cumsum(pools.width)])
    in_threads(lambda share: _tails(values, sums, share, tails), equal_shares(ends, n_threads()))
    return tails


@compiled
def _tails(values: _Values, sums: _Sums, share: tuple[int, int], tails: Floats) -> None:
    for row in range(share[0], share[1]):
        first, last = values.pointer[sums.part[row]], values.pointer[sums.part[row] + 1]
        pool = _Pool(
            values.value[first:last],
            values.weight[first:last],
            values.held[first:last],
            sums.odds[row],
            sums.odds_of_others[row],
        )
        drawn, bound = sums.drawn[row], sums.bound[row]
        t, s = _tilt(pool, drawn, bound, sums.tilt[row])
        if math.isnan(t):
            continue
        _, of_size, _, spread, _ = _moments(pool, t, s)
        if spread < COLLAPSED * sums.variance[row]:
            continue
        cost = t * bound + s * drawn + sums.at_start[row] - _cumulant(pool, t, s)
        w = math.sqrt(2 * max(cost, 0.0))
        if w > NEAR_MEAN:
            sizes = of_size / sums.size_variance[row]
            v = math.log(max(t, 1e-300)) + (math.log(spread) + math.log(sizes)) / 2
            w += (v - math.log(w)) / w
        tails[row] = math.erfc(w / math.sqrt(2.0)) / 2


@compiled
def _tilt(pool: _Pool, drawn: float, bound: float, tilt: float) -> tuple[float, float]:
    """Newton's steps towards the tilts of sum and size."""
    reach = max(np.abs(pool.value).max(), 1e-300)
    t, s = tilt, 0.0
    for _ in range(STEPS):
        size, size_spread, mean, spread, slope = _moments(pool, t, s)
        lacking = drawn - size
        step = (bound - mean - slope * lacking) / spread
        shorter = min(1.0, max(3 / reach, abs(t)) / max(abs(step), 1e-300))
        t += shorter * step
        s += shorter * (lacking / size_spread - slope * step)
        if abs(step) * reach < CONVERGED:
            return t, s
        if not abs(t) * reach < FARTHEST:
            break
    return np.nan, np.nan


@compiled
def _moments(pool: _Pool, t: float, s: float) -> tuple[float, float, float, float, float]:
    """Size and its variance; mean and, given the size, variance; their slope."""
    size = size_spread = mean = crossed = squares = 0.0
    for k in range(pool.value.size):
        value, start = pool.value[k], pool.odds if pool.held[k] else pool.odds_of_others
        log_odds = start + s + t * value
        small = math.exp(-abs(log_odds))
        chance = (1.0 if log_odds > 0 else small) / (1 + small)
        here = pool.weight[k] * chance
        spread = here * (1 - chance)
        by_value = spread * value
        size += here
        size_spread += spread
        mean += here * value
        crossed += by_value
        squares += by_value * value
    size_spread = max(size_spread, 1e-300)
    slope = crossed / size_spread
    return size, size_spread, mean, max(squares - crossed * slope, 1e-300), slope


@compiled
def _cumulant(pool: _Pool, t: float, s: float) -> float:
    cumulant = 0.0
    for k in range(pool.value.size):
        start = pool.odds if pool.held[k] else pool.odds_of_others
        here = start + s + t * pool.value[k]
        cumulant += pool.weight[k] * (max(here, 0.0) + math.log1p(math.exp(-abs(here))))
    return cumulant
