"""Candidate names of a corpus: unbroken runs of plain words that end in a noun."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text.by_term import AT_ONCE, count_for, take_for
from analysis.text.code_points import Kinds, each_capital, each_stretch, token_places
from analysis.text.ngrams import (
    Level,
    Limits,
    Stream,
    common_terms,
    counting_for,
    each_level,
    longer_levels,
)
from analysis.text.on_disk import Growing, room_for
from analysis.text.stop_words import stop_words
from analysis.text.tokens import Tokens

Array = NDArray[Any]

LONGEST = 4  # words of a term
MOST_TERMS = 3000
FEWEST_USES = 3
FEW_ARTICLES = 50  # of a corpus: there a term may come from a single article
SPACE = re.compile(r"[\s\-\u2010]")
NOUN_SHARE = 0.3  # of a noun's uses that follow one of these, or have a capital
NOUN_AFTER = [
    "the", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these",
    "those", "of", "mr", "mrs", "ms", "president", "no", "any", "some",
]  # fmt: skip


class Terms(NamedTuple):
    """Candidate terms: their words' ids (-1 beyond the last) and every place where they stand.

    Places go term by term, and of each term in their order.
    """

    grams: Array
    term: Array  # of each place
    place: Array  # first token

    @property
    def lengths(self) -> Array:
        """Words of each term."""
        lengths: Array = (self.grams >= 0).sum(axis=1)
        return lengths


class Found(NamedTuple):
    """Candidates of one length: their words' ids, their places, and which one is at each."""

    grams: Array
    places: Array
    numbers: Array


def find_terms(tokens: Tokens, kept: Array) -> Terms:
    """Find the words and phrases that may be names: unbroken, of plain words, ending in a noun.

    Only in the articles that are `kept`.
    """
    left_out = stop_words() | no_names()
    stop = np.array([word in left_out or not word.isalpha() for word in tokens.terms], dtype=bool)
    least = 1 if kept.sum() < FEW_ARTICLES else 2
    limits = Limits(1, LONGEST, least, np.inf, stop)
    plain = take_for(np.append(~stop, False), tokens.ids)
    clear(plain, tokens, ~kept)
    broken = breaks_before(tokens)
    noun = is_noun(tokens, kept, broken)
    found = [
        name_level(*level, broken, noun, limits)
        for level in plain_levels(tokens, plain, kept, limits)
    ]
    del broken, plain
    return keep_longest(found, len(tokens.ids))


def clear(marked: Array, tokens: Tokens, rows: Array) -> None:
    """Take the marks of the tokens of some articles away."""
    for row in np.flatnonzero(rows):
        marked[tokens.pointer[row] : tokens.pointer[row + 1]] = False


def marked_places(marked: Array, kind: type) -> Array:
    """Give the places of what is marked."""
    places = Growing(kind)
    for first in range(0, len(marked), AT_ONCE):
        some = np.flatnonzero(marked[first : first + AT_ONCE])
        places.add((some + first).astype(kind))
    return places.array()


def keep_longest(found: list[Found], n_tokens: int) -> Terms:
    """Give the candidates that are used most, each where it is no part of a longer one.

    Of phrases at one place the longest is the name: "north korea", not "korea".
    """
    taken = np.zeros(n_tokens, dtype=bool)
    free, uses = [], []
    for length, (grams, places, numbers) in reversed(list(enumerate(found, 1))):
        alone = ~take_for(taken, places)
        for step in range(1, length):
            alone &= ~take_for(taken, places + step)
        if length > 1:  # nothing is shorter than a word
            taken[places[alone, None] + np.arange(length)] = True
        free.append(alone)
        uses.append(count_for(numbers, len(grams), alone))
    free.reverse()
    uses_of = np.concatenate(uses[::-1])
    most = np.sort(np.argsort(-uses_of, kind="stable")[:MOST_TERMS])
    most = most[uses_of[most] >= FEWEST_USES]
    number = np.full(len(uses_of), -1, dtype=np.int32)
    number[most] = np.arange(len(most), dtype=np.int32)
    term, place, begin = Growing(np.int32), Growing(found[0].places.dtype), 0
    for (grams, places, numbers), alone in zip(found, free, strict=True):
        of_place = take_for(number[begin : begin + len(grams)], numbers)
        chosen = alone & (of_place >= 0)
        term.add(of_place[chosen])
        place.add(places[chosen])
        begin += len(grams)
    every = np.concatenate([of_length.grams for of_length in found])
    terms = term.array()
    order = np.argsort(terms, kind="stable")
    return Terms(every[most], take_for(terms, order), take_for(place.array(), order))


