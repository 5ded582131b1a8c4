"""Which events an outlet passed over, though others covered them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.compare.coverage_chance import Cells, Longs, Mask, chances, fit_chances
from analysis.compare.coverage_layout import NOT_COLLECTED
from analysis.corpus.schema import DataError, check_articles
from analysis.text.wire_selection import is_repeat

PASSED_OVER = "passed over"
FEWEST_WITH = 2  # other outlets that covered an event
AROUND = pd.Timedelta(days=3)  # an outlet's articles from so long before to after an event count
COLUMNS = ["event_id", "first", "last", "state", "chance", "n_with", "n_others", "n_around"]
GAP_COLUMNS = ("first", "last")


def find_passed_over(
    articles: pd.DataFrame, *, gaps: pd.DataFrame | None = None, by: str = "outlet"
) -> pd.DataFrame:
    """Find the events that at least two outlets covered, for each outlet that did not.

    Parameters
    ----------
    articles
        One row per article: ``article_id``, ``event_id``, ``published`` and the `by` column.
    gaps
        What ``find_gaps`` gives: the `by` column, ``first``, ``last`` (days that were not
        collected). Left out, every outlet counts as collected on all days.
    by
        Column with the groups.

    Returns
    -------
    pandas.DataFrame
        A row per event and group without an article on it: ``event_id, first, last`` (days of its
        articles), the `by` column, ``state`` (``"passed over"`` or ``"not collected"``: a day of
        the event is in a gap of the group, or no article on the event has a date), ``chance`` (of
        having no article on it for a group with as many articles in these days, if it chose like
        the others; missing where not collected), ``n_with, n_others`` (other groups that were
        collected then: those with an article on it, and all) and ``n_around`` (articles of the
        group from three days before to three days after). The most surprising first.

    Raises
    ------
    DataError
        When a column is missing or an ``article_id`` is not unique.

    Notes
    -----
    The chance is fitted as in ``compare_coverage``, events being the items and a group's articles
    around the event its length.

    Misleads when an outlet's article on an event was not recognised as such (look at
    ``borderline_pairs``), and when only a part of an outlet was collected, such as one section.
    """
    check_articles(articles, needs=("event_id", "published", by))
    gaps = check_gaps(gaps, by)
    once = articles.loc[~is_repeat(articles), ["event_id", "published", by]]
    days = once["published"].dt.floor("D")
    known = pd.DataFrame(
        {
            "event_id": once["event_id"].array,
            "group": once[by].astype("str").array,
            "day": days.array,
        }
    )
    events = known.groupby("event_id", sort=False).agg(
        first=("day", "min"), last=("day", "max"), n_groups=("group", "nunique")
    )
    events = events[events["n_groups"] >= FEWEST_WITH]
    if events.empty:
        return pd.DataFrame(columns=[*COLUMNS[:3], by, *COLUMNS[3:]])
    table = cross(events, known, gaps.rename(columns={by: "group"}))
    table["chance"] = np.nan
    able = table["collected"] & (table["n_with"] >= FEWEST_WITH)
    if able.any():
        cells = cells_of(table[able])
        theta = fit_chances(cells, ~table.loc[able, "covers"].to_numpy(), n_kinds=1)
        table.loc[able, "chance"] = chances(theta, cells)
    found = table[~table["covers"] & (able | ~table["collected"])]
    state = np.where(found["collected"], PASSED_OVER, NOT_COLLECTED)
    found = found.assign(state=state).rename(columns={"group": by})
    found = found.sort_values(
        ["state", "chance", "n_with", "event_id", by],
        ascending=[False, True, False, True, True], kind="stable",
    )  # fmt: skip
    return found[[*COLUMNS[:3], by, *COLUMNS[3:]]].reset_index(drop=True)


def check_gaps(gaps: pd.DataFrame | None, by: str) -> pd.DataFrame:
    """Refuse what is not a frame of gaps."""
    if gaps is None:
        return pd.DataFrame(columns=[by, *GAP_COLUMNS])
    for name in (by, *GAP_COLUMNS):
        if name not in gaps.columns:
            raise DataError(f"gaps lacks the column {name!r}; pass what find_gaps gives")
    return gaps


def cross(events: pd.DataFrame, known: pd.DataFrame, gaps: pd.DataFrame) -> pd.DataFrame:
    """Put every event against every group: who covers it, who was collected, how much it wrote."""
    groups = pd.DataFrame({"group": sorted(known["group"].unique())})
    table = events.reset_index().merge(groups, how="cross")
    covers = pd.MultiIndex.from_frame(known[["event_id", "group"]].drop_duplicates())
    table["covers"] = pd.MultiIndex.from_frame(table[["event_id", "group"]]).isin(covers)
    table["collected"] = table["covers"] | (table["first"].notna() & ~in_gaps(table, gaps))
    table["n_around"] = count_around(table, known)
    by_event = table[table["collected"]].groupby("event_id")["covers"].agg(["sum", "size"])
    totals = by_event.reindex(table["event_id"])
    table["n_with"] = totals["sum"].to_numpy() - table["covers"].to_numpy(dtype=int)
    table["n_others"] = totals["size"].to_numpy() - table["collected"].to_numpy(dtype=int)
    return table


def in_gaps(table: pd.DataFrame, gaps: pd.DataFrame) -> Mask:
    """Mark the rows whose event has a day in a gap of the row's group."""
    marked = np.zeros(len(table), dtype=bool)
    for gap in gaps.itertuples(index=False):
        own = (table["group"] == gap.group).to_numpy()
        touches = (table["first"] <= gap.last) & (table["last"] >= gap.first)
        marked |= own & touches.to_numpy()
    return marked


def count_around(table: pd.DataFrame, known: pd.DataFrame) -> Longs:
    """Count the articles of each row's group around the event; all of them where it has no date."""
    numbers = np.zeros(len(table), dtype=np.int64)
    for group, rows in table.groupby("group", sort=False).indices.items():
        own = known["group"] == group
        days = np.sort(known.loc[own, "day"].dropna().to_numpy())
        first = (table["first"].iloc[rows] - AROUND).to_numpy()
        last = (table["last"].iloc[rows] + AROUND).to_numpy()
        inside = np.searchsorted(days, last, side="right") - np.searchsorted(days, first)
        numbers[rows] = np.where(np.isnat(first), int(own.sum()), inside)
    return numbers


def cells_of(table: pd.DataFrame) -> Cells:
    """Give a cell per row, an event being the item and the articles around it the length."""
    amount = np.log1p(table["n_around"].to_numpy(dtype=float))
    usual = pd.Series(amount).groupby(table["event_id"].to_numpy()).transform("mean").to_numpy()
    n = len(table)
    return Cells(
        row=np.arange(n),
        nth=np.zeros(n, dtype=np.int64),
        n_with=table["n_with"].to_numpy(dtype=np.int64),
        n_others=table["n_others"].to_numpy(dtype=np.int64),
        length=amount - usual,
        mentions=np.zeros(n),
        kind=np.zeros(n, dtype=np.int64),
    )
