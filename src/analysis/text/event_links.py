"""How likely articles tell of the same event, as a sparse graph of those near each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.corpus.schema import DataError
from analysis.corpus.taking import digest_texts
from analysis.memory import give_back
from analysis.text.event_fellows import fellows_of, weigh_again
from analysis.text.event_nearest import (
    days_of,
    find_nearest,
    pair_up,
    worth_of_gaps,
    worth_of_unknown,
)
from analysis.text.event_odds import Surroundings, weigh_evidence
from analysis.text.event_vectors import Vectors, weigh_articles

# Links of less than this are left out: they decide nothing and would be most of all.
LEAST_LINK = 0.02
PAIRS = 200_000  # pairs whose evidence is weighed at once

Matrix = sparse.csr_array[Any]
Floats = NDArray[np.float64]
Longs = NDArray[Any]


@dataclass(frozen=True, eq=False)
class EventLinks:
    """How likely any two articles of a corpus tell of the same event, and what of.

    Attributes
    ----------
    order
        Rows of the articles by date and text, in which `graph` and `weights` have them: so
        neither rows nor ids decide anything.
    graph
        Shape (articles, articles), symmetric, without the diagonal: probabilities; 0 for pairs
        that are not among each other's nearest, and for those below `LEAST_LINK` at the first
        look (`event_odds`) or at the second (`event_fellows`).
    weights
        Shape (articles, terms): how much each term tells of an article (see ``weigh_articles``).
    terms
        Array of str.
    name
        Of the articles (`name_articles`).
    """

    order: Longs
    graph: Matrix
    weights: Matrix
    terms: NDArray[Any]
    name: str

    @property
    def place(self) -> Longs:
        """Where each row of the articles is in `graph` and `weights`."""
        return np.argsort(self.order)

    def by_rows(self) -> Matrix:
        """Give the graph for articles in the order of their rows."""
        place = self.place
        graph: Matrix = self.graph[place][:, place]
        return graph


def link_articles(articles: pd.DataFrame, links: EventLinks | None = None) -> EventLinks:
    """Estimate for pairs of articles how likely they tell of the same event.

    Parameters
    ----------
    articles
        One row per article, with ``article_id`` and ``text``; ``title`` and ``published`` are
        read where they are.
    links
        What was found before; it is given back if it is of these articles.

    Raises
    ------
    DataError
        When `links` is of other articles.
    """
    name = name_articles(articles)
    if links is not None:
        if links.name != name:
            raise DataError(
                f"the links are of {len(links.order)} other articles; pass those of the corpus "
                "that the articles come from, with the same rows, or none"
            )
        return links
    order = in_order(articles)
    vectors = weigh_articles(articles, order)
    graph = link_vectors(vectors, days_of(articles)[order])
    return EventLinks(order, graph, vectors.matrix, vectors.terms, name)


def name_articles(articles: pd.DataFrame) -> str:
    """Give a name that stands for the articles' ids and the lengths of their texts, row by row."""
    found = blake2b(articles["text"].str.len().to_numpy(np.int64).tobytes(), digest_size=8)
    for article_id in articles["article_id"]:
        found.update(f"{article_id}\n".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def in_order(articles: pd.DataFrame) -> Longs:
    """Order the articles by date and text, so that rows and ids decide nothing."""
    keys = [digest_texts(articles[name]) for name in ("title", "text") if name in articles]
    order: Longs = np.lexsort([*keys, days_of(articles)])
    return order


def link_vectors(vectors: Vectors, days: Floats) -> Matrix:
    """Link articles by what was weighed of them and their days, which ascend; unknown ones last."""
    if not len(days):
        return sparse.csr_array((0, 0))
    nearest = find_nearest(vectors.matrix, days)
    around = Surroundings.of(vectors, nearest)
    pairs = pair_up(nearest)
    del nearest
    give_back()
    unknown = worth_of_unknown(days)

    def weigh(one: Longs, other: Longs, _: Floats) -> Floats:
        return weigh_evidence(vectors, around, one, other, worth_of_gaps(days, one, other, unknown))

    links = weigh_pairs(pairs, weigh)
    del pairs
    fellows = fellows_of(both_ways(links), vectors.weekdays)

    def again(one: Longs, other: Longs, values: Floats) -> Floats:
        return weigh_again(fellows, one, other, values)

    return both_ways(weigh_pairs(links, again))


def weigh_pairs(pairs: Matrix, weigh: Callable[[Longs, Longs, Floats], Floats]) -> Matrix:
    """Give each pair of an upper triangle the link that `weigh` gives to its rows and value."""
    rows = np.repeat(np.arange(pairs.shape[0], dtype=pairs.indices.dtype), np.diff(pairs.indptr))
    parts = []
    for start in range(0, max(len(rows), 1), PAIRS):
        some = slice(start, start + PAIRS)
        one, other = rows[some], pairs.indices[some]
        links = weigh(one, other, pairs.data[some])
        kept = links >= LEAST_LINK
        parts.append((one[kept], other[kept], links[kept]))
    one, other, links = (np.concatenate(part) for part in zip(*parts, strict=True))
    linked: Matrix = sparse.coo_array((links, (one, other)), shape=pairs.shape).tocsr()
    return linked


def both_ways(upper: Matrix) -> Matrix:
    """Give the symmetric graph of an upper triangle."""
    both: Matrix = (upper + upper.T).tocsr()
    return both
