"""How alike two articles are, as a sparse graph: only the nearest others of each are kept."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.event_vectors import weigh_articles

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
# Two articles are also alike when the same others are near them: this share of the likeness is
# the cosine of their lists of the FELLOWS nearest.
SHARED, FELLOWS = 0.3, 8
# Local scaling: a likeness is divided by what the two articles have with their CLOSEST others
# (not less than LEAST_SCALE), to the power of SCALING.
SCALING, CLOSEST, LEAST_SCALE = 0.45, 2, 0.15
# The more articles, the more look alike by chance: links are divided by the corpus's size, in
# thousands of articles and between these bounds, to the power of BY_SIZE.
BY_SIZE, SMALLEST, LARGEST = 0.15, 0.2, 5.0
SAMPLE = 200  # dates of which the average is taken
BLOCK = 500  # articles compared with all others at once

Matrix = sparse.csr_array[Any]
Floats = NDArray[np.float64]
Longs = NDArray[Any]  # rows: int32 or int64, as scipy chooses


def link_articles(articles: pd.DataFrame) -> Matrix:
    """Measure how alike the articles are in words, names, numbers and date.

    Parameters
    ----------
    articles
        One row per article, with ``article_id`` and ``text``; ``title`` and ``published`` are
        read where they are. Faster in the order of their dates.

    Returns
    -------
    scipy.sparse.csr_array
        Shape (articles, articles), symmetric, without the diagonal; 0 for pairs that are not
        among each other's nearest.
    """
    if not len(articles):
        return sparse.csr_array((0, 0))
    likeness = nearest(weigh_articles(articles).matrix, days_of(articles))
    return scale_locally(share_fellows(likeness))


def days_of(articles: pd.DataFrame) -> Floats:
    """Give the date of every article in days, NaN where there is none."""
    if "published" not in articles:
        return np.full(len(articles), np.nan)
    dates = pd.to_datetime(articles["published"]).to_numpy(dtype="datetime64[s]")
    seconds = dates.astype(np.int64).astype(np.float64)
    return np.where(np.isnat(dates), np.nan, seconds / 86_400)


def nearest(vectors: Matrix, days: Floats) -> Matrix:
    """Find the nearest others of every article, by cosine and date."""
    order = np.argsort(days, kind="stable")  # undated articles come last
    vectors, days = vectors[order], days[order]
    n_dated = int(np.count_nonzero(~np.isnan(days)))
    bounds = [*range(0, n_dated, BLOCK), *range(n_dated, len(days), BLOCK), len(days)]
    unknown = worth_of_unknown(days)
    found = []
    for start, stop in pairwise(bounds):
        columns = comparable(days, n_dated, start, stop)
        block = (vectors[start:stop] @ vectors[columns].T).tocoo()
        rows, others = block.row + start, columns[block.col]
        worth = worth_of_gap(days[rows] - days[others])
        worth[np.isnan(worth)] = unknown
        found.append(keep_nearest(rows, others, block.data * worth))
    rows, others, values = (np.concatenate(part) for part in zip(*found, strict=True))
    shape = (len(days), len(days))
    graph = sparse.coo_array((values, (order[rows], order[others])), shape=shape).tocsr()
    return graph.maximum(graph.T).tocsr()


def comparable(days: Floats, n_dated: int, start: int, stop: int) -> Longs:
    """Give the articles in the window of a block; an undated article is in every window."""
    if start >= n_dated:
        return np.arange(len(days))
    first = np.searchsorted(days[:n_dated], days[start] - WINDOW)
    last = np.searchsorted(days[:n_dated], days[stop - 1] + WINDOW, side="right")
    return np.concatenate([np.arange(first, last), np.arange(n_dated, len(days))])


def worth_of_gap(gap: Floats) -> Floats:
    """Give the share of a likeness that the days between two articles leave, NaN if unknown."""
    worth: Floats = np.exp(-np.maximum(np.abs(gap) - 1, 0) / DECAY)
    worth[np.abs(gap) > WINDOW] = 0
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


def share_fellows(likeness: Matrix) -> Matrix:
    """Mix the likeness with that of the articles' lists of nearest others."""
    n_articles = likeness.shape[0]
    graph = likeness.tocoo()
    rows, others, values = keep_nearest(graph.row, graph.col, graph.data, FELLOWS - 1)
    itself = np.arange(n_articles)
    lists = sparse.coo_array(
        (
            np.append(values, np.ones(n_articles)),
            (np.append(rows, itself), np.append(others, itself)),
        ),
        shape=likeness.shape,
    ).tocsr()
    lengths = np.sqrt(np.asarray(lists.multiply(lists).sum(axis=1)).ravel())
    lists.data /= np.repeat(lengths, np.diff(lists.indptr))
    mixed = ((1 - SHARED) * likeness + SHARED * (lists @ lists.T)).tocoo()
    rows, others, values = keep_nearest(mixed.row, mixed.col, mixed.data, n_articles)
    return sparse.coo_array((values, (rows, others)), shape=likeness.shape).tocsr()


def scale_locally(likeness: Matrix) -> Matrix:
    """Divide by what the articles have with their closest, so that one threshold serves all."""
    graph = likeness.tocoo()
    rows, _, values = keep_nearest(graph.row, graph.col, graph.data, CLOSEST)
    closest = np.bincount(rows, weights=values, minlength=likeness.shape[0]) / CLOSEST
    scale = np.maximum(closest, LEAST_SCALE) ** (SCALING / 2)
    by_size = np.clip(likeness.shape[0] / 1000, SMALLEST, LARGEST) ** BY_SIZE
    graph.data = graph.data / (scale[graph.row] * scale[graph.col] * by_size)
    return graph.tocsr()
