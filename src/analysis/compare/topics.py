"""What the articles are about: topics, their terms and labels, and their typical articles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.topic_model import Fit, fit_model
from analysis.compare.topic_number import choose_n_topics, no_choice
from analysis.compare.topic_words import (
    N_TERMS,
    check_n_topics,
    label_topics,
    topic_terms,
    usable_words,
)
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts, tfidf
from analysis.text.stop_words import stop_words

FEWEST_ARTICLES = 20  # below which two samples of a corpus are too unlike to choose by


@dataclass(frozen=True, eq=False)
class Topics:
    """Topics of a corpus, numbered from 0 by size.

    Attributes
    ----------
    weights
        Shape (articles, topics), indexed by ``article_id``: each topic's share of each article.
        Rows sum to 1; the row of an article without any usable word is 0.
    terms
        ``topic, rank, term, weight``: the terms that a topic's articles share and others lack,
        best first (rank from 1).
    labels
        The first three terms of each topic, without two forms of one word.
    typicality
        Indexed by ``article_id``: how near each article is to its strongest topic (cosine, 0-1).
    choice
        How the number of topics was chosen (see ``choose_n_topics``); no rows if it was given.
    """

    weights: pd.DataFrame
    terms: pd.DataFrame
    labels: pd.Series[str]
    typicality: pd.Series[float]
    choice: pd.DataFrame = field(default_factory=no_choice)

    @property
    def strongest(self) -> pd.Series[int]:
        """The topic with the largest share of each article, without articles of no topic."""
        used = self.weights[self.weights.sum(axis=1) > 0]
        return pd.Series(used.to_numpy().argmax(axis=1), index=used.index, name="topic")

    def typical_articles(self, articles: pd.DataFrame, *, n: int = 3) -> pd.DataFrame:
        """Give the articles nearest to the middle of each topic.

        Parameters
        ----------
        articles
            The articles behind the topics, with ``article_id``, ``outlet`` and ``title``.
        n
            Articles a topic.

        Returns
        -------
        pandas.DataFrame
            ``topic, label, rank, article_id, outlet, title, weight, typicality``, only articles
            whose strongest topic it is.

        Raises
        ------
        DataError
            When a column is missing, or an article behind the topics is.

        Notes
        -----
        Misleads when copies of one report fill a topic: then its typical articles are copies.
        """
        known = known_articles(self, articles, ["outlet", "title"])
        found = self.strongest.to_frame().join(known[["outlet", "title"]], how="inner")
        found["typicality"] = self.typicality
        shares = self.weights.to_numpy()[self.weights.index.get_indexer(found.index)]
        found["weight"] = shares[np.arange(len(found)), found["topic"]]
        found = found.rename_axis("article_id").reset_index()
        found = found.sort_values(
            ["topic", "typicality", "article_id"], ascending=[True, False, True]
        )
        found["rank"] = found.groupby("topic").cumcount() + 1
        found["label"] = found["topic"].map(self.labels)
        columns = [
            "topic",
            "label",
            "rank",
            "article_id",
            "outlet",
            "title",
            "weight",
            "typicality",
        ]
        return found.loc[found["rank"] <= n, columns].reset_index(drop=True)


def fit_topics(counts: Counts, n_topics: int | None = None, seed: int = 0) -> Topics:
    """Find the topics of a corpus.

    Parameters
    ----------
    counts
        Shape (articles, terms). English stop words, terms of fewer than 3 articles and terms of
        more than half of the articles are left out here.
    n_topics
        Number of topics; None takes the number that ``choose_n_topics`` recommends, and a single
        topic for a corpus of fewer than 20 articles, which cannot be divided with any certainty.
    seed
        Of the samples, and of the start of the decomposition. The topics themselves hardly
        depend on it.

    Returns
    -------
    Topics
        The same bytes for the same counts, number and seed.

    Raises
    ------
    DataError
        When no word is usable, or there are fewer than 2 articles with usable words a topic.
    OSError
        When the corpus is large and the folder for temporary files has no room.

    Notes
    -----
    TF-IDF and NMF (Lee and Seung 1999, Nature 401), started from the SVD (Boutsidis and
    Gallopoulos 2008) and so without chance, then refined: spherical k-means (Dhillon and Modha
    2001, Machine Learning 42) in the latent space of the TF-IDF (Deerwester et al. 1990), a
    mixture of word distributions (Nigam et al. 2000, Machine Learning 39, eq. 3-7), and NMF's own
    weights with the topics held at the centroids found. Of more than 20,000 articles as many are
    drawn at random; their topics are applied to all, and words are rare as in all.

    Misleads when a topic rests on one outlet (``describe_topics`` says so): then it is a house
    style or leftover boilerplate. Every article is given to some topic, even one that fits none.
    """
    if n_topics is None and len(counts.articles) < FEWEST_ARTICLES:
        return _one_topic(counts)
    usable = usable_words(counts)
    has_words = np.diff(usable.matrix.indptr) > 0
    if n_topics is None:
        choice = choose_n_topics(counts, seed=seed)
        best = int(choice.loc[choice["best"], "n_topics"].iloc[0])
        return replace(fit_topics(counts, best, seed), choice=choice)
    check_n_topics(n_topics, int(has_words.sum()), len(usable.terms))
    return _as_frames(fit_model(usable.matrix, n_topics, seed), usable)


def _one_topic(counts: Counts) -> Topics:
    """Take the whole corpus for one topic, with the terms of most weight."""
    content = counts.take_terms(np.flatnonzero([t not in stop_words() for t in counts.terms]))
    weighted = tfidf(content)
    profile = np.asarray(weighted.mean(axis=0)).ravel()
    best = np.argsort(-profile, kind="stable")[:N_TERMS]
    ids = pd.Index(counts.articles["article_id"], name="article_id")
    terms = content.terms[best]
    near = np.asarray(weighted @ profile).ravel() / max(float(np.linalg.norm(profile)), 1e-12)
    return Topics(
        weights=pd.DataFrame(1.0, index=ids, columns=pd.RangeIndex(1, name="topic")),
        terms=pd.DataFrame(
            {"topic": 0, "rank": range(1, len(best) + 1), "term": terms, "weight": profile[best]}
        ),
        labels=pd.Series([" · ".join(terms[:3])], name="label"),
        typicality=pd.Series(near, index=ids, name="typicality"),
    )


def _as_frames(fit: Fit, usable: Counts) -> Topics:
    """Put names to the arrays of a fit."""
    ids = pd.Index(usable.articles["article_id"], name="article_id")
    topics = pd.RangeIndex(fit.shares.shape[1], name="topic")
    return Topics(
        weights=pd.DataFrame(fit.shares, index=ids, columns=topics),
        terms=topic_terms(fit.profiles, usable.terms, n_terms=N_TERMS),
        labels=label_topics(fit.profiles, usable.terms),
        typicality=pd.Series(fit.typicality, index=ids, name="typicality"),
    )


def known_articles(topics: Topics, articles: pd.DataFrame, needs: list[str]) -> pd.DataFrame:
    """Give the articles, indexed by ``article_id``, after a look whether all have weights."""
    for name in ("article_id", *needs):
        if name not in articles.columns:
            raise DataError(
                f"the articles lack the column {name!r} "
                f"(they have: {', '.join(map(str, articles.columns))})"
            )
    known = articles.set_index("article_id")
    if not known.index.is_unique:
        twice = known.index[known.index.duplicated()][0]
        raise DataError(f"article_id {twice!r} stands twice; give every article an id of its own")
    strange = known.index.difference(topics.weights.index)
    if len(strange):
        raise DataError(
            f"{len(strange)} articles have no topic weights, the first is {strange[0]!r}; "
            "pass the articles that fit_topics saw, or fit the topics anew"
        )
    return known


def group_of(articles: pd.DataFrame, by: str) -> NDArray[Any]:
    """Read the group of each article; every article needs one."""
    labels = articles[by]
    nameless = labels.isna() | (labels.astype(str).str.strip() == "")
    if nameless.any():
        first = articles.index[nameless.to_numpy()][0]
        raise DataError(
            f"{int(nameless.sum())} articles have no {by}, the first is {first!r}; "
            "name it or leave these articles out"
        )
    return labels.to_numpy()
