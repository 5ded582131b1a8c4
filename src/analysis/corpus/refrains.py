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
from analysis.corpus.edges import ADDRESS, FIRST_WORDS, LAST_WORDS, Edge
from analysis.corpus.furniture import LineFeatures
from analysis.corpus.interruptions import Interruptions, count_texts
from analysis.corpus.labels import Labels
from analysis.corpus.numbered_words import Vocabulary, word_places
from analysis.corpus.phrase_places import Ask, Located, Spread
from analysis.corpus.phrase_table import Book, Hashes, hash_phrases
from analysis.corpus.repeats import HABIT_ARTICLES, HABIT_SHARE
from analysis.corpus.shared_phrases import Corpus, Marks, join_texts
from analysis.corpus.survey import OPENING, Articles, Asked, Counted, Survey

ENOUGH = 3
EXCLUSIVE = 5  # times more frequent than in the other outlets
CUED = 0.3
STEADY_SHARE = 0.02
COUNTED_AT_ONCE = 500  # articles
REASON = "repeated across the outlet"


@dataclass(frozen=True)
class Rule:
    """How often a phrase of some length must stand at an edge to be taken for furniture."""

    words: int
    articles: int
    share: float
    at_edge: float
    exclusive: bool

    def ask(self, *, tail: bool) -> Ask:
        """Give what phrases are looked at; those that may be habits are, wherever they stand."""
        share = self.at_edge * self.share
        return Ask(self.words, tail, self.articles, self.at_edge, share, habits=self.exclusive)

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
EDGES = list(product(RULES, (True, False)))  # the end, and the beginning


class Refrains:
    """Finds refrains; keeps the words of texts that have not changed since the last time.

    The outlets may be surveyed in several parts, of whole outlets each (see ``survey``).
    """

    def __init__(self, features: LineFeatures, *, compiled: bool = False) -> None:
        self.features, self.compiled = features, compiled
        self.columns = [features.names.index(name) for name in ("cued", "reader", "quotation")]
        self.vocabulary = Vocabulary(compiled=compiled)
        self.read = PerText(lambda draft: self.vocabulary.read(draft.text))
        self.labels = Labels()
        self.interruptions = Interruptions(features)

    def take_up(self, drafts: Sequence[Draft]) -> Articles:
        """Read articles of whole outlets, told apart by name; those without one are left alone."""
        for draft in drafts:
            if not draft.text.strip():
                self.read.forget(draft)
        drafts = _of_known_outlets(drafts)
        corpus = self._corpus(drafts, [draft.outlet for draft in drafts])
        for number, draft in enumerate(drafts):  # each word's number stands in memory once
            self.read.keep(draft, corpus.ids[corpus.of(number)])
        return Articles(drafts, corpus)

    def _corpus(self, drafts: Sequence[Draft], outlets: Sequence[str]) -> Corpus:
        texts = [self.read(draft) for draft in drafts]
        return join_texts(texts, outlets, compiled=self.compiled)

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
        for (rule, tail), (_, places) in zip(
            EDGES, corpus.candidates([rule.ask(tail=tail) for rule, tail in EDGES]), strict=True
        ):
            words = corpus.words_at(places, rule.words).tolist()
            phrases[rule.kind(tail=tail)] = {" ".join(spelt[n] for n in row) for row in words}
        labels, interruptions = self.labels.find(drafts), self.interruptions.find(drafts)
        return Survey(articles, phrases, labels, interruptions)

    def count(self, drafts: Sequence[Draft], asked: Asked) -> Counted:
        """Count the articles of whole outlets that have what was asked for in any part."""
        drafts = _of_known_outlets(drafts)
        counts: dict[str, Counter[str]] = {}
        exclusive = [(rule, tail) for rule, tail in EDGES if rule.exclusive]
        wanted = [(rule.words, asked[rule.kind(tail=tail)]) for rule, tail in exclusive]
        found = self._count_phrases(drafts, wanted)
        for (rule, tail), known in zip(exclusive, found, strict=True):
            counts[rule.kind(tail=tail)] = known
        for kind, known in self.labels.count(drafts).items():
            counts[kind] = Counter({key: known[key] for key in asked[kind]})
        counts[OPENING] = count_texts(asked[OPENING], (draft.text for draft in drafts))
        return Counted(len(drafts), counts)

    def _count_phrases(
        self, drafts: Sequence[Draft], wanted: Sequence[tuple[int, Collection[str]]]
    ) -> list[Counter[str]]:
        """Count the articles that have each phrase of so many words."""
        keys, hashes = zip(*(self._hashes(phrases) for _, phrases in wanted), strict=True)
        found = [np.zeros(len(some), np.int64) for some in keys]
        lengths = [length for length, _ in wanted]
        book = Book(list(zip(lengths, hashes, strict=True)))
        for start in range(0, len(drafts), COUNTED_AT_ONCE):
            some = drafts[start : start + COUNTED_AT_ONCE]
            corpus = self._corpus(some, [""] * len(some))
            located = corpus.locate(book)
            for counts, one in zip(found, located, strict=True):
                counts += corpus.count(one, len(counts))
        return [
            Counter(dict(zip(some, counts.tolist(), strict=True)))
            for some, counts in zip(keys, found, strict=True)
        ]

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
        drafts = survey.articles.drafts
        cuts: dict[int, list[Cut]] = defaultdict(list)
        for kind, recurring in survey.labels.items():
            for number, span in recurring.spans(everywhere.counts[kind], everywhere.articles):
                cuts[number].append(Cut(*span, REASON))
        counts = everywhere.counts[OPENING]
        for number, start, end in survey.interruptions.spans(counts, everywhere.articles):
            cuts[number].append(Cut(start, end, REASON))
        for number, tail, edge in self._edges(survey.articles, asked, everywhere):
            cuts[number] += [*edge.tail(), *edge.inner()] if tail else edge.head()
        return [
            (drafts[number], _apart(drafts[number].text, cuts[number]))
            for number in sorted(cuts)
            if cuts[number]
        ]

    def _hashes(self, phrases: Collection[str]) -> tuple[list[str], Hashes]:
        """Give those of the phrases whose words were met, in the order of their numbers."""
        number, listed = self.vocabulary.folded.get, list(phrases)
        if not listed:
            return [], np.zeros(0, np.uint64)
        ids = np.array([[number(word, 0) for word in phrase.split(" ")] for phrase in listed])
        met = np.flatnonzero((ids > 0).all(axis=1))
        hashes = hash_phrases(list(ids[met].T), len(met))
        order = np.argsort(hashes)
        return [listed[n] for n in met[order].tolist()], hashes[order]

    def _edges(
        self, articles: Articles, asked: Asked, everywhere: Counted
    ) -> Iterator[tuple[int, bool, Edge]]:
        """Give the edges that may have a template: the text's number, and whether it is its end."""
        drafts, corpus = articles
        closing = closing_spans(drafts)
        phrases = [self._phrases(rule, asked, everywhere, tail=tail) for rule, tail in EDGES]
        lengths, hashes = [rule.words for rule, _ in EDGES], [values for values, _ in phrases]
        book = Book(list(zip(lengths, hashes, strict=True)))
        for portion in corpus.portions():
            marks = np.zeros((2, 4, portion.stop - portion.start), bool)
            located = corpus.locate(book, portion)
            for (rule, tail), (_, counts), one in zip(EDGES, phrases, located, strict=True):
                known = counts, everywhere.articles
                spread = corpus.measure(one, rule.words, known, tail=tail)
                _mark(marks[int(tail)], rule, one, spread, portion.start)
            for number, words in corpus.articles_in(portion):
                draft, credit = drafts[number], closing.get(number)
                last = slice(max(words.start, words.stop - LAST_WORDS), words.stop)
                if credit or marks[1, 0, last].any() or marks[1, 3, words].any():
                    yield number, True, self._edge(draft, marks[1, :, words], credit)
                first = slice(words.start, min(words.stop, words.start + FIRST_WORDS))
                if marks[0, 0, first].any():
                    yield number, False, self._edge(draft, marks[0, :, words], None)

    def _phrases(
        self, rule: Rule, asked: Asked, everywhere: Counted, *, tail: bool
    ) -> tuple[Hashes, NDArray[np.int64]]:
        """Give the phrases of a rule, and in how many articles each stands."""
        kind = rule.kind(tail=tail)
        keys, hashes = self._hashes(asked[kind])
        known = everywhere.counts.get(kind, Counter())
        return hashes, np.array([known[key] for key in keys], np.int64)

    def _edge(self, draft: Draft, marks: NDArray[np.bool_], credit: tuple[int, int] | None) -> Edge:
        marked, habitual, steady, common = marks
        credited = np.zeros(len(marked), bool)
        if credit is not None:
            credited = _words_within(draft.text, credit)
        sure = credited | habitual
        first = int(np.argmax(credited)) if credited.any() else -1
        telling = partial(self._is_telling, outlet=draft.outlet)
        return Edge(draft.text, marked | sure, sure, steady, telling, common, first, draft.compiled)

    def _is_telling(self, text: str, *, outlet: str) -> bool:
        """Tell whether a stretch names its outlet, gives an address or speaks to the reader."""
        if outlet.casefold() in text.casefold() or ADDRESS.search(text):
            return True
        row = self.features.read(text, compiled=self.compiled)
        cued, reader, quotation = row[self.columns]
        return bool(cued >= CUED or (reader and not quotation))


