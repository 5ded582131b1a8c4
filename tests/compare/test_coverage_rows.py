"""Items against groups, against a plain reading of the definition."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare.coverage import compare_coverage
from analysis.compare.coverage_cells import make_cells
from analysis.compare.coverage_layout import Shared
from analysis.compare.coverage_rows import Layout
from analysis.compare.coverage_table import NUMBERS
from analysis.corpus.schema import DataError


@pytest.fixture
def corpus(monkeypatch):
    """Articles of four outlets on six events, some of them copies, and mentions at random."""
    random = np.random.default_rng(5)
    n = 60
    articles = pd.DataFrame(
        {
            "article_id": [f"a{row:02}" for row in range(n)],
            "outlet": random.choice(["Courier", "Echo", "Gazette", "Herald"], n),
            "event_id": random.choice([f"e{event}" for event in range(6)], n),
            "text": [f"{row:02} " + "word " * random.integers(5, 90) for row in range(n)],
            "truncated": random.choice(["", "", "", "notice of a paywall"], n),
        }
    )
    unit_of = dict(zip(articles["article_id"], random.integers(0, 45, n).tolist(), strict=True))
    monkeypatch.setattr(
        "analysis.compare.coverage_layout.find_units",
        lambda shown: shown["article_id"].map(unit_of).to_numpy(dtype=np.int64),
    )
    rows = random.integers(0, n, 900)
    items = pd.DataFrame(
        {
            "event_id": articles["event_id"].to_numpy()[rows],
            "kind": random.choice(["person", "claim", "number"], 900),
            "item": random.choice([f"item {number}" for number in range(9)], 900),
            "article_id": articles["article_id"].to_numpy()[rows],
            "start": random.integers(0, 9, 900),
            "end": 10,
            "near": random.random(900) < 0.3,
        }
    )
    return articles, items, unit_of


def sides(articles, unit_of, event_id, outlet):
    """Give the articles of an outlet on an event, and those of others that are no copies."""
    on = articles[articles["event_id"] == event_id]
    own = on[on["outlet"] == outlet]
    own_units = {unit_of[one] for one in own["article_id"]}
    return own, on[[unit_of[one] not in own_units for one in on["article_id"]]]


@pytest.mark.parametrize("at_once", [5, 1 << 18])
def test_rows_are_those_of_the_definition(corpus, monkeypatch, at_once):
    articles, items, unit_of = corpus
    monkeypatch.setattr("analysis.compare.coverage_table.AT_ONCE", at_once)  # a step is one item
    coverage = compare_coverage(articles, items=items)
    assert len(coverage) == len(items[["event_id", "kind", "item"]].drop_duplicates()) * 4
    for row in coverage.itertuples():
        own, other = sides(articles, unit_of, row.event_id, row.outlet)
        same = items[
            (items["event_id"] == row.event_id)
            & (items["kind"] == row.kind)
            & (items["item"] == row.item)
        ]
        mentions = same["article_id"].isin(own["article_id"]).sum()
        sure = same.loc[~same["near"] & same["article_id"].isin(other["article_id"]), "article_id"]
        expected = {
            "n_with": len({unit_of[one] for one in sure}),
            "n_others": len({unit_of[one] for one in other["article_id"]}),
            "n_articles": len({unit_of[one] for one in own["article_id"]}),
            "words": own["text"].map(lambda text: len(text.split())).sum(),
            "mentions": mentions,
        }
        absent = "truncated" if own["truncated"].ne("").any() else "not covered"
        state = "covered" if mentions else absent
        if own.empty:
            state, expected = "not collected", dict.fromkeys(NUMBERS, 0)
        assert row.state == state
        assert {name: getattr(row, name) for name in NUMBERS} == expected
        assert np.isnan(row.chance) == (own.empty or expected["n_with"] < 2)


def test_cells_are_those_of_the_definition(corpus):
    articles, items, unit_of = corpus
    shared = Shared.of(articles, "outlet")
    layout = Layout.of(shared, articles, items)
    rows, cells = make_cells(layout, shared)
    log_words = articles["text"].map(lambda text: np.log(len(text.split())))
    assert len(rows) > 100
    for number, row in enumerate(rows):
        pair = layout.pairs.loc[layout.pair[row]]
        event_id, outlet = layout.events[int(pair["event"])], layout.groups[int(pair["group"])]
        own, other = sides(articles, unit_of, event_id, outlet)
        longest = log_words[own.index].groupby(own["article_id"].map(unit_of)).max()
        lengths = np.sort(longest)[::-1] - log_words[other.index].mean()
        inside = cells.row == number
        assert cells.nth[inside].tolist() == list(range(len(longest)))
        assert cells.length[inside] == pytest.approx(lengths)
        _, kind, item = layout.items.loc[layout.item[row]]
        same = items[(items["event_id"] == event_id) & (items["kind"] == kind) & ~items["near"]]
        told = same.loc[same["item"] == item, "article_id"]
        told = told[told.isin(other["article_id"])]
        assert cells.mentions[inside] == pytest.approx(np.log(len(told) / told.nunique()))


def test_a_table_in_files_is_that_in_memory(corpus, monkeypatch):
    articles, items, _ = corpus
    whole = compare_coverage(articles, items=items)
    monkeypatch.setattr("analysis.text.on_disk.LEAST_BYTES", 0)
    monkeypatch.setattr("analysis.compare.repeated_names.LEAST_BYTES", 0)
    monkeypatch.setattr("analysis.compare.repeated_names.AT_ONCE", 7)
    in_files = compare_coverage(articles, items=items)
    pd.testing.assert_frame_equal(in_files, whole, check_dtype=False)


def test_names_are_strings_like_others(corpus):
    articles, items, _ = corpus
    turned = items.assign(kind=pd.Categorical(items["kind"], [*items["kind"].unique()][::-1]))
    coverage = compare_coverage(articles, items=turned)
    pd.testing.assert_frame_equal(coverage, compare_coverage(articles, items=items))
    names = coverage[["event_id", "kind", "item", "outlet", "state"]]
    assert (names.dtypes == "str").all()
    joined = coverage["kind"] + ": " + coverage["item"]
    assert joined[0] == f"{coverage['kind'][0]}: {coverage['item'][0]}"
    coverage.loc[0, "state"] = "unknown"
    assert coverage["state"].replace("covered", "told").max() == "unknown"


def test_items_of_another_event_than_their_article_are_refused(corpus):
    articles, items, _ = corpus
    strange = items.assign(event_id=items["event_id"].where(items.index != 7, "e99"))
    with pytest.raises(DataError, match="'e99', on which the article is not"):
        compare_coverage(articles, items=strange)
