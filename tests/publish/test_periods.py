"""Which days an issue is about."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.schema import DataError
from analysis.publish.periods import find_period, read_rule, read_timezone

ZONE = ZoneInfo("UTC")


def find(rule, moment, *, zone=ZONE, since=None):
    return find_period(rule, now=moment, timezone=zone, since=since)


@pytest.mark.parametrize(
    ("rule", "label", "words"),
    [
        ("all", "all", "all articles"),
        ("last_week", "2026-w01", "29 December 2025 to 4 January 2026"),
        ("last_month", "2025-12", "1 to 31 December 2025"),
        ("since_last", "2026-01-02-to-2026-01-06", "2 to 6 January 2026"),
        ((date(2026, 1, 5), date(2026, 1, 6)), "2026-01-05-to-2026-01-05", "5 January 2026"),
    ],
)
def test_each_rule_gives_whole_days(rule, label, words):
    period = find(rule, datetime(2026, 1, 7, 9, tzinfo=UTC), since=date(2026, 1, 2))
    assert (period.label, period.words) == (label, words)


def test_days_begin_in_the_time_zone_of_the_site():
    late = datetime(2026, 1, 4, 23, 30, tzinfo=UTC)  # Monday already in Berlin
    assert find("last_week", late).label == "2025-w52"
    berlin = find("last_week", late, zone=ZoneInfo("Europe/Berlin"))
    assert berlin.label == "2026-w01"
    dates = pd.Series(pd.to_datetime(["2025-12-28 22:59", "2025-12-28 23:00", None]))
    assert berlin.holds(dates).tolist() == [False, True, False]


def test_nothing_is_due_before_a_whole_day_has_passed():
    assert find("since_last", datetime(2026, 1, 7, 9, tzinfo=UTC), since=date(2026, 1, 7)) is None
    assert find("since_last", datetime(2026, 1, 7, 9, tzinfo=UTC)) is None


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_weeks_are_seven_days_that_end_before_now(moment):
    period = find("last_week", moment)
    assert (period.end - period.start).days == 7
    assert period.start.weekday() == 0
    assert period.end <= moment.date()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("weekly", "period is 'weekly'; write one of all, last_week"),
        ({"from": date(2026, 1, 5)}, "the first and the last day"),
        ({"from": "5 January", "to": date(2026, 1, 6)}, "the first and the last day"),
        ({"from": date(2026, 1, 6), "to": date(2026, 1, 5)}, "ends .* before it begins"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused(given, message):
    with pytest.raises(DataError, match=message):
        read_rule(given, "site.yml")


def test_an_unknown_time_zone_is_refused():
    with pytest.raises(DataError, match=r"no time zone 'Mars/Base'; write one like Europe/Berlin"):
        read_timezone("Mars/Base", "site.yml")
