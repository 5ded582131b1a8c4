"""What is known of terms, asked for every token: some tokens at a time.

numpy makes 64 bits of every id before it looks anything up or counts, and of the ids of a large
corpus that takes more memory than all its texts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.text.on_disk import Growing, room_for
from analysis.text.portions import portions

Array = NDArray[Any]

AT_ONCE = 1_000_000


def take_for(values: Array, ids: Array, out: Array | None = None) -> Array:
    """Give each token what its term has; the last of `values` is for the id -1.

    Of many tokens it is kept in a file without a name.
    """
    found = room_for(len(ids), values.dtype) if out is None else out
    for first in range(0, len(ids), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        np.take(values, ids[part], out=found[part], mode="wrap")
    return found


def count_for(ids: Array, n_terms: int, chosen: Array | None = None) -> Array:
    """Count the tokens of each term, all or those chosen; none of them may have the id -1."""
    counts = np.zeros(n_terms, dtype=np.int64)
    for first in range(0, len(ids), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        some = ids[part] if chosen is None else ids[part][chosen[part]]
        counts += np.bincount(some, minlength=n_terms)
    return counts


def count_chosen(ids: Array, pointer: Array, chosen: Array) -> Array:
    """Count the tokens of chosen terms in each article, int64.

    `chosen` marks terms, with a last item for the id -1.
    """
    counts = np.zeros(len(pointer) - 1, dtype=np.int64)
    for first, last in portions(np.diff(pointer), AT_ONCE):
        begins = pointer[first : last + 1] - pointer[first]
        inside = np.take(chosen, ids[pointer[first] : pointer[last]], mode="wrap")
        counts[first:last] = np.diff(np.append(0, np.cumsum(inside))[begins])
    return counts


def sorted_places(ids: Array, chosen: Array) -> tuple[Array, Array]:
    """Give the places of the tokens of chosen terms, term after term, and the term of each.

    `chosen` marks terms, with a last item for the id -1.
    """
    growing = Growing(np.int64)
    for first in range(0, len(ids), AT_ONCE):
        inside = np.take(chosen, ids[first : first + AT_ONCE], mode="wrap")
        growing.add(np.flatnonzero(inside) + first)
    places = growing.array()
    terms = take_for(ids, places)
    order = np.argsort(terms, kind="stable")
    return take_for(places, order), take_for(terms, order)
