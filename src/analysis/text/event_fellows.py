"""A second look at links between articles, with what the first look says about all others.

Two articles of one event are linked to the same others, whatever their own words; two on one
issue, each at the edge of its own event, are not.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.event_odds import scarcity_of
from analysis.text.event_weekdays import odds_of_weekdays, share_weekdays

# Fitted; docs/methods.md says on what, and how it was checked.
WEIGHTS = {
    "link": 0.05,
    "fellows": 8.13,
    "weekdays": 1.08,
    "few articles": 0.23,
    "few articles, fellows": -1.00,
}
CONSTANT = -4.39
CERTAIN = 1e-4  # odds are taken of probabilities no nearer to 0 and 1

Matrix = sparse.csr_array[Any]
Floats = NDArray[np.float64]
Longs = NDArray[Any]


class Fellows(NamedTuple):
    """Each article's likely fellows on its event.

    Attributes
    ----------
    matrix
        Shape (articles, articles): itself for certain, others by their link.
    sizes
        How many they are.
    weekdays
        Shape (articles, 7): the days of the week that they name, in shares; so an article without
        a day borrows those of its fellows.
    """

    matrix: Matrix
    sizes: Floats
    weekdays: Floats


def fellows_of(links: Matrix, named: Floats) -> Fellows:
    """Find fellows by symmetric links, and by how much each article names each day of the week."""
    matrix: Matrix = (links + sparse.eye_array(links.shape[0], format="csr")).tocsr()
    matrix.sort_indices()
    sizes: Floats = np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
    return Fellows(matrix, sizes, share_weekdays(matrix @ named))


def collect_evidence(
    fellows: Fellows, one: Longs, other: Longs, links: Floats
) -> dict[str, Floats]:
    """Measure what the second look weighs, a value per pair of articles.

    Parameters
    ----------
    fellows
        Of the articles.
    one, other
        Rows, a pair each.
    links
        The link of each pair.
    """
    # Compiled, and so imported where it is needed.
    from analysis.text.event_pairs import row_minima

    common = row_minima(fellows.matrix, one, other)
    share = common / (fellows.sizes[one] + fellows.sizes[other] - common)
    scarcity = scarcity_of(len(fellows.sizes))
    return {
        "link": np.log((links + CERTAIN) / (1 - links + CERTAIN)),
        "fellows": share,
        "weekdays": odds_of_weekdays(fellows.weekdays, one, other),
        "few articles": np.full(len(one), scarcity),
        "few articles, fellows": scarcity * share,
    }


def weigh_again(fellows: Fellows, one: Longs, other: Longs, links: Floats) -> Floats:
    """Estimate anew the probability that the articles of each pair tell of the same event."""
    evidence = collect_evidence(fellows, one, other, links)
    log_odds = CONSTANT + sum(WEIGHTS[name] * values for name, values in evidence.items())
    probability: Floats = 1 / (1 + np.exp(-log_odds))
    return probability
