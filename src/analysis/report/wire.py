"""Agency copy in words and tables: how much there is, what was left out, and what depends on it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.report.sentences import interval, times
from analysis.text.wire_selection import Wire, count_wire
from analysis.wording import plural

CHANGED = {
    "stays": "stays beyond chance",
    "less certain": "is about as large but no longer beyond chance",
    "shrinks": "is much smaller and no longer beyond chance",
    "changes sign": "turns round",
    "cannot be compared": "cannot be compared, as a side has nothing else",
}
CLEAR = ("shrinks", "changes sign", "cannot be compared")


def describe_wire(articles: pd.DataFrame, *, by: str = "outlet") -> list[str]:
    """Say how much of the articles is agency copy, and whose.

    Parameters
    ----------
    articles
        Labelled as by ``add_wire``.
    by
        The column that is compared.
    """
    table = count_wire(articles, by=by)
    total, copies = int(table["articles"].sum()), int(table["left_out"].sum())
    partly = int(table["edited_wire"].sum() + table["wire"].sum()) - copies
    said = [
        f"Agency copy, by credits and shared text: {copies:,} of {plural(total, 'article')}"
        f"{_by_group(table, by)}."
        if copies
        else f"No agency copy was found in {plural(total, 'article')}, by credits or shared text."
    ]
    if partly:
        credits = "credits" if partly == 1 else "credit"
        said.append(f"{plural(partly, 'further article')} {credits} an agency with a part.")
    repeats = int(table["repeats"].sum())
    if repeats:
        stand, count = ("stands", "counts") if repeats == 1 else ("stand", "count")
        said.append(
            f"{plural(repeats, 'article')} {stand} in the same {by} twice and {count} once."
        )
    return said


def describe_selection(articles: pd.DataFrame, *, wire: Wire, by: str = "outlet") -> list[str]:
    """Say what a comparison with this choice of agency copy leaves out; nothing if nothing is.

    Parameters
    ----------
    articles
        All articles, labelled as by ``add_wire``.
    wire
        As the comparison got it.
    by
        The column that was compared.
    """
    if wire == "include":
        return []
    table = count_wire(articles, by=by)
    copies = int(table["left_out"].sum())
    number = f"{copies:,} of {plural(int(table['articles'].sum()), 'article')}"
    if wire == "only":
        return [f"Agency copy alone is compared: {number}{_by_group(table, by)}."]
    if not copies:
        return ["Agency copy was to be left out; no article is labelled so."]
    return [f"Agency copy is left out: {number}{_by_group(table, by)}."]


def _by_group(table: pd.DataFrame, by: str) -> str:
    """List how many articles of each group are agency copy, in brackets."""
    some = table[table["left_out"] > 0].sort_values("left_out", ascending=False, kind="stable")
    parts = [
        f"{name} {n:,} of {of:,}"
        for name, n, of in zip(some[by], some["left_out"], some["articles"], strict=True)
    ]
    return f" ({'; '.join(parts)})" if parts else ""


def describe_wire_change(row: pd.Series[Any], *, by: str = "outlet") -> str:
    """Say in one sentence how a row of ``compare_wire`` changes without agency copy.

    Returns
    -------
    str
        Plain text; both ratios with their intervals, the first with all articles.
    """
    said = f"Without agency copy {row[by]}'s “{row['term']}” {CHANGED[row['change']]}"
    if row["change"] == "cannot be compared":
        return f"{said}."
    without = row.filter(like="_without").rename(lambda name: name.removesuffix("_without"))
    return f"{said}: {ratio(without)}, with it {ratio(row)}."


def ratio(row: pd.Series[Any]) -> str:
    """Write a ratio with its interval and articles, or that the others never use the term."""
    evidence = f"({interval(row)}; {row['n_articles']:,.0f} of {row['articles']:,.0f} articles)"
    if row["count_rest"] == 0:
        return f"only there {evidence}"
    return f"{times(row['estimate'])} times as often as the others {evidence}"


def describe_wire_changes(table: pd.DataFrame, *, by: str = "outlet", most: int = 6) -> list[str]:
    """Say how many of the clearest terms stay without agency copy, and which do not.

    Parameters
    ----------
    table
        As ``compare_wire`` gives it.
    by
        The column that was compared.
    most
        The most terms to tell one by one.

    Returns
    -------
    list of str
        At least one sentence; where nothing depends on agency copy, that is what it says.
    """
    if table.empty:
        return ["No term differs beyond chance with all articles, so none depends on agency copy."]
    stays = int((table["change"] == "stays").sum())
    said = [
        "Still beyond chance without agency copy (false-discovery rate 5 %): "
        f"{stays:,} of {plural(len(table), 'clearest term')}."
    ]
    clear = table[table["change"].isin(CLEAR)]
    said += [describe_wire_change(row, by=by) for _, row in clear.head(most).iterrows()]
    unsure = table[table["change"] == "less certain"]
    if len(unsure):
        said.append(
            f"About as large but no longer beyond chance: {name_terms(unsure, by)}. "
            "Fewer articles alone can do that."
        )
    return said


def name_terms(rows: pd.DataFrame, by: str) -> str:
    """List terms under their groups: ``Herald: “regime”, “junta”; Gazette: “state”``."""
    return "; ".join(
        f"{group}: {', '.join(f'“{term}”' for term in terms)}"
        for group, terms in rows.groupby(by, sort=True, observed=True)["term"]
    )


def tabulate_wire_changes(table: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Lay out the clearest terms with and without agency copy for reading.

    Parameters
    ----------
    table
        As ``compare_wire`` gives it.
    by
        The column that was compared.

    Returns
    -------
    pandas.DataFrame
        The `by` column, ``term``, ``change``; ``times`` as often as in the others (missing where
        they never use it), ``low`` and ``high`` of its 95 % interval, and ``articles`` with the
        term, of how many; the same without agency copy, ``..._without``. Terms that change first.
    """
    stays = (table["change"] == "stays").rename("stays")
    rows = table.assign(stays=stays).sort_values(["stays", by], kind="stable")
    sides = [_side(rows, ""), _side(rows, "_without")]
    return pd.concat([rows[[by, "term", "change"]], *sides], axis=1).reset_index(drop=True)


def _side(rows: pd.DataFrame, suffix: str) -> pd.DataFrame:
    """Write one of the two comparisons as ratios and articles."""
    n, of = rows[f"n_articles{suffix}"], rows[f"articles{suffix}"]
    columns = {
        "times": np.exp(rows[f"estimate{suffix}"].where(rows[f"count_rest{suffix}"] > 0)),
        "low": np.exp(rows[f"low{suffix}"]),
        "high": np.exp(rows[f"high{suffix}"]),
        "articles": [
            f"{one:,.0f} of {all_:,.0f}" if all_ > 0 else None
            for one, all_ in zip(n, of, strict=True)
        ],
    }
    return pd.DataFrame(columns, index=rows.index).add_suffix(suffix)
