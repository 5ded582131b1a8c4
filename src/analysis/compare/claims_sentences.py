"""The sentences of articles, with the weights of their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.compare.stems import Stems, tokenize_some
from analysis.corpus.schema import check_articles
from analysis.corpus.taking import take_rows
from analysis.text.sentence_spans import split_texts
from analysis.text.tokens import Tokens

SENTENCES = 100_000  # whose lengths are reckoned together
FEWEST_WORDS = 3  # content words; shorter sentences are alike by chance
MOST_PAIRS = 2_000_000  # of sentences of one event, in events that are compared together
Matrix = sparse.csr_array[Any]
Ints = NDArray[np.int32]
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


def read_sentences(
    articles: pd.DataFrame, *, of: Mask | None = None, stems: Stems | None = None
) -> Sentences:
    """Split articles into sentences and weigh their words.

    Parameters
    ----------
    articles
        With ``article_id``, ``text`` and ``event_id``.
    of
        Marks the articles of which the sentences are wanted.
    stems
        By whose counts words are weighed, these articles' among them; if left out, by those of all
        `articles`.
    """
    check_articles(articles, needs=("text", "event_id"))
    kept = np.ones(len(articles), dtype=bool) if of is None else of
    read = Stems.find
    if stems is None:
        stems, read = Stems(), Stems.count
    spans = split_texts(take_rows(articles[["text"]], kept)["text"])
    begins, ends = spans.bounds.T
    words, sizes = [np.zeros(0, dtype=np.int32)], [np.zeros(1, dtype=np.int64)]
    counted = first = 0
    for rows, tokens in tokenize_some(articles):
        counts = spans.counts[counted : counted + np.count_nonzero(kept[rows])]
        last = first + int(counts.sum())
        word, n_words = place_words(
            tokens, read(stems, tokens), kept[rows], counts, ends[first:last]
        )
        words.append(word)
        sizes.append(n_words)
        counted, first = counted + len(counts), last
    article: Longs = np.repeat(np.flatnonzero(kept), spans.counts)
    frame = pd.DataFrame(
        {
            "event_id": articles["event_id"].array.take(article),
            "article_id": articles["article_id"].array.take(article),
            "row": article,
            "start": begins,
            "end": ends,
        }
    )
    del article, spans, begins, ends
    rank, weight = stems.weigh()
    word = rank[np.concatenate(words)]
    del words
    once = np.ones(len(word), dtype=bool), word, np.cumsum(np.concatenate(sizes))
    holds = sparse.csr_array(once, shape=(len(frame), len(weight)))
    holds.sum_duplicates()
    return Sentences(frame, weigh(holds, weight), weight)


def place_words(
    tokens: Tokens, stem_of: Ints, kept: Mask, counts: Longs, ends: Longs
) -> tuple[Ints, Longs]:
    """Give the stems in the sentences of some articles, and how many each sentence has.

    Parameters
    ----------
    tokens, stem_of
        Of some articles, and the stem of each term; -1 for none.
    kept
        Marks those of them whose sentences are wanted.
    counts, ends
        The sentences of each of these, and where each sentence ends.
    """
    words, sizes, first = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int64)], 0
    for row, n in zip(np.flatnonzero(kept).tolist(), counts.tolist(), strict=True):
        own = slice(tokens.pointer[row], tokens.pointer[row + 1])
        place = np.searchsorted(ends[first : first + n], tokens.starts[own], side="right")
        found = stem_of[tokens.ids[own]]
        inside = (found >= 0) & (place < n)
        words.append(found[inside])
        sizes.append(np.bincount(place[inside], minlength=n))
        first += n
    return np.concatenate(words), np.concatenate(sizes)


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
