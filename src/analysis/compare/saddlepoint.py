"""Tail of a sum over articles drawn without replacement, by a double saddlepoint."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.compare.draws import Choices, Pools, best_choice, renumbered
from analysis.compare.estimate import log_ways
from analysis.compare.moments import Floats, sum_by

LEAST_COMPILED_VALUES = 20_000  # some 0.1 s in numpy; numba takes about 1 s to import
ROUNDS = (3, 2, 4, 40)  # Newton's steps before rows that have arrived are put aside
CONVERGED = 1e-3  # length of a step that is then taken; the next one would be about its square
FARTHEST = 1e5  # tilt of the largest residual: what is not reached by then is never reached
NEAR_MEAN = 1e-3
COLLAPSED = 1e-9  # of the variance: the tilt leaves a single sum
MERGED = 1e-3  # by which a highest sum may be low, its articles' lengths being means


def upper_tails(pools: Pools, choices: Choices, bounds: Floats) -> Floats:
    """P(sum >= bound) of each row, for bounds above the mean.

    Skovgaard (1987, eq. 3.1) for the tail of a sum given the sizes of the draws: every article of
    a pool is drawn by a coin of its own, tilted until the expected draw is as large and the
    expected sum as high as asked; Barndorff-Nielsen's r* turns the cost of the tilt into a normal
    quantile. A small stratum enters with its exact cumulant function.

    Returns
    -------
    numpy.ndarray
        Shape (rows,); 0 where no draw reaches the bound.
    """
    one_each = not len(choices.row) and np.array_equal(pools.row, np.arange(len(bounds)))
    if one_each and pools.width.sum() >= LEAST_COMPILED_VALUES:
        from analysis.compare.saddlepoint_kernels import tails_of_pools  # where numba pays

        tails = tails_of_pools(pools, bounds, *first_tilt(pools, choices, bounds))
    else:
        tails = _tails(pools, choices, bounds)
    edge = np.flatnonzero(np.isnan(tails))
    if len(edge):
        some = pools.take(edge, len(bounds)), choices.take(edge, len(bounds))
        tails[edge] = _edge(*some, bounds[edge])
    return tails


def _tails(pools: Pools, choices: Choices, bounds: Floats) -> Floats:
    """Give the tails where a tilt is found, else nan."""
    n_rows = len(bounds)
    t, variance = first_tilt(pools, choices, bounds)
    s = np.zeros(len(pools.row))
    open_rows = np.arange(n_rows)
    some_pools, some_choices = pools, choices
    for steps in ROUNDS:
        of_rows = renumbered(pools.row, open_rows, n_rows)[0]
        t_open, s_open, done = _tilt(
            some_pools, some_choices, bounds[open_rows], t[open_rows], s[of_rows], steps
        )
        t[open_rows], s[of_rows] = t_open, s_open
        open_rows = open_rows[~done]
        if not len(open_rows):
            break
        some_pools = pools.take(open_rows, n_rows)
        some_choices = choices.take(open_rows, n_rows)
    tails, spread = _tail(pools, choices, bounds, t, s)
    tails[spread < COLLAPSED * variance] = np.nan
    tails[open_rows] = np.nan
    return tails


def _edge(pools: Pools, choices: Choices, bounds: Floats) -> Floats:
    """Count the draws of the highest sum, which is all that is left where no tilt is found."""
    n_rows, sizes = len(bounds), np.diff(pools.pointer)
    pool = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((-pools.value, pool))
    weight = pools.weight[order]
    before = np.cumsum(weight) - weight
    before -= np.repeat(before[pools.pointer[:-1]], sizes)
    taken = np.clip(np.repeat(pools.drawn, sizes) - before, 0, weight)
    row = pools.row[pool]
    best, log_share, _ = best_choice(choices)
    top = sum_by(row, taken * pools.value[order], n_rows) + sum_by(choices.row, best, n_rows)
    log_p = sum_by(row, log_ways(weight, taken), n_rows) + sum_by(choices.row, log_share, n_rows)
    chance = special.expit(pools.start[order])
    share = np.repeat(pools.drawn / pools.articles, sizes)
    # Given its size a draw is as likely as by coins that are tilted, in that of equal coins.
    tilted = taken * np.log(chance / share) + (weight - taken) * np.log((1 - chance) / (1 - share))
    log_p += sum_by(row, tilted, n_rows)
    log_p -= sum_by(pools.row, log_ways(pools.articles, pools.drawn), n_rows)
    return np.where(bounds <= top * (1 + MERGED), np.exp(log_p), 0.0)


def first_tilt(pools: Pools, choices: Choices, bounds: Floats) -> tuple[Floats, Floats]:
    """Give each sum's tilt as if it were a scaled Poisson variable, and its variance."""
    n_rows = len(bounds)
    mean, variance = mean_and_variance(pools, choices, n_rows)
    third = sum_by(pools.row, pools.untilted[2], n_rows)
    if len(choices.row):
        cubes = np.add.reduceat(choices.value**3, choices.pointer[:-1]) / np.diff(choices.pointer)
        third += sum_by(choices.row, cubes, n_rows)
    beyond = bounds - mean
    bent = np.maximum(third * beyond / variance**2, -0.9)
    bent = np.where(np.abs(bent) < 1e-9, 1e-9, bent)
    return beyond / variance * np.log1p(bent) / bent, variance


def mean_and_variance(pools: Pools, choices: Choices, n_rows: int) -> tuple[Floats, Floats]:
    """Give both of each row's sum, of pools as if each article had a coin of its own."""
    mean, variance, _, _ = pools.untilted
    choice = _choice_moments(choices, np.zeros(n_rows))
    mean = sum_by(pools.row, mean, n_rows) + sum_by(choices.row, choice.mean, n_rows)
    spread = sum_by(pools.row, variance, n_rows) + sum_by(choices.row, choice.spread, n_rows)
    return mean, np.maximum(spread, 1e-300)


