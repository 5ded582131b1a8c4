"""Comparisons as tables for readers: ratios instead of log-odds, counts with their totals."""

from __future__ import annotations

import numpy as np
import pandas as pd


def tabulate_terms(table: pd.DataFrame, *, by: str = "outlet", n_terms: int = 10) -> pd.DataFrame:
    """Lay out the clearest terms of each group for reading.

    Parameters
    ----------
    table
        Rows of ``compare_terms``, best first.
    by
        The column that was compared.
    n_terms
        Rows a group.

    Returns
    -------
    pandas.DataFrame
        The `by` column, ``term``; ``times`` as often as in the others (missing where they never
        use it), ``low`` and ``high`` of its 95 % interval; ``q``; ``articles`` and
        ``others' articles`` with the term, of how many; ``days`` on which they appeared.
    """
    rows = table.groupby(by, observed=True).head(n_terms).sort_values(by, kind="stable")
    columns = {
        by: rows[by],
        "term": rows["term"],
        "times": np.exp(rows["estimate"].where(rows["count_rest"] > 0)),
        "low": np.exp(rows["low"]),
        "high": np.exp(rows["high"]),
        "q": rows["q"],
        "articles": ratio(rows["n_articles"], rows["articles"]),
        "others' articles": ratio(rows["n_articles_rest"], rows["articles_rest"]),
    }
    if "n_days" in rows:
        columns["days"] = rows["n_days"]
    return pd.DataFrame(columns).reset_index(drop=True)


def ratio(part: pd.Series[int], whole: pd.Series[int]) -> list[str]:
    """Write each number with its total: ``41 of 212``."""
    return [f"{one:,} of {all_:,}" for one, all_ in zip(part, whole, strict=True)]
