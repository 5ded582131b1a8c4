"""Shares by outlet against means by hand, and p against drawn permutations."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.compare.topic_share import (
    compare_means,
    compare_topics,
    describe_topics,
    permuted_p,
)
from analysis.compare.topics import Topics
from analysis.corpus.schema import DataError


def made(shares: list[float], outlets: list[str]) -> tuple[Topics, pd.DataFrame]:
    """Topics 0 and 1 with the given shares of topic 0."""
    ids = pd.Index([f"n{i}" for i in range(len(shares))], name="article_id")
    first = np.array(shares)
    weights = pd.DataFrame({0: first, 1: 1 - first}, index=ids)
    weights[first < 0] = 0.0
    terms = pd.DataFrame({"topic": [0, 1], "rank": 1, "term": ["grain", "bridge"], "weight": 1.0})
    labels = pd.Series(["grain", "bridge"], name="label")
    articles = pd.DataFrame({"article_id": ids, "outlet": outlets, "title": ""})
    return Topics(weights, terms, labels, pd.Series(1.0, index=ids)), articles


def drawn_p(e: np.ndarray, own: np.ndarray, draws: int = 100_000) -> float:
    """P(|sum of the drawn|>= observed), by drawing."""
    random = np.random.default_rng(1)
    order = random.random((draws, len(e))).argpartition(int(own.sum()), axis=1)
    sums = e[order[:, : int(own.sum())]].sum(axis=1)
    return float((np.abs(sums) >= abs(e[own].sum()) - 1e-9).mean())


def test_shares_are_means_over_articles() -> None:
    topics, articles = made([0.9, 0.7, 0.2, 0.4, 0.0], ["H", "H", "G", "G", "G"])
    table = compare_topics(topics, articles)
    assert table[["topic", "outlet"]].to_numpy().tolist() == [
        [0, "G"],
        [0, "H"],
        [1, "G"],
        [1, "H"],
    ]
    herald = table.loc[1]
    assert herald["share"] == pytest.approx(0.8)
    assert herald["share_rest"] == pytest.approx(0.2)
    assert herald["estimate"] == pytest.approx(0.6)
    assert (herald["n_articles"], herald["n_articles_rest"]) == (2, 3)
    assert herald["label"] == "grain"
    # One of the ten ways to choose two of five is as extreme.
    assert herald["p"] == pytest.approx(0.1)
    assert herald["note"] == "only 2 articles on a side"


def test_two_groups_mirror_each_other() -> None:
    random = np.random.default_rng(0)
    topics, articles = made(list(random.beta(0.3, 0.5, 60)), ["H"] * 25 + ["G"] * 35)
    table = compare_topics(topics, articles).set_index(["topic", "outlet"])
    for topic in (0, 1):
        one, other = table.loc[(topic, "H")], table.loc[(topic, "G")]
        assert one["estimate"] == pytest.approx(-other["estimate"])
        assert one["low"] == pytest.approx(-other["high"])
        assert one["p"] == pytest.approx(other["p"])


@pytest.mark.parametrize("size", [3, 12, 40])
@pytest.mark.parametrize("shift", [0.0, 0.2, 0.35])
def test_p_is_that_of_drawn_permutations(size: int, shift: float) -> None:
    random = np.random.default_rng(size)
    values = random.beta(0.3, 0.5, 80)
    own = np.arange(80) < size
    values[own] = np.minimum(values[own] + shift, 1)
    e = values - values.mean()
    drawn = drawn_p(e, own)
    assert permuted_p(e[:, None], own)[0] == pytest.approx(drawn, rel=0.1, abs=0.004)


def test_all_ways_are_counted_where_there_are_few() -> None:
    values = np.array([1.0, 0.8, 0.9, 0.1, 0.2, 0.0, 0.3])
    own = np.arange(7) < 3
    e = values - values.mean()
    assert permuted_p(e[:, None], own)[0] == pytest.approx(1 / 35)
    assert permuted_p(e[:, None], ~own)[0] == pytest.approx(1 / 35)


def test_complete_separation_has_a_small_p_and_never_none() -> None:
    own = np.arange(60) < 20
    values = own.astype(float)
    p = permuted_p((values - values.mean())[:, None], own)[0]
    assert 0 < p < 1e-5


def test_the_interval_is_students_unless_p_disagrees() -> None:
    random = np.random.default_rng(2)
    values = random.random((50, 1))
    own = np.arange(50) < 20
    found = compare_means(values, own).iloc[0]
    known = stats.ttest_ind(values[own, 0], values[~own, 0]).confidence_interval()
    assert found["low"] == pytest.approx(known.low)
    assert found["high"] == pytest.approx(known.high)


def test_p_and_interval_agree_about_no_difference() -> None:
    random = np.random.default_rng(3)
    values = random.beta(0.1, 0.6, (40, 300))
    own = np.arange(40) < 6
    found = compare_means(values, own)
    covers = (found["low"] <= 0) & (found["high"] >= 0)
    assert (covers == (found["p"] >= 0.05)).all()
    assert 0.02 < (found["p"] < 0.05).mean() < 0.08


def test_a_single_article_has_no_interval() -> None:
    topics, articles = made([0.9, 0.5, 0.2, 0.4], ["H", "G", "G", "G"])
    herald = compare_topics(topics, articles).loc[1]
    assert (herald["low"], herald["high"]) == (-1, 1)
    assert herald["note"] == "only 1 articles on a side"


def test_articles_without_words_are_left_out() -> None:
    topics, articles = made([0.9, 0.7, -1, 0.4, 0.0], ["H", "H", "H", "G", "G"])
    table = compare_topics(topics, articles)
    assert table["n_articles"].tolist() == [2, 2, 2, 2]
    assert table.loc[table["outlet"] == "H", "share"].tolist() == pytest.approx([0.8, 0.2])


def test_equal_shares_differ_in_nothing() -> None:
    topics, articles = made([0.5] * 6, ["H", "H", "H", "G", "G", "G"])
    table = compare_topics(topics, articles)
    assert (table["p"] == 1).all()
    assert (table[["estimate", "low", "high"]] == 0).all(axis=None)


def test_one_group_is_refused() -> None:
    topics, articles = made([0.5, 0.6], ["H", "H"])
    with pytest.raises(DataError, match=r"2 articles with topics have 1 outlet; .* two groups"):
        compare_topics(topics, articles)


def test_a_missing_column_is_named() -> None:
    topics, articles = made([0.5, 0.6], ["H", "G"])
    with pytest.raises(DataError, match=r"lack the column 'leaning' \(they have: article_id, outl"):
        compare_topics(topics, articles, by="leaning")


def test_an_article_without_a_group_is_named() -> None:
    topics, articles = made([0.5, 0.6, 0.1], ["H", "G", " "])
    with pytest.raises(DataError, match="1 articles have no outlet, the first is 'n2'"):
        compare_topics(topics, articles)


def test_a_topic_of_one_outlet_is_flagged() -> None:
    topics, articles = made([0.9] * 9 + [0.8] + [0.1] * 20, ["H"] * 9 + ["G"] * 21)
    table = describe_topics(topics, articles).set_index("topic")
    assert table["n_articles"].tolist() == [10, 20]
    assert table.loc[0, "top"] == "H"
    assert table.loc[0, "top_share"] == pytest.approx(0.9)
    assert table.loc[0, "corpus_share"] == pytest.approx(0.3)
    assert table.loc[0, "only"]
    assert str(table.loc[0, "note"]).startswith("90% of its 10 articles are from H, which has 30%")
    # G holds all of topic 1, but also most of the corpus.
    assert not table.loc[1, "only"]
    assert table.loc[1, "note"] == ""


def test_a_topic_that_no_article_leads_with_is_described() -> None:
    topics, articles = made([0.9, 0.8, 0.6], ["H", "G", "G"])
    table = describe_topics(topics, articles)
    assert table["n_articles"].tolist() == [3, 0]
    assert "fewer topics" in table.loc[1, "note"]
