"""What each article is about, as a vector: its distinctive words, names and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.memory import give_back
from analysis.text.event_places import Floats, Mask, Matrix, Portion, weigh_portion
from analysis.text.event_weekdays import share_weekdays
from analysis.text.joined_terms import JoinedTerms
from analysis.text.stacked_rows import StackedRows

# Look-alike events share their vocabulary and differ in names and numbers.
NAME, NUMBER = 1.5, 1.5
NAME_SHARE = 0.7  # a term is a name where this share of its tokens begins with a capital
# Terms rarer than FEW articles weigh the same, so that the size of an event, which decides how
# rare its own words are, matters little; a corpus below SMALL is weighed as one of that size.
FEW, SMALL = 10, 50
# Terms of more articles than this tell no two of them apart, and cost a comparison of all pairs.
MANY = 2_000
WORDS, NAMES, NUMBERS = 0, 1, 2  # kinds of terms
PORTION = 2_500  # articles whose tokens stand in memory at once


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

    @cached_property
    def lengths(self) -> Floats:
        """The length of every row in each kind of column; shape (articles, 3)."""
        matrix, parts = self.matrix, [np.zeros((0, 3))]
        for start in range(0, matrix.shape[0], PORTION):
            pointer = matrix.indptr[start : start + PORTION + 1]
            some = slice(int(pointer[0]), int(pointer[-1]))
            rows = np.repeat(np.arange(len(pointer) - 1), np.diff(pointer))
            place = rows * 3 + self.kinds[matrix.indices[some]]
            sums = np.bincount(place, matrix.data[some] ** 2, minlength=3 * (len(pointer) - 1))
            parts.append(np.sqrt(sums.reshape(-1, 3)))
        return np.concatenate(parts)

    @cached_property
    def weekday_shares(self) -> Floats:
        """Each article spread over the days of the week (see ``share_weekdays``)."""
        return share_weekdays(self.weekdays)


def weigh_articles(articles: pd.DataFrame, order: NDArray[Any] | None = None) -> Vectors:
    """Weigh the terms of every article by place, kind and rarity.

    Parameters
    ----------
    articles
        One row per article, with ``article_id`` and ``text``; ``title`` is read where it is.
    order
        The articles' rows in the order that theirs are wanted in; as they stand if left out.

    Returns
    -------
    Vectors
        The weight is log(1 + sum of the places' weights) times the inverse document frequency,
        times `NAME` or `NUMBER`. Function words, and terms of one article only, are left out.
    """
    order = np.arange(len(articles)) if order is None else order
    read = articles[[name for name in ("article_id", "title", "text") if name in articles]]
    joined, portions = JoinedTerms(3), []
    for start in range(0, max(len(articles), 1), PORTION):
        portions.append(weigh_portion(read.iloc[order[start : start + PORTION]], joined))
        give_back()
    terms, (n_tokens, capitals, df), rank = joined.in_order()
    del joined
    kept = (df > 1) & (df <= MANY)
    terms, names = terms[kept], capitals[kept] >= NAME_SHARE * n_tokens[kept]
    kinds, by_kind = weigh_kinds(terms, names)
    rarity = np.log(max(len(articles), SMALL) / np.maximum(df[kept], FEW)).clip(min=0)
    n_words = np.concatenate([portion.n_words for portion in portions])
    weekdays = np.concatenate([portion.weekdays for portion in portions])
    place = np.where(kept, np.cumsum(kept) - 1, -1)[rank]
    matrix, ledes = weigh_portions(portions, place, len(terms), (rarity * by_kind, rarity))
    return Vectors(matrix, ledes, terms, kinds, n_words, weekdays)


def weigh_portions(
    portions: list[Portion],
    place: NDArray[np.int64],
    n_terms: int,
    weights: tuple[Floats, Floats],
) -> tuple[Matrix, Matrix]:
    """Weigh all words and the ledes of all articles, and let go what was counted of them.

    Parameters
    ----------
    portions
        What was counted.
    place, n_terms
        Which of so many kept terms each number is; -1 for none.
    weights
        Of the kept terms, in all words and in ledes.
    """
    sizes = np.zeros(2, dtype=np.int64)
    for portion in portions:
        own = place[portion.numbers] >= 0
        kinds = zip(*portion.blocks, strict=True)
        sizes += [sum(own[part.indices].sum() for part in parts) for parts in kinds]
    shape = sum(len(portion.n_words) for portion in portions), n_terms
    whole = [StackedRows(shape, int(size)) for size in sizes]
    for portion in portions:
        to = place[portion.numbers]
        own = np.flatnonzero(to >= 0)
        while portion.blocks:  # each is let go when it is weighed
            for stack, counts, weight in zip(whole, portion.blocks.pop(0), weights, strict=True):
                part = weigh_columns(counts, own, weight, (to[own], n_terms))
                stack.add(np.diff(part.indptr), part.indices, part.data)
        give_back()
    matrix, ledes = (stack.matrix() for stack in whole)
    return matrix, ledes


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
