"""Events that an outlet passed over."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare.coverage_events import find_passed_over
from analysis.corpus.schema import DataError


def build(rows):
    """Give articles from (outlet, event, day of January)."""
    frame = pd.DataFrame(rows, columns=["outlet", "event_id", "day"])
    days = pd.to_datetime("2026-01-01") + pd.to_timedelta(frame["day"] - 1, unit="D")
    return frame.assign(article_id=[f"a{n}" for n in range(len(frame))], published=days)


SHARED = [(outlet, f"e{day}", day) for day in range(1, 9) for outlet in "ABCD"]
LACKING = [row for row in SHARED if row != ("D", "e5", 5)]


def test_an_event_that_the_others_cover():
    found = find_passed_over(build(LACKING))
    assert len(found) == 1
    row = found.iloc[0]
    assert (row["outlet"], row["event_id"], row["state"]) == ("D", "e5", "passed over")
    assert (row["n_with"], row["n_others"]) == (3, 3)
    assert row["n_around"] == 6  # days 2 to 8 without the 5th
    assert 0 < row["chance"] < 0.5


def test_a_gap_is_no_choice():
    gaps = pd.DataFrame(
        {
            "outlet": ["D"],
            "first": [pd.Timestamp("2026-01-05")],
            "last": [pd.Timestamp("2026-01-06")],
        }
    )
    found = find_passed_over(build(LACKING), gaps=gaps)
    assert found["state"].tolist() == ["not collected"]
    assert found["chance"].isna().all()


def test_outlets_in_a_gap_do_not_count_among_the_others():
    rows = [row for row in SHARED if row not in {("D", "e5", 5), ("C", "e5", 5)}]
    gaps = pd.DataFrame(
        {
            "outlet": ["C"],
            "first": [pd.Timestamp("2026-01-05")],
            "last": [pd.Timestamp("2026-01-05")],
        }
    )
    found = find_passed_over(build(rows), gaps=gaps).set_index("outlet")
    assert found.loc["D", ["state", "n_with", "n_others"]].tolist() == ["passed over", 2, 2]
    assert found.loc["C", "state"] == "not collected"


def test_an_event_of_one_outlet_is_not_passed_over():
    found = find_passed_over(build([("A", "e1", 1), ("B", "e2", 2)]))
    assert found.empty
    assert "chance" in found.columns


def test_an_event_without_dates_cannot_be_judged():
    articles = build(LACKING)
    articles.loc[articles["event_id"] == "e5", "published"] = pd.NaT
    assert find_passed_over(articles)["state"].tolist() == ["not collected"]


def test_outlets_that_write_more_pass_over_less_by_chance():
    random = np.random.default_rng(0)
    size = {"A": 0.9, "B": 0.8, "C": 0.6, "D": 0.2}
    rows = [
        (outlet, f"e{day}", day)
        for day in range(1, 120)
        for outlet, share in size.items()
        if random.random() < share
    ]
    found = find_passed_over(build(rows))
    mean = found.groupby("outlet")["chance"].mean()
    assert mean["A"] < mean["D"]
    # as many events are passed over as the chances let expect, over all
    assert found["chance"].between(0, 1).all()


def test_gaps_of_another_kind_are_refused():
    with pytest.raises(DataError, match="gaps lacks the column 'first'; pass what find_gaps"):
        find_passed_over(build(SHARED), gaps=pd.DataFrame({"outlet": ["A"]}))
