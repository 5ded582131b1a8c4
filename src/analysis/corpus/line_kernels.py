"""Compiled: what each line of a text looks like, as `LineFeatures` measures it.

Imported only for large corpora, because importing numba takes longer than reading a small one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.corpus.furniture import (
    LAST_LETTERS,
    LENGTHS,
    LETTERS_READ,
    LETTERS_SPLIT,
    LONG_WORDS,
    LOWER_SHARE,
    PROSE_WORDS,
    WORDS_READ,
)
from analysis.corpus.key_kernels import SEED, with_code
from analysis.corpus.sign_kernels import count_signs, find_signs
from analysis.corpus.signs import (
    CAPITAL,
    CLOSES,
    END,
    OF_UNSPACED,
    OPENS,
    SHUTS,
    SMALL,
    STOP,
    UPPER,
    WORD,
    Codes,
    Signs,
)
from analysis.corpus.word_kernels import FREE, Known, place_of

Kinds = NDArray[np.uint16]
Longs = NDArray[np.int64]
Table = NDArray[np.float32]

BLANK, PLAIN, CURLY = (np.uint32(ord(sign)) for sign in " '’")
# The columns, in the order of `LineFeatures.names`; the classes of length take several.
SIZE, PROSE, LENGTH, ENDED = 0, 1, 2, 2 + len(LENGTHS) + 1
(
    ENDS, STOPS, LOWER, CAPITALS, DIGITS, DATE_COLUMN, ADDRESS_COLUMN, _, _, _,
    COMMAS, FUNCTION, CUED, STARTS, GROUPS,
) = range(ENDED + len(LENGTHS) + 1, ENDED + len(LENGTHS) + 16)  # fmt: skip


class Lexicon(NamedTuple):
    """Function words and cue phrases.

    Attributes
    ----------
    known
        The words that tell something, and the number of each.
    is_function
        Whether each of these is a function word.
    phrases
        Of which phrases each is the rarest word: the first and the end, shape (words, 2).
    words
        The words of all phrases.
    about
        For each phrase its first word among those, how many it has, the place of its rarest, its
        group, and whether it counts as a cue; shape (phrases, 5).
    """

    known: Known
    is_function: NDArray[np.bool_]
    phrases: Longs
    words: NDArray[np.uint64]
    about: Longs


class Words(NamedTuple):
    """Room for the words of one line: what each is, and its number in the lexicon."""

    hashes: NDArray[np.uint64]
    numbers: NDArray[np.int32]
    covered: NDArray[np.bool_]


@compiled
def measure_lines(
    codes: Codes, bounds: Longs, signs: Signs, lexicon: Lexicon, room: Words, table: Table
) -> None:
    """Fill a row of the table for each line.

    The columns of dates and addresses get 1 where there may be one.

    Parameters
    ----------
    codes, bounds
        A text, and where each line begins and ends; shape (n, 2).
    signs, lexicon
        What characters and words are.
    room
        For `WORDS_READ` words.
    table
        Zeros; shape (n, columns).
    """
    kinds, lower = signs.kinds, signs.lower
    for number in range(len(bounds)):
        start, end = bounds[number, 0], bounds[number, 1]
        row = table[number]
        size = count_words(codes, start, end, kinds)
        row[SIZE] = size
        n_words, n_capital, n_upper = read_words(codes, start, end, kinds, lower, lexicon, room)
        n_cued = find_cues(n_words, lexicon, room, row)
        n_function = 0
        for place in range(n_words):
            word = room.numbers[place]
            n_function += word != FREE and lexicon.is_function[word]
        n = max(n_words, 1)
        ends = ends_sentence(codes, start, end, kinds)
        small, share = (n_words - n_capital) / n, n_cued / n
        if size >= LONG_WORDS or (size >= PROSE_WORDS and ends and small > LOWER_SHARE):
            row[PROSE] = max(0.0, 1 - 3 * share)
        place = 0
        while place < len(LENGTHS) and size > LENGTHS[place]:
            place += 1
        row[LENGTH + place] = 1
        row[ENDED + place], row[ENDS] = ends, ends
        row[STOPS] = min(count_stops(codes, start, end, kinds), 3) / 3
        row[LOWER], row[CAPITALS] = small, n_upper / n
        row[FUNCTION], row[CUED] = n_function / n, share
        read = min(end, start + LETTERS_READ)
        n_digits, n_commas = count_signs(codes, start, read, kinds)
        row[DIGITS], row[COMMAS] = n_digits / max(read - start, 1), n_commas / n
        marks = find_signs(codes, start, read, kinds, lower)
        for place in range(len(marks)):
            row[DATE_COLUMN + place] = marks[place]


@compiled
def count_words(codes: Codes, start: int, end: int, kinds: Kinds) -> int:
    """Count words by the spaces; two letters are one in scripts without spaces."""
    blanks, unspaced = 0, 0
    for place in range(start, end):
        blanks += codes[place] == BLANK
        unspaced += kinds[codes[place]] & OF_UNSPACED != 0
    return blanks + 1 + unspaced // 2


@compiled
def ends_sentence(codes: Codes, start: int, end: int, kinds: Kinds) -> bool:
    """Tell whether a line ends like a sentence."""
    first = max(start, end - LAST_LETTERS)
    place = end - 1
    while place >= first and kinds[codes[place]] & CLOSES:
        place -= 1
    return place >= first and kinds[codes[place]] & END != 0


@compiled
def count_stops(codes: Codes, start: int, end: int, kinds: Kinds) -> int:
    """Count the ends of sentences at the beginning of a line."""
    n_stops, place, end = 0, start, min(end, start + 2 * LETTERS_READ)
    while place < end:
        if not kinds[codes[place]] & STOP:
            place += 1
            continue
        after = place + 1
        while after < end and kinds[codes[after]] & SHUTS:
            after += 1
        blanks = after
        while after < end and codes[after] == BLANK:
            after += 1
        if after > blanks and after < end and kinds[codes[after]] & OPENS:
            after += 1
        if after > blanks and after < end and kinds[codes[after]] & CAPITAL:
            n_stops += 1
            place = after
        place += 1
    return n_stops


@compiled
def read_words(
    codes: Codes, start: int, end: int, kinds: Kinds, lower: Codes, lexicon: Lexicon, room: Words
) -> tuple[int, int, int]:
    """Read the first words of a line: how many, with a capital, and in capitals.

    An apostrophe between two letters is of the word.
    """
    hashes, numbers = lexicon.known
    n_words, n_capital, n_upper = 0, 0, 0
    place, end = start, min(end, start + LETTERS_SPLIT)
    while place < end and n_words < WORDS_READ:
        if not kinds[codes[place]] & WORD:
            place += 1
            continue
        word, any_upper, any_small = SEED, False, False
        n_capital += kinds[codes[place]] & UPPER != 0
        while place < end:
            code = codes[place]
            kind = kinds[code]
            if kind & WORD:
                any_upper |= kind & UPPER != 0
                any_small |= kind & SMALL != 0
                word = with_code(word, lower[code])
            elif is_inside(codes, place, end, kinds):
                word = with_code(word, PLAIN)
            else:
                break
            place += 1
        n_upper += any_upper and not any_small
        room.hashes[n_words] = word
        room.numbers[n_words] = numbers[place_of(hashes, numbers, word)]
        n_words += 1
    return n_words, n_capital, n_upper


@compiled
def is_inside(codes: Codes, place: int, end: int, kinds: Kinds) -> bool:
    """Tell whether an apostrophe stands between two letters, of which the first is known."""
    if codes[place] != PLAIN and codes[place] != CURLY:
        return False
    return place + 1 < end and kinds[codes[place + 1]] & WORD != 0


@compiled
def find_cues(n_words: int, lexicon: Lexicon, room: Words, row: NDArray[np.float32]) -> int:
    """Mark the groups of the cue phrases in a line, and give how many words are in them."""
    room.covered[:n_words] = False
    for place in range(n_words):
        number = room.numbers[place]
        if number == FREE:
            continue
        for phrase in range(lexicon.phrases[number, 0], lexicon.phrases[number, 1]):
            begin, size, offset, group, counts = lexicon.about[phrase]
            first = place - offset
            if first < 0 or first + size > n_words:
                continue
            same = 0
            while same < size and room.hashes[first + same] == lexicon.words[begin + same]:
                same += 1
            if same < size:
                continue
            row[GROUPS + group] = 1
            if counts:
                room.covered[first : first + size] = True
                if first == 0:
                    row[STARTS] = 1
    return int(room.covered[:n_words].sum())
