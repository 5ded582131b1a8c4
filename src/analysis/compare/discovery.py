"""How many of the differences that are announced may be false."""

from __future__ import annotations

from collections import Counter

import numpy as np

from analysis.compare.moments import Floats, Integers
from analysis.text.by_term import take_for
from analysis.text.on_disk import room_for

AT_ONCE = 1 << 16  # comparisons of many, so that hardly more than their p stands in memory
SORTED_AT_ONCE = 1 << 20  # of which most are the same
STEPS = 1 << 20  # in which p is counted where it is not kept
HALF = 0.5
RATE = 0.05  # false-discovery rate at which a difference is announced


def adjust(p: Floats) -> Floats:
    """Benjamini and Hochberg (1995): the false discovery rate at which each p would be accepted."""
    if len(p) == 0:
        return p.copy()
    order = np.argsort(p)
    steps = p[order]
    steps *= len(p)
    steps /= np.arange(1, len(p) + 1)
    np.minimum.accumulate(steps[::-1], out=steps[::-1])
    q = np.empty_like(p)
    q[order] = np.minimum(steps, 1, out=steps)
    return q


class Unlisted:
    """Comparisons that count among all and have no row of their own, in little memory.

    Attributes
    ----------
    least
        The smallest p that they could have had, as a number of comparisons by value.
    above_half
        Those of them with a p above 1/2.
    steps
        How many have a p in each of `STEPS` steps.
    """

    def __init__(self) -> None:
        self.least: Counter[float] = Counter()
        self.above_half: Counter[float] = Counter()
        self.steps = np.zeros(STEPS + 1, np.int64)

    def add(self, p: Floats, least: Floats) -> None:
        """Count some comparisons in."""
        for values, of in ((least, self.least), (least[p > HALF], self.above_half)):
            found, times = np.unique(values, return_counts=True)
            of.update(dict(zip(found.tolist(), times.tolist(), strict=True)))
        np.add.at(self.steps, np.ceil(p * STEPS).astype(np.int64), 1)

    def below(self) -> Integers:
        """Count those with a p of at most each step."""
        return np.cumsum(self.steps)


def adjust_discrete(p: Floats, least: Floats, unlisted: Unlisted | None = None) -> Floats:
    """Adjust p over comparisons of which some can only have a large one.

    Parameters
    ----------
    p
        One per comparison.
    least
        The smallest p that each could have had, whatever its articles' sides: half the chance of
        the deal that gives it.
    unlisted
        More comparisons; their p are taken for up to a millionth larger than they are.

    Returns
    -------
    numpy.ndarray
        The false discovery rate at which each p would be accepted, as by Benjamini and Hochberg,
        but with the number of false ones at a threshold t counted from each comparison's own
        chance of a p up to t (Heyse 2011; Doehler, Durand and Roquain 2018, Electronic Journal
        of Statistics 12): 0 below its least p, the chance of that deal there, t farther on. A
        term of five articles that no deal could make significant is no chance to err.
    """
    if len(p) == 0:
        return p.copy()
    order = np.argsort(p)
    first, times = _values(least, unlisted.least if unlisted else Counter())
    below = unlisted.below() if unlisted else None
    chance = np.concatenate([[0], np.cumsum(first * times)])
    number = np.concatenate([[0], np.cumsum(times)])
    steps = take_for(p, order)
    for start in range(0, len(p), AT_ONCE):
        some = steps[start : start + AT_ONCE]
        ranks = np.arange(start + 1, start + len(some) + 1)
        if below is not None:  # of those in the same step none, so that no q comes out too small
            ranks += below[np.floor(some * STEPS).astype(np.int64)]
        reached = np.searchsorted(first, 2 * some, side="right")
        passed = np.searchsorted(first, some, side="right")
        some *= number[passed]
        some += chance[reached] - chance[passed]
        some /= ranks
    np.minimum.accumulate(steps[::-1], out=steps[::-1])
    q = room_for(len(p), p.dtype)
    q[order] = np.minimum(steps, 1, out=steps)
    # Few comparisons may expect less than one false one of themselves: q is never below p.
    return np.maximum(q, p, out=q)


def _values(least: Floats, unlisted: Counter[float]) -> tuple[Floats, Integers]:
    """Give twice the least p in ascending order, and the comparisons with each."""
    parts = [
        np.unique(least[start : start + SORTED_AT_ONCE], return_counts=True)
        for start in range(0, len(least), SORTED_AT_ONCE)
    ]
    if unlisted:
        parts.append((np.array([*unlisted]), np.array([*unlisted.values()])))
    values, number = map(np.concatenate, zip(*parts, strict=True))
    first, place = np.unique(values, return_inverse=True)
    return 2 * first, np.bincount(place, number).astype(np.int64)


def adjust_adaptive(p: Floats, least: Floats, unlisted: Unlisted | None = None) -> Floats:
    """Adjust p as `adjust_discrete`, then leave out the comparisons in which something differs.

    Only where nothing differs can an announcement be false. Once anything is announced, the share
    of such comparisons is estimated from the p above 1/2, of which they have about half (Storey
    2002; with one added, Storey, Taylor and Siegmund 2004, J. R. Stat. Soc. B 66), among
    those that could have a p as small as the largest announced. Where nothing differs at all,
    this announces as rarely as without: at least one discovery comes first.
    """
    q = adjust_discrete(p, least, unlisted)
    announced = q <= RATE
    if announced.any():
        largest = p[announced].max()
        able = p[least <= largest]
        n_able, n_large = len(able), int((able > HALF).sum())
        if unlisted:
            n_able += _up_to(largest, unlisted.least)
            n_large += _up_to(largest, unlisted.above_half)
        q *= min(2 * (1 + n_large) / n_able, 1)
        np.maximum(q, p, out=q)
    return q


def _up_to(largest: float, counts: Counter[float]) -> int:
    return sum(times for value, times in counts.items() if value <= largest)
