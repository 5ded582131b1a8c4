"""Agency copy is told with its numbers, and nothing is said to depend on it that does not."""

import math

import pandas as pd
import pytest

from analysis.report import wire
from analysis.report.overview import describe_corpus

ROW = {
    "outlet": "Herald",
    "term": "regime",
    "estimate": math.log(3.1),
    "low": math.log(1.9),
    "high": math.log(5.0),
    "count_rest": 50,
    "n_articles": 41,
    "articles": 212,
    "estimate_without": math.log(1.2),
    "low_without": math.log(0.8),
    "high_without": math.log(1.9),
    "count_rest_without": 48.0,
    "n_articles_without": 12.0,
    "articles_without": 180.0,
    "change": "shrinks",
}


def row(**changes: object) -> pd.Series:
    return pd.Series({**ROW, **changes})


@pytest.fixture
def labelled(articles: pd.DataFrame) -> pd.DataFrame:
    names = ["wire", "edited wire", "own", "own", "wire", *["own"] * 7]
    return articles.assign(
        wire=names, wire_agency=["AP", "AP", "", "", "Reuters", *[""] * 7], reused_share=0.0
    )


def test_a_corpus_says_how_much_is_agency_copy(labelled):
    assert wire.describe_wire(labelled) == [
        "Agency copy, by credits and shared text: 2 of 12 articles (Gazette 1 of 4; Herald 1 of 4).",
        "1 further article credits an agency with a part.",
    ]
    assert describe_corpus(labelled)[-2:] == wire.describe_wire(labelled)
    assert wire.describe_wire(labelled.assign(wire="own")) == [
        "No agency copy was found in 12 articles, by credits or shared text."
    ]


def test_repeats_are_told(labelled):
    twice = labelled.assign(copy_of=["", "h1", *[""] * 10])
    assert (
        wire.describe_wire(twice)[-1]
        == "1 article stands in the same outlet twice and counts once."
    )


def test_a_selection_says_what_it_left_out(labelled):
    parts = "2 of 12 articles (Gazette 1 of 4; Herald 1 of 4)."
    said = {
        choice: wire.describe_selection(labelled, wire=choice) for choice in ("exclude", "only")
    }
    assert said["exclude"] == [f"Agency copy is left out: {parts}"]
    assert said["only"] == [f"Agency copy alone is compared: {parts}"]
    assert wire.describe_selection(labelled, wire="include") == []
    assert wire.describe_selection(labelled.assign(wire="own"), wire="exclude") == [
        "Agency copy was to be left out; no article is labelled so."
    ]


def test_a_change_is_told_with_both_ratios_and_intervals():
    assert wire.describe_wire_change(row()) == (
        "Without agency copy Herald's “regime” is much smaller and no longer beyond chance: "
        "1.2 times as often as the others (95 % interval 0.8 to 1.9; 12 of 180 articles), with it "
        "3.1 times as often as the others (95 % interval 1.9 to 5.0; 41 of 212 articles)."
    )


def test_a_term_of_one_side_alone_has_no_ratio():
    only = row(count_rest=0, high=math.inf, change="changes sign")
    said = wire.describe_wire_change(only)
    assert said.startswith("Without agency copy Herald's “regime” turns round: 1.2 times")
    assert (
        "with it only there (95 % interval: at least 1.9 times as often; 41 of 212 articles)"
        in said
    )
    missing = {name: math.nan for name in ROW if name.endswith("_without")}
    assert wire.describe_wire_change(row(**missing, change="cannot be compared")) == (
        "Without agency copy Herald's “regime” cannot be compared, as a side has nothing else."
    )


def test_a_table_tells_the_clear_changes_and_lists_the_unsure_ones():
    table = pd.DataFrame(
        [
            row(change="stays"),
            row(term="junta"),
            row(term="ledger", change="less certain"),
            row(outlet="Gazette", term="state", change="less certain"),
        ]
    )
    said = wire.describe_wire_changes(table)
    assert said[0] == (
        "Still beyond chance without agency copy (false-discovery rate 5 %): 1 of 4 clearest terms."
    )
    assert said[1].startswith("Without agency copy Herald's “junta” is much smaller")
    assert said[2:] == [
        "About as large but no longer beyond chance: Gazette: “state”; Herald: “ledger”. "
        "Fewer articles alone can do that."
    ]
    assert len(wire.describe_wire_changes(table[table["change"] == "stays"])) == 1
    assert "none depends on agency copy" in wire.describe_wire_changes(table.head(0))[0]


def test_the_table_puts_changes_first_and_a_dash_where_nothing_is_left():
    missing = {name: math.nan for name in ROW if name.endswith("_without")}
    table = pd.DataFrame(
        [row(change="stays"), row(term="junta", **missing, change="cannot be compared")]
    )
    shown = wire.tabulate_wire_changes(table)
    assert shown["term"].tolist() == ["junta", "regime"]
    assert shown["times"].round(1).tolist() == [3.1, 3.1]
    assert shown["articles"].tolist() == ["41 of 212", "41 of 212"]
    assert shown["articles_without"].isna().tolist() == [True, False]
    assert shown["articles_without"].iloc[1] == "12 of 180"
    assert wire.tabulate_wire_changes(table.head(0)).empty
