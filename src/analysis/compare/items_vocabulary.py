"""All names in some articles, and which words are names there."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.compare.items_names import WORD, key_of, mentions_of, read_words
from analysis.text.name_words import read_name_words

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Mentions:
    """The names in some articles, article by article in order.

    Attributes
    ----------
    forms
        All ways in which names are written.
    row, form, start, end
        Of each mention: its article, how it is written (a place in `forms`), where it stands.
    first, located, titled
        As in ``Mention``.
    """

    forms: list[str]
    row: Ints
    form: Ints
    start: Ints
    end: Ints
    first: Mask
    located: Mask
    titled: Mask

    def take(self, kept: NDArray[Any] | slice) -> Mentions:
        """Keep some mentions, in the order given, or as a mask or a slice marks them."""
        arrays = {name: value[kept] for name, value in vars(self).items() if name != "forms"}
        return Mentions(self.forms, **arrays)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Which words are names in a corpus: how often each has a capital inside a sentence or none."""

    inside: Counter[str]
    small: Counter[str]

    def begins_only(self, pieces: list[str]) -> bool:
        """Say whether the first word of a name at the beginning of a sentence is no part of it.

        It is none if it is more often written without a capital; or if it never has one elsewhere,
        is no known first name, and the name goes without it elsewhere ("Ordinary Velmorans").
        """
        first, last = pieces[0], pieces[-1]
        alone = len(pieces) > 1 and not self.inside[first] and self.inside[last] > 0
        known = first in read_name_words().genders
        return self.small[first] > self.inside[first] or (alone and not known)

    def is_name(self, word: str) -> bool:
        """Say whether a folded word is more often written with a capital where none is needed."""
        return self.inside[word] > self.small[word]


def read_mentions(texts: Iterable[str]) -> tuple[Mentions, Vocabulary]:
    """Read all names, and count the words of those inside sentences and those without a capital."""
    numbers: dict[str, int] = {}
    words: Counter[str] = Counter()
    found = array("i")
    for row, text in enumerate(texts):
        words.update(WORD.findall(text))
        for form, start, end, *marks in mentions_of(text):
            found.extend((row, numbers.setdefault(form, len(numbers)), start, end, *marks))
    columns = np.array(found, dtype=np.int32).reshape(-1, 7).T
    row, form, start, end = np.ascontiguousarray(columns[:4])
    first, located, titled = columns[4:] > 0
    mentions = Mentions(list(numbers), row, form, start, end, first, located, titled)
    small = Counter({word: number for word, number in words.items() if word[0].islower()})
    return mentions, Vocabulary(count_inside(mentions), small)


def count_inside(mentions: Mentions) -> Counter[str]:
    """Count the words of all names inside sentences."""
    inside: Counter[str] = Counter()
    for first in (False, True):
        numbers = np.bincount(mentions.form[mentions.first == first], minlength=1).tolist()
        for form, number in zip(mentions.forms, numbers, strict=False):
            for word in key_of(form).split()[first:] if number else ():
                inside[word] += number
    return inside


def settle_all(mentions: Mentions, words: Vocabulary) -> tuple[list[str], Ints]:
    """Give all keys under which names are counted, and of each mention the place of its key."""
    pair, place = np.unique(mentions.form * np.int64(2) + mentions.first, return_inverse=True)
    numbers: dict[str, int] = {}
    codes = []
    for one in pair.tolist():
        key = settle(key_of(mentions.forms[one // 2]), one % 2 > 0, words)
        codes.append(numbers.setdefault(key, len(numbers)))
    return list(numbers), np.array(codes, dtype=np.int32)[place]


def settle(key: str, first: bool, words: Vocabulary) -> str:
    """Give the key under which a name is counted, "" if it is no name."""
    pieces = key.split()
    while first and pieces and words.begins_only(pieces):
        pieces = pieces[1:]  # a common word that begins a sentence
    if len(pieces) == 1 and (pieces[0] in read_words().common or not words.is_name(pieces[0])):
        return ""
    return place_of(" ".join(pieces), words)


def place_of(key: str, words: Vocabulary) -> str:
    """Give the place for its people: "syrian" and "syrians" are "syria" if that is a name."""
    same = read_words().same
    for form in (key, key.removesuffix("s")):
        if form in same:
            return same[form]
    ahead, _, last = key.rpartition(" ")
    for form in (last, last.removesuffix("s")):
        for end in ("n", "an", "ian", "ese", "i", "ish"):
            root = form.removesuffix(end)
            if (
                root != form
                and len(root) > 2
                and words.inside[root] >= max(words.inside[last] / 4, 1)
            ):
                return f"{ahead} {root}".strip()
    return key
