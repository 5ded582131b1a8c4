"""How likely articles tell of the same event, as a sparse graph of those near each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.event_nearest import days_of, find_nearest, worth_of_gaps
from analysis.text.event_odds import Surroundings, weigh_evidence
from analysis.text.event_vectors import weigh_articles

# Links of less than this are left out: they decide nothing and would be most of all.
LEAST_LINK = 0.02
PAIRS = 200_000  # pairs whose evidence is weighed at once

Matrix = sparse.csr_array[Any]


def link_articles(articles: pd.DataFrame, order: NDArray[np.intp] | None = None) -> Matrix:
    """Estimate for pairs of articles how likely they tell of the same event.

    Parameters
    ----------
    articles
        One row per article, with ``article_id`` and ``text``; ``title`` and ``published`` are
        read where they are.
    order
        Rows of `articles` in the order that the links are wanted in, that in which they stand if
        it is not given. Only rounding depends on it.

    Returns
    -------
    scipy.sparse.csr_array
        Shape (articles, articles), symmetric, without the diagonal: probabilities; 0 for pairs
        that are not among each other's nearest, and for those below `LEAST_LINK`.
    """
    if not len(articles):
        return sparse.csr_array((0, 0))
    vectors, days = weigh_articles(articles), days_of(articles)
    if order is not None:
        vectors, days = vectors.take(order), days[order]
    likeness = find_nearest(vectors.matrix, days)
    around = Surroundings.of(vectors, likeness)
    upper = sparse.triu(likeness).tocoo()
    graph: Matrix = sparse.csr_array(likeness.shape)
    for start in range(0, upper.nnz, PAIRS):
        one, other = upper.row[start : start + PAIRS], upper.col[start : start + PAIRS]
        worth = worth_of_gaps(days, one, other)
        links = weigh_evidence(vectors, around, one, other, worth)
        kept = links >= LEAST_LINK
        some = (links[kept], (one[kept], other[kept]))
        graph = (graph + sparse.coo_array(some, shape=likeness.shape)).tocsr()
    linked: Matrix = (graph + graph.T).tocsr()
    return linked
