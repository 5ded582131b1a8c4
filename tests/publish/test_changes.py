"""What changed between two issues, against numbers that can be checked by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import pipeline
from analysis.publish.changes import (
    describe_changes,
    describe_health,
    describe_method,
    describe_naming_moves,
    describe_omission_moves,
    describe_outlets,
    describe_term_moves,
)
from analysis.publish.moves import NAMING, find_moves, match_topics, near_estimate
from analysis.publish.results import NAMES, compute_results, read_results, write_results

ON = ["outlet", "term"]
SYLLABLES = ["ba", "dor", "fel", "gim", "hul", "kas", "lem", "mor", "nit", "pol", "ras", "tur"]
LEXICON = """\
concepts:
- concept: who governs Kastria
  about: the people who rule it
  signals: Whether their rule is accepted.
  source: made up
  variants:
  - name: government
    forms: [government of Kastria]
    note: its own
  - name: regime
    forms: [regime of Kastria]
    note: its foes'
"""


def rows(*given: tuple[str, float, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(given, columns=["term", "estimate", "low", "high"])
    return frame.assign(outlet="Herald", p=0.001, q=0.01)


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


def test_the_halves_of_the_intervals_that_face_each_other_decide():
    before, after = rows(("x", 0.0, -np.inf, 0.5)), rows(("x", 2.0, 1.0, np.inf))
    frames = [before, after.assign(p=0.05)]  # of which p says no more than the end
    (_, up), (_, down) = (
        next(find_moves(*pair, on=ON).iterrows()) for pair in (frames, frames[::-1])
    )
    z = 2.0 * 1.959964 / np.hypot(1.0, 0.5)
    assert up["p_moved"] == pytest.approx(2 * stats.norm.sf(z), rel=1e-5)
    assert (down["moved"], down["p_moved"]) == (-2.0, up["p_moved"])


def test_few_articles_have_a_least_variance():
    before, after = rows(("x", 0.0, -0.1, 0.1)), rows(("x", 1.0, 0.9, 1.1))
    many, few = before.assign(n=400, m=400), after.assign(n=2, m=4)
    assert len(find_moves(many, few, on=ON)) == 1
    assert find_moves(many, few, on=ON, counted=("n", "m")).empty  # z = 1 / sqrt(1/2 + 1/4 + ...)
    ((_, row),) = find_moves(many, few.assign(n=200, m=400), on=ON, counted=("n", "m")).iterrows()
    z = 1 / np.sqrt(1 / 200 + 1 / 400 + 2 / 400)
    assert row["p_moved"] == pytest.approx(2 * stats.norm.sf(z), rel=1e-6)
    ((_, row),) = find_moves(many, few.assign(n=0, m=4), on=ON, counted=("n", "m")).iterrows()
    assert row["p_moved"] < 1e-20  # of none, the test's own p is better


def test_where_an_interval_has_one_end_the_estimate_is_taken_from_it_and_p():
    given = rows(("none", -8.0, -np.inf, -2.0), ("all", 8.0, 2.0, np.inf), ("both", 8.0, 2.0, 9.0))
    p = 2 * stats.norm.sf(5.0)  # z is 5 at 0 and 1.96 at 2, hence 0 at 2 + 1.96 * 2 / 3.04
    away = 2 + 1.959964 * 2 / (5 - 1.959964)
    assert near_estimate(given.assign(p=p)) == pytest.approx([-away, away, 8.0], rel=1e-6)
    close = rows(("none", -2.5, -np.inf, -2.0), ("unsure", -2.5, -np.inf, 0.1))
    assert near_estimate(close.assign(p=[p, 0.2])).tolist() == [-2.5, -2.5]


def test_among_chance_alone_few_rows_move():
    random = np.random.default_rng(0)
    moved = 0
    for _ in range(40):
        estimates = random.normal(0, 1, (2, 300))
        frames = [
            pd.DataFrame({"term": np.arange(300).astype(str), "estimate": e}).assign(
                outlet="Herald", p=0.001, q=0.01, low=lambda t: t["estimate"] - 1.96,
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


def test_names_and_omissions_are_told_in_points():
    before = pd.DataFrame([("own", -0.04, -0.2, 0.1)], columns=["voice", "estimate", "low", "high"])
    after = before.assign(estimate=0.7, low=0.5, high=0.8)
    names = [
        frame.assign(concept="ruling body", outlet="Herald", variant="regime", p=0.001, q=0.01)
        for frame in (before, after)
    ]
    (said,) = describe_naming_moves(find_moves(*names, on=NAMING))
    assert said == (
        "In its own words, Herald calls “ruling body” “regime” +70 points beside the others "
        "(95 % interval +50 to +80), -4 in the issue before (-20 to +10)."
    )
    left_out = [
        frame.assign(outlet="Herald", what="number", p=0.001, q=0.01) for frame in (before, after)
    ]
    (said,) = describe_omission_moves(find_moves(*left_out, on=["outlet", "what"]))
    assert said.startswith(
        "Of the items “number” in events that others cover too, Herald leaves out +70 points"
    )


VOCABULARY = [f"{first}{last}" for first in SYLLABLES for last in SYLLABLES]


def make_week(folder: Path, *, herald: str) -> Path:
    """Write a week in which the Gazette says government, and the Herald what is given."""
    random = np.random.default_rng(0)
    rows = []
    for number in range(40):
        for outlet, name in (("Gazette", "government"), ("Herald", herald)):
            words = random.choice(VOCABULARY, 60).astype(object)
            words[random.integers(5, 55)] = f"{name} of Kastria"
            text = ". ".join(" ".join(part).capitalize() for part in np.split(words, 6)) + "."
            day = 5 + number % 7
            rows.append((f"{outlet}{number}", outlet, f"2026-01-{day:02d}", text))
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "published", "text"])
    path = folder / "articles.csv"
    frame.assign(title=frame["article_id"], url="").to_csv(path, index=False)
    (folder / "naming.yml").write_text(LEXICON)
    return path


def test_a_name_that_an_outlet_changes_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "prepared_folder", lambda: tmp_path / "prepared")
    found = []
    for herald in ("government", "regime"):
        folder = tmp_path / herald
        folder.mkdir()
        path = make_week(folder, herald=herald)
        found.append(compute_results(pipeline.prepare(path), beside=path))
    write_results(found[1], tmp_path)
    again = read_results(tmp_path)
    assert set(again) == set(NAMES) == set(found[1])
    method = {"versions": {}, "parameters": {}, "code": "x"}
    said = describe_changes(found[0], again, old=method, new=method)
    names = [one for one in said if "calls “who governs Kastria”" in one]
    assert len(names) == 2  # “regime” stood nowhere before, and so has no interval there
    assert names[1].startswith(
        "In its own words, Herald calls “who governs Kastria” “government” -100 points"
    )
    assert any("“government” in Herald: 0.0" in one for one in said)
    same = describe_changes(found[1], again, old=method, new=method)
    assert same == ["No term moved beyond its interval since the issue before."]
