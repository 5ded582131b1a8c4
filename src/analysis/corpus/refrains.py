"""Furniture in the running text: what an outlet puts ahead of its articles and behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.closing import closing_spans
from analysis.corpus.draft import Cut, Draft, PerText
from analysis.corpus.edges import ADDRESS, Edge
from analysis.corpus.furniture import LineFeatures
from analysis.corpus.interruptions import Interruptions, count_texts
from analysis.corpus.labels import Labels
from analysis.corpus.numbered_words import Vocabulary, Words
from analysis.corpus.phrase_table import Hashes, hash_phrases
from analysis.corpus.repeats import HABIT_ARTICLES, HABIT_SHARE
from analysis.corpus.shared_phrases import Corpus, Located, Marks, Spread
from analysis.corpus.survey import OPENING, Articles, Asked, Counted, Survey

ENOUGH = 3
EXCLUSIVE = 5  # times more frequent than in the other outlets
CUED = 0.3
STEADY_SHARE = 0.02
REASON = "repeated across the outlet"


@dataclass(frozen=True)
class Rule:
    """How often a phrase of some length must stand at an edge to be taken for furniture."""

    words: int
    articles: int
    share: float
    at_edge: float
    exclusive: bool

    @property
    def least_at_edge(self) -> float:
        """Share at the edge from which a phrase is looked at; habits are, wherever they stand."""
        return 0.0 if self.exclusive else self.at_edge

    def kind(self, *, tail: bool) -> str:
        """Name the phrases that the rule looks for at one edge."""
        return f"{self.words} words at the {'end' if tail else 'beginning'}"


# The shorter the phrase, the more often it must come back.
RULES = (
    Rule(1, 5, 0.15, 0.8, exclusive=False),
    Rule(2, 5, 0.10, 0.8, exclusive=False),
    Rule(3, 5, 0.04, 0.8, exclusive=False),
    Rule(5, ENOUGH, 0.01, 0.85, exclusive=True),
)


class Refrains:
    """Finds refrains; keeps the words of texts that have not changed since the last time.

    The outlets may be surveyed in several parts, of whole outlets each (see ``survey``).
    """

    def __init__(self, features: LineFeatures) -> None:
        self.features = features
        self.columns = [features.names.index(name) for name in ("cued", "reader", "quotation")]
        self.vocabulary = Vocabulary()
        self.read = PerText(lambda draft: self.vocabulary.read(draft.text))
        self.labels = Labels()
        self.interruptions = Interruptions(features)

    def take_up(self, drafts: Sequence[Draft]) -> Articles:
        """Read articles of whole outlets, told apart by name; those without one are left alone."""
        drafts = [draft for draft in drafts if draft.outlet and draft.text.strip()]
        texts = [self.read(draft) for draft in drafts]
        return Articles(drafts, texts, Corpus(texts, [draft.outlet for draft in drafts]))

    def survey(self, articles: Articles) -> Survey:
        """Look for stretches that recur across the articles of an outlet and are no part of them.

        Parameters
        ----------
        articles
            As `take_up` gives them.
        """
        drafts, corpus = articles.drafts, articles.corpus
        spelt = self.vocabulary.spelt()
        phrases = {}
        for rule, tail in product(RULES, (True, False)):
            _, places = corpus.candidates(
                rule.words,
                tail=tail,
                least=rule.articles,
                at_edge=rule.least_at_edge,
                share=rule.at_edge * rule.share,
            )
            words = corpus.words_at(places, rule.words).tolist()
            phrases[rule.kind(tail=tail)] = {" ".join(spelt[n] for n in row) for row in words}
        labels, interruptions = self.labels.find(drafts), self.interruptions.find(drafts)
        return Survey(articles, phrases, labels, interruptions)

    def count(self, articles: Articles, asked: Asked) -> Counted:
        """Count the articles that have what was asked for in any part."""
        counts: dict[str, Counter[str]] = {}
        for rule, tail in product(RULES, (True, False)):
            kind = rule.kind(tail=tail)
            if rule.exclusive:
                keys, hashes = self._hashes(asked[kind])
                located = articles.corpus.locate(hashes, rule.words)
                found = articles.corpus.count(located, len(hashes)).tolist()
                counts[kind] = Counter(dict(zip(keys, found, strict=True)))
        for kind, known in self.labels.count(articles.drafts).items():
            counts[kind] = Counter({key: known[key] for key in asked[kind]})
        counts[OPENING] = count_texts(asked[OPENING], (draft.text for draft in articles.drafts))
        return Counted(len(articles.drafts), counts)

    def cuts(
        self, survey: Survey, asked: Asked, everywhere: Counted
    ) -> list[tuple[Draft, list[Cut]]]:
        """Find what to cut, in the light of all parts.

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
        drafts, texts, corpus = survey.articles
        cuts: dict[int, list[Cut]] = defaultdict(list)
        for kind, recurring in survey.labels.items():
            for number, span in recurring.spans(everywhere.counts[kind], everywhere.articles):
                cuts[number].append(Cut(*span, REASON))
        counts = everywhere.counts[OPENING]
        for number, start, end in survey.interruptions.spans(counts, everywhere.articles):
            cuts[number].append(Cut(start, end, REASON))
        for tail in (True, False):
            marks = self._template(corpus, asked, everywhere, tail=tail)
            template = [dict(corpus.split(row)) for row in marks]
            for number, edge in self._edges(drafts, texts, template, tail=tail):
                cuts[number] += [*edge.tail(), *edge.inner()] if tail else edge.head()
        return [
            (drafts[number], _apart(drafts[number].text, cuts[number]))
            for number in sorted(cuts)
            if cuts[number]
        ]

    def _hashes(self, phrases: Collection[str]) -> tuple[list[str], Hashes]:
        """Give those of the phrases whose words were met, in the order of their numbers."""
        words = self.vocabulary.folded
        known = [phrase for phrase in phrases if all(word in words for word in phrase.split(" "))]
        if not known:
            return [], np.zeros(0, np.uint64)
        ids = np.array([[words[word] for word in phrase.split(" ")] for phrase in known])
        hashes = hash_phrases(list(ids.T), len(ids))
        order = np.argsort(hashes)
        return [known[n] for n in order], hashes[order]

    def _template(
        self, corpus: Corpus, asked: Asked, everywhere: Counted, *, tail: bool
    ) -> NDArray[np.bool_]:
        """Mark the words of phrases that an outlet has at the end of its articles, or else ahead.

        In four rows: all of them, habits, those frequent enough, and habits wherever they stand.
        """
        marks = np.zeros((4, len(corpus.ids)), bool)
        for rule in RULES:
            kind = rule.kind(tail=tail)
            keys, hashes = self._hashes(asked[kind])
            located = corpus.locate(hashes, rule.words)
            known = everywhere.counts.get(kind, Counter())
            counts = np.array([known[key] for key in keys], np.int64)
            spread = corpus.measure(located, rule.words, (counts, everywhere.articles), tail=tail)
            _mark(marks, rule, located, spread)
        return marks

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


def _mark(marks: NDArray[np.bool_], rule: Rule, located: Located, spread: Spread) -> None:
    """Mark the words of the phrases that a rule takes for an outlet's."""
    at_edge = spread.at_edge >= rule.at_edge
    exclusive = spread.share >= EXCLUSIVE * spread.share_elsewhere
    often = (spread.articles >= rule.articles) & (spread.share >= rule.share)
    habit = (spread.share >= HABIT_SHARE) & (spread.articles >= HABIT_ARTICLES)
    steady = (spread.share >= STEADY_SHARE) & (spread.articles >= HABIT_ARTICLES)
    good = often & at_edge & (exclusive | (not rule.exclusive))
    common = habit & exclusive & rule.exclusive
    for row, chosen in zip(marks, (good, good & habit, good & steady, common), strict=True):
        starts = located.places[chosen[located.group]]
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
