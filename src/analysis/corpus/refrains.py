"""Furniture in the running text: what an outlet puts ahead of its articles and behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.closing import closing_spans
from analysis.corpus.draft import Cut, Draft, PerText
from analysis.corpus.edges import ADDRESS, Edge
from analysis.corpus.furniture import LineFeatures
from analysis.corpus.interruptions import Interruptions
from analysis.corpus.labels import Labels
from analysis.corpus.numbered_words import Vocabulary, Words
from analysis.corpus.repeats import HABIT_ARTICLES, HABIT_SHARE
from analysis.corpus.shared_phrases import Corpus, Ints, Marks, Spread

ENOUGH = 3
EXCLUSIVE = 5  # times more frequent than in the other outlets
CUED = 0.3
STEADY_SHARE = 0.02


@dataclass(frozen=True)
class Rule:
    """How often a phrase of some length must stand at an edge to be taken for furniture."""

    words: int
    articles: int
    share: float
    at_edge: float
    exclusive: bool


# The shorter the phrase, the more often it must come back.
RULES = (
    Rule(1, 5, 0.15, 0.8, exclusive=False),
    Rule(2, 5, 0.10, 0.8, exclusive=False),
    Rule(3, 5, 0.04, 0.8, exclusive=False),
    Rule(5, ENOUGH, 0.01, 0.85, exclusive=True),
)


class Refrains:
    """Finds refrains; keeps the words of texts that have not changed since the last time."""

    def __init__(self, features: LineFeatures) -> None:
        self.features = features
        self.columns = [features.names.index(name) for name in ("cued", "reader", "quotation")]
        vocabulary = Vocabulary()
        self.read = PerText(lambda draft: vocabulary.read(draft.text))
        self.find_labels = Labels().find
        self.find_interruptions = Interruptions(features).find

    def find(self, drafts: Sequence[Draft]) -> list[tuple[Draft, list[Cut]]]:
        """Find stretches that recur across the articles of an outlet and are no part of them.

        Parameters
        ----------
        drafts
            All the articles; the outlets are told apart by name, and those without one left alone.

        Returns
        -------
        list of tuple
            The drafts that hold any, each with its cuts in ascending order.

        Notes
        -----
        Phrases of two, three and five words that stand in a share of an outlet's articles, and
        there nearly always at the end (or the beginning), make up a template. From its first part
        to the end of the text all goes, if little stands between the parts and it begins where a
        sentence does. A full statement needs to be a habit of the outlet's, or to name the outlet,
        give an address or speak to the reader: the background of a running story comes back too.
        """
        drafts = [draft for draft in drafts if draft.outlet and draft.text.strip()]
        if not drafts:
            return []
        texts = [self.read(draft) for draft in drafts]
        corpus = Corpus(texts, [draft.outlet for draft in drafts])
        cuts: dict[int, list[Cut]] = self.find_labels(drafts)
        for number, found in self.find_interruptions(drafts).items():
            cuts.setdefault(number, []).extend(found)
        templates = _templates(corpus)
        for tail in (True, False):
            template = [dict(corpus.split(marks)) for marks in templates[tail]]
            for number, edge in self._edges(drafts, texts, template, tail=tail):
                found = [*edge.tail(), *edge.inner()] if tail else edge.head()
                cuts.setdefault(number, []).extend(found)
        return [
            (drafts[number], _apart(drafts[number].text, cuts[number]))
            for number in sorted(cuts)
            if cuts[number]
        ]

    def _edges(
        self,
        drafts: Sequence[Draft],
        texts: Sequence[Words],
        template: Sequence[dict[int, Marks]],
        *,
        tail: bool,
    ) -> Iterator[tuple[int, Edge]]:
        """Give the edge of each text that may have a template there, with the text's number."""
        marked, habitual, steady, common = template
        closing = closing_spans(drafts) if tail else {}
        for number in sorted({*marked, *common, *closing}):
            draft, words = drafts[number], texts[number]
            none = np.zeros(len(words.ids), bool)
            credit = _words_within(words, closing.get(number))
            sure = credit | habitual.get(number, none)
            first = int(np.argmax(credit)) if credit.any() else -1
            telling = partial(self._is_telling, outlet=draft.outlet)
            marks = marked.get(number, none) | sure
            often = steady.get(number, none)
            bars = common.get(number, none)
            yield number, Edge(draft.text, words, marks, sure, often, telling, bars, first)

    def _is_telling(self, text: str, *, outlet: str) -> bool:
        """Tell whether a stretch names its outlet, gives an address or speaks to the reader."""
        if outlet.casefold() in text.casefold() or ADDRESS.search(text):
            return True
        cued, reader, quotation = self.features.read(text)[self.columns]
        return bool(cued >= CUED or (reader and not quotation))


def _templates(corpus: Corpus) -> dict[bool, NDArray[np.bool_]]:
    """Mark the words of phrases that an outlet has at the end of its articles, or else ahead.

    In four rows: all of them, habits, those frequent enough, and habits wherever they stand.
    """
    templates = {tail: np.zeros((4, len(corpus.ids)), bool) for tail in (True, False)}
    for rule in RULES:
        # Habits are looked for wherever they stand.
        floor = 0.0 if rule.exclusive else rule.at_edge
        for tail, marks in templates.items():
            found = corpus.spread(rule.words, tail=tail, least=rule.articles, at_edge=floor)
            _mark(marks, rule, *found)
    return templates


def _mark(marks: NDArray[np.bool_], rule: Rule, places: Ints, group: Ints, spread: Spread) -> None:
    """Mark the words of the phrases that a rule takes for an outlet's."""
    at_edge = spread.at_edge >= rule.at_edge
    exclusive = spread.share >= EXCLUSIVE * spread.share_elsewhere
    often = (spread.articles >= rule.articles) & (spread.share >= rule.share)
    habit = (spread.share >= HABIT_SHARE) & (spread.articles >= HABIT_ARTICLES)
    steady = (spread.share >= STEADY_SHARE) & (spread.articles >= HABIT_ARTICLES)
    good = often & at_edge & (exclusive | (not rule.exclusive))
    common = habit & exclusive & rule.exclusive
    for row, chosen in zip(marks, (good, good & habit, good & steady, common), strict=True):
        starts = places[chosen[group]]
        for step in range(rule.words):
            row[starts + step] = True


def _words_within(words: Words, span: tuple[int, int] | None) -> Marks:
    if span is None:
        return np.zeros(len(words.ids), bool)
    return np.array([span[0] <= start and end <= span[1] for start, end in words.spans], bool)


def _apart(text: str, cuts: Sequence[Cut]) -> list[Cut]:
    """Sort the cuts, drop those that overlap an earlier one, and leave no space at the end."""
    kept: list[Cut] = []
    for cut in sorted(cuts):
        if not kept or cut.start >= kept[-1].end:
            start = len(text[: cut.start].rstrip()) if cut.end == len(text) else cut.start
            kept.append(cut._replace(start=max(start, kept[-1].end if kept else 0)))
    return kept
