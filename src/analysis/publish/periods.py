"""Which days an issue of a report is about, from one clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from analysis.corpus.schema import DataError
from analysis.wording import day

RULES = ("all", "last_week", "last_month", "since_last")
Rule = str | tuple[date, date]


@dataclass(frozen=True)
class Period:
    """Whole days in the site's time zone.

    Attributes
    ----------
    label
        Its part of an address, such as ``2017-w06``; labels sort by time within one rule.
    start, end
        The first day, and the day after the last; None: all articles, dated or not.
    timezone
        In which the days begin.
    """

    label: str
    start: date | None
    end: date | None
    timezone: ZoneInfo

    @property
    def words(self) -> str:
        """The days as readers write them: ``6 to 12 February 2017``."""
        if self.start is None or self.end is None:
            return "all articles"
        first, last = pd.Timestamp(self.start), pd.Timestamp(self.end - timedelta(days=1))
        if first == last:
            return day(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {day(last)}"
        if first.year == last.year:
            return f"{first.day} {first:%B} to {day(last)}"
        return f"{day(first)} to {day(last)}"

    def holds(self, published: pd.Series[pd.Timestamp]) -> pd.Series[bool]:
        """Mark the dates (UTC, without time zone) in the period; undated ones only in `all`."""
        if self.start is None or self.end is None:
            return pd.Series(True, index=published.index)
        bounds = [self._in_utc(edge) for edge in (self.start, self.end)]
        return (published >= bounds[0]) & (published < bounds[1])

    def _in_utc(self, edge: date) -> pd.Timestamp:
        moment = datetime.combine(edge, time(), tzinfo=self.timezone)
        return pd.Timestamp(moment.astimezone(UTC).replace(tzinfo=None))


def read_rule(given: object, origin: str) -> Rule:
    """Read what a site file says of a report's period.

    Raises
    ------
    DataError
        When it is neither one of `RULES` nor a mapping with the days ``from`` and ``to``.
    """
    if isinstance(given, str) and given in RULES:
        return given
    if isinstance(given, Mapping):
        return read_range(given, origin)
    raise DataError(
        f"{origin}: period is {given!r}; write one of {', '.join(RULES)}, "
        "or {from: 2026-01-05, to: 2026-01-11}"
    )


def read_range(given: Mapping[Any, Any], origin: str) -> tuple[date, date]:
    """Read the first and the last day of a range; give the first and the day after the last."""
    first, last = given.get("from"), given.get("to")
    if set(given) != {"from", "to"} or type(first) is not date or type(last) is not date:
        raise DataError(
            f"{origin}: period is {dict(given)!r}; write {{from: 2026-01-05, to: 2026-01-11}}, "
            "the first and the last day"
        )
    if first > last:
        raise DataError(f"{origin}: the period ends ({last}) before it begins ({first})")
    return first, last + timedelta(days=1)


def read_timezone(name: object, origin: str) -> ZoneInfo:
    """Find a time zone by its name, such as ``Europe/Berlin``."""
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DataError(
            f"{origin}: there is no time zone {name!r}; write one like Europe/Berlin, or UTC"
        ) from error


def find_period(
    rule: Rule, *, now: datetime, timezone: ZoneInfo, since: date | None
) -> Period | None:
    """Find the period that is due.

    Parameters
    ----------
    rule
        As `read_rule` gives it.
    now
        The moment of the run, with its time zone.
    timezone
        In which days and weeks begin; weeks are those of ISO 8601, from Monday.
    since
        For ``since_last``: the day after the last issue's last one, or of the first article.

    Returns
    -------
    Period or None
        None where no whole day has passed since the last issue.
    """
    today = now.astimezone(timezone).date()
    if isinstance(rule, tuple):
        return between(*rule, timezone)
    if rule == "all":
        return Period("all", None, None, timezone)
    if rule == "last_week":
        monday = today - timedelta(days=today.weekday())
        first = monday - timedelta(days=7)
        year, week, _ = first.isocalendar()
        return Period(f"{year}-w{week:02}", first, monday, timezone)
    if rule == "last_month":
        end = today.replace(day=1)
        start = (end - timedelta(days=1)).replace(day=1)
        return Period(f"{start:%Y-%m}", start, end, timezone)
    return between(since, today, timezone) if since is not None and since < today else None


def between(start: date, end: date, timezone: ZoneInfo) -> Period:
    """Give the period from a day to the day before another."""
    return Period(f"{start}-to-{end - timedelta(days=1)}", start, end, timezone)
