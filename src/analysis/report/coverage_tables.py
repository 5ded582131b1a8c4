"""Who tells what and who leaves it out, laid out for reading."""

from __future__ import annotations

import pandas as pd

from analysis.compare.coverage_layout import COVERED, NOT_COLLECTED, NOT_COVERED, TRUNCATED
from analysis.report.coverage import OF_KIND

LONGEST = 110  # characters of a claim in a sentence or a table
MARKS = {COVERED: "yes", NOT_COVERED: "no", TRUNCATED: "not in the part loaded", NOT_COLLECTED: "–"}


def cut(text: object) -> str:
    """Cut a claim that is too long for a table, at a word."""
    words = " ".join(str(text).split())
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def tabulate_coverage(
    coverage: pd.DataFrame, event_id: str, *, by: str = "outlet", most: int = 30
) -> pd.DataFrame:
    """Lay out who tells what of one event: items by outlets.

    Parameters
    ----------
    coverage
        What ``compare_coverage`` gives.
    event_id
        The event.
    by
        The column that was compared.
    most
        Rows at most: the items that most outlets tell.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``kind``, a column per outlet (``yes``, ``no``, ``not in the part loaded``, or
        ``–``: no article on the event) and ``told_by`` (number of outlets). Items that most
        outlets tell come first.
    """
    rows = coverage[coverage["event_id"] == event_id]
    table = rows.assign(mark=rows["state"].map(MARKS)).pivot_table(
        index=["item", "kind"], columns=by, values="mark", aggfunc="first", observed=True
    )
    told = (table == MARKS[COVERED]).sum(axis=1)
    table = table.assign(told_by=told).reset_index().rename_axis(columns=None)
    order = table["kind"].map(list(OF_KIND).index)
    table = table.assign(order=order).sort_values(
        ["told_by", "order", "item"], ascending=[False, True, True], kind="stable"
    )
    table = table.drop(columns="order")
    return table.head(most).assign(item=lambda t: t["item"].map(cut)).reset_index(drop=True)


def tabulate_omissions(
    omissions: pd.DataFrame, labels: pd.Series[str], *, by: str = "outlet"
) -> pd.DataFrame:
    """Lay out omissions for reading.

    Parameters
    ----------
    omissions
        Rows of ``compare_coverage``.
    labels
        What each event is about, by ``event_id``.
    by
        The column that was compared.

    Returns
    -------
    pandas.DataFrame
        The `by` column, ``leaves_out``, ``kind``, ``event``, ``told_by`` (independent articles of
        others with it, of how many), ``chance``, ``own_articles`` and ``own_words``.
    """
    told = [
        f"{n} of {of}" for n, of in zip(omissions["n_with"], omissions["n_others"], strict=True)
    ]
    return pd.DataFrame(
        {
            by: omissions[by].array,
            "leaves_out": omissions["item"].map(cut).array,
            "kind": omissions["kind"].array,
            "event": omissions["event_id"].map(labels).fillna(omissions["event_id"]).array,
            "told_by": told,
            "chance": omissions["chance"].round(3).array,
            "own_articles": omissions["n_articles"].array,
            "own_words": omissions["words"].array,
        }
    )


def tabulate_passed_over(
    passed: pd.DataFrame, labels: pd.Series[str], *, by: str = "outlet", most: int = 15
) -> pd.DataFrame:
    """Lay out the events passed over: ``by, event, first, last, state, covered_by, chance``."""
    rows = passed.head(most)
    covered = [f"{n} of {of}" for n, of in zip(rows["n_with"], rows["n_others"], strict=True)]
    return pd.DataFrame(
        {
            by: rows[by].array,
            "event": rows["event_id"].map(labels).fillna(rows["event_id"]).array,
            "first": rows["first"].dt.strftime("%Y-%m-%d").array,
            "last": rows["last"].dt.strftime("%Y-%m-%d").array,
            "state": rows["state"].array,
            "covered_by": covered,
            "chance": rows["chance"].array,
            "articles_around": rows["n_around"].array,
        }
    )


def tabulate_habits(table: pd.DataFrame, *, by: str = "outlet", most: int = 15) -> pd.DataFrame:
    """Lay out what outlets keep leaving out: shares of items, and the difference from others."""
    rows = table.head(most)
    return pd.DataFrame(
        {
            by: rows[by].array,
            "what": rows["what"].map(lambda what: OF_KIND.get(what, what)).array,
            "share_left_out": (rows["left_out"] / rows["n_cells"]).array,
            "share_expected": (rows["expected"] / rows["n_cells"]).array,
            "difference": rows["estimate"].array,
            "low": rows["low"].array,
            "high": rows["high"].array,
            "q": rows["q"].array,
            "items": rows["n_cells"].array,
            "events": rows["n_events"].array,
        }
    )
