r"""Texts to term ids and offsets, in compiled code or, for a small corpus, in plain Python.

Both ways find the same tokens: the matches of `TOKEN_PATTERN` in ``text.lower()``, which is runs
of two or more ``\w`` code points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from analysis.text.folding import folding_table
from analysis.text.threads import equal_shares, in_threads, n_threads

if TYPE_CHECKING:
    from analysis.text.scan_kernels import Found
    from analysis.text.term_table import Table

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


def scan_compiled(texts: pd.Series, data: Bytes, offsets: Longs) -> Scan:
    """Scan UTF-8 bytes on all cores.

    The few texts that ``str.lower`` changes in ways of its own are scanned in lower case, beside
    the others.
    """
    from analysis.text import scan_kernels as kernels  # numba is imported only where it pays

    every = kernels.Text(data, overlapping(data), offsets)
    shares = shares_of(offsets)
    skipped = np.zeros(len(offsets) - 1, dtype=bool)
    in_threads(lambda share: kernels.mark_context(every, share, skipped), shares)
    rows = np.flatnonzero(skipped)
    data, offsets = utf8_bytes([texts.iloc[row].lower() for row in rows])
    lower = kernels.Text(data, overlapping(data), offsets)
    n_tokens, n_lower = np.empty(len(skipped), np.int64), np.empty(len(rows), np.int64)
    jobs: list[tuple[Any, ...]] = [(every, share, skipped, n_tokens) for share in shares]
    if len(rows):
        none = np.zeros(len(rows), dtype=bool)
        jobs += [(lower, share, none, n_lower) for share in shares_of(offsets)]
    folding = folding_table()
    met = [token_arrays(most_tokens(job[0].offsets, job[1])) for job in jobs]

    def scan(number: int) -> tuple[Table, int]:
        text, share, skipped, lengths = jobs[number]
        return kernels.scan_articles(text, share, skipped, lengths, folding, met[number])

    terms, ranks = ranked_terms(in_threads(scan, range(len(jobs))))
    lengths = n_tokens.copy()
    lengths[rows] = n_lower
    pointer = np.concatenate([[0], np.cumsum(lengths)])
    found = token_arrays(pointer[-1])

    def place(number: int) -> None:
        text, share, _, lengths = jobs[number]
        first = pointer if text is every else pointer[rows]
        kernels.place_tokens(met[number], share, lengths, first, ranks[number], found)

    in_threads(place, range(len(jobs)))
    for row in rows:
        here = slice(pointer[row], pointer[row + 1])
        found.starts[here], found.ends[here] = in_original(
            texts.iloc[row], found.starts[here], found.ends[here]
        )
    return Scan(terms, found.ids, found.starts, found.ends, pointer)


def token_arrays(n_tokens: int) -> Found:
    """Give room for tokens. Numpy asks for large pages, numba would not: they are filled faster."""
    from analysis.text.scan_kernels import Found

    ids, starts, ends = (np.empty(n_tokens, dtype=np.int32) for _ in range(3))
    return Found(ids, starts, ends)


def most_tokens(offsets: Longs, share: tuple[int, int]) -> int:
    """Give the tokens that texts can hold at most: two letters each, and what parts them."""
    first, last = share
    return (int(offsets[last] - offsets[first]) + last - first) // 3 + 1


def ranked_terms(tables: list[tuple[Table, int]]) -> tuple[NDArray[Any], list[Ints]]:
    """Sort the terms of several tables; the sorted ones, and their places for each table."""
    from analysis.text import term_table as kernels

    table, n_terms = tables[0]
    numbers = [np.arange(n_terms, dtype=np.int32)]
    for others, n_others in tables[1:]:
        table, n_terms, of_others = kernels.merge_tables(table, n_terms, others, n_others)
        numbers.append(of_others)
    words = object_array(kernels.spelt(table, n_terms).tobytes().decode().split("\n")[:-1])
    order = sorted_order(words, table.chunks[table.places[:n_terms]])
    ranks = np.empty(n_terms, dtype=np.int32)
    ranks[order] = np.arange(n_terms, dtype=np.int32)
    return words[order], [ranks[of_table] for of_table in numbers]


def sorted_order(words: NDArray[Any], chunks: NDArray[np.uint64]) -> Longs:
    """Give the order of distinct words, of which `chunks` holds the first eight bytes.

    Bytes of UTF-8 sort as code points do. Only words that begin alike are compared as strings.
    """
    heads = chunks.byteswap()
    order = np.argsort(heads)
    alike = heads[order][1:] == heads[order][:-1]
    tied = np.zeros(len(order), dtype=bool)
    tied[1:] |= alike
    tied[:-1] |= alike
    order[tied] = sorted(order[tied].tolist(), key=words.__getitem__)
    return order


def overlapping(data: Bytes) -> NDArray[np.uint64]:
    """Give eight bytes from every place on as one number, without a copy."""
    if len(data) < 16:  # else numpy would call a single number aligned, and numba compile for that
        data = np.concatenate([data, np.zeros(16, dtype=np.uint8)])
        data.flags.writeable = False
    return np.ndarray(len(data) - 7, dtype=np.uint64, buffer=data, strides=(1,))


def shares_of(offsets: Longs) -> list[tuple[int, int]]:
    """Cut the articles into a run for every thread."""
    return equal_shares(offsets, n_threads()) or [(0, 0)]


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
