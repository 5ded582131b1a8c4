"""Compiled: the words of texts as numbers.

Imported only for large corpora, because importing numba takes longer than reading a small one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.corpus.key_kernels import SEED, ZERO, number_codes, with_code, with_longer
from analysis.corpus.signs import DIGIT, LONGER, WORD, Codes, Signs, codes_of

Hashes = NDArray[np.uint64]
Longs = NDArray[np.int64]

FREE = -1
UNDERSCORE = np.uint32(ord("_"))


class Known(NamedTuple):
    """Words and what each is known as: a table that is at most half full.

    Attributes
    ----------
    hashes
        Of the words.
    numbers
        What they are known as, `FREE` where there is none.
    """

    hashes: Hashes
    numbers: NDArray[np.int32]


def new_table(n_words: int) -> Known:
    """Give an empty table with room for some words."""
    size = 1 << (2 * max(n_words, 8) - 1).bit_length()
    return Known(np.zeros(size, np.uint64), np.full(size, FREE, np.int32))


@compiled
def place_of(hashes: Hashes, numbers: NDArray[np.int32], word: Any) -> Any:  # noqa: ANN401
    """Give the place of a word in a `Known`, or the free one where it would be."""
    last = np.uint64(len(hashes) - 1)
    place = (word ^ (word >> np.uint64(29))) & last
    while numbers[place] != FREE and hashes[place] != word:
        place = (place + np.uint64(1)) & last
    return place


@compiled
def learn_words(known: Known, words: Hashes, numbers: NDArray[np.int32]) -> None:
    """Put words into a table that has room for them."""
    for row in range(len(words)):
        place = place_of(known.hashes, known.numbers, words[row])
        known.hashes[place], known.numbers[place] = words[row], numbers[row]


@compiled
def number_words(
    codes: Codes, signs: Signs, known: Known, found: NDArray[np.int32], missed: Longs
) -> tuple[int, int]:
    r"""Give how many words (``\w+``) a text has, and how many of them are not known.

    Parameters
    ----------
    codes, signs
        The text, and what characters are.
    known
        The numbers of words, by what `str.casefold` and one 0 for all digits leave of them.
    found
        Here their numbers are put, `FREE` of those that have none.
    missed
        Here of those the number of the word, where it begins and ends, and its hash are put;
        shape (n, 4).
    """
    kinds, folded, longer = signs.kinds, signs.folded, signs.longer
    n_words, n_missed, place = 0, 0, 0
    while place < len(codes):
        if not kinds[codes[place]] & WORD:
            place += 1
            continue
        start, word, digits = place, SEED, False
        while place < len(codes) and kinds[codes[place]] & WORD:
            code = codes[place]
            place += 1
            if kinds[code] & DIGIT:
                word, digits = word if digits else with_code(word, ZERO), True
                continue
            # Written out, as in `key_kernels`: a helper with arrays takes three times as long.
            fold, digits = folded[code], False
            if fold < LONGER:
                word = with_code(word, fold)
            else:
                word = with_longer(word, longer[fold - LONGER])
        number = known.numbers[place_of(known.hashes, known.numbers, word)]
        if number == FREE:
            missed[n_missed, 0], missed[n_missed, 1] = n_words, start
            missed[n_missed, 2], missed[n_missed, 3] = place, np.int64(word)
            n_missed += 1
        found[n_words] = number
        n_words += 1
    return n_words, n_missed


@compiled
def place_words(codes: Codes, kinds: NDArray[np.uint16], places: Longs) -> int:
    r"""Give how many words (``\w+``) a text has, and put into `places` where each begins and ends.

    Shape (2, n), with room for all.
    """
    n_words, place = 0, 0
    while place < len(codes):
        if kinds[codes[place]] & WORD:
            places[0, n_words] = place
            while place < len(codes) and kinds[codes[place]] & WORD:
                place += 1
            places[1, n_words] = place
            n_words += 1
        place += 1
    return n_words


@compiled
def count_words(codes: Codes, signs: Signs, known: Known) -> tuple[int, int]:
    """Give how many words of letters a text has, and how many are known in lower case."""
    kinds, lower = signs.kinds, signs.lower
    n_words, n_known, place = 0, 0, 0
    while place < len(codes):
        word = SEED
        while place < len(codes):
            code = codes[place]
            if kinds[code] & (WORD | DIGIT) != WORD or code == UNDERSCORE:
                break
            word = with_code(word, lower[code])
            place += 1
        if word != SEED:
            n_words += 1
            n_known += known.numbers[place_of(known.hashes, known.numbers, word)] != FREE
        place += 1
    return n_words, n_known


@compiled
def find_words(codes: Codes, signs: Signs, known: Known, places: Longs) -> int:
    r"""Find the words (``\w+``) that are known, in any case, and give how many.

    Where they begin, and what they are known as, is put into `places`: a row for each, with room
    for all words.
    """
    kinds, folded, longer = signs.kinds, signs.folded, signs.longer
    n_found, place = 0, 0
    while place < len(codes):
        start, word = place, SEED
        while place < len(codes) and kinds[codes[place]] & WORD:
            fold = folded[codes[place]]
            if fold < LONGER:
                word = with_code(word, fold)
            else:
                word = with_longer(word, longer[fold - LONGER])
            place += 1
        if word != SEED:
            number = known.numbers[place_of(known.hashes, known.numbers, word)]
            if number != FREE:
                places[n_found, 0], places[n_found, 1] = start, number
                n_found += 1
        place += 1
    return n_found


def hash_words(words: Sequence[str]) -> Hashes:
    """Give the numbers of words as they are written."""
    numbers = [number_codes(codes_of(word)) for word in words]
    return np.array(numbers, np.int64).view(np.uint64)


def table_of(words: Sequence[str]) -> Known:
    """Make a table of words, each known by its place among them."""
    known = new_table(len(words))
    learn_words(known, hash_words(words), np.arange(len(words), dtype=np.int32))
    return known
