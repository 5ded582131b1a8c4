"""The compiled scan of all articles, a piece of them on each core at a time.

A piece is small, so that its tokens are in the processor's cache until they are put where they
belong, and no second copy of all tokens ever is in memory.

Imported only for large corpora, as all that imports numba.
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.text.folding import spelling_table
from analysis.text.portions import portions
from analysis.text.run_kernels import Marks, Runs, Text, room_for_marks, room_for_runs
from analysis.text.scan import Bytes, Ints, Longs, Scan, in_original, object_array, utf8_bytes
from analysis.text.scan_kernels import Found, place_tokens, scan_articles
from analysis.text.term_order import merge_terms, sorted_terms, spelt
from analysis.text.term_table import Table, new_table
from analysis.text.threads import in_threads, n_threads

PIECE_BYTES = 1 << 19

Piece = tuple[int, int]  # its first article, and the one behind the last


class Met(NamedTuple):
    """The terms that a thread has met, and the pieces that it has scanned."""

    table: Table
    n_terms: int
    pieces: list[int]


class Room(NamedTuple):
    """What a scan of a piece writes to."""

    scratch: tuple[Marks, Runs]
    found: Found
    skipped: NDArray[np.bool_]  # per article
    n_tokens: Longs


class Places(NamedTuple):
    """Where the tokens of all articles go, and how many stand before those of each."""

    ids: Ints
    starts: Ints
    ends: Ints
    pointer: Longs


def scan_compiled(texts: pd.Series, data: Bytes, offsets: Longs) -> Scan:
    """Scan UTF-8 bytes on all cores."""
    # Memory for the most tokens there may be is asked for, but used as far as there are tokens.
    size = most_tokens(offsets, (0, len(offsets) - 1))
    ids, starts, ends = (np.empty(size, dtype=np.int32) for _ in range(3))
    places = Places(ids, starts, ends, np.zeros(len(offsets), dtype=np.int64))
    scan = PieceScan(texts, text_of(data, offsets), places)
    met = in_threads(lambda _: scan.take_pieces(), range(min(n_threads(), len(scan.pieces)) or 1))
    terms, ranks = ranked_terms(met)

    def renumber(number: int) -> None:
        for piece in met[number].pieces:
            first, last = scan.pieces[piece]
            here = slice(places.pointer[first], places.pointer[last])
            ids[here] = ranks[number][ids[here]]

    in_threads(renumber, range(len(met)))
    for array in (ids, starts, ends):
        array.resize(places.pointer[-1], refcheck=False)
    return Scan(terms, ids, starts, ends, places.pointer)


class PieceScan:
    """A scan of texts by several threads, each of which takes the next piece when it has time."""

    def __init__(self, texts: pd.Series, text: Text, places: Places) -> None:
        self.pieces: list[Piece] = list(portions(np.diff(text.offsets), PIECE_BYTES))
        self._texts, self._text, self._places = texts, text, places
        self._numbers = iter(range(len(self.pieces)))
        # The first token of each piece: known when those before it are scanned.
        self._first_tokens: list[Future[int]] = [Future() for _ in range(len(self.pieces) + 1)]
        self._first_tokens[0].set_result(0)

    def take_pieces(self) -> Met:
        """Scan the pieces that no other thread takes."""
        room = room_for(self._text.offsets, self.pieces)
        met = Met(new_table(), 0, [])
        for number in self._numbers:
            try:
                met = self._scan(number, met, room)
            except BaseException as error:
                following = self._first_tokens[number + 1]
                if not following.done():  # else whoever waits for it would wait for ever
                    following.set_exception(error)
                raise
        return met

    def _scan(self, number: int, met: Met, room: Room) -> Met:
        """Scan a piece and put its tokens into their places, with ids of this thread.

        The few texts that ``str.lower`` changes in ways of its own are scanned in lower case, after
        the others.
        """
        first, last = self.pieces[number]
        met = scan_more(self._text, (first, last), met, room)
        lengths = room.n_tokens[first:last].copy()
        rows = np.flatnonzero(room.skipped[first:last])
        if len(rows):
            lower = text_of(*utf8_bytes([self._texts.iloc[first + row].lower() for row in rows]))
            room_lower = room_for(lower.offsets, [(0, len(rows))])
            met = scan_more(lower, (0, len(rows)), met, room_lower)
            lengths[rows] = room_lower.n_tokens
        *arrays, pointer = self._places
        pointer[first + 1 : last + 1] = self._first_tokens[number].result() + np.cumsum(lengths)
        self._first_tokens[number + 1].set_result(int(pointer[last]))
        place(room, (first, last), pointer, met, arrays)
        if len(rows):
            place(room_lower, (0, len(rows)), pointer[first + rows], met, arrays)
            self._move_to_original(first + rows)
        met.pieces.append(number)
        return met

    def _move_to_original(self, rows: Longs) -> None:
        """Turn places in texts in lower case to places in the texts."""
        _, starts, ends, pointer = self._places
        for row in rows:
            here = slice(pointer[row], pointer[row + 1])
            starts[here], ends[here] = in_original(self._texts.iloc[row], starts[here], ends[here])


def scan_more(text: Text, piece: Piece, met: Met, room: Room) -> Met:
    """Scan a piece of some texts; the terms that are met so far."""
    scratch, found, skipped, n_tokens = room
    folding, terms = spelling_table(), (met.table, met.n_terms)
    table, n_terms = scan_articles(text, piece, skipped, n_tokens, folding, scratch, found, *terms)
    return Met(table, n_terms, met.pieces)


def place(room: Room, piece: Piece, first_token: Longs, met: Met, arrays: list[Ints]) -> None:
    """Copy the tokens of a piece to where the first one of each article belongs."""
    ids, starts, ends = arrays
    place_tokens(
        room.found, piece, room.n_tokens, first_token, met.table.lengths, (ids, starts, ends)
    )


def room_for(offsets: Longs, pieces: list[Piece]) -> Room:
    """Give room for any one of the pieces."""
    size = max((most_tokens(offsets, piece) for piece in pieces), default=0)
    return Room(
        (room_for_marks(offsets), room_for_runs()),
        Found(np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)),
        np.zeros(len(offsets) - 1, dtype=bool),
        np.zeros(len(offsets) - 1, dtype=np.int64),
    )


def text_of(data: Bytes, offsets: Longs) -> Text:
    """Give texts as compiled code reads them."""
    return Text(data, overlapping(data), wholes(data), offsets)


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
