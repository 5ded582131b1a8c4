"""What articles on one event tell: people, organisations, places, numbers, sources and claims."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare.claims_sentences import Longs, Sentences, read_sentences
from analysis.compare.items_claims import find_claims
from analysis.compare.items_counted import number_mentions
from analysis.compare.items_named import Named, name_mentions, source_mentions
from analysis.compare.items_near import near_names
from analysis.compare.items_spoken import Spoken
from analysis.compare.stems import Stems
from analysis.corpus.schema import DataError, check_articles
from analysis.corpus.taking import each_text, order_rows
from analysis.memory import give_back
from analysis.text.portions import portions
from analysis.text.quotes import find_quotes
from analysis.text.wire_selection import is_repeat

KINDS = ("person", "organisation", "place", "name", "number", "source", "claim")
AT_ONCE = 5_000  # articles whose sentences stand in memory together
BEGINNING = 64  # characters of a text; few have the same
COLUMNS = {
    "event_id": "str", "kind": "str", "item": "str", "article_id": "str", "start": "int64",
    "end": "int64", "near": "bool",
}  # fmt: skip


def find_items(
    articles: pd.DataFrame, *, quotes: pd.DataFrame | None = None, by: str = "outlet"
) -> pd.DataFrame:
    """Find what the articles on an event tell, wherever two groups or more tell it.

    Parameters
    ----------
    articles
        One row per article: ``article_id``, ``text``, ``event_id`` and the `by` column.
    quotes
        What ``find_quotes`` gives for these articles; found anew if left out.
    by
        An item is one that articles of two groups have.

    Returns
    -------
    pandas.DataFrame
        A row per mention: ``event_id``, ``kind`` (``"person"``, ``"organisation"``, ``"place"``,
        ``"name"``: of something else; ``"number"``; ``"source"``: somebody quoted or reported;
        ``"claim"``: a sentence that several articles have in words of their own), ``item`` (its
        name; of a claim the sentence that is nearest to the others), ``article_id``, ``start,
        end`` (of ``text``) and ``near`` (the passage comes close and may be about the item: a word
        of the name, a sentence a little alike; the article is not said to leave it out).

    Raises
    ------
    DataError
        When a column is missing, an ``article_id`` is not unique or a text is not a string.

    Notes
    -----
    Left out are days and months, counts below ten, years and ages, the outlets' own names, and
    articles that stand in their outlet twice.

    Misleads where two outlets name one thing by words that share nothing ("Lissava", "the port"),
    in languages without capitals, and where a name is short for two things.
    """
    check_articles(articles, needs=("text", "event_id", by))
    shared = share_events(articles, by)
    if shared.empty:
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    quotes = find_quotes(shared) if quotes is None else check_quotes(quotes)
    own_names = articles["outlet"].astype("str").unique() if "outlet" in articles else ()
    speakers = quotes.loc[quotes["kind"] == "direct", "speaker"].unique()
    stems = Stems.of(shared)
    # What is found of an event needs its articles, and what was counted of all words and names.
    event = pd.factorize(shared["event_id"], sort=True)[0]
    shared = order_rows(shared, np.argsort(event, kind="stable")).reset_index(drop=True)
    named = Named.read(shared, own_names=own_names, speakers=speakers)
    spoken = Spoken.of(quotes, shared)
    parts = []
    for first, last in part_events(event):
        give_back()
        some = shared.iloc[first:last].reset_index(drop=True)
        mentions = find_mentions(
            read_sentences(some, stems=stems),
            named.part(first, last),
            spoken.part(first, last),
            by,
        )
        parts.append(keep_shared(mentions, pd.Series(some[by].array, index=some["article_id"])))
    return pd.concat(parts, ignore_index=True)


def part_events(event: Longs) -> Iterator[tuple[int, int]]:
    """Cut articles, which stand event by event, into portions: the first row, and the one behind.

    Parameters
    ----------
    event
        The number of each article's event, in whatever order.
    """
    sizes = np.bincount(event)
    most = len(event) // max(len(event) // AT_ONCE, 1) + 1  # no portion is much smaller
    bounds = np.append(0, np.cumsum(sizes))
    for first, last in portions(sizes, most):
        yield int(bounds[first]), int(bounds[last])


def find_mentions(sentences: Sentences, named: Named, spoken: Spoken, by: str) -> pd.DataFrame:
    """Give all mentions in the articles of some events."""
    articles = named.articles
    numbers = number_mentions(articles, sentences)
    found = [
        name_mentions(named),
        near_names(named),
        numbers,
        source_mentions(spoken, named),
        find_claims(articles, sentences, by),
    ]
    return pd.concat(found, ignore_index=True)


def share_events(articles: pd.DataFrame, by: str) -> pd.DataFrame:
    """Keep the articles on events that two groups or more tell of, each once.

    They are sorted by their text, so that the order of the rows decides nothing. The texts are
    not copied (see ``order_rows``).
    """
    once = np.flatnonzero(~is_repeat(articles))
    told = articles[["event_id", by]].iloc[once]
    groups = told.groupby("event_id", sort=False, observed=True)[by].transform("nunique")
    rows = once[groups.to_numpy() > 1]
    order = sort_texts(order_rows(articles[["text"]], rows)["text"])
    return order_rows(articles, rows[order]).reset_index(drop=True)


def sort_texts(texts: pd.Series[str]) -> list[int]:
    """Give the order of some texts, equal ones as they stand, without all of them in memory."""
    begins = [text[:BEGINNING] for text in each_text(texts)]
    order: list[int] = []
    for _, rows in groupby(
        sorted(range(len(begins)), key=begins.__getitem__), key=begins.__getitem__
    ):
        alike = list(rows)
        order += sorted(alike, key=texts.array.__getitem__) if len(alike) > 1 else alike
    return order


def check_quotes(quotes: pd.DataFrame) -> pd.DataFrame:
    """Refuse what is not a frame of quotations."""
    for name in ("article_id", "kind", "speaker", "start", "end"):
        if name not in quotes.columns:
            raise DataError(f"quotes lacks the column {name!r}; pass what find_quotes gives")
    return quotes


def keep_shared(mentions: pd.DataFrame, group_of: pd.Series) -> pd.DataFrame:
    """Keep the items that two groups or more have for certain, in order of events and kinds.

    The columns of `mentions` are taken out of it, as all are large.
    """
    event, item, article = (
        pd.factorize(mentions[name], sort=True)[0] for name in ("event_id", "item", "article_id")
    )
    kind = pd.Index(KINDS).get_indexer(pd.Index(mentions["kind"]))
    thing = pd.factorize((event * len(KINDS) + kind) * (int(item.max(initial=0)) + 1) + item)[0]
    group = pd.factorize(group_of)[0][group_of.index.get_indexer(pd.Index(mentions["article_id"]))]
    sure = ~mentions["near"].to_numpy(dtype=bool)
    n_groups = int(group.max(initial=0)) + 1
    told = np.unique(thing[sure] * n_groups + group[sure]) // n_groups
    shared = np.bincount(told, minlength=int(thing.max(initial=-1)) + 1) > 1
    kept = np.flatnonzero(shared[thing])
    keys = (mentions["start"].to_numpy(dtype=np.int64), article, item, kind, event)
    order = kept[np.lexsort([key[kept] for key in keys])]
    columns: dict[str, Any] = {name: mentions.pop(name) for name in COLUMNS}
    del event, item, article, kind, thing, group, sure, kept, keys
    return pd.DataFrame(  # each goes when it was taken from
        {name: columns.pop(name).iloc[order].astype(of).array for name, of in COLUMNS.items()},
        copy=False,
    )
