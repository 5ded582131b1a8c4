r"""Texts to term ids and offsets, in compiled code or, for a small corpus, in plain Python.

Both ways find the same tokens: the matches of `TOKEN_PATTERN` in ``text.lower()``, which is runs
of two or more ``\w`` code points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

TOKEN_PATTERN = r"(?u)\b\w\w+\b"

# From so many bytes of text on compiled code is used. Measured on two cores: the plain scan takes
# 0.1 s per MB and each count as much again, the compiled ones together 0.03 s; numba takes 1 to
# 1.5 s to be there, and 10 s more to compile once after installation. One scan and one count pay
# for that from 8 MB on only, but below half a megabyte nobody would ever notice a gain.
LEAST_COMPILED_BYTES = 500_000

Bytes = NDArray[np.uint8]
Longs = NDArray[np.int64]
Ints = NDArray[np.int32]


class Scan(NamedTuple):
    """Sorted terms, an id and two offsets per token, and where each article's tokens begin."""

    terms: NDArray[Any]
    ids: Ints
    starts: Ints
    ends: Ints
    pointer: Longs


def scan_texts(texts: pd.Series) -> Scan:
    """Find the tokens of every text.

    Parameters
    ----------
    texts
        Strings, one per article.

    Returns
    -------
    Scan
        Offsets are code points of the text as given; ids are ranks in the sorted terms.
    """
    data, offsets = utf8_bytes(texts)
    if offsets[-1] - offsets[0] < LEAST_COMPILED_BYTES:
        return scan_plain(texts)
    from analysis.text.scan_pieces import scan_compiled  # numba is imported only where it pays

    return scan_compiled(texts, data, offsets)


def find_tokens(text: str) -> tuple[list[str], Ints, Ints]:
    """Give the tokens of one text with their starts and ends in it."""
    tokens = list(re.finditer(TOKEN_PATTERN, text.lower()))
    words = [token.group() for token in tokens]
    starts = np.array([token.start() for token in tokens], dtype=np.int32)
    ends = np.array([token.end() for token in tokens], dtype=np.int32)
    return words, *in_original(text, starts, ends)


def in_original(text: str, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Turn offsets into the lower-cased text to offsets into the text."""
    lengths = [len(letter.lower()) for letter in text] if len(text.lower()) != len(text) else []
    if not lengths:
        return starts, ends
    origin = np.repeat(np.arange(len(text), dtype=np.int32), lengths)
    return origin[starts], origin[ends - 1] + np.int32(1)


def scan_plain(texts: pd.Series) -> Scan:
    """Scan with Python's own regular expressions."""
    met: dict[str, int] = {}
    ids, starts, ends = [np.empty(0, np.int32)], [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for text in texts:
        words, text_starts, text_ends = find_tokens(text)
        ids.append(np.array([met.setdefault(word, len(met)) for word in words], dtype=np.int32))
        starts.append(text_starts)
        ends.append(text_ends)
    terms, ranks = ranked(list(met))
    pointer = np.cumsum([len(part) for part in ids], dtype=np.int64)
    return Scan(
        terms, ranks[np.concatenate(ids)], np.concatenate(starts), np.concatenate(ends), pointer
    )


def ranked(words: list[str]) -> tuple[NDArray[Any], Ints]:
    """Sort distinct words; the sorted ones, and the place of each among them."""
    order = sorted(range(len(words)), key=words.__getitem__)
    ranks = np.empty(len(words), dtype=np.int32)
    ranks[order] = np.arange(len(words), dtype=np.int32)
    return object_array(words)[order], ranks


def object_array(words: list[str]) -> NDArray[Any]:
    """Give the words as an array of Python strings, whatever their lengths."""
    array = np.empty(len(words), dtype=object)
    array[:] = words
    return array


def utf8_bytes(texts: pd.Series | Sequence[str]) -> tuple[Bytes, Longs]:
    """Give all texts as UTF-8 and the offset of each, without a copy where pandas has them so."""
    try:
        array = pa.array(texts, type=pa.large_string())
    except (pa.ArrowInvalid, UnicodeEncodeError):  # lone surrogates, which Arrow does not take
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        lengths = np.array([0, *map(len, encoded)], dtype=np.int64)
        return np.frombuffer(b"".join(encoded), dtype=np.uint8), np.cumsum(lengths)
    if isinstance(array, pa.ChunkedArray):
        array = array.cast(pa.large_string()).combine_chunks()
    _, offsets, data = array.buffers()
    if len(array) == 0 or data is None:
        return np.frombuffer(b"", dtype=np.uint8), np.zeros(len(array) + 1, dtype=np.int64)
    bytes_, pointer = np.frombuffer(data, dtype=np.uint8), np.frombuffer(offsets, dtype=np.int64)
    bytes_.flags.writeable = False  # as above: numba would compile anew for another kind of array
    return bytes_, pointer[array.offset : array.offset + len(array) + 1].copy()
