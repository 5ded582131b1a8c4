"""The words that show a frame: seeds as they are used in this corpus, and their company."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, special

from analysis.compare.frames_lexicon import FrameLexicon
from analysis.compare.naming_forms import Finder
from analysis.text.by_term import AT_ONCE, count_for
from analysis.text.code_points import each_capital
from analysis.text.matrix_parts import pick_columns
from analysis.text.ngrams import Stream
from analysis.text.on_disk import Growing, room_for
from analysis.text.stop_words import stop_words
from analysis.text.tokens import Tokens

Array = NDArray[Any]

LEAST_SCORE = 0.5  # of a sentence that has a frame: one telling word, or two weaker ones
COMMON = 0.01  # share of the sentences up to which a seed has its full weight
MOST_ADDED = 40  # words a frame
WEIGHT_ADDED = 0.3
LEAST_G2 = 15.1  # chi-squared of one degree at p = .0001: thousands of words are looked at
LEAST_LIFT = 2.0
MOST_SHARE = 0.03  # of the sentences: what is more frequent is the subject, not an angle on it
FEWEST_SENTENCES = 8
FEWEST_ARTICLES = 4
SENTENCES_AT_ONCE = 1 << 17


class Units(NamedTuple):
    """Each token's sentence, -1 where it is not read, each sentence's article, and the articles.

    `kept` marks these among the articles of the tokens.
    """

    of_token: Array
    article: Array  # in ascending order
    articles: pd.DataFrame
    kept: Array


class Seeds(NamedTuple):
    """Sentences by forms that stand in them, the frame of each form, and the forms' tokens."""

    matrix: sparse.csr_matrix[Any]
    frame: Array
    forms: list[str]
    tokens: list[Array]


def find_seeds(tokens: Tokens, units: Units, lexicon: FrameLexicon) -> Seeds:
    """Find the sentences of every seed."""
    finder = Finder(tokens, [form for frame in lexicon.frames for form in frame.seeds])
    rows, columns, frames, found = [], [], [], []
    forms: list[str] = []
    for number, frame in enumerate(lexicon.frames):
        for form in frame.seeds:
            places, length = finder.find(form)
            at = units.of_token[places]
            at, places = at[at >= 0], places[at >= 0]
            if len(places):
                rows.append(at)
                columns.append(np.full(len(at), len(forms)))
                frames.append(number)
                forms.append(form)
                found.append(np.unique(tokens.ids[places]) if length == 1 else np.zeros(0, int))
    shape = (len(units.article), len(forms))
    if not forms:
        return Seeds(sparse.csr_matrix(shape), np.zeros(0, int), [], [])
    cells = np.concatenate(rows), np.concatenate(columns)
    matrix = sparse.csr_matrix((np.ones(len(cells[0])), cells), shape=shape)
    matrix.data[:] = 1
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return Seeds(matrix, np.array(frames), forms, found)


def weigh_seeds(
    units: Units, seeds: Seeds, names: list[str]
) -> tuple[pd.DataFrame, sparse.csr_matrix[Any], Array]:
    """Weigh the seeds: less for what is everywhere, 0 for what avoids the frame's other seeds."""
    n, n_forms = seeds.matrix.shape
    sentences = np.asarray(seeds.matrix.sum(axis=0)).ravel()
    share = np.maximum(sentences, 1) / n
    weight = np.clip(np.log(share) / np.log(COMMON), 0, 1)
    member = np.zeros((n_forms, len(names)))
    member[np.arange(n_forms), seeds.frame] = 1
    alone, others = np.zeros((n_forms, len(names))), np.zeros(len(names), dtype=np.int64)
    for _, some in some_sentences(seeds.matrix):
        of_frame = some @ member
        alone += some.T @ (of_frame == 1)
        others += (of_frame > 0).sum(axis=0)
    alone = alone[np.arange(n_forms), seeds.frame]
    beside = others[seeds.frame] - alone
    g2, lift = association(sentences - alone, sentences, beside, n)
    pruned = (lift < 1) & (g2 > LEAST_G2)
    table = pd.DataFrame(
        {
            "frame": np.array(names, dtype=object)[seeds.frame],
            "word": seeds.forms,
            "weight": np.where(pruned, 0, weight),
            "origin": np.where(pruned, "pruned", "seed"),
            "n_sentences": sentences.astype(int),
            "n_articles": _articles_with(units, seeds.matrix),
            "lift": lift,
        }
    )
    return table, seeds.matrix, member * table["weight"].to_numpy()[:, None]


def some_sentences(matrix: sparse.csr_matrix[Any]) -> Iterator[tuple[slice, Any]]:
    """Give the rows of a matrix, some at a time."""
    for first in range(0, matrix.shape[0], SENTENCES_AT_ONCE):
        rows = slice(first, min(first + SENTENCES_AT_ONCE, matrix.shape[0]))
        yield rows, matrix[rows]


