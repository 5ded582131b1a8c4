"""The sentences of articles, with the weights of their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.corpus.schema import check_articles
from analysis.text.sentence_spans import split_texts
from analysis.text.stop_words import stop_words
from analysis.text.tokens import Tokens, tokenize

AT_ONCE = 2_000  # articles whose words are counted together
SENTENCES = 100_000  # whose lengths are reckoned together
FEWEST_WORDS = 3  # content words; shorter sentences are alike by chance
MOST_PAIRS = 2_000_000  # of sentences of one event, in events that are compared together
ENDINGS = ("ings", "ing", "edly", "ied", "ies", "ed", "es", "s", "ly")
SHORTEST_STEM = 3
Matrix = sparse.csr_array[Any]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Sentences:
    """The sentences of some articles, each with the weights of its words.

    Attributes
    ----------
    frame
        A row per sentence: ``event_id, article_id, row`` (of its article), ``start, end``.
    vectors
        Shape (sentences, stems), rows of length 1: a word weighs log((N + 1) / n), n being the
        articles of N that hold it.
    weight
        Of each stem.
    """

    frame: pd.DataFrame
    vectors: Matrix
    weight: Floats

    def blocks(self) -> Iterator[Block]:
        """Give the sentences event by event, as events appear, some events at a time."""
        return part_blocks(self.vectors, pd.factorize(self.frame["event_id"])[0])


@dataclass(frozen=True, eq=False)
class Block:
    """The sentences of some events, event by event.

    Attributes
    ----------
    rows, event
        Of each: its row among all sentences, and the number of its event among these.
    vectors
        Their vectors, with a column per stem and event, so that sentences of different events have
        nothing in common.
    stem
        Of each column.
    """

    rows: Longs
    event: Longs
    vectors: Matrix
    stem: Longs

    @classmethod
    def of(cls, vectors: Matrix, rows: Longs, event: Longs) -> Block:
        """Give the stems of each event columns of their own."""
        n_stems = vectors.shape[1]
        keys = np.repeat(event, np.diff(vectors.indptr)) * n_stems + vectors.indices
        columns, place = np.unique(keys, return_inverse=True)
        apart = sparse.csr_array(
            (vectors.data, place, vectors.indptr), shape=(len(rows), len(columns))
        )
        return cls(rows, event, apart, columns % n_stems)


def part_blocks(vectors: Matrix, event: Longs) -> Iterator[Block]:
    """Give vectors event by event, some events at a time; those without one, -1, are left out.

    Small events are taken together: an operation on thousands of them costs as much as one.
    """
    rows = np.argsort(event, kind="stable")[np.count_nonzero(event < 0) :]
    sizes = np.bincount(event[rows])
    ends = np.cumsum(sizes)
    pairs = np.cumsum(sizes**2)
    first = 0
    while first < len(sizes):
        reach = pairs[first] - sizes[first] ** 2 + MOST_PAIRS
        last = max(first + 1, int(np.searchsorted(pairs, reach, side="right")))
        own = rows[ends[first] - sizes[first] : ends[last - 1]]
        yield Block.of(vectors[own], own, event[own] - first)
        first = last


def read_sentences(articles: pd.DataFrame, *, of: Mask | None = None) -> Sentences:
    """Split articles into sentences and weigh their words.

    Parameters
    ----------
    articles
        With ``article_id``, ``text`` and ``event_id``.
    of
        Marks the articles of which the sentences are wanted; words are weighed in all.
    """
    check_articles(articles, needs=("text", "event_id"))
    tokens = replace(tokenize(articles), ends=np.zeros(0, dtype=np.int32))  # not needed
    stems, stem_of = np.unique([stem(str(term)) for term in tokens.terms], return_inverse=True)
    stem_of = stem_of.astype(np.int32)
    function = np.isin(tokens.terms, sorted(stop_words()))
    wanted = np.arange(len(articles)) if of is None else np.flatnonzero(of)
    spans = split_texts(articles["text"] if of is None else articles["text"].iloc[wanted])
    article: Longs = np.repeat(wanted, spans.counts)
    begins, ends = spans.bounds.T
    words, sizes, first = [np.zeros(0, dtype=np.int32)], [np.zeros(1, dtype=np.int64)], 0
    for row, n in zip(wanted.tolist(), spans.counts.tolist(), strict=True):
        own = slice(tokens.pointer[row], tokens.pointer[row + 1])
        place = np.searchsorted(ends[first : first + n], tokens.starts[own], side="right")
        ids = tokens.ids[own]
        kept = (ids >= 0) & (place < n) & ~function[ids]
        words.append(stem_of[ids[kept]])
        sizes.append(np.bincount(place[kept], minlength=n))
        first += n
    frame = pd.DataFrame(
        {
            "event_id": articles["event_id"].array.take(article),
            "article_id": articles["article_id"].array.take(article),
            "row": article,
            "start": begins,
            "end": ends,
        }
    )
    weight = weigh_stems(tokens, np.where(function, -1, stem_of), len(stems))
    del tokens
    word = np.concatenate(words)
    del words
    once = np.ones(len(word), dtype=bool), word, np.cumsum(np.concatenate(sizes))
    holds = sparse.csr_array(once, shape=(len(frame), len(stems)))
    holds.sum_duplicates()
    return Sentences(frame, weigh(holds, weight), weight)


def weigh_stems(tokens: Tokens, stem_of: Longs, n_stems: int) -> Floats:
    """Weigh stems by their rarity among the articles that have a text; -1 is none."""
    n_articles = int(np.flatnonzero(tokens.articles["text"].str.strip().ne("")).max(initial=-1)) + 1
    held = np.zeros(n_stems, dtype=np.int64)
    for first in range(0, len(tokens.articles), AT_ONCE):
        bounds = tokens.pointer[first : first + AT_ONCE + 1]
        word = stem_of[tokens.ids[bounds[0] : bounds[-1]]]
        row = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        shape = (len(bounds) - 1, n_stems)
        kept = (row[word >= 0], word[word >= 0])
        holds = sparse.coo_array((np.ones(len(kept[0]), dtype=np.int32), kept), shape=shape).tocsc()
        held += np.diff(holds.indptr)
    found: Floats = np.log((n_articles + 1) / np.maximum(held, 1))
    return found


def weigh(holds: Matrix, weight: Floats) -> Matrix:
    """Weigh the words of sentences, each a row, in place; those with few words have none."""
    holds.data = weight[holds.indices]  # a word counts once in a sentence
    for first in range(0, holds.shape[0], SENTENCES):
        pointer = holds.indptr[first : first + SENTENCES + 1]
        values = holds.data[pointer[0] : pointer[-1]]
        parts = values**2, holds.indices[pointer[0] : pointer[-1]], pointer - pointer[0]
        squares = sparse.csr_array(parts, shape=(len(pointer) - 1, holds.shape[1]))
        length = np.sqrt(squares.sum(axis=1))
        sizes = np.diff(pointer)
        short = sizes < FEWEST_WORDS
        scale = np.where(short | (length == 0), 0, 1 / np.where(length == 0, 1, length))
        values *= np.repeat(scale, sizes)
    holds.eliminate_zeros()
    return holds


def stem(word: str) -> str:
    """Cut an English ending, so that "sanctioned" and "sanctions" are one word."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
