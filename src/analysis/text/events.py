"""Which articles tell of the same event."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.corpus.schema import DataError, check_articles
from analysis.text.event_links import EventLinks, link_articles
from analysis.text.event_overrides import read_overrides
from analysis.text.linkage import join_linked

THRESHOLD = 0.45


def group_events(
    articles: pd.DataFrame,
    *,
    threshold: float = THRESHOLD,
    overrides: str | Path | Mapping[str, Any] | None = None,
    links: EventLinks | None = None,
) -> pd.Series[str]:
    """Group the articles that tell of the same event.

    Parameters
    ----------
    articles
        One row per article, with ``article_id`` and ``text``; ``title`` and ``published`` are
        read where they are. Outlets are not: an outlet may have several articles on an event.
    threshold
        Two groups of articles are one event while the mean link of their pairs is at least this.
        A link is the estimated probability that two articles tell of the same event, so the
        default 0.45 joins what is about as likely one event as two. Higher makes smaller events;
        from 0.4 to 0.5 little changes on the labelled sets that it was settled on (BCubed F1 by .02
        at most).
    overrides
        A YAML file or a mapping with pairs of article ids, which the grouping respects:
        ``same:`` are in one event, ``apart:`` never are.
    links
        Those of a prepared corpus (``corpus.links``), so that they are not found anew.

    Returns
    -------
    pandas.Series
        str, named ``event_id``, indexed by ``article_id``, in the articles' order: ``e1``,
        ``e2``, ... in the order of the events' earliest dates. An article with no other on its
        event is an event of its own. The order of the rows and the ids change nothing.

    Raises
    ------
    DataError
        When a column is missing, an ``article_id`` is not unique, a text is not a string, the
        threshold is not above 0, an override cannot be used, or the links are of other articles.
    OSError
        When the corpus is large and the folder for temporary files has no room.

    Notes
    -----
    A logistic regression over what two articles share in words, names, numbers, days of the week
    and first lines, over the others that are near both, and over how near articles come there; a
    second one over what the first says about all others (`link_articles`); then average linkage
    (`join_linked`).

    Misleads when a corpus holds little but one story: its parts are then taken for events, or, in
    a handful of articles without dates, its events for one; when an article sums up several
    events, which joins it to one of them; and when an event lasts weeks.
    """
    check_articles(articles)
    if not threshold > 0:
        raise DataError(f"threshold is {threshold!r}; it must be above 0, such as {THRESHOLD}")
    own_ids = pd.Index(articles["article_id"].astype("str"))
    decided = read_overrides(overrides, own_ids)
    found = link_articles(articles, links)
    ids, place, graph = own_ids[found.order], found.place, found.graph
    del found  # the weights of all terms
    same, apart = (place[np.array(pairs, dtype=np.intp).reshape(-1, 2)] for pairs in decided)
    groups = join_linked(graph, threshold, same=same.tolist(), apart=apart.tolist())
    numbers = pd.factorize(groups)[0] + 1
    names = pd.Series([f"e{number}" for number in numbers], index=ids, dtype="str")
    return pd.Series(
        names.reindex(own_ids).array,
        index=pd.Index(articles["article_id"], name="article_id"),
        name="event_id",
        dtype="str",
    )
