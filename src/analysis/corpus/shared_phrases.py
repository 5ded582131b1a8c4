"""Phrases that come back across an outlet's articles, and where in the articles they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.numbered_words import Ids
from analysis.corpus.phrase_places import Ask, Found, Located, Spread
from analysis.corpus.phrase_table import Book, Hashes, Ints, Phrases, hash_phrases
from analysis.corpus.repeats import HABIT_ARTICLES, HABIT_SHARE

# An edge of a text: this many words, and at most this share of all its words.
EDGE_WORDS, EDGE_SHARE = 100, 0.35
MOST_PAIRS = 1 << 22  # pairs of phrase and outlet that are counted in one array
WORDS_AT_ONCE = 1 << 16  # words whose phrases stand in memory together
WORDS_OF_PORTION = 1 << 18  # beyond which a portion takes no further outlet

Longs = NDArray[np.int64]
Marks = NDArray[np.bool_]


def join_texts(texts: Sequence[Ids], outlets: Sequence[str], *, compiled: bool) -> Corpus:
    """Put the words of all texts in one row, to be counted in compiled code or without it."""
    if not compiled:
        return Corpus(texts, outlets)
    # numba is imported only where it pays
    from analysis.corpus.compiled_phrases import CompiledCorpus

    return CompiledCorpus(texts, outlets)


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

    def candidates(self, asks: Sequence[Ask]) -> list[tuple[Hashes, Ints]]:
        """Give the phrases that stand at an edge of at least some articles of an outlet.

        Returns
        -------
        list of tuple
            For each ask their numbers in ascending order, and a place at which each begins.
        """
        # Most phrases never come back, so the few that may matter are looked for first.
        often = [self._often_somewhere(ask) for ask in asks]
        book = Book([(ask.length, found) for ask, (found, _) in zip(asks, often, strict=True)])
        kept = self._kept(book, {ask.length: ask for ask in asks})
        for number, (ask, (found, places)) in enumerate(zip(asks, often, strict=True)):
            if len(found):
                known = np.searchsorted(book.phrases[ask.length].values, found)
                mostly = kept[ask.length][int(ask.tail)][known]
                often[number] = found[mostly], places[mostly]
        return often

    def _often_somewhere(self, ask: Ask) -> tuple[Hashes, Ints]:
        """Give the phrases at the edge of enough articles of an outlet."""
        often = [
            self._often(outlet, ask, least=max(ask.least, ask.share * size))
            for outlet, size in enumerate(self.articles.tolist())
        ]
        places = np.concatenate([np.zeros(0, np.int64), *often])
        values, first = np.unique(self._hashes(places, ask.length), return_index=True)
        return values, places[first]

    def portions(self) -> Iterator[slice]:
        """Cut the words into portions of whole outlets, so that little has to be held at a time."""
        ends = self.pointer[self.bounds[1:]].tolist()
        start = 0
        for number, end in enumerate(ends):
            if end == ends[-1] or ends[number + 1] - start > WORDS_OF_PORTION:
                yield slice(start, end)
                start = end

    def locate(self, book: Book, portion: slice | None = None) -> list[Located]:
        """Find phrases in a portion of the words, or in all; a list for each that was wanted."""
        found = self._recognise(book, portion or slice(0, len(self.ids)))
        nothing = np.zeros(0, np.int64)
        return [
            self._only(found[length], numbers, len(values))
            if len(values)
            else Located(nothing, nothing, nothing, nothing, nothing)
            for (length, values), numbers in zip(book.wanted, book.numbers, strict=True)
        ]

    def _only(self, found: Found, numbers: Ints, n_phrases: int) -> Located:
        """Keep some of the phrases that were found, by other numbers."""
        places, slot, article = found
        slot = numbers[slot]
        if n_phrases < len(numbers):
            kept = slot >= 0
            places, slot, article = places[kept], slot[kept], article[kept]
        return Located(places, slot, article, *self._pairs(slot, article, n_phrases))

    def spread(self, ask: Ask) -> tuple[Ints, Ints, Spread]:
        """Count the phrases that stand at an edge of at least some articles of an outlet.

        Returns
        -------
        tuple
            The places of the words with which the phrases begin, for each place the number of its
            entry in the spread, and the spread.
        """
        ((candidates, _),) = self.candidates([ask])
        (located,) = self.locate(Book([(ask.length, candidates)]))
        everywhere = self.count(located, len(candidates)), len(self.lengths)
        spread = self.measure(located, ask.length, everywhere, tail=ask.tail)
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

    def _often(self, outlet: int, ask: Ask, *, least: float) -> Ints:
        """Give where phrases begin that stand at the edge of enough articles of an outlet."""
        articles = slice(*self.bounds[outlet : outlet + 2])
        sizes, begin, end = self.edge[articles], self.pointer[:-1], self.pointer[1:]
        starts = end[articles] - sizes if ask.tail else begin[articles]
        sizes = np.maximum(sizes - (ask.length - 1), 0)
        places = np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
        values = self._hashes(places, ask.length)
        bits = (values & np.uint64((1 << len(values).bit_length()) - 1)).astype(np.int64)
        maybe = np.flatnonzero(np.bincount(bits, minlength=1)[bits] >= least)
        group, held = self._group(values[maybe], self.article(places[maybe]))
        often: Ints = places[maybe[held[group] >= least]]
        return often

    def _kept(self, book: Book, asks: Mapping[int, Ask]) -> dict[int, Marks]:
        """Mark the phrases that one outlet at least has mostly at an edge, or as a habit.

        Of each length; shape (2, phrases), the beginning first.
        """
        kept, whole = {}, slice(0, len(self.ids))
        for length, phrases in book.phrases.items():
            n_outlets, ask = len(self.articles), asks[length]
            if len(phrases.values) * n_outlets > MOST_PAIRS:
                kept[length] = np.ones((2, len(phrases.values)), bool)
                continue
            total, head, tail = np.zeros((3, len(phrases.values) * n_outlets), np.int64)
            for places, slot, article in self._recognised(phrases, length, whole):
                pair = slot.astype(np.int64) * n_outlets + self.outlet_at[article]
                np.add.at(total, pair, 1)
                for there, is_tail in ((head, False), (tail, True)):
                    edge = self._is_at_edge(places, article, length, tail=is_tail)
                    np.add.at(there, pair[edge], 1)
            often, habit = np.tile(self._least(ask), (len(phrases.values), 1)).T
            mostly = np.stack([head, tail]) / np.maximum(total, 1) >= ask.at_edge
            enough = (mostly & (total > 0) & (total >= often)) | (total >= habit)
            kept[length] = np.asarray(enough.reshape(2, -1, n_outlets).any(axis=2))
        return kept

    def _least(self, ask: Ask) -> NDArray[np.float64]:
        """Give how often each outlet must have a phrase, at an edge or as a habit."""
        often = np.maximum(ask.least, ask.share * self.articles)
        habit = np.maximum(HABIT_ARTICLES, HABIT_SHARE * self.articles) if ask.habits else np.inf
        return np.stack(np.broadcast_arrays(often, habit), axis=1)

    def _recognise(self, book: Book, portion: slice) -> dict[int, Found]:
        """Find the phrases of each length in a portion of the words."""
        found = {}
        for length, phrases in book.phrases.items():
            parts = zip(*self._recognised(phrases, length, portion), strict=True)
            found[length] = Found(*(np.concatenate(part) for part in parts))
        return found

    def _recognised(self, phrases: Phrases, length: int, portion: slice) -> Iterator[Found]:
        """Find phrases some words at a time: the numbers of all are larger than the texts."""
        for start in range(portion.start, max(portion.start + 1, portion.stop), WORDS_AT_ONCE):
            stop = min(start + WORDS_AT_ONCE, portion.stop - length + 1)
            found, slot = phrases.find(self._hashes(slice(start, stop), length))
            places = (found + start).astype(self.place)
            article = self.article(places)
            whole = self.pointer[article + 1] - places >= length
            yield Found(places[whole], slot[whole], article[whole])

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
