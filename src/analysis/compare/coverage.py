"""Who tells what about one event, and how surprising it is that an outlet does not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.compare.coverage_cells import make_cells
from analysis.compare.coverage_chance import chances, fit_chances
from analysis.compare.coverage_layout import Shared
from analysis.compare.coverage_rows import ITEM, Layout
from analysis.compare.coverage_table import write_rows
from analysis.compare.items import KINDS, find_items, share_events
from analysis.corpus.schema import DataError, check_articles

MENTION_COLUMNS = (*ITEM, "article_id", "start", "end", "near")


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
