"""Phrases that come back across an outlet's articles, and where in the articles they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"\w+")
DIGITS = re.compile(r"\d+")
# An edge of a text: this many words, and at most this share of all its words.
EDGE_WORDS, EDGE_SHARE = 100, 0.35
_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
TABLE_BITS = 20

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Words:
    """The words of one text as numbers, the same for the same word, and their places."""

    ids: Ints
    spans: list[tuple[int, int]]


class Vocabulary:
    """Numbers words; words that differ in case or digits only are one word."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.folded: dict[str, int] = {}

    def read(self, text: str) -> Words:
        """Split a text into numbered words."""
        spans = [match.span() for match in WORD.finditer(text)]
        known = self.numbers
        ids = [known.get(word) or self._add(word) for word in WORD.findall(text)]
        return Words(np.array(ids, np.int64), spans)

    def _add(self, word: str) -> int:
        key = DIGITS.sub("0", word.casefold())
        number = self.folded.setdefault(key, len(self.folded) + 1)
        self.numbers[word] = number
        return number


@dataclass(frozen=True)
class Spread:
    """What is known of each phrase of a certain length, one entry per candidate in each array.

    Attributes
    ----------
    articles
        Articles of the outlet in which it stands.
    share
        The same as a share of the outlet's articles.
    share_elsewhere
        Share of the other outlets' articles in which it stands; 0 where there are none.
    at_edge
        Share of its occurrences that lie at the edge in question.
    """

    articles: Ints
    share: NDArray[np.float64]
    share_elsewhere: NDArray[np.float64]
    at_edge: NDArray[np.float64]


class Corpus:
    """The words of all texts in one row, outlet by outlet, for counting with arrays."""

    def __init__(self, texts: Sequence[Words], outlets: Sequence[str]) -> None:
        names = sorted(set(outlets))
        code = {name: number for number, name in enumerate(names)}
        self.outlet_of = np.array([code[name] for name in outlets], np.int64)
        self.order = np.argsort(self.outlet_of, kind="stable")
        self.lengths = np.array([len(text.ids) for text in texts], np.int64)
        ordered = [texts[n].ids for n in self.order]
        self.ids = np.concatenate([np.zeros(0, np.int64), *ordered])
        lengths = self.lengths[self.order]
        self.pointer = np.concatenate([[0], np.cumsum(lengths)])
        self.article = np.repeat(np.arange(len(texts)), lengths)
        self.outlet = self.outlet_of[self.order][self.article]
        self.articles = np.bincount(self.outlet_of, minlength=len(names))
        self.ahead = np.arange(len(self.ids)) - self.pointer[self.article]
        self.behind = self.pointer[self.article + 1] - 1 - np.arange(len(self.ids))
        self.edge = np.minimum(EDGE_WORDS, EDGE_SHARE * lengths)[self.article]

    def split(self, marks: Marks) -> Iterator[tuple[int, Marks]]:
        """Give the marks of each article that has any, with its number in the input."""
        for place in np.unique(self.article[marks]).tolist():
            yield int(self.order[place]), marks[self.pointer[place] : self.pointer[place + 1]]

    def spread(self, length: int, *, tail: bool, least: int) -> tuple[Ints, Ints, Spread]:
        """Count the phrases that stand at an edge of at least some articles of an outlet.

        Parameters
        ----------
        length
            Words in a phrase.
        tail
            Whether the edge is the end of the texts, else their beginning.
        least
            Articles of one outlet at whose edge the phrase must stand.

        Returns
        -------
        tuple
            The places of the words with which the phrases begin, for each place the number of its
            entry in the spread, and the spread.
        """
        hashes, places = self._hashes(length)
        edge = (self.behind if tail else self.ahead + length - 1)[places] < self.edge[places]
        # Most phrases never come back, so the few that may matter are looked for first.
        found = places[edge]
        group, articles = self._group(hashes[edge], found)
        candidates = np.unique(hashes[edge][articles[group] >= least])
        if not len(candidates):
            nothing = np.zeros(0, np.int64)
            return nothing, nothing, Spread(nothing, *[np.zeros(0)] * 3)
        places, edge, slot = self._recognise(candidates, hashes, places, edge)
        group, articles = self._group(slot, places)
        return places, group, self._measure(group, slot, places, articles, edge)

    def _recognise(
        self, candidates: NDArray[np.uint64], hashes: NDArray[np.uint64], places: Ints, edge: Marks
    ) -> tuple[Ints, Marks, Ints]:
        """Keep the phrases that are candidates, with the number of the candidate."""
        # A table of the last bits sorts out nearly all of the others.
        table = np.zeros(1 << TABLE_BITS, bool)
        bits = np.uint64(len(table) - 1)
        table[candidates & bits] = True
        maybe = np.flatnonzero(table[hashes & bits])
        slot = np.minimum(np.searchsorted(candidates, hashes[maybe]), len(candidates) - 1)
        known = candidates[slot] == hashes[maybe]
        return places[maybe[known]], edge[maybe[known]], slot[known]

    def _hashes(self, length: int) -> tuple[NDArray[np.uint64], Ints]:
        places = np.flatnonzero(self.behind >= length - 1)
        value = np.zeros(len(places), np.uint64)
        for step in range(length):
            value = (value ^ self.ids[places + step].astype(np.uint64)) * _ODD
            value ^= value >> _SHIFT
        return value, places

    def _group(self, keys: NDArray[np.generic], places: Ints) -> tuple[Ints, Ints]:
        """Give the pairs of phrase and outlet numbers, and count the articles of each."""
        order = np.argsort(keys, kind="stable")
        keys, ordered = keys[order], places[order]
        starts = np.ones(len(keys), bool)
        starts[1:] = (keys[1:] != keys[:-1]) | np.diff(self.outlet[ordered]).astype(bool)
        first = starts.copy()
        first[1:] |= np.diff(self.article[ordered]).astype(bool)
        number = np.cumsum(starts) - 1
        group = np.empty(len(keys), np.int64)
        group[order] = number
        return group, np.bincount(number[first], minlength=int(starts.sum()))

    def _measure(
        self, group: Ints, slot: Ints, places: Ints, articles: Ints, edge: Marks
    ) -> Spread:
        occurrences = np.bincount(group)
        phrase = np.zeros(len(articles), np.int64)
        outlet = np.zeros(len(articles), np.int64)
        phrase[group], outlet[group] = slot, self.outlet[places]
        everywhere = np.bincount(phrase, weights=articles)[phrase]
        others = len(self.lengths) - self.articles[outlet]
        return Spread(
            articles=articles,
            share=articles / self.articles[outlet],
            share_elsewhere=(everywhere - articles) / np.maximum(others, 1),
            at_edge=np.bincount(group, weights=edge) / occurrences,
        )
