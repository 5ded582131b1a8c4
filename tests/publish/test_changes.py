"""What changed between two issues, against numbers that can be checked by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.publish.changes import (
    describe_health,
    describe_method,
    describe_outlets,
    describe_term_moves,
    find_moves,
    match_topics,
)

ON = ["outlet", "term"]


def rows(*given: tuple[str, float, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(given, columns=["term", "estimate", "low", "high"])
    return frame.assign(outlet="Herald", q=0.01)


def test_a_move_is_where_two_intervals_do_not_meet():
    before = rows(("up", 0.5, 0.0, 1.0), ("meets", 0.5, 0.0, 1.0), ("down", 3.0, 2.8, 3.2))
    after = rows(("up", 3.0, 2.5, 3.5), ("meets", 1.4, 0.9, 1.9), ("down", -1.0, -1.4, -0.6))
    moves = find_moves(before, after, on=ON)
    assert moves["term"].tolist() == ["down", "up"]
    assert moves["moved"].tolist() == [-4.0, 2.5]
    assert moves["p_moved"][0] == pytest.approx(0, abs=1e-12)
    told = describe_term_moves(moves, before, after)
    assert told[1] == (
        "“up” in Herald: 20 times as often as in the others (95 % interval 12 to 33), "
        "1.6 times in the issue before (95 % interval 1.0 to 2.7)."
    )


def test_what_was_a_finding_in_neither_issue_does_not_move():
    before, after = rows(("x", 0.0, -0.1, 0.1)), rows(("x", 2.0, 1.9, 2.1))
    assert len(find_moves(before, after, on=ON)) == 1
    assert find_moves(before.assign(q=0.2), after.assign(q=0.2), on=ON).empty


def test_a_row_without_a_bound_does_not_move():
    before, after = rows(("x", 2.0, 1.9, np.inf)), rows(("x", 8.0, 7.0, np.inf))
    assert find_moves(before, after, on=ON).empty


def test_among_chance_alone_few_rows_move():
    random = np.random.default_rng(0)
    moved = 0
    for _ in range(40):
        estimates = random.normal(0, 1, (2, 300))
        frames = [
            pd.DataFrame({"term": np.arange(300).astype(str), "estimate": e}).assign(
                outlet="Herald", q=0.01, low=lambda t: t["estimate"] - 1.96,
                high=lambda t: t["estimate"] + 1.96,
            )
            for e in estimates
        ]  # fmt: skip
        moved += not find_moves(*frames, on=ON).empty
    assert moved <= 6  # of 40 runs, 2 expected


def test_topics_are_matched_by_their_terms():
    before = pd.DataFrame(
        {"topic": [0, 0, 1, 1], "term": ["sea", "ship", "school", "pupil"], "weight": 1.0}
    )
    after = pd.DataFrame(
        {"topic": [0, 0, 1, 1], "term": ["school", "pupil", "wheat", "mill"], "weight": 1.0}
    )
    assert match_topics(before, after) == {1: 0}
    assert match_topics(before, pd.DataFrame()) == {}


def test_a_change_of_method_is_told_apart():
    old = {"versions": {"numpy": "2.3"}, "parameters": {"a": 1}, "code": "x"}
    assert describe_method(old, old) == []
    (said,) = describe_method(old, {"versions": {"numpy": "2.4"}, "parameters": {}, "code": "y"})
    assert said.startswith("The method changed since the issue before (numpy 2.3 → 2.4 and param")
    (said,) = describe_method(old, old | {"code": "y"})
    assert "(the package's code)" in said


def test_outlets_and_health_are_compared():
    outlets = [pd.DataFrame({"outlet": names}) for names in (["A", "B"], ["B", "C"])]
    assert describe_outlets(*outlets) == ["New in this issue: C.", "No longer in it: A."]
    columns = ["level", "check", "outlet", "what"]
    before = pd.DataFrame([("qualifies", "gap", "A", "A has a gap.")], columns=columns)
    after = pd.DataFrame([("qualifies", "step", "B", "B doubled.")], columns=columns)
    assert describe_health(before, after) == [
        "New about the corpus: B doubled.",
        "No longer a remark about the corpus: gap (A).",
    ]
    assert describe_health(before, before) == []
