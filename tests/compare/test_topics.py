"""Planted topics come back exactly, and everything said about them can be counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.compare import topic_model
from analysis.compare.topic_words import same_word
from analysis.compare.topics import Topics, fit_topics
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts
from analysis.text.tokens import tokenize

THEMES = {
    "harbour": ["harbour", "ships", "cargo", "crane", "sailors", "docks", "freight", "tide"],
    "court": ["judge", "verdict", "appeal", "lawyer", "jury", "trial", "witness", "prosecutor"],
    "football": ["goal", "striker", "keeper", "penalty", "stadium", "referee", "league", "coach"],
}
SIZES = {"harbour": 12, "court": 9, "football": 6}


def planted() -> pd.DataFrame:
    """Articles of three themes, each with five of its theme's eight words and two common ones."""
    rows = []
    for theme, size in SIZES.items():
        words = THEMES[theme]
        for i in range(size):
            own = [words[(i + step) % len(words)] for step in range(5)]
            text = " ".join([*own, "the", "reported", ["monday", "friday"][i % 2]])
            outlet = ["Herald", "Gazette", "Courier"][i % 3]
            rows.append((f"{theme}-{i}", outlet, f"{theme} {i}", text))
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "title", "text"])
    return frame.sample(frac=1, random_state=3).reset_index(drop=True)


@pytest.fixture(scope="module")
def news() -> pd.DataFrame:
    return planted()


@pytest.fixture(scope="module")
def counts(news: pd.DataFrame) -> Counts:
    return tokenize(news).counts()


@pytest.fixture(scope="module")
def topics(counts: Counts) -> Topics:
    return fit_topics(counts, 3)


def themes_of(topics: Topics) -> list[str]:
    """The theme of each topic, by its best term."""
    best = topics.terms[topics.terms["rank"] == 1]["term"]
    return [next(name for name, words in THEMES.items() if term in words) for term in best]


def test_planted_topics_are_found_exactly_and_numbered_by_size(topics: Topics) -> None:
    assert themes_of(topics) == ["harbour", "court", "football"]
    names = dict(enumerate(SIZES))
    assert [names[topic] for topic in topics.strongest] == [
        article_id.split("-")[0] for article_id in topics.strongest.index
    ]


def test_topics_of_a_sample_are_applied_to_all(
    counts: Counts, topics: Topics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_model, "FITTED", 20)
    sampled = fit_topics(counts, 3)
    assert len(topic_model.sample_rows(len(counts.articles), 0)) == 20
    assert (sampled.strongest == topics.strongest).all()
    assert not sampled.weights.equals(topics.weights)
    assert set(sampled.labels) == set(topics.labels)


def test_every_term_is_of_its_own_theme(topics: Topics) -> None:
    for topic, theme in enumerate(themes_of(topics)):
        own = topics.terms[topics.terms["topic"] == topic]
        assert set(own["term"].head(8)) == set(THEMES[theme])
        assert own["rank"].tolist() == list(range(1, len(own) + 1))
        assert own["weight"].is_monotonic_decreasing
        assert (own["weight"] > 0).all()
    assert "the" not in set(topics.terms["term"])


def test_rows_are_shares(news: pd.DataFrame, topics: Topics) -> None:
    assert topics.weights.index.tolist() == news["article_id"].tolist()
    assert topics.weights.columns.tolist() == [0, 1, 2]
    assert (topics.weights.to_numpy() >= 0).all()
    np.testing.assert_allclose(topics.weights.sum(axis=1), 1)


def test_an_article_of_two_themes_has_a_share_of_both(news: pd.DataFrame) -> None:
    both = " ".join(THEMES["harbour"][:4] + THEMES["court"][:4])
    mixed = pd.concat([news, news.head(1).assign(article_id="mixed", text=both)])
    topics = fit_topics(tokenize(mixed.reset_index(drop=True)).counts(), 3)
    share = dict(zip(themes_of(topics), topics.weights.loc["mixed"], strict=True))
    assert 0.35 < share["harbour"] < 0.65
    assert 0.35 < share["court"] < 0.65
    assert share["football"] < 0.05


def test_an_article_without_usable_words_has_no_topic(news: pd.DataFrame) -> None:
    silent = news.head(1).assign(article_id="silent", text="The and of.")
    articles = pd.concat([news, silent], ignore_index=True)
    topics = fit_topics(tokenize(articles).counts(), 3)
    assert topics.weights.loc["silent"].tolist() == [0, 0, 0]
    assert "silent" not in topics.strongest.index
    assert len(topics.strongest) == len(news)


def test_the_same_bytes_twice_and_the_same_topics_for_any_seed(counts: Counts) -> None:
    one, two, other = (fit_topics(counts, 3, seed) for seed in (0, 0, 7))
    assert one.weights.to_numpy().tobytes() == two.weights.to_numpy().tobytes()
    pd.testing.assert_frame_equal(one.terms, two.terms)
    assert one.strongest.equals(other.strongest)


