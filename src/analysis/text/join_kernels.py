"""The compiled join of articles by their runs of words; `joining` does the same with scipy.

Imported only for many runs, because importing numba takes longer than joining a few.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled

Array = NDArray[Any]


class Lists(NamedTuple):
    """A list of numbers a row, ascending."""

    pointer: Array
    numbers: Array


@compiled
def turn(lists: Lists, n_numbers: int) -> Lists:
    """Give of each number below `n_numbers` the rows that have it."""
    pointer = np.zeros(n_numbers + 1, np.int64)
    for number in lists.numbers:
        pointer[number + 1] += 1
    for number in range(n_numbers):
        pointer[number + 1] += pointer[number]
    rows = np.empty(lists.numbers.size, np.int32)
    ends = pointer[:-1].copy()
    for row in range(lists.pointer.size - 1):
        for place in range(lists.pointer[row], lists.pointer[row + 1]):
            number = lists.numbers[place]
            rows[ends[number]] = row
            ends[number] += 1
    return Lists(pointer, rows)


@compiled
def join_rows(
    share: tuple[int, int],
    groups: Lists,
    weights: Array,
    n_rare: int,
    holders: Lists,
    needed: Array,
) -> tuple[Array, Array, Array]:
    """Find the partners of some articles.

    Parameters
    ----------
    share
        The first article, and the one behind the last.
    groups
        Of each article its groups of runs, those of the fewest articles first.
    weights
        Of each group its runs.
    n_rare
        How many groups may look for partners: those below it.
    holders
        Of each group the articles that have it.
    needed
        How many of an article's runs a partner must have.

    Returns
    -------
    rows, others, common
        As of ``join_pairs``.
    """
    room, n_found = 1024, 0
    found = np.empty((3, room), np.int64)
    hits = np.zeros(len(needed), np.int32)
    met = np.empty(len(needed), np.int32)
    for row in range(share[0], share[1]):
        n_met = 0
        place, end = groups.pointer[row], groups.pointer[row + 1]
        left: Any = np.int64(0)  # runs that were not looked at
        for group in groups.numbers[place:end]:
            left += weights[group]
        while place < end and left >= needed[row] and groups.numbers[place] < n_rare:
            group = groups.numbers[place]
            for at in range(holders.pointer[group], holders.pointer[group + 1]):
                partner = holders.numbers[at]
                if hits[partner] == 0:
                    met[n_met] = partner
                    n_met += 1
                hits[partner] += weights[group]
            left -= weights[group]
            place += 1
        besides = groups.numbers[place:end]
        for partner in met[:n_met]:
            common, hits[partner] = np.int64(hits[partner]), 0
            if partner == row:
                continue
            theirs = groups.numbers[groups.pointer[partner] : groups.pointer[partner + 1]]
            common += weigh_common(besides, theirs, weights, left, needed[row] - common)
            if common < needed[row]:
                continue
            if n_found == room:
                room *= 2
                more = np.empty((3, room), np.int64)
                more[:, :n_found] = found
                found = more
            found[0, n_found], found[1, n_found], found[2, n_found] = row, partner, common
            n_found += 1
    return found[0, :n_found].copy(), found[1, :n_found].copy(), found[2, :n_found].copy()


@compiled
def weigh_common(numbers: Array, ascending: Array, weights: Array, left: int, needed: int) -> int:
    """Sum the weights of the numbers that stand in a list; less than `needed` if it is not reached.

    `left` is the weight of all numbers.
    """
    common: Any = np.int64(0)
    for number in numbers:
        if common + left < needed:
            return int(common)
        low, high = 0, len(ascending)
        while low < high:
            middle = (low + high) // 2
            if ascending[middle] < number:
                low = middle + 1
            else:
                high = middle
        if low < len(ascending) and ascending[low] == number:
            common += weights[number]
        left -= weights[number]
    return int(common)
