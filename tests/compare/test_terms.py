"""What compare_terms gives, refuses, and must not depend on."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from analysis.compare import contrasts, terms
from analysis.compare.grouping import group_articles
from analysis.compare.terms import compare_terms
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts

NUMBERS = ["estimate", "low", "high", "p", "q"]
COLUMNS = ["term", *NUMBERS, "count", "n_articles", "count_rest", "n_articles_rest"]


def counts_of(articles):
    vectorizer = CountVectorizer()
    matrix = vectorizer.fit_transform(articles["text"]).tocsr()
    lengths = np.asarray(matrix.sum(axis=1)).ravel().astype(np.int64)
    return Counts(matrix, articles, vectorizer.get_feature_names_out(), lengths)


def made_up(uses, outlets, **columns):
    articles = pd.DataFrame({"outlet": outlets, **columns})
    articles.insert(0, "article_id", [f"a{number}" for number in range(len(articles))])
    terms = np.array([f"t{number}" for number in range(uses.shape[1])], dtype=object)
    lengths = uses.sum(axis=1).astype(np.int64) + 50
    return Counts(sparse.csr_matrix(uses), articles, terms, lengths)


@pytest.fixture
def two():
    """Two outlets of 20 articles, 30 terms of which the first is the Herald's."""
    random = np.random.default_rng(0)
    uses = random.poisson(random.gamma(0.5, 1, (40, 30)))
    uses[:20, 0] += 2
    return made_up(uses, np.repeat(["Herald", "Gazette"], 20), event_id=np.tile(np.arange(20), 2))


def test_counts_of_the_hand_made_corpus(articles):
    table = compare_terms(counts_of(articles))
    assert list(table.columns) == ["outlet", *COLUMNS, "n_days", "articles", "articles_rest"]
    row = table.set_index(["outlet", "term"]).loc[("Herald", "regime")]
    assert row[["count", "n_articles", "count_rest", "n_articles_rest"]].tolist() == [3, 2, 0, 0]
    assert row[["n_days", "articles", "articles_rest"]].tolist() == [2, 4, 8]
    assert row["estimate"] > 0
    assert row["high"] == np.inf
    # Two of the twelve articles hold it: both fall among the Herald's four in 45 of 495 deals,
    # in 22 of which the other two are as long as h3 and h4 at most.
    assert row["p"] == pytest.approx(22 / 495)
    left = table.set_index(["outlet", "term"]).loc[("Herald", "left")]
    assert left[["count", "n_articles", "n_days"]].tolist() == [2, 2, 1]


def test_every_group_and_term_has_a_row_without_gaps(articles):
    counts = counts_of(articles)
    table = compare_terms(counts)
    assert len(table) == 3 * len(counts.terms)
    assert not table.duplicated(["outlet", "term"]).any()
    assert not table.isna().any(axis=None)
    assert (table["q"] >= table["p"] - 1e-15).all()
    assert table["estimate"].between(table["low"], table["high"]).all()


def test_the_surest_difference_stands_first(two):
    table = compare_terms(two)
    assert table["term"].tolist()[:2] == ["t0", "t0"]
    assert table["q"].is_monotonic_increasing
    nearest = np.maximum(np.maximum(table["low"], -table["high"]), 0)
    assert (nearest.groupby(table["q"]).diff().dropna() <= 0).all()


def test_counts_are_not_changed(two):
    before = two.matrix.copy(), two.articles.copy()
    compare_terms(two, within="event_id")
    assert (before[0] != two.matrix).nnz == 0
    pd.testing.assert_frame_equal(before[1], two.articles)


def test_called_twice_gives_the_same_bytes(two):
    one, other = compare_terms(two), compare_terms(two)
    assert one.to_csv() == other.to_csv()


