"""Where the forms of a lexicon stand among the tokens of a corpus."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.text.by_term import sorted_places
from analysis.text.tokens import Tokens

Array = NDArray[Any]

SPECIAL = re.compile(r"[*(]")
BREAK = re.compile(r"[,;:!?\n]|\.\s|\s\w(?=\s)")  # no name goes across one of these, or "a"
LETTER_AND_STOP = re.compile(r"\b\w\.\s?")


class Finder:
    """Finds the places of some forms; for all of them together the tokens are read once."""

    def __init__(self, tokens: Tokens, forms: Iterable[str]) -> None:
        self.tokens = tokens
        self._words = {
            form: [ids_of_word(tokens.terms, word) for word in words_of(form)]
            for form in dict.fromkeys(forms)
        }
        self._last = -1, ""  # row and text of an article

    @cached_property
    def _pointer(self) -> list[int]:
        pointer: list[int] = self.tokens.pointer.tolist()
        return pointer

    @cached_property
    def _texts(self) -> Any:  # noqa: ANN401, pandas' own array
        return self.tokens.articles["text"].array

    @cached_property
    def _by_term(self) -> tuple[Array, Array]:
        """Give the places of the terms with which a form begins, by term, and their terms."""
        begins = np.zeros(len(self.tokens.terms) + 1, dtype=bool)  # the last is for the id -1
        for words in self._words.values():
            if words:
                begins[words[0]] = True
        return sorted_places(self.tokens.ids, begins)

    def find(self, form: str) -> tuple[Array, int]:
        """Give the first tokens of a form's places, and how many tokens it has."""
        words = self._words[form]
        if not words or not all(len(ids) for ids in words):
            return np.zeros(0, dtype=np.int64), max(len(words), 1)
        first = self._places(words[0])
        ends = self.tokens.pointer[self.rows(first) + 1]
        for step, ids in enumerate(words[1:], 1):
            inside = first + step < ends
            first, ends = first[inside], ends[inside]
            same = np.isin(self.tokens.ids[first + step], ids)
            first, ends = first[same], ends[same]
        if len(words) > 1:
            first = first[[self._unbroken(place, len(words)) for place in first.tolist()]]
        return first, len(words)

    def rows(self, places: Array) -> Array:
        """Give the article's row of each place."""
        return np.searchsorted(self.tokens.pointer, places, side="right") - 1

    def spelled(self, place: int, length: int) -> str:
        """Give the text at a place, as it stands there."""
        row = bisect_right(self._pointer, place) - 1
        start, end = self.tokens.starts[place], self.tokens.ends[place + length - 1]
        if row != self._last[0]:  # places come article by article
            self._last = row, self._texts[row]
        return self._last[1][start:end]

    def _places(self, ids: Array) -> Array:
        order, sorted_ids = self._by_term
        ids = ids.astype(sorted_ids.dtype)  # else all of the sorted ones are converted
        low = np.searchsorted(sorted_ids, ids, side="left")
        high = np.searchsorted(sorted_ids, ids, side="right")
        parts = [order[start:stop] for start, stop in zip(low, high, strict=True)]
        return np.sort(np.concatenate(parts)) if parts else np.zeros(0, np.int64)

    def _unbroken(self, place: int, length: int) -> bool:
        return not BREAK.search(LETTER_AND_STOP.sub("", self.spelled(place, length)))


def words_of(form: str) -> list[str]:
    """Split a form into the patterns of its tokens; letters that stand alone are no tokens."""
    words = re.sub(r"[^\w*()|\s]", " ", form).split()
    return [word for word in words if len(word) > 1]


def ids_of_word(terms: Array, word: str) -> Array:
    """Give the ids of the terms that a word's pattern matches."""
    word = word.lower()
    special = SPECIAL.search(word)
    prefix = word[: special.start()] if special else word
    low = int(np.searchsorted(terms, prefix))
    if special is None:
        found = low < len(terms) and terms[low] == word
        return np.array([low] if found else [], dtype=np.int64)
    high = int(np.searchsorted(terms, prefix + "\U0010ffff"))
    pattern = re.compile(pattern_of(word))
    matched = [place for place in range(low, high) if pattern.fullmatch(terms[place])]
    return np.array(matched, dtype=np.int64)


def pattern_of(word: str) -> str:
    """Write a word's pattern as a regular expression: ``*`` any letters, ``(a|b)`` a choice.

    A choice of one may be left out, of several if one is empty: ``militant(s)``, ``kill(|s|ed)``.
    """
    parts = re.findall(r"\*|\(([\w|*]+)\)|(\w+)", word)
    written = []
    for choice, plain in parts:
        if choice:
            options = [re.escape(option).replace(r"\*", r"\w*") for option in choice.split("|")]
            written.append(f"(?:{'|'.join(options)}){'?' if len(options) == 1 else ''}")
        else:
            written.append(re.escape(plain) if plain else r"\w*")
    return "".join(written)
