"""What words articles have, weighed by the places at which they stand."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.event_weekdays import WEEKDAYS, find_weekdays, name_weekdays
from analysis.text.joined_terms import JoinedTerms
from analysis.text.stop_words import stop_words
from analysis.text.tokens import tokenize

# News tells the event first: a word of the first line counts LEAD more than one far below, and
# the surplus falls by 1/e every LEAD_WORDS words. A word of the title counts TITLE more.
LEAD, LEAD_WORDS, TITLE = 3.0, 100.0, 2.0
LEDE = 70  # words, with the title
BLOCK = 200  # articles whose tokens are weighed at once

Matrix = sparse.csr_array[Any]
Mask = NDArray[np.bool_]
Floats = NDArray[Any]


class Words(NamedTuple):
    """The tokens of articles, each text being a title, if there is one, a line break and a text."""

    texts: pd.Series[str]
    titles: NDArray[Any]  # length of each title
    terms: NDArray[Any]
    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    pointer: NDArray[np.int64]


Blocks = list[tuple[Matrix, Matrix]]  # all words and the ledes of some articles each


class Portion(NamedTuple):
    """What is known of some articles, beside their weighed terms."""

    numbers: NDArray[Any]  # of the terms, among those of all portions
    n_words: NDArray[Any]
    weekdays: Floats


def weigh_portion(articles: pd.DataFrame, joined: JoinedTerms) -> tuple[Portion, Blocks]:
    """Weigh the terms of some articles by place.

    To the terms of all portions it adds tokens, those with a capital, and articles.
    """
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
    numbers = joined.add(words.terms, counts)
    return Portion(numbers, np.diff(words.pointer), weekdays), blocks


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
    places = sum_up(weight[kept], row, terms, shape)
    first = place < LEDE
    lede = sum_up(np.ones(first.sum()), row[first], terms[first], shape)
    return places, lede, upper


def sum_up(values: Floats, rows: NDArray[Any], columns: NDArray[Any], shape: Any) -> Matrix:  # noqa: ANN401
    """Sum values of the same place, in no more room than the sums need."""
    sums = sparse.coo_array((values, (rows, columns)), shape=shape).tocsr()
    index = sparse.get_index_dtype(maxval=max(sums.nnz, *shape))
    parts = sums.data.copy(), sums.indices.astype(index), sums.indptr.astype(index)
    return sparse.csr_array(parts, shape=shape)


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
