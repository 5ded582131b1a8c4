"""Shares by outlet against means by hand; inside events only what has a counterpart counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.compare.topic_share import compare_topics, describe_topics
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


def test_inside_events_only_articles_with_a_counterpart_are_compared() -> None:
    shares = [0.9, 0.3, 0.5, 0.1, 0.2, 0.8, 0.6, 0.7]
    topics, articles = made(shares, ["H", "G", "G", "H", "G", "H", "S", "G"])
    articles["event_id"] = ["e1", "e1", "e1", "e2", "e2", "e3", "e4", ""]
    table = compare_topics(topics, articles, within="event_id").set_index(["topic", "outlet"])
    assert table.index.get_level_values("outlet").unique().tolist() == ["G", "H"]  # S is alone
    herald = table.loc[(0, "H")]
    assert (herald["n_articles"], herald["n_articles_rest"]) == (2, 3)
    # One article against two counts 2/3 times, one against one 1/2 times.
    weight = np.array([2 / 3, 1 / 2]) / (2 / 3 + 1 / 2)
    assert herald["share"] == pytest.approx(weight @ [0.9, 0.1])
    assert herald["share_rest"] == pytest.approx(weight @ [0.4, 0.2])
    assert herald["estimate"] == pytest.approx(weight @ [0.5, -0.1])
    assert herald["estimate"] == pytest.approx(-table.loc[(0, "G"), "estimate"])
    # Three articles that the first event can give H, and two the second.
    residuals = np.add.outer(np.array([0.9, 0.3, 0.5]) - 1.7 / 3, np.array([0.1, 0.2]) - 0.15)
    extreme = np.abs(residuals) >= abs(residuals[0, 0]) - 1e-9
    assert herald["p"] == pytest.approx(extreme.mean())


def test_story_choice_is_no_difference_inside_events() -> None:
    random = np.random.default_rng(5)
    event = np.repeat(np.arange(40), 3)
    outlets = ["H" if random.random() < (0.8 if of < 20 else 0.3) else "G" for of in event]
    shares = np.clip(np.where(event < 20, 0.8, 0.2) + random.normal(0, 0.1, 120), 0, 1)
    topics, articles = made(list(shares), outlets)
    articles["event_id"] = [f"e{of}" for of in event]
    plain, within = (compare_topics(topics, articles, within=of) for of in (None, "event_id"))
    assert (plain["p"] < 0.001).all()
    assert (within["p"] > 0.1).all()


def test_events_of_one_outlet_each_are_refused() -> None:
    topics, articles = made([0.5, 0.6], ["H", "G"])
    articles["event_id"] = ["e1", "e2"]
    with pytest.raises(DataError, match="none of the 2 values of 'event_id' has articles of two"):
        compare_topics(topics, articles, within="event_id")
    with pytest.raises(DataError, match="lack the column 'month'"):
        compare_topics(topics, articles, within="month")


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