def _of_known_outlets(drafts: Sequence[Draft]) -> list[Draft]:
    return [draft for draft in drafts if draft.outlet and draft.text.strip()]


def _mark(
    marks: NDArray[np.bool_], rule: Rule, located: Located, spread: Spread, first: int
) -> None:
    """Mark the words of the phrases that a rule takes for an outlet's, from the first word on.

    In four rows: all of them, habits, those frequent enough, and habits wherever they stand.
    """
    at_edge = spread.at_edge >= rule.at_edge
    exclusive = spread.share >= EXCLUSIVE * spread.share_elsewhere
    often = (spread.articles >= rule.articles) & (spread.share >= rule.share)
    habit = (spread.share >= HABIT_SHARE) & (spread.articles >= HABIT_ARTICLES)
    steady = (spread.share >= STEADY_SHARE) & (spread.articles >= HABIT_ARTICLES)
    good = often & at_edge & (exclusive | (not rule.exclusive))
    common = habit & exclusive & rule.exclusive
    for row, chosen in zip(marks, (good, good & habit, good & steady, common), strict=True):
        starts = located.places[chosen[located.group]] - first
        for step in range(rule.words):
            row[starts + step] = True


def _words_within(text: str, span: tuple[int, int]) -> Marks:
    starts, ends = map(np.array, word_places(text))
    return np.asarray((starts >= span[0]) & (ends <= span[1]))


def _apart(text: str, cuts: Sequence[Cut]) -> list[Cut]:
    """Sort the cuts, drop those that overlap an earlier one, and leave no space at the end."""
    kept: list[Cut] = []
    for cut in sorted(cuts):
        if not kept or cut.start >= kept[-1].end:
            start = len(text[: cut.start].rstrip()) if cut.end == len(text) else cut.start
            kept.append(cut._replace(start=max(start, kept[-1].end if kept else 0)))
    return kept
