"""What an event is about, when it was, who told it, and how sure it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.corpus.schema import DataError, check_articles
from analysis.text.event_links import EventLinks, Matrix, link_articles
from analysis.text.event_margins import Codes, mean_links
from analysis.text.events import THRESHOLD

EVENT_COLUMNS = ["label", "first", "last", "outlets", "n_outlets", "n_articles", "confidence"]
LABEL_TERMS = 5
EVENTS = 1_000  # whose terms are summed at once


def describe_events(
    articles: pd.DataFrame,
    events: pd.Series[str],
    *,
    threshold: float = THRESHOLD,
    links: EventLinks | None = None,
) -> pd.DataFrame:
    """Say of every event what it is about, when it was, who told it and how sure it is.

    Parameters
    ----------
    articles
        The articles that `group_events` was given; ``published`` and ``outlet`` are read where
        they are.
    events
        What it gave.
    threshold
        The threshold it was given.
    links
        As for `group_events`.

    Returns
    -------
    pandas.DataFrame
        A row per event, indexed by ``event_id``, in the order of the ids' first appearance:
        ``label`` (its five most distinctive terms), ``first`` and ``last`` (dates, NaT where none
        is known), ``outlets`` (names, sorted and joined by ", "), ``n_outlets``, ``n_articles``
        and ``confidence`` (0 to 1: by how much the threshold could be raised before its weakest
        article would leave, or lowered before another event would join it, whichever is less,
        as a share of the link or of the threshold; 0 also where an override decided otherwise).

    Raises
    ------
    DataError
        When the articles cannot be used, the events lack an article, or the links are of others.

    Notes
    -----
    Misleads when an event has one article only: its label is what is rare about that article.
    """
    names, codes = code_events(articles, events)
    found = link_articles(articles, links)
    own, other = mean_links(found.by_rows(), codes)
    keys = pd.Series(names[codes])
    dates = pd.Series(dates_of(articles))
    told_by = pd.Series(outlets_of(articles)).groupby(keys, sort=False)
    listed = told_by.agg(lambda found: ", ".join(sorted(set(found) - {""})))
    held = pd.Series(1 - threshold / np.maximum(own, threshold)).groupby(keys, sort=False).min()
    alone = pd.Series(1 - other / threshold).clip(lower=0).groupby(keys, sort=False).min()
    frame = pd.DataFrame(
        {
            "label": label_events(found, codes, len(names)),
            "first": dates.groupby(keys, sort=False).min(),
            "last": dates.groupby(keys, sort=False).max(),
            "outlets": listed,
            "n_outlets": told_by.agg(lambda found: len(set(found) - {""})),
            "n_articles": told_by.size(),
            "confidence": np.minimum(held, alone),
        },
        index=pd.Index(names, name="event_id"),
        columns=EVENT_COLUMNS,
    )
    return frame


def outlets_of(articles: pd.DataFrame) -> NDArray[Any]:
    """Give the outlets, empty where there are none."""
    if "outlet" not in articles:
        return np.full(len(articles), "", dtype=object)
    return articles["outlet"].fillna("").astype("str").to_numpy(dtype=object)


def dates_of(articles: pd.DataFrame) -> pd.DatetimeIndex:
    """Give the dates, NaT where there are none."""
    if "published" not in articles:
        return pd.DatetimeIndex([pd.NaT] * len(articles))
    return pd.DatetimeIndex(pd.to_datetime(articles["published"]))


def best_terms(matrix: Matrix, row: int, terms: NDArray[Any], n_terms: int) -> list[str]:
    """Name the terms that weigh most in a row, equal ones by the alphabet."""
    start, stop = matrix.indptr[row], matrix.indptr[row + 1]
    columns, weights = matrix.indices[start:stop], matrix.data[start:stop]
    best = columns[np.lexsort((columns, -weights.round(9)))[:n_terms]]
    return [str(term) for term in terms[best]]


def code_events(articles: pd.DataFrame, events: pd.Series[str]) -> tuple[NDArray[Any], Codes]:
    """Give the events' ids, and each article's place among them."""
    check_articles(articles)
    found = events.reindex(articles["article_id"])
    if found.isna().any():
        missing = found.index[int(found.isna().to_numpy().argmax())]
        raise DataError(
            f"the events lack the article_id {missing!r}; "
            "pass what group_events gave for these articles"
        )
    codes, names = pd.factorize(found.to_numpy(dtype=object))
    return np.asarray(names, dtype=object), codes


def label_events(links: EventLinks, codes: Codes, n_events: int) -> list[str]:
    """Name each event by the terms that weigh most in all of its articles together."""
    rows = links.place[np.argsort(codes, kind="stable")]
    pointer = np.append(0, np.cumsum(np.bincount(codes, minlength=n_events)))
    labels = []
    for first in range(0, n_events, EVENTS):
        own = pointer[first : first + EVENTS + 1]
        told = links.weights[rows[own[0] : own[-1]]]
        parts = np.ones(told.shape[0]), np.arange(told.shape[0]), own - own[0]
        sums = sparse.csr_array(parts, shape=(len(own) - 1, told.shape[0])) @ told
        labels += [
            " ".join(best_terms(sums, row, links.terms, LABEL_TERMS)) for row in range(len(own) - 1)
        ]
    return labels
