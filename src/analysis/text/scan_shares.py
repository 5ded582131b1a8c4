"""The compiled scan of all articles, a share of them on each core.

Imported only for large corpora, as all that imports numba.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.text.folding import spelling_table
from analysis.text.run_kernels import Text, room_for_marks, room_for_runs
from analysis.text.scan import Bytes, Ints, Longs, Scan, in_original, object_array, utf8_bytes
from analysis.text.scan_kernels import Found, place_tokens, scan_articles
from analysis.text.term_order import merge_terms, sorted_terms, spelt
from analysis.text.term_table import Table
from analysis.text.threads import equal_shares, in_threads, n_threads


class Job(NamedTuple):
    """A share of the articles of some texts, and what a scan tells of each article."""

    text: Text
    share: tuple[int, int]
    skipped: NDArray[np.bool_]
    n_tokens: Longs


class Met(NamedTuple):
    """What a scan of a share has found: tokens with ids of its own, and its terms."""

    found: Found
    table: Table
    n_terms: int


def scan_compiled(texts: pd.Series, data: Bytes, offsets: Longs) -> Scan:
    """Scan UTF-8 bytes on all cores.

    The few texts that ``str.lower`` changes in ways of its own are scanned in lower case, after
    the others.
    """
    jobs = jobs_of(data, offsets)
    met = in_threads(scan_share, jobs)
    rows = np.flatnonzero(jobs[0].skipped)
    lengths = jobs[0].n_tokens.copy()
    if len(rows):
        lower = jobs_of(*utf8_bytes([texts.iloc[row].lower() for row in rows]))
        met += in_threads(scan_share, lower)
        jobs += lower
        lengths[rows] = lower[0].n_tokens
    pointer = np.concatenate([[0], np.cumsum(lengths)])
    terms, ranks = ranked_terms(met)
    ids, starts, ends = (np.empty(pointer[-1], dtype=np.int32) for _ in range(3))

    def place(number: int) -> None:
        text, share, _, n_tokens = jobs[number]
        first = pointer if text is jobs[0].text else pointer[rows]
        known = ranks[number], met[number].table.lengths
        place_tokens(met[number].found, share, n_tokens, first, known, (ids, starts, ends))

    in_threads(place, range(len(jobs)))
    for row in rows:
        here = slice(pointer[row], pointer[row + 1])
        starts[here], ends[here] = in_original(texts.iloc[row], starts[here], ends[here])
    return Scan(terms, ids, starts, ends, pointer)


def jobs_of(data: Bytes, offsets: Longs) -> list[Job]:
    """Cut texts into a share for every thread."""
    n_articles = len(offsets) - 1
    text = Text(data, overlapping(data), wholes(data), offsets)
    skipped, n_tokens = np.zeros(n_articles, dtype=bool), np.zeros(n_articles, dtype=np.int64)
    shares = equal_shares(offsets, n_threads()) or [(0, 0)]
    return [Job(text, share, skipped, n_tokens) for share in shares]


def scan_share(job: Job) -> Met:
    """Scan the articles of a job."""
    room = most_tokens(job.text.offsets, job.share)
    # Numpy asks for large pages, numba would not: they are filled faster.
    found = Found(np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32))
    scratch = room_for_marks(job.text.offsets), room_for_runs()
    table, n_terms = scan_articles(*job, spelling_table(), scratch, found)
    return Met(found, table, n_terms)


def most_tokens(offsets: Longs, share: tuple[int, int]) -> int:
    """Give the tokens that texts can hold at most: two letters each, and what parts them."""
    first, last = share
    return (int(offsets[last] - offsets[first]) + last - first) // 3 + 1


def ranked_terms(met: list[Met]) -> tuple[NDArray[Any], list[Ints]]:
    """Sort the terms of several scans; the sorted ones, and their places for each scan."""
    parts = in_threads(lambda one: sorted_terms(one.table, one.n_terms), met)
    terms, first_ranks = parts[0]
    ranks = [first_ranks]
    for others, of_others in parts[1:]:
        terms, moved, moved_others = merge_terms(terms, others)
        ranks = [moved[before] for before in ranks] + [moved_others[of_others]]
    return object_array(spelt(terms).tobytes().decode().split("\n")[:-1]), ranks


def overlapping(data: Bytes) -> NDArray[np.uint64]:
    """Give eight bytes from every place on as one number, without a copy."""
    if len(data) < 16:  # else numpy would call a single number aligned, and numba compile for that
        data = np.concatenate([data, np.zeros(16, dtype=np.uint8)])
        data.flags.writeable = False
    return np.ndarray(len(data) - 7, dtype=np.uint64, buffer=data, strides=(1,))


def wholes(data: Bytes) -> NDArray[np.uint64]:
    """Give every eight bytes as one number, without a copy; up to seven bytes are left out."""
    return data[: len(data) // 8 * 8].view(np.uint64)
