"""Which articles are cleaned together: all of a small corpus, slices of a large one."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# What cleaning needs for so many stands in the memory of a laptop (3 GB).
MOST_TOGETHER = 50_000  # articles
# Outlets in a slice, so that each has some 500 articles to be known by, and others to be held to.
OUTLETS_TOGETHER = 100

Rows = NDArray[np.int64]


def slice_articles(articles: pd.DataFrame) -> list[Rows]:
    """Cut a large corpus into slices that are cleaned one after the other.

    A slice is a time of some outlets: an outlet's furniture changes with the years, and what all
    outlets write they write at one time. Days stay whole where they can, and slices are filled from
    the first day on, so that new articles change the last slice only, until they or their outlets
    are so many that outlets are grouped anew.

    Parameters
    ----------
    articles
        ``published`` (dates) and ``outlet`` are read where they are. Articles without a date follow
        the others, in their order.

    Returns
    -------
    list of numpy.ndarray
        The rows of each slice, ascending: every row in one of them, and from half to one and a
        half times `MOST_TOGETHER` in each of a group of outlets that has so many. All in one where
        they are not more than that.
    """
    if len(articles) <= MOST_TOGETHER:
        return [np.arange(len(articles))]
    days = _days_of(articles)
    slices = [part for rows in _by_outlets(articles) for part in _by_days(rows, days[rows])]
    return [np.sort(part) for part in slices]


def rows_of(ids: pd.Series[str], own_ids: pd.Series[str], rows: Rows) -> Rows:
    """Give the row of each id that stands in a slice, whose articles have the ids `own_ids`."""
    return rows[pd.Index(own_ids).get_indexer(pd.Index(ids))]


def _days_of(articles: pd.DataFrame) -> Rows:
    """Give each article the number of its day, the highest where it has no date."""
    last = np.iinfo(np.int64).max
    dates = articles.get("published")
    if dates is None or not pd.api.types.is_datetime64_any_dtype(dates.dtype):
        return np.full(len(articles), last)
    days = dates.to_numpy("datetime64[D]").view(np.int64)
    return np.where(dates.isna(), last, days)


def _by_outlets(articles: pd.DataFrame) -> Iterator[Rows]:
    """Give the rows of groups of outlets, which a further outlet seldom changes."""
    if "outlet" not in articles:
        yield np.arange(len(articles))
        return
    codes, outlets = pd.factorize(articles["outlet"].fillna(""))
    most = min(len(outlets) / OUTLETS_TOGETHER, len(articles) / MOST_TOGETHER)
    n_groups = 1 << int(np.log2(most)) if most > 1 else 1
    group = np.array([crc32(str(name).encode("utf-8", "replace")) % n_groups for name in outlets])
    for number in range(n_groups):
        rows = np.flatnonzero(group[codes] == number)
        if len(rows):
            yield rows


def _by_days(rows: Rows, days: Rows) -> list[Rows]:
    """Take days together up to `MOST_TOGETHER` articles; cut those of more than half of that."""
    rows = rows[np.argsort(days, kind="stable")]
    whole = np.unique(days, return_counts=True)[1].tolist()
    sizes = [size for day in whole for size in _halves(day)]
    slices: list[Rows] = []
    start = stop = 0
    for size in sizes:
        if stop + size - start > MOST_TOGETHER:
            slices.append(rows[start:stop])
            start = stop
        stop += size
    rest = rows[start:]
    if slices and len(rest) <= MOST_TOGETHER // 2:  # too few to learn from
        slices[-1] = np.concatenate([slices[-1], rest])
    else:
        slices.append(rest)
    return slices


def _halves(size: int) -> list[int]:
    """Cut a day into parts of at most half a slice."""
    whole, rest = divmod(size, MOST_TOGETHER // 2)
    return [MOST_TOGETHER // 2] * whole + [rest] * bool(rest)
