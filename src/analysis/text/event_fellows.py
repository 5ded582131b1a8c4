"""A second look at links between articles, with what the first look says about all others.

Two articles of one event are linked to the same others, whatever their own words; two on one
issue, each at the edge of its own event, are not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.event_weekdays import odds_of_weekdays

# Fitted; docs/methods.md says on what, and how it was checked.
WEIGHTS = {"link": 0.05, "fellows": 8.13, "weekdays": 1.08}
CONSTANT = -4.39
CERTAIN = 1e-4  # odds are taken of probabilities no nearer to 0 and 1

Matrix = sparse.csr_array[Any]
Floats = NDArray[np.float64]
Longs = NDArray[Any]


def with_itself(links: Matrix) -> Matrix:
    """Give each article's likely fellows on its event: itself for certain, others by their link."""
    fellows: Matrix = (links + sparse.eye_array(links.shape[0], format="csr")).tocsr()
    fellows.sort_indices()
    return fellows


def collect_evidence(
    fellows: Matrix, named: Floats, one: Longs, other: Longs, links: Floats
) -> dict[str, Floats]:
    """Measure what the second look weighs, a value per pair of articles.

    Parameters
    ----------
    fellows
        What `with_itself` gives.
    named
        Shape (articles, 7): how much articles name each day of the week; those that fellows name
        count as far as they are fellows, so that an article without a day borrows theirs.
    one, other
        Rows, a pair each.
    links
        The link of each pair.
    """
    # Compiled, and so imported where it is needed.
    from analysis.text.event_pairs import row_minima

    sizes = np.asarray(fellows.sum(axis=1)).ravel()
    common = row_minima(fellows, one, other)
    return {
        "link": np.log((links + CERTAIN) / (1 - links + CERTAIN)),
        "fellows": common / (sizes[one] + sizes[other] - common),
        "weekdays": odds_of_weekdays(fellows @ named, one, other),
    }


def weigh_again(fellows: Matrix, named: Floats, one: Longs, other: Longs, links: Floats) -> Floats:
    """Estimate anew the probability that the articles of each pair tell of the same event."""
    evidence = collect_evidence(fellows, named, one, other, links)
    log_odds = CONSTANT + sum(WEIGHTS[name] * values for name, values in evidence.items())
    probability: Floats = 1 / (1 + np.exp(-log_odds))
    return probability
