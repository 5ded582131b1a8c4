"""Frames learned from articles that an analyst has labelled, with their reliability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.reliability import quality, resample, spread
from analysis.corpus.schema import DataError, check_articles
from analysis.text.tokens import TOKEN_PATTERN

if TYPE_CHECKING:  # scikit-learn takes long to import
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold
    from sklearn.pipeline import FeatureUnion

Array = NDArray[Any]

FEWEST_LABELLED = 10  # articles with a frame, and without it
CHARACTERS = (3, 5)  # lengths of pieces of words: "shooter" and "shooting" share most of theirs


class _Fitted(NamedTuple):
    features: FeatureUnion
    classifiers: list[LogisticRegression]
    thresholds: list[float]
    one_each: bool


@dataclass(frozen=True, eq=False)
class FrameModel:
    """Frames that were learned, and how well.

    Attributes
    ----------
    names
        The frames.
    reliability
        A row per frame: ``frame``, ``articles``, ``labelled_yes``, ``precision``, ``recall``,
        ``f1`` with ``f1_low`` and ``f1_high`` (95 %, articles resampled), ``f1_always`` (of
        finding the frame everywhere): all of articles that the model had not seen.
    accuracy
        Share of unseen articles given the right frame, where each has exactly one; else NaN.
    unseen, found
        Probability of each frame in each labelled article, and whether it was found there, by
        models that had not seen the article.
    """

    names: list[str]
    reliability: pd.DataFrame
    accuracy: float
    unseen: pd.DataFrame
    found: pd.DataFrame
    fitted: _Fitted

    def score(self, articles: pd.DataFrame) -> pd.DataFrame:
        """Give the probability of each frame; a row an article (indexed by id), a column a frame.

        Raises
        ------
        DataError
            When a column is missing or a text is not a string.
        """
        check_articles(articles)
        vectors = self.fitted.features.transform(articles["text"].tolist())
        columns = [one.predict_proba(vectors)[:, 1] for one in self.fitted.classifiers]
        ids = articles["article_id"].to_numpy()
        return pd.DataFrame(np.column_stack(columns), index=ids, columns=self.names)

    def predict(self, articles: pd.DataFrame) -> pd.DataFrame:
        """Say which frames each article has; as `score`, with bool."""
        scores = self.score(articles)
        if self.fitted.one_each:
            return scores.eq(scores.max(axis=1), axis=0)
        return scores >= self.fitted.thresholds


def fit_frames(
    articles: pd.DataFrame, labels: pd.DataFrame, *, folds: int = 5, seed: int = 0
) -> FrameModel:
    """Learn frames from labelled articles.

    Parameters
    ----------
    articles
        One row per labelled article, with ``article_id`` and ``text``.
    labels
        Indexed by ``article_id``, a column of bool (or 0 and 1) per frame.
    folds
        Parts of the articles; each is judged by a model of the others.
    seed
        Of the parts.

    Returns
    -------
    FrameModel
        Fitted on all articles; its reliability is that of unseen ones.

    Raises
    ------
    DataError
        When an article has no label, a label is neither yes nor no, or a frame has fewer than 10
        articles with it, or without it.

    Notes
    -----
    For each frame a logistic regression (scikit-learn) on TF-IDF of words, pairs of words, and
    pieces of words. Where each labelled article has exactly one frame, the most probable is found;
    else those above a threshold, that with the best F1 inside the other folds.

    Misleads on texts unlike the labelled ones: another subject, another year, another length.
    """
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    check_articles(articles)
    truth = _labels_of(articles, labels)
    texts = np.array(articles["text"].tolist(), dtype=object)
    names = [str(name) for name in labels.columns]
    random = np.random.default_rng(seed)
    picks = resample(np.arange(len(texts)), random)
    unseen, found = np.zeros(truth.shape), np.zeros(truth.shape, dtype=bool)
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed)
    matrices = [
        (train, test, *_vectors(texts, train, test)) for train, test in _splits(truth, parts)
    ]
    thresholds = []
    for column in range(len(names)):
        yes, limits = truth[:, column], []
        for train, test, known, other in matrices:
            if yes[train].sum() < 3:
                continue  # a part with hardly any of the frame teaches nothing: it is not found
            unseen[test, column] = classifier().fit(known, yes[train]).predict_proba(other)[:, 1]
            inner = cross_val_predict(classifier(), known, yes[train], cv=3, method="predict_proba")
            limits.append(best_threshold(yes[train], inner[:, 1]))
            found[test, column] = unseen[test, column] >= limits[-1]
        thresholds.append(float(np.mean(limits)))
    one_each = bool((truth.sum(axis=1) == 1).all())
    if one_each:
        found = unseen == unseen.max(axis=1, keepdims=True)
    rows = [
        _reliability(name, truth[:, column], found[:, column], picks)
        for column, name in enumerate(names)
    ]
    ids = articles["article_id"].to_numpy()
    features = pieces().fit(texts)
    known = features.transform(texts)
    return FrameModel(
        names,
        pd.DataFrame(rows),
        float((found & truth).any(axis=1).mean()) if one_each else float("nan"),
        pd.DataFrame(unseen, index=ids, columns=names),
        pd.DataFrame(found, index=ids, columns=names),
        _Fitted(features, [classifier().fit(known, yes) for yes in truth.T], thresholds, one_each),
    )


def _reliability(name: str, yes: Array, found: Array, picks: list[Array]) -> dict[str, object]:
    ones = np.ones(len(yes))
    precision, recall, f1 = quality(yes, found, ones)
    low, high = spread(np.array([quality(yes, found, ones * pick)[2] for pick in picks]))
    return {
        "frame": name,
        "articles": len(yes),
        "labelled_yes": int(yes.sum()),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "f1_low": low,
        "f1_high": high,
        "f1_always": quality(yes, ones.astype(bool), ones)[2],
    }


def pieces() -> FeatureUnion:
    """Weigh words, pairs of words, and pieces of words by TF-IDF."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    words = TfidfVectorizer(
        token_pattern=TOKEN_PATTERN, ngram_range=(1, 2), min_df=2, sublinear_tf=True
    )
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=CHARACTERS, min_df=3, sublinear_tf=True, max_features=50_000
    )
    return make_union(words, letters)


