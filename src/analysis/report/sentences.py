"""Findings in words: each sentence is made from a row of a comparison and says how sure it is.

Notebooks print these instead of typed prose, so that no number in a report can differ from the
table it stands beside, and so that a difference that may be chance is never told as a finding.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.wording import listed, plural

LEVEL = 0.05  # false-discovery rate up to which a difference is told as one


def times(log_odds: float) -> str:
    """Write a log-odds ratio as a factor with two significant digits."""
    factor = math.exp(log_odds)
    if factor >= 1000:
        return "over 1,000"
    if factor >= 9.95:
        return f"{factor:.0f}"
    return f"{factor:.1f}" if factor >= 0.995 else f"{factor:.2g}"


def describe_term(row: pd.Series[Any], *, by: str = "outlet", n_terms: int | None = None) -> str:
    """Say in one sentence what a row of ``compare_terms`` shows.

    Parameters
    ----------
    row
        A row with the group in column `by` and the columns of ``compare_terms``.
    by
        The column that was compared.
    n_terms
        How many terms the comparison had, to explain why a small p is not enough.

    Returns
    -------
    str
        Plain text. Never a difference without its interval, and none at all where the interval
        covers 1 or the false-discovery rate is above .05.
    """
    group, term = row[by], f"“{row['term']}”"
    rest = str(row["other"]) if "other" in row.index else "the others"
    articles = (
        f"{row['n_articles']:,} of {plural(row['articles'], 'article')} against "
        f"{row['n_articles_rest']:,} of {row['articles_rest']:,}"
    )
    if min(row["articles"], row["articles_rest"]) < 2:
        alone = group if row["articles"] < 2 else rest
        has = "have" if alone == "the others" else "has"
        return (
            f"Nothing can be inferred about {term}: {alone} {has} a single article here ({term} "
            f"stands {plural(row['count'], 'time')} in {group}, {row['count_rest']:,} in {rest})."
        )
    if row["q"] > LEVEL or row["low"] <= 0 <= row["high"]:
        among = f" among {n_terms:,} terms" if n_terms else ""
        chance = f"; q = {row['q']:.2f}{among}" if row["p"] < LEVEL else ""
        return (
            f"No difference can be shown for {term} between {group} and {rest} "
            f"({interval(row)}{chance}; {articles})."
        )
    if row["count"] == 0:
        said = f"{group} does not write {term} at all, {rest} {verb(rest)}"
    elif row["count_rest"] == 0:
        said = f"Only {group} writes {term}, {rest} {verb(rest)} not"
    else:
        said = f"{group} writes {term} {times(row['estimate'])} times as often as {rest}"
    return f"{said} ({interval(row)}; {articles}){one_story(row)}."


def verb(rest: str) -> str:
    """Give the auxiliary for a group of outlets or for a single one."""
    return "do" if rest == "the others" else "does"


def interval(row: pd.Series[Any]) -> str:
    """Write the 95 % interval of a log-odds ratio as factors, naming a missing bound as such."""
    low, high = row["low"], row["high"]
    if math.isinf(low) and math.isinf(high):
        return "95 % interval: no bound on either side"
    if math.isinf(low):
        return f"95 % interval: at most {times(high)} times as often"
    if math.isinf(high):
        return f"95 % interval: at least {times(low)} times as often"
    return f"95 % interval {times(low)} to {times(high)}"


def one_story(row: pd.Series[Any]) -> str:
    """Warn where a word may say what was covered and not how: all from one event or one day."""
    if row["estimate"] < 0 or row["n_articles"] < 2:
        return ""
    if row.get("n_events") == 1:
        return "; all of these articles are about one event"
    if row.get("n_days") == 1:
        return "; all of these articles are from one day"
    return ""


def describe_terms(table: pd.DataFrame, *, by: str = "outlet", most: int = 6) -> list[str]:
    """Say what a whole comparison of terms shows: the strongest term of each group, then the next.

    Parameters
    ----------
    table
        As ``compare_terms`` gives it, best row first.
    by
        The column that was compared.
    most
        The most sentences to give, besides one for the groups that nothing sets apart.

    Returns
    -------
    list of str
        At least one sentence; where nothing differs, that is what it says.
    """
    n_terms = table["term"].nunique()
    certain = table[(table["q"] <= LEVEL) & (table["low"] > 0)]
    turn = certain.groupby(by, observed=True).cumcount()
    chosen = certain.assign(turn=turn).sort_values("turn", kind="stable").head(most)
    said = [describe_term(row, by=by, n_terms=n_terms) for _, row in chosen.iterrows()]
    return [*said, *without_findings(table, certain, by, n_terms)]


def without_findings(
    table: pd.DataFrame, certain: pd.DataFrame, by: str, n_terms: int
) -> list[str]:
    """Name the groups that no term sets apart, and those too small to tell."""
    sizes = table.drop_duplicates(by).set_index(by)["articles"]
    alone = sizes.index[sizes < 2]
    told = {*certain[by].unique(), *alone}
    quiet = [group for group in sizes.index if group not in told]
    said = []
    if quiet:
        said.append(
            f"No word sets {listed(sorted(map(str, quiet)))} apart: none of "
            f"{plural(n_terms, 'term')} is more frequent there than chance allows "
            "(false-discovery rate 5 %)."
        )
    if len(alone):
        said.append(
            f"Nothing can be inferred about {listed(sorted(map(str, alone)))}: a single article "
            "cannot show what is usual in an outlet."
        )
    return said


def describe_topic(row: pd.Series[Any], *, by: str = "outlet") -> str:
    """Say in one sentence what a row of ``compare_topics`` shows."""
    group, label = row[by], f"“{row['label']}”"
    sizes = f"{plural(row['n_articles'], 'article')} against {row['n_articles_rest']:,}"
    if row["n_articles"] < 2 or row["n_articles_rest"] < 2:
        return f"Nothing can be inferred about the topic {label} in {group}: {sizes}."
    shares = (
        f"{row['share']:.0%} of its articles' weight, against {row['share_rest']:.0%} in the others"
    )
    points = f"95 % interval {100 * row['low']:+.0f} to {100 * row['high']:+.0f} points"
    evidence = f"({shares}; difference with {points}; {sizes})"
    if row["q"] > LEVEL or row["low"] <= 0 <= row["high"]:
        return f"No difference can be shown for the topic {label} in {group} {evidence}."
    more = "more" if row["estimate"] > 0 else "less"
    return f"{group} gives {more} room to {label} {evidence}."


def describe_topic_shares(table: pd.DataFrame, *, by: str = "outlet", most: int = 6) -> list[str]:
    """Say which topics the groups favour or pass over, the largest first; or that none differs."""
    certain = table[(table["q"] <= LEVEL) & ((table["low"] > 0) | (table["high"] < 0))]
    chosen = certain.sort_values("estimate", key=abs, ascending=False, kind="stable").head(most)
    said = [describe_topic(row, by=by) for _, row in chosen.iterrows()]
    if said:
        return said
    if (table["n_articles"] < 2).all():
        return [f"Nothing can be inferred: each {by} has a single article."]
    return [
        f"No topic sets any {by} apart: none of the {len(table):,} shares differs from the others' "
        "by more than chance allows (false-discovery rate 5 %)."
    ]
