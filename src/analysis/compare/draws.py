"""What is drawn from: the residuals of large strata, and all sums that small ones can give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.compare.moments import Floats, Integers, sum_by


@dataclass(frozen=True, eq=False)
class Values:
    """Residuals of parts, each a term in a stratum: what the draws of several sums may share.

    Attributes
    ----------
    value, weight, held
        Flat arrays: residuals, the number of articles with each, and whether these hold the term.
    pointer
        Shape (parts + 1,): where each part's values begin.
    """

    value: Floats
    weight: Floats
    held: NDArray[np.bool_]
    pointer: Integers

    @cached_property
    def sums(self) -> Floats:
        """Sums of weight * value ** power by part, of articles that hold the term and of others.

        Shape (4, 2, parts), for the powers 0 to 3.
        """
        n_parts = len(self.pointer) - 1
        place = np.repeat(np.arange(n_parts), np.diff(self.pointer)) + n_parts * ~self.held
        power, sums = self.weight, []
        for _ in range(4):
            sums.append(sum_by(place, power, 2 * n_parts))
            power = power * self.value
        return np.reshape(sums, (4, 2, n_parts))


@dataclass(frozen=True, eq=False)
class Pools:
    """Large strata: articles with residual `value`, of which a fixed number is drawn.

    Attributes
    ----------
    values, part
        The residuals, and the part of them that each pool is.
    odds
        Shape (2, pools): log-odds of being drawn, of an article that holds the term and of others.
    articles, drawn
        Articles of each pool, and how many of them are drawn.
    row
        The sum that each pool belongs to.
    sign
        1, or -1 if the residuals' signs are turned.
    """

    values: Values
    part: Integers
    odds: Floats
    articles: Floats
    drawn: Floats
    row: Integers
    sign: float = 1.0

    def opposite(self) -> Pools:
        """Give what is drawn from with the residuals' signs turned."""
        return replace(self, sign=-self.sign)

    def take(self, rows: Integers, n_rows: int) -> Pools:
        """Keep the pools of some rows, which are numbered anew."""
        kept, row = renumbered(self.row, rows, n_rows)
        some = self.odds[:, kept], self.articles[kept], self.drawn[kept]
        return Pools(self.values, self.part[kept], *some, row, self.sign)

    @property
    def width(self) -> Integers:
        """Values of every pool."""
        return np.diff(self.values.pointer)[self.part]

    @cached_property
    def at_start(self) -> Floats:
        """Cumulant function of every pool's size at 0, of which a tilted one's is counted."""
        n = self.values.sums[0][:, self.part]
        return np.asarray((n * np.logaddexp(0, self.odds)).sum(axis=0))

    @cached_property
    def _flat(self) -> tuple[Integers, Integers]:
        return ragged(self.values.pointer, self.part)

    @property
    def pointer(self) -> Integers:
        """Shape (pools + 1,): where each pool's values begin in the flat arrays."""
        return self._flat[1]

    @cached_property
    def value(self) -> Floats:
        """Residuals of every pool."""
        return self.sign * self.values.value[self._flat[0]]

    @cached_property
    def weight(self) -> Floats:
        """The number of articles with each residual."""
        return self.values.weight[self._flat[0]]

    @cached_property
    def start(self) -> Floats:
        """The log-odds with which articles with each residual are drawn."""
        odds = (np.repeat(of_kind, np.diff(self.pointer)) for of_kind in self.odds)
        return np.where(self.values.held[self._flat[0]], *odds)

    @cached_property
    def untilted(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Describe each pool's sum: its mean, variance and third cumulant, and its size's variance.

        As if each article had a coin of its own; the variance is that given the size.
        """
        chance = special.expit(self.odds)
        spread = chance * (1 - chance)
        n, one, two, three = self.values.sums[:, :, self.part]
        of_size = np.maximum((spread * n).sum(axis=0), 1e-300)
        crossed = (spread * one).sum(axis=0)
        variance = (spread * two).sum(axis=0) - crossed**2 / of_size
        third = (spread * (1 - 2 * chance) * three).sum(axis=0)
        mean = (chance * one).sum(axis=0)
        return self.sign * mean, variance, self.sign * third, of_size


@dataclass(frozen=True, eq=False)
class Choices:
    """Small strata: every sum that a draw can give, all equally likely.

    `value` is flat, `pointer` says where each stratum's sums begin, `row` to which sum it belongs.
    """

    value: Floats
    pointer: Integers
    row: Integers

    def opposite(self) -> Choices:
        """Give the same with the sums' signs turned."""
        return replace(self, value=-self.value)

    def take(self, rows: Integers, n_rows: int) -> Choices:
        """Keep the strata of some rows, which are numbered anew."""
        kept, row = renumbered(self.row, rows, n_rows)
        flat, pointer = ragged(self.pointer, kept)
        return Choices(self.value[flat], pointer, row)


def renumbered(row: Integers, rows: Integers, n_rows: int) -> tuple[Integers, Integers]:
    """Positions in `row` that name one of `rows`, and its place in `rows` for each."""
    place = np.full(n_rows, -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    kept = np.flatnonzero(place[row] >= 0)
    return kept, place[row[kept]]


def ragged(pointer: Integers, rows: Integers) -> tuple[Integers, Integers]:
    """Flat positions of the runs that `pointer` delimits, for `rows`, and their own pointer."""
    sizes = np.diff(pointer)[rows]
    own = np.concatenate([[0], np.cumsum(sizes)])
    flat = np.arange(own[-1]) + np.repeat(pointer[rows] - own[:-1], sizes)
    return flat, own


def best_choice(choices: Choices) -> tuple[Floats, Floats, Floats]:
    """Find each small stratum's highest sum, its log-share of the draws, the fall to the next."""
    if not len(choices.row):
        return np.zeros(0), np.zeros(0), np.zeros(0)
    sizes, starts = np.diff(choices.pointer), choices.pointer[:-1]
    best = np.maximum.reduceat(choices.value, starts)
    near = choices.value >= np.repeat(best - 1e-9 * np.abs(best), sizes)
    share = np.add.reduceat(near.astype(np.float64), starts) / sizes
    next_best = np.maximum.reduceat(np.where(near, -np.inf, choices.value), starts)
    return best, np.log(share), best - next_best
