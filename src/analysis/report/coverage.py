"""Who tells what and who leaves it out, in sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd
from scipy import special

from analysis.compare.coverage_events import PASSED_OVER
from analysis.compare.coverage_layout import COVERED, NOT_COLLECTED, NOT_COVERED, TRUNCATED
from analysis.compare.coverage_rows import ITEM
from analysis.report.sentences import LEVEL
from analysis.wording import day, plural

RARE = 0.05  # chances up to this are called surprising
OF_KIND = {
    "person": "people", "organisation": "organisations", "place": "places", "name": "other names",
    "number": "numbers", "source": "sources", "claim": "claims",
}  # fmt: skip


def describe_coverage(coverage: pd.DataFrame, *, by: str = "outlet") -> list[str]:
    """Say how much was compared, how much is left out, and whether that is more than chance.

    Parameters
    ----------
    coverage
        What ``compare_coverage`` gives.
    by
        The column that was compared.

    Returns
    -------
    list of str
        How many events and items; how many are left out by those who could have told them; and, of
        those that are surprising, how many chance alone would leave out.
    """
    # Most rows are of groups without an article, and every item has one with an article.
    coverage = coverage.loc[coverage["state"] != NOT_COLLECTED, [*ITEM, "state", "chance"]]
    n_events = coverage["event_id"].nunique()
    n_items = len(coverage[ITEM].drop_duplicates())
    cut_off = int((coverage["state"] == TRUNCATED).sum())
    said = [
        f"{plural(n_items, 'item')} of {plural(n_events, 'event')} stand in articles of two {by}s "
        "or more."
    ]
    judged = coverage[coverage["chance"].notna() & coverage["state"].isin([COVERED, NOT_COVERED])]
    missing = judged["state"] == NOT_COVERED
    if not len(judged):
        return [
            *said,
            "Nothing can be inferred: no item stands in two independent articles of others.",
        ]
    said.append(
        f"Where two independent articles of others have an item, an {by} with articles on the "
        f"event leaves it out in {int(missing.sum()):,} of {plural(len(judged), 'case')} "
        f"({missing.mean():.0%})."
    )
    said.append(describe_rare(judged, missing))
    if cut_off:
        said.append(
            f"{plural(cut_off, 'case')} cannot be judged, as only the beginning of the article is "
            "there."
        )
    return said


def describe_rare(judged: pd.DataFrame, missing: pd.Series[bool]) -> str:
    """Say whether more surprising omissions happen than the chances let expect."""
    rare = judged["chance"] <= RARE
    n, left, expected = int(rare.sum()), int(missing[rare].sum()), judged.loc[rare, "chance"].sum()
    if not n:
        return (
            f"None would be surprising: no chance of leaving an item out is below {RARE:.0%}, the "
            "articles are too few or too short."
        )
    # The chances of at least, and of at most, so many under Poisson's distribution.
    as_many, as_few = special.pdtrc(left - 1, expected), special.pdtr(left, expected)
    told = "more than" if as_many < 0.025 else "fewer than" if as_few < 0.025 else "as many as"
    return (
        f"{plural(left, 'omission')} had a chance of {RARE:.0%} or less, {told} the chances let "
        f"expect (about {expected:.0f} in {plural(n, 'such case')}): each is worth a look, none is "
        "proof by itself."
    )


def describe_habit(row: pd.Series[Any], *, by: str = "outlet") -> str:
    """Say in one sentence what a row of ``summarise_omissions`` shows."""
    what = OF_KIND.get(row["what"], f"“{row['what']}”")
    left, expected = row["left_out"] / row["n_cells"], row["expected"] / row["n_cells"]
    cases = plural(int(row["n_cells"]), "item" if row["what"] in OF_KIND else "case")
    evidence = (
        f"({left:.0%} of {cases}, {expected:.0%} expected; 95 % interval of the difference from "
        f"other {by}s {100 * row['low']:+.0f} to {100 * row['high']:+.0f} points; "
        f"{plural(int(row['n_events']), 'event')})"
    )
    if row["q"] > LEVEL or row["low"] <= 0 <= row["high"]:
        return f"No habit can be shown of {row[by]} with {what} {evidence}."
    more = "more often" if row["estimate"] > 0 else "less often"
    return f"{row[by]} leaves out {what} {more} than other {by}s on the same events {evidence}."


def describe_habits(
    table: pd.DataFrame, *, by: str = "outlet", things: str = "any kind of item", most: int = 6
) -> list[str]:
    """Say what outlets keep leaving out, the largest differences first; or that none does.

    Parameters
    ----------
    table
        What ``summarise_omissions`` gives.
    by
        The column that was compared.
    things
        What was summed up, in words: ``"one name or number"`` where it was by item.
    most
        The most sentences to give.
    """
    if table.empty:
        return [f"Nothing can be inferred: no {by} shares three events with others."]
    certain = table[(table["q"] <= LEVEL) & ((table["low"] > 0) | (table["high"] < 0))]
    chosen = certain.sort_values("estimate", ascending=False, kind="stable").head(most)
    said = [describe_habit(row, by=by) for _, row in chosen.iterrows()]
    return said or [
        f"No {by} keeps leaving out {things}: none of {plural(len(table), 'comparison')} differs "
        "by more than chance allows (false-discovery rate 5 %)."
    ]


def describe_passed_over(
    passed: pd.DataFrame, labels: pd.Series[str], *, by: str = "outlet", most: int = 5
) -> list[str]:
    """Say which events an outlet passed over that most others covered.

    Parameters
    ----------
    passed
        What ``find_passed_over`` gives.
    labels
        What each event is about, by ``event_id``.
    by
        The column that was compared.
    most
        The most events to tell one by one.
    """
    over = passed[passed["state"] == PASSED_OVER]
    gone = len(passed) - len(over)
    surprising = over[over["chance"] <= RARE]
    said = [
        f"{row[by]} has no article on “{labels.get(row['event_id'], row['event_id'])}” "
        f"{when(row)}, which {row['n_with']} of {row['n_others']} other {by}s cover (chance "
        f"{row['chance']:.0%}; {plural(int(row['n_around']), 'article')} of its own in these days)."
        for _, row in surprising.head(most).iterrows()
    ]
    if not said and len(over):
        least = over.iloc[0]
        said = [
            f"No {by} passed over an event that its choice of news would make surprising: the "
            f"smallest chance is {least['chance']:.0%} ({least[by]}, "
            f"“{labels.get(least['event_id'], least['event_id'])}”, which {least['n_with']} of "
            f"{least['n_others']} others cover)."
        ]
    if not len(over):
        said = [f"No {by} passed over an event that two others cover."]
    if gone:
        said.append(
            f"{plural(gone, 'case')} without an article {'is' if gone == 1 else 'are'} not "
            f"counted: the {by} was not collected on a day of the event, or the event has no date."
        )
    return said


def when(row: pd.Series[Any]) -> str:
    """Write the days of an event."""
    first, last = row["first"], row["last"]
    return f"({day(first)})" if first == last else f"({day(first)} to {day(last)})"
