"""Gaps in an outlet's days, and sudden jumps in its number of articles."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.check.findings import FINE, QUALIFIES, Finding, percent
from analysis.check.periods import period_of
from analysis.wording import day, plural

ACTIVE_DAYS = 10  # fewer days with articles have no rhythm that a gap could break
LEAST_GAP = 4  # days; three are a long weekend
GAP_CHANCE = 0.01  # one healthy outlet in a hundred may show a gap
WEEKS_APART = 4  # on either side of a jump; one event does not fill four weeks
# Outlets differ in a factor of two from month to month, and chance hardly makes four sigmas. If
# the others rise half as much again, there was more news.
JUMP_TIMES, JUMP_SIGMAS, OTHERS_TIMES = 3.0, 4.0, 1.5
SPIKE_TIMES, SPIKE_ARTICLES = 10, 20  # events double or triple a day, a crawl's backlog does more


def check_days(measured: pd.DataFrame) -> list[Finding]:
    """Find gaps, steps and spikes in the outlets' articles a day.

    Parameters
    ----------
    measured
        With ``outlet`` and ``published``.
    """
    dated = measured.dropna(subset=["published"])
    by_outlet = dated.groupby("outlet", sort=True)["published"]
    per_day = {str(name): count_days(dates) for name, dates in by_outlet}
    weeks = {name: sum_weeks(days) for name, days in per_day.items()}
    found = [one for name, days in per_day.items() for one in _gaps(name, days)]
    found += [one for name in per_day for one in (_step(name, weeks), _spike(name, dated)) if one]
    n_days = {len(days) for days in per_day.values()}
    what = (
        f"No gap, step or spike beyond chance, in periods of {min(n_days)} to {max(n_days)} days."
        if n_days
        else "No article has a date."
    )
    return found or [Finding(FINE, "articles a day", what)]


def count_days(dates: pd.Series) -> pd.Series[int]:
    """Count the articles of each day of the bulk of an outlet's period."""
    first, after = period_of(dates)
    counts = dates.dt.floor("D").value_counts()
    every = pd.date_range(first, after, freq="D", inclusive="left")
    days: pd.Series[int] = counts.reindex(every, fill_value=0)
    return days


def _gaps(name: str, days: pd.Series[int]) -> list[Finding]:
    found = []
    for first, length in long_gaps(days):
        last = first + pd.Timedelta(days=length - 1)
        active = int((days > 0).sum())
        what = (
            f"{name} has no article for {plural(length, 'day')}, {day(first)} to {day(last)}, "
            f"though it has some on {percent(active, len(days) - length)} of the other days."
        )
        remedy = "look whether these days were collected; leave them out for all outlets if not"
        found.append(
            Finding(
                QUALIFIES, "gap", what, "coverage", remedy, name,
                (), "have gaps", f"{plural(length, 'day')} from {day(first)}",
            )
        )  # fmt: skip
    return found


def long_gaps(days: pd.Series[int]) -> list[tuple[pd.Timestamp, int]]:
    """Find runs of days without an article that chance does not make.

    If a share s of the days outside the run has articles, and days were independent, a run of g
    empty days would begin somewhere in D days with a chance of at most D (1 - s) ** g. Days and not
    articles are counted, so that a burst on one day proves no rhythm.

    Returns
    -------
    list
        First day and length of each.
    """
    empty = (days == 0).to_numpy()
    n_active = int((~empty).sum())
    if n_active < ACTIVE_DAYS:
        return []
    steps = np.diff(empty.astype(np.int8), prepend=0, append=0)
    found = []
    for start, end in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True):
        length = int(end - start)
        idle = 1 - n_active / (len(days) - length)
        if length >= LEAST_GAP and len(days) * idle**length < GAP_CHANCE:
            found.append((pd.Timestamp(days.index[int(start)]), length))
    return found


def _step(name: str, weekly: dict[str, pd.Series[int]]) -> Finding | None:
    weeks = weekly[name]
    best: tuple[float, pd.Timestamp, float, float] | None = None
    for at in range(WEEKS_APART, len(weeks) - WEEKS_APART + 1):
        before, after = _sides(weeks, at)
        low, high = sorted((before, after))
        noise = JUMP_SIGMAS * np.sqrt(max(high, 1.0) / WEEKS_APART)
        if high < JUMP_TIMES * max(low, 1.0) or high - low < noise:
            continue
        date = weeks.index[at]
        others = [_factor(its, date) for other, its in weekly.items() if other != name]
        news = np.median([factor for factor in others if factor] or [1.0])
        factor = max(after, 1.0) / max(before, 1.0)
        along = news if factor > 1 else 1 / news
        if along < OTHERS_TIMES and (best is None or abs(np.log(factor)) > best[0]):
            best = (abs(np.log(factor)), date, before, after)
    if best is None:
        return None
    what = (
        f"From {day(best[1])} on, {name} has {best[3]:.0f} articles in the median week, before it "
        f"{best[2]:.0f}; the other outlets show no such step."
    )
    remedy = "look whether the collection changed on that day; compare before and after apart"
    return Finding(QUALIFIES, "step", what, "coverage", remedy, name)


def sum_weeks(days: pd.Series[int]) -> pd.Series[int]:
    """Sum up whole weeks, counted from the first day."""
    whole = days.iloc[: len(days) // 7 * 7]
    sums = whole.to_numpy().reshape(-1, 7).sum(axis=1)
    return pd.Series(sums, index=whole.index[::7])


def _sides(weeks: pd.Series[int], at: int) -> tuple[float, float]:
    before, after = weeks.iloc[at - WEEKS_APART : at], weeks.iloc[at : at + WEEKS_APART]
    return float(before.median()), float(after.median())


def _factor(weeks: pd.Series[int], date: pd.Timestamp) -> float:
    """Give by how much another outlet's week grows at a date; 0 where it has too few weeks."""
    at = int(weeks.index.searchsorted(date))
    if not WEEKS_APART <= at <= len(weeks) - WEEKS_APART:
        return 0.0
    before, after = _sides(weeks, at)
    return max(after, 1.0) / max(before, 1.0)


def _spike(name: str, dated: pd.DataFrame) -> Finding | None:
    rows = dated[dated["outlet"] == name]
    days = rows["published"].dt.floor("D")
    counts = days.value_counts().sort_index()
    usual, most = float(counts.median()), int(counts.max())
    if len(counts) < ACTIVE_DAYS or most < max(SPIKE_ARTICLES, SPIKE_TIMES * usual):
        return None
    busiest = counts.idxmax()
    what = (
        f"{name} has {most:,} articles on {day(busiest)}, on the median day with any {usual:.0f}."
    )
    remedy = "look whether this is the day of collection and not of publication"
    ids = tuple(rows.loc[days == busiest, "article_id"])
    return Finding(QUALIFIES, "spike", what, "coverage", remedy, name, ids)
