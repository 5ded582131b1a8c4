"""What is drawn from: the residuals of large strata, and all sums that small ones can give."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.compare.moments import Floats, Integers


@dataclass(frozen=True, eq=False)
class Pools:
    """Large strata: articles with residual `value`, of which a fixed number is drawn.

    Attributes
    ----------
    value, weight, start
        Flat arrays: residuals, the number of articles with each, and their log-odds of being
        drawn.
    pointer
        Shape (pools + 1,): where each pool's values begin.
    articles, drawn
        Articles of each pool, and how many of them are drawn.
    row
        The sum that each pool belongs to.
    """

    value: Floats
    weight: Floats
    start: Floats
    pointer: Integers
    articles: Floats
    drawn: Floats
    row: Integers

    def opposite(self) -> Pools:
        """Give what is drawn from with the residuals' signs turned."""
        return replace(self, value=-self.value)

    def take(self, rows: Integers, n_rows: int) -> Pools:
        """Keep the pools of some rows, which are numbered anew."""
        kept, row = renumbered(self.row, rows, n_rows)
        flat, pointer = ragged(self.pointer, kept)
        return Pools(
            self.value[flat],
            self.weight[flat],
            self.start[flat],
            pointer,
            self.articles[kept],
            self.drawn[kept],
            row,
        )


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
