"""The rows of a comparison in the order in which they are read, with names where numbers were."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.contrasts import Rows
from analysis.compare.grouping import Grouping

# Strings of which each stands in memory once, and not once a row.
SHARED = pd.StringDtype("python", na_value=np.nan)

Columns = dict[str, NDArray[Any]]


def ranked_frame(columns: Columns, rows: Rows, grouping: Grouping, *, by: str) -> pd.DataFrame:
    """Sort the rows and name them.

    `columns` is emptied as the frame fills, for a comparison of many groups has millions of rows.
    """
    order = _order(columns)
    if not rows.against_rest:
        order = order[(columns["count"] + columns["count_rest"])[order] > 0]
    number = rows.numbers()[order]
    ones, others = np.array([(one, one if other is None else other) for one, other in rows.pairs]).T
    frame: dict[str, Any] = {by: _named(grouping.names, ones[number])}
    if not rows.against_rest:
        frame["other"] = _named(grouping.names, others[number])
    frame["term"] = _named(pd.Index(rows.terms, dtype="str"), rows.term_numbers()[order])
    for name in dict.fromkeys(["estimate", "low", "high", "p", "q", *columns]):
        frame[name] = columns.pop(name)[order]
    sizes = [[len(side) for side in grouping.sides(*pair)] for pair in rows.pairs]
    for name, of_pair in zip(("articles", "articles_rest"), np.transpose(sizes), strict=True):
        frame[name] = of_pair.astype(frame["count"].dtype)[number]
    return pd.DataFrame(frame, copy=False)


def _order(columns: Columns) -> NDArray[np.intp]:
    """Order by q, then by the bound that is nearer to 0, largest first, then by p."""
    p, q = columns["p"], columns["q"]
    nearest = np.negative(columns["high"])
    np.maximum(nearest, columns["low"], out=nearest)
    off_zero = nearest > 0
    apart = np.flatnonzero(off_zero)
    apart = apart[np.lexsort((p[apart], -nearest[apart], q[apart]))]
    del nearest
    rest = _stable_argsort(p)  # q never falls where p grows
    rest = rest[~off_zero[rest]]
    order = np.empty(len(p), np.intp)
    place = np.arange(len(apart)) + np.searchsorted(q[rest], q[apart])
    order[place] = apart
    off_zero[:] = False
    off_zero[place] = True
    order[~off_zero] = rest
    return order


def _stable_argsort(values: NDArray[np.float64]) -> NDArray[np.intp]:
    """Sort, equal values in the order in which they stand: several times as fast as numpy does."""
    order = np.argsort(values)
    ranked = values[order]
    run = np.cumsum(np.append(False, ranked[1:] != ranked[:-1]))
    del ranked
    run *= len(values)
    order += run
    order.sort()
    order -= run
    return order


def _named(names: pd.Index, codes: NDArray[Any]) -> Any:  # noqa: ANN401, whatever pandas holds
    """Repeat names by their codes; strings are shared by all rows that have them."""
    if isinstance(names.dtype, pd.StringDtype):
        names = names.astype(SHARED)
    return names.take(codes).array
