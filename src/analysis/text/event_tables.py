"""What an event is about, how sure it is, and which pairs an analyst should look at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.corpus.schema import DataError, check_articles
from analysis.text.event_links import Matrix
from analysis.text.event_vectors import titles_of, weigh_articles
from analysis.text.events import THRESHOLD, link_in_order

EVENT_COLUMNS = ["label", "first", "last", "outlets", "n_outlets", "n_articles", "confidence"]
PAIR_COLUMNS = [
    "article_id",
    "other_id",
    "event_id",
    "other_event_id",
    "together",
    "link",
    "margin",
    "title",
    "other_title",
]
LABEL_TERMS = 5

Floats = NDArray[Any]
Codes = NDArray[Any]


def describe_events(
    articles: pd.DataFrame, events: pd.Series[str], *, threshold: float = THRESHOLD
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
        When the articles cannot be used, or the events lack an article.

    Notes
    -----
    Misleads when an event has one article only: its label is what is rare about that article.
    """
    names, codes = code_events(articles, events)
    links = link_in_order(articles)
    own, other = mean_links(links, codes)
    keys = pd.Series(names[codes])
    dates = pd.Series(
        pd.to_datetime(articles["published"]).array
        if "published" in articles
        else np.full(len(articles), np.datetime64("NaT", "ns"))
    )
    outlets = articles["outlet"] if "outlet" in articles else pd.Series("", index=articles.index)
    told_by = pd.Series(outlets.fillna("").astype("str").array).groupby(keys, sort=False)
    listed = told_by.agg(lambda found: ", ".join(sorted(set(found) - {""})))
    held = pd.Series(1 - threshold / np.maximum(own, threshold)).groupby(keys, sort=False).min()
    alone = pd.Series(1 - other / threshold).clip(lower=0).groupby(keys, sort=False).min()
    frame = pd.DataFrame(
        {
            "label": label_events(articles, codes, len(names)),
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


def borderline_pairs(
    articles: pd.DataFrame,
    events: pd.Series[str],
    *,
    threshold: float = THRESHOLD,
    n_pairs: int = 20,
) -> pd.DataFrame:
    """List the pairs of articles whose grouping a small change would turn over.

    Parameters
    ----------
    articles, events, threshold
        As for `describe_events`.
    n_pairs
        How many pairs.

    Returns
    -------
    pandas.DataFrame
        Nearest to the threshold first: ``article_id, other_id, event_id, other_event_id``,
        ``together`` (whether they are one event), ``link`` (of two events, the mean link of their
        articles; of an article and its own event, the mean link with its others), ``margin``
        (link less threshold), ``title, other_title``. Each pair of events, and each article
        with its own event, is there once, by its two most alike articles. To decide one, put the
        two ids under ``same`` or ``apart`` in the overrides of `group_events`.

    Raises
    ------
    DataError
        When the articles cannot be used, the events lack an article, or n_pairs is below 1.
    """
    if n_pairs < 1:
        raise DataError(f"n_pairs is {n_pairs!r}; it must be 1 or more")
    names, codes = code_events(articles, events)
    links = link_in_order(articles)
    pairs = pd.concat([pairs_within(links, codes), pairs_between(links, codes)])
    pairs["margin"] = pairs["link"] - threshold
    pairs = pairs.iloc[np.lexsort((pairs["other"], pairs["one"], pairs["margin"].abs()))[:n_pairs]]
    ids = articles["article_id"].astype("str").array
    titles = titles_of(articles).array
    one, other = pairs["one"].to_numpy(), pairs["other"].to_numpy()
    return pd.DataFrame(
        {
            "article_id": ids[one],
            "other_id": ids[other],
            "event_id": names[codes[one]],
            "other_event_id": names[codes[other]],
            "together": codes[one] == codes[other],
            "link": pairs["link"].to_numpy(),
            "margin": pairs["margin"].to_numpy(),
            "title": titles[one],
            "other_title": titles[other],
        },
        columns=PAIR_COLUMNS,
    )


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


def mean_links(links: Matrix, codes: Codes) -> tuple[Floats, Floats]:
    """Give each article's mean link with its event, and the highest of its event with another.

    An article alone on its event holds it for certain: its mean is infinite.
    """
    graph, sizes = links.tocoo(), np.bincount(codes)
    same = codes[graph.row] == codes[graph.col]
    sums = np.bincount(graph.row[same], weights=graph.data[same], minlength=len(codes))
    fellows = sizes[codes] - 1
    own = np.full(len(codes), np.inf)
    np.divide(sums, fellows, out=own, where=fellows > 0)
    between = pairs_between(links, codes)
    highest = np.zeros(len(sizes))
    for end in ("one", "other"):
        np.maximum.at(highest, codes[between[end].to_numpy(dtype=np.int64)], between["link"])
    return own, highest[codes]


def pairs_within(links: Matrix, codes: Codes) -> pd.DataFrame:
    """Pair each article with the nearest of its event, by its mean link with them all."""
    own, _ = mean_links(links, codes)
    graph = links.tocoo()
    same = codes[graph.row] == codes[graph.col]
    best = strongest(graph.row[same], graph.col[same], graph.data[same], graph.row[same])
    pairs = best.assign(link=own[best["one"].to_numpy()])
    swapped = pairs["one"] > pairs["other"]
    pairs.loc[swapped, ["one", "other"]] = pairs.loc[swapped, ["other", "one"]].to_numpy()
    return pairs.sort_values("link", kind="stable").drop_duplicates(["one", "other"])


def pairs_between(links: Matrix, codes: Codes) -> pd.DataFrame:
    """Pair each two events that have links by their most alike articles, with their mean link."""
    graph, sizes = links.tocoo(), np.bincount(codes)
    across = codes[graph.row] < codes[graph.col]
    one, other, values = graph.row[across], graph.col[across], graph.data[across]
    key = codes[one] * np.int64(len(sizes)) + codes[other]
    best = strongest(one, other, values, key)
    sums = pd.Series(values).groupby(key).sum()
    n_pairs = sizes[codes[best["one"].to_numpy()]] * sizes[codes[best["other"].to_numpy()]]
    return best.assign(link=sums.reindex(best.index).to_numpy() / n_pairs)


def strongest(one: Codes, other: Codes, values: Floats, key: Codes) -> pd.DataFrame:
    """Keep the pair with the highest link of each key; equal ones by the order of the rows."""
    pairs = pd.DataFrame({"one": one, "other": other, "link": values, "key": key})
    pairs = pairs.sort_values(["key", "link", "one", "other"], ascending=[True, False, True, True])
    return pairs.drop_duplicates("key").set_index("key")


def label_events(articles: pd.DataFrame, codes: Codes, n_events: int) -> list[str]:
    """Name each event by the terms that weigh most in all of its articles together."""
    vectors = weigh_articles(articles)
    sums = (
        sparse.coo_array(
            (np.ones(len(codes)), (codes, np.arange(len(codes)))), shape=(n_events, len(codes))
        ).tocsr()
        @ vectors.matrix
    )
    labels = []
    for start, stop in zip(sums.indptr[:-1], sums.indptr[1:], strict=True):
        columns, weights = sums.indices[start:stop], sums.data[start:stop]
        best = columns[np.lexsort((columns, -weights.round(9)))[:LABEL_TERMS]]
        labels.append(" ".join(vectors.terms[best]))
    return labels
