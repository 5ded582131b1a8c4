"""Compiled: what each line of a text looks like, as `LineFeatures` measures it.

Imported only for large corpora, because importing numba takes longer than reading a small one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

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
from analysis.corpus.signs import (
    CAPITAL,
    CLOSES,
    DASH,
    DIGIT,
    END,
    OF_UNSPACED,
    OPENS,
    QUOTES,
    SEPARATES,
    SHUTS,
    SMALL,
    SPACE,
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

BLANK, COMMA, COLON, POINT, ELLIPSIS = (np.uint32(ord(sign)) for sign in " ,:.…")
PLAIN, CURLY = np.uint32(ord("'")), np.uint32(ord("’"))
# A digit, or any, and what follows it in a date or a time.
ANY = np.uint32(0)
DATE_PAIRS = np.array(
    [[ord(own), ord(after)] for own, after in ("\0:", "\0.", "\0-", "\0/", "19", "20")], np.uint32
)
MONTHS = np.array(
    [
        [ord(sign) for sign in month]
        for month in "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
    ],
    np.uint32,
)
ADDRESS_SIGNS = np.array([ord(sign) for sign in "@#"], np.uint32)
# The columns, in the order of `LineFeatures.names`; the classes of length take several.
SIZE, PROSE, LENGTH, ENDED = 0, 1, 2, 2 + len(LENGTHS) + 1
(
    ENDS, STOPS, LOWER, CAPITALS, DIGITS, DATE_COLUMN, ADDRESS_COLUMN, SEPARATOR, COLON_COLUMN,
    QUOTATION, COMMAS, FUNCTION, CUED, STARTS, GROUPS,
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
        row[COMMAS] = mark_signs(codes, start, read, kinds, lower, row) / n


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


@compiled
def mark_signs(
    codes: Codes, start: int, end: int, kinds: Kinds, lower: Codes, row: NDArray[np.float32]
) -> int:
    """Mark what the signs at the beginning of a line tell, and give how many are commas."""
    n_digits, n_commas = 0, 0
    separates, quotes, address, date = False, False, False, False
    for place in range(start, end):
        code = codes[place]
        kind = kinds[code]
        if kind & DIGIT:
            n_digits += 1
            date = date or may_be_date(codes, (start, place, end), kinds, lower)
        n_commas += code == COMMA
        quotes |= kind & QUOTES != 0
        separates |= kind & SEPARATES != 0
        if kind & DASH:
            before = place == start or kinds[codes[place - 1]] & SPACE != 0
            after = place == start or (place + 1 < end and kinds[codes[place + 1]] & SPACE != 0)
            separates |= before and after
        address |= may_be_address(codes, place, end)
    last = codes[end - 1] if end > start else BLANK
    points = 0
    while points < 3 and end - 1 - points >= start and codes[end - 1 - points] == POINT:
        points += 1
    row[SEPARATOR] = separates or last == ELLIPSIS or points == 3
    row[DIGITS] = n_digits / max(end - start, 1)
    row[DATE_COLUMN], row[ADDRESS_COLUMN] = date, address
    row[COLON_COLUMN], row[QUOTATION] = last == COLON, quotes
    return n_commas


@compiled
def may_be_date(codes: Codes, span: tuple[int, int, int], kinds: Kinds, lower: Codes) -> bool:
    """Tell whether a date or a time may have a digit here: as 9.30, 9/30, 1930 or June 9.

    The span is where the line begins, where the digit stands, and where reading ends.
    """
    start, place, end = span
    if place + 2 < end and kinds[codes[place + 2]] & DIGIT:
        for pair in range(len(DATE_PAIRS)):
            own, after = DATE_PAIRS[pair, 0], DATE_PAIRS[pair, 1]
            if (own == ANY or codes[place] == own) and codes[place + 1] == after:
                return True
    if place == start or codes[place - 1] != BLANK:
        return False
    return is_month(codes, start, place, kinds, lower)


@compiled
def is_month(codes: Codes, start: int, place: int, kinds: Kinds, lower: Codes) -> bool:
    """Tell whether the word ahead begins like the name of a month."""
    last = place - 2
    if last >= start and codes[last] == POINT:
        last -= 1
    while last > start and kinds[codes[last - 1]] & WORD:
        last -= 1
    if last < start or last + 2 >= place:
        return False
    for month in range(len(MONTHS)):
        same = 0
        while same < 3 and MONTHS[month, same] == lower[codes[last + same]]:
            same += 1
        if same == 3:
            return True
    return False


@compiled
def may_be_address(codes: Codes, place: int, end: int) -> bool:
    """Tell whether something stands here that is in every address: `@`, `tt`, `w.`, `.c`."""
    code: Any = codes[place]
    if code == ADDRESS_SIGNS[0] or code == ADDRESS_SIGNS[1]:
        return True
    if place + 1 == end:
        return False
    after: Any = codes[place + 1]
    if code == POINT:
        return after == 99 or after == 111 or after == 110  # type: ignore[no-any-return]
    return (code == 119 and after == POINT) or (code == 116 and after == 116)  # type: ignore[no-any-return]
