"""How many of the differences that are announced may be false."""

from __future__ import annotations

import numpy as np

from analysis.compare.moments import Floats

RATE = 0.05  # false-discovery rate at which a difference is announced


def adjust(p: Floats) -> Floats:
    """Benjamini and Hochberg (1995): the false discovery rate at which each p would be accepted."""
    if len(p) == 0:
        return p.copy()
    order = np.argsort(p, kind="stable")
    steps = p[order]
    steps *= len(p)
    steps /= np.arange(1, len(p) + 1)
    np.minimum.accumulate(steps[::-1], out=steps[::-1])
    q = np.empty_like(p)
    q[order] = np.minimum(steps, 1, out=steps)
    return q


def adjust_testable(p: Floats, least: Floats) -> Floats:
    """Adjust p over the comparisons that could be announced at all.

    Parameters
    ----------
    p
        One per comparison.
    least
        The smallest p that each could have had, whatever its articles' sides.

    Returns
    -------
    numpy.ndarray
        q by Benjamini and Hochberg over the comparisons whose least p is small enough to be
        announced at a rate of .05 among so many (Gilbert 2005, Applied Statistics 54, after Tarone
        1990): a term of five articles that no deal could make significant does not count as a
        chance to err. The others have q = 1.
    """
    testable = least <= RATE / _most_testable(least)
    q = np.ones(len(p))
    q[testable] = adjust(p[testable])
    return q


def _most_testable(least: Floats) -> int:
    """Find the smallest k of which at most k comparisons could reach the rate divided by k."""
    low, high = 1, max(len(least), 1)
    while low < high:
        k = (low + high) // 2
        if np.count_nonzero(least <= RATE / k) <= k:
            high = k
        else:
            low = k + 1
    return low
