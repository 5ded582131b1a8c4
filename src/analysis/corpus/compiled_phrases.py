"""Phrases that come back, by compiled code: the same as `Corpus` finds, in far less time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.corpus.numbered_words import Ids
from analysis.corpus.phrase_kernels import (
    Found,
    Texts,
    Wanted,
    count_at_edge,
    group_pairs,
    often_at_edge,
    recognise_phrases,
)
from analysis.corpus.phrase_table import Ints, Phrases
from analysis.corpus.shared_phrases import Corpus, Longs


class CompiledCorpus(Corpus):
    """The words of all texts in one row, outlet by outlet, for counting in compiled code."""

    def __init__(self, texts: Sequence[Ids], outlets: Sequence[str]) -> None:
        super().__init__(texts, outlets)
        self.texts = Texts(self.ids, self.pointer, self.edge, self.outlet_at)

    def _often(self, outlet: int, length: int, *, tail: bool, least: float) -> Ints:
        """Give where phrases begin for the first time."""
        first, end = self.bounds[outlet : outlet + 2].tolist()
        places = np.empty(int(self.edge[first:end].sum()), np.int64)
        n = often_at_edge(self.texts, (first, end), length, tail, float(least), places)
        return places[:n]

    def _count_at_edge(self, phrases: Phrases, length: int, *, tail: bool) -> tuple[Longs, Longs]:
        total, there = np.zeros((2, len(phrases.values), len(self.articles)), np.int64)
        count_at_edge(self.texts, length, tail, _wanted(phrases), total, there)
        return total, there

    def _recognise_in(
        self, phrases: Phrases, length: int, stretch: tuple[int, int]
    ) -> tuple[Ints, Ints, Ints]:
        found = Found(*np.empty((3, max(0, stretch[1] - stretch[0])), np.int64))
        n = recognise_phrases(self.texts, stretch, length, _wanted(phrases), found)
        places, slots, articles = (room[:n] for room in found)
        return places.astype(self.place), slots.copy(), articles.copy()

    def _pairs(self, slot: Ints, article: Ints, n_phrases: int) -> tuple[Ints, Ints]:
        group, held = np.empty((2, len(slot)), np.int64)
        n_groups = group_pairs(slot, article, self.outlet_at, n_phrases, group, held)
        return group, held[:n_groups].copy()


def _wanted(phrases: Phrases) -> Wanted:
    return Wanted(phrases.values, phrases.first, phrases.bits, phrases.shift)