@pytest.mark.parametrize("within", [None, "event_id"])
def test_order_of_the_articles_does_not_matter(two, within):
    order = np.random.default_rng(1).permutation(40)
    keys = ["outlet", "term"]
    one, other = (
        compare_terms(counts, within=within).set_index(keys).sort_index()
        for counts in (two, two.take_articles(order))
    )
    pd.testing.assert_frame_equal(one, other, rtol=1e-12, atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(
    uses=arrays(np.int64, (18, 4), elements=st.integers(0, 6)),
    own=arrays(np.bool_, 18),
    within=st.sampled_from([None, "event_id"]),
)
def test_exchanging_the_groups_mirrors_the_result(uses, own, within):
    own[:6] = [True, False] * 3
    event = np.arange(18) // 2
    tables = []
    for names in (["Herald", "Gazette"], ["Gazette", "Herald"]):
        counts = made_up(uses, np.where(own, *names), event_id=event)
        tables.append(compare_terms(counts, within=within).set_index(["outlet", "term"]))
    one, other = (table.sort_index() for table in tables)
    np.testing.assert_allclose(one["estimate"], -other["estimate"], atol=1e-9)
    np.testing.assert_allclose(one["low"], -other["high"], atol=1e-9)
    np.testing.assert_allclose(one[["p", "q"]], other[["p", "q"]], atol=1e-9)
    assert not one.isna().any(axis=None)
    assert ((one["p"] < 0.05) == ((one["low"] > 0) | (one["high"] < 0))).all()


def test_words_always_side_by_side_have_the_same_numbers(two):
    uses = two.matrix.toarray()
    twins = made_up(np.hstack([uses, uses[:, :1]]), two.articles["outlet"])
    table = compare_terms(twins).set_index(["outlet", "term"])[NUMBERS]
    for outlet in ("Herald", "Gazette"):
        one, other = table.loc[(outlet, "t0")], table.loc[(outlet, "t30")]
        np.testing.assert_allclose(one, other, atol=1e-12)


def test_a_word_of_one_article_is_no_evidence():
    uses = np.zeros((40, 2), dtype=int)
    uses[0, 0], uses[:20, 1] = 20, 1
    table = compare_terms(made_up(uses, np.repeat(["Herald", "Gazette"], 20)))
    p = table[table["outlet"] == "Herald"].set_index("term")["p"]
    assert p["t0"] > 0.3
    assert p["t1"] < 1e-9


def test_within_compares_only_events_that_hold_both_sides():
    outlets = ["Herald", "Gazette", "Herald", "Gazette", "Herald", "Gazette", "Gazette"]
    uses = np.array([[2], [0], [3], [1], [9], [5], [7]])
    events = ["x", "x", "y", "y", "z", "", None]
    table = compare_terms(made_up(uses, outlets, event_id=events), within="event_id")
    row = table.set_index("outlet").loc["Herald"]
    assert row[["count", "count_rest", "n_articles", "n_articles_rest"]].tolist() == [5, 1, 2, 1]
    assert row[["n_events", "articles", "articles_rest"]].tolist() == [2, 2, 2]


def test_a_group_that_shares_no_event_gets_no_answer():
    outlets = ["Herald", "Gazette", "Herald", "Gazette", "Courier"]
    uses = np.array([[2], [0], [3], [1], [9]])
    counts = made_up(uses, outlets, event_id=["x", "x", "y", "y", "z"])
    row = compare_terms(counts, within="event_id").set_index("outlet").loc["Courier"]
    assert row[NUMBERS].tolist() == [0, -np.inf, np.inf, 1, 1]


def test_each_pair_is_compared_as_if_alone(articles):
    counts = counts_of(articles)
    pairs = compare_terms(counts, against="each")
    assert list(pairs.columns[:3]) == ["outlet", "other", "term"]
    assert sorted(set(zip(pairs["outlet"], pairs["other"], strict=True))) == [
        ("Courier", "Gazette"),
        ("Courier", "Herald"),
        ("Gazette", "Herald"),
    ]
    assert (pairs["count"] + pairs["count_rest"] > 0).all()
    rows = np.flatnonzero(counts.articles["outlet"] != "Herald")
    alone = compare_terms(counts.take_articles(rows)).query("outlet == 'Courier'")
    of_pair = pairs.query("other == 'Gazette'").set_index("term")
    alone = alone.set_index("term").loc[of_pair.index]
    pd.testing.assert_frame_equal(of_pair[["estimate", "p"]], alone[["estimate", "p"]])


def test_one_article_an_outlet_tells_nothing():
    uses = np.array([[5, 0, 1], [0, 3, 1], [0, 0, 1]])
    for n_outlets in (2, 3):
        table = compare_terms(
            made_up(uses[:n_outlets], ["Herald", "Gazette", "Courier"][:n_outlets])
        )
        assert (table["q"] > 0.3).all()
        assert np.isinf(table[["low", "high"]]).all(axis=None)


def test_a_single_article_leaves_the_interval_open():
    uses = np.ones((30, 1), dtype=int)
    uses[0] = 12
    row = (
        compare_terms(made_up(uses, ["Herald"] + ["Gazette"] * 29))
        .set_index("outlet")
        .loc["Herald"]
    )
    assert row["p"] == pytest.approx(1 / 30)
    assert row[["low", "high"]].tolist() == [-np.inf, np.inf]


def test_another_column_can_be_compared(two):
    two.articles["leaning"] = np.tile(["left", "right"], 20)
    table = compare_terms(two, by="leaning")
    assert sorted(table["leaning"].unique()) == ["left", "right"]
    assert "outlet" not in table


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "outlte"}, r"by='outlte' is not a column of counts.articles \(it has: article_id"),
        ({"within": "event"}, r"within='event' is not a column .*it has: .*event_id"),
        ({"against": "all"}, r"against='all' is unknown \(it can be: rest, each\)"),
        ({"within": "article_id"}, "none of the 40 values of 'article_id' has articles of two gr"),
    ],
)
def test_arguments_that_do_not_fit(two, arguments, message):
    with pytest.raises(DataError, match=message):
        compare_terms(two, **arguments)


