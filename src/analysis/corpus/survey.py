"""What a part of a corpus shows of what recurs, what it asks of the other parts, and their sums.

A part holds all articles of its outlets. Whether a phrase is an outlet's own depends on how many
articles of the other outlets have it: so what any part asks for is counted in each, and summed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from analysis.corpus.draft import Draft
from analysis.corpus.interruptions import Interrupting
from analysis.corpus.labels import Recurring
from analysis.corpus.shared_phrases import Corpus

OPENING = "opening"

Asked = dict[str, set[str]]


class Counted(NamedTuple):
    """How many articles there are, and how many have each key of a kind; parts are summed."""

    articles: int
    counts: dict[str, Counter[str]]


class Articles(NamedTuple):
    """Articles of known outlets, and the words of all in one row."""

    drafts: list[Draft]
    corpus: Corpus


@dataclass(frozen=True)
class Survey:
    """What the articles of whole outlets show of what recurs in them.

    Attributes
    ----------
    articles
        These articles.
    phrases
        The phrases that stand at an edge often enough, by edge and number of words.
    labels, interruptions
        What was found in the midst of the texts.
    """

    articles: Articles
    phrases: dict[str, set[str]]
    labels: dict[str, Recurring]
    interruptions: Interrupting

    @property
    def asked(self) -> Asked:
        """What has to be known of all the other outlets' articles as well, by its kind."""
        asked = {kind: found.asked for kind, found in self.labels.items()}
        return {**self.phrases, **asked, OPENING: self.interruptions.asked}


def join_asked(parts: Iterable[Asked]) -> Asked:
    """Join what parts of a corpus ask for."""
    joined: Asked = defaultdict(set)
    for asked in parts:
        for kind, keys in asked.items():
            joined[kind] |= keys
    return dict(joined)


def sum_counted(parts: Iterable[Counted]) -> Counted:
    """Sum the counts of the parts of a corpus."""
    return reduce(_add, parts)


def _add(one: Counted, other: Counted) -> Counted:
    counts = {kind: one.counts[kind] + other.counts[kind] for kind in one.counts}
    return Counted(one.articles + other.articles, counts)
