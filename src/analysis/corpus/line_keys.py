"""One number for all lines that differ in case, spacing or numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.repeats import line_key
from analysis.corpus.signs import TRIMMED, codes_of, tabled_codes, tabled_signs

NOTHING = 0

Longs = NDArray[np.int64]


class Numbered(NamedTuple):
    """Numbers of stretches of text, the same in all texts that are read in the same way.

    Attributes
    ----------
    keys
        The same for stretches with the same `line_key`; `NOTHING` of one that holds nothing.
    openings
        The same of their first words; `NOTHING` of one that has no more than these.
    """

    keys: Longs
    openings: Longs


def number_spans(
    text: str, bounds: Longs, *, compiled: bool, opening: int = 0, trim: bool = False
) -> Numbered:
    """Give the numbers of stretches of a text.

    Parameters
    ----------
    text, bounds
        A text, and where each stretch begins and ends; shape (n, 2).
    compiled
        Whether in compiled code, whose numbers are others.
    opening
        Of how many words an opening is.
    trim
        Whether the signs with which sentences begin and end are left out.
    """
    if not compiled:
        return _by_hash(_keys(text, bounds, trim=trim), opening)
    # numba is imported only where it pays
    from analysis.corpus.key_kernels import number_stretches

    codes = tabled_codes(text)
    if codes is None:
        return _by_codes(_keys(text, bounds, trim=trim), opening)
    found = np.empty((len(bounds), 2), np.int64)
    number_stretches(codes, bounds, tabled_signs(), (opening, trim), found)
    return Numbered(found[:, 0].copy(), found[:, 1].copy())


def _keys(text: str, bounds: Longs, *, trim: bool) -> list[str]:
    pieces = (text[start:end] for start, end in bounds.tolist())
    return [line_key(piece.strip(TRIMMED) if trim else piece) for piece in pieces]


def _by_hash(keys: Sequence[str], opening: int) -> Numbered:
    numbers = [hash(key) if key else NOTHING for key in keys]
    ahead = [hash(words) if words else NOTHING for words in _openings(keys, opening)]
    return Numbered(np.array(numbers, np.int64), np.array(ahead, np.int64))


def _by_codes(keys: Sequence[str], opening: int) -> Numbered:
    from analysis.corpus.key_kernels import number_codes

    numbers, ahead = (
        [number_codes(codes_of(words)) for words in some]
        for some in (keys, _openings(keys, opening))
    )
    return Numbered(np.array(numbers, np.int64), np.array(ahead, np.int64))


def _openings(keys: Sequence[str], n_words: int) -> list[str]:
    """Give the first words of each key, nothing of one that has no more."""
    split = (key.split(" ", n_words) for key in keys)
    return [" ".join(words[:n_words]) if len(words) > n_words else "" for words in split]