def test_one_group_only():
    with pytest.raises(DataError, match="all 2 articles have the same outlet, 'Herald'"):
        compare_terms(made_up(np.ones((2, 1), dtype=int), ["Herald", "Herald"]))


@pytest.mark.parametrize("name", ["", "  ", None])
def test_a_group_without_a_name(name):
    counts = made_up(np.ones((3, 1), dtype=int), ["Herald", name, "Gazette"])
    with pytest.raises(
        DataError, match=r"1 of 3 articles have no outlet, .* row 1 \(article_id 'a1'"
    ):
        compare_terms(counts)


def test_no_terms(two):
    with pytest.raises(
        DataError, match="the counts of 40 articles hold no terms to compare; lower"
    ):
        compare_terms(two.take_terms(np.zeros(30, dtype=bool)))


@pytest.mark.parametrize("arguments", [{}, {"within": "event_id"}, {"against": "each"}])
def test_blocks_of_terms_do_not_matter(two, monkeypatch, arguments):
    outlets = np.tile(["Herald", "Gazette", "Courier", "Mirror"], 10)
    four = made_up(two.matrix.toarray(), outlets, event_id=np.repeat(np.arange(10), 4))
    for counts in (two, four):
        monkeypatch.undo()
        at_once = compare_terms(counts, **arguments)
        monkeypatch.setattr(contrasts, "CELLS_AT_ONCE", 16)
        pd.testing.assert_frame_equal(at_once, compare_terms(counts, **arguments), rtol=1e-12)


def test_inside_many_events_some_terms_are_compared_at_a_time(monkeypatch):
    random = np.random.default_rng(5)
    uses = random.poisson(0.04, (300, 80))
    events = np.repeat(np.arange(100), 3)
    outlets = np.tile(["Herald", "Gazette", "Courier"], 100)
    counts = made_up(uses, outlets, event_id=events)
    monkeypatch.setattr(contrasts, "FEW_CELLS", 1000)
    at_once = compare_terms(counts, within="event_id")
    monkeypatch.setattr(contrasts, "ENTRIES_AT_ONCE", counts.matrix.nnz // 4 + 1)
    rows = contrasts.Rows(counts, group_articles(counts, by="outlet", within="event_id"), [(0, 1)])
    assert [block.stop - block.start for block in rows.blocks(1)] == [20] * 4
    pd.testing.assert_frame_equal(at_once, compare_terms(counts, within="event_id"), rtol=0)


def test_names_and_terms_are_strings(two):
    table = compare_terms(two)
    assert table["outlet"].dtype == table["term"].dtype == "str"
    assert "Gazette t0" in set(table["outlet"] + " " + table["term"])


@pytest.mark.parametrize("against", ["rest", "each"])
def test_of_very_many_rows_only_those_are_listed_that_say_something(monkeypatch, against):
    random = np.random.default_rng(3)
    rates = random.gamma(0.3, 1, 150)
    uses = random.poisson(rates, (120, 150))
    uses[:30, :5] += random.poisson(2, (30, 5))
    counts = made_up(uses, np.repeat(["Herald", "Gazette", "Courier", "Post"], 30))
    every = compare_terms(counts, against=against)
    monkeypatch.setattr(terms, "MOST_ROWS", 100)
    some = compare_terms(counts, against=against)
    lacks = every["count"] == 0
    if against == "each":
        lacks |= every["count_rest"] == 0
    listed = every[~lacks | (every["p"] < 0.05)]
    assert 100 < len(some) < len(every)
    assert (every["q"] <= 0.05).sum() > 3
    keys = [name for name in ("outlet", "other", "term") if name in every]
    one, other = (table.set_index(keys).sort_index() for table in (listed, some))
    pd.testing.assert_frame_equal(one.drop(columns="q"), other.drop(columns="q"))
    assert (other["q"] >= one["q"]).all()
    np.testing.assert_allclose(other["q"], one["q"], rtol=0.02)
    announced = one["q"] <= 0.05
    np.testing.assert_allclose(other.loc[announced, "q"], one.loc[announced, "q"], rtol=1e-9)
