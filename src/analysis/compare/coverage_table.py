"""The table of `compare_coverage`: a row per item and group, also of those not collected."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.compare.coverage_chance import Floats, Longs
from analysis.compare.coverage_layout import COVERED, NOT_COLLECTED, NOT_COVERED, TRUNCATED
from analysis.compare.coverage_rows import ITEM, Layout
from analysis.compare.repeated_names import repeat_names
from analysis.text.by_term import take_for
from analysis.text.on_disk import Array, room_for

STATES = [NOT_COVERED, TRUNCATED, COVERED, NOT_COLLECTED]  # in the order of the rows
NUMBERS = ["n_with", "n_others", "n_articles", "words", "mentions"]
OF_PAIR = ["n_others", "n_articles", "words"]
AT_ONCE = 1 << 18  # items and groups that are gone through together


def write_rows(layout: Layout, chance: Floats, every: list[str], by: str) -> pd.DataFrame:
    """Give all rows in their order, those of groups without an article on an event last.

    Item by item, group by group, these are most rows where groups are many. Their columns stand in
    files without a name, and what is 0 in them takes no room in memory.
    """
    names = {name: pd.factorize(np.asarray(layout.items[name]), sort=True) for name in ITEM}
    alphabetical = np.lexsort([codes for codes, _ in reversed(names.values())])
    group_of_pair = pd.Index(every).get_indexer(pd.Index(layout.groups))[layout.pairs["group"]]
    order = order_rows(layout, chance, alphabetical, group_of_pair)
    n_told, n_rows = len(order), len(layout.items) * len(every)
    item, group = room_for(n_rows, np.int32), room_for(n_rows, np.int32)
    item[:n_told], group[:n_told] = layout.item[order], group_of_pair[layout.pair[order]]
    write_gone(layout, alphabetical, group_of_pair, item[n_told:], group[n_told:])
    pair = layout.pair[order]
    numbers = {
        "n_with": layout.n_with[order],
        **{name: layout.pairs[name].to_numpy()[pair] for name in OF_PAIR},
        "mentions": layout.mentions[order],
    }
    state = states_of(layout)[order].astype(np.int8)
    columns = {
        **{
            name: repeat_names(pd.Index(found), take_for(codes.astype(np.int32), item))
            for name, (codes, found) in names.items()
        },
        by: repeat_names(pd.Index(every, dtype="str"), group),
        "state": repeat_names(
            pd.Index(STATES), filled_up(state, n_rows, STATES.index(NOT_COLLECTED))
        ),
        "chance": filled_up(chance[order], n_rows, np.nan),
        **{name: filled_up(numbers[name].astype(np.int32), n_rows, 0) for name in NUMBERS},
    }
    return pd.DataFrame(columns, copy=False)


def order_rows(layout: Layout, chance: Floats, alphabetical: Longs, group_of_pair: Longs) -> Longs:
    """Give the order of the rows of a layout: by state, the least chance first."""
    rank = np.empty(len(alphabetical), dtype=np.int64)
    rank[alphabetical] = np.arange(len(alphabetical))
    keys = group_of_pair[layout.pair], rank[layout.item], -layout.n_with, chance, states_of(layout)
    return np.lexsort(keys)


def states_of(layout: Layout) -> Longs:
    """Give the place in `STATES` of each row of a layout."""
    absent = np.where(layout.pairs["cut"], STATES.index(TRUNCATED), STATES.index(NOT_COVERED))
    state: Longs = np.where(layout.mentions > 0, STATES.index(COVERED), absent[layout.pair])
    return state


def write_gone(
    layout: Layout, alphabetical: Longs, group_of_pair: Longs, item: Array, group: Array
) -> None:
    """Write each item and each group that has no article on its event, some items at a time."""
    n_groups = (len(item) + len(layout.item)) // len(layout.items)
    told = np.zeros((len(layout.events), n_groups), dtype=bool)
    told[layout.pairs["event"], group_of_pair] = True
    event = pd.factorize(layout.items["event_id"])[0][alphabetical]
    step, place = max(AT_ONCE // n_groups, 1), 0
    for first in range(0, len(event), step):
        which, gone = np.nonzero(~told[event[first : first + step]])
        rows = slice(place, place := place + len(gone))
        item[rows], group[rows] = alphabetical[first + which], gone


def filled_up(values: Array, n: int, value: float) -> Array:
    """Put one value behind others until they are `n`; zeros take no memory."""
    whole = room_for(n, values.dtype) if value else np.zeros(n, dtype=values.dtype)
    whole[: len(values)] = values
    if value:
        whole[len(values) :] = value
    return whole
