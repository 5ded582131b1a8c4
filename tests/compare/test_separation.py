"""A term that one side alone uses is no more surprising than its articles being dealt so."""

from math import comb

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis.compare.terms import compare_terms
from analysis.text.counts import Counts


def made(n_own: int, n_other: int, holders: int, *, strata: int = 1) -> Counts:
    """Short articles on one side, long ones on the other; the first of the short hold the term."""
    side = np.repeat(["A", "B"], [n_own, n_other])
    uses = np.where(np.arange(len(side)) < holders, 3, 0)
    lengths = np.where(side == "A", 100, 900) + np.arange(len(side)) % 7
    articles = pd.DataFrame(
        {
            "article_id": [f"{number}" for number in range(len(side))],
            "outlet": side,
            "event_id": np.arange(len(side)) % strata,
        }
    )
    return Counts(
        sparse.csr_matrix(uses[:, None]), articles, np.array(["x"], dtype=object), lengths
    )


@pytest.mark.parametrize("holders", [4, 8, 9, 15])
def test_short_articles_add_no_evidence(holders):
    p = compare_terms(made(40, 300, holders))["p"]
    least = comb(340 - holders, 40 - holders) / comb(340, 40)
    assert p.to_numpy() == pytest.approx(p.iloc[0])
    assert least / 2 * (1 - 1e-9) <= p.iloc[0] <= 2 * least


def test_inside_events_the_chances_multiply():
    p = compare_terms(made(40, 300, 8, strata=2), within="event_id")["p"]
    least = (comb(170 - 4, 20 - 4) / comb(170, 20)) ** 2
    assert least / 2 * (1 - 1e-9) <= p.iloc[0] <= 2 * least
