"""Sentences of the page between sentences of the article: labels without a stop, and appeals."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from analysis.corpus.draft import Draft
from analysis.corpus.furniture import QUOTATION, LineFeatures
from analysis.corpus.language import FUNCTION_WORDS
from analysis.corpus.repeats import line_key
from analysis.corpus.returning import LABEL_WORDS, NO_WORDS, Sentences, read_sentences, returning

WORD = re.compile(r"[^\W_][\w'’-]*")
# What follows a label: a new sentence, begun by a quotation or by any word with a capital.
BEHIND = re.compile(r"\s+(?P<next>[\"“‘«]|[^\W\da-z_][\w'’]*)|\s*\Z")
MOST_WORDS = 14  # of a label
LABEL_ARTICLES, LABEL_SHARE = 5, 0.005
EXCLUSIVE = 5  # times more frequent than in the other outlets
# Shares of a label's occurrences: without a stop of its own, before a word that is no name, with
# something else behind it each time, and at the beginning of a sentence.
UNSTOPPED, FRESH, VARIED, APART = 0.9, 0.1, 0.5, 0.7
UNFINISHED = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the"})
APPEAL_ARTICLES, ADDRESS_ARTICLES = 3, 5
CUED = 0.3  # share of a sentence's words in cue phrases
CALLS, COMMENTS = ("call to the reader", "newsletter", "paywall"), ("comments",)
PHRASE_WORDS, LAST_WORDS = 5, 40
HEADED_WORDS = 12


@dataclass(frozen=True)
class Occurrence:
    """The opening of a sentence: its article, its place, its words and where they end."""

    number: int
    start: int
    text: str
    words: tuple[str, ...]
    ends: tuple[int, ...]

    def behind(self, length: int) -> str | None:
        """Give what follows so many words, None if that is no new sentence."""
        match = BEHIND.match(self.text, self.ends[length - 1])
        return (match["next"] or "") if match else None

    def rest(self, length: int) -> int:
        """Give the place where the new sentence begins."""
        match = BEHIND.match(self.text, self.ends[length - 1])
        return match.start("next") if match and match["next"] else len(self.text)


class Label(NamedTuple):
    """A phrase of an outlet that opens sentences and has no stop: where, and in how many articles.

    `size` counts the outlet's articles.
    """

    phrase: str
    spans: list[tuple[int, int, int]]
    articles: int
    size: int


@dataclass(frozen=True)
class Interrupting:
    """What was found in some outlets: labels that others may have as well, and appeals."""

    labels: list[Label]
    appeals: list[tuple[int, int, int]]

    @property
    def asked(self) -> set[str]:
        """Phrases of which it has to be known how often other outlets have them."""
        return {label.phrase for label in self.labels}

    def numbered(self, numbers: Sequence[int]) -> Interrupting:
        """Put other numbers for those of the drafts."""

        def other(spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
            return [(numbers[n], start, end) for n, start, end in spans]

        labels = [label._replace(spans=other(label.spans)) for label in self.labels]
        return Interrupting(labels, other(self.appeals))

    def spans(
        self, everywhere: Mapping[str, int], n_articles: int
    ) -> Iterator[tuple[int, int, int]]:
        """Give drafts and places, of labels that are seldom found in other outlets."""
        for phrase, spans, articles, size in self.labels:
            others = (everywhere.get(phrase, 0) - articles) / max(1, n_articles - size)
            if articles / size >= EXCLUSIVE * others:
                yield from spans
        yield from self.appeals


def count_texts(phrases: Collection[str], texts: Iterable[str]) -> Counter[str]:
    """Count the texts in which each phrase stands, in any case."""
    counts: Counter[str] = Counter()
    if phrases:
        for text in texts:
            folded = text.casefold()
            counts.update(phrase for phrase in phrases if phrase in folded)
    return counts


class Interruptions:
    """Finds them; keeps what was found in outlets whose texts have not changed since."""

    def __init__(self, features: LineFeatures) -> None:
        self.features = features
        column = features.names.index
        self.columns = [column(name) for name in ("speech", "reader", "cued")]
        self.calls = [column(name) for name in CALLS]
        self.appeals = [column(name) for name in CALLS + COMMENTS]
        self.known: dict[str, tuple[list[int], Interrupting]] = {}

    def find(self, drafts: Sequence[Draft]) -> Interrupting:
        """Find what an outlet's pages put between the sentences of its articles.

        Parameters
        ----------
        drafts
            Articles of whole outlets.

        Notes
        -----
        A label, such as the caption of a player, returns in articles of one outlet, opens a
        sentence, never has a stop of its own, and what follows it is a new sentence: a quotation,
        or a function word with a capital. An appeal is a sentence that returns in articles where
        different things stand before it, and that speaks to the reader.
        """
        by_outlet: dict[str, list[int]] = defaultdict(list)
        for number, draft in enumerate(drafts):
            by_outlet[draft.outlet].append(number)
        found = [
            self._of_outlet([drafts[n] for n in numbers]).numbered(numbers)
            for numbers in by_outlet.values()
        ]
        return Interrupting(
            [label for one in found for label in one.labels],
            [span for one in found for span in one.appeals],
        )

    def _of_outlet(self, drafts: list[Draft]) -> Interrupting:
        outlet, texts = drafts[0].outlet, [draft.text_hash for draft in drafts]
        known = self.known.get(outlet)
        if known is None or known[0] != texts:
            read = dict(enumerate(map(read_sentences, drafts)))
            appeals = [*self._appeals(drafts, read), *self._last_appeals(drafts, read)]
            found = Interrupting(list(_labels(drafts, read)), appeals)
            known = self.known[outlet] = texts, found
        return known[1]

    def _appeals(
        self, drafts: Sequence[Draft], read: dict[int, Sentences]
    ) -> Iterator[tuple[int, int, int]]:
        """Give the sentences of an outlet that return and call on the reader."""
        for places in returning(read, "keys", APPEAL_ARTICLES):
            before = {int(read[n].keys[p - 1]) if p else NO_WORDS for n, p in places}
            if len(before) < APPEAL_ARTICLES:
                continue
            number, place = places[0]
            draft = drafts[number]
            least = self._least(read[number].text(draft, place), compiled=draft.compiled)
            if least and len({n for n, _ in places}) >= least:
                spans = ((n, *read[n].span(p)) for n, p in places)
                yield from (
                    span for span in spans if not _heads_line(drafts[span[0]].text, *span[1:])
                )

    def _least(self, line: str, *, compiled: bool) -> int:
        """Give the articles in which a line must stand to be an appeal; 0 if it can be none."""
        row = self.features.read(line, compiled=compiled)
        speech, reader, cued = row[self.columns]
        if speech or QUOTATION.search(line):
            return 0
        if row[self.appeals].any() and (reader or cued >= CUED):
            return APPEAL_ARTICLES
        return ADDRESS_ARTICLES if reader else 0

    def _last_appeals(
        self, drafts: Sequence[Draft], read: dict[int, Sentences]
    ) -> Iterator[tuple[int, int, int]]:
        """Give the last sentences that call on the reader and have a phrase in common."""
        phrases = {
            number: phrases
            for number, sentences in read.items()
            if sentences.last.count(" ") < LAST_WORDS and (phrases := _phrases(sentences.last))
        }
        counts = Counter(phrase for held in phrases.values() for phrase in held)
        for number, held in phrases.items():
            if max(map(counts.__getitem__, held)) >= APPEAL_ARTICLES:
                line = read[number].text(drafts[number], -1)
                row = self.features.read(line, compiled=drafts[number].compiled)
                if row[self.calls].any() and not (row[self.columns[0]] or QUOTATION.search(line)):
                    yield number, *read[number].span(-1)


def _heads_line(text: str, start: int, end: int) -> bool:
    """Tell whether a short line goes with what ends in a colon; it is judged as a whole."""
    rest = text[end:].split("\n", 1)[0]
    return text[start:end].rstrip().endswith(":") and rest.count(" ") < HEADED_WORDS


def _phrases(key: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", key)
    return {tuple(words[n : n + PHRASE_WORDS]) for n in range(len(words) - PHRASE_WORDS + 1)}


def _labels(drafts: Sequence[Draft], read: dict[int, Sentences]) -> Iterator[Label]:
    """Give the labels of an outlet that have no stop of their own."""

    @cache  # few phrases are looked for, but in all texts
    def folded(number: int) -> str:
        return drafts[number].text.casefold()

    least = max(LABEL_ARTICLES, LABEL_SHARE * len(read))
    for places in returning(read, "openings", least):
        openings = [_occurrence(n, drafts[n].text, read[n], place) for n, place in places]
        for length, same in _grow(openings, LABEL_WORDS, least):
            phrase = " ".join(same[0].words[:length])
            texts = (folded(number) for number in read)
            # The words of a label seldom stand within a sentence.
            articles = _count_articles(phrase, texts, most=len(same) / APART)
            if articles is not None:
                spans = [(one.number, one.start, one.rest(length)) for one in same]
                yield Label(phrase, spans, articles, len(read))


def _count_articles(phrase: str, texts: Iterable[str], *, most: float) -> int | None:
    """Count the texts that hold a phrase; None if it stands in them more often than `most`."""
    articles = times = 0
    for text in texts:
        found = text.count(phrase)
        articles += found > 0
        times += found
        if times > most:  # few phrases are no running words, which is soon told
            return None
    return articles


@lru_cache(maxsize=1 << 14)  # openings have few words
def _word_key(word: str) -> str:
    return line_key(word)


def _occurrence(number: int, text: str, sentences: Sentences, place: int) -> Occurrence:
    start, end = sentences.span(place)
    matches = list(islice(WORD.finditer(text, start, end), MOST_WORDS))
    words = tuple(_word_key(match.group()) for match in matches)
    return Occurrence(number, start, text, words, tuple(match.end() for match in matches))


def _grow(
    places: list[Occurrence], length: int, least: float
) -> Iterator[tuple[int, list[Occurrence]]]:
    """Find the shortest openings of so many words or more that end as a label does."""
    places = [place for place in places if len(place.words) >= length]
    if len({place.number for place in places}) < least:
        return
    if places[0].words[length - 1] not in UNFINISHED and _ends_abruptly(places, length):
        yield length, [place for place in places if place.behind(length) is not None]
        return
    branches: dict[str, list[Occurrence]] = defaultdict(list)
    for place in places:
        if len(place.words) > length:
            branches[place.words[length]].append(place)
    for branch in branches.values():
        yield from _grow(branch, length + 1, least)


def _ends_abruptly(places: Sequence[Occurrence], length: int) -> bool:
    """Tell whether new sentences follow, not the name that a title or a time goes with."""
    behind = [word for place in places if (word := place.behind(length)) is not None]
    fresh = sum(not word[:1].isalpha() or word.lower() in FUNCTION_WORDS for word in behind)
    return (
        len(behind) >= UNSTOPPED * len(places)
        and fresh >= FRESH * len(places)
        and len(set(behind)) >= VARIED * len(places)
    )
