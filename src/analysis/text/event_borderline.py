"""Which pairs of articles an analyst should look at: a small change would turn them over."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.corpus.schema import DataError
from analysis.text.event_links import EventLinks, link_articles
from analysis.text.event_margins import Codes, pairs_between, pairs_within
from analysis.text.event_places import titles_of
from analysis.text.event_tables import best_terms, code_events, dates_of, outlets_of
from analysis.text.events import THRESHOLD

PAIR_COLUMNS = [
    "article_id",
    "other_id",
    "event_id",
    "other_event_id",
    "together",
    "link",
    "margin",
    "outlet",
    "other_outlet",
    "published",
    "other_published",
    "title",
    "other_title",
    "shared",
]
SHARED_TERMS = 6


def borderline_pairs(
    articles: pd.DataFrame,
    events: pd.Series[str],
    *,
    threshold: float = THRESHOLD,
    n_pairs: int = 20,
    links: EventLinks | None = None,
) -> pd.DataFrame:
    """List the pairs of articles whose grouping a small change would turn over.

    Parameters
    ----------
    articles, events, threshold, links
        As for `describe_events`.
    n_pairs
        How many pairs.

    Returns
    -------
    pandas.DataFrame
        Nearest to the threshold first: ``article_id, other_id, event_id, other_event_id``,
        ``together`` (whether they are one event), ``link`` (of two events, the mean link of their
        articles; of an article and its own event, the mean link with its others), ``margin``
        (link less threshold); ``outlet, other_outlet, published, other_published, title,
        other_title`` (empty where unknown); ``shared`` (the terms that weigh most in both).
        Each pair of events, and each article with its own event, is there once, by its two most
        alike articles. To decide one, put the two ids under ``same`` or ``apart`` in the
        overrides of `group_events`.

    Raises
    ------
    DataError
        When the articles cannot be used, the events lack an article, n_pairs is below 1, or the
        links are of other articles.
    """
    if n_pairs < 1:
        raise DataError(f"n_pairs is {n_pairs!r}; it must be 1 or more")
    names, codes = code_events(articles, events)
    found = link_articles(articles, links)
    graph = found.by_rows()
    pairs = pd.concat([pairs_within(graph, codes), pairs_between(graph, codes)])
    pairs["margin"] = pairs["link"] - threshold
    pairs = pairs.iloc[np.lexsort((pairs["other"], pairs["one"], pairs["margin"].abs()))[:n_pairs]]
    ids = articles["article_id"].astype("str").array
    titles, outlets, dates = titles_of(articles).array, outlets_of(articles), dates_of(articles)
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
            "outlet": outlets[one],
            "other_outlet": outlets[other],
            "published": dates[one],
            "other_published": dates[other],
            "title": titles[one],
            "other_title": titles[other],
            "shared": shared_terms(found, one, other),
        },
        columns=PAIR_COLUMNS,
    )


def shared_terms(links: EventLinks, one: Codes, other: Codes) -> list[str]:
    """Name the terms that weigh most in both articles of each pair."""
    place = links.place
    products = links.weights[place[one]].multiply(links.weights[place[other]]).tocsr()
    named = (best_terms(products, row, links.terms, SHARED_TERMS) for row in range(len(one)))
    return [", ".join(terms) for terms in named]
