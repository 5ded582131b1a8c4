"""Who tells what about one event, and how surprising it is that an outlet does not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.compare.coverage_cells import make_cells
from analysis.compare.coverage_chance import Floats, Longs, Mask, chances, fit_chances
from analysis.compare.coverage_layout import (
    COVERED,
    NOT_COLLECTED,
    NOT_COVERED,
    TRUNCATED,
    Shared,
)
from analysis.compare.coverage_rows import Layout
from analysis.compare.items import KINDS, find_items, share_events
from analysis.compare.repeated_names import repeat_names
from analysis.corpus.schema import DataError, check_articles

ITEM = ["event_id", "kind", "item"]
NUMBERS = ["n_with", "n_others", "n_articles", "words", "mentions"]
OF_PAIR = ["n_others", "n_articles", "words"]
MENTION_COLUMNS = (*ITEM, "article_id", "start", "end", "near")
STATES = [NOT_COVERED, TRUNCATED, COVERED, NOT_COLLECTED]  # in the order of the rows


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
        When a column is missing, an ``article_id`` is not unique, a text is not a string, or
        `items` are of other events than their articles.

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
    read = Shared.of(shared, by)
    shared = shared[["article_id", "event_id"]]  # the texts are read, and large
    layout = Layout.of(read, shared, items)
    if layout.items.empty:
        raise DataError(
            f"no event has an item that articles of two different {by}s tell; compare_coverage "
            "needs events that several of them cover, as analysis.group_events finds them"
        )
    rows, cells = make_cells(layout, read)
    chance = np.full(len(layout.item), np.nan)
    if len(rows):
        theta = fit_chances(cells, layout.mentions[rows] == 0, n_kinds=len(KINDS))
        chance[rows] = chances(theta, cells)
    every = sorted(articles[by].astype("str").unique())
    return write_rows(layout, chance, every, by)


def check_items(items: pd.DataFrame) -> None:
    """Refuse what is not a frame of mentions."""
    for name in MENTION_COLUMNS:
        if name not in items.columns:
            raise DataError(f"items lacks the column {name!r}; pass what find_items gives")


def write_rows(layout: Layout, chance: Floats, every: list[str], by: str) -> pd.DataFrame:
    """Give all rows in their order, those of groups without an article on an event last."""
    names = {name: pd.factorize(np.asarray(layout.items[name]), sort=True) for name in ITEM}
    alphabetical = np.lexsort([codes for codes, _ in reversed(names.values())])
    group_of_pair = pd.Index(every).get_indexer(pd.Index(layout.groups))[layout.pairs["group"]]
    group, state = group_of_pair[layout.pair], states_of(layout)
    rank = np.empty(len(alphabetical), dtype=np.int64)
    rank[alphabetical] = np.arange(len(alphabetical))
    order = np.lexsort([group, rank[layout.item], -layout.n_with, chance, state])
    # Item by item, group by group; these are most rows where groups are many.
    gone = np.flatnonzero(~is_told(layout, group_of_pair, len(every))[alphabetical])
    item, n_gone = np.append(layout.item[order], alphabetical[gone // len(every)]), len(gone)
    pair = layout.pair[order]
    numbers = {
        "n_with": layout.n_with[order],
        **{name: layout.pairs[name].to_numpy()[pair] for name in OF_PAIR},
        "mentions": layout.mentions[order],
    }
    columns = {
        **{
            name: repeat_names(pd.Index(found), codes[item])
            for name, (codes, found) in names.items()
        },
        by: repeat_names(pd.Index(every, dtype="str"), np.append(group[order], gone % len(every))),
        "state": repeat_names(
            pd.Index(STATES), followed_by(state[order], n_gone, STATES.index(NOT_COLLECTED))
        ),
        "chance": followed_by(chance[order], n_gone, np.nan),
        **{name: followed_by(numbers[name].astype(np.int32), n_gone, 0) for name in NUMBERS},
    }
    return pd.DataFrame(columns, copy=False)


def followed_by(values: Any, n: int, value: float) -> Any:  # noqa: ANN401, arrays of any numbers
    """Put one value so many times behind others; zeros take no memory, as nothing touches them."""
    whole = np.zeros(len(values) + n, dtype=values.dtype)
    whole[: len(values)] = values
    if value:
        whole[len(values) :] = value
    return whole


def states_of(layout: Layout) -> Longs:
    """Give the place in `STATES` of each row of a layout."""
    absent = np.where(layout.pairs["cut"], STATES.index(TRUNCATED), STATES.index(NOT_COVERED))
    state: Longs = np.where(layout.mentions > 0, STATES.index(COVERED), absent[layout.pair])
    return state


def is_told(layout: Layout, group_of_pair: Longs, n_groups: int) -> Mask:
    """Tell whether each group has an article on the event of each item; shape (items, groups)."""
    told = np.zeros((len(layout.events), n_groups), dtype=bool)
    told[layout.pairs["event"], group_of_pair] = True
    of_item: Mask = told[pd.factorize(layout.items["event_id"])[0]]
    return of_item
