"""The rows of a comparison in the order in which they are read, with names where numbers were."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.contrasts import Rows
from analysis.compare.grouping import Grouping
from analysis.compare.repeated_names import repeat_names
from analysis.memory import give_back

Columns = dict[str, NDArray[Any]]

MANY_ROWS = 100_000  # from which what comparing has freed is worth giving back


class Filling:
    """The columns of a result while it fills, by comparison and block of terms.

    Each is one array that grows: many small ones would be freed into gaps, in which no column has
    room. It is put in order, comparison by comparison, when it is asked for. `names` lists those
    that were not taken.
    """

    def __init__(self, n_comparisons: int) -> None:
        self.sizes = np.zeros(n_comparisons, np.int64)
        self.growing: Columns = {"number": np.empty(0, np.int32)}
        self.columns: Columns = {}
        self.names: list[str] = []

    def add(self, number: int, columns: Columns) -> None:
        """Add rows of a comparison, whose blocks come in order."""
        self.names = self.names or list(columns)
        start, n_rows = int(self.sizes.sum()), len(next(iter(columns.values())))
        self.sizes[number] += n_rows
        for name, values in columns.items():
            column = self.growing.get(name, values[:0])
            self.growing[name] = _with(column, start, values)
        numbers = np.full(n_rows, number, np.int32)
        self.growing["number"] = _with(self.growing["number"], start, numbers)

    @cached_property
    def order(self) -> NDArray[np.intp]:
        """The rows of each comparison together, in the order in which they came."""
        return np.argsort(self.growing.pop("number")[: self.sizes.sum()], kind="stable")

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Give a column, the rows of each comparison together."""
        if name not in self.columns:
            self.columns[name] = self.growing.pop(name)[self.order]
        return self.columns[name]

    def take(self, name: str) -> NDArray[Any]:
        """Give a column, and forget it."""
        values = self[name]
        del self.columns[name]
        self.names = [other for other in self.names if other != name]
        return values


def _with(column: NDArray[Any], start: int, values: NDArray[Any]) -> NDArray[Any]:
    """Write values into a column, or into a larger one if they do not fit."""
    stop = start + len(values)
    if stop > len(column):
        larger = np.empty(max(stop, 2 * len(column)), column.dtype)
        larger[:start] = column[:start]
        column = larger
    column[start:stop] = values
    return column


def ranked_frame(filling: Filling, rows: Rows, grouping: Grouping, *, by: str) -> pd.DataFrame:
    """Sort the rows and name them; it empties `filling`."""
    if filling.sizes.sum() >= MANY_ROWS:
        give_back()
    order = _order(filling)
    if not rows.against_rest:
        order = order[(filling["count"] + filling["count_rest"])[order] > 0]
    numbers = np.arange(len(rows.pairs), dtype=np.int32)
    number = np.repeat(numbers, filling.sizes)[order]
    ones, others = np.array([(one, one if other is None else other) for one, other in rows.pairs]).T
    frame: dict[str, Any] = {by: repeat_names(grouping.names, ones[number])}
    if not rows.against_rest:
        frame["other"] = repeat_names(grouping.names, others[number])
    frame["term"] = repeat_names(pd.Index(rows.terms, dtype="str"), filling.take("term")[order])
    for name in dict.fromkeys(["estimate", "low", "high", "p", "q", *filling.names]):
        frame[name] = filling.take(name)[order]
    sizes = [[len(side) for side in grouping.sides(*pair)] for pair in rows.pairs]
    for name, of_pair in zip(("articles", "articles_rest"), np.transpose(sizes), strict=True):
        frame[name] = of_pair.astype(frame["count"].dtype)[number]
    return pd.DataFrame(frame, copy=False)


def _order(columns: Filling) -> NDArray[np.intp]:
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
