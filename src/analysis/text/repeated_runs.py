"""Which runs of words stand in two texts or more, found without holding all runs at a time.

An external sort (Knuth, TAOCP 3, section 5.4): the keys of some texts after the others are sorted
and written to a temporary file, and then come back a range of hashes at a time. What one text has
of another is mostly long, so that many runs stand in the same texts: a second sort of the same kind
makes them one group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.corpus.taking import each_text
from analysis.text.on_disk import Array, Arrays, kept_on_disk, range_places
from analysis.text.portions import portions
from analysis.text.shingles import Hashes, hash_runs, mixed

KEYS_AT_ONCE = 1 << 21  # 16 MB, and as much again for each of a few copies
TEXTS_AT_ONCE = 32  # are hashed together, so that their hashes stay in the processor's cache

Longs = NDArray[np.int64]
Ints = NDArray[np.int32]


class Groups(NamedTuple):
    """Runs that stand in the same texts."""

    signatures: Hashes  # a hash of the texts
    sizes: Ints  # of each group: its texts
    weights: Ints  # and its runs
    holders: Ints  # of one group after the other: the rows of its texts, ascending


class Repeated(NamedTuple):
    """The runs that stand in two texts or more, as groups; those of the fewest texts come first."""

    holders: Ints  # of one group after the other: the rows of its texts, ascending
    pointer: Longs  # where the holders of each group begin, and the end
    weights: Ints  # the runs of each group
    n_runs: Longs  # per text: its distinct runs, repeated or not


def find_repeated(texts: pd.Series[str]) -> Repeated:
    """Find the runs of five words that stand in two texts or more.

    Raises
    ------
    OSError
        When the folder for temporary files has no room.
    """
    n_bits = bits_of_rows(len(texts))
    n_runs = np.zeros(len(texts), dtype=np.int64)
    keys = keys_by_range(sorted_keys(texts, n_runs))
    found = list(groups_by_range(repeated_of(some, n_bits) for some in keys))
    return Repeated(*_smallest_first(found), n_runs)


def bits_of_rows(n_texts: int) -> int:
    """Give how many bits of a key the row of its text takes.

    The hash keeps the other ones: 51 of 64 at 5,000 texts, where a false match is to be expected
    in one of 300 such corpora, and 44 at a million.
    """
    return max(n_texts - 1, 1).bit_length()


def sorted_keys(texts: pd.Series[str], n_runs: Longs) -> Iterator[Hashes]:
    """Give a key for each text and distinct run of it, those of some texts after the others.

    Parameters
    ----------
    texts
        Strings.
    n_runs
        One per text; filled with the number of its keys.

    Yields
    ------
    numpy.ndarray
        Ascending: the run's hash and, in the last bits, the row of the text. So sorting brings the
        texts with one run together.
    """
    n_bits = bits_of_rows(len(texts))
    parts: list[Hashes] = []
    n_keys, row = 0, 0
    rest = each_text(texts)
    while some := list(islice(rest, TEXTS_AT_ONCE)):
        hashes, sizes = hash_runs(some)
        rows = np.arange(row, row + len(some), dtype=np.uint64)
        hashes <<= np.uint64(n_bits)
        hashes |= np.repeat(rows, sizes)
        parts.append(hashes)
        n_keys, row = n_keys + len(hashes), row + len(some)
        if n_keys >= KEYS_AT_ONCE:
            yield _distinct(parts, n_bits, n_runs)
            n_keys = 0
    yield _distinct(parts, n_bits, n_runs)


def _distinct(parts: list[Hashes], n_bits: int, n_runs: Longs) -> Hashes:
    """Sort keys, each once, and count those of every text; uses `parts` up."""
    keys = np.concatenate([np.empty(0, dtype=np.uint64), *parts])
    parts.clear()
    keys.sort()
    keys = keys[_differs(keys)]
    rows = _rows_of(keys, n_bits)
    first = rows.min(initial=len(n_runs))
    rows -= first
    counts = np.bincount(rows)
    n_runs[first : first + len(counts)] += counts
    return keys


def keys_by_range(stretches: Iterable[Hashes]) -> Iterator[Hashes]:
    """Give the keys of sorted stretches in ascending order; those of one run come together."""
    with kept_on_disk((keys,) for keys in stretches) as kept:
        every = [arrays[0] for arrays in kept]
        for places in pairwise(range_places(every).T):
            keys = np.concatenate(_cut(every, places))
            keys.sort()
            yield keys


def repeated_of(keys: Hashes, n_bits: int) -> Groups:
    """Find the runs with several keys."""
    differs = np.append(_differs(keys >> np.uint64(n_bits)), True)
    keys = keys[~(differs[:-1] & differs[1:])]
    holders = _rows_of(keys, n_bits)
    sizes = np.diff(np.flatnonzero(_differs(keys >> np.uint64(n_bits))), append=len(keys))
    # Plus 1, for the hash of 0 would add nothing.
    signatures = np.add.reduceat(mixed(holders.view(np.uint64) + np.uint64(1)), _begins(sizes))
    ones = np.ones(len(sizes), dtype=np.int32)
    return merge_groups(Groups(signatures, sizes.astype(np.int32), ones, holders.astype(np.int32)))


def groups_by_range(stretches: Iterable[Arrays]) -> Iterator[Groups]:
    """Merge the groups of all stretches, sorted by signature as `merge_groups` gives them."""
    with kept_on_disk(stretches) as kept:
        *of_each, holders = zip(*kept, strict=True)
        signatures, sizes, _ = of_each
        all_places = range_places(signatures)
        held = np.array(
            [np.append(_begins(n), n.sum())[at] for n, at in zip(sizes, all_places, strict=True)]
        )
        for places, held_places in zip(pairwise(all_places.T), pairwise(held.T), strict=True):
            parts = [_cut(one, places) for one in of_each]
            yield merge_groups(Groups(*map(np.concatenate, [*parts, _cut(holders, held_places)])))


def merge_groups(groups: Groups) -> Groups:
    """Sort groups by their signatures, and make one of those with the same texts."""
    order = np.argsort(groups.signatures, kind="stable")
    signatures, sizes = groups.signatures[order], groups.sizes[order]
    holders = _taken(groups.holders, groups.sizes, order)
    is_new = _differs(signatures) | _differs(sizes)
    # Texts with the same signature are compared, since no two should be, but might be others.
    inside = np.flatnonzero(np.repeat(~is_new, sizes))
    others = holders[inside] != holders[inside - np.repeat(sizes[~is_new], sizes[~is_new])]
    is_new[np.searchsorted(_begins(sizes), inside[others], side="right") - 1] = True
    firsts = np.flatnonzero(is_new)
    return Groups(
        signatures[firsts],
        sizes[firsts],
        np.add.reduceat(groups.weights[order], firsts, dtype=np.int32),
        holders[np.repeat(is_new, sizes)],
    )


def _smallest_first(found: list[Groups]) -> tuple[Ints, Longs, Ints]:
    """Put all groups together by the number of their texts; `found` is used up."""
    _, sizes, weights, holders = map(np.concatenate, zip(*found, strict=True))
    found.clear()
    order = np.argsort(sizes, kind="stable")
    pointer = np.append(0, np.cumsum(sizes[order], dtype=np.int64))
    return _taken(holders, sizes, order), pointer, weights[order]


def _taken(holders: Ints, sizes: Ints, order: Longs) -> Ints:
    """Give the holders of groups in another order."""
    begins, sizes = _begins(sizes)[order], sizes[order]
    parts = [np.empty(0, dtype=np.int32)]
    for first, last in portions(sizes, KEYS_AT_ONCE):
        some = sizes[first:last]
        places = np.repeat(begins[first:last] - _begins(some), some)
        places += np.arange(len(places))
        parts.append(holders[places])
    return np.concatenate(parts)


def _cut(arrays: Sequence[Array], places: tuple[Longs, Longs]) -> list[Array]:
    """Give of every array a stretch of its own."""
    return [array[begin:end] for array, begin, end in zip(arrays, *places, strict=True)]


def _begins(sizes: NDArray[Any]) -> Longs:
    """Give where stretches of such sizes begin, one after the other."""
    begins: Longs = np.cumsum(sizes, dtype=np.int64) - sizes
    return begins


def _differs(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark the values that are not as the one before."""
    differs = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs


def _rows_of(keys: Hashes, n_bits: int) -> Longs:
    """Give the rows of the texts."""
    rows: Longs = (keys & np.uint64((1 << n_bits) - 1)).view(np.int64)
    return rows
