"""Selection and framing in words: what outlets cover, how they tell it, and what is left out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.compare.grouping import count_within
from analysis.report.sentences import LEVEL
from analysis.wording import plural


def describe_selection_framing(table: pd.DataFrame, *, by: str = "outlet") -> list[str]:
    """Say how far each group, or pair of groups, differs in what it covers and how it tells it.

    Parameters
    ----------
    table
        As ``compare_selection`` gives it.
    by
        The column that was compared.

    Returns
    -------
    list of str
        A sentence a row, selection first.
    """
    order = table.sort_values(["part", "estimate"], ascending=[False, False], kind="stable")
    return [describe_part(row, by=by) for _, row in order.iterrows()]


def describe_part(row: pd.Series[Any], *, by: str = "outlet") -> str:
    """Say in one sentence what a row of ``compare_selection`` shows.

    Returns
    -------
    str
        Plain text. A difference only with its interval, and none where chance gives as much.
    """
    pair = "other" in row.index
    name = f"{row[by]} and {row['other']}" if pair else str(row[by])
    selects = row["part"] == "selection"
    if pd.isna(row["estimate"]):
        what = "events with two or more articles" if selects else "shared events"
        return f"Nothing can be said about {name}: too few articles on {what} to compare."
    sizes = (
        f"{plural(row['n_articles'], 'article')} against {row['n_articles_rest']:,} on "
        f"{plural(row['n_events'], 'event')}"
    )
    span = f"95 % interval {max(row['low'], 0):.3f} to {row['high']:.3f} bits"
    bits = f"{span if row['high'] > 0 else 'less than chance gives'}; {sizes}"
    what = "what they cover" if pair else "what it covers"
    if not selects:
        what = "how they tell the same events" if pair else "how it tells the events others cover"
    if row["q"] > LEVEL or row["low"] <= 0:
        return f"{name}: no difference can be shown in {what} ({bits})."
    verb = "differ" if pair else "differs"
    which = "which of the two it is" if pair else "whether it is from there"
    return (
        f"{name} {verb} in {what}: an article's {'event' if selects else 'single word'} "
        f"tells {row['estimate']:.3f} of the 1 bit that says {which} ({bits})."
    )


def describe_within(
    articles: pd.DataFrame, *, within: str = "event_id", by: str = "outlet"
) -> list[str]:
    """Say how many articles a comparison inside events uses, and how many have no counterpart.

    Parameters
    ----------
    articles
        Such as ``counts.articles``.
    within
        As the comparison got it.
    by
        The column that is compared.
    """
    table = count_within(articles, by=by, within=within)
    total, used = int(table["articles"].sum()), int(table["compared"].sum())
    thing = "events" if within == "event_id" else f"values of {within}"
    of_each = "; ".join(
        f"{name} {n:,} of {of:,}"
        for name, n, of in zip(table[by], table["compared"], table["articles"], strict=True)
    )
    said = [f"Compared inside {thing}: {used:,} of {plural(total, 'article')} ({of_each})."]
    if used < total:
        has = "has" if total - used == 1 else "have"
        said.append(
            f"{plural(total - used, 'article')} {has} no counterpart in another {by} and "
            f"{'is' if total - used == 1 else 'are'} left out."
        )
    return said
