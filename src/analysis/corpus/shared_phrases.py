"""Phrases that come back across an outlet's articles, and where in the articles they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"\w+")
ASCII_SPACED = {n: " " for n in range(128) if not (chr(n).isalnum() or chr(n) == "_")}
DIGITS = re.compile(r"\d+")
# An edge of a text: this many words, and at most this share of all its words.
EDGE_WORDS, EDGE_SHARE = 100, 0.35
_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
TABLE_BITS = 20
MOST_PAIRS = 1 << 24  # pairs of phrase and outlet that are counted in one array
TABLE_MASK = np.uint64((1 << TABLE_BITS) - 1)

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]
Hashed = tuple[NDArray[np.uint64], Ints, int]


@dataclass(frozen=True)
class Words:
    """The words of one text as numbers, the same for the same word, and their places."""

    text: str
    ids: Ints

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Give the place of each word; few texts are asked for them."""
        return [match.span() for match in WORD.finditer(self.text)]


class Vocabulary(dict[str, int]):
    """Numbers words; words that differ in case or digits only are one word."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: dict[str, int] = {}

    def read(self, text: str) -> Words:
        """Split a text into numbered words."""
        words = text.translate(ASCII_SPACED).split() if text.isascii() else WORD.findall(text)
        return Words(text, np.fromiter(map(self.__getitem__, words), np.int64, len(words)))

    def __missing__(self, word: str) -> int:
        key = DIGITS.sub("0", word.casefold())
        number = self.folded.setdefault(key, len(self.folded) + 1)
        self[word] = number
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

    def spread(
        self, hashed: Hashed, *, tail: bool, least: int, at_edge: float
    ) -> tuple[Ints, Ints, Spread]:
        """Count the phrases that stand at an edge of at least some articles of an outlet.

        Parameters
        ----------
        hashed
            The phrases as `hashes` gives them.
        tail
            Whether the edge is the end of the texts, else their beginning.
        least
            Articles of one outlet at whose edge the phrase must stand.
        at_edge
            Share of its occurrences in one outlet that must lie at the edge.

        Returns
        -------
        tuple
            The places of the words with which the phrases begin, for each place the number of its
            entry in the spread, and the spread.
        """
        hashes, places, length = hashed
        edge = (self.behind if tail else self.ahead + length - 1)[places] < self.edge[places]
        # Most phrases never come back, so the few that may matter are looked for first.
        at = np.flatnonzero(edge)
        bits = (hashes[at] & TABLE_MASK).astype(np.int64)
        at = at[np.bincount(bits, minlength=1 << TABLE_BITS)[bits] >= least]
        found, values = places[at], hashes[at]
        group, articles = self._group(values, found)
        candidates = np.unique(values[articles[group] >= least])
        if not len(candidates):
            nothing = np.zeros(0, np.int64)
            return nothing, nothing, Spread(nothing, *[np.zeros(0)] * 3)
        places, edge, slot = self._recognise(candidates, hashes, places, edge)
        if at_edge > 0 and len(candidates) * len(self.articles) <= MOST_PAIRS:
            kept = self._mostly_at_edge(slot, places, edge, at_edge)
            places, edge, slot = places[kept], edge[kept], slot[kept]
        group, articles = self._group(slot, places)
        return places, group, self._measure(group, slot, places, articles, edge)

    def _recognise(
        self, candidates: NDArray[np.uint64], hashes: NDArray[np.uint64], places: Ints, edge: Marks
    ) -> tuple[Ints, Marks, Ints]:
        """Keep the phrases that are candidates, with the number of the candidate."""
        # A table of the last bits sorts out nearly all of the others.
        table = np.zeros(1 << TABLE_BITS, bool)
        table[candidates & TABLE_MASK] = True
        maybe = np.flatnonzero(table[hashes & TABLE_MASK])
        slot = np.minimum(np.searchsorted(candidates, hashes[maybe]), len(candidates) - 1)
        known = candidates[slot] == hashes[maybe]
        return places[maybe[known]], edge[maybe[known]], slot[known]

    def _mostly_at_edge(self, slot: Ints, places: Ints, edge: Marks, share: float) -> Marks:
        """Mark the occurrences of phrases that one outlet at least has mostly at the edge."""
        outlets = len(self.articles)
        pair = slot * outlets + self.outlet[places]
        size = (int(slot.max(initial=0)) + 1) * outlets
        total = np.bincount(pair, minlength=size)
        there = np.bincount(pair[edge], minlength=size)
        enough: Marks = np.any((there / np.maximum(total, 1) >= share).reshape(-1, outlets), axis=1)
        return enough[slot]

    def hashes(self, length: int) -> Hashed:
        """Give a number for each phrase of so many words, its place, and its length again."""
        ids = self.ids.view(np.uint64)
        value = np.zeros(max(0, len(ids) - length + 1), np.uint64)
        for step in range(length):
            value ^= ids[step : step + len(value)]
            value *= _ODD
            value ^= value >> _SHIFT
        places = np.flatnonzero(self.behind[: len(value)] >= length - 1)
        return value[places], places, length

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