def expand_seeds(
    tokens: Tokens, units: Units, seeds: Seeds, scores: Array, names: list[str]
) -> pd.DataFrame:
    """Give words that keep company with a frame, and add their weights to the scores."""
    n, has = len(scores), scores >= LEAST_SCORE
    usable = np.array([word not in stop_words() and word.isalpha() for word in tokens.terms])
    usable &= ~is_name(tokens, units.kept)
    for ids in seeds.tokens:
        usable[ids] = False
    presence = find_presence(tokens, units, usable)
    sentences = count_for(presence.indices, len(usable))
    articles = _articles_with(units, presence)
    usable &= (sentences >= FEWEST_SENTENCES) & (sentences <= MOST_SHARE * n)
    usable &= articles >= FEWEST_ARTICLES
    words = np.flatnonzero(usable)
    words = words[_outlets_with(units, presence)[words] > 1]
    by_word = pick_columns(presence, words).T
    # As whole numbers, or else the matrix is copied to be multiplied by others.
    together = np.stack([by_word @ frame.astype(np.int32) for frame in has.T], axis=1)
    del by_word
    g2, lift = association(together, sentences[words][:, None], has.sum(axis=0)[None, :], n)
    best = lift == lift.max(axis=1, keepdims=True, initial=0)
    chosen = best & (g2 >= LEAST_G2) & (lift >= LEAST_LIFT)
    parts = []
    for frame, name in enumerate(names):
        some = np.flatnonzero(chosen[:, frame])
        some = some[np.argsort(-g2[some, frame], kind="stable")][:MOST_ADDED]
        table = pd.DataFrame(
            {
                "frame": name,
                "word": tokens.terms[words[some]],
                "weight": WEIGHT_ADDED,
                "origin": "expanded",
                "n_sentences": sentences[words[some]].astype(int),
                "n_articles": articles[words[some]],
                "lift": lift[some, frame],
            }
        )
        parts.append(table)
        held = np.asarray(presence[:, words[some]].sum(axis=1)).ravel()
        scores[:, frame] += WEIGHT_ADDED * held
    return pd.concat(parts, ignore_index=True)


def find_presence(tokens: Tokens, units: Units, usable: Array) -> sparse.csr_matrix[Any]:
    """Give 1 for each usable term that stands in a sentence; shape (sentences, terms)."""
    wanted = np.append(usable, False)
    terms, held = Growing(np.int32), np.zeros(len(units.article), dtype=np.int64)
    for first in range(0, len(tokens.ids), AT_ONCE):
        ids, sentence = tokens.ids[first : first + AT_ONCE], units.of_token[first : first + AT_ONCE]
        known = np.take(wanted, ids, mode="wrap") & (sentence >= 0)
        terms.add(ids[known])
        if known.any():
            sentence = sentence[known]  # sentences come in their order
            begin, end = int(sentence[0]), int(sentence[-1]) + 1
            held[begin:end] += np.bincount(sentence - begin, minlength=end - begin)
    indices = terms.array()
    ones = room_for(len(indices), np.int32)
    ones[:] = 1
    cells = ones, indices, np.concatenate([[0], np.cumsum(held)])
    presence = sparse.csr_matrix(cells, shape=(len(held), len(tokens.terms)))
    presence.sum_duplicates()
    presence.data[:] = 1
    return presence


def is_name(tokens: Tokens, kept: Array) -> Array:
    """Mark the terms that are mostly written with a capital: a person is no angle."""
    uses, named = (np.zeros(len(tokens.terms), dtype=np.int64) for _ in range(2))
    sizes = np.diff(tokens.pointer)
    for rows, some, capital in each_capital(tokens):
        ids = tokens.ids[some]
        known = (ids >= 0) & np.repeat(kept[rows], sizes[rows])
        uses += np.bincount(ids[known], minlength=len(uses))
        named += np.bincount(ids[known & capital], minlength=len(uses))
    mostly: Array = named > 0.5 * uses
    return mostly


def association(both: Array, one: Array, other: Array, n: int) -> tuple[Array, Array]:
    """Give G2 and lift of two events from how often both, one and the other are, of `n`."""
    both, one, other = np.broadcast_arrays(
        *(np.asarray(x, dtype=float) for x in (both, one, other))
    )
    expected = one * other / n
    cells = [(both, expected), (one - both, one - expected), (other - both, other - expected)]
    cells.append((n - one - other + both, n - one - other + expected))
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [special.xlogy(o, np.where(e > 0, o / e, 1)) for o, e in cells]
        lift = np.where(expected > 0, both / expected, 1.0)
    return 2 * np.sum(parts, axis=0), lift


def _articles_with(units: Units, presence: sparse.csr_matrix[Any]) -> Array:
    """Count the articles that hold each column in some sentence."""
    first = np.searchsorted(units.article, np.arange(len(units.articles) + 1))
    stream = Stream(presence.indices, presence.indptr[first])
    return stream.n_articles(presence.indices, presence.shape[1])


def _outlets_with(units: Units, presence: sparse.csr_matrix[Any]) -> Array:
    """Count the outlets that use each column; without outlets each article is one."""
    articles = units.articles
    labels = articles["outlet"] if "outlet" in articles else articles["article_id"]
    codes = pd.factorize(labels)[0]
    if len(np.unique(codes)) < 2:
        codes = np.arange(len(articles))
    cells = codes[units.article], np.arange(len(units.article))
    member = sparse.csr_matrix((np.ones(len(units.article), dtype=np.int32), cells))
    counted: Array = np.diff(sparse.csc_matrix(member @ presence).indptr)
    return counted
