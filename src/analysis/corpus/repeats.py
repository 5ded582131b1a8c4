"""Lines that come back: across an outlet's articles, and within one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DIGITS = re.compile(r"\d+")
ASCII_DIGIT = re.compile("[0-9]")
ENOUGH_ARTICLES = 3
# Sentences may be quoted in many articles, so they need to be an outlet's habit.
HABIT_ARTICLES, HABIT_SHARE = 5, 0.2
OWN_SHARE = 0.5
PARAGRAPH_WORDS = 10
STATEMENT_END = re.compile(r"[.!。][\"'”’»)\]]*$")
ELLIPSIS_LETTERS = 6
ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…|\[\.\.\.\]|\[…\])$")


def line_key(line: str) -> str:
    """Give what two lines share that differ in case, spacing or numbers only."""
    key = line.casefold()
    if "  " in key or not key.isprintable():
        key = " ".join(key.split())
    key = key.strip()
    if key.isascii() and not ASCII_DIGIT.search(key):
        return key
    return DIGITS.sub("0", key)


Keys = NDArray[np.int64]


@dataclass(frozen=True)
class Repeats:
    """In how many articles of one outlet each line stands that more than one of them has.

    Attributes
    ----------
    articles
        How many articles there are.
    keys, counts
        The lines by their numbers, in ascending order, and in how many articles each stands.
    """

    articles: int
    keys: Keys
    counts: NDArray[np.int64]

    def count(self, keys: Keys) -> NDArray[np.int64]:
        """Give for each line in how many articles it stands, 0 for one of a single article."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.counts[place], 0)

    @property
    def habit(self) -> float:
        """The articles in which even a full sentence is the outlet's, not an article's."""
        return max(HABIT_ARTICLES, HABIT_SHARE * self.articles)


def count_repeats(articles: Sequence[Keys], prose: Callable[[int], NDArray[np.float32]]) -> Repeats:
    """Count the lines of one outlet's articles.

    Articles whose prose is mostly in other articles as well are editions or updates of one text:
    what they share is no furniture, so they do not count.

    Parameters
    ----------
    articles
        For each article the numbers of its lines, as in `Layout.keys`.
    prose
        Gives the words of prose of each line of the article with a number; only articles that
        share lines are asked.
    """
    distinct = [np.unique(keys) for keys in articles]
    every = np.concatenate([np.zeros(0, np.int64), *distinct])
    known, kind, times = np.unique(every, return_inverse=True, return_counts=True)
    owner = np.repeat(np.arange(len(articles)), [len(keys) for keys in distinct])
    everywhere = Repeats(len(articles), known[times > 1], times[times > 1])
    foreign = [
        number
        for number in np.unique(owner[times[kind] > 1]).tolist()
        if not _is_own(everywhere.count(articles[number]) > 0, prose(number))
    ]
    own = ~np.isin(owner, foreign) & (times[kind] > 1)
    held = np.bincount(kind[own], minlength=len(known))
    return Repeats(len(articles), known[held > 0], held[held > 0])


def _is_own(shared: NDArray[np.bool_], words: NDArray[np.float32]) -> bool:
    return bool(sum(words[~shared].tolist()) >= OWN_SHARE * sum(words.tolist()))


def repeated_paragraphs(lines: Sequence[str], numbers: Keys) -> dict[int, str]:
    """Find sentences that an article gives twice, as behind a paywall teaser; the first stays.

    What comes back more often, or asks a question, is a refrain of the article. A teaser that
    breaks off goes, and the whole paragraph that begins like it stays.

    Parameters
    ----------
    lines, numbers
        The lines of the article, and a number for each, as in `Layout.keys`.
    """
    broken = any(line.endswith(("...", "…", "]")) for line in lines)
    if not broken and len(set(numbers.tolist())) == len(lines):
        return {}
    keys = [" ".join(line.casefold().split()) for line in lines]
    times = Counter(keys)
    found: dict[int, str] = {}
    seen: set[str] = set()
    openings: dict[str, list[tuple[int, str]]] = {}
    for number, key in enumerate(keys):
        if key.count(" ") + 1 < PARAGRAPH_WORDS:
            continue
        for teaser, beginning in openings.get(key[:30], ()):
            if key.startswith(beginning):
                found[teaser] = "teaser of a paragraph"
        if ELLIPSIS.search(key[-ELLIPSIS_LETTERS:]):
            openings.setdefault(key[:30], []).append((number, ELLIPSIS.sub("", key)))
        elif key in seen and times[key] == 2 and STATEMENT_END.search(key):
            found[number] = "repeated paragraph"
        seen.add(key)
    return found
