"""What each article is about, as a vector: its distinctive words, names and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.stop_words import stop_words
from analysis.text.tokens import Tokens, tokenize

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
BLOCK = 500  # articles whose tokens are weighed at once

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
    """

    matrix: Matrix
    lede: Matrix
    terms: NDArray[Any]
    kinds: NDArray[np.int8]
    n_words: NDArray[Any]


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
    titles = titles_of(articles)
    texts = pd.Series(articles["text"].array, dtype="str")
    joined = titles.where(titles == "", titles + "\n") + texts
    ids = articles["article_id"].to_numpy()
    tokens = tokenize(pd.DataFrame({"article_id": ids, "text": joined.array}))
    lengths = titles.str.len().to_numpy()
    telling = tells_apart(tokens)
    blocks, ledes, capitals = [], [], np.zeros(len(tokens.terms))
    for start in range(0, len(articles), BLOCK):
        rows = slice(start, start + BLOCK)
        block, lede, upper = weigh_places(tokens, lengths, rows, telling)
        blocks.append(block)
        ledes.append(lede)
        capitals += upper
    if not blocks:
        nothing, none = sparse.csr_array((0, 0)), np.zeros(0, dtype=np.int8)
        return Vectors(nothing, nothing, tokens.terms[:0], none, none)
    places = sparse.vstack(blocks, format="csr")
    del blocks
    return weigh_terms(places, sparse.vstack(ledes, format="csr"), tokens, capitals)


def tells_apart(tokens: Tokens) -> Mask:
    """Tell of each term whether it is no function word and may stand in two articles."""
    function_words = stop_words()
    tells = np.fromiter((term not in function_words for term in tokens.terms), bool)
    return tells & (np.bincount(tokens.ids, minlength=len(tells)) > 1)


def titles_of(articles: pd.DataFrame) -> pd.Series[str]:
    """Give the titles, empty where there are none, on a new index."""
    if "title" not in articles:
        return pd.Series("", index=range(len(articles)), dtype="str")
    return articles["title"].fillna("").astype("str").reset_index(drop=True)


def weigh_places(
    tokens: Tokens, titles: NDArray[Any], rows: slice, telling: Mask
) -> tuple[Matrix, Matrix, Floats]:
    """Add up the places' weights of each telling term, count it in ledes, and capitals of all."""
    texts = tokens.articles["text"].iloc[rows]
    pointer = tokens.pointer[rows.start : rows.start + len(texts) + 1]
    tokens_of = slice(int(pointer[0]), int(pointer[-1]))
    terms, starts = tokens.ids[tokens_of], tokens.starts[tokens_of]
    sizes = np.diff(pointer)
    row = np.repeat(np.arange(len(texts)), sizes)
    place = np.arange(len(terms)) - np.repeat(pointer[:-1] - pointer[0], sizes)
    weight = 1 + LEAD * np.exp(-place / LEAD_WORDS) + TITLE * (starts < titles[rows][row])
    shape = (len(texts), len(tokens.terms))
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


def weigh_terms(places: Matrix, ledes: Matrix, tokens: Tokens, capitals: Floats) -> Vectors:
    """Weigh terms by rarity and kind, and give every article unit length."""
    n_articles = places.shape[0]
    df = np.bincount(places.indices, minlength=places.shape[1])
    kept = np.flatnonzero((df > 1) & (df <= MANY))
    df = df[kept]
    rarity = np.log(max(n_articles, SMALL) / np.maximum(df, FEW)).clip(min=0)
    terms = tokens.terms[kept]
    n_tokens = np.bincount(tokens.ids, minlength=len(tokens.terms))[kept]
    name = capitals[kept] >= NAME_SHARE * n_tokens
    number = np.fromiter((any(map(str.isdigit, term)) for term in terms), bool, len(terms))
    kinds = np.where(number, NUMBERS, np.where(name, NAMES, WORDS)).astype(np.int8)
    weights = rarity * np.where(name, NAME, 1.0) * np.where(number, NUMBER, 1.0)
    return Vectors(
        weigh_columns(places, kept, weights),
        weigh_columns(ledes, kept, rarity),
        terms,
        kinds,
        np.diff(tokens.pointer),
    )


def weigh_columns(counts: Matrix, columns: NDArray[np.intp], weights: Floats) -> Matrix:
    """Give log(1 + count) times the column's weight, in rows of unit length."""
    matrix = counts[:, columns]
    matrix.data = np.log1p(matrix.data) * weights[matrix.indices]
    matrix.eliminate_zeros()
    matrix.sort_indices()
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    matrix.data *= np.repeat(scale, np.diff(matrix.indptr))
    return matrix