def _tilt(
    pools: Pools, choices: Choices, bounds: Floats, t: Floats, s: Floats, steps: int
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Newton's steps towards the tilts; the third array says which rows have arrived."""
    n_rows = len(bounds)
    reach = _reach(pools, choices, n_rows)
    done = np.zeros(n_rows, dtype=bool)
    for _ in range(steps):
        pool, choice = _pool_moments(pools, t, s), _choice_moments(choices, t)
        lacking = pools.drawn - pool.size
        mean = sum_by(pools.row, pool.mean + pool.slope * lacking, n_rows)
        mean += sum_by(choices.row, choice.mean, n_rows)
        spread = sum_by(pools.row, pool.spread, n_rows)
        spread += sum_by(choices.row, choice.spread, n_rows)
        step = (bounds - mean) / np.maximum(spread, 1e-300)
        longest = np.maximum(3 / reach, np.abs(t))
        shorter = np.minimum(1, longest / np.maximum(np.abs(step), 1e-300))
        step_s = lacking / pool.size_spread - pool.slope * step[pools.row]
        t = t + np.where(done, 0, shorter * step)
        s = s + np.where(done, 0, shorter)[pools.row] * step_s
        done |= np.abs(step) * reach < CONVERGED
        if (done | (np.abs(t) * reach > FARTHEST)).all():
            break
    return t, s, done


@dataclass(frozen=True, eq=False)
class _Moments:
    mean: Floats
    spread: Floats
    size: Floats
    size_spread: Floats
    slope: Floats


def _pool_moments(pools: Pools, t: Floats, s: Floats) -> _Moments:
    """Mean and variance of each pool's sum given its size, under tilts t and s."""
    sizes, starts = np.diff(pools.pointer), pools.pointer[:-1]
    chance = special.expit(_tilted(pools, t, s))
    drawn = pools.weight * chance
    spread = drawn * (1 - chance)
    by_value = spread * pools.value
    if not len(sizes):
        return _Moments(*(np.zeros(0) for _ in range(5)))
    size_spread = np.maximum(np.add.reduceat(spread, starts), 1e-300)
    crossed = np.add.reduceat(by_value, starts)
    slope = crossed / size_spread
    return _Moments(
        mean=np.add.reduceat(drawn * pools.value, starts),
        spread=np.add.reduceat(by_value * pools.value, starts) - crossed * slope,
        size=np.add.reduceat(drawn, starts),
        size_spread=size_spread,
        slope=slope,
    )


def _tilted(pools: Pools, t: Floats, s: Floats) -> Floats:
    sizes = np.diff(pools.pointer)
    return pools.start + np.repeat(s, sizes) + np.repeat(t[pools.row], sizes) * pools.value


def _choice_moments(choices: Choices, t: Floats) -> _Moments:
    """Mean and variance of each small stratum's sum under the tilt t; `size` is its cumulant."""
    sizes, starts = np.diff(choices.pointer), choices.pointer[:-1]
    if not len(sizes):
        return _Moments(*(np.zeros(0) for _ in range(5)))
    tilted = np.repeat(t[choices.row], sizes) * choices.value
    highest = np.maximum.reduceat(tilted, starts)
    weight = np.exp(tilted - np.repeat(highest, sizes))
    total = np.add.reduceat(weight, starts)
    by_value = weight * choices.value
    mean = np.add.reduceat(by_value, starts) / total
    spread = np.add.reduceat(by_value * choices.value, starts) / total - mean**2
    nothing = np.zeros(len(sizes))
    return _Moments(mean, np.maximum(spread, 0), highest + np.log(total / sizes), nothing, nothing)


def _tail(
    pools: Pools, choices: Choices, bounds: Floats, t: Floats, s: Floats
) -> tuple[Floats, Floats]:
    """Skovgaard's tail at the tilts that were found, and the variance that they leave."""
    n_rows = len(bounds)
    pool, choice = _pool_moments(pools, t, s), _choice_moments(choices, t)
    cumulant = -pools.at_start
    if len(s):
        tilted = pools.weight * np.logaddexp(0, _tilted(pools, t, s))
        cumulant += np.add.reduceat(tilted, pools.pointer[:-1])
    cost = t * bounds + sum_by(pools.row, s * pools.drawn - cumulant, n_rows)
    cost -= sum_by(choices.row, choice.size, n_rows)
    spread = sum_by(pools.row, pool.spread, n_rows) + sum_by(choices.row, choice.spread, n_rows)
    sizes = sum_by(pools.row, np.log(pool.size_spread / pools.untilted[3]), n_rows)
    w = np.sqrt(2 * np.maximum(cost, 0))
    log_v = np.log(np.maximum(t, 1e-300)) + (np.log(np.maximum(spread, 1e-300)) + sizes) / 2
    far = w > NEAR_MEAN
    safe = np.where(far, w, 1)
    tails: Floats = special.ndtr(-np.where(far, w + (log_v - np.log(safe)) / safe, w))
    return tails, spread


def _reach(pools: Pools, choices: Choices, n_rows: int) -> Floats:
    """Find the largest residual of each row, its unit for the length of a step."""
    reach = np.full(n_rows, 1e-300)
    for part in (pools, choices):
        if len(part.row):
            largest = np.maximum.reduceat(np.abs(part.value), part.pointer[:-1])
            np.maximum.at(reach, part.row, largest)
    return reach
