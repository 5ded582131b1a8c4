"""What each article is about, as a vector: its distinctive words, names and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.event_places import Floats, Mask, Matrix, weigh_portion

# Look-alike events share their vocabulary and differ in names and numbers.
NAME, NUMBER = 1.5, 1.5
NAME_SHARE = 0.7  # a term is a name where this share of its tokens begins with a capital
# Terms rarer than FEW articles weigh the same, so that the size of an event, which decides how
# rare its own words are, matters little; a corpus below SMALL is weighed as one of that size.
FEW, SMALL = 10, 50
# Terms of more articles than this tell no two of them apart, and cost a comparison of all pairs.
MANY = 2_000
WORDS, NAMES, NUMBERS = 0, 1, 2  # kinds of terms
PORTION = 5_000  # articles whose tokens stand in memory at once


@dataclass(frozen=True, eq=False)
class Vectors:
    """Weighted terms of every article.

    Attributes
    ----------
    matrix
        Shape (articles, terms), rows of unit length; a row without terms is empty.
    lede
        The same of the title and the first words alone, without weights for places and kinds.
    terms
        Array of str, one per column.
    kinds
        Array of int8, one per column: `WORDS`, `NAMES` or `NUMBERS`.
    n_words
        Array of int, one per article: how long it is.
    weekdays
        Shape (articles, 7): how much each names each day of the week, weighed by places.
    """

    matrix: Matrix
    lede: Matrix
    terms: NDArray[Any]
    kinds: NDArray[np.int8]
    n_words: NDArray[Any]
    weekdays: Floats

    def take(self, rows: NDArray[Any]) -> Vectors:
        """Give the articles at `rows`; every term stays."""
        some = self.matrix[rows], self.lede[rows]
        return Vectors(*some, self.terms, self.kinds, self.n_words[rows], self.weekdays[rows])


def weigh_articles(articles: pd.DataFrame) -> Vectors:
    """Weigh the terms of every article by place, kind and rarity.

    Parameters
    ----------
    articles
        One row per article, with ``article_id`` and ``text``; ``title`` is read where it is.

    Returns
    -------
    Vectors
        The weight is log(1 + sum of the places' weights) times the inverse document frequency,
        times `NAME` or `NUMBER`. Function words, and terms of one article only, are left out.
    """
    starts = range(0, max(len(articles), 1), PORTION)
    portions = [weigh_portion(articles.iloc[start : start + PORTION]) for start in starts]
    terms, columns = join_terms([portion.terms for portion in portions])
    n_tokens, capitals, df = np.zeros((3, len(terms)))
    for column, portion in zip(columns, portions, strict=True):
        n_tokens[column] += portion.counts[0]
        capitals[column] += portion.counts[1]
        df[column] += portion.counts[2]
    kept = (df > 1) & (df <= MANY)
    terms, names = terms[kept], capitals[kept] >= NAME_SHARE * n_tokens[kept]
    kinds, by_kind = weigh_kinds(terms, names)
    rarity = np.log(max(len(articles), SMALL) / np.maximum(df[kept], FEW)).clip(min=0)
    weights, place = rarity * by_kind, np.cumsum(kept) - 1
    matrices: list[tuple[Matrix, Matrix]] = []
    for column, portion in zip(columns, portions, strict=True):
        own = np.flatnonzero(kept[column])
        to = place[column[own]], len(terms)
        while portion.blocks:  # each is let go when it is weighed
            block, lede = portion.blocks.pop(0)
            matrices.append(
                (weigh_columns(block, own, weights, to), weigh_columns(lede, own, rarity, to))
            )
    matrix, ledes = (sparse.vstack(parts, format="csr") for parts in zip(*matrices, strict=True))
    n_words = np.concatenate([portion.n_words for portion in portions])
    weekdays = np.concatenate([portion.weekdays for portion in portions])
    return Vectors(matrix, ledes, terms, kinds, n_words, weekdays)


def join_terms(parts: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], list[NDArray[np.int64]]]:
    """Give all terms in order, and where among them those of each part are."""
    if len(parts) == 1:
        return parts[0], [np.arange(len(parts[0]))]
    met: dict[str, int] = {}
    numbers = [
        np.fromiter((met.setdefault(term, len(met)) for term in part), np.int64, len(part))
        for part in parts
    ]
    every = np.array(list(met), dtype=object)
    order = np.argsort(every)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return every[order], [rank[number] for number in numbers]


def weigh_kinds(terms: NDArray[Any], names: Mask) -> tuple[NDArray[np.int8], Floats]:
    """Give the kind of each term and what it weighs; a name with a digit weighs as both."""
    numbers = np.fromiter((any(map(str.isdigit, term)) for term in terms), bool, len(terms))
    kinds = np.where(numbers, NUMBERS, np.where(names, NAMES, WORDS)).astype(np.int8)
    return kinds, np.where(names, NAME, 1.0) * np.where(numbers, NUMBER, 1.0)


def weigh_columns(
    counts: Matrix, columns: NDArray[np.intp], weights: Floats, to: tuple[NDArray[np.int64], int]
) -> Matrix:
    """Give log(1 + count) times the column's weight, in rows of unit length.

    Parameters
    ----------
    counts, columns
        Some of whose columns are kept.
    weights
        Of the new columns.
    to
        Where among those each is put, and how many they are.
    """
    matrix = counts[:, columns]
    places, n_columns = to
    matrix = sparse.csr_array(
        (matrix.data, places[matrix.indices], matrix.indptr), shape=(matrix.shape[0], n_columns)
    )
    np.log1p(matrix.data, out=matrix.data)
    matrix.data *= weights[matrix.indices]
    matrix.eliminate_zeros()
    matrix.sort_indices()
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    lengths = np.sqrt(np.bincount(rows, matrix.data**2, matrix.shape[0]))
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    matrix.data *= scale[rows]
    return matrix
