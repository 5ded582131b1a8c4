"""Compiled code on several cores: equal shares of the articles, one thread each."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

# Every thread of the scan has a vocabulary of its own, and one thread merges them.
MOST_THREADS = 8

Share = TypeVar("Share")
Result = TypeVar("Result")


def n_threads() -> int:
    """Count the cores that this process may use, up to `MOST_THREADS`."""
    allowed = getattr(os, "sched_getaffinity", None)
    cores = len(allowed(0)) if allowed else os.cpu_count() or 1
    return min(cores, MOST_THREADS)


def in_threads(function: Callable[[Share], Result], shares: Sequence[Share]) -> list[Result]:
    """Call `function` on every share at once; results in the order of the shares."""
    if len(shares) < 2:
        return [function(share) for share in shares]
    with ThreadPoolExecutor(max_workers=n_threads()) as pool:
        return list(pool.map(function, shares))


def equal_shares(pointer: NDArray[Any], n_shares: int) -> list[tuple[int, int]]:
    """Split the stretches between the values of `pointer` into runs of about equal total length.

    Returns
    -------
    list of (int, int)
        First stretch and the one after the last of every run that is not empty.
    """
    wanted = np.linspace(pointer[0], pointer[-1], n_shares + 1)[1:-1]
    bounds = [0, *np.searchsorted(pointer, wanted).tolist(), len(pointer) - 1]
    return [(first, last) for first, last in pairwise(bounds) if first < last]
