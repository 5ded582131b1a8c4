"""What each article is about, as a vector: its distinctive words, names and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.corpus.taking import order_rows
from analysis.memory import give_back
from analysis.text.event_places import Blocks, Floats, Mask, Matrix, Portion, weigh_portion
from analysis.text.event_weekdays import share_weekdays
from analysis.text.joined_terms import JoinedTerms
from analysis.text.on_disk import Arrays, kept_on_disk
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

    Raises
    ------
    OSError
        When the folder for temporary files has no room: from some thousand articles on what was
        counted, about 4 kB an article, is there until all terms are known.
    """
    order = np.arange(len(articles)) if order is None else order
    read = order_rows(
        articles[[name for name in ("article_id", "title", "text") if name in articles]], order
    )
    joined, portions = JoinedTerms(3), []

    def count() -> Iterator[Arrays]:
        for start in range(0, max(len(articles), 1), PORTION):
            portion, blocks = weigh_portion(read.iloc[start : start + PORTION], joined)
            portions.append(portion)
            yield flatten(blocks)
            del blocks
            give_back()

    with kept_on_disk(count()) as kept:
        return weigh_counts(joined, portions, kept)


def flatten(blocks: Blocks) -> Arrays:
    """Give the arrays of all matrices."""
    matrices = (matrix for block in blocks for matrix in block)
    return [array for one in matrices for array in (one.data, one.indices, one.indptr)]


def each_block(arrays: Arrays, n_terms: int) -> Iterator[tuple[Matrix, Matrix]]:
    """Give the matrices of so many columns that were flattened."""
    for first in range(0, len(arrays), 6):
        whole, lede = (tuple(arrays[place : place + 3]) for place in (first, first + 3))
        shape = len(whole[2]) - 1, n_terms
        yield sparse.csr_array(whole, shape=shape), sparse.csr_array(lede, shape=shape)


def weigh_counts(
    joined: JoinedTerms, portions: Sequence[Portion], kept: Sequence[Arrays]
) -> Vectors:
    """Weigh what was counted in portions of articles.

    Parameters
    ----------
    joined
        The terms of all portions.
    portions, kept
        What is known of each, and its counts as `flatten` gives them.
    """
    n_articles = sum(len(portion.n_words) for portion in portions)
    terms, (n_tokens, capitals, df), rank = joined.in_order()
    told = (df > 1) & (df <= MANY)
    terms, names = terms[told], capitals[told] >= NAME_SHARE * n_tokens[told]
    kinds, by_kind = weigh_kinds(terms, names)
    rarity = np.log(max(n_articles, SMALL) / np.maximum(df[told], FEW)).clip(min=0)
    n_words = np.concatenate([portion.n_words for portion in portions])
    weekdays = np.concatenate([portion.weekdays for portion in portions])
    place = np.where(told, np.cumsum(told) - 1, -1)[rank]
    columns = [place[portion.numbers] for portion in portions]
    matrix, ledes = weigh_portions(kept, columns, len(terms), (rarity * by_kind, rarity))
    return Vectors(matrix, ledes, terms, kinds, n_words, weekdays)


def weigh_portions(
    kept: Sequence[Arrays],
    columns: Sequence[NDArray[np.int64]],
    n_terms: int,
    weights: tuple[Floats, Floats],
) -> tuple[Matrix, Matrix]:
    """Weigh all words and the ledes of all articles.

    Parameters
    ----------
    kept
        What was counted, as `flatten` gives it.
    columns, n_terms
        For each portion, which of so many terms each of its own is; -1 for none.
    weights
        Of the terms, in all words and in ledes.
    """
    sizes, n_rows = np.zeros(2, dtype=np.int64), 0
    for arrays, to in zip(kept, columns, strict=True):
        for block in each_block(arrays, len(to)):
            sizes += [np.count_nonzero(to[part.indices] >= 0) for part in block]
            n_rows += block[0].shape[0]
    whole = [StackedRows((n_rows, n_terms), int(size)) for size in sizes]
    for arrays, to in zip(kept, columns, strict=True):
        own = np.flatnonzero(to >= 0)
        for block in each_block(arrays, len(to)):
            for stack, counts, weight in zip(whole, block, weights, strict=True):
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
