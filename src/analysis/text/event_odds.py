"""How likely two articles tell of the same event, given what they have in common.

A logistic regression. What two articles share is weighed against what is usual around them: the
same cosine says little between two of many articles on one issue, and much between two that have
nothing to do with the rest of the corpus. The smaller a corpus, the less it shows what is usual, so
that likeness itself has to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.event_vectors import Vectors
from analysis.text.event_weekdays import odds_of_weekdays

# Fitted; docs/methods.md says on what, and how it was checked.
WEIGHTS = {
    "words": 0.39,
    "numbers": 1.39,
    "lede": 1.16,
    "fellows": 3.98,
    "more fellows": 7.53,
    "closest": -2.24,
    "everywhere": -0.68,
    "longer": -1.24,
    "articles": -0.75,
    "weekdays": 0.82,
    "few articles": 0.89,
    "few articles, fellows": -0.73,
    "few articles, closest": 0.92,
}
CONSTANT = 1.97
FLOOR = 0.02  # added to cosines before their logarithm is taken: less is noise
CLOSEST = 2  # others whose mean likeness says how close articles come here
FEW_FELLOWS, MANY_FELLOWS = 8, 15  # lists of nearest, with the article itself
SMALLEST, LARGEST = 200, 5_000  # articles of a corpus, between which its size matters
SCARCE = 80  # articles of a corpus, below which what is usual is the less known the fewer they are
SHORTEST = 100  # words; what is shorter has no more room for chance agreement

Matrix = sparse.csr_array[Any]
Floats = NDArray[np.float64]
Longs = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What is usual around each article.

    Attributes
    ----------
    lists
        For each number of fellows, the nearest others with their likeness; rows of unit length.
    closest
        Mean likeness to the `CLOSEST` others.
    everywhere
        Mean cosine with all other articles.
    """

    lists: tuple[Matrix, Matrix]
    closest: Floats
    everywhere: Floats

    @classmethod
    def of(cls, vectors: Vectors, nearest: Matrix) -> Surroundings:
        """Read them off what `find_nearest` gives."""
        n_articles = nearest.shape[0]
        rows, _, values = first_of_rows(nearest, CLOSEST)
        closest = np.bincount(rows, weights=values, minlength=n_articles) / CLOSEST
        total = np.asarray(vectors.matrix.sum(axis=0)).ravel()
        some = np.diff(vectors.matrix.indptr) > 0
        everywhere = (vectors.matrix @ total - some) / max(n_articles - 1, 1)
        lists = tuple(list_nearest(nearest, n) for n in (FEW_FELLOWS, MANY_FELLOWS))
        return cls(lists, closest, everywhere)  # type: ignore[arg-type]


def first_of_rows(nearest: Matrix, n_first: int) -> tuple[Longs, Longs, Floats]:
    """Give the first others of each row: rows, others and values."""
    sizes = np.minimum(np.diff(nearest.indptr), n_first)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(rows)) + np.repeat(nearest.indptr[:-1] - np.cumsum(sizes) + sizes, sizes)
    return rows, nearest.indices[place], nearest.data[place]


def list_nearest(nearest: Matrix, n_fellows: int) -> Matrix:
    """List the nearest others of each article, itself among them, as a row of unit length."""
    n_articles = nearest.shape[0]
    rows, others, values = first_of_rows(nearest, n_fellows - 1)
    itself = np.arange(n_articles)
    rows, others = np.append(rows, itself), np.append(others, itself)
    values = np.append(values, np.ones(n_articles))
    lengths = np.sqrt(np.bincount(rows, weights=values**2, minlength=n_articles))
    lists = sparse.coo_array((values / lengths[rows], (rows, others)), shape=nearest.shape).tocsr()
    lists.sort_indices()
    return lists


def scarcity_of(n_articles: int) -> float:
    """Tell how few the articles of a corpus are: 0 from `SCARCE` on, the more the fewer."""
    return float(np.log(SCARCE / min(n_articles, SCARCE)))


def collect_evidence(
    vectors: Vectors, around: Surroundings, one: Longs, other: Longs, worth: Floats
) -> dict[str, Floats]:
    """Measure what the regression weighs, a value per pair of articles."""
    # Compiled, and so imported where it is needed.
    from analysis.text.event_pairs import cosines_by_kind, row_products

    words, _, numbers = worth * cosines_by_kind(vectors, one, other).T
    lede = worth * row_products(vectors.lede, one, other)
    longer = np.maximum(vectors.n_words[one], vectors.n_words[other])
    fellows, more = (row_products(lists, one, other) for lists in around.lists)
    closest = logarithm(around.closest[one]) + logarithm(around.closest[other])
    n_articles = len(vectors.n_words)
    scarcity = scarcity_of(n_articles)
    return {
        "words": logarithm(words),
        "numbers": numbers,
        "lede": logarithm(lede),
        "fellows": fellows,
        "more fellows": more,
        "closest": closest,
        "everywhere": logarithm(around.everywhere[one]) + logarithm(around.everywhere[other]),
        "longer": np.log1p(np.maximum(longer, SHORTEST)),
        "articles": np.full(len(one), np.log(np.clip(n_articles, SMALLEST, LARGEST))),
        "weekdays": odds_of_weekdays(vectors.weekday_shares, one, other),
        "few articles": np.full(len(one), scarcity),
        "few articles, fellows": scarcity * fellows,
        "few articles, closest": scarcity * closest,
    }


def weigh_evidence(
    vectors: Vectors, around: Surroundings, one: Longs, other: Longs, worth: Floats
) -> Floats:
    """Estimate the probability that the articles of each pair tell of the same event."""
    evidence = collect_evidence(vectors, around, one, other, worth)
    log_odds = CONSTANT + sum(WEIGHTS[name] * values for name, values in evidence.items())
    probability: Floats = 1 / (1 + np.exp(-log_odds))
    return probability


def logarithm(cosines: Floats) -> Floats:
    """Take logarithms, so that shares of a likeness count and not differences."""
    found: Floats = np.log(cosines + FLOOR)
    return found
