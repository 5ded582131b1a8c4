"""Who could have told what: the cells from which the chances of `compare_coverage` follow."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.compare.coverage_chance import Cells, Floats, Longs
from analysis.compare.coverage_layout import Shared
from analysis.compare.coverage_rows import Layout, ranges
from analysis.compare.items import KINDS

FEWEST_WITH = 2  # independent articles of others have what is missed: one may be its own source


def make_cells(layout: Layout, shared: Shared) -> tuple[Longs, Cells]:
    """Give the rows that a group could have told, and a cell for each of its articles.

    A group's articles come in the order of their length, the longest first.
    """
    rows = np.flatnonzero(layout.n_with >= FEWEST_WITH)
    n_rows = np.bincount(layout.pair[rows], minlength=len(layout.pairs))
    able = np.flatnonzero(n_rows)
    lengths = compare_lengths(layout, shared, able)
    times = np.array([len(one) for one in lengths], dtype=np.int64)
    # A block of cells is all rows of a pair, for one of its articles.
    sizes = np.repeat(n_rows[able], times)
    first = np.cumsum(n_rows)[able] - n_rows[able]
    row = ranges(np.repeat(first, times), sizes)
    own = rows[row]
    kinds = pd.Index(KINDS).get_indexer(pd.Index(layout.items["kind"])).astype(np.int64)
    return rows, Cells(
        row=row,
        nth=np.repeat(ranges(np.zeros(len(able), dtype=np.int64), times), sizes),
        n_with=layout.n_with[own],
        n_others=layout.pairs["n_others"].to_numpy()[layout.pair[own]],
        length=np.repeat(np.concatenate([np.empty(0), *lengths]), sizes),
        mentions=np.log(layout.sure[own] / layout.holders[own]),
        kind=kinds[layout.item[own]],
    )


def compare_lengths(layout: Layout, shared: Shared, pairs: Longs) -> list[Floats]:
    """Give for some pairs the logarithms of their articles' words, less the mean of the others'.

    Of copies the longest counts; the longest come first.
    """
    log_words = np.log(np.maximum(shared.words, 1))
    order = np.argsort(layout.event, kind="stable")
    bounds = np.searchsorted(layout.event[order], np.arange(len(layout.events) + 1))
    found = []
    for pair, event in zip(pairs.tolist(), layout.pairs["event"].iloc[pairs].tolist(), strict=True):
        articles = order[bounds[event] : bounds[event + 1]]
        units = shared.unit[articles].tolist()
        longest: dict[int, float] = {}
        in_pair = (layout.pair_of[articles] == pair).tolist()
        for unit, own, length in zip(units, in_pair, log_words[articles].tolist(), strict=True):
            if own:
                longest[unit] = max(longest.get(unit, 0.0), length)
        other = articles[[unit not in longest for unit in units]]
        found.append(np.array(sorted(longest.values(), reverse=True)) - log_words[other].mean())
    return found
