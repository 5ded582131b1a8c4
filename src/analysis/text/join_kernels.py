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
    share: tuple[int, int], runs: Lists, n_rare: int, holders: Lists, needed: Array
) -> tuple[Array, Array, Array]:
    """Find the partners of some articles.

    Parameters
    ----------
    share
        The first article, and the one behind the last.
    runs
        Of each article its runs, those of the fewest articles first.
    n_rare
        How many runs may look for partners: those below it.
    holders
        Of each run the articles that have it.
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
        place, end = runs.pointer[row], runs.pointer[row + 1]
        while end - place >= needed[row] and runs.numbers[place] < n_rare:
            run = runs.numbers[place]
            for at in range(holders.pointer[run], holders.pointer[run + 1]):
                partner = holders.numbers[at]
                if hits[partner] == 0:
                    met[n_met] = partner
                    n_met += 1
                hits[partner] += 1
            place += 1
        besides = runs.numbers[place:end]
        for partner in met[:n_met]:
            common, hits[partner] = hits[partner], 0
            if partner == row:
                continue
            theirs = runs.numbers[runs.pointer[partner] : runs.pointer[partner + 1]]
            common += count_common(besides, theirs, needed[row] - common)
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
def count_common(numbers: Array, ascending: Array, needed: int) -> int:
    """Count the numbers that stand in a list; less than `needed` where there are not so many."""
    common = 0
    for place in range(len(numbers)):
        if common + len(numbers) - place < needed:
            return common
        low, high = 0, len(ascending)
        while low < high:
            middle = (low + high) // 2
            if ascending[middle] < numbers[place]:
                low = middle + 1
            else:
                high = middle
        if low < len(ascending) and ascending[low] == numbers[place]:
            common += 1
    return common
