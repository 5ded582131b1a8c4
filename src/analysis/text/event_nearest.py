"""The nearest others of every article, by text and date: no pair beyond them is ever looked at."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.threads import in_threads

# Less than this is what unrelated articles have in common.
LEAST_LIKENESS = 0.04
# Likeness falls by 1/e for every DECAY days between two articles, from the second day on; beyond
# WINDOW days even copies have less than LEAST_LIKENESS, so that nothing is compared.
DECAY = 5.0
WINDOW = 1 - DECAY * float(np.log(LEAST_LIKENESS))
# An unknown date is worth what two articles' dates are worth on average, in part (UNDATED) and as
# far as the corpus has dates: where all are of one week, or none has a date, it costs nothing.
UNDATED = 0.6
# Likeness is kept for so many nearest others. An event of more articles falls apart.
NEAREST = 100
SAMPLE = 200  # dates of which the average is taken
BLOCK = 100  # articles compared with all others at once

Matrix = sparse.csr_array[Any]
Floats = NDArray[np.float64]
Longs = NDArray[Any]  # rows: int32 or int64, as scipy chooses


def days_of(articles: pd.DataFrame) -> Floats:
    """Give the date of every article in days, NaN where there is none."""
    if "published" not in articles:
        return np.full(len(articles), np.nan)
    dates = pd.to_datetime(articles["published"]).to_numpy(dtype="datetime64[s]")
    seconds = dates.astype(np.int64).astype(np.float64)
    return np.where(np.isnat(dates), np.nan, seconds / 86_400)


def find_nearest(vectors: Matrix, days: Floats) -> Matrix:
    """Find the nearest others of every article, by cosine and date."""
    # Compiled, and so imported where it is needed.
    from analysis.text.event_cosines import Window, by_columns, by_rows, cosines_in_window

    order = np.argsort(days, kind="stable")  # undated articles come last
    if (np.diff(order) != 1).any():  # else they are in order, and a copy would take their room
        vectors, days = vectors[order], days[order]
    n_dated = int(np.count_nonzero(~np.isnan(days)))
    bounds = [*range(0, n_dated, BLOCK), *range(n_dated, len(days), BLOCK), len(days)]
    unknown = worth_of_unknown(days)
    articles, terms = by_rows(vectors), by_columns(vectors)

    def nearest_of(block: tuple[int, int]) -> tuple[Longs, Longs, Floats]:
        window = Window(*block, *comparable(days, n_dated, *block), n_dated)
        rows, others, cosines = cosines_in_window(articles, terms, window, LEAST_LIKENESS)
        worth = np.nan_to_num(worth_of_gap(days[rows] - days[others]), nan=unknown)
        return keep_nearest(rows, others, cosines * worth)

    found = in_threads(nearest_of, list(pairwise(bounds)))
    rows, others, values = (np.concatenate(part) for part in zip(*found, strict=True))
    shape = (len(days), len(days))
    graph = sparse.coo_array((values, (order[rows], order[others])), shape=shape).tocsr()
    return graph.maximum(graph.T).tocsr()


def comparable(days: Floats, n_dated: int, start: int, stop: int) -> tuple[int, int]:
    """Give the first dated article in the window of a block, and the one after the last."""
    if start >= n_dated:  # what has no date is in every window
        return 0, n_dated
    dated = days[:n_dated]
    first = np.searchsorted(dated, days[start] - WINDOW)
    last = np.searchsorted(dated, days[stop - 1] + WINDOW, side="right")
    return int(first), int(last)


def worth_of_gap(gap: Floats) -> Floats:
    """Give the share of a likeness that the days between two articles leave, NaN if unknown."""
    worth: Floats = np.exp(-np.maximum(np.abs(gap) - 1, 0) / DECAY)
    worth[np.abs(gap) > WINDOW] = 0
    return worth


def worth_of_gaps(days: Floats, one: Longs, other: Longs) -> Floats:
    """Give the share of their likeness that the dates leave to pairs of articles."""
    worth: Floats = np.nan_to_num(worth_of_gap(days[one] - days[other]), nan=worth_of_unknown(days))
    return worth


def worth_of_unknown(days: Floats) -> float:
    """Give the share of a likeness that is left where one of the two dates is unknown."""
    dated = days[~np.isnan(days)]
    if not len(dated):
        return 1.0
    sample = np.quantile(dated, np.linspace(0, 1, SAMPLE))
    average = worth_of_gap((sample[:, None] - sample).ravel()).mean()
    return float(1 - UNDATED * (1 - average) * len(dated) / len(days))


def keep_nearest(
    rows: Longs, others: Longs, values: Floats, n_nearest: int = NEAREST
) -> tuple[Longs, Longs, Floats]:
    """Keep the largest values of each row, without the diagonal."""
    alike = (values >= LEAST_LIKENESS) & (rows != others)
    rows, others, values = rows[alike], others[alike], values[alike]
    order = np.lexsort((others, -values, rows))
    rows, others, values = rows[order], others[order], values[order]
    first = np.searchsorted(rows, rows)
    kept = np.arange(len(rows)) - first < n_nearest
    return rows[kept], others[kept], values[kept]
