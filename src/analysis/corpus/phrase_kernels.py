"""Compiled: where phrases stand in texts, how often, and in how many articles.

Imported only for large corpora, because importing numba takes longer than reading a small one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.corpus.phrase_table import ODD, SHIFT, Hashes

Ids = NDArray[np.int32]
Longs = NDArray[np.int64]
Marks = NDArray[np.bool_]
Least = NDArray[np.float64]

ONE, EIGHTH, WITHIN = np.uint64(1), np.uint64(3), np.uint64(7)


class Book(NamedTuple):
    """Phrases of several lengths to be found, one behind the other; of each as in `Phrases`.

    Attributes
    ----------
    about
        For each length in ascending order: the words, where its values, first ones and bits begin,
        and its shift; shape (lengths, 5).
    values, first, bits
        Of all lengths.
    """

    about: Longs
    values: Hashes
    first: Ids
    bits: NDArray[np.uint8]


class Found(NamedTuple):
    """Room for what is found: how many of each length, and where, which phrase, which article.

    Shapes (lengths,), and (lengths, finds) of the others.
    """

    sizes: Longs
    places: Longs
    slots: Longs
    articles: Longs


class Texts(NamedTuple):
    """The words of all articles, outlet by outlet, as in `Corpus`."""

    ids: Ids
    pointer: Longs
    edge: Longs
    outlets: Longs


@compiled
def with_word(value: Any, word: Any) -> Any:  # noqa: ANN401, plain numbers once compiled
    """Take one more word into the number of a phrase, as `hash_phrases`."""
    value = (value ^ np.uint64(word)) * ODD
    return value ^ (value >> SHIFT)


@compiled
def slot_of(value: Any, values: Hashes, slot: int, end: int) -> int:  # noqa: ANN401
    """Give the number of a phrase among some of those that are wanted, -1 if it is none."""
    while slot < end and values[slot] < value:
        slot += 1
    return slot if slot < end and values[slot] == value else -1


@compiled
def recognise_phrases(texts: Texts, stretch: tuple[int, int], book: Book, found: Found) -> None:
    """Find phrases that begin in a stretch of the words.

    Parameters
    ----------
    texts
        The words.
    stretch
        The first word, and that behind the last.
    book
        The phrases.
    found
        Here they are put, in the order of their places; with room for one at each.
    """
    # Arrays of their own: the whole of a tuple would be handed on for every word.
    ids, pointer = texts.ids, texts.pointer
    about, values, first, some = book
    sizes, places, slots, articles = found
    sizes[:] = 0
    article = np.searchsorted(pointer, stretch[0], side="right") - 1
    while article + 1 < len(pointer) and pointer[article] < stretch[1]:
        end = pointer[article + 1]
        for place in range(max(stretch[0], pointer[article]), min(stretch[1], end)):
            value, size = np.uint64(0), 0
            for length in range(len(about)):
                if place + about[length, 0] > end:
                    break
                while size < about[length, 0]:
                    value = with_word(value, ids[place + size])
                    size += 1
                bits = value >> np.uint64(about[length, 4])
                if not some[about[length, 3] + np.int64(bits >> EIGHTH)] >> (bits & WITHIN) & 1:
                    continue
                own = about[length, 2] + np.int64(bits)
                before = about[length, 1]
                slot = slot_of(value, values, before + first[own], before + first[own + 1])
                if slot >= 0:
                    n = sizes[length]
                    places[length, n], slots[length, n] = place, slot - before
                    articles[length, n] = article
                    sizes[length] += 1
        article += 1


@compiled
def keep_phrases(
    texts: Texts, book: Book, at_edge: NDArray[np.float64], least: Least, kept: Marks
) -> None:
    """Mark the phrases that one outlet at least has mostly at an edge, or as a habit.

    Parameters
    ----------
    texts, book
        As for `recognise_phrases`.
    at_edge
        For each length the share at the edge.
    least
        How often each outlet must have a phrase of each length, at an edge or as a habit; shape
        (lengths, outlets, 2).
    kept
        Here phrases are marked; shape (2, phrases), the beginning first.
    """
    ids, pointer, edge, outlets = texts
    about, values, first, some = book
    # The look-up is written out, as above: a helper with these arrays takes twice as long.
    # One outlet's articles stand together, so that each phrase is counted in one at a time.
    latest, counts = np.full(len(values), -1, np.int64), np.zeros((len(values), 3), np.int64)
    of_length = np.zeros(len(values), np.int64)
    for article in range(len(edge)):
        outlet, reach = outlets[article], edge[article]
        begin, end = pointer[article], pointer[article + 1]
        for place in range(begin, end):
            value, size = np.uint64(0), 0
            for length in range(len(about)):
                if place + about[length, 0] > end:
                    break
                while size < about[length, 0]:
                    value = with_word(value, ids[place + size])
                    size += 1
                bits = value >> np.uint64(about[length, 4])
                if not some[about[length, 3] + np.int64(bits >> EIGHTH)] >> (bits & WITHIN) & 1:
                    continue
                own = about[length, 2] + np.int64(bits)
                before = about[length, 1]
                slot = slot_of(value, values, before + first[own], before + first[own + 1])
                if slot >= 0:
                    if latest[slot] != outlet:
                        judge(slot, latest, counts, at_edge[length], least[length], kept)
                        latest[slot], of_length[slot], counts[slot] = outlet, length, 0
                    counts[slot, 0] += 1
                    counts[slot, 1] += place - begin + size - 1 < reach
                    counts[slot, 2] += end - 1 - place < reach
    for slot in range(len(values)):
        length = of_length[slot]
        judge(slot, latest, counts, at_edge[length], least[length], kept)


@compiled
def judge(
    slot: int,
    latest: Longs,
    counts: Longs,
    at_edge: float,
    least: NDArray[np.float64],
    kept: Marks,
) -> None:
    """Mark a phrase if what the outlet has of it that was counted last is enough."""
    if latest[slot] < 0:
        return
    total, outlet = counts[slot, 0], latest[slot]
    often, habit = total >= least[outlet, 0], total >= least[outlet, 1]
    for there in range(2):
        if habit or (often and counts[slot, there + 1] / total >= at_edge):
            kept[there, slot] = True


@compiled
def often_at_edge(
    texts: Texts, articles: tuple[int, int], length: int, tail: bool, least: float, places: Longs
) -> int:
    """Find the phrases that stand at the edge of enough articles, and give how many.

    Parameters
    ----------
    texts, length, tail
        The words, how many a phrase has, and whether the edge is the end, else the beginning.
    articles
        The first article, and that behind the last.
    least
        Articles.
    places
        Here the first place of each is put; with room for all words at these edges.
    """
    ids, pointer, edge, _ = texts
    size = 16
    while size < 2 * len(places):
        size *= 2
    values, last = np.zeros(size, np.uint64), np.uint64(size - 1)
    held, latest = np.zeros(size, np.int32), np.zeros(size, np.int32)
    firsts = np.zeros(size, np.int64)
    for article in range(articles[0], articles[1]):
        start = pointer[article + 1] - edge[article] if tail else pointer[article]
        for place in range(start, start + edge[article] - length + 1):
            value = np.uint64(0)
            for step in range(length):
                value = with_word(value, ids[place + step])
            slot = value & last
            while held[slot] and values[slot] != value:
                slot = (slot + ONE) & last
            if not held[slot]:
                values[slot], firsts[slot] = value, place
            if not held[slot] or latest[slot] != article:
                held[slot] += 1
                latest[slot] = article
    n_found = 0
    for known in range(size):
        if held[known] and held[known] >= least:
            places[n_found] = firsts[known]
            n_found += 1
    return n_found


@compiled
def group_pairs(
    slots: Longs, articles: Longs, outlets: Longs, n_phrases: int, groups: Longs, held: Longs
) -> int:
    """Give how many pairs of phrase and outlet there are, their numbers, and their articles.

    Parameters
    ----------
    slots, articles
        The phrase and the article of each find; articles in ascending order.
    outlets
        Of each article; those of one outlet stand together.
    n_phrases
        How many phrases there are.
    groups, held
        Here the number of the pair of each find is put, and the articles of each pair.
    """
    group: Any = np.full(n_phrases, -1, np.int64)
    last = np.full(n_phrases, -1, np.int64)
    n_groups = 0
    for find in range(len(slots)):
        slot, article = slots[find], articles[find]
        if last[slot] < 0 or outlets[last[slot]] != outlets[article]:
            group[slot] = n_groups
            held[n_groups] = 0
            n_groups += 1
            last[slot] = -1
        if last[slot] != article:
            held[group[slot]] += 1
            last[slot] = article
        groups[find] = group[slot]
    return n_groups
