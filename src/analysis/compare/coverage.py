"""Who tells what about one event, and how surprising it is that an outlet does not."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd

from analysis.compare.coverage_chance import Cells, Floats, Longs, chances, fit_chances
from analysis.compare.coverage_layout import (
    COVERED,
    NOT_COLLECTED,
    NOT_COVERED,
    TRUNCATED,
    Event,
    lay_out,
)
from analysis.compare.items import KINDS, find_items, share_events
from analysis.corpus.schema import DataError, check_articles

ITEM = ["event_id", "kind", "item"]
NUMBERS = ["n_with", "n_others", "n_articles", "words", "mentions"]
TOLD = ("state", *NUMBERS)
MENTION_COLUMNS = (*ITEM, "article_id", "start", "end", "near")
ORDER = {NOT_COVERED: 0, TRUNCATED: 1, COVERED: 2, NOT_COLLECTED: 3}


def compare_coverage(
    articles: pd.DataFrame,
    *,
    items: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
    by: str = "outlet",
) -> pd.DataFrame:
    """Compare what the outlets tell about the events that they share, item by item.

    Parameters
    ----------
    articles
        One row per article: ``article_id``, ``text``, ``event_id`` and the `by` column;
        ``truncated`` is read where it is.
    items
        What ``find_items`` gives for these articles; found anew if left out.
    quotes
        What ``find_quotes`` gives, for finding the items.
    by
        Column with the groups.

    Returns
    -------
    pandas.DataFrame
        A row per item and group: ``event_id, kind, item``, the `by` column, ``state``, ``chance``,
        ``n_with`` and ``n_others`` (independent articles of other groups on the event that have the
        item, and in all), ``n_articles`` (independent articles of the group on the event),
        ``words`` (in them), ``mentions`` (passages in them, those that come near included). All
        five are 0 where the group was not collected.
        What is not covered comes first, the most surprising first; then what is truncated.

        ``state`` is ``"covered"``, ``"not covered"``, ``"not collected"`` (no article of the group
        on this event is in the corpus) or ``"truncated"`` (not in the part that was loaded).
        ``chance`` is that of leaving the item out for articles as long as the group's if they
        told the story like the others; missing where fewer than two independent articles of others
        have it, and where the group has no article.

    Raises
    ------
    DataError
        When a column is missing, an ``article_id`` is not unique or a text is not a string.

    Notes
    -----
    The chance is a beta-binomial's prediction from the articles of others, adjusted for the
    article's length, the mentions and the kind of item (``coverage_chance``). Its coefficients are
    fitted to which articles of the corpus lack what others of their event have, so that chances of
    5 % come true in 5 % of all cells of the corpus. Of several articles of a group each must leave
    the item out: their chances are multiplied, each taking the one before for one more article
    without. Articles that share half of their text count once.

    Misleads when an event is two stories (an article on the second leaves out all of the first),
    when an item goes by words that were not taken for it, and when the article that tells it was
    not collected. A low chance says that chance is a poor explanation, not that there was intent:
    of a thousand items covered by others, a number are left out by anybody.
    """
    check_articles(articles, needs=("text", "event_id", by))
    if items is None:
        items = find_items(articles, quotes=quotes, by=by)
    check_items(items)
    shared = share_events(articles, by)
    events = list(lay_out(shared, items, by))
    if not events:
        raise DataError(
            f"no event has an item that articles of two different {by}s tell; compare_coverage "
            "needs events that several of them cover, as analysis.group_events finds them"
        )
    table = pd.concat([tabulate(*event, by) for event in events], ignore_index=True)
    table["chance"] = chance_of(events, table["state"] != COVERED)
    table = pd.concat([table, not_collected(table, articles[by], by)], ignore_index=True)
    table = table.assign(order=table["state"].map(ORDER)).sort_values(
        ["order", "chance", "n_with", *ITEM, by],
        ascending=[True, True, False, True, True, True, True],
        kind="stable",
    )
    return table[[*ITEM, by, "state", "chance", *NUMBERS]].reset_index(drop=True)


def check_items(items: pd.DataFrame) -> None:
    """Refuse what is not a frame of mentions."""
    for name in MENTION_COLUMNS:
        if name not in items.columns:
            raise DataError(f"items lacks the column {name!r}; pass what find_items gives")


def tabulate(event_id: str, items: pd.DataFrame, event: Event, by: str) -> pd.DataFrame:
    """Give a row per item and group with an article on the event, group by group."""
    rows = list(event.compare())
    table = {name: np.tile(items[name].to_numpy(dtype=object), len(rows)) for name in items}
    table[by] = np.repeat(np.array([row.group for row in rows], dtype=object), len(items))
    for name in TOLD:
        told = [np.broadcast_to(getattr(row, name), len(items)) for row in rows]
        table[name] = np.concatenate(told)
    return pd.DataFrame(table).assign(event_id=event_id)


def chance_of(events: list[tuple[str, pd.DataFrame, Event]], missing: pd.Series[bool]) -> Floats:
    """Give the chance of each row of the tables of these events; NaN where there is none."""
    found: list[tuple[Longs, Cells]] = []
    first = 0
    for _, items, event in events:
        for group in sorted(set(event.articles.group)):
            told = event.cells(group)
            if told is not None:
                found.append((first + told[0], told[1]))
            first += len(items)
    total = np.full(first, np.nan)
    if found:
        rows = np.concatenate([rows for rows, _ in found])
        cells = join_cells([cells for _, cells in found])
        theta = fit_chances(cells, missing.to_numpy()[rows], n_kinds=len(KINDS))
        total[rows] = chances(theta, cells)
    return total


def join_cells(parts: list[Cells]) -> Cells:
    """Put cells together, their rows numbered through."""
    sizes = [int(part.row.max()) + 1 for part in parts]
    first = np.cumsum([0, *sizes[:-1]])
    columns = {
        one.name: np.concatenate([getattr(part, one.name) for part in parts])
        for one in fields(Cells)
    }
    columns["row"] = np.concatenate(
        [part.row + before for part, before in zip(parts, first, strict=True)]
    )
    return Cells(**columns)


def not_collected(table: pd.DataFrame, groups: pd.Series, by: str) -> pd.DataFrame:
    """Give a row per item and group that has no article on the event."""
    items = table[ITEM].drop_duplicates()
    every = items.merge(pd.DataFrame({by: sorted(groups.astype("str").unique())}), how="cross")
    told = table[["event_id", by]].drop_duplicates()
    found = every.merge(told, how="left", on=["event_id", by], indicator=True)
    found = found[found["_merge"] == "left_only"].drop(columns="_merge")
    return found.assign(
        state=NOT_COLLECTED, chance=np.nan, n_articles=0, words=0, mentions=0,
        n_with=0, n_others=0,
    )  # fmt: skip
