"""A term that one side alone uses is no more surprising than its articles being dealt so."""

from dataclasses import replace
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


def by_words(counts: Counts) -> float:
    """Give the share of all words that the first side has."""
    own = counts.articles["outlet"] == "A"
    return counts.lengths[own].sum() / counts.lengths.sum()


@pytest.mark.parametrize("holders", [4, 8, 9, 15])
def test_length_counts_by_words_and_no_more(holders):
    counts = made(40, 300, holders)
    p = compare_terms(counts)["p"]
    assert p.to_numpy() == pytest.approx(p.iloc[0])
    assert p.iloc[0] == pytest.approx(by_words(counts) ** holders / 2)


def test_with_longer_articles_the_deal_itself_is_the_bound():
    counts = made(40, 300, 8)
    swapped = replace(counts, lengths=1000 - counts.lengths)
    least = comb(340 - 8, 40 - 8) / comb(340, 40) / 2
    assert compare_terms(swapped)["p"].iloc[0] >= least * (1 - 1e-9)


def test_inside_events_the_chances_multiply():
    counts = made(40, 300, 8, strata=2)
    p = compare_terms(counts, within="event_id")["p"]
    even = counts.take_articles(np.arange(340) % 2 == 0)
    odd = counts.take_articles(np.arange(340) % 2 == 1)
    assert p.iloc[0] == pytest.approx(by_words(even) ** 4 * by_words(odd) ** 4 / 2)
