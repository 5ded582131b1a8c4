"""Coverage in sentences and tables."""

import pandas as pd
import pytest

from analysis.report.coverage import describe_coverage, describe_habits, describe_passed_over
from analysis.report.coverage_tables import (
    tabulate_coverage,
    tabulate_habits,
    tabulate_omissions,
    tabulate_passed_over,
)

LABELS = pd.Series({"e1": "school bomb <b>"})


def build(states, chances):
    rows = [
        ("e1", "person", f"Item {n}", outlet, state, chance, 3, 4, 1, 200, int(state == "covered"))
        for n, (pair, both) in enumerate(zip(states, chances, strict=True))
        for outlet, state, chance in zip(("Herald", "Gazette"), pair, both, strict=True)
    ]
    columns = [
        "event_id", "kind", "item", "outlet", "state", "chance", "n_with", "n_others",
        "n_articles", "words", "mentions",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def test_a_small_corpus_says_that_nothing_is_surprising():
    coverage = build([("covered", "not covered")] * 2, [(0.5, 0.4), (0.5, 0.4)])
    assert describe_coverage(coverage) == [
        "2 items of 1 event stand in articles of two outlets or more.",
        "Where two independent articles of others have an item, an outlet with articles on the "
        "event leaves it out in 2 of 4 cases (50%).",
        "None would be surprising: no chance of leaving an item out is below 5%, the articles are "
        "too few or too short.",
    ]


@pytest.mark.parametrize(
    ("missed", "told"), [(0, "as many as"), (40, "as many as"), (90, "more than"), (10, "fewer than")]
)  # fmt: skip
def test_surprising_omissions_are_held_against_their_chances(missed, told):
    n = 1000 if missed else 20
    states = [("covered", "not covered" if row < missed else "covered") for row in range(n)]
    said = describe_coverage(build(states, [(0.5, 0.04)] * n))[2]
    assert f"{missed:,} omission" in said
    assert f"{told} the chances let expect (about {n * 0.04:.0f} in {n:,} such cases)" in said


def test_truncated_cases_are_counted():
    said = describe_coverage(build([("covered", "truncated")], [(0.5, 0.1)]))
    assert said[-1].startswith("1 case cannot be judged")


def test_nothing_to_infer():
    coverage = build([("covered", "not covered")], [(float("nan"), float("nan"))])
    assert describe_coverage(coverage)[-1].startswith("Nothing can be inferred")


HABIT = {
    "outlet": "Herald", "what": "person", "estimate": 0.25, "low": 0.1, "high": 0.4, "p": 0.001,
    "q": 0.01, "left_out": 30, "expected": 20.0, "n_cells": 40, "n_events": 9,
}  # fmt: skip


def test_a_habit_is_told_with_its_interval():
    assert describe_habits(pd.DataFrame([HABIT])) == [
        "Herald leaves out people more often than other outlets on the same events (75% of 40 "
        "items, 50% expected; 95 % interval of the difference from other outlets +10 to +40 "
        "points; 9 events)."
    ]


def test_no_interval_no_claim():
    unsure = pd.DataFrame([{**HABIT, "low": -0.1}, {**HABIT, "q": 0.2}])
    assert describe_habits(unsure) == [
        "No outlet keeps leaving out any kind of item: none of 2 comparisons differs by more than "
        "chance allows (false-discovery rate 5 %)."
    ]
    assert describe_habits(unsure.head(0))[0].startswith("Nothing can be inferred")


def passed(chance, state="passed over"):
    day = pd.Timestamp("2026-01-05")
    return pd.DataFrame(
        {
            "event_id": ["e1"], "first": [day], "last": [day], "outlet": ["Herald"],
            "state": [state], "chance": [chance], "n_with": [5], "n_others": [6], "n_around": [12],
        }
    )  # fmt: skip


def test_events_passed_over():
    assert describe_passed_over(passed(0.03), LABELS) == [
        "Herald has no article on “school bomb <b>” (5 January 2026), which 5 of 6 other outlets "
        "cover (chance 3%; 12 articles of its own in these days)."
    ]
    assert "the smallest chance is 30%" in describe_passed_over(passed(0.3), LABELS)[0]
    gone = describe_passed_over(passed(float("nan"), "not collected"), LABELS)
    assert gone[0] == "No outlet passed over an event that two others cover."
    assert gone[1].startswith("1 case without an article is not counted")


def test_tables():
    coverage = build([("covered", "not covered"), ("covered", "covered")], [(0.5, 0.4), (0.5, 0.4)])
    table = tabulate_coverage(coverage, "e1")
    assert list(table.columns) == ["item", "kind", "Gazette", "Herald", "told_by"]
    assert table["item"].tolist() == ["Item 1", "Item 0"]
    assert table["Gazette"].tolist() == ["yes", "no"]
    omissions = tabulate_omissions(coverage[coverage["state"] == "not covered"], LABELS)
    assert omissions.iloc[0].tolist() == [
        "Gazette", "Item 0", "person", "school bomb <b>", "3 of 4", 0.4, 1, 200,
    ]  # fmt: skip
    assert tabulate_passed_over(passed(0.3), LABELS)["covered_by"].tolist() == ["5 of 6"]
    habits = tabulate_habits(pd.DataFrame([HABIT]))
    assert habits[["what", "share_left_out"]].iloc[0].tolist() == ["people", 0.75]
