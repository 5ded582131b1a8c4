"""Claims as items: their sentences, and the passages that come near them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.compare.claims import across, group_codes, likenesses, number_claims
from analysis.compare.claims_sentences import Block, Longs, Matrix, Sentences
from analysis.corpus.taking import texts_at

CORE = 0.5  # of a claim's sentences hold a word of its core
HELD = 0.8  # of the core's weight in an article, in whatever place: the article may tell it


def find_claims(articles: pd.DataFrame, sentences: Sentences, by: str) -> pd.DataFrame:
    """Give a row per sentence of a claim, and per passage that may say the same.

    Parameters
    ----------
    articles
        The articles whose sentences these are.
    sentences
        All their sentences.
    by
        A claim is told by two of these groups.
    """
    groups = group_codes(sentences, articles[by].to_numpy())
    parts = [
        block_mentions(articles, sentences, block, groups[block.rows])
        for block in sentences.blocks()
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def block_mentions(
    articles: pd.DataFrame, sentences: Sentences, block: Block, groups: Longs
) -> pd.DataFrame:
    """Give the rows of some events, event by event: those of claims, then those that come near."""
    alike = likenesses(block.vectors)
    claim = number_claims(across(alike, groups), groups)  # numbered through all events
    frame = sentences.frame.iloc[block.rows]
    names = name_claims(alike, claim, frame, articles["text"])
    near, near_claim = find_near(block, alike, claim, frame["row"].to_numpy())
    told = np.flatnonzero(claim)
    place = np.concatenate([told, near])
    order = np.argsort(block.event[place], kind="stable")
    place, is_near = place[order], (np.arange(len(place)) >= len(told))[order]
    label = names[np.concatenate([claim[told], near_claim])[order] - 1]
    found = frame.iloc[place][["event_id", "article_id", "start", "end"]]
    return found.assign(kind="claim", item=label, near=is_near)


def name_claims(
    alike: Matrix, claim: Longs, frame: pd.DataFrame, texts: pd.Series[str]
) -> NDArray[np.object_]:
    """Name each claim by its sentence that is nearest to the others: its text on one line."""
    graph = alike.tocoo()
    same = (claim[graph.row] > 0) & (claim[graph.row] == claim[graph.col])
    nearness = np.bincount(graph.row[same], weights=graph.data[same], minlength=len(claim)).round(9)
    highest = np.zeros(int(claim.max(initial=0)) + 1)
    np.maximum.at(highest, claim, nearness)
    best = np.flatnonzero((claim > 0) & (nearness == highest[claim]))
    names = np.full(len(highest) - 1, None, dtype=object)
    for number, words in zip(claim[best] - 1, read_lines(frame.iloc[best], texts), strict=True):
        names[number] = words if names[number] is None else min(names[number], words)
    return names


def read_lines(spans: pd.DataFrame, texts: pd.Series[str]) -> list[str]:
    """Give the text of each span on one line."""
    rows, place = np.unique(spans["row"], return_inverse=True)
    held = texts_at(texts, rows)
    bounds = zip(place.tolist(), spans["start"].tolist(), spans["end"].tolist(), strict=True)
    return [" ".join(held[row][start:end].split()) for row, start, end in bounds]


def find_near(block: Block, alike: Matrix, claim: Longs, article: Longs) -> tuple[Longs, Longs]:
    """Find for each claim the articles that may tell it: a sentence of each, and the claim.

    An article may tell a claim if a sentence of it is somewhat like one of the claim's, or if it
    holds nearly all of the words that the claim's sentences have in common, anywhere.
    """
    graph = alike.tocoo()
    to_claim = claim[graph.col]
    kept = (to_claim > 0) & (claim[graph.row] != to_claim)
    core_sentence, core_claim = hold_core(block.vectors, claim, article)
    sentence = np.concatenate([graph.row[kept], core_sentence])
    number = np.concatenate([to_claim[kept], core_claim])
    value = np.concatenate([graph.data[kept], np.zeros(len(core_claim))])
    order = np.lexsort((-value, article[sentence], number))
    sentence, number = sentence[order], number[order]
    n_articles = int(article.max(initial=0)) + 1
    pair, first = np.unique(number * n_articles + article[sentence], return_index=True)
    new = first[~np.isin(pair, claim * n_articles + article)]
    return sentence[new], number[new]


def indicator(codes: Longs, n_codes: int) -> Matrix:
    """Give a matrix with a row per code that has a 1 for each member."""
    ones = (np.ones(len(codes)), (codes, np.arange(len(codes))))
    found: Matrix = sparse.csr_array(ones, shape=(n_codes, len(codes)))
    return found


def hold_core(vectors: Matrix, claim: Longs, article: Longs) -> tuple[Longs, Longs]:
    """Find the articles that hold the words of a claim's core: their sentence with the most."""
    has = vectors.copy()
    has.data[:] = 1
    core = find_core(vectors, has, claim)
    codes, place = np.unique(article, return_inverse=True)
    in_article = (indicator(place, len(codes)) @ has).tocsr()
    in_article.data[:] = 1
    share = (core @ in_article.T).tocsr()
    sums = np.maximum(core.sum(axis=1), 1e-9)
    share.data = share.data / np.repeat(sums, np.diff(share.indptr))
    held = share.tocoo()
    enough = held.data >= HELD
    pairs = held.row[enough].astype(np.int64) * len(codes) + held.col[enough]
    # Each sentence of these articles, with what it holds of these claims.
    claims = np.unique(held.row[enough])
    weighed = (core[claims] @ has.T).tocoo()
    number = claims[weighed.row].astype(np.int64)
    pair = number * len(codes) + place[weighed.col]
    chosen = np.flatnonzero(np.isin(pair, pairs))
    order = chosen[np.lexsort((weighed.col[chosen], -weighed.data[chosen], pair[chosen]))]
    first = order[np.unique(pair[order], return_index=True)[1]]
    return weighed.col[first].astype(np.int64), number[first]


def find_core(vectors: Matrix, has: Matrix, claim: Longs) -> Matrix:
    """Give the words that half of a claim's sentences hold, at least two, each with its weight.

    A row per claim, the first, of none, without words.
    """
    told = np.flatnonzero(claim)
    members = indicator(claim[told], int(claim.max(initial=0)) + 1)
    sizes = members.sum(axis=1)
    core = (members @ has[told]).tocsr()
    core.data = (core.data >= np.maximum(CORE * np.repeat(sizes, np.diff(core.indptr)), 2)) * 1.0
    core.eliminate_zeros()
    weight = vectors.max(axis=0).toarray().ravel()  # rarer words weigh more in every sentence
    found: Matrix = core.multiply(weight).tocsr()
    return found
