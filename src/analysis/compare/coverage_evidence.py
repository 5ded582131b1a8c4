"""The passages behind an omission, on both sides."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare.claims_sentences import Sentences, read_sentences
from analysis.compare.coverage import check_items
from analysis.compare.coverage_layout import NOT_COLLECTED, NOT_COVERED
from analysis.compare.coverage_rows import ITEM
from analysis.compare.items import share_events
from analysis.corpus.schema import DataError, check_articles

NAMED = ("person", "organisation", "place", "name")
PER_EVENT = 3  # omissions of one outlet on one event; the rest would say the same once more
BACKGROUND, FEWEST_EVENTS = 0.3, 3  # a name of more events than this share tells of none
TOLD, NEAREST = "told by others", "nearest in its own"
ARTICLE_COLUMNS = ["outlet", "published", "title", "url"]
COLUMNS = [
    "term", "side", "article_id", *ARTICLE_COLUMNS, "start", "end", "left", "match", "right",
]  # fmt: skip


def list_omissions(coverage: pd.DataFrame, *, by: str = "outlet", most: int = 20) -> pd.DataFrame:
    """List the most surprising omissions, each fact once.

    Parameters
    ----------
    coverage
        What ``compare_coverage`` gives.
    by
        The column that was compared.
    most
        Rows at most.

    Returns
    -------
    pandas.DataFrame
        Rows of `coverage` that are not covered and have a chance, the least first. Not listed are
        names that are items of more than three tenths of all events, the background of the whole
        corpus; somebody who is not named at all once more as a source; and more than three
        omissions of one group on one event.

    Raises
    ------
    DataError
        When a column is missing.
    """
    for name in (*ITEM, by, "state", "chance"):
        if name not in coverage.columns:
            raise DataError(
                f"the coverage lacks the column {name!r}; pass what compare_coverage gives"
            )
    # Most rows are of groups without an article, and every item has one with an article.
    coverage = coverage[coverage["state"] != NOT_COLLECTED]
    rows = coverage[(coverage["state"] == NOT_COVERED) & coverage["chance"].notna()]
    rows = rows.sort_values("chance", kind="stable")
    keys = ["event_id", by, "item"]
    unnamed = pd.MultiIndex.from_frame(rows.loc[rows["kind"].isin(NAMED), keys])
    again = (rows["kind"] == "source") & pd.MultiIndex.from_frame(rows[keys]).isin(unnamed)
    background = rows["item"].isin(find_background(coverage))
    rows = rows[~(again | background).to_numpy()]
    first = rows.groupby(["event_id", by], sort=False).cumcount() < PER_EVENT
    return rows[first].head(most).reset_index(drop=True)


def find_background(coverage: pd.DataFrame) -> list[str]:
    """Give the names that are items of a large part of the events."""
    named = coverage.loc[coverage["kind"].isin(NAMED), ["event_id", "item"]].drop_duplicates()
    often = named["item"].value_counts()
    least = max(BACKGROUND * coverage["event_id"].nunique(), FEWEST_EVENTS)
    return list(often.index[often > least])


def find_omission_evidence(
    articles: pd.DataFrame,
    omissions: pd.DataFrame,
    *,
    items: pd.DataFrame,
    by: str = "outlet",
    n_passages: int = 3,
) -> pd.DataFrame:
    """Give for each omission sentences that tell it, and what the outlet has that is nearest.

    Parameters
    ----------
    articles
        The articles that were compared.
    omissions
        Rows of ``compare_coverage``, such as ``list_omissions`` gives.
    items
        What ``find_items`` gives for the articles.
    by
        The column that was compared.
    n_passages
        Sentences of others for each omission, from as many articles.

    Returns
    -------
    pandas.DataFrame
        ``term`` (the omission in words), ``side`` (``"told by others"``, or ``"nearest in its
        own"``: the sentence of the group that is most like those, or its first one),
        ``article_id, outlet, published, title, url``, ``start, end`` (of the sentence in ``text``),
        ``left, match, right`` (the sentence in three parts; the item is the match).

    Raises
    ------
    DataError
        When a column is missing.
    """
    check_articles(articles, needs=("text", "event_id", by))
    check_items(items)
    events = omissions["event_id"].astype("str").unique()
    shared = share_events(articles, by)
    sentences = read_sentences(shared, of=shared["event_id"].isin(events).to_numpy(dtype=bool))
    known = items[items["event_id"].isin(events) & ~items["near"]]
    told = {key: rows for key, rows in known.groupby(ITEM, sort=False)}
    group_of = shared.set_index("article_id")[by].astype("str")
    found: list[dict[str, Any]] = []
    for row in omissions.to_dict("records"):
        mentions = told.get(tuple(row[key] for key in ITEM))
        if mentions is None:
            raise DataError(
                f"items has no {row['kind']} {row['item']!r} in {row['event_id']!r}; pass the "
                "items that were compared"
            )
        passages = passages_of(mentions, group_of, str(row[by]), n_passages)
        name = f"{row[by]} leaves out {row['kind']}: {row['item']}"
        found += write_passages(passages, sentences, shared, name)
        own = (shared["event_id"] == row["event_id"]) & (shared[by].astype("str") == row[by])
        places = [sentence_at(sentences, shared, one) for one in passages.to_dict("records")]
        found += nearest_own(sentences, np.flatnonzero(own), places, shared, name)
    return pd.DataFrame(found, columns=COLUMNS)


def passages_of(
    mentions: pd.DataFrame, group_of: pd.Series, group: str, n_passages: int
) -> pd.DataFrame:
    """Choose the first mention in each of some articles of others, each of another group first."""
    first = mentions.sort_values("start", kind="stable").drop_duplicates("article_id")
    teller = first["article_id"].map(group_of)
    first = first.assign(teller=teller)[(teller != group) & teller.notna()]
    turn = first.sort_values(["teller", "article_id"]).groupby("teller").cumcount()
    ordered = first.assign(turn=turn).sort_values(["turn", "teller", "article_id"], kind="stable")
    return ordered.head(n_passages)


def sentence_at(sentences: Sentences, articles: pd.DataFrame, mention: dict[Any, Any]) -> int:
    """Give the row of the sentence that a mention begins in."""
    row = int((articles["article_id"] == mention["article_id"]).to_numpy().argmax())
    first, last = np.searchsorted(sentences.frame["row"], [row, row + 1])
    ends = sentences.frame["end"].to_numpy()[first:last]
    inside = int(np.searchsorted(ends, mention["start"], side="right"))
    return int(first) + min(inside, len(ends) - 1)


def write_passages(
    passages: pd.DataFrame, sentences: Sentences, articles: pd.DataFrame, name: str
) -> list[dict[str, Any]]:
    """Write the sentences that tell an item, each with the item marked."""
    rows = []
    for one in passages.to_dict("records"):
        place = sentence_at(sentences, articles, one)
        span = int(one["start"]), int(one["end"])
        rows.append({"term": name, "side": TOLD, **write(sentences, place, articles, span)})
    return rows


def nearest_own(
    sentences: Sentences,
    own: np.ndarray[tuple[int], np.dtype[np.intp]],
    places: list[int],
    articles: pd.DataFrame,
    name: str,
) -> list[dict[str, Any]]:
    """Give the sentence of the group's articles that is most like some others, or the first."""
    rows = np.flatnonzero(np.isin(sentences.frame["row"], own))
    if not len(rows):
        return []
    likeness = (sentences.vectors[rows] @ sentences.vectors[places].T).sum(axis=1)
    place = int(rows[int(np.asarray(likeness).argmax())])
    start = int(sentences.frame["start"].iloc[place])
    return [{"term": name, "side": NEAREST, **write(sentences, place, articles, (start, start))}]


def write(
    sentences: Sentences, place: int, articles: pd.DataFrame, span: tuple[int, int]
) -> dict[str, Any]:
    """Write a sentence in three parts, with where it stands."""
    at = sentences.frame.iloc[place]
    article = articles.iloc[int(at["row"])]
    text, start, end = str(article["text"]), int(at["start"]), int(at["end"])
    first, last = max(span[0], start), min(max(span[1], start), end)
    parts = {"left": text[start:first], "match": text[first:last], "right": text[last:end]}
    return {
        "article_id": article["article_id"],
        **{column: article.get(column, "") for column in ARTICLE_COLUMNS},
        "start": start,
        "end": end,
        **{part: re.sub(r"\s+", " ", words) for part, words in parts.items()},
    }
