"""Outlets of the same time, and dates far from the rest."""

import pandas as pd

from analysis.check.periods import check_overlap, check_stray_dates


def days(first: str, number: int, step: int = 1) -> list[pd.Timestamp]:
    return list(pd.date_range(first, periods=number, freq=f"{step}D"))


def test_the_same_days_overlap(measure):
    dates = days("2026-01-01", 30) * 2
    (found,) = check_overlap(measure({"A": 30, "B": 30}, published=dates))
    assert found.level == "fine"


def test_times_that_do_not_meet_block(measure):
    dates = [*days("2026-01-01", 30), *days("2026-06-01", 30)]
    found = check_overlap(measure({"A": 30, "B": 30}, published=dates))
    assert [one.level for one in found] == ["blocks", "blocks"]
    assert "The bulk of A is from 2 January 2026 to 29 January 2026" in found[0].what
    assert "overlap by 0% of articles" in found[0].what


def test_a_short_stretch_of_a_long_time_qualifies(measure):
    dates = [*days("2026-01-01", 100), *days("2026-01-01", 100), *days("2026-02-01", 10)]
    (found,) = check_overlap(measure({"A": 100, "B": 100, "C": 10}, published=dates))
    assert (found.level, found.outlet) == ("qualifies", "C")


def test_one_or_two_articles_have_no_period(measure):
    dates = days("2020-01-01", 2, step=700)
    assert check_overlap(measure({"A": 1, "B": 1}, published=dates))[0].level == "fine"
    nothing = measure({"A": 1, "B": 1}, published=[pd.NaT, pd.NaT])
    assert check_overlap(nothing)[0].level == "fine"
    assert check_stray_dates(nothing)[0].level == "fine"


def test_a_date_far_from_the_rest_is_told(measure):
    dates = [*days("2026-01-01", 30), pd.Timestamp("1970-01-01"), *days("2026-01-01", 30)]
    (found,) = check_stray_dates(measure({"A": 31, "B": 30}, published=dates))
    assert (found.level, found.outlet, found.articles) == ("qualifies", "A", ("a30",))
    assert "1 article of A is dated far from the rest: 1 January 1970" in found.what


def test_small_outlets_are_held_against_the_corpus(measure):
    dates = [*days("2026-01-01", 3), pd.Timestamp("2029-01-01")]
    (found,) = check_stray_dates(measure({"A": 1, "B": 1, "C": 1, "D": 1}, published=dates))
    assert (found.outlet, found.articles) == ("D", ("a3",))


def test_a_day_that_holds_most_of_an_outlet_is_told(measure):
    dates = [*days("2026-01-01", 10, step=3), *days("2026-01-20", 1) * 10]
    (found,) = check_stray_dates(measure({"A": 20}, published=dates))
    assert found.what.startswith("10 of 20 articles of A are dated 20 January 2026")
    assert len(found.articles) == 10
