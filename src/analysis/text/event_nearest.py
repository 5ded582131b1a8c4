"""The nearest others of every article, by text and date: no pair beyond them is ever looked at."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.stacked_rows import StackedRows
from analysis.text.threads import in_threads

if TYPE_CHECKING:
    from analysis.text.event_cosines import Weights

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
SPAN = 20_000  # articles that are laid out by terms at once, and whose blocks are looked at

Matrix = sparse.csr_array[Any]
Floats = NDArray[np.float64]
Longs = NDArray[Any]  # rows: int32 or int64, as scipy chooses
Bounds = tuple[int, int]
Pairs = tuple[Longs, Longs, Floats]


def days_of(articles: pd.DataFrame) -> Floats:
    """Give the date of every article in days, NaN where there is none."""
    if "published" not in articles:
        return np.full(len(articles), np.nan)
    dates = pd.to_datetime(articles["published"]).to_numpy(dtype="datetime64[s]")
    seconds = dates.astype(np.int64).astype(np.float64)
    return np.where(np.isnat(dates), np.nan, seconds / 86_400)


def find_nearest(vectors: Matrix, days: Floats) -> Matrix:
    """Find the nearest others of every article, by cosine and date.

    Parameters
    ----------
    vectors
        Shape (articles, terms), rows of unit length.
    days
        The date of each article; they ascend, and the unknown ones are last.

    Returns
    -------
    scipy.sparse.csr_array
        Shape (articles, articles): in each row the likeness of the `NEAREST` others, the nearest
        first.
    """
    n_articles, n_dated = len(days), int(np.count_nonzero(~np.isnan(days)))
    nearest = StackedRows((n_articles, n_articles), n_articles * min(n_articles, NEAREST))
    for span in (*cut(0, n_dated, SPAN), *cut(n_dated, n_articles, SPAN)):
        for (first, end), found in nearest_of_span(vectors, days, n_dated, span):
            rows, others, values = found
            nearest.add(np.bincount(rows - first, minlength=end - first), others, values)
    return nearest.matrix()


def nearest_of_span(
    vectors: Matrix, days: Floats, n_dated: int, span: Bounds
) -> list[tuple[Bounds, Pairs]]:
    """Find the nearest others of some articles, block by block.

    What they are compared with is laid out by terms, `SPAN` articles at a time: of those that came
    before, each keeps its nearest.
    """
    # Compiled, and so imported where it is needed.
    from analysis.text.event_cosines import Window, by_columns, by_rows, cosines_in_window

    articles, unknown = by_rows(vectors), worth_of_unknown(days)

    def look(block: Bounds, before: Pairs, piece: Bounds, terms: Weights) -> Pairs:
        first, last = piece if piece[0] >= n_dated else comparable(days, n_dated, *block)
        begin, end = max(piece[0], first) - piece[0], min(piece[1], last) - piece[0]
        if begin >= end:
            return before
        window = Window(*block, begin, end)
        rows, others, cosines = cosines_in_window(articles, terms, window, LEAST_LIKENESS)
        others += piece[0]
        values = cosines * worth_of_gaps(days, rows, others, unknown)
        new = keep_nearest(rows, others, values, NEAREST)
        if not len(before[0]):
            return new
        rows, others, values = (np.concatenate(parts) for parts in zip(before, new, strict=True))
        return keep_nearest(rows, others, values, NEAREST)

    blocks = cut(*span, BLOCK)
    found: list[Pairs] = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))] * len(blocks)
    first, last = comparable(days, n_dated, *span)
    for piece in (*cut(first, last, SPAN), *cut(n_dated, len(days), SPAN)):
        terms = by_columns(rows_between(vectors, *piece))
        shares = [(*share, piece, terms) for share in zip(blocks, found, strict=True)]
        found = in_threads(lambda share: look(*share), shares)
    return list(zip(blocks, found, strict=True))


def cut(start: int, stop: int, size: int) -> list[Bounds]:
    """Cut a run of articles into runs of at most so many."""
    return list(pairwise([*range(start, stop, size), stop]))


def rows_between(matrix: Matrix, first: int, end: int) -> Matrix:
    """Give some rows that follow each other, without a copy."""
    pointer = matrix.indptr[first : end + 1]
    some = slice(int(pointer[0]), int(pointer[-1]))
    parts = matrix.data[some], matrix.indices[some], pointer - pointer[0]
    return sparse.csr_array(parts, shape=(end - first, matrix.shape[1]))


def pair_up(nearest: Matrix) -> Matrix:
    """Give each pair of which one is among the other's nearest once: the upper triangle."""
    n_articles = nearest.shape[0]
    rows = np.repeat(np.arange(n_articles, dtype=nearest.indices.dtype), np.diff(nearest.indptr))
    halves = []
    for upper in (True, False):
        kept = (rows < nearest.indices) == upper
        ends = rows[kept], nearest.indices[kept]
        pairs = nearest.data[kept], ends if upper else ends[::-1]
        halves.append(sparse.coo_array(pairs, shape=nearest.shape).tocsr())
    paired: Matrix = halves[0].maximum(halves[1])
    return paired


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


def worth_of_gaps(days: Floats, one: Longs, other: Longs, unknown: float) -> Floats:
    """Give the share of their likeness that the dates leave to pairs; `unknown` without dates."""
    worth: Floats = np.nan_to_num(worth_of_gap(days[one] - days[other]), nan=unknown)
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
    rows: Longs, others: Longs, values: Floats, n_nearest: int
) -> tuple[Longs, Longs, Floats]:
    """Keep the largest values of each row, without the diagonal."""
    alike = (values >= LEAST_LIKENESS) & (rows != others)
    rows, others, values = rows[alike], others[alike], values[alike]
    order = np.lexsort((others, -values, rows))
    rows, others, values = rows[order], others[order], values[order]
    first = np.searchsorted(rows, rows)
    kept = np.arange(len(rows)) - first < n_nearest
    return rows[kept], others[kept], values[kept]
