"""Which sentences of different articles on one event say the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.compare.claims_sentences import (
    Block,
    Floats,
    Longs,
    Matrix,
    Sentences,
    read_sentences,
)
from analysis.corpus.schema import check_articles
from analysis.text.linkage import join_linked

SAME = 0.25  # mean likeness from which on two groups of sentences are one claim
NEAR = 0.2  # likeness to any sentence of a claim from which on an article may hold it too
AT_ONCE = 500  # sentences whose likenesses to all others are held in memory together
COLUMNS = ["event_id", "article_id", "start", "end", "claim", "likeness", "nearest", "alone"]


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
    groups = group_codes(sentences, group_of)
    claim = np.zeros(len(frame), dtype=np.int64)
    best, nearest = np.zeros(len(frame)), np.full(len(frame), -1, dtype=np.int64)
    alone = np.zeros(len(frame))
    for block in sentences.blocks():
        rows = block.rows
        alike = across(likenesses(block.vectors), groups[rows])
        claim[rows] = number_in_events(number_claims(alike, groups[rows]), block.event)
        best[rows], place = strongest(alike)
        nearest[rows] = np.where(place >= 0, rows[place], -1)
        alone[rows] = weigh_alone(block, groups[rows], sentences.weight)
    found = frame[["event_id", "article_id", "start", "end"]]
    return found.assign(claim=claim, likeness=best, nearest=nearest, alone=alone)[COLUMNS]


def group_codes(sentences: Sentences, group_of: NDArray[Any]) -> Longs:
    """Give the number of each sentence's group; `group_of` is that of each article's row."""
    codes = pd.factorize(group_of, use_na_sentinel=False)[0].astype(np.int64)
    groups: Longs = codes[sentences.frame["row"].to_numpy()]
    return groups


def weigh_alone(block: Block, groups: Longs, weight: Floats) -> Floats:
    """Sum up the weights of each sentence's words that no other group has on the event.

    Where one group alone tells of an event there is nothing to compare with, and the sum is 0.
    """
    has = block.vectors.copy()
    has.data[:] = 1
    columns = has.indices.astype(np.int64)
    n_holding = count_groups(columns, np.repeat(groups, np.diff(has.indptr)))
    alone: Floats = has @ np.where(n_holding == 1, weight[block.stem], 0)
    alone[count_groups(block.event, groups)[block.event] == 1] = 0
    return alone


def count_groups(codes: Longs, groups: Longs) -> Longs:
    """Count the groups of each code."""
    n_groups = int(groups.max(initial=0)) + 1
    pairs = np.unique(codes * n_groups + groups)
    return np.bincount(pairs // n_groups)


def across(alike: Matrix, groups: Longs) -> Matrix:
    """Keep the likenesses between sentences of different groups."""
    graph = alike.tocoo()
    apart = groups[graph.row] != groups[graph.col]
    kept = (graph.data[apart], (graph.row[apart], graph.col[apart]))
    found: Matrix = sparse.csr_array(kept, shape=alike.shape)
    return found


def number_claims(alike: Matrix, groups: Longs) -> Longs:
    """Give every sentence the number of its claim, in the order of reading; 0 where it has none."""
    graph = alike.tocoo()
    near = graph.data >= SAME
    linked, ends = np.unique([graph.row[near], graph.col[near]], return_inverse=True)
    ends = ends.reshape(2, -1)
    links = sparse.csr_array((graph.data[near], tuple(ends)), shape=(len(linked),) * 2)
    member = join_linked(links, SAME)
    told = (count_groups(member, groups[linked]) > 1)[member]
    numbers = np.zeros(len(groups), dtype=np.int64)
    numbers[linked[told]] = pd.factorize(member[told])[0] + 1
    return numbers


def number_in_events(claim: Longs, event: Longs) -> Longs:
    """Give the claims of each event numbers from 1; they are numbered through, event by event."""
    told = np.flatnonzero(claim)
    highest = np.zeros(int(event.max(initial=0)) + 1, dtype=np.int64)
    np.maximum.at(highest, event[told], claim[told])
    before = np.append(0, np.maximum.accumulate(highest)[:-1])
    return np.where(claim > 0, claim - before[event], 0)


def strongest(alike: Matrix) -> tuple[Floats, Longs]:
    """Give the highest likeness of each row, and where it is (-1 where there is none)."""
    graph = alike.tocoo()
    order = np.lexsort((graph.col, -graph.data, graph.row))
    rows, first = np.unique(graph.row[order], return_index=True)
    best, place = np.zeros(alike.shape[0]), np.full(alike.shape[0], -1, dtype=np.int64)
    best[rows], place[rows] = graph.data[order][first], graph.col[order][first]
    return best, place
