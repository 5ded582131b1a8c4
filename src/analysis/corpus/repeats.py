"""Lines that come back: across an outlet's articles, and within one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

DIGITS = re.compile(r"\d+")
ENOUGH_ARTICLES = 3
# Sentences may be quoted in many articles, so they need to be an outlet's habit.
HABIT_ARTICLES, HABIT_SHARE = 5, 0.2
OWN_SHARE = 0.5
PARAGRAPH_WORDS = 10
STATEMENT_END = re.compile(r"[.!。][\"'”’»)\]]*$")
ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…|\[\.\.\.\]|\[…\])$")


def line_key(line: str) -> str:
    """Give what two lines share that differ in case, spacing or numbers only."""
    return DIGITS.sub("0", " ".join(line.casefold().split()))


@dataclass(frozen=True)
class Repeats:
    """In how many articles of one outlet each line stands."""

    articles: int
    counts: Counter[str]

    def is_repeated(self, key: str) -> bool:
        """Tell whether a line stands in at least three articles that differ otherwise."""
        return self.counts[key] >= ENOUGH_ARTICLES

    def is_habit(self, key: str) -> bool:
        """Tell whether even a full sentence is the outlet's, not an article's."""
        return self.counts[key] >= max(HABIT_ARTICLES, HABIT_SHARE * self.articles)


def count_repeats(articles: Sequence[Sequence[tuple[str, float]]]) -> Repeats:
    """Count the lines of one outlet's articles.

    Articles whose prose is mostly in other articles as well are editions or updates of one text:
    what they share is no furniture, so they do not count.

    Parameters
    ----------
    articles
        For each article its lines: `line_key`, and words of prose.
    """
    first = Counter(key for lines in articles for key in {key for key, _ in lines})
    counts: Counter[str] = Counter()
    for lines in articles:
        total = sum(words for _, words in lines)
        own = sum(words for key, words in lines if first[key] == 1)
        if own >= OWN_SHARE * total:
            counts.update({key for key, _ in lines})
    return Repeats(len(articles), counts)


def repeated_paragraphs(lines: Sequence[str]) -> dict[int, str]:
    """Find sentences that an article gives twice, as behind a paywall teaser; the first stays.

    What comes back more often, or asks a question, is a refrain of the article. A teaser that
    breaks off goes, and the whole paragraph that begins like it stays.
    """
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
        if ELLIPSIS.search(key):
            openings.setdefault(key[:30], []).append((number, ELLIPSIS.sub("", key)))
        elif key in seen and times[key] == 2 and STATEMENT_END.search(key):
            found[number] = "repeated paragraph"
        seen.add(key)
    return found
