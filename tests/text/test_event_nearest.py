"""Vectors and likeness of articles, against sums by hand and all pairs at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis.text import event_nearest, event_vectors
from analysis.text.event_cosines import Window, by_columns, by_rows, cosines_in_window
from analysis.text.event_nearest import (
    days_of,
    find_nearest,
    pair_up,
    worth_of_gap,
    worth_of_unknown,
)
from analysis.text.event_places import LEAD, TITLE
from analysis.text.event_vectors import NAME, NUMBER, weigh_articles


def weights(articles, row=0):
    vectors = weigh_articles(articles)
    return dict(zip(vectors.terms, vectors.matrix.toarray()[row], strict=True))


def frame(*texts, **columns):
    return pd.DataFrame(
        {"article_id": [str(n) for n in range(len(texts))], "text": texts, **columns}
    )


def test_names_and_numbers_weigh_more_than_words():
    found = weights(frame(*["bridge Ormvik 614"] * 2))
    bridge, ormvik, number = (np.log1p(1 + LEAD * np.exp(-n / 100)) for n in range(3))
    assert found["ormvik"] / found["bridge"] == pytest.approx(NAME * ormvik / bridge)
    assert found["614"] / found["bridge"] == pytest.approx(NUMBER * number / bridge)


def test_a_word_of_the_title_counts_more():
    found = weights(frame("harbour", "harbour bridge", "bridge", title=["bridge", "", ""]))
    title, text = 1 + LEAD + TITLE, 1 + LEAD * np.exp(-1 / 100)
    assert found["bridge"] / found["harbour"] == pytest.approx(np.log1p(title) / np.log1p(text))


def test_terms_of_one_article_are_left_out_and_rows_have_unit_length():
    vectors = weigh_articles(frame("storm hits coast", "storm over coast", "nothing else"))
    assert vectors.terms.tolist() == ["coast", "storm"]
    lengths = np.sqrt(np.asarray(vectors.matrix.multiply(vectors.matrix).sum(axis=1)).ravel())
    assert lengths.round(12).tolist() == [1, 1, 0]


def test_articles_weigh_the_same_however_they_are_cut_into_portions(monkeypatch):
    texts = ["Storm hits Ormvik on Monday", "", "storm 614 hits", "Ormvik: nothing", "Monday 614"]
    articles = frame(*texts, title=["Storm", "", "Ormvik", "", ""])
    whole = weigh_articles(articles)
    monkeypatch.setattr(event_vectors, "PORTION", 2)
    parts = weigh_articles(articles)
    for name in ("terms", "kinds", "n_words", "weekdays"):
        assert getattr(parts, name).tolist() == getattr(whole, name).tolist()
    for name in ("matrix", "lede"):
        assert getattr(parts, name).toarray().tolist() == getattr(whole, name).toarray().tolist()


def test_a_day_apart_costs_nothing_and_five_more_a_factor_of_e():
    worth = worth_of_gap(np.array([0, -1, 6, 18, np.nan]))
    assert worth[:4].round(9).tolist() == [1, 1, round(np.exp(-1), 9), 0]
    assert np.isnan(worth[4])


def test_an_unknown_date_costs_only_where_dates_tell_articles_apart():
    assert worth_of_unknown(np.full(4, np.nan)) == 1
    assert worth_of_unknown(np.array([3.0, 3.5, 4.0, np.nan])) == 1
    years = np.append(np.arange(0, 3000, 10.0), np.full(300, np.nan))
    assert worth_of_unknown(years) == pytest.approx(1 - event_nearest.UNDATED / 2, abs=0.01)


@pytest.mark.parametrize("span", [20, 200])
def test_blocks_windows_and_spans_find_what_all_pairs_give(monkeypatch, span):
    monkeypatch.setattr(event_nearest, "BLOCK", 7)
    monkeypatch.setattr(event_nearest, "SPAN", span)
    random = np.random.default_rng(0)
    vectors = random.random((60, 12)) ** 4
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    days = np.sort(np.where(random.random(60) < 0.2, np.nan, random.integers(0, 90, 60)))
    worth = worth_of_gap(days[:, None] - days)
    worth = np.where(np.isnan(worth), worth_of_unknown(days), worth)
    wanted = vectors @ vectors.T * worth
    wanted[wanted < event_nearest.LEAST_LIKENESS] = 0
    np.fill_diagonal(wanted, 0)
    found = find_nearest(sparse.csr_array(vectors), days)
    np.testing.assert_allclose(found.toarray(), wanted, atol=1e-12)
    for row in range(60):
        near = found.data[found.indptr[row] : found.indptr[row + 1]]
        assert near.tolist() == sorted(near, reverse=True)


def test_each_article_keeps_its_nearest_over_all_spans(monkeypatch):
    monkeypatch.setattr(event_nearest, "BLOCK", 7)
    monkeypatch.setattr(event_nearest, "SPAN", 20)
    monkeypatch.setattr(event_nearest, "NEAREST", 5)
    vectors = np.random.default_rng(0).random((60, 12))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0)
    found = find_nearest(sparse.csr_array(vectors), np.full(60, np.nan))
    assert np.diff(found.indptr).tolist() == [5] * 60
    nearest = np.argsort(-likeness, axis=1)[:, :5]
    assert found.indices.reshape(60, 5).tolist() == nearest.tolist()
    either = np.zeros((60, 60), dtype=bool)
    either[np.repeat(np.arange(60), 5), nearest.ravel()] = True
    pairs = np.triu(either | either.T)
    np.testing.assert_array_equal(pair_up(found).toarray() > 0, pairs)


def test_cosines_of_a_window_are_those_of_all_pairs_in_it():
    random = np.random.default_rng(1)
    vectors = random.random((200, 20)) * (random.random((200, 20)) < 0.5)
    matrix, window = sparse.csr_array(vectors), Window(10, 40, first=5, last=120)
    terms = by_columns(sparse.csr_array(vectors[50:]))
    rows, others, cosines = cosines_in_window(by_rows(matrix), terms, window, 0.9)
    wanted = vectors @ vectors[50:].T
    inside = np.zeros(wanted.shape, bool)
    inside[10:40, 5:120] = True
    assert len(rows) > 64 * 30  # more than there was room for at first
    np.testing.assert_array_equal((rows, others), np.nonzero(inside & (wanted >= 0.9)))
    np.testing.assert_allclose(cosines, wanted[rows, others])


def test_dates_are_days_and_may_be_missing():
    articles = frame("a", "b", published=pd.to_datetime(["1970-01-03 12:00", None]))
    np.testing.assert_array_equal(days_of(articles), [2.5, np.nan])
    np.testing.assert_array_equal(days_of(frame("a")), [np.nan])
