"""Lines that come back: across an outlet's articles, and within one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


Prose = Callable[[int], float]


@dataclass(frozen=True)
class Repeats:
    """In how many articles of one outlet each line stands that more than one of them has."""

    articles: int
    counts: Counter[str]

    def is_repeated(self, key: str) -> bool:
        """Tell whether a line stands in at least three articles that differ otherwise."""
        return self.counts[key] >= ENOUGH_ARTICLES

    def is_habit(self, key: str) -> bool:
        """Tell whether even a full sentence is the outlet's, not an article's."""
        return self.counts[key] >= max(HABIT_ARTICLES, HABIT_SHARE * self.articles)


def count_repeats(articles: Sequence[tuple[Sequence[str], Prose]]) -> Repeats:
    """Count the lines of one outlet's articles.

    Articles whose prose is mostly in other articles as well are editions or updates of one text:
    what they share is no furniture, so they do not count.

    Parameters
    ----------
    articles
        For each article the `line_key` of its lines, and what gives the words of prose of the
        line with a number; only articles that share lines are asked.
    """
    first = Counter(key for keys, _ in articles for key in set(keys))
    counts: Counter[str] = Counter()
    for keys, prose in articles:
        shared = {key for key in keys if first[key] > 1}
        if shared and not _is_own(keys, prose, shared):
            continue
        counts.update(shared)
    return Repeats(len(articles), counts)


def _is_own(keys: Sequence[str], prose: Prose, shared: set[str]) -> bool:
    words = [prose(number) for number in range(len(keys))]
    own = sum(n for key, n in zip(keys, words, strict=True) if key not in shared)
    return own >= OWN_SHARE * sum(words)


def repeated_paragraphs(lines: Sequence[str]) -> dict[int, str]:
    """Find sentences that an article gives twice, as behind a paywall teaser; the first stays.

    What comes back more often, or asks a question, is a refrain of the article. A teaser that
    breaks off goes, and the whole paragraph that begins like it stays.
    """
    keys = [" ".join(line.casefold().split()) for line in lines]
    times = Counter(keys)
    if len(times) == len(keys) and not any(ELLIPSIS.search(k[-ELLIPSIS_LETTERS:]) for k in keys):
        return {}
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
