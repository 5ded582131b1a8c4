"""Reads an article sentence by sentence and finds whose words are whose."""

from __future__ import annotations

import re

from analysis.text.attribution import Attribution, announcer, attribute, pieces_of
from analysis.text.clauses import Sentence
from analysis.text.mentions import is_somebody, is_thing, names_somebody, states_office
from analysis.text.name_words import NAME
from analysis.text.names import Names
from analysis.text.quotation import Quotation
from analysis.text.sources import (
    NOBODY,
    Source,
    Span,
    Stretch,
    cut_spans,
    nearest_source,
    trim_content,
)
from analysis.text.subjects import Place, first_subject
from analysis.text.unattributed import (
    is_speech,
    is_title,
    lone_source,
    plain_verb,
    read_signature,
)

# "the mayor, Name, said"; "one of the authors, Name of the party, said"
APPOSITION = re.compile(rf",\s({NAME.pattern})(?=(?:\s(?:of|from)\s[^,.\n]{{1,60}})?[,.])")


class Reader:
    """Reads an article sentence by sentence and keeps who spoke last."""

    def __init__(self, text: str, names: Names) -> None:
        self.text = text
        self.names = names
        self.found: list[Stretch] = []
        self.waiting: list[tuple[Quotation, int]] = []
        self.last = NOBODY
        self.last_paragraph = -9
        self.paragraph = 0
        self.announced = NOBODY
        self.previous: tuple[Quotation, Source] | None = None

    def read(self, sentence: Sentence) -> None:
        """Find the attributed content of the next sentence."""
        if self.waiting and self.waiting[-1][1] != sentence.paragraph:
            first = next(iter(sentence.quotes.values()), None)
            if first is None or not first.goes_on:
                self.close()
        if sentence.paragraph != self.paragraph:
            self.names.begin_paragraph(sentence.starts[0])
            self.paragraph = sentence.paragraph
        self.names.begin_sentence(sentence)
        attributions = attribute(sentence)
        sources = [self.source_of(sentence, one) for one in attributions]
        spans: list[Span] = []
        for one, source in zip(attributions, sources, strict=True):
            spans += [(a, b, source) for a, b in pieces_of(sentence, one)]
        nearest = {place: nearest_source(one, spans) for place, one in sentence.quotes.items()}
        self.add_indirect(sentence, cut_spans(spans, sentence, nearest))
        before = self.last
        for place, quotation in sentence.quotes.items():
            self.add_quotation(sentence, place, quotation, nearest[place])
        self.remember(sentence, sources, quoted=self.last is not before)

    def source_of(self, sentence: Sentence, one: Attribution) -> Source:
        """Give the source of an attribution."""
        cue = self.text[sentence.starts[one.cue.first] : sentence.ends[one.cue.last - 1]]
        at = sentence.starts[one.cue.first]
        speech = "q" in one.cue.entry.takes or one.cue.use == "phrase"
        if one.subject is None:
            return Source(cue=cue, speech=speech, at=at)
        # In "Roe is late, he said" the pronoun means somebody spoken of before the sentence.
        ahead = one.content[0][1] <= one.subject[0]
        since = sentence.starts[one.content[0][0]] if ahead else None
        who = self.mentioned(sentence, one.subject, since=since)
        return Source(who.speaker, who.start, who.end, cue, speech, at)

    def mentioned(self, sentence: Sentence, place: Place, *, since: int | None = None) -> Source:
        """Give the source that some words name; a pronoun's name stands ahead of `since`."""
        start, end = sentence.starts[place[0]], sentence.ends[place[1] - 1]
        open_ = not sentence.is_name(place[1] - 1) or states_office(sentence, place)
        name = APPOSITION.match(self.text, end) if open_ else None
        mention = name[1] if name else self.text[start:end]
        speaker = self.names.resolve(mention, start if since is None else since)
        if not speaker and not names_somebody(sentence, place):
            return NOBODY
        return Source(speaker, start, end)

    def add_indirect(self, sentence: Sentence, spans: list[Span]) -> None:
        """Add what is reported in other words than quotation marks hold; the outermost only."""
        reached = -1
        marked = [(one.mark_start, one.mark_end) for one in sentence.quotes.values()]
        for start, end, source in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start < reached:
                continue
            start, end = trim_content(self.text, start, end)
            bare = sum(max(0, min(b, end) - max(a, start)) for a, b in marked)
            if end - start - bare < 4:
                continue
            reached = end
            self.found.append(Stretch(start, end, "indirect", source))

    def add_quotation(
        self,
        sentence: Sentence,
        place: int,
        quotation: Quotation,
        source: Source,
    ) -> None:
        """Add a quotation with its source, or let it wait for one in its paragraph."""
        content = self.text[quotation.start : quotation.end]
        signed = read_signature(self.text, quotation.mark_end)
        if quotation.goes_on and self.waiting and not (source.speech and source.start >= 0):
            self.waiting.append((quotation, sentence.paragraph))
        elif quotation.goes_on and self.previous is not None:
            self.add_direct(quotation, self.previous[1])
        elif signed is not None:
            name = self.text[slice(*signed)]
            self.add_direct(quotation, Source(self.names.resolve(name, signed[0]), *signed))
        elif source.cue and (source.speech or source.start >= 0):
            if not is_title(sentence, place, content):
                self.add_direct(quotation, source)
        elif (verb := plain_verb(sentence, place)) is not None:
            self.add_direct(quotation, self.mentioned(sentence, verb))
        elif is_speech(sentence, place, content):
            self.add_lone(sentence, place, quotation)
        elif not is_title(sentence, place, content):
            self.found.append(Stretch(quotation.start, quotation.end, "scare", NOBODY))

    def add_lone(self, sentence: Sentence, place: int, quotation: Quotation) -> None:
        """Add speech without a cue: by the one whom its sentence names, or who spoke before it."""
        lone = lone_source(sentence, place)
        same = self.last_paragraph == sentence.paragraph and self.last is not NOBODY
        if lone is not None and not (same and is_thing(sentence, lone)):
            self.add_direct(quotation, self.mentioned(sentence, lone))
        elif self.announced is not NOBODY:
            self.add_direct(quotation, self.announced)
        elif same:
            self.add_direct(quotation, self.last)
        else:
            self.waiting.append((quotation, sentence.paragraph))

    def add_direct(self, quotation: Quotation, source: Source) -> None:
        """Add a quotation; those that wait in its paragraph are by the same speaker."""
        self.found.append(Stretch(quotation.start, quotation.end, "direct", source))
        self.previous = (quotation, source)
        if source.start >= 0:
            self.last, self.last_paragraph = source, quotation.paragraph
            waiting, self.waiting = self.waiting, []
            for earlier, _ in waiting:
                self.found.append(Stretch(earlier.start, earlier.end, "direct", source))

    def close(self) -> None:
        """Add quotations that nothing attributes.

        Their speaker is unknown; but a quotation of several paragraphs is by the person of whom
        the text spoke before it.
        """
        several = len(self.waiting) > 1 and self.waiting[1][0].goes_on
        source = Source(self.names.latest(self.waiting[0][0].start)) if several else NOBODY
        for quotation, _ in self.waiting:
            self.found.append(Stretch(quotation.start, quotation.end, "direct", source))
            self.previous = (quotation, source)
        self.waiting = []

    def remember(self, sentence: Sentence, sources: list[Source], *, quoted: bool) -> None:
        """Keep who was spoken of, for the pronouns that follow; `quoted`: who spoke is known."""
        named = [source for source in sources if source.start >= 0]
        speaking = [source for source in named if source.speech]
        if speaking and not quoted:
            self.last, self.last_paragraph = speaking[0], sentence.paragraph
        first = first_subject(sentence, 0, len(sentence))
        subjects = [*([self.mentioned(sentence, first)] if first else []), *named]
        self.announced = NOBODY
        if sentence.low[-1] == ":":
            place = announcer(sentence, len(sentence) - 1) or first
            self.announced = self.mentioned(sentence, place) if place else NOBODY
        for source in sorted(subjects, key=lambda one: one.start):
            self.names.note(source.start, source.speaker)
            if is_somebody(self.text[source.start : source.end]):
                self.names.note_unnamed(source.start, source.speaker)
        if named:
            self.names.note(sentence.ends[-1], named[0].speaker)
