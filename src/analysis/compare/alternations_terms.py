"""Candidate names of a corpus: unbroken runs of plain words that end in a noun."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text.code_points import Kinds, each_stretch, token_places
from analysis.text.ngrams import Level, Limits, Stream, counting_for, each_level
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
    """Candidate terms: their words' ids (-1 beyond the last) and every place where they stand."""

    grams: Array
    term: Array  # of each place
    place: Array  # first token

    @property
    def lengths(self) -> Array:
        """Words of each term."""
        lengths: Array = (self.grams >= 0).sum(axis=1)
        return lengths


def find_terms(tokens: Tokens, broken: Array, capital: Array) -> Terms:
    """Find the words and phrases that may be names: unbroken, of plain words, ending in a noun.

    `broken` and `capital` are what `breaks_before` and `has_capital` say of the tokens.
    """
    left_out = stop_words() | no_names()
    stop = np.array([word in left_out or not word.isalpha() for word in tokens.terms], dtype=bool)
    least = 1 if len(tokens.articles) < FEW_ARTICLES else 2
    limits = Limits(1, LONGEST, least, np.inf, stop)
    noun = is_noun(tokens, broken, capital)
    plain = ~np.take(np.append(stop, True), tokens.ids, mode="wrap")
    grams, places, numbers, start = [], [], [], 0
    for level, at in plain_levels(tokens, plain, limits):
        length = level.grams.shape[1]
        whole = level.codes >= 0
        for step in range(1, length):
            whole[:-step] &= ~broken[at[step:]]
            whole[-step:] = False
        uses = np.bincount(level.codes[whole], minlength=len(level.grams))
        kept = limits.keep(level) & noun[level.grams[:, -1]] & (uses >= FEWEST_USES)
        number = np.full(len(kept) + 1, -1)  # the last item is for the code -1
        number[:-1][kept] = np.arange(start, start + kept.sum())
        start += int(kept.sum())
        padding = ((0, 0), (0, LONGEST - length))
        grams.append(np.pad(level.grams[kept], padding, constant_values=-1))
        # Few are: a number for every token would take more memory.
        named = np.flatnonzero(whole & np.take(number >= 0, level.codes, mode="wrap"))
        places.append(at[named].astype(np.int64))
        numbers.append(number[level.codes[named]])
    # Of phrases at one place the longest is the name: "north korea", not "korea".
    taken = np.zeros(len(tokens.ids), dtype=bool)
    for length in range(len(places), 0, -1):
        inside = places[length - 1][:, None] + np.arange(length)
        free = ~taken[inside].any(axis=1)
        places[length - 1] = places[length - 1][free]
        numbers[length - 1] = numbers[length - 1][free]
        taken[inside[free]] = True
    every = np.concatenate(grams)
    place = np.concatenate(places)
    term = np.concatenate(numbers)
    uses = np.bincount(term, minlength=len(every))
    most = np.sort(np.argsort(-uses, kind="stable")[:MOST_TERMS])
    most = most[uses[most] >= FEWEST_USES]
    number = np.full(len(every), -1)
    number[most] = np.arange(len(most))
    chosen = number[term] >= 0
    return Terms(every[most], number[term][chosen], place[chosen])


def plain_levels(tokens: Tokens, plain: Array, limits: Limits) -> Iterator[tuple[Level, Array]]:
    """Give the terms, pairs and so on of plain words, and the token at which each code stands.

    Single terms are read among all plain words; runs only where two of them stand side by side,
    each with what follows it, so that no run goes across what is left out.
    """
    narrow = np.int32 if len(plain) <= np.iinfo(np.int32).max else np.int64
    at = np.flatnonzero(plain).astype(narrow)
    ids, pointer = tokens.ids[at], np.searchsorted(at, tokens.pointer)
    yield next(each_level(Stream(ids, pointer), limits)), at
    beside = np.zeros(len(plain), dtype=bool)
    both = plain[1:] & plain[:-1]
    beside[1:] |= both
    beside[:-1] |= both
    beside[1:] |= beside[:-1].copy()
    at = np.flatnonzero(beside).astype(narrow)
    ids = np.where(plain[at], tokens.ids[at], np.int32(-1))
    stream = Stream(ids, np.searchsorted(at, tokens.pointer))
    # The order of pairs follows from the number of all tokens, whatever words are left out.
    stream.counting = counting_for(len(tokens.ids))
    del plain, beside, both
    for level in islice(each_level(stream, limits), 1, None):
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
    marked = np.zeros(len(tokens.ids), dtype=bool)
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


def is_noun(tokens: Tokens, broken: Array, capital: Array) -> Array:
    """Mark the terms that often follow an article or are written with a capital in a sentence."""
    n_terms = len(tokens.terms)
    follows = np.isin(tokens.terms, NOUN_AFTER)
    known = tokens.ids >= 0
    after = np.zeros(len(tokens.ids), dtype=bool)
    after[1:] = known[:-1] & follows[tokens.ids[:-1]]
    shown = (after | capital) & ~broken & known
    inner = ~broken & known
    shares = np.bincount(tokens.ids[shown], minlength=n_terms) / np.maximum(
        np.bincount(tokens.ids[inner], minlength=n_terms), 1
    )
    noun: Array = shares >= NOUN_SHARE
    return noun
