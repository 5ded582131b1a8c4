"""How far apart the groups are, two by two."""

from __future__ import annotations

import pandas as pd

from analysis.compare.discovery import RATE
from analysis.corpus.schema import DataError
from analysis.text.by_term import AT_ONCE


def count_differences(pairs: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Count the terms that set each pair of groups apart.

    Parameters
    ----------
    pairs
        As ``compare_terms(..., against="each")`` gives it.
    by
        The column that was compared.

    Returns
    -------
    pandas.DataFrame
        A row per group (column `by`) and a column per group: how many terms have q <= .05
        between the two, empty on the diagonal.

    Raises
    ------
    DataError
        When `pairs` is a comparison with all the others.

    Notes
    -----
    Misleads when groups differ in size: between small ones few terms can be told from chance.
    """
    if "other" not in pairs.columns:
        raise DataError(
            "count_differences needs pairs (found a comparison with all the others); "
            'call compare_terms(counts, against="each")'
        )
    parts = (pairs.iloc[first : first + AT_ONCE] for first in range(0, len(pairs) or 1, AT_ONCE))
    counted = pd.concat(_count_found(part, by) for part in parts)
    found: pd.DataFrame = counted.rename("found").reset_index()
    table = found.pivot_table(index=by, columns="other", values="found", aggfunc="sum")
    names = sorted({*table.index, *table.columns})
    table = table.reindex(index=names, columns=names)
    table = table.combine_first(table.T).astype("Int64")
    return table.rename_axis(columns=None).rename_axis(by).reset_index()


def _count_found(pairs: pd.DataFrame, by: str) -> pd.Series:
    return (pairs["q"] <= RATE).groupby([pairs[by], pairs["other"]]).sum()
