"""Phrases as numbers, and which of some phrases stand among many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from analysis.corpus.phrase_kernels import Book as Bound

ODD = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(29)
MOST_BITS = 20  # of a phrase's number, by which it is looked up

Ints = NDArray[np.signedinteger[Any]]
Hashes = NDArray[np.uint64]


class Phrases:
    """Some phrases in ascending order, and where in that order those with the same bits begin."""

    def __init__(self, values: Hashes) -> None:
        self.values = values
        bits = min(MOST_BITS, len(values).bit_length() + 4)
        self.shift = np.uint64(64 - bits)
        self.first = np.zeros((1 << bits) + 1, np.int32)
        np.add.at(self.first, (values >> self.shift).astype(np.int64) + 1, 1)
        np.cumsum(self.first, dtype=np.int32, out=self.first)  # in place, as it may be large
        self.some = self.first[1:] > self.first[:-1]
        self.bits = np.packbits(self.some, bitorder="little")  # the same, small enough for a cache

    def find(self, hashes: Hashes) -> tuple[Ints, Ints]:
        """Give which of the phrases are among these, and the number of each."""
        bits = (hashes >> self.shift).astype(np.int32)
        maybe = np.flatnonzero(self.some[bits])
        bits, hashes = bits[maybe], hashes[maybe]
        slot = self.first[bits]
        unlike = np.flatnonzero(self.values[slot] != hashes)
        several = unlike[self.first[bits[unlike] + 1] - slot[unlike] > 1]
        later = np.searchsorted(self.values, hashes[several])
        slot[several] = np.minimum(later, len(self.values) - 1)
        known = np.ones(len(maybe), bool)
        known[unlike] = self.values[slot[unlike]] == hashes[unlike]
        return maybe[known], slot[known]


class Book:
    """Phrases that are looked for, of several lengths and for several ends, to be found at once.

    Parameters
    ----------
    wanted
        Lengths in words, and the phrases of each by their numbers in ascending order.

    Attributes
    ----------
    phrases
        All of each length.
    numbers
        For each that was wanted, the numbers that its phrases have there among all of their
        length, -1 for others.
    """

    def __init__(self, wanted: Sequence[tuple[int, Hashes]]) -> None:
        self.wanted = wanted
        lengths = sorted({length for length, values in wanted if len(values)})
        self.phrases = {length: Phrases(union(wanted, length)) for length in lengths}
        self.numbers = [self._numbers(length, values) for length, values in wanted]

    def _numbers(self, length: int, values: Hashes) -> Ints:
        if not len(values):
            return np.zeros(0, np.int64)
        every = self.phrases[length].values
        numbers = np.full(len(every), -1)
        numbers[np.searchsorted(every, values)] = np.arange(len(values))
        return numbers

    @cached_property
    def bound(self) -> Bound:
        """The phrases as compiled code takes them."""
        # numba is imported only where it pays
        from analysis.corpus.compiled_phrases import bind

        return bind(self.phrases)


def union(wanted: Sequence[tuple[int, Hashes]], length: int) -> Hashes:
    """Give the phrases of one length."""
    return np.unique(np.concatenate([values for own, values in wanted if own == length]))


def hash_phrases(words: Sequence[NDArray[Any]], size: int) -> Hashes:
    """Give a number for each phrase of a column of words each."""
    value = np.zeros(size, np.uint64)
    for ids in words:
        value ^= ids.astype(np.uint64)
        value *= ODD
        value ^= value >> SHIFT
    return value
