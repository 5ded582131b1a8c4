"""Phrases that come back, by compiled code: the same as `Corpus` finds, in far less time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.corpus import phrase_kernels as kernels
from analysis.corpus.numbered_words import Ids
from analysis.corpus.phrase_places import Ask, Found
from analysis.corpus.phrase_table import Book, Ints, Phrases
from analysis.corpus.shared_phrases import WORDS_AT_ONCE, Corpus, Marks


class CompiledCorpus(Corpus):
    """The words of all texts in one row, outlet by outlet, for counting in compiled code."""

    def __init__(self, texts: Sequence[Ids], outlets: Sequence[str]) -> None:
        super().__init__(texts, outlets)
        self.texts = kernels.Texts(self.ids, self.pointer, self.edge, self.outlet_at)

    def _often(self, outlet: int, ask: Ask, *, least: float) -> Ints:
        """Give where phrases begin for the first time."""
        first, end = self.bounds[outlet : outlet + 2].tolist()
        places = np.empty(int(self.edge[first:end].sum()), np.int64)
        n = kernels.often_at_edge(
            self.texts, (first, end), ask.length, ask.tail, float(least), places
        )
        return places[:n]

    def _kept(self, book: Book, asks: Mapping[int, Ask]) -> dict[int, Marks]:
        lengths = sorted(book.phrases)
        if not lengths:
            return {}
        at_edge = np.array([asks[length].at_edge for length in lengths], float)
        least = np.array([self._least(asks[length]) for length in lengths])
        kept = np.zeros((2, len(book.bound.values)), bool)
        kernels.keep_phrases(self.texts, book.bound, at_edge, least, kept)
        begins = np.cumsum([len(book.phrases[length].values) for length in lengths])[:-1]
        return dict(zip(lengths, np.split(kept, begins, axis=1), strict=True))

    def _recognise(self, book: Book, portion: slice) -> dict[int, Found]:
        lengths = sorted(book.phrases)
        if not lengths:
            return {}
        sizes = np.zeros(len(lengths), np.int64)
        room = kernels.Found(sizes, *np.empty((3, len(lengths), WORDS_AT_ONCE), np.int64))
        parts = []
        for start in range(portion.start, max(portion.start + 1, portion.stop), WORDS_AT_ONCE):
            stretch = start, min(start + WORDS_AT_ONCE, portion.stop)
            kernels.recognise_phrases(self.texts, stretch, book.bound, room)
            parts.append([self._found(room, *size) for size in enumerate(sizes.tolist())])
        return {
            length: Found(*map(np.concatenate, zip(*some, strict=True)))
            for length, some in zip(lengths, zip(*parts, strict=True), strict=True)
        }

    def _found(self, room: kernels.Found, length: int, size: int) -> Found:
        places, slots, articles = (column[length, :size] for column in room[1:])
        return Found(places.astype(self.place), slots.copy(), articles.copy())

    def _pairs(self, slot: Ints, article: Ints, n_phrases: int) -> tuple[Ints, Ints]:
        group, held = np.empty((2, len(slot)), np.int64)
        n_groups = kernels.group_pairs(slot, article, self.outlet_at, n_phrases, group, held)
        return group, held[:n_groups].copy()


def bind(book: Mapping[int, Phrases]) -> kernels.Book:
    """Put the phrases of all lengths one behind the other."""
    lengths = sorted(book)
    columns = [(book[n].values, book[n].first, book[n].bits) for n in lengths]
    begins = [np.cumsum([0, *map(len, column)])[:-1] for column in zip(*columns, strict=True)]
    shifts = [int(book[n].shift) for n in lengths]
    return kernels.Book(
        np.column_stack([lengths, *begins, shifts]).astype(np.int64),
        *map(np.concatenate, zip(*columns, strict=True)),
    )
