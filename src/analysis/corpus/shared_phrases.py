"""Phrases that come back across an outlet's articles, and where in the articles they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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
WORDS_AT_ONCE = 1 << 16  # words whose phrases stand in memory together

Ints = NDArray[np.signedinteger[Any]]
Hashes = NDArray[np.uint64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Words:
    """The words of one text as numbers, the same for the same word, and their places."""

    text: str
    ids: NDArray[np.int32]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Give the place of each word."""
        return _spans(self.text)


@lru_cache(maxsize=1)
def _spans(text: str) -> list[tuple[int, int]]:
    """Give the place of each word; of the last text only, as they take far more memory than it."""
    return [match.span() for match in WORD.finditer(text)]


class Vocabulary(dict[str, int]):
    """Numbers words; words that differ in case or digits only are one word."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: dict[str, int] = {}

    def read(self, text: str) -> Words:
        """Split a text into numbered words."""
        words = text.translate(ASCII_SPACED).split() if text.isascii() else WORD.findall(text)
        return Words(text, np.fromiter(map(self.__getitem__, words), np.int32, len(words)))

    def __missing__(self, word: str) -> int:
        key = DIGITS.sub("0", word.casefold())
        number = self.folded.setdefault(word if key == word else key, len(self.folded) + 1)
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
        self.ids = np.concatenate([np.zeros(0, np.int32), *ordered])
        lengths = self.lengths[self.order]
        self.pointer = np.concatenate([[0], np.cumsum(lengths)])
        self.article = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        self.place = np.int32 if len(self.ids) <= np.iinfo(np.int32).max else np.int64
        self.articles = np.bincount(self.outlet_of, minlength=len(names))
        self.edge = np.minimum(EDGE_WORDS, EDGE_SHARE * lengths)

    def split(self, marks: Marks) -> Iterator[tuple[int, Marks]]:
        """Give the marks of each article that has any, with its number in the input."""
        for place in np.unique(self.article[marks]).tolist():
            yield int(self.order[place]), marks[self.pointer[place] : self.pointer[place + 1]]

    def spread(
        self, length: int, *, tail: bool, least: int, at_edge: float
    ) -> tuple[Ints, Ints, Spread]:
        """Count the phrases that stand at an edge of at least some articles of an outlet.

        Parameters
        ----------
        length
            Words of a phrase.
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
        # Most phrases never come back, so the few that may matter are looked for first.
        values, at = _joined(
            (hashes[edge], places[edge])
            for hashes, places, edge in self._phrases(length, tail=tail)
        )
        bits = (values & min(TABLE_MASK, (1 << len(values).bit_length()) - 1)).astype(np.int32)
        often = np.bincount(bits)[bits] >= least
        values = values[often]
        group, articles = self._group(values, at[often])
        candidates = np.unique(values[articles[group] >= least])
        if not len(candidates):
            nothing = np.zeros(0, np.int64)
            return nothing, nothing, Spread(nothing, *[np.zeros(0)] * 3)
        kept = np.ones(len(candidates), bool)
        if at_edge > 0 and len(candidates) * len(self.articles) <= MOST_PAIRS:
            kept = self._mostly_at_edge(candidates, length, tail=tail, share=at_edge)
        places, edge, slot = _joined(
            (places[kept[slot]], edge[kept[slot]], slot[kept[slot]])
            for places, edge, slot in self._recognise(candidates, length, tail=tail)
        )
        group, articles = self._group(slot, places)
        return places, group, self._measure(group, slot, places, articles, edge)

    def _recognise(
        self, candidates: Hashes, length: int, *, tail: bool
    ) -> Iterator[tuple[Ints, Marks, Ints]]:
        """Find the phrases that are candidates: place, at the edge, number of the candidate."""
        # A table of the last bits sorts out nearly all of the others.
        table = np.zeros(1 << TABLE_BITS, bool)
        table[candidates & TABLE_MASK] = True
        for hashes, places, edge in self._phrases(length, tail=tail):
            maybe = np.flatnonzero(table[hashes & TABLE_MASK])
            slot = np.minimum(np.searchsorted(candidates, hashes[maybe]), len(candidates) - 1)
            known = candidates[slot] == hashes[maybe]
            maybe = maybe[known]
            yield places[maybe], edge[maybe], slot[known].astype(np.int32)

    def _mostly_at_edge(
        self, candidates: Hashes, length: int, *, tail: bool, share: float
    ) -> Marks:
        """Mark the candidates that one outlet at least has mostly at the edge."""
        outlets = len(self.articles)
        total, there = np.zeros((2, len(candidates) * outlets), np.int32)
        for places, edge, slot in self._recognise(candidates, length, tail=tail):
            pair = slot * outlets + self.outlet(places)
            np.add.at(total, pair, 1)
            np.add.at(there, pair[edge], 1)
        enough = there / np.maximum(total, 1) >= share
        return np.asarray(enough.reshape(-1, outlets).any(axis=1))

    def _phrases(self, length: int, *, tail: bool) -> Iterator[tuple[Hashes, Ints, Marks]]:
        """Give a number for each phrase of so many words, its place, and whether it is at the edge.

        In portions: they are made anew rather than kept, being larger than the texts.
        """
        for start in range(0, max(1, len(self.ids)), WORDS_AT_ONCE):
            stop = min(start + WORDS_AT_ONCE, len(self.ids) - length + 1)
            places: Ints = np.arange(start, stop, dtype=self.place)
            article = self.article[places]
            behind = self.pointer[article + 1] - 1 - places
            reach = behind if tail else places - self.pointer[article] + length - 1
            edge, whole = reach < self.edge[article], behind >= length - 1
            yield self._hashes(places, length)[whole], places[whole], edge[whole]

    def _hashes(self, places: Ints, length: int) -> Hashes:
        """Give a number for each of the phrases that begin at neighbouring places."""
        value = np.zeros(len(places), np.uint64)
        for step in range(length if len(places) else 0):
            value ^= self.ids[places[0] + step : places[-1] + step + 1].astype(np.uint64)
            value *= _ODD
            value ^= value >> _SHIFT
        return value

    def _group(self, keys: NDArray[np.generic], places: Ints) -> tuple[Ints, Ints]:
        """Give the pairs of phrase and outlet numbers, and count the articles of each."""
        order = np.argsort(keys, kind="stable")
        keys, ordered = keys[order], places[order]
        starts = np.ones(len(keys), bool)
        starts[1:] = (keys[1:] != keys[:-1]) | np.diff(self.outlet(ordered)).astype(bool)
        first = starts.copy()
        first[1:] |= np.diff(self.article[ordered]).astype(bool)
        number = np.cumsum(starts) - 1
        group = np.empty(len(keys), np.int64)
        group[order] = number
        return group, np.bincount(number[first], minlength=int(starts.sum()))

    def outlet(self, places: Ints) -> Ints:
        """Give the number of the outlet whose words stand at the places."""
        return self.outlet_of[self.order[self.article[places]]]

    def _measure(
        self, group: Ints, slot: Ints, places: Ints, articles: Ints, edge: Marks
    ) -> Spread:
        occurrences = np.bincount(group)
        phrase = np.zeros(len(articles), np.int64)
        outlet = np.zeros(len(articles), np.int64)
        phrase[group], outlet[group] = slot, self.outlet(places)
        everywhere = np.bincount(phrase, weights=articles)[phrase]
        others = len(self.lengths) - self.articles[outlet]
        return Spread(
            articles=articles,
            share=articles / self.articles[outlet],
            share_elsewhere=(everywhere - articles) / np.maximum(others, 1),
            at_edge=np.bincount(group, weights=edge) / occurrences,
        )


def _joined(portions: Iterable[tuple[NDArray[Any], ...]]) -> list[NDArray[Any]]:
    """Join what the portions have in the same place."""
    return [np.concatenate(parts) for parts in zip(*portions, strict=True)]
