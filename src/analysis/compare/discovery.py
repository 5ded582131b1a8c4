"""How many of the differences that are announced may be false."""

from __future__ import annotations

import numpy as np

from analysis.compare.moments import Floats

RATE = 0.05  # false-discovery rate at which a difference is announced


def adjust(p: Floats) -> Floats:
    """Benjamini and Hochberg (1995): the false discovery rate at which each p would be accepted."""
    if len(p) == 0:
        return p.copy()
    order = np.argsort(-p, kind="stable")
    steps = p[order] * len(p) / np.arange(len(p), 0, -1)
    q = np.empty_like(p)
    q[order] = np.minimum(np.minimum.accumulate(steps), 1)
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
    most = np.arange(1, len(p) + 1)
    within = np.searchsorted(np.sort(least), RATE / most, side="right") <= most
    testable = least <= RATE / most[np.argmax(within)] if len(p) else np.zeros(0, dtype=bool)
    q = np.ones(len(p))
    q[testable] = adjust(p[testable])
    return q
