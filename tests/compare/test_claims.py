"""Sentences of different outlets that say the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.compare.claims import NEAR, align_sentences, likenesses, strongest
from analysis.compare.claims_sentences import read_sentences
from analysis.compare.stems import Stems, stem
from analysis.corpus.schema import DataError

TEXTS = {
    "h1": "Monitors found the tail of a glide bomb at the school. The mayor wept.",
    "g1": "Rain fell. At the school the tail of a glide bomb was found by monitors.",
    "c1": "The council met on fishing quotas and adjourned after lunch.",
}


def build(texts, outlets=("Herald", "Gazette", "Courier"), event="e1"):
    return pd.DataFrame(
        {
            "article_id": list(texts),
            "outlet": list(outlets),
            "event_id": event,
            "text": list(texts.values()),
        }
    )


def test_two_sentences_with_the_same_words_are_one_claim():
    found = align_sentences(build(TEXTS))
    assert found["claim"].tolist() == [1, 0, 0, 1, 0]
    assert found["nearest"].tolist() == [3, -1, -1, 0, -1]
    assert found.loc[0, "likeness"] == pytest.approx(found.loc[3, "likeness"])
    spans = zip(found["article_id"], found["start"], found["end"], strict=True)
    assert [TEXTS[name][start:end] for name, start, end in spans][3].startswith("At the school")


def test_sentences_of_one_outlet_are_no_claim():
    found = align_sentences(build(TEXTS, outlets=("Herald", "Herald", "Courier")))
    assert found["claim"].tolist() == [0] * 5


def test_sentences_of_different_events_are_not_compared():
    articles = build(TEXTS).assign(event_id=["e1", "e2", "e3"])
    assert (align_sentences(articles)["nearest"] == -1).all()


def test_likeness_is_the_cosine_of_log_rarities():
    articles = build({"a": "Red green blue.", "b": "Red green amber."}, outlets=("A", "B"))
    # red and green stand in both articles (log 3/2), blue and amber in one (log 3)
    both, one = np.log(3 / 2), np.log(3)
    expected = 2 * both**2 / (2 * both**2 + one**2)
    vectors = read_sentences(articles).vectors
    assert (vectors @ vectors.T).toarray()[0, 1] == pytest.approx(expected)


def test_what_one_alone_tells_is_the_weight_of_its_own_words():
    articles = build({"a": "Red green blue.", "b": "Red green amber lamp."}, outlets=("A", "B"))
    # blue, amber and lamp stand in one of two articles: log 3 each
    assert align_sentences(articles)["alone"].tolist() == pytest.approx([np.log(3), 2 * np.log(3)])


def test_likenesses_in_portions_are_those_of_the_whole(monkeypatch):
    vectors = read_sentences(build(TEXTS)).vectors
    whole = likenesses(vectors).toarray()
    monkeypatch.setattr("analysis.compare.claims.AT_ONCE", 2)
    assert np.array_equal(likenesses(vectors).toarray(), whole)
    dense = (vectors @ vectors.T).toarray()
    assert np.allclose(whole, np.where(dense >= NEAR, dense, 0))


def test_the_strongest_of_equals_is_the_first():
    alike = likenesses(read_sentences(build({k: TEXTS["h1"] for k in "abc"})).vectors)
    alike.setdiag(0)
    alike.eliminate_zeros()
    best, place = strongest(alike)
    assert place.tolist()[0] == 2  # sentence 1 of the second article, of two equal ones
    assert best[0] == pytest.approx(1)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("sanctions", "sanction"), ("sanctioned", "sanction"), ("gas", "gas"), ("firing", "fir")],
)
def test_endings_are_cut(word, expected):
    assert stem(word) == expected


WORDS = st.lists(
    st.sampled_from(["bomb", "school", "mayor", "the", ".", "rain", "Drenn", "31", "\n"]),
    max_size=30,
)


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=4))
def test_rows_point_at_sentences_of_their_article(texts):
    names = [f"a{row}" for row in range(len(texts))]
    joined = [" ".join(words) for words in texts]
    articles = build(dict(zip(names, joined, strict=True)), outlets=names)
    found = align_sentences(articles)
    text_of = dict(zip(names, joined, strict=True))
    for row in found.itertuples():
        sentence = text_of[row.article_id][row.start : row.end]
        assert sentence
        assert sentence == sentence.strip()
        if row.nearest >= 0:
            assert found["article_id"][row.nearest] != row.article_id
            assert found["nearest"][row.nearest] >= 0
    told = found[found["claim"] > 0].groupby("claim")["article_id"].nunique()
    assert (told > 1).all()


def test_no_articles_have_no_sentences():
    found = align_sentences(build(TEXTS).head(0))
    assert found.empty
    assert "claim" in found.columns


def test_articles_without_events_are_refused():
    with pytest.raises(DataError, match="lack the column 'event_id'"):
        align_sentences(build(TEXTS).drop(columns="event_id"))


def test_words_weigh_the_same_where_articles_are_counted_one_by_one(monkeypatch):
    whole = read_sentences(build(TEXTS)).weight
    monkeypatch.setattr("analysis.compare.stems.AT_ONCE", 1)
    assert np.array_equal(read_sentences(build(TEXTS)).weight, whole)


def test_sentences_are_as_long_where_few_are_reckoned_together(monkeypatch):
    whole = read_sentences(build(TEXTS)).vectors.toarray()
    assert np.linalg.norm(whole, axis=1).round(9).tolist() == [1, 0, 0, 1, 1]
    monkeypatch.setattr("analysis.compare.claims_sentences.SENTENCES", 2)
    assert np.array_equal(read_sentences(build(TEXTS)).vectors.toarray(), whole)


def test_words_weigh_the_same_where_the_sentences_of_some_articles_are_wanted():
    articles = build(TEXTS)
    whole = read_sentences(articles)
    some = read_sentences(articles, of=np.array([False, True, True]))
    kept = (whole.frame["row"] > 0).to_numpy()
    assert some.frame.equals(whole.frame[kept].reset_index(drop=True))
    assert np.array_equal(some.weight, whole.weight)
    assert np.array_equal(some.vectors.toarray(), whole.vectors[kept].toarray())
    # "council" stands in one of three articles and weighs log 4, "school" in two and weighs log 2
    assert set(whole.weight[whole.weight < np.log(4)]) >= {np.log(2)}
    assert whole.weight.max() == np.log(4)


@pytest.mark.parametrize("at_once", [1, 2])
def test_sentences_are_the_same_where_few_articles_are_read_together(monkeypatch, at_once):
    articles = build(TEXTS)
    whole, stems = read_sentences(articles), Stems.of(articles)
    monkeypatch.setattr("analysis.compare.stems.AT_ONCE", at_once)
    for found in (read_sentences(articles), read_sentences(articles, stems=stems)):
        assert found.frame.equals(whole.frame)
        assert np.array_equal(found.vectors.toarray(), whole.vectors.toarray())
    last = read_sentences(articles.iloc[2:].reset_index(drop=True), stems=stems)
    kept = (whole.frame["row"] == 2).to_numpy()
    assert np.array_equal(last.vectors.toarray(), whole.vectors[kept].toarray())