def name_level(level: Level, at: Array, broken: Array, noun: Array, limits: Limits) -> Found:
    """Keep the n-grams of one length that may be names, each wherever nothing breaks it."""
    length = level.grams.shape[1]
    whole = room_for(len(level.codes), bool)
    np.greater_equal(level.codes, 0, out=whole)
    for step in range(1, length):
        whole[:-step] &= ~take_for(broken, at[step:])
        whole[-step:] = False
    uses = count_for(level.codes, len(level.grams), whole)
    kept = limits.keep(level) & noun[level.grams[:, -1]] & (uses >= FEWEST_USES)
    number = np.full(len(kept) + 1, -1, dtype=np.int32)  # the last item is for the code -1
    number[:-1][kept] = np.arange(kept.sum(), dtype=np.int32)
    # Few are: a number for every token would take more memory.
    whole &= take_for(number >= 0, level.codes)
    named = marked_places(whole, np.int64)
    padding = ((0, 0), (0, LONGEST - length))
    grams = np.pad(level.grams[kept], padding, constant_values=-1)
    return Found(grams, take_for(at, named), take_for(number, take_for(level.codes, named)))


def plain_levels(
    tokens: Tokens, plain: Array, kept: Array, limits: Limits
) -> Iterator[tuple[Level, Array]]:
    """Give the terms, pairs and so on of plain words, and the token at which each code stands.

    Single terms are read among all plain words; runs only where two of them stand side by side,
    each with what follows it, so that no run goes across what is left out.
    """
    narrow = np.int32 if len(plain) <= np.iinfo(np.int32).max else np.int64
    at = marked_places(plain, narrow)
    stream = Stream(take_for(tokens.ids, at), np.searchsorted(at, tokens.pointer))
    level = next(each_level(stream, limits))
    number, terms = common_terms(level.n_articles, limits)
    yield level, at
    del stream, level, at  # as large as all plain words
    beside = np.zeros(len(plain), dtype=bool)
    both = plain[1:] & plain[:-1]
    beside[1:] |= both
    beside[:-1] |= both
    beside[1:] |= beside[:-1].copy()
    at = marked_places(beside, narrow)
    del beside, both
    ids = take_for(tokens.ids, at)
    ids[~take_for(plain, at)] = -1
    common = take_for(number, ids)
    del ids
    # The order of pairs follows from the number of all tokens, whatever words are left out.
    counting = counting_for(int(np.diff(tokens.pointer)[kept].sum()))
    for level in longer_levels(
        common, np.searchsorted(at, tokens.pointer), terms, limits, counting
    ):
        yield level, at


@functools.cache
def no_names() -> frozenset[str]:
    """Give the titles, times and numbers that are no names; see the list itself."""
    path = files("analysis").joinpath("lexicons", "naming", "no_names_en.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def breaks_before(tokens: Tokens) -> Array:
    """Mark the tokens before which stands more than a space or a hyphen, or nothing."""
    other = Kinds(lambda sign: SPACE.fullmatch(sign) is None)
    marked = room_for(len(tokens.ids), bool)
    for stretch in each_stretch(tokens.articles["text"]):
        inside, begins = token_places(tokens, stretch)
        behind = begins.copy()  # the token ahead, or else the beginning of the text
        first = np.diff(begins, prepend=-1) != 0
        behind[1:] += np.where(first[1:], 0, tokens.ends[inside][:-1])
        until = tokens.starts[inside] + begins
        n_other = np.zeros(len(stretch.codes) + 1, dtype=np.int32)  # ahead of each place
        np.cumsum(other.of(stretch.codes), out=n_other[1:])
        marked[inside] = (n_other[until] > n_other[behind]) | (until == behind)
    return marked


def is_noun(tokens: Tokens, kept: Array, broken: Array) -> Array:
    """Mark the terms that often follow an article or are written with a capital in a sentence."""
    n_terms = len(tokens.terms)
    shown = take_for(np.append(np.isin(tokens.terms, NOUN_AFTER), False), tokens.ids)
    shown[1:] = shown[:-1].copy()
    shown[:1] = False
    for _, some, capital in each_capital(tokens):
        shown[some] |= capital
    inner = room_for(len(tokens.ids), bool)
    np.logical_not(broken, out=inner)
    inner &= tokens.ids >= 0
    clear(inner, tokens, ~kept)
    shown &= inner
    uses = count_for(tokens.ids, n_terms, inner)
    noun: Array = count_for(tokens.ids, n_terms, shown) / np.maximum(uses, 1) >= NOUN_SHARE
    return noun
