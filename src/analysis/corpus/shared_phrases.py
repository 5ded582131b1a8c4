"""Phrases that come back across an outlet's articles, and where in the articles they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.numbered_words import Ids
from analysis.corpus.phrase_table import Hashes, Ints, Phrases, hash_phrases

# An edge of a text: this many words, and at most this share of all its words.
EDGE_WORDS, EDGE_SHARE = 100, 0.35
MOST_PAIRS = 1 << 22  # pairs of phrase and outlet that are counted in one array
WORDS_AT_ONCE = 1 << 16  # words whose phrases stand in memory together
WORDS_OF_PORTION = 1 << 18  # beyond which a portion takes no further outlet

Longs = NDArray[np.int64]
Marks = NDArray[np.bool_]


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


class Located(NamedTuple):
    """Where phrases stand.

    Attributes
    ----------
    places
        Of the words with which they begin.
    slot
        For each place the number of its phrase.
    article
        For each place the number of its article, outlet by outlet.
    group
        For each place the number of the pair of phrase and outlet.
    articles
        For each of these pairs the articles that have it.
    """

    places: Ints
    slot: Ints
    article: Ints
    group: Ints
    articles: Ints


class Corpus:
    """The words of all texts in one row, outlet by outlet, for counting with arrays."""

    def __init__(self, texts: Sequence[Ids], outlets: Sequence[str]) -> None:
        names = sorted(set(outlets))
        code = {name: number for number, name in enumerate(names)}
        self.outlet_of = np.array([code[name] for name in outlets], np.int64)
        self.order = np.argsort(self.outlet_of, kind="stable")
        self.outlet_at = self.outlet_of[self.order]
        self.place_of = np.argsort(self.order)
        self.lengths = np.array([len(ids) for ids in texts], np.int64)
        ordered = [texts[n] for n in self.order]
        self.ids = np.concatenate([np.zeros(0, np.int32), *ordered])
        lengths = self.lengths[self.order]
        self.pointer = np.concatenate([[0], np.cumsum(lengths)])
        self.place = np.int32 if len(self.ids) <= np.iinfo(np.int32).max else np.int64
        self.articles = np.bincount(self.outlet_of, minlength=len(names))
        self.bounds = np.concatenate([[0], np.cumsum(self.articles)])  # of outlets, in articles
        self.edge = np.ceil(np.minimum(EDGE_WORDS, EDGE_SHARE * lengths)).astype(np.int64)

    def of(self, number: int) -> slice:
        """Give the place of an article's words, by its number in the input."""
        place = self.place_of[number]
        return slice(int(self.pointer[place]), int(self.pointer[place + 1]))

    def article(self, places: NDArray[Any]) -> Ints:
        """Give the article, outlet by outlet, whose words stand at the places."""
        articles: Ints = np.searchsorted(self.pointer, places, side="right") - 1
        return articles

    def articles_in(self, portion: slice) -> Iterator[tuple[int, slice]]:
        """Give each article of a portion: its number in the input, its words in the portion."""
        first, last = np.searchsorted(self.pointer, [portion.start, portion.stop])
        numbers = self.order[first:last].tolist()
        bounds = (self.pointer[first : last + 1] - portion.start).tolist()
        yield from zip(numbers, starmap(slice, pairwise(bounds)), strict=True)

    def candidates(
        self, length: int, *, tail: bool, least: int, at_edge: float, share: float = 0
    ) -> tuple[Hashes, Ints]:
        """Give the phrases that stand at an edge of at least some articles of an outlet.

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
        share
            Share of one outlet's articles at whose edge the phrase must stand. Without it a large
            outlet has about as many candidates as sentences.

        Returns
        -------
        tuple
            Their numbers in ascending order, and a place at which each begins.
        """
        # Most phrases never come back, so the few that may matter are looked for first.
        often = [
            self._often(outlet, length, tail=tail, least=max(least, share * size))
            for outlet, size in enumerate(self.articles.tolist())
        ]
        places = np.concatenate([np.zeros(0, np.int64), *often])
        values, first = np.unique(self._hashes(places, length), return_index=True)
        places = places[first]
        if at_edge > 0:
            mostly = self._mostly_at_edge(Phrases(values), length, tail=tail, share=at_edge)
            values, places = values[mostly], places[mostly]
        return values, places

    def portions(self) -> Iterator[slice]:
        """Cut the words into portions of whole outlets, so that little has to be held at a time."""
        ends = self.pointer[self.bounds[1:]].tolist()
        start = 0
        for number, end in enumerate(ends):
            if end == ends[-1] or ends[number + 1] - start > WORDS_OF_PORTION:
                yield slice(start, end)
                start = end

    def locate(self, candidates: Hashes, length: int, portion: slice | None = None) -> Located:
        """Find phrases of some length, by their numbers in ascending order, in a portion or all."""
        phrases = Phrases(candidates)
        if not len(candidates):
            nothing = np.zeros(0, np.int64)
            return Located(nothing, nothing, nothing, nothing, nothing)
        found = zip(*self._recognise(phrases, length, portion), strict=True)
        places, slot, article = (np.concatenate(parts) for parts in found)
        pairs = self._pairs(slot, article, len(candidates))
        return Located(places, slot, article, *pairs)

    def spread(
        self, length: int, *, tail: bool, least: int, at_edge: float
    ) -> tuple[Ints, Ints, Spread]:
        """Count the phrases that stand at an edge of at least some articles of an outlet.

        Parameters are those of `candidates`.

        Returns
        -------
        tuple
            The places of the words with which the phrases begin, for each place the number of its
            entry in the spread, and the spread.
        """
        candidates, _ = self.candidates(length, tail=tail, least=least, at_edge=at_edge)
        located = self.locate(candidates, length)
        everywhere = self.count(located, len(candidates)), len(self.lengths)
        spread = self.measure(located, length, everywhere, tail=tail)
        return located.places, located.group, spread

    def count(self, located: Located, n_phrases: int) -> Longs:
        """Give in how many articles each phrase stands."""
        phrase = np.zeros(len(located.articles), np.int64)
        phrase[located.group] = located.slot
        return np.bincount(phrase, located.articles, n_phrases).astype(np.int64)

    def measure(
        self, located: Located, length: int, everywhere: tuple[Longs, int], *, tail: bool
    ) -> Spread:
        """Say how often and where each outlet has the phrases that were located.

        Parameters
        ----------
        located
            Phrases of so many words.
        everywhere
            In how many articles of all outlets each phrase stands, and how many these are.
        tail
            Whether the edge is the end of the texts, else their beginning.
        """
        places, slot, article, group, articles = located
        edge = self._is_at_edge(places, article, length, tail=tail)
        phrase = np.zeros(len(articles), np.int64)
        outlet = np.zeros(len(articles), np.int64)
        phrase[group], outlet[group] = slot, self.outlet_at[article]
        counts, n_articles = everywhere
        others = n_articles - self.articles[outlet]
        return Spread(
            articles=articles,
            share=articles / self.articles[outlet],
            share_elsewhere=(counts[phrase] - articles) / np.maximum(others, 1),
            at_edge=np.bincount(group, weights=edge) / np.bincount(group),
        )

    def words_at(self, places: Ints, length: int) -> NDArray[np.int32]:
        """Give the words of the phrases that begin at the places; shape (phrases, words)."""
        words: NDArray[np.int32] = self.ids[places[:, None] + np.arange(length)]
        return words

    def _often(self, outlet: int, length: int, *, tail: bool, least: float) -> Ints:
        """Give where phrases begin that stand at the edge of enough articles of an outlet."""
        articles = slice(*self.bounds[outlet : outlet + 2])
        sizes, begin, end = self.edge[articles], self.pointer[:-1], self.pointer[1:]
        starts = end[articles] - sizes if tail else begin[articles]
        sizes = np.maximum(sizes - (length - 1), 0)
        places = np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
        values = self._hashes(places, length)
        bits = (values & np.uint64((1 << len(values).bit_length()) - 1)).astype(np.int64)
        maybe = np.flatnonzero(np.bincount(bits, minlength=1)[bits] >= least)
        group, held = self._group(values[maybe], self.article(places[maybe]))
        often: Ints = places[maybe[held[group] >= least]]
        return often

    def _mostly_at_edge(self, phrases: Phrases, length: int, *, tail: bool, share: float) -> Marks:
        """Mark the phrases that one outlet at least has mostly at the edge."""
        shape = len(phrases.values), len(self.articles)
        if not 0 < shape[0] * shape[1] <= MOST_PAIRS:
            return np.ones(shape[0], bool)
        total, there = self._count_at_edge(phrases, length, tail=tail)
        return np.asarray((there / np.maximum(total, 1) >= share).any(axis=1))

    def _count_at_edge(self, phrases: Phrases, length: int, *, tail: bool) -> tuple[Longs, Longs]:
        """Count how often each outlet has each phrase, and how often at an edge."""
        total, there = np.zeros((2, len(phrases.values), len(self.articles)), np.int64)
        for places, slot, article in self._recognise(phrases, length):
            outlet = self.outlet_at[article]
            np.add.at(total, (slot, outlet), 1)
            edge = self._is_at_edge(places, article, length, tail=tail)
            np.add.at(there, (slot[edge], outlet[edge]), 1)
        return total, there

    def _recognise(
        self, phrases: Phrases, length: int, portion: slice | None = None
    ) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Find the phrases in the texts: where each begins, its number, and its article.

        Some words at a time: the numbers of all phrases are larger than the texts.
        """
        first, end = (portion.start, portion.stop) if portion else (0, len(self.ids))
        for start in range(first, max(first + 1, end), WORDS_AT_ONCE):
            stop = min(start + WORDS_AT_ONCE, end - length + 1)
            yield self._recognise_in(phrases, length, (start, stop))

    def _recognise_in(
        self, phrases: Phrases, length: int, stretch: tuple[int, int]
    ) -> tuple[Ints, Ints, Ints]:
        """Find the phrases that begin in a stretch of the words."""
        found, slot = phrases.find(self._hashes(slice(*stretch), length))
        places = (found + stretch[0]).astype(self.place)
        article = self.article(places)
        whole = self.pointer[article + 1] - places >= length
        return places[whole], slot[whole], article[whole]

    def _is_at_edge(self, places: Ints, article: Ints, length: int, *, tail: bool) -> Marks:
        """Tell which of the phrases that begin at the places are at the edge of their articles."""
        if tail:
            reach = self.pointer[article + 1] - 1 - places
        else:
            reach = places - self.pointer[article] + length - 1
        return np.asarray(reach < self.edge[article])

    def _hashes(self, places: Ints | slice, length: int) -> Hashes:
        """Give a number for each of the phrases that begin at the places, or in a stretch."""
        if isinstance(places, slice):
            size = max(0, places.stop - places.start)
            parts = [self.ids[places.start + n : places.start + n + size] for n in range(length)]
        else:
            parts = [self.ids[places + n] for n in range(length)]
        return hash_phrases(parts, len(parts[0]))

    def _pairs(self, slot: Ints, article: Ints, n_phrases: int) -> tuple[Ints, Ints]:
        """Give the pairs of phrase and outlet numbers, and count the articles of each."""
        return self._group(slot, article)

    def _group(self, keys: NDArray[np.generic], article: Ints) -> tuple[Ints, Ints]:
        """Give the pairs of key and outlet numbers, and count the articles of each."""
        order = np.argsort(keys, kind="stable")
        keys, ordered = keys[order], article[order]
        starts = np.ones(len(keys), bool)
        starts[1:] = (keys[1:] != keys[:-1]) | np.diff(self.outlet_at[ordered]).astype(bool)
        first = starts.copy()
        first[1:] |= np.diff(ordered).astype(bool)
        number = np.cumsum(starts) - 1
        group = np.empty(len(keys), np.int64)
        group[order] = number
        return group, np.bincount(number[first], minlength=int(starts.sum()))

    def outlet(self, places: Ints) -> Ints:
        """Give the number of the outlet whose words stand at the places."""
        return self.outlet_at[self.article(places)]
