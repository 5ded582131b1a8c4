"""The compiled tails of sums that have one pool each; `saddlepoint` does the same with numpy.

Imported only for many values, because importing numba takes longer than solving for a few.
"""

from __future__ import annotations

import math

import numpy as np

from analysis.compare.draws import Pools
from analysis.compare.moments import Floats, Integers
from analysis.compare.saddlepoint import COLLAPSED, CONVERGED, FARTHEST, NEAR_MEAN
from analysis.text.compiled import compiled

STEPS = 50
LARGEST = 700.0  # log-odds, beyond which exp overflows


def tails_of_pools(pools: Pools, bounds: Floats) -> Floats:
    """P(sum >= bound) as in ``saddlepoint.upper_tails``, nan where no tilt is found."""
    tails = np.full(len(bounds), np.nan)
    _tails(pools.value, pools.weight, pools.start, pools.pointer, pools.drawn, bounds, tails)
    return tails


@compiled
def _tails(
    value: Floats,
    weight: Floats,
    start: Floats,
    pointer: Integers,
    drawn: Floats,
    bounds: Floats,
    tails: Floats,
) -> None:
    for row in range(bounds.size):
        first, last = pointer[row], pointer[row + 1]
        values, weights, starts = value[first:last], weight[first:last], start[first:last]
        t, s = _tilt(values, weights, starts, drawn[row], bounds[row])
        if not math.isnan(t):
            tails[row] = _tail(values, weights, starts, (t, s, drawn[row], bounds[row]))


@compiled
def _tilt(
    value: Floats, weight: Floats, start: Floats, drawn: float, bound: float
) -> tuple[float, float]:
    """Newton's steps towards the tilts of sum and size, from that of a scaled Poisson variable."""
    reach = max(np.abs(value).max(), 1e-300)
    _, _, mean, spread, _, third = _moments(value, weight, start, 0.0, 0.0)
    bent = max(third * (bound - mean) / spread**2, -0.9)
    t = (bound - mean) / spread * (math.log1p(bent) / bent if abs(bent) > 1e-9 else 1.0)
    s = 0.0
    for _ in range(STEPS):
        size, size_spread, mean, spread, slope, _ = _moments(value, weight, start, t, s)
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
def _moments(
    value: Floats, weight: Floats, start: Floats, t: float, s: float
) -> tuple[float, float, float, float, float, float]:
    """Size and its variance; mean and, given the size, variance; their slope; a third moment."""
    size = size_spread = mean = crossed = squares = third = 0.0
    for k in range(value.size):
        chance = 1 / (1 + math.exp(-min(max(start[k] + s + t * value[k], -LARGEST), LARGEST)))
        here = weight[k] * chance
        spread = here * (1 - chance)
        by_value = spread * value[k]
        size += here
        size_spread += spread
        mean += here * value[k]
        crossed += by_value
        squares += by_value * value[k]
        third += by_value * value[k] ** 2 * (1 - 2 * chance)
    size_spread = max(size_spread, 1e-300)
    slope = crossed / size_spread
    return size, size_spread, mean, max(squares - crossed * slope, 1e-300), slope, third


@compiled
def _tail(
    value: Floats, weight: Floats, start: Floats, at: tuple[float, float, float, float]
) -> float:
    t, s, drawn, bound = at
    _, untilted, _, variance, _, _ = _moments(value, weight, start, 0.0, 0.0)
    _, size_spread, _, spread, _, _ = _moments(value, weight, start, t, s)
    if spread < COLLAPSED * variance:
        return np.nan
    cost = t * bound + s * drawn
    for k in range(value.size):
        here = start[k] + s + t * value[k]
        tilted = max(here, 0.0) + math.log1p(math.exp(-abs(here)))
        cost -= weight[k] * (tilted - math.log1p(math.exp(min(start[k], LARGEST))))
    w = math.sqrt(2 * max(cost, 0.0))
    if w > NEAR_MEAN:
        v = math.log(max(t, 1e-300)) + (math.log(spread) + math.log(size_spread / untilted)) / 2
        w += (v - math.log(w)) / w
    return math.erfc(w / math.sqrt(2.0)) / 2
