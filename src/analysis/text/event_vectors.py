"""What each article is about, as a vector: its distinctive words, names and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.event_weekdays import WEEKDAYS, find_weekdays, name_weekdays
from analysis.text.stop_words import stop_words
from analysis.text.tokens import tokenize

# News tells the event first: a word of the first line counts LEAD more than one far below, and
# the surplus falls by 1/e every LEAD_WORDS words. A word of the title counts TITLE more.
LEAD, LEAD_WORDS, TITLE = 3.0, 100.0, 2.0
# Look-alike events share their vocabulary and differ in names and numbers.
NAME, NUMBER = 1.5, 1.5
NAME_SHARE = 0.7  # a term is a name where this share of its tokens begins with a capital
# Terms rarer than FEW articles weigh the same, so that the size of an event, which decides how
# rare its own words are, matters little; a corpus below SMALL is weighed as one of that size.
FEW, SMALL = 10, 50
# Terms of more articles than this tell no two of them apart, and cost a comparison of all pairs.
MANY = 2_000
LEDE = 70  # words, with the title
WORDS, NAMES, NUMBERS = 0, 1, 2  # kinds of terms
BLOCK = 200  # articles whose tokens are weighed at once
PORTION = 5_000  # articles whose tokens stand in memory at once

Matrix = sparse.csr_array[Any]
Mask = NDArray[np.bool_]
Floats = NDArray[Any]


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


class Words(NamedTuple):
    """The tokens of articles, each text being a title, if there is one, a line break and a text."""

    texts: pd.Series[str]
    titles: NDArray[Any]  # length of each title
    terms: NDArray[Any]
    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    pointer: NDArray[np.int64]


class Portion(NamedTuple):
    """The weighed terms of some articles, and what is known of each term in them."""

    terms: NDArray[Any]
    blocks: list[tuple[Matrix, Matrix]]  # all words and the ledes of some articles each
    counts: Floats  # tokens, those with a capital, and articles; shape (3, terms)
    n_words: NDArray[Any]
    weekdays: Floats


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


def weigh_portion(articles: pd.DataFrame) -> Portion:
    """Weigh the terms of some articles by place."""
    words = read_words(articles)
    n_terms = len(words.terms)
    telling = tells_apart(words.terms)
    days, weekdays = find_weekdays(words.terms), np.zeros((len(articles), len(WEEKDAYS)))
    counts = np.zeros((3, n_terms))
    counts[0] = np.bincount(words.ids, minlength=n_terms)
    blocks = []
    for start in range(0, max(len(articles), 1), BLOCK):
        rows = slice(start, start + BLOCK)
        block, lede, upper = weigh_places(words, rows, telling)
        blocks.append((block, lede))
        weekdays[rows] = name_weekdays(block, days)
        counts[1] += upper
        counts[2] += np.bincount(block.indices, minlength=n_terms)
    return Portion(words.terms, blocks, counts, np.diff(words.pointer), weekdays)


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


def read_words(articles: pd.DataFrame) -> Words:
    """Tokenise titles and texts."""
    titles = titles_of(articles)
    texts = pd.Series(articles["text"].array, dtype="str")
    joined = titles.where(titles == "", titles + "\n") + texts
    ids = articles["article_id"].to_numpy()
    tokens = tokenize(pd.DataFrame({"article_id": ids, "text": joined.array}))
    of_tokens = tokens.terms, tokens.ids, tokens.starts, tokens.pointer
    return Words(joined, titles.str.len().to_numpy(), *of_tokens)


def tells_apart(terms: NDArray[Any]) -> Mask:
    """Tell of each term whether it is no function word."""
    function_words = stop_words()
    return np.fromiter((term not in function_words for term in terms), bool, len(terms))


def weigh_kinds(terms: NDArray[Any], names: Mask) -> tuple[NDArray[np.int8], Floats]:
    """Give the kind of each term and what it weighs; a name with a digit weighs as both."""
    numbers = np.fromiter((any(map(str.isdigit, term)) for term in terms), bool, len(terms))
    kinds = np.where(numbers, NUMBERS, np.where(names, NAMES, WORDS)).astype(np.int8)
    return kinds, np.where(names, NAME, 1.0) * np.where(numbers, NUMBER, 1.0)


def titles_of(articles: pd.DataFrame) -> pd.Series[str]:
    """Give the titles, empty where there are none, on a new index."""
    if "title" not in articles:
        return pd.Series("", index=range(len(articles)), dtype="str")
    return articles["title"].fillna("").astype("str").reset_index(drop=True)


def weigh_places(words: Words, rows: slice, telling: Mask) -> tuple[Matrix, Matrix, Floats]:
    """Add up the places' weights of each telling term, count it in ledes, and capitals of all."""
    texts = words.texts.iloc[rows]
    pointer = words.pointer[rows.start : rows.start + len(texts) + 1]
    tokens_of = slice(int(pointer[0]), int(pointer[-1]))
    terms, starts = words.ids[tokens_of], words.starts[tokens_of]
    sizes = np.diff(pointer)
    row = np.repeat(np.arange(len(texts)), sizes)
    place = np.arange(len(terms)) - np.repeat(pointer[:-1] - pointer[0], sizes)
    weight = 1 + LEAD * np.exp(-place / LEAD_WORDS) + TITLE * (starts < words.titles[rows][row])
    shape = (len(texts), len(words.terms))
    upper = np.bincount(terms, weights=begin_upper(texts, starts, sizes), minlength=shape[1])
    kept = telling[terms]
    row, terms, place = row[kept], terms[kept], place[kept]
    places = sparse.coo_array((weight[kept], (row, terms)), shape=shape).tocsr()
    first = place < LEDE
    lede = sparse.coo_array((np.ones(first.sum()), (row[first], terms[first])), shape=shape).tocsr()
    return places, lede, upper


def begin_upper(texts: pd.Series[str], starts: NDArray[np.int32], sizes: NDArray[Any]) -> Mask:
    """Tell of each token whether it begins with a capital."""
    upper, parts, first = _upper_table(), [np.zeros(0, dtype=bool)], 0
    for text, size in zip(texts, sizes, strict=True):
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        found = points[starts[first : first + size]]
        parts.append(upper[np.minimum(found, len(upper) - 1)])
        first += size
    return np.concatenate(parts)


@cache
def _upper_table() -> Mask:
    return np.fromiter((chr(point).isupper() for point in range(0x10000)), dtype=bool)


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
