"""The chance that an outlet would leave something out if it told the story like the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Mask = NDArray[np.bool_]

# What is expected of each coefficient before any article is read: mean and standard deviation. Few
# rows hardly move them, many do.
EXPECTED = {
    "had": (-0.7, 0.7),  # log of the articles with the item that every item begins with
    "lacked": (-0.7, 0.7),  # and of those without
    "share": (1.0, 0.5),
    "length": (0.7, 0.4),
    "mentions": (0.3, 0.3),
    "again": (0.0, 1.0),  # logit of what a second article counts for
    "apart": (-4.0, 1.0),  # logit of the share of outlets that tell another story
}
OF_KIND = (0.0, 0.7)
MOST_ROWS = 20_000  # that are fitted to
LEAST = 1e-6
RATES = (-8.0, 4.0)  # between which the log of the rate at which an item comes is kept


@dataclass(frozen=True, eq=False)
class Cells:
    """Articles that might have told an item, and what the others on the event have of it.

    Attributes
    ----------
    row
        The outlet and item that the article counts for; rows are numbered from 0.
    nth
        How many articles of the outlet were counted before this one.
    n_with, n_others
        Independent articles of others on the event with the item, and in all.
    length
        log of the article's words, less the mean log of the others'.
    mentions
        log of the mean number of mentions in the others that have the item.
    kind
        Code of the kind of item.
    """

    row: Longs
    nth: Longs
    n_with: Longs
    n_others: Longs
    length: Floats
    mentions: Floats
    kind: Longs

    def take_rows(self, rows: Longs) -> Cells:
        """Keep the cells of some rows, which are numbered anew in the order given."""
        number = np.full(int(self.row.max()) + 1, -1)
        number[rows] = np.arange(len(rows))
        kept = number[self.row] >= 0
        columns: dict[str, Any] = {name: value[kept] for name, value in vars(self).items()}
        return Cells(**{**columns, "row": number[self.row[kept]]})


def chances(theta: Floats, cells: Cells) -> Floats:
    """Give the chance of each row that all of its articles lack the item.

    With k of m others having it, s = (k + a) / (m + a + b) is a beta-binomial's prediction for the
    next article, in which articles of the outlet already counted stand among the m;
    log(-log(chance)) is linear in log(-log(1 - s)) and in the logarithms of the article's relative
    length and of the mentions. With a slope of 1 for the length, items would come at a constant
    rate a word. The chances of several articles are multiplied, those after the first to a power
    below 1, as an outlet does not tell everything anew. A share of outlets tells another story
    altogether and lacks the item for certain.
    """
    return _reckon(theta, cells).chance


class _Reckoned(NamedTuple):
    """What the chances follow from: of each cell, and of each row (the last two)."""

    share: Floats
    rarity: Floats
    rate: Floats
    told: Floats
    all_lack: Floats
    chance: Floats


def _reckon(theta: Floats, cells: Cells) -> _Reckoned:
    a, b = np.exp(theta[:2])
    share = (cells.n_with + a) / (cells.n_others + cells.nth + a + b)
    rarity = -np.log1p(-share)
    rate = theta[2] * np.log(rarity) + theta[3] * cells.length
    rate = rate + theta[4] * cells.mentions + theta[len(EXPECTED) :][cells.kind]
    told = np.where(cells.nth > 0, special.expit(theta[5]), 1.0) * np.exp(np.clip(rate, *RATES))
    all_lack = np.exp(-np.bincount(cells.row, weights=told))
    apart = special.expit(theta[6])
    chance = np.clip(apart + (1 - apart) * all_lack, LEAST, 1 - LEAST)
    return _Reckoned(share, rarity, rate, told, all_lack, chance)


def _slopes(theta: Floats, cells: Cells, found: _Reckoned) -> Floats:
    """Give the slope of each row's chance by each coefficient, shape (rows, coefficients)."""
    a, b = np.exp(theta[:2])
    again, apart = special.expit(theta[5]), special.expit(theta[6])
    moved = np.where((found.rate > RATES[0]) & (found.rate < RATES[1]), found.told, 0.0)
    every = cells.n_others + cells.nth + a + b
    by_share = moved * theta[2] / ((1 - found.share) * found.rarity * every**2)
    of_cells = [
        by_share * a * (every - a - cells.n_with),
        -by_share * b * (cells.n_with + a),
        moved * np.log(found.rarity),
        moved * cells.length,
        moved * cells.mentions,
        np.where(cells.nth > 0, (1 - again) * found.told, 0.0),
        *(moved * (cells.kind == kind) for kind in range(len(theta) - len(EXPECTED))),
    ]
    of_rows = np.stack([np.bincount(cells.row, weights=one) for one in of_cells], axis=1)
    slopes: Floats = -((1 - apart) * found.all_lack)[:, None] * of_rows
    slopes = np.insert(slopes, 6, (1 - found.all_lack) * apart * (1 - apart), axis=1)
    slopes[(found.chance <= LEAST) | (found.chance >= 1 - LEAST)] = 0
    return slopes


def fit_chances(cells: Cells, missing: Mask, *, n_kinds: int, seed: int = 0) -> Floats:
    """Fit the coefficients of `chances` to the rows that do lack their items.

    Parameters
    ----------
    cells
        Of all events.
    missing
        One per row: whether the outlet lacks the item.
    n_kinds
        How many kinds of items there may be.
    seed
        Of the sample, where there are more than 20,000 rows.

    Returns
    -------
    numpy.ndarray
        Coefficients in the order of `EXPECTED`, then one per kind: the mode of the posterior.
    """
    mean, spread = np.array([*EXPECTED.values(), *[OF_KIND] * n_kinds]).T
    if not len(missing):
        return np.asarray(mean, dtype=np.float64)
    if len(missing) > MOST_ROWS:
        rows = np.sort(np.random.default_rng(seed).permutation(len(missing))[:MOST_ROWS])
        cells, missing = cells.take_rows(rows), missing[rows]

    def loss(theta: Floats) -> tuple[float, Floats]:
        found = _reckon(theta, cells)
        fit = np.where(missing, np.log(found.chance), np.log1p(-found.chance)).sum()
        by_chance = np.where(missing, 1 / found.chance, -1 / (1 - found.chance))
        away = (theta - mean) / spread**2
        slope = away - by_chance @ _slopes(theta, cells, found)
        return float((theta - mean) @ away / 2 - fit), slope

    def slope_of(theta: Floats) -> Floats:
        return loss(theta)[1]

    found = optimize.minimize(loss, mean, jac=True, method="L-BFGS-B", options={"maxiter": 60})
    # To where the slope is 0 to the last digits: no machine then gives another result.
    exact = optimize.root(slope_of, found.x, tol=1e-12)
    theta: Floats = min(found.x, exact.x, key=lambda theta: float(np.abs(slope_of(theta)).max()))
    return theta
