"""Gaps, steps and spikes: told where they are planted, and not where chance makes them."""

import numpy as np
import pandas as pd
import pytest

from analysis.check.days import check_days, count_days, long_gaps


def dates_of(per_day: list[int], first: str = "2026-01-01") -> list[pd.Timestamp]:
    days = pd.date_range(first, periods=len(per_day))
    return list(np.repeat(days, per_day))


def check(measure, **per_day):
    dates = {name: dates_of(counts) for name, counts in per_day.items()}
    flat = [date for of_outlet in dates.values() for date in of_outlet]
    return check_days(measure({name: len(d) for name, d in dates.items()}, published=flat))


def test_a_week_without_an_article_of_a_daily_paper_is_a_gap(measure):
    (found,) = check(measure, A=[3] * 30 + [0] * 7 + [3] * 30, B=[3] * 67)
    assert (found.level, found.check, found.outlet) == ("qualifies", "gap", "A")
    assert found.what == (
        "A has no article for 7 days, 31 January 2026 to 6 February 2026, though it has some on "
        "100% of the other days."
    )


def test_long_weekends_and_rare_articles_are_no_gaps():
    weekends = ([2] * 4 + [0] * 3) * 8
    assert long_gaps(count_days(pd.Series(dates_of(weekends)))) == []
    rare = ([1] + [0] * 6) * 20
    assert long_gaps(count_days(pd.Series(dates_of(rare)))) == []


@pytest.mark.parametrize("rate", [0.3, 1.0, 4.0])
def test_chance_makes_few_findings(measure, rate):
    random = np.random.default_rng(0)
    found = [
        one
        for _ in range(20)
        for one in check(measure, A=random.poisson(rate, 120), B=random.poisson(rate, 120))
    ]
    assert sum(one.level == "qualifies" for one in found) <= 1


def test_a_step_of_one_outlet_is_told(measure):
    (found,) = check(measure, A=[6] * 63 + [1] * 63, B=[3] * 126)
    assert (found.check, found.outlet) == ("step", "A")
    assert "A has 7 articles in the median week, before it 42" in found.what


def test_a_step_of_all_outlets_is_news(measure):
    (found,) = check(measure, A=[1] * 63 + [6] * 63, B=[1] * 63 + [6] * 63)
    assert found.level == "fine"


def test_a_day_of_ten_times_the_usual_is_told(measure):
    (found,) = check(measure, A=[2] * 20 + [40] + [2] * 20, B=[2] * 41)
    assert (found.check, found.outlet, len(found.articles)) == ("spike", "A", 40)
    assert "A has 40 articles on 21 January 2026" in found.what


def test_no_date_is_no_gap(measure):
    (found,) = check_days(measure({"A": 2}, published=[pd.NaT, pd.NaT]))
    assert found.what == "No article has a date."
