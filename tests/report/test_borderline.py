"""The analyst's round trip: pairs to read, lines to paste, and a grouping that keeps to them."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import borderline_pairs, group_events
from analysis.corpus.schema import DataError
from analysis.report.borderline import describe_pairs, tabulate_pairs, write_overrides

TEXTS = [
    "The bridge at Ormvik fell and 14 people died, Mayor Brandhaug said on the bridge",
    "Mayor Brandhaug mourned 14 people after the bridge at Ormvik fell",
    "A dairy near Ormvik won the prize for cheese, 14 judges said",
]


def articles():
    return pd.DataFrame(
        {
            "article_id": ["a: 1", "it's", "007"],
            "outlet": ["Gazette", "Herald", ""],
            "published": pd.to_datetime(["2026-03-02", "2026-03-03", None]),
            "title": ["Bridge", "", "Cheese"],
            "text": TEXTS,
        }
    )


def test_what_is_pasted_is_what_later_runs_keep_to(tmp_path):
    events = group_events(articles())
    pairs = borderline_pairs(articles(), events)
    path = tmp_path / "overrides.yml"
    path.write_text(write_overrides(pairs), encoding="utf-8")
    decided = group_events(articles(), overrides=path)
    for _, pair in pairs.iterrows():
        now = decided[pair["article_id"]] == decided[pair["other_id"]]
        assert now != pair["together"]


def test_pairs_are_laid_out_with_outlet_date_title_and_the_line_to_paste():
    pairs = borderline_pairs(articles(), group_events(articles()))
    pair = pairs[pairs["article_id"].isin(["a: 1", "it's"]) & pairs["other_id"].ne("007")]
    row = tabulate_pairs(pair).iloc[0]
    assert {row["first"], row["second"]} == {"Gazette, 2026-03-02, Bridge", "Herald, 2026-03-03"}
    assert "ormvik" in row["shared"].split(", ")
    kind = "apart" if row["now"] == "one event" else "same"
    assert row["to change"].startswith(f"{kind}: ['")
    assert "'it''s'" in row["to change"]


def test_how_to_decide_is_said_with_numbers():
    pairs = borderline_pairs(articles(), group_events(articles()))
    first = describe_pairs(pairs, threshold=0.45)[0]
    joined = int(pairs["together"].sum())
    assert first.startswith(f"{len(pairs)} pair")
    assert f"threshold of 0.45: {joined} of one event, {len(pairs) - joined} of two." in first
    assert describe_pairs(pairs.head(0), threshold=0.45) == [
        "No two articles are alike enough for a small change to join or part them."
    ]


def test_another_frame_is_refused():
    with pytest.raises(DataError, match="the pairs lack 'article_id'; pass what borderline_pairs"):
        tabulate_pairs(pd.DataFrame())
