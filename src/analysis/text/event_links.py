"""How likely articles tell of the same event, as a sparse graph of those near each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.event_fellows import weigh_again, with_itself
from analysis.text.event_nearest import days_of, find_nearest, worth_of_gaps
from analysis.text.event_odds import Surroundings, weigh_evidence
from analysis.text.event_vectors import Vectors, weigh_articles

# Links of less than this are left out: they decide nothing and would be most of all.
LEAST_LINK = 0.02
PAIRS = 200_000  # pairs whose evidence is weighed at once

Matrix = sparse.csr_array[Any]
Floats = NDArray[np.float64]
Longs = NDArray[Any]


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
        that are not among each other's nearest, and for those below `LEAST_LINK` at the first
        look (`event_odds`) or at the second (`event_fellows`).
    """
    return link_vectors(weigh_articles(articles), days_of(articles), order)


def link_vectors(vectors: Vectors, days: Floats, order: NDArray[np.intp] | None = None) -> Matrix:
    """Link articles, as ``link_articles`` does, by what was weighed of them and their days."""
    if not len(days):
        return sparse.csr_array((0, 0))
    if order is not None:
        vectors, days = vectors.take(order), days[order]
    likeness = find_nearest(vectors.matrix, days)
    around = Surroundings.of(vectors, likeness)

    def weigh(one: Longs, other: Longs, _: Floats) -> Floats:
        return weigh_evidence(vectors, around, one, other, worth_of_gaps(days, one, other))

    links = weigh_pairs(likeness, weigh)
    fellows = with_itself(links)

    def again(one: Longs, other: Longs, values: Floats) -> Floats:
        return weigh_again(fellows, vectors.weekdays, one, other, values)

    return weigh_pairs(links, again)


def weigh_pairs(graph: Matrix, weigh: Callable[[Longs, Longs, Floats], Floats]) -> Matrix:
    """Give each pair of a symmetric graph the link that `weigh` gives to its rows and value."""
    upper = sparse.triu(graph).tocoo()
    linked: Matrix = sparse.csr_array(graph.shape)
    for start in range(0, upper.nnz, PAIRS):
        some = slice(start, start + PAIRS)
        one, other = upper.row[some], upper.col[some]
        links = weigh(one, other, upper.data[some])
        kept = links >= LEAST_LINK
        part = sparse.coo_array((links[kept], (one[kept], other[kept])), shape=graph.shape)
        linked = (linked + part).tocsr()
    both: Matrix = (linked + linked.T).tocsr()
    return both
