"""Which sentences of different articles on one event say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.corpus.schema import check_articles
from analysis.text.linkage import join_linked
from analysis.text.sentences import split_sentences
from analysis.text.stop_words import stop_words
from analysis.text.tokens import tokenize

SAME = 0.25  # mean likeness from which on two groups of sentences are one claim
NEAR = 0.2  # likeness to any sentence of a claim from which on an article may hold it too
FEWEST_WORDS = 3  # content words; shorter sentences are alike by chance
AT_ONCE = 500  # sentences whose likenesses to all others are held in memory together
ENDINGS = ("ings", "ing", "edly", "ied", "ies", "ed", "es", "s", "ly")
SHORTEST_STEM = 3
COLUMNS = ["event_id", "article_id", "start", "end", "claim", "likeness", "nearest", "alone"]

Matrix = sparse.csr_array[Any]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


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

    def events(self) -> Iterator[tuple[str, Longs]]:
        """Give the rows of each event."""
        for name, rows in self.frame.groupby("event_id", sort=False).indices.items():
            yield str(name), np.asarray(rows, dtype=np.int64)


def read_sentences(articles: pd.DataFrame) -> Sentences:
    """Split articles into sentences and weigh their words.

    Parameters
    ----------
    articles
        With ``article_id``, ``text`` and ``event_id``.
    """
    check_articles(articles, needs=("text", "event_id"))
    tokens = tokenize(articles)
    stems, stem_of = np.unique([stem(str(term)) for term in tokens.terms], return_inverse=True)
    function = np.isin(tokens.terms, sorted(stop_words()))
    spans, pieces, first = [], [], 0
    for row, text in enumerate(articles["text"]):
        own = slice(tokens.pointer[row], tokens.pointer[row + 1])
        found = np.array(split_sentences(text), dtype=np.int64).reshape(-1, 2)
        place = np.searchsorted(found[:, 1], tokens.starts[own], side="right")
        ids = tokens.ids[own]
        kept = (ids >= 0) & (place < len(found)) & ~function[ids]
        pieces.append((first + place[kept], stem_of[ids[kept]]))
        spans.append(np.column_stack([np.full(len(found), row), found]))
        first += len(found)
    table = np.concatenate(spans) if spans else np.empty((0, 3), dtype=np.int64)
    article: Longs = table[:, 0]
    frame = pd.DataFrame(
        {
            "event_id": articles["event_id"].to_numpy()[article],
            "article_id": articles["article_id"].to_numpy()[article],
            "row": article,
            "start": table[:, 1],
            "end": table[:, 2],
        }
    )
    nothing = np.zeros(0, dtype=np.int64)
    sentence, word = (
        np.concatenate([nothing, *(piece[side] for piece in pieces)]) for side in (0, 1)
    )
    return Sentences(frame, *weigh(sentence, word, article, (len(table), len(stems))))


def weigh(
    sentence: Longs, word: Longs, row: Longs, shape: tuple[int, int]
) -> tuple[Matrix, Floats]:
    """Weigh the words of sentences; `row` gives the article of each sentence."""
    holds = sparse.csr_array((np.ones(len(word)), (sentence, word)), shape=shape)
    holds.data[:] = 1  # duplicates were summed
    n_articles = int(row.max()) + 1 if len(row) else 0
    of_article = sparse.csr_array(
        (np.ones(len(row)), (row, np.arange(len(row)))), shape=(n_articles, len(row))
    )
    n_holding = np.bincount((of_article @ holds).tocsr().indices, minlength=shape[1])
    weight = np.log((n_articles + 1) / np.maximum(n_holding, 1))
    vectors = holds.multiply(weight).tocsr()
    length = np.sqrt(vectors.multiply(vectors).sum(axis=1))
    short = np.diff(vectors.indptr) < FEWEST_WORDS
    scale = np.where(short | (length == 0), 0, 1 / np.where(length == 0, 1, length))
    scaled: Matrix = vectors.multiply(scale[:, np.newaxis]).tocsr()
    scaled.eliminate_zeros()
    return scaled, weight


def stem(word: str) -> str:
    """Cut an English ending, so that "sanctioned" and "sanctions" are one word."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def likenesses(vectors: Matrix, *, least: float = NEAR) -> Matrix:
    """Give the cosines of all pairs of rows that reach `least`, in portions of rows."""
    parts = [sparse.csr_array((0, vectors.shape[0]))]
    for first in range(0, vectors.shape[0], AT_ONCE):
        part = (vectors[first : first + AT_ONCE] @ vectors.T).tocsr()
        part.data[part.data < least] = 0
        part.eliminate_zeros()
        parts.append(part)
    found: Matrix = sparse.vstack(parts).tocsr()
    return found


