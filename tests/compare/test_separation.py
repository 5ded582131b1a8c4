"""A term that one side alone uses is no more surprising than its articles being dealt so."""

from dataclasses import replace
from math import comb

import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats

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


def chance_of_all(n_own: int, n_other: int, holders: int, ratio: float) -> float:
    """Chance that all articles with a term are on a side whose articles are `ratio` times as long.

    By hand: the share of all deals, times how much likelier each is to be there than at a ratio
    of 1, bursts of the term coming at one rate a word.
    """
    m = n_own + n_other
    lacking = 1 - holders / m
    length = m / (n_own * ratio + n_other)
    drawn, left = n_own * (1 - lacking ** (ratio * length)), n_other * (1 - lacking**length)
    return (
        comb(m - holders, n_own - holders)
        / comb(m, n_own)
        * (drawn / (drawn + left) * m / n_own) ** holders
    )


def ratio_of(counts: Counts) -> float:
    own = (counts.articles["outlet"] == "A").to_numpy()
    return counts.lengths[own].mean() / counts.lengths[~own].mean()


@pytest.mark.parametrize("holders", [9, 15])
@pytest.mark.parametrize("shorter", [True, False])
def test_p_is_never_below_half_the_chance_of_that_deal(holders, shorter):
    counts = made(40, 300, holders)
    if not shorter:
        counts = replace(counts, lengths=1000 - counts.lengths)
    p = compare_terms(counts)["p"]
    assert p.to_numpy() == pytest.approx(p.iloc[0], rel=1e-9)
    least = chance_of_all(40, 300, holders, ratio_of(counts)) / 2
    assert p.iloc[0] >= least * (1 - 1e-9)


def test_a_side_of_short_articles_holds_them_all_as_rarely_as_its_share_of_the_words():
    counts = made(40, 300, 4)
    own = (counts.articles["outlet"] == "A").to_numpy()
    by_words = counts.lengths[own].sum() / counts.lengths.sum()
    assert compare_terms(counts)["p"].iloc[0] == pytest.approx(by_words**4 / 2, rel=0.15)


def test_inside_events_the_chances_multiply():
    counts = made(40, 300, 8, strata=2)
    p = compare_terms(counts, within="event_id")["p"].iloc[0]
    halves = [counts.take_articles(np.arange(340) % 2 == part) for part in (0, 1)]
    ratio = np.mean([ratio_of(half) for half in halves])
    assert p == pytest.approx(chance_of_all(20, 150, 4, ratio) ** 2 / 2, rel=0.01)


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


def cut_to_a_third(seed: int, n_articles: int = 180, n_terms: int = 3000) -> Counts:
    """Articles of one outlet, of which every second one loses two of three words at random."""
    random = np.random.default_rng(seed)
    lengths = random.lognormal(6, 0.6, n_articles).astype(np.int64) + 30
    bursts = random.gamma(0.3, 1 / 0.3, (n_articles, n_terms))
    uses = random.poisson(lengths[:, None] * 10 ** random.uniform(-4.2, -3, n_terms) * bursts)
    cut = np.arange(n_articles) % 2 == 0
    uses[cut], lengths[cut] = random.binomial(uses[cut], 1 / 3), lengths[cut] // 3
    uses = uses[:, (uses > 0).sum(axis=0) >= 5]
    articles = pd.DataFrame(
        {"article_id": np.arange(n_articles).astype(str), "outlet": np.where(cut, "A", "B")}
    )
    terms = np.array([f"t{number}" for number in range(uses.shape[1])], dtype=object)
    return Counts(sparse.csr_matrix(uses), articles, terms, lengths)


def test_articles_that_were_cut_are_no_difference_between_outlets():
    found, shares = [], []
    for seed in range(8):
        table = compare_terms(cut_to_a_third(seed))
        found.append((table["q"] <= 0.05).any())
        shares.append([(table["p"] < level).mean() / level for level in (0.05, 0.01, 0.001)])
    assert sum(found) <= 2
    assert (np.mean(shares, axis=0) < [1.1, 1.3, 2]).all()
    assert (np.mean(shares, axis=0) > 0.7).all()


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


def test_a_term_of_nearly_all_articles_is_tested_by_those_without_it():
    lengths = np.array([1, 1, 2, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 2])
    uses = lengths.copy()
    uses[12] = 0
    articles = pd.DataFrame({"article_id": range(14), "outlet": ["a"] * 9 + ["b"] * 5})
    both = np.column_stack([uses, lengths - uses])
    counts = Counts(sparse.csr_matrix(both), articles, np.array(["most", "rest"]), lengths)
    p = compare_terms(counts).set_index(["outlet", "term"])["p"]
    assert p["a", "most"] == pytest.approx(p["a", "rest"])
    assert p["a", "most"] > 0.1


def test_few_articles_outside_events_are_dealt_by_their_lengths_alone():
    own, words = np.arange(40) < 20, np.where(np.arange(40) < 20, 900, 100)
    uses = np.isin(np.arange(40), [3, 21, 22, 23, 24, 25, 26]).astype(int)
    articles = pd.DataFrame({"article_id": range(40), "outlet": np.where(own, "a", "b")})
    counts = Counts(sparse.csr_matrix(uses[:, None]), articles, np.array(["x"]), words)
    lacking = (1 - 7 / 40) ** (words * 40 / words.sum())
    with_term = (1 - lacking[own]).sum() / (1 - lacking).sum()
    without = (20 - 7 * with_term) / 33
    odds = with_term / (1 - with_term) * (1 - without) / without
    held = stats.nchypergeom_fisher(40, 7, 20, odds)
    chance = held.pmf(np.arange(8))
    beyond = np.sign(np.abs(np.arange(8) - held.mean()) - abs(1 - held.mean()))
    exact = (chance * (np.where(np.arange(8) == 1, 0, beyond) + 1)).sum() / 2
    assert compare_terms(counts)["p"].to_numpy() == pytest.approx(exact)
    assert exact < comb(33, 19) / comb(40, 20) / 2  # what that deal would be among equal articles
