"""Whether the outlets' articles are from the same time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.check.findings import BLOCKS, FINE, QUALIFIES, Finding
from analysis.wording import day, plural

FEWEST = 10  # dated articles from which on an outlet has a usual time of its own
FEWEST_TO_OVERLAP = 3  # one or two articles have no period
FEWEST_OF_ALL = 4  # of three dates, two may be the far ones
# A period leaves out a twentieth at either end, where single stray dates lie.
TRIMMED, TRIMMED_FROM = 0.05, 20
LEAST_OVERLAP = 0.5  # below, more of a comparison is between times than between outlets
# In median distances from the median day; a month where all articles are of one week.
FAR, LEAST_DISTANCE = 10.0, pd.Timedelta(days=30)
# A day of breaking news holds less of two weeks than half.
ONE_DAY_SHARE, SHORTEST_SPAN = 0.5, pd.Timedelta(days=14)

Period = tuple[pd.Timestamp, pd.Timestamp]


def period_of(dates: pd.Series) -> Period:
    """Give the first and last day of the bulk of some dates, none of which is missing."""
    tail = TRIMMED if len(dates) >= TRIMMED_FROM else 0.0
    first, last = quantile(dates, tail), quantile(dates, 1 - tail)
    return first.floor("D"), last.floor("D") + pd.Timedelta(days=1)


def quantile(dates: pd.Series, share: float) -> pd.Timestamp:
    """Give the date below which a share of the dates lies, one that is among them."""
    return pd.Timestamp(dates.quantile(share, interpolation="nearest"))  # type: ignore[arg-type]


def check_overlap(measured: pd.DataFrame) -> list[Finding]:
    """Find outlets whose articles are from another time than those of the others.

    The overlap of an outlet is the lesser of two shares: of its articles inside the period of at
    least one half of the other outlets, and of the others' articles inside its own period.
    """
    check = "overlap of periods"
    dated = measured.dropna(subset=["published"])
    groups = {str(name): rows["published"] for name, rows in dated.groupby("outlet", sort=True)}
    groups = {name: dates for name, dates in groups.items() if len(dates) >= FEWEST_TO_OVERLAP}
    periods = {name: period_of(dates) for name, dates in groups.items()}
    dated = dated[dated["outlet"].isin(groups)]
    found, overlaps = [], {}
    for name, own in periods.items():
        others = [period for other, period in periods.items() if other != name]
        if not others:
            continue
        rest = dated.loc[dated["outlet"] != name, "published"]
        times = np.sum([groups[name].between(*other, inclusive="left") for other in others], axis=0)
        within = float(np.mean(times >= len(others) / 2))
        overlaps[name] = min(within, float(((rest >= own[0]) & (rest < own[1])).mean()))
        if overlaps[name] < LEAST_OVERLAP:
            found.append(_apart(name, own, period_of(rest), overlaps[name]))
    if found or not overlaps:
        return found or [Finding(FINE, check, "No two outlets have enough dates to compare.")]
    least = min(overlaps, key=lambda name: overlaps[name])
    what = f"The outlets' periods overlap: by {overlaps[least]:.0%} of articles or more ({least})."
    return [Finding(FINE, check, what)]


def _apart(name: str, own: Period, rest: Period, overlap: float) -> Finding:
    spans = [f"{day(a)} to {day(b - pd.Timedelta(days=1))}" for a, b in (own, rest)]
    what = (
        f"The bulk of {name} is from {spans[0]}, that of the others from {spans[1]}: they overlap "
        f"by {overlap:.0%} of articles."
    )
    return Finding(
        BLOCKS if overlap == 0 else QUALIFIES,
        "overlap of periods",
        what,
        "terms, topics, coverage",
        "compare the days that all outlets share: news of another time is other news",
        name,
        (),
        "have articles of another time than the others",
        f"{overlap:.0%} overlap",
    )


def check_stray_dates(measured: pd.DataFrame) -> list[Finding]:
    """Find articles dated far from the rest, and days that hold most of an outlet.

    The rest is the outlet, or the whole corpus for outlets of fewer than ten dated articles. Far is
    ten times the median distance from the median day, and a month at least.
    """
    dated = measured.dropna(subset=["published"])
    found = []
    for name, rows in dated.groupby("outlet", sort=True):
        many = len(rows) >= FEWEST
        rest = rows if many else dated
        far = _far(rows, rest["published"]) if len(rest) >= FEWEST_OF_ALL else rows.head(0)
        if len(far):
            found.append(_stray(str(name), far, rest["published"]))
        if many:
            found += _one_day(str(name), rows)
    what = "No article is dated far from the rest, no day holds most of an outlet."
    return found or [Finding(FINE, "stray dates", what)]


def _far(rows: pd.DataFrame, rest: pd.Series) -> pd.DataFrame:
    middle = rest.median()
    reach = max(FAR * (rest - middle).abs().median(), LEAST_DISTANCE)
    return rows[(rows["published"] - middle).abs() > reach]


def _stray(name: str, far: pd.DataFrame, rest: pd.Series) -> Finding:
    are = "is" if len(far) == 1 else "are"
    first, last = day(far["published"].min()), day(far["published"].max())
    when = first if first == last else f"{first} to {last}"
    what = (
        f"{plural(len(far), 'article')} of {name} {are} dated far from the rest: {when}; half of "
        f"the rest lies between {day(quantile(rest, 0.25))} and {day(quantile(rest, 0.75))}."
    )
    remedy = "look at these dates: an update or a default may have taken the place of publication"
    return Finding(
        QUALIFIES, "stray dates", what, "coverage", remedy, name, tuple(far["article_id"]),
        "have articles dated far from the rest", f"{len(far):,}",
    )  # fmt: skip


def _one_day(name: str, rows: pd.DataFrame) -> list[Finding]:
    days = rows["published"].dt.floor("D")
    busiest = days.mode().iloc[0]
    on_it = rows[days == busiest]
    span = days.max() - days.min()
    if len(on_it) < ONE_DAY_SHARE * len(rows) or span < SHORTEST_SPAN:
        return []
    what = (
        f"{len(on_it):,} of {plural(len(rows), 'article')} of {name} are dated {day(busiest)}, the "
        f"others lie in {span.days:,} days around it."
    )
    remedy = "look whether this is the day of collection and not of publication"
    ids = tuple(on_it["article_id"])
    return [Finding(QUALIFIES, "stray dates", what, "coverage", remedy, name, ids)]