def align_sentences(articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Find for every sentence of an event who else says the same.

    Parameters
    ----------
    articles
        One row per article: ``article_id``, ``text``, ``event_id`` and the `by` column.
    by
        Sentences are compared with those of other groups.

    Returns
    -------
    pandas.DataFrame
        A row per sentence, in the articles' order: ``event_id, article_id, start, end`` (of
        ``text``), ``claim`` (a number that the sentences of a claim share within their event,
        from 1 in the order of reading; 0 where no other group says it), ``likeness`` (to the
        nearest sentence of another group, 0 to 1; below 0.2 it is given as 0), ``nearest`` (the
        row of that sentence, -1 for none) and ``alone`` (how much only this group tells: the
        weights of the words that no article of another group on the event has, summed).

    Raises
    ------
    DataError
        When a column is missing or a text is not a string.

    Notes
    -----
    Sentences are TF-IDF vectors, a word's weight being its logarithmic rarity among the articles;
    a claim is a group whose mean cosine is .25 or more (average linkage). On made-up paraphrases
    that hold the same facts, cosines lie between .2 and .8; of the pairs of sentences of one event
    that were written for different facts, one in fifty reaches .2.

    Misleads when two outlets say the same in other words altogether: such sentences look as if one
    outlet alone said them; and when a sentence is turned into its opposite by one word.
    """
    check_articles(articles, needs=("text", "event_id", by))
    return align(read_sentences(articles), articles[by].to_numpy())


def align(sentences: Sentences, group_of: NDArray[Any]) -> pd.DataFrame:
    """Do as `align_sentences`; `group_of` gives the group of each article's row."""
    frame = sentences.frame
    groups = group_of[frame["row"].to_numpy()]
    claim = np.zeros(len(frame), dtype=np.int64)
    best, nearest = np.zeros(len(frame)), np.full(len(frame), -1, dtype=np.int64)
    alone = np.zeros(len(frame))
    for _, rows in sentences.events():
        if len(set(groups[rows])) > 1:
            alike = across(likenesses(sentences.vectors[rows]), groups[rows])
            claim[rows] = number_claims(alike, groups[rows])
            best[rows], place = strongest(alike)
            nearest[rows] = np.where(place >= 0, rows[place], -1)
            alone[rows] = weigh_alone(sentences.vectors[rows], groups[rows], sentences.weight)
    found = frame[["event_id", "article_id", "start", "end"]]
    return found.assign(claim=claim, likeness=best, nearest=nearest, alone=alone)[COLUMNS]


def weigh_alone(vectors: Matrix, groups: NDArray[Any], weight: Floats) -> Floats:
    """Sum up the weights of each sentence's words that no other group has on the event."""
    has = vectors.copy()
    has.data[:] = 1
    alone = np.zeros(len(groups))
    for group in sorted(set(groups)):
        own = groups == group
        others = has[~own].sum(axis=0) > 0
        alone[own] = has[own] @ np.where(others, 0, weight)
    return alone


def across(alike: Matrix, groups: NDArray[Any]) -> Matrix:
    """Keep the likenesses between sentences of different groups."""
    graph = alike.tocoo()
    apart = groups[graph.row] != groups[graph.col]
    kept = (graph.data[apart], (graph.row[apart], graph.col[apart]))
    found: Matrix = sparse.csr_array(kept, shape=alike.shape)
    return found


def number_claims(alike: Matrix, groups: NDArray[Any]) -> Longs:
    """Give every sentence the number of its claim, in the order of reading; 0 where it has none."""
    graph = alike.copy()
    graph.data[graph.data < SAME] = 0
    graph.eliminate_zeros()
    member = join_linked(graph, SAME)
    told = pd.Series(groups).groupby(member).transform("nunique").to_numpy() > 1
    numbers = np.zeros(len(member), dtype=np.int64)
    numbers[told] = pd.factorize(member[told])[0] + 1
    return numbers


def strongest(alike: Matrix) -> tuple[Floats, Longs]:
    """Give the highest likeness of each row, and where it is (-1 where there is none)."""
    graph = alike.tocoo()
    order = np.lexsort((graph.col, -graph.data, graph.row))
    rows, first = np.unique(graph.row[order], return_index=True)
    best, place = np.zeros(alike.shape[0]), np.full(alike.shape[0], -1, dtype=np.int64)
    best[rows], place[rows] = graph.data[order][first], graph.col[order][first]
    return best, place
