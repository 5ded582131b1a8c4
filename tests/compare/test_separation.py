"""A term that one side alone uses is no more surprising than its articles being dealt so."""

from dataclasses import replace
from math import comb

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis.compare.terms import compare_terms
from analysis.text.counts import Counts
from analysis.text.tokens import tokenize


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


def equal_rates(
    seed: int, *, longer: float, n_own: int = 110, n_other: int = 110, n_terms: int = 1500
) -> Counts:
    """Two outlets that write every term at one rate, in bursts; one writes longer articles."""
    n_articles = n_own + n_other
    random = np.random.default_rng(seed)
    typical = np.repeat([400, 400 * longer], [n_own, n_other])
    lengths = random.lognormal(np.log(typical), 0.4).astype(np.int64)
    rates = 10 ** random.uniform(-4.6, -3, n_terms) * random.gamma(0.5, 2, (n_articles, n_terms))
    uses = random.poisson(lengths[:, None] * rates)
    uses = uses[:, (uses > 0).sum(axis=0) >= 5]
    articles = pd.DataFrame(
        {
            "article_id": np.arange(n_articles).astype(str),
            "outlet": np.repeat(["A", "B"], [n_own, n_other]),
        }
    )
    terms = np.array([f"t{number}" for number in range(uses.shape[1])], dtype=object)
    return Counts(sparse.csr_matrix(uses), articles, terms, lengths)


@pytest.mark.parametrize(
    ("longer", "n_own", "n_other"), [(1.5, 110, 110), (3, 110, 110), (2, 150, 20)]
)
def test_longer_articles_alone_make_no_difference_between_outlets(longer, n_own, n_other):
    found = []
    for seed in range(16):
        counts = equal_rates(seed, longer=longer, n_own=n_own, n_other=n_other)
        found.append((compare_terms(counts)["q"] <= 0.05).any())
    assert sum(found) <= 2


def test_terms_of_few_articles_keep_their_level_where_lengths_differ():
    shares = []
    for seed in range(8):
        counts = equal_rates(seed, longer=3)
        few = (counts.matrix > 0).sum(axis=0).A1 <= 8
        table = compare_terms(counts.take_terms(np.flatnonzero(few)))
        shares.append([(table["p"] < level).mean() / level for level in (0.05, 0.01, 0.002)])
    assert (np.mean(shares, axis=0) < 1.3).all()


@pytest.mark.parametrize(("seed", "size"), [(45, 13), (88, 9), (188, 8)])
def test_one_article_on_each_side_of_an_event_is_no_evidence(seed, size):
    """The Herald has one of an event's articles, and one other holds the term too."""
    random = np.random.default_rng(seed)
    lengths = random.integers(150, 700, size)
    lengths[1] = lengths[0] + random.integers(1, 60)
    rows = [("Gazette", "storm", "filler " * length) for length in lengths]
    rows[0] = ("Herald", "storm", rows[0][2] + "statewide")
    rows[1] = ("Gazette", "storm", rows[1][2] + "statewide")
    pairs = [
        (outlet, f"e{n}", "filler " * 300) for n in range(10) for outlet in ("Herald", "Gazette")
    ]
    articles = pd.DataFrame([*rows, *pairs], columns=["outlet", "event_id", "text"])
    articles["article_id"] = [f"a{number}" for number in range(len(articles))]
    table = compare_terms(tokenize(articles).counts(), within="event_id").set_index("term")
    # The deal that gives the Herald this article is one of as many as the event has articles.
    assert (table.loc["statewide", "p"] > 0.999 / (2 * size)).all()
