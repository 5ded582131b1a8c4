"""Items against outlets, all events at once: who tells what, and who could have told it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare.coverage_chance import Longs, Mask
from analysis.compare.coverage_layout import Shared
from analysis.corpus.schema import DataError
from analysis.text.texts import find_rows

ITEM = ["event_id", "kind", "item"]


@dataclass(frozen=True, eq=False)
class Layout:
    """A row per item and group with an article on the item's event.

    Rows stand event by event, in each group by group, in each item by item.

    Attributes
    ----------
    items
        ``event_id, kind, item``, event by event.
    events, groups
        Names of the events with items, in the order of the items; of the groups, sorted.
    event
        Of each article: its event, -1 if it has no items.
    pairs
        A row per event and group: ``event, group`` (codes), ``n_articles`` (independent ones),
        ``n_others`` (those of other groups that are no copies of these), ``words``, ``cut``.
    pair_of
        Of each article, -1 if its event has no items.
    pair, item
        Of each row.
    mentions, n_with, sure, holders
        Of each row: passages in the group's articles, near ones included; independent articles of
        others that have the item for certain; mentions for certain in articles of others, and
        articles of others with any.
    """

    items: pd.DataFrame
    events: list[str]
    groups: list[str]
    event: Longs
    pairs: pd.DataFrame
    pair_of: Longs
    pair: Longs
    item: Longs
    mentions: Longs
    n_with: Longs
    sure: Longs
    holders: Longs

    @classmethod
    def of(cls, shared: Shared, articles: pd.DataFrame, mentions: pd.DataFrame) -> Layout:
        """Lay out the mentions in some articles, which `shared` was read from."""
        place = find_rows(mentions["article_id"], articles)
        items, item = list_items(mentions, place >= 0)
        event_of_item, events = pd.factorize(items["event_id"])
        event = pd.Index(events).get_indexer(pd.Index(articles["event_id"])).astype(np.int64)
        codes, groups = pd.factorize(shared.group, sort=True)
        pairs, pair_of = list_pairs(shared, event, codes)
        n_items = np.bincount(event_of_item, minlength=len(events))[pairs["event"]]
        first_item = np.searchsorted(event_of_item, pairs["event"])
        row_of_pair = np.cumsum(n_items) - n_items - first_item  # less an item's number: its row
        texts, text = np.unique(event * (len(shared.unit) + 1) + shared.unit, return_inverse=True)
        shares = share_texts(text, pair_of)

        inside = np.flatnonzero(place >= 0)
        strange = inside[event[place[inside]] != event_of_item[item[inside]]]
        if len(strange):
            row = mentions.iloc[strange[0]]
            raise DataError(
                f"items has {row['item']!r} for the article {row['article_id']!r} on the event "
                f"{row['event_id']!r}, on which the article is not; pass what find_items gives "
                "for these articles"
            )
        n_rows = int(n_items.sum())
        row = row_of_pair[pair_of[place[inside]]] + item[inside]
        told = np.bincount(row, minlength=n_rows)

        sure = inside[~mentions["near"].to_numpy(dtype=bool)[inside]]
        one, times = np.unique(item[sure] * len(articles) + place[sure], return_counts=True)
        held, holder = one // len(articles), one % len(articles)
        has = np.unique(held * len(texts) + text[holder])

        def others(which: Longs, own: Longs, weights: Longs) -> Longs:
            """Sum up over the articles of an event that are no copies of those of the pair."""
            every = np.bincount(which, weights, len(items)).astype(np.int64)
            number, pair = shares.expand(own)
            rows = row_of_pair[pair] + which[number]
            less = np.bincount(rows, weights[number], n_rows).astype(np.int64)
            found: Longs = every[row_item] - less
            return found

        row_item = ranges(first_item, n_items)
        return cls(
            items, list(events), list(groups), event, pairs, pair_of,
            np.repeat(np.arange(len(pairs)), n_items), row_item, told,
            n_with=others(has // len(texts), has % len(texts), np.ones(len(has), dtype=np.int64)),
            sure=others(held, text[holder], times),
            holders=others(held, text[holder], np.ones(len(held), dtype=np.int64)),
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Shares:
    """The pairs of event and group with an article of a text: from ``first`` to the next."""

    first: Longs
    pair: Longs

    def expand(self, texts: Longs) -> tuple[Longs, Longs]:
        """Give all pairs of some texts: the number of the text among these, and the pair."""
        sizes = np.diff(self.first)[texts]
        return np.repeat(np.arange(len(texts)), sizes), self.pair[ranges(self.first[texts], sizes)]


def share_texts(text: Longs, pair_of: Longs) -> Shares:
    """Say which pairs share which texts."""
    n_pairs = int(pair_of.max(initial=0)) + 1
    known = pair_of >= 0
    both = np.unique(text[known] * n_pairs + pair_of[known])
    n_texts = int(text.max(initial=-1)) + 1
    return Shares(np.searchsorted(both // n_pairs, np.arange(n_texts + 1)), both % n_pairs)


def ranges(first: Longs, sizes: Longs) -> Longs:
    """Give so many numbers from each first one on."""
    before = np.cumsum(sizes) - sizes
    found: Longs = np.repeat(first - before, sizes) + np.arange(int(sizes.sum()))
    return found


def list_items(mentions: pd.DataFrame, known: Mask) -> tuple[pd.DataFrame, Longs]:
    """List the items of some mentions event by event; give the item of each, -1 of the others."""
    rows = np.flatnonzero(known)
    told = mentions if known.all() else mentions.iloc[rows]
    codes: Any = np.zeros(len(rows), dtype=np.int64)
    for name in ("kind", "item"):
        one, values = pd.factorize(told[name])
        codes = codes * (len(values) + 1) + one
    event, events = pd.factorize(told["event_id"])
    key = pd.factorize(codes)[0] * (len(events) + 1) + event
    number, keys = pd.factorize(key)
    order = np.argsort(keys % (len(events) + 1), kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    item = np.full(len(mentions), -1, dtype=np.int64)
    item[rows] = rank[number]
    first = np.empty(len(order), dtype=np.int64)
    first[rank[number][::-1]] = rows[::-1]
    return mentions[ITEM].iloc[first].reset_index(drop=True), item


def list_pairs(shared: Shared, event: Longs, group: Longs) -> tuple[pd.DataFrame, Longs]:
    """List the groups with an article on each event, and give the pair of each article."""
    known = np.flatnonzero(event >= 0)
    n_groups = int(group.max(initial=0)) + 1
    keys, number = np.unique(event[known] * n_groups + group[known], return_inverse=True)
    pair_of = np.full(len(event), -1, dtype=np.int64)
    pair_of[known] = number
    n_units = int(shared.unit.max(initial=0)) + 1
    own = np.unique(number * n_units + shared.unit[known]) // n_units
    n_articles = np.bincount(own, minlength=len(keys))
    texts = np.unique(event[known] * n_units + shared.unit[known]) // n_units
    pairs = pd.DataFrame({"event": keys // n_groups, "group": keys % n_groups})
    return pairs.assign(
        n_articles=n_articles,
        n_others=np.bincount(texts)[pairs["event"]] - n_articles,
        words=np.bincount(number, shared.words[known], len(keys)).astype(np.int64),
        cut=np.bincount(number, shared.cut[known], len(keys)) > 0,
    ), pair_of
