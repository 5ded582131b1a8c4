"""The chance that an outlet would leave something out if it told the story like the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
    a, b = np.exp(theta[:2])
    share = (cells.n_with + a) / (cells.n_others + cells.nth + a + b)
    rate = theta[2] * np.log(-np.log1p(-share)) + theta[3] * cells.length
    rate = rate + theta[4] * cells.mentions + theta[len(EXPECTED) :][cells.kind]
    counts_for = np.where(cells.nth > 0, special.expit(theta[5]), 1.0)
    all_lack = np.exp(np.bincount(cells.row, weights=-counts_for * np.exp(np.clip(rate, -8, 4))))
    apart = special.expit(theta[6])
    found: Floats = np.clip(apart + (1 - apart) * all_lack, LEAST, 1 - LEAST)
    return found


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

    def loss(theta: Floats) -> float:
        chance = chances(theta, cells)
        fit = np.where(missing, np.log(chance), np.log1p(-chance)).sum()
        return float(((theta - mean) ** 2 / spread**2).sum() / 2 - fit)

    found = optimize.minimize(loss, mean, method="L-BFGS-B", options={"maxiter": 60})
    theta: Floats = np.asarray(found.x, dtype=np.float64)
    return theta
