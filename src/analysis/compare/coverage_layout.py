"""Items against outlets, event by event: who tells what, and who could have told it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.compare.coverage_chance import Cells, Longs, Mask
from analysis.compare.items import KINDS
from analysis.corpus.truncation import STATED, mark_truncated
from analysis.text.reuse import find_reuse, group_copies

COVERED, NOT_COVERED = "covered", "not covered"
NOT_COLLECTED, TRUNCATED = "not collected", "truncated"
FEWEST_WITH = 2  # independent articles of others have what is missed: one may be its own source


@dataclass(frozen=True, eq=False)
class Shared:
    """Articles on shared events, as arrays.

    Attributes
    ----------
    group, unit, words, cut
        One per article: its group; the number of its text, which copies share; its words; whether
        only its beginning is there.
    """

    group: np.ndarray[tuple[int], np.dtype[np.object_]]
    unit: Longs
    words: Longs
    cut: Mask

    @classmethod
    def of(cls, articles: pd.DataFrame, by: str) -> Shared:
        """Read what is needed of the articles."""
        return cls(
            articles[by].astype("str").to_numpy(dtype=object),
            find_units(articles),
            np.array([len(text.split()) for text in articles["text"]], dtype=np.int64),
            is_cut(articles),
        )

    def take(self, rows: Longs) -> Shared:
        """Keep some articles."""
        return Shared(self.group[rows], self.unit[rows], self.words[rows], self.cut[rows])


def find_units(articles: pd.DataFrame) -> Longs:
    """Give every article the number of its text, which those that share half of it have too."""
    groups = group_copies(find_reuse(articles), articles)["group"].to_numpy()
    ids = articles["article_id"].astype("str").to_numpy()
    names = np.where(groups == "", "article " + ids, "copies of " + groups)
    codes: Longs = pd.factorize(names)[0].astype(np.int64)
    return codes


def is_cut(articles: pd.DataFrame) -> Mask:
    """Mark the articles of which only the beginning is there."""
    cut = np.zeros(len(articles), dtype=bool)
    if "outlet" in articles:
        cut |= mark_truncated(articles).ne("").to_numpy(dtype=bool)
    if "truncated" in articles:
        cut |= articles["truncated"].isin(STATED).to_numpy(dtype=bool)
    return cut


@dataclass(frozen=True, eq=False)
class Row:
    """What one group has of the items of an event: arrays over the items, and its articles."""

    group: str
    state: list[str]
    n_with: Longs
    n_others: int
    n_articles: int
    words: int
    mentions: Longs


@dataclass(frozen=True, eq=False)
class Event:
    """One event: which of its articles have which items.

    Attributes
    ----------
    articles
        Of the event.
    kind
        Code of each item's kind, as in ``KINDS``.
    sure, near
        Shape (items, articles): mentions for certain, and passages that come near.
    """

    articles: Shared
    kind: Longs
    sure: Longs
    near: Longs

    def compare(self) -> Iterator[Row]:
        """Say of each group with an article what it tells."""
        for group in sorted(set(self.articles.group)):
            own, other = self.sides(group)
            n_with, n_others = self.count_with(other)
            mentions = (self.sure + self.near)[:, own].sum(axis=1)
            absent = TRUNCATED if self.articles.cut[own].any() else NOT_COVERED
            yield Row(
                group,
                [COVERED if number else absent for number in mentions],
                n_with,
                n_others,
                len(np.unique(self.articles.unit[own])),
                int(self.articles.words[own].sum()),
                mentions,
            )

    def sides(self, group: str) -> tuple[Mask, Mask]:
        """Mark the articles of a group, and those of others that are not copies of them."""
        own = self.articles.group == group
        return own, ~np.isin(self.articles.unit, self.articles.unit[own])

    def count_with(self, chosen: Mask) -> tuple[Longs, int]:
        """Count the independent articles that have each item, and all."""
        units, code = np.unique(self.articles.unit[chosen], return_inverse=True)
        has = np.zeros((len(units), len(self.kind)), dtype=bool)
        np.logical_or.at(has, code, self.sure[:, chosen].T > 0)
        return has.sum(axis=0), len(units)

    def cells(self, group: str) -> tuple[Longs, Cells] | None:
        """Give the items that a group could have told, and a cell for each of its articles.

        The group's articles come in the order of their length, the longest first.
        """
        own, other = self.sides(group)
        n_with, n_others = self.count_with(other)
        items = np.flatnonzero(n_with >= FEWEST_WITH)
        if not len(items):
            return None
        log_words = np.log(np.maximum(self.articles.words, 1))
        longest = pd.Series(log_words[own]).groupby(self.articles.unit[own]).max()
        lengths = np.sort(longest.to_numpy())[::-1] - log_words[other].mean()
        of_others = self.sure[items][:, other]
        mentions = np.log(of_others.sum(axis=1) / (of_others > 0).sum(axis=1))
        n, times = len(items), len(lengths)
        return items, Cells(
            row=np.tile(np.arange(n), times),
            nth=np.repeat(np.arange(times), n),
            n_with=np.tile(n_with[items], times),
            n_others=np.full(n * times, n_others),
            length=np.repeat(lengths, n),
            mentions=np.tile(mentions, times),
            kind=np.tile(self.kind[items], times),
        )


def lay_out(
    articles: pd.DataFrame, mentions: pd.DataFrame, by: str
) -> Iterator[tuple[str, pd.DataFrame, Event]]:
    """Give each event with items: its id, its items (``kind, item``) and who has them."""
    shared = Shared.of(articles, by)
    rows_of = articles.groupby("event_id", sort=False).indices
    place = pd.Index(articles["article_id"]).get_indexer(pd.Index(mentions["article_id"]))
    known = mentions.assign(place=place)[place >= 0]
    codes = {kind: code for code, kind in enumerate(KINDS)}
    for event_id, told in known.groupby("event_id", sort=False):
        rows = np.asarray(rows_of[event_id], dtype=np.int64)
        column = np.searchsorted(rows, told["place"].to_numpy())
        code = told.groupby(["kind", "item"], sort=False).ngroup().to_numpy(dtype=np.int64)
        items = told[["kind", "item"]].drop_duplicates(ignore_index=True)
        counts: list[Longs] = []
        for flag in (False, True):
            chosen = (told["near"] == flag).to_numpy()
            table = np.zeros((len(items), len(rows)), dtype=np.int64)
            np.add.at(table, (code[chosen], column[chosen]), 1)
            counts.append(table)
        kind = items["kind"].map(codes).to_numpy(dtype=np.int64)
        yield str(event_id), items, Event(shared.take(rows), kind, *counts)
