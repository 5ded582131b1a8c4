"""Selection and framing: values by hand, an independent sum, and corpora where one is absent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.spatial.distance import jensenshannon

from analysis.compare.divergence import Told, deal_sides, framing, framing_without, selection
from analysis.compare.grouping import count_within
from analysis.compare.selection import add_topic, compare_selection
from analysis.compare.topics import fit_topics
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts

TERMS = 120


def counts(rows, outlets, events):
    matrix = sparse.csr_matrix(np.array(rows))
    articles = pd.DataFrame(
        {"article_id": [f"a{n}" for n in range(len(rows))], "outlet": outlets, "event_id": events}
    )
    terms = np.array([f"w{n:03d}" for n in range(matrix.shape[1])])
    return Counts(matrix, articles, terms, np.asarray(matrix.sum(axis=1)).ravel())


def make(seed, *, select=0.0, frame=0.0, n_events=40):
    """Two outlets: `select` moves what they cover, `frame` every word that they use."""
    random = np.random.default_rng(seed)
    usual = random.dirichlet(np.full(TERMS, 0.5))
    shift = np.exp(frame * np.where(np.arange(TERMS) % 2, 1, -1))
    rows, outlets, events = [], [], []
    for event in range(n_events):
        about = random.dirichlet(usual * TERMS + 1e-3)
        for outlet, sign in (("Gazette", 1), ("Herald", -1)):
            liked = 1.5 * np.exp(sign * select * (1 if event % 2 else -1))
            for _ in range(random.poisson(liked)):
                words = about * shift**sign
                words = random.dirichlet(60 * words / words.sum() + 1e-6)
                rows.append(random.multinomial(random.integers(60, 240), words))
                outlets.append(outlet)
                events.append(f"e{event}")
    return counts(rows, outlets, events)


def both(table):
    rows = table.drop_duplicates("part").set_index("part")
    return rows.loc["selection"], rows.loc["framing"]


def test_selection_by_hand_and_by_scipy():
    own = np.array([True, True, False, False])
    told = Told(own, np.array([0, 0, 1, 1]), sparse.csr_array((4, 0)))
    assert selection(told, own[None])[0] == pytest.approx(1)
    even = np.array([True, False, True, False])
    assert selection(told, even[None])[0] == pytest.approx(0)
    three = np.array([True, False, True, True])
    wanted = jensenshannon([1 / 3, 2 / 3], [1, 0], base=2) ** 2
    assert selection(told, three[None])[0] == pytest.approx(wanted)


def test_framing_takes_the_same_mix_of_events_on_both_sides():
    # Event 0: two articles against one, event 1: one against one; weights 2/3 and 1/2.
    own = np.array([True, True, False, True, False])
    words = sparse.csr_array(np.array([[1, 0], [0, 1], [0, 1], [1, 0], [0.5, 0.5]]))
    told = Told(own, np.array([0, 0, 0, 1, 1]), words)
    a, b = 4 / 7, 3 / 7
    here, there = [a / 2 + b, a / 2], [b / 2, a + b / 2]
    wanted = jensenshannon(here, there, base=2) ** 2
    assert framing(told, own[None])[0] == pytest.approx(wanted)


def test_what_is_covered_alone_is_no_framing():
    # Each event has its own word, which both outlets use; they only cover them unequally.
    own = np.array([True, True, True, False, True, False, False, False])
    events = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    told = Told(own, events, sparse.csr_array(np.eye(2)[events]))
    assert framing(told, own[None])[0] == pytest.approx(0)
    assert selection(told, own[None])[0] > 0.15


def test_framing_without_a_fold_is_that_of_the_other_articles():
    random = np.random.default_rng(1)
    events = np.sort(random.integers(0, 9, 80))
    words = sparse.csr_array(random.dirichlet(np.full(12, 0.3), 80).round(2))
    told = Told(random.random(80) < 0.5, events, words)
    deals = np.array([told.own, *deal_sides(told.own, events, 5, 0)])
    fold = np.array([2, 0, 1, 2, 0, 1, 2, 0, 0])[events]
    found = framing_without(told, deals, fold)
    for number in range(3):
        kept = fold != number
        np.testing.assert_allclose(found[number], framing(told.take(kept), deals[:, kept]))
    assert (framing_without(told, deals, np.zeros(80, int)) == 0).all()  # nothing is left


def test_sides_are_dealt_inside_events():
    random = np.random.default_rng(1)
    own, events = random.random(200) < 0.3, random.integers(0, 20, 200)
    deals = deal_sides(own, events, 50, seed=0)
    for event in range(20):
        assert (deals[:, events == event].sum(axis=1) == own[events == event].sum()).all()
    assert (deals != own).any(axis=1).all()
    np.testing.assert_array_equal(deals, deal_sides(own, events, 50, seed=0))


@pytest.mark.parametrize(("select", "frame"), [(0, 0), (1, 0), (0, 0.4), (1, 0.4)])
def test_each_part_is_found_where_it_is_and_only_there(select, frame):
    tables = [both(compare_selection(make(s, select=select, frame=frame))) for s in range(6)]
    for number, planted in enumerate((select, frame)):
        rows = pd.DataFrame([pair[number] for pair in tables])
        if planted:
            assert (rows["p"] <= 0.05).all()
            assert (rows["low"] > 0).all()
        else:
            assert (rows["p"] <= 0.05).sum() <= 1
            assert abs(rows["estimate"].mean()) < 3 * rows["estimate"].std() / np.sqrt(6)


def test_halves_of_one_outlet_do_not_differ():
    whole = make(7, select=1, frame=0.4)
    one = whole.take_articles((whole.articles["outlet"] == "Gazette").to_numpy())
    p = []
    for seed in range(30):
        random = np.random.default_rng(seed)
        halves = np.where(random.random(len(one.articles)) < 0.5, "A", "B")
        dealt = replace(one, articles=one.articles.assign(outlet=halves))
        p += compare_selection(dealt, seed=seed).drop_duplicates("part")["p"].tolist()
    assert np.mean(np.array(p) <= 0.05) <= 0.1
    assert 0.3 < np.mean(p) < 0.7


def test_framing_does_not_grow_with_the_articles_of_one_side():
    estimates = []
    for seed in range(8):
        full = make(seed, frame=0.4, n_events=60)
        random = np.random.default_rng(seed)
        is_herald = (full.articles["outlet"] == "Herald").to_numpy()
        fewer = full.take_articles(~is_herald | (random.random(len(is_herald)) < 0.5))
        estimates.append([both(compare_selection(some))[1]["estimate"] for some in (full, fewer)])
    full, fewer = np.mean(estimates, axis=0)
    assert fewer == pytest.approx(full, rel=0.2)


def test_pairs_count_their_own_articles_and_lone_events_are_left_out():
    rows = np.full((9, 3), 4)
    given = counts(rows, list("ABABABCAB"), ["x", "x", "y", "y", "v", "v", "z", "z", None])
    table = compare_selection(given, against="each").set_index(["outlet", "other", "part"])
    ab = table.loc[("A", "B", "framing")]
    assert (ab["n_articles"], ab["n_articles_rest"], ab["n_events"]) == (3, 3, 3)
    assert ab["n_left_out"] == 1
    assert ab["estimate"] == pytest.approx(0)
    assert np.isnan(table.loc[("B", "C", "framing"), "estimate"])
    assert np.isnan(table.loc[("B", "C", "framing"), "q"])


def test_the_table_is_the_same_twice_and_the_counts_are_not_changed():
    given = make(3, frame=0.3)
    before = given.articles.copy()
    pd.testing.assert_frame_equal(compare_selection(given), compare_selection(given))
    pd.testing.assert_frame_equal(given.articles, before)


def test_articles_get_their_strongest_topic():
    given = make(2)
    topics = fit_topics(given, 2)
    found = add_topic(given, topics).articles
    wanted = topics.strongest.map(topics.labels)
    assert found["topic"].tolist() == wanted.loc[found["article_id"]].tolist()
    assert compare_selection(add_topic(given, topics), within="topic")["p"].notna().all()


def test_errors_say_what_is_wrong():
    given = make(0, n_events=3)
    with pytest.raises(DataError, match="against='all' is unknown"):
        compare_selection(given, against="all")
    with pytest.raises(DataError, match="within='story' is not a column"):
        compare_selection(given, within="story")


def test_articles_with_and_without_a_counterpart_are_counted():
    articles = pd.DataFrame({"outlet": list("AABBBC"), "event_id": ["x", "y", "x", "x", "", None]})
    table = count_within(articles).set_index("outlet")
    assert table["articles"].tolist() == [2, 3, 1]
    assert table["compared"].tolist() == [1, 2, 0]
    assert table["left_out"].tolist() == [1, 1, 1]
    assert table["events"].tolist() == [2, 1, 0]
    assert table["shared_events"].tolist() == [1, 1, 0]