def test_the_counts_stay_as_they_are(counts: Counts) -> None:
    before = counts.matrix.copy()
    fit_topics(counts, 2)
    assert (before != counts.matrix).nnz == 0


def test_labels_are_the_best_terms(topics: Topics) -> None:
    for topic, label in topics.labels.items():
        best = topics.terms[topics.terms["topic"] == topic]["term"].head(3)
        assert label == " · ".join(best)


def test_labels_hold_no_two_forms_of_one_word(news: pd.DataFrame) -> None:
    plural = news["text"].str.replace("harbour", "harbour harbours", regex=False)
    topics = fit_topics(tokenize(news.assign(text=plural)).counts(), 3)
    for label in topics.labels:
        words = label.split(" · ")
        assert len(words) == 3
        assert not {"harbour", "harbours"} <= set(words)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("talk", "talks", True),
        ("policy", "policies", True),
        ("vote", "voters", True),
        ("minister", "ministry", True),
        ("port", "portugal", False),
        ("war", "wars", False),
        ("talks", "ceasefire", False),
    ],
)
def test_forms_of_one_word(one: str, other: str, same: bool) -> None:
    assert same_word(one, other) is same
    assert same_word(other, one) is same


def test_typical_articles_are_of_their_topic_and_nearest_first(
    news: pd.DataFrame, topics: Topics
) -> None:
    typical = topics.typical_articles(news, n=2)
    assert typical["topic"].tolist() == [0, 0, 1, 1, 2, 2]
    assert typical["rank"].tolist() == [1, 2] * 3
    themes = [article_id.split("-")[0] for article_id in typical["article_id"]]
    assert themes == ["harbour"] * 2 + ["court"] * 2 + ["football"] * 2
    titles = news.set_index("article_id")["title"]
    assert typical["title"].tolist() == titles[typical["article_id"]].tolist()
    for topic in range(3):
        inside = topics.typicality[topics.strongest[topics.strongest == topic].index]
        assert typical.loc[typical["topic"] == topic, "typicality"].iloc[0] == inside.max()


def test_typical_articles_need_the_articles_of_the_fit(news: pd.DataFrame, topics: Topics) -> None:
    with pytest.raises(DataError, match=r"1 articles have no topic weights, the first is 'new'"):
        topics.typical_articles(news.replace({"article_id": {"court-0": "new"}}))
    with pytest.raises(DataError, match="lack the column 'title'"):
        topics.typical_articles(news.drop(columns="title"))
    with pytest.raises(DataError, match="stands twice"):
        topics.typical_articles(pd.concat([news, news.head(1)]))


def test_one_article_is_refused(news: pd.DataFrame) -> None:
    with pytest.raises(DataError, match=r"there is 1 article; load more"):
        fit_topics(tokenize(news.head(1)).counts(), 2)


def test_an_empty_vocabulary_is_refused(news: pd.DataFrame) -> None:
    counts = tokenize(news.assign(text="The same and the same.")).counts()
    with pytest.raises(DataError, match=r"every word is a stop word.* lower min_articles"):
        fit_topics(counts, 2)


def test_more_topics_than_half_the_articles_are_refused(news: pd.DataFrame) -> None:
    with pytest.raises(DataError, match=r"14 topics need at least 28 articles .* are 27; ask for"):
        fit_topics(tokenize(news).counts(), 14)


def test_more_topics_than_words_are_refused(news: pd.DataFrame) -> None:
    texts = ["harbour", "court", "football"] * 9
    counts = tokenize(news.assign(text=texts)).counts()
    with pytest.raises(DataError, match=r"5 topics need as many usable words.* has 3"):
        fit_topics(counts, 5)


@pytest.mark.parametrize("wrong", [1, 0, -2, 2.5, "3", True])
def test_a_number_of_topics_that_is_none_is_refused(counts: Counts, wrong: object) -> None:
    with pytest.raises(DataError, match="whole number of at least 2"):
        fit_topics(counts, wrong)  # type: ignore[arg-type]


def test_five_articles_are_too_few_for_any_topic() -> None:
    words = ["grain ships port"] * 3 + ["bridge soldiers night"] * 2
    frame = pd.DataFrame({"article_id": list("abcde"), "outlet": "Herald", "text": words})
    with pytest.raises(DataError, match=r"none of the 6 words of 5 articles .* load more articles"):
        fit_topics(tokenize(frame).counts(), 2)


def test_six_articles_are_enough_for_two_topics() -> None:
    words = ["grain ships port"] * 3 + ["bridge soldiers night"] * 3
    frame = pd.DataFrame({"article_id": list("abcdef"), "outlet": "Herald", "text": words})
    topics = fit_topics(tokenize(frame).counts(), 2)
    assert topics.strongest.tolist() == [0, 0, 0, 1, 1, 1]


def test_a_handful_of_articles_is_one_topic(articles):
    topics = fit_topics(tokenize(articles).counts())
    assert topics.weights.shape == (12, 1)
    assert (topics.weights == 1).all(axis=None)
    assert topics.labels.tolist() == ["left · envoys · bridge"]
    assert len(topics.typical_articles(articles)) == 3
