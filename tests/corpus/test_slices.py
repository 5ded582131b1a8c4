"""A large corpus is cleaned in slices of time, and what is not in one slice with it changes no article."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlets import make_outlets

from analysis.corpus import slices
from analysis.corpus.clean import clean
from analysis.corpus.slices import slice_articles

MOST = 10


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(slices, "MOST_TOGETHER", MOST)
    monkeypatch.setattr(slices, "OUTLETS_TOGETHER", 4)


def made(days, outlets):
    dates = pd.Timestamp("2026-01-01") + pd.to_timedelta(days, unit="D")
    return pd.DataFrame({"published": dates, "outlet": outlets})


numbers = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 12)), st.integers(0, 30)), max_size=80
)


@given(rows=numbers)
def test_every_article_is_in_one_slice_of_bounded_size(rows):
    slices.MOST_TOGETHER, slices.OUTLETS_TOGETHER = MOST, 4  # the fixture is not for every example
    articles = made([day for day, _ in rows], [f"o{outlet}" for _, outlet in rows])
    parts = slice_articles(articles)
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(articles)))
    assert all((np.diff(part) > 0).all() for part in parts)
    assert max(map(len, parts)) <= MOST * 1.5
    assert (len(parts) == 1) == (len(articles) <= MOST) or len(articles) <= MOST * 1.5
    if len(rows) and len({outlet for _, outlet in rows}) <= 4 and len(parts) > 1:
        assert min(map(len, parts)) >= MOST // 2


def test_days_stay_whole_and_are_filled_from_the_first_on():
    days = np.repeat([3, 1, 0, 2, 4, 5], [4, 5, 3, 5, 5, 4])
    parts = slice_articles(made(days, "Herald"))
    assert [sorted(set(days[part].tolist())) for part in parts] == [[0, 1], [2, 3], [4, 5]]


def test_further_days_change_the_last_slice_only():
    days = np.repeat(range(12), 4)
    before = slice_articles(made(days[:40], "Herald"))
    after = slice_articles(made(days, "Herald"))
    for one, other in zip(before[:-1], after, strict=False):
        assert one.tolist() == other.tolist()


def test_a_larger_day_and_articles_without_a_date_are_cut():
    dated = made(np.zeros(25, int), "Herald")
    undated = dated.drop(columns="published")
    for articles in (dated, undated, undated.assign(published="soon")):
        parts = slice_articles(articles)
        assert [part.tolist() for part in parts] == [
            list(range(10)), list(range(10, 25))
        ]  # fmt: skip
    last = slice_articles(made([None] * 5 + [1] * 10, "Herald"))
    assert [part.tolist() for part in last] == [list(range(15))]


def test_an_outlet_is_in_one_group():
    outlets = [f"o{n}" for n in range(40)] * 5
    parts = slice_articles(made(np.arange(200) // 40, outlets))
    of_first = {row % 40 for row in parts[0].tolist()}
    assert len(of_first) <= 10
    groups = [frozenset(row % 40 for row in part.tolist()) for part in parts]
    assert all(one == other or not one & other for one in groups for other in groups)


def test_slices_are_cleaned_as_if_there_was_nothing_else(monkeypatch):
    articles = make_outlets()
    articles["published"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(
        np.arange(len(articles)) % 3, unit="D"
    )
    monkeypatch.setattr(slices, "MOST_TOGETHER", 16)
    parts = slice_articles(articles)
    assert len(parts) == 3
    found = clean(articles)
    alone = [clean(articles.iloc[rows]) for rows in parts]
    assert found.articles["article_id"].tolist() == articles["article_id"].tolist()
    for name in ("articles", "removed", "rejected"):
        frames = [getattr(one, name).set_index("article_id") for one in alone]
        joined = getattr(found, name).set_index("article_id")
        pd.testing.assert_frame_equal(
            joined.sort_index(kind="stable"), pd.concat(frames).sort_index(kind="stable")
        )
    assert len(found.removed)
    order = pd.Index(articles["article_id"]).get_indexer(found.removed["article_id"])
    assert (np.diff(order) >= 0).all()
    for one in alone:
        for name, text in zip(one.articles["article_id"], one.articles["text"], strict=True):
            assert found.locate(name, 0, len(text)) == one.locate(name, 0, len(text))


def test_outlets_and_dates_of_any_kind_are_taken():
    articles = made([None] * 30, [3, None, "Herald"] * 10)
    for some in (articles, articles.drop(columns="outlet"), articles[["outlet"]]):
        assert sum(map(len, slice_articles(some))) == 30