def classifier() -> LogisticRegression:
    """Give an untrained classifier; a rare frame weighs as much as a frequent one."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=10, class_weight="balanced", max_iter=2000)


def best_threshold(truth: Array, probability: Array) -> float:
    """Give the probability from which on F1 is highest."""
    candidates = np.unique(np.quantile(probability, np.linspace(0.02, 0.98, 49)))
    ones = np.ones(len(truth))
    f1 = [np.nan_to_num(quality(truth, probability >= at, ones)[2]) for at in candidates]
    return float(candidates[int(np.argmax(f1))])


def _splits(truth: Array, parts: StratifiedKFold) -> Iterator[tuple[Array, Array]]:
    """Cut the articles into parts that hold the frames' combinations alike, as far as they can."""
    kinds = pd.Series(list(map(tuple, truth.astype(int).tolist())))
    rare = kinds.map(kinds.value_counts()) < parts.get_n_splits()
    codes = pd.factorize(kinds.where(~rare, None), use_na_sentinel=False)[0]
    yield from parts.split(
        codes, np.where(np.bincount(codes)[codes] < parts.get_n_splits(), 0, codes)
    )


def _vectors(texts: Array, train: Array, test: Array) -> tuple[Any, Any]:
    features = pieces()
    return features.fit_transform(texts[train]), features.transform(texts[test])


def _labels_of(articles: pd.DataFrame, labels: pd.DataFrame) -> Array:
    """Give the labels in the articles' order, bool, shape (articles, frames)."""
    ids = articles["article_id"]
    missing = ids[~ids.isin(labels.index)]
    if len(missing):
        raise DataError(
            f"{len(missing)} of {len(ids)} articles have no labels, the first is "
            f"{missing.iloc[0]!r}; label them or leave them out"
        )
    given = labels.reindex(ids).to_numpy(dtype=object)
    known = np.isin(given.astype(str), ["True", "False", "0", "1", "0.0", "1.0"])
    if not known.all():
        row, column = np.argwhere(~known)[0]
        raise DataError(
            f"article {ids.iloc[row]!r} has the label {given[row, column]!r} for "
            f"{labels.columns[column]!r}; write True or False"
        )
    truth = given.astype(float) > 0
    for name, yes in zip(labels.columns, truth.sum(axis=0), strict=True):
        if min(yes, len(truth) - yes) < FEWEST_LABELLED:
            raise DataError(
                f"{yes} of {len(truth)} articles have the frame {name!r}; "
                f"{FEWEST_LABELLED} with it and {FEWEST_LABELLED} without it are needed"
            )
    return truth
