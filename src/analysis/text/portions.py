"""Work cut into portions, so that what one of them needs is all that stands in memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray


def portions(sizes: NDArray[Any], most: int) -> Iterator[tuple[int, int]]:
    """Cut items of such sizes into portions of about `most` together.

    Yields
    ------
    (int, int)
        The first item of a portion and the one after the last. An item is never cut, so that a
        portion may be larger by one.
    """
    if not len(sizes):
        return
    portion = np.cumsum(sizes, dtype=np.int64) // most
    bounds = np.flatnonzero(np.diff(portion)) + 1
    yield from pairwise([0, *bounds.tolist(), len(sizes)])
