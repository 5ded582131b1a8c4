"""The words that topics are fitted to, and those that tell a reader what a topic is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.moments import Floats
from analysis.corpus.schema import DataError
from analysis.text.by_term import count_for
from analysis.text.counts import Counts
from analysis.text.stop_words import stop_words

MIN_ARTICLES = 3
MAX_SHARE = 0.5
N_TERMS = 20
LABEL_TERMS = 3
SAME_STEM = 4  # letters that two forms of one word share at least
LONGEST_ENDING = 3


def usable_words(counts: Counts) -> Counts:
    """Leave out stop words, words of few articles and words of more than half of them.

    Raises
    ------
    DataError
        When there is fewer than two articles, or no word is left.
    """
    n_articles = len(counts.articles)
    if n_articles < 2:
        raise DataError(
            f"topics are what several articles share, and there is {n_articles} article; "
            "load more articles"
        )
    holders = count_for(counts.matrix.indices, len(counts.terms), counts.matrix.data > 0)
    stopped = stop_words("en")
    content = np.fromiter((term not in stopped for term in counts.terms), bool, len(holders))
    kept = content & (holders >= MIN_ARTICLES) & (holders <= MAX_SHARE * n_articles)
    if not kept.any():
        raise DataError(
            f"none of the {len(kept):,} words of {n_articles:,} articles can form topics: every "
            f"word is a stop word, in fewer than {MIN_ARTICLES} articles or in more than half of "
            "them; lower min_articles in Tokens.counts, or load more articles"
        )
    usable = counts.take_terms(np.flatnonzero(kept))
    usable.matrix.eliminate_zeros()
    return usable


def check_n_topics(n_topics: int, n_articles: int, n_words: int) -> None:
    """Refuse a number of topics that the corpus cannot fill.

    Raises
    ------
    DataError
        When `n_topics` is not a number of at least 2, there are fewer than two articles a topic,
        or fewer words than topics.
    """
    if isinstance(n_topics, bool) or not isinstance(n_topics, int | np.integer) or n_topics < 2:
        raise DataError(f"n_topics is {n_topics!r}; give a whole number of at least 2, or None")
    if n_articles < 2 * n_topics:
        most = f"ask for at most {n_articles // 2} topics or " if n_articles >= 4 else ""
        raise DataError(
            f"{n_topics} topics need at least {2 * n_topics} articles with usable words (no stop "
            f"words, in {MIN_ARTICLES} articles or more), and there are {n_articles}; "
            f"{most}load more articles"
        )
    if n_words < n_topics:
        raise DataError(
            f"{n_topics} topics need as many usable words, and the corpus has {n_words}; "
            "ask for fewer topics or load more articles"
        )


def topic_terms(profiles: Floats, terms: NDArray[Any], *, n_terms: int) -> pd.DataFrame:
    """Rank the terms of each topic; only terms that its articles use more than all do."""
    parts = []
    for topic, profile in enumerate(profiles):
        best = np.argsort(-profile, kind="stable")[:n_terms]
        best = best[profile[best] > 0]
        part = {"topic": topic, "rank": np.arange(1, len(best) + 1), "term": terms[best]}
        parts.append(pd.DataFrame(part | {"weight": profile[best]}))
    ranked = pd.concat(parts, ignore_index=True)
    return ranked.astype({"topic": "int64", "rank": "int64", "term": "str", "weight": "float64"})


def label_topics(profiles: Floats, terms: NDArray[Any]) -> pd.Series[str]:
    """Name each topic by its best terms, all of different words."""
    labels = []
    for profile in profiles:
        chosen: list[str] = []
        for term in terms[np.argsort(-profile, kind="stable")[: (profile > 0).sum()]]:
            if not any(same_word(str(term), other) for other in chosen):
                chosen.append(str(term))
            if len(chosen) == LABEL_TERMS:
                break
        labels.append(" · ".join(chosen) or "(no term of its own)")
    return pd.Series(labels, index=pd.RangeIndex(len(labels), name="topic"), name="label")


def same_word(one: str, other: str) -> bool:
    """Whether two terms look like forms of one word: talk and talks, policy and policies."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return shared >= SAME_STEM and max(len(one), len(other)) - shared <= LONGEST_ENDING
