"""How many of the differences that are announced may be false."""

from __future__ import annotations

import numpy as np

from analysis.compare.moments import Floats

AT_ONCE = 1 << 16  # comparisons of many, so that hardly more than their p stands in memory
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


def adjust_discrete(p: Floats, least: Floats) -> Floats:
    """Adjust p over comparisons of which some can only have a large one.

    Parameters
    ----------
    p
        One per comparison.
    least
        The smallest p that each could have had, whatever its articles' sides: half the chance of
        the deal that gives it.

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
    first = 2 * least
    first.sort()
    chance = np.concatenate([[0], np.cumsum(first)])
    steps = p[order]
    for start in range(0, len(p), AT_ONCE):
        some = steps[start : start + AT_ONCE]
        reached = np.searchsorted(first, 2 * some, side="right")
        passed = np.searchsorted(first, some, side="right")
        some *= passed
        some += chance[reached] - chance[passed]
        some /= np.arange(start + 1, start + len(some) + 1)
    del first, chance
    np.minimum.accumulate(steps[::-1], out=steps[::-1])
    q = np.empty_like(p)
    q[order] = np.minimum(steps, 1, out=steps)
    # Few comparisons may expect less than one false one of themselves: q is never below p.
    return np.maximum(q, p, out=q)


def adjust_adaptive(p: Floats, least: Floats) -> Floats:
    """Adjust p as `adjust_discrete`, then leave out the comparisons in which something differs.

    Only where nothing differs can an announcement be false. Once anything is announced, the share
    of such comparisons is estimated from the p above 1/2, of which they have about half (Storey
    2002; with one added, Storey, Taylor and Siegmund 2004, J. R. Stat. Soc. B 66), among
    those that could have a p as small as the largest announced. Where nothing differs at all,
    this announces as rarely as without: at least one discovery comes first.
    """
    q = adjust_discrete(p, least)
    announced = q <= RATE
    if announced.any():
        able = p[least <= p[announced].max()]
        share = 2 * (1 + (able > 0.5).sum()) / len(able)
        q *= min(share, 1)
        np.maximum(q, p, out=q)
    return q
