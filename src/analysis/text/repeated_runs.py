"""Which runs of words stand in two texts or more, found without holding all runs at a time.

An external sort (Knuth, TAOCP 3, section 5.4): the keys of some texts after the others are sorted
and written to a temporary file, and then come back a range of hashes at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.corpus.taking import each_text
from analysis.text.shingles import Hashes, hash_runs

KEYS_AT_ONCE = 1 << 21  # 16 MB, and as much again for each of a few copies

Longs = NDArray[np.int64]
Ints = NDArray[np.int32]


class Repeated(NamedTuple):
    """The runs that stand in two texts or more, those of the fewest texts first."""

    holders: Ints  # of one run after the other: the rows of the texts that have it, ascending
    pointer: Longs  # where the holders of each run begin, and the end
    n_runs: Longs  # per text: its distinct runs, repeated or not


def find_repeated(texts: pd.Series[str]) -> Repeated:
    """Find the runs of five words that stand in two texts or more.

    Raises
    ------
    OSError
        When the folder for temporary files has no room: it takes 8 bytes for each distinct run of
        a text, some 6 kB an article, until all are sorted.
    """
    n_bits = bits_of_rows(len(texts))
    n_runs = np.zeros(len(texts), dtype=np.int64)
    found = [_repeated(keys, n_bits) for keys in merge_sorted(sorted_keys(texts, n_runs))]
    return Repeated(*_rarest_first(found), n_runs)


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
    n_keys, first = 0, 0
    for row, text in enumerate(each_text(texts)):
        parts.append(hash_runs(text) << np.uint64(n_bits) | np.uint64(row))
        n_keys += len(parts[-1])
        if n_keys >= KEYS_AT_ONCE or row == len(texts) - 1:
            keys = _distinct(parts)
            parts, n_keys = [], 0
            n_runs[first : row + 1] = _counts(keys & _all_rows(n_bits), first, row + 1)
            first = row + 1
            yield keys


def merge_sorted(stretches: Iterable[Hashes]) -> Iterator[Hashes]:
    """Give all keys of sorted stretches in ascending order, about a stretch at a time.

    Keys that differ in nothing but the row of the text come together. More than one stretch goes
    to a file that has no name, so that it is gone when it is closed, or the process ends.
    """
    stretches = iter(stretches)
    head = list(islice(stretches, 2))
    if len(head) < 2:
        yield from head
        return
    stretches = chain(head, stretches)
    del head
    with TemporaryFile() as file:
        sizes = _write(stretches, file)
        keys = np.asarray(np.memmap(file, dtype=np.uint64, mode="r"))
        yield from _ranges(np.split(keys, np.cumsum(sizes)[:-1]))


def _write(stretches: Iterable[Hashes], file: IO[bytes]) -> list[int]:
    """Write keys one after the other; how many each stretch has."""
    sizes = []
    for keys in stretches:
        file.write(keys.data)
        sizes.append(len(keys))
    file.flush()
    return sizes


def _ranges(stretches: list[Hashes]) -> Iterator[Hashes]:
    """Merge as many equal ranges of keys as there are stretches, or up to twice as many."""
    n_bits = (len(stretches) - 1).bit_length()
    bounds = np.arange(1, 1 << n_bits, dtype=np.uint64) << np.uint64(64 - n_bits)
    places = [np.array([0, *np.searchsorted(keys, bounds), len(keys)]) for keys in stretches]
    for number in range(1 << n_bits):
        parts = zip(stretches, places, strict=True)
        merged = np.concatenate([keys[at[number] : at[number + 1]] for keys, at in parts])
        merged.sort()
        yield merged


def _distinct(parts: list[Hashes]) -> Hashes:
    """Sort keys and drop those that were there already."""
    keys = np.concatenate(parts)
    parts.clear()
    keys.sort()
    is_new = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
    return keys[is_new]


def _counts(rows: Hashes, first: int, end: int) -> Longs:
    rows -= np.uint64(first)
    counts: Longs = np.bincount(rows.view(np.int64), minlength=end - first)
    return counts


def _all_rows(n_bits: int) -> np.uint64:
    return np.uint64((1 << n_bits) - 1)


def _repeated(keys: Hashes, n_bits: int) -> tuple[Ints, Longs, Longs]:
    """Find the runs with several keys.

    Returns
    -------
    holders
        Their texts, those of the fewest first.
    sizes, n_runs
        The numbers of texts that a run has, ascending, and how many runs have so many.
    """
    hashes = keys >> np.uint64(n_bits)
    is_first = np.ones(len(keys) + 1, dtype=bool)
    np.not_equal(hashes[1:], hashes[:-1], out=is_first[1:-1])
    del hashes
    begins = np.flatnonzero(is_first)
    sizes = np.diff(begins)
    order = np.flatnonzero(sizes > 1)
    order = order[np.argsort(sizes[order], kind="stable")]
    begins, sizes = begins[order], sizes[order]
    places = np.arange(sizes.sum()) + np.repeat(begins - (np.cumsum(sizes) - sizes), sizes)
    holders = (keys[places] & _all_rows(n_bits)).astype(np.int32)
    return holders, *np.unique(sizes, return_counts=True)


def _rarest_first(found: list[tuple[Ints, Longs, Longs]]) -> tuple[Ints, Longs]:
    """Put the runs of all ranges together by the number of their texts; `found` is used up."""
    every_size, every_count = (
        np.concatenate([np.empty(0, np.int64), *(part[of] for part in found)]) for of in (1, 2)
    )
    sizes, numbers = np.unique(every_size, return_inverse=True)
    n_runs = np.bincount(numbers, every_count, minlength=len(sizes)).astype(np.int64)
    pointer = np.repeat(np.append(0, sizes), np.append(1, n_runs))
    np.cumsum(pointer, out=pointer)
    n_holders = sizes * n_runs
    ends = dict(zip(sizes.tolist(), (np.cumsum(n_holders) - n_holders).tolist(), strict=True))
    holders = np.empty(pointer[-1], dtype=np.int32)
    found.reverse()
    while found:
        part, part_sizes, part_runs = found.pop()
        bounds = np.cumsum(part_sizes * part_runs)[:-1]
        for size, some in zip(part_sizes.tolist(), np.split(part, bounds), strict=False):
            holders[ends[size] : ends[size] + len(some)] = some
            ends[size] += len(some)
    return holders, pointer
