"""The names in an article, and what pronouns, titles and surnames stand for in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.text.clauses import Sentence
from analysis.text.name_words import (
    COMMON,
    FEMALE,
    MALE,
    NAME,
    has_country,
    read_name_words,
    strip_article,
    strip_common,
    strip_titles,
    surname,
)
from analysis.text.places import country_of
from analysis.text.verbs import has_verb
from analysis.text.word_classes import words

PRONOUNS = {"he": MALE, "him": MALE, "his": MALE, "she": FEMALE, "her": FEMALE, "hers": FEMALE}


REFLEXIVE = re.compile(r"\s(?:him|her|it|them)sel(?:f|ves)$")  # "Roe himself"
PHRASE_END = re.compile(r"[,;(]|\s(?:in|of|at|for|from|with|on|who|whose|and|about|against|to)\s")


UNNAMED = "\0"  # in place of a surname


REACH = 200  # mentions back that a pronoun or a title may go
NAMELESS = words("who i we you they it their its my our which that this these those")


@dataclass
class Names:
    """The names of one article, as they become known from its beginning to its end.

    Attributes
    ----------
    full
        The full name by the surname: the one that is most often written.
    people
        The surnames that are persons'.
    gender
        By surname, where a title, a first name or nothing else tells it.
    namesakes
        By surname and gender, the full name where two persons share a surname.
    roles
        The surname by the word for an office, from the latest mention.
    countries
        By surname, the country of the office that somebody holds.
    seen
        Where persons were mentioned as subjects: ``(place, surname)``, in order.
    persons
        The same for all mentions of persons.
    local
        The same for the subjects in the sentence that is read.
    settled
        How many of `seen` stand in the paragraphs that were read.
    """

    full: dict[str, str] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)
    roles: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    people: set[str] = field(default_factory=set)
    seen: list[tuple[int, str]] = field(default_factory=list)
    persons: list[tuple[int, str]] = field(default_factory=list)
    local: list[tuple[int, str]] = field(default_factory=list)
    settled: int = 0
    namesakes: dict[tuple[str, str], str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)

    def note(self, place: int, speaker: str) -> None:
        """Remember that somebody was the subject of a sentence."""
        if speaker:
            self.seen.append((place, surname(speaker)))

    def note_unnamed(self, place: int, speaker: str) -> None:
        """Remember that somebody spoke without a name, whom a pronoun may mean."""
        if surname(speaker) not in self.people:
            self.seen.append((place, UNNAMED))

    def resolve(self, mention: str, place: int) -> str:
        """Give the canonical name for a mention, "" where nothing tells it.

        Parameters
        ----------
        mention
            The words of the source: a name, a pronoun or a title ("the minister").
        place
            Where it stands, in characters of the text.
        """
        mention = REFLEXIVE.sub("", mention.strip())
        word = mention.lower()
        if word in PRONOUNS:
            return self._latest(place, PRONOUNS[word])
        if word in NAMELESS or word in COMMON:
            return ""
        head = PHRASE_END.split(mention, maxsplit=1)[0].rstrip()
        if head.lower() in COMMON:
            return ""  # "one of the authors"
        if len(head) < len(mention):
            behind = NAME.findall(mention)
            if behind and mention.endswith(behind[-1]) and has_country(behind[-1]):
                head = behind[-1]  # "the ambassador in Cyprus Stanislav Osadchiy"
        found = NAME.findall(head)
        if not found:
            return self._by_role(head.lower(), place)
        name = strip_titles(strip_common(found[-1].removesuffix("'s").removesuffix("’s")))
        if not head.removesuffix("'s").removesuffix("’s").endswith(name) or not name:
            return self._group(head, place)
        if name.lower() in read_name_words().roles:
            return self._by_role(head.lower(), place) or strip_article(head)
        return self.full.get(surname(name), name) if self._is_same(name) else name

    def _is_same(self, name: str) -> bool:
        """Say whether a name may be short for the full name with the same last word."""
        full = self.full.get(surname(name), "")
        return " " not in name or name.split()[0][0] == full[:1] or full.endswith(name)

    def _group(self, head: str, place: int) -> str:
        """Name a group by its phrase ("Ukrainian officials"), a person by the office."""
        return self._by_role(head.lower(), place) or strip_article(head)

    def latest(self, place: int) -> str:
        """Give who was the subject, else who was named last before a place; "" if nobody was."""
        for history in (self.seen, self.persons):
            for key in latest_of(history, place):
                if key in self.people:
                    return self.full[key]
        return ""

    def _latest(self, place: int, gender: str) -> str:
        for history in (self.local, self.seen, self.persons):
            for key in latest_of(history, place):
                if key == UNNAMED:
                    return ""
                if key not in self.people:
                    continue
                if (key, gender) in self.namesakes:
                    return self.namesakes[key, gender]
                if self.gender.get(key, gender) == gender:
                    return self.full[key]
        return ""

    def begin_sentence(self, sentence: Sentence) -> None:
        """Keep the persons who are subjects in a sentence, for the pronouns in it."""
        self.local = []
        if self.people.isdisjoint(sentence.low):
            return
        for place in range(len(sentence) - 1):
            key = sentence.low[place]
            if key in self.people and sentence.is_name(place):
                behind = place + 1
                if sentence.low[behind] == "who" or has_verb(sentence, behind, behind + 1):
                    self.local.append((sentence.starts[place], key))

    def begin_paragraph(self, place: int) -> None:
        """Let a pronoun in a new paragraph mean who was most spoken of in the one before."""
        new = self.seen[self.settled :]
        counts = Counter(key for _, key in new if key in self.people)
        if counts:
            latest = next(key for _, key in reversed(new) if key in self.people)
            key = max(counts, key=lambda one: (counts[one], one == latest))
            self.seen.append((place, key))
        self.settled = len(self.seen)

    def _by_role(self, words: str, place: int) -> str:
        pieces = words.split()
        role = pieces[-1] if pieces else ""
        if role not in read_name_words().roles or pieces[0] in ("a", "an", "another", "one"):
            return ""
        country = country_of(pieces[:-1])
        for key in latest_of(self.roles.get(role, []), place + 1):
            if not country or self.countries.get(key, country) == country:
                return self.full.get(key, "")
        # "The minister" means whom the text spoke of, "Norway's minister" somebody new.
        return self.latest(place) if len(pieces) <= 2 and pieces[0] == "the" else ""


def latest_of(history: list[tuple[int, str]], place: int) -> Iterator[str]:
    """Give the surnames mentioned before a place, the latest first."""
    last = bisect_right(history, (place, ""))
    for number in range(last - 1, max(0, last - REACH) - 1, -1):
        yield history[number][1]
