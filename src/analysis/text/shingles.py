"""The runs of five words that stand in a text, as 64-bit hashes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

RUN_LENGTH = 5  # words

Hashes = NDArray[np.uint64]
Longs = NDArray[np.int64]

# A word is hashed as a polynomial in this odd number, modulo 2**64.
_BASE = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64


def hash_runs(texts: Sequence[str]) -> tuple[Hashes, Longs]:
    """Hash every run of five words of some texts; many short texts are faster together.

    Parameters
    ----------
    texts
        Words are the runs of ``[a-z0-9]`` in the NFKC form in lower case, so that quotation marks,
        dashes, hyphens and spaces of any kind make no difference.

    Returns
    -------
    hashes
        uint64, of one text after the other and in its order. The same in every process.
    n_runs
        Per text: how many of them are its own; none where there are fewer than five words.
    """
    parts = [_ascii_bytes(text) for text in texts]
    words, starts = _word_hashes(np.frombuffer(b" ".join(parts), dtype=np.uint8))
    ends = np.cumsum([len(part) + 1 for part in parts], dtype=np.int64)
    n_words = np.diff(np.searchsorted(starts, ends), prepend=0)
    runs = np.zeros(len(words), dtype=np.uint64)
    for place in range(RUN_LENGTH):
        runs *= np.uint64(_BASE)
        runs[: max(len(words) - place, 0)] += words[place:]
    n_runs = np.maximum(n_words - RUN_LENGTH + 1, 0)
    inside = np.tile([True, False], len(parts))
    return runs[np.repeat(inside, np.column_stack([n_runs, n_words - n_runs]).ravel())], n_runs


def mixed(numbers: Hashes) -> Hashes:
    """Spread the bits: the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    mixed = numbers ^ (numbers >> np.uint64(30))
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _ascii_bytes(text: str) -> bytes:
    """Give the text in lower case; what is not ASCII after NFKC becomes a question mark."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.lower().encode("ascii", "replace")


def _word_hashes(data: NDArray[np.uint8]) -> tuple[Hashes, Longs]:
    """Hash every word; where each begins comes second."""
    values = _letter_values()[data]
    inside = np.zeros(len(data) + 2, dtype=bool)
    np.not_equal(values, 0, out=inside[1:-1])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    powers, inverses = _powers(_room(len(data)))
    sums = np.zeros(len(data) + 1, dtype=np.uint64)
    values *= powers[: len(data)]
    np.cumsum(values, out=sums[1:])
    return mixed((sums[ends] - sums[starts]) * inverses[starts]), starts


def _room(length: int) -> int:
    """Round up to a power of two, so that few tables serve texts of every length."""
    return 1 << max(length - 1, 1 << 12).bit_length()


@cache
def _letter_values() -> Hashes:
    """Give each byte that belongs to a word a number of its own, and the others 0."""
    values = np.zeros(256, dtype=np.uint64)
    letters = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz0123456789", dtype=np.uint8)
    values[letters] = mixed(np.arange(1, len(letters) + 1, dtype=np.uint64))
    return values


@cache
def _powers(length: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse, modulo 2**64."""
    inverse = pow(_BASE, -1, _MODULUS)
    tables = []
    for base in (_BASE, inverse):
        table = np.full(length, base, dtype=np.uint64)
        table[0] = 1
        tables.append(np.cumprod(table, dtype=np.uint64))
    return tables[0], tables[1]
