"""Where sentences may end, in compiled code; see `sentences` for the rules."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled

Array = NDArray[Any]

# What a sign may be, a bit each.
BITS = [np.uint8(1 << bit) for bit in range(8)]
SPACE, NEWLINE, MARK, CLOSING, OPENING, LOWER, WIDE_MARK, WIDE_CLOSING = BITS
FULL_STOP, UPPER_A, UPPER_Z, CASE, LAST_ASCII = 0x2E, 0x41, 0x5A, 0x20, 0x7F
FACTOR = np.uint64(1_000_003)


@compiled
def cut_texts(
    codes: Array, signs: Array, begins: Array, unsure: Array, longest: int
) -> tuple[Array, Array]:
    """Cut texts that stand side by side, see `cut_text`; the pieces, and how many each text has."""
    most = len(begins)  # each but the last of a text ends with one of these signs
    for sign in signs:
        most += sign & (MARK | NEWLINE | WIDE_MARK) != 0
    found, counts = np.empty((most, 3), np.int64), np.empty(len(begins) - 1, np.int64)
    n = 0
    for text in range(len(counts)):
        first, last = begins[text], begins[text + 1]
        counts[text] = cut_text(codes[first:last], signs[first:last], unsure, longest, found[n:])
        n += counts[text]
    return found[:n], counts


@compiled
def cut_text(codes: Array, signs: Array, unsure: Array, longest: int, found: Array) -> int:
    """Cut a text, and mark where only an abbreviation may have ended.

    Parameters
    ----------
    codes, signs
        The code points of the text, and what each may be.
    unsure
        Sorted hashes of the words behind which a full stop may end no sentence.
    longest
        Letters ahead of a full stop in which such a word may stand.
    found
        Filled: shape (enough, 3): start and end of each piece, and the place of the full stop at
        its end that may be no end, or -1.

    Returns
    -------
    int
        The pieces.
    """
    n, size = 0, len(codes)
    blank_lines = _has_blank_line(signs)
    start = at = 0
    in_paragraph = False  # whether a piece of this paragraph was found
    while at <= size:
        gap = _behind_gap(signs, at, blank_lines)
        if gap > at or at == size:
            n_before = n
            n = _add_piece(signs, start, at, -1, found, n)
            if n == n_before and in_paragraph:
                found[n - 1, 2] = -1  # nothing follows in the paragraph
            start, at, in_paragraph = gap, max(gap, at + 1), False
        elif signs[at] & MARK or signs[at] & WIDE_MARK:
            mark = at
            at, ends = _read_marks(signs, mark, blank_lines)
            if ends:
                asked = _may_abbreviate(codes, signs, mark, unsure, longest)
                n = _add_piece(signs, start, at, mark if asked else -1, found, n)
                start, in_paragraph = at, True
        else:
            at += 1
    return n


@compiled
def _behind_gap(signs: Array, at: int, blank_lines: bool) -> int:
    """Give the end of what parts paragraphs from a place on; the place itself if nothing does."""
    if at == len(signs) or not signs[at] & NEWLINE:
        return at
    behind, newlines = at, 0
    while behind < len(signs) and signs[behind] & SPACE:
        newlines += signs[behind] & NEWLINE != 0
        behind += 1
    return behind if newlines > 1 or not blank_lines else at


@compiled
def _read_marks(signs: Array, mark: int, blank_lines: bool) -> tuple[int, bool]:
    """Give where to go on behind a row of marks, and whether a sentence may end there."""
    wide = signs[mark] & WIDE_MARK != 0
    kind, closing = (WIDE_MARK, WIDE_CLOSING) if wide else (MARK, CLOSING)
    behind = mark
    while behind < len(signs) and signs[behind] & kind:
        behind += 1
    end = behind
    while end < len(signs) and signs[end] & closing:
        end += 1
    if wide:
        return end, True
    if end == len(signs) or not signs[end] & SPACE or _behind_gap(signs, end, blank_lines) > end:
        return behind, False
    return end, not _goes_on_lower(signs, end)


@compiled
def _has_blank_line(signs: Array) -> bool:
    """Say whether a stretch of white space has two line breaks."""
    newlines = 0
    for sign in signs:
        if sign & NEWLINE:
            newlines += 1
            if newlines == 2:
                return True
        elif not sign & SPACE:
            newlines = 0
    return False


@compiled
def _goes_on_lower(signs: Array, at: int) -> bool:
    """Say whether the next word, behind white space and opening marks, has a small letter."""
    while at < len(signs) and signs[at] & SPACE:
        at += 1
    while at < len(signs) and signs[at] & OPENING:
        at += 1
    return at < len(signs) and signs[at] & LOWER != 0


@compiled
def _may_abbreviate(codes: Array, signs: Array, stop: int, unsure: Array, longest: int) -> bool:
    """Say whether a mark is a single full stop, with perhaps an abbreviation ahead of it."""
    if codes[stop] != FULL_STOP or signs[stop + 1] & MARK:
        return False
    first = stop
    while first > 0 and stop - first < longest and not signs[first - 1] & SPACE:
        first -= 1
    if first == stop:
        return True
    while first < stop and signs[first] & OPENING:
        first += 1
    if stop - first == 1:
        return True
    hashed = np.uint64(0)
    for place in range(first, stop):
        code = codes[place]
        if code > LAST_ASCII or code == FULL_STOP:
            return True
        if UPPER_A <= code <= UPPER_Z:
            code |= CASE
        hashed = hashed * FACTOR + np.uint64(code)
    found = np.searchsorted(unsure, hashed)
    return bool(found < len(unsure) and unsure[found] == hashed)


@compiled
def _add_piece(signs: Array, start: int, end: int, asked: int, found: Array, n: int) -> int:
    """Add a piece without the white space around it, unless nothing is left."""
    while start < end and signs[start] & SPACE:
        start += 1
    while end > start and signs[end - 1] & SPACE:
        end -= 1
    if start < end:
        found[n, 0], found[n, 1], found[n, 2] = start, end, asked
        n += 1
    return n


def hash_word(word: str) -> int:
    """Give the number that `cut_text` knows a word by."""
    hashed = 0
    for letter in word:
        hashed = (hashed * int(FACTOR) + ord(letter)) % (1 << 64)
    return hashed
