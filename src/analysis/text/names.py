"""The names in an article, and what pronouns, titles and surnames stand for in it."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib.resources import files

import yaml

from analysis.text.clauses import COORDINATORS, PREPOSITIONS, SUBORDINATORS, Sentence
from analysis.text.subjects import has_verb

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚЀ-Я]"
WORD = rf"{CAPITAL}(?:[\w\-]|['’](?!s\b)(?=\w)|\.(?=\w))*"
PARTICLES = r"(?:de|da|di|du|del|della|der|den|van|von|al|bin|ibn|el|la|le|ter|ten|dos|das)"
# A full stop inside a name ends an initial or a title, not a sentence.
STOP = (
    r"(?:(?:(?<=\b[A-Z])|(?<=\b(?:Mr|Ms|Dr|Lt|St|Jr|Sr))|(?<=\b(?:Prof|Capt|Pres|Sens|Reps))"
    r"|(?<=\b(?:Mrs|Gen|Col|Sen|Rep|Gov|Sgt|Maj|Adm|Rev)))\.)?"
)
NAME = re.compile(rf"{WORD}(?:{STOP}[ \u00a0](?:{PARTICLES}[ \u00a0])*{WORD})*")
MALE, FEMALE = "male", "female"
LONGEST_NAME = 4  # words; headlines in capitals are longer
KNOWN = 3  # a known first name counts as so many mentions
PRONOUNS = {"he": MALE, "him": MALE, "his": MALE, "she": FEMALE, "her": FEMALE, "hers": FEMALE}
# Capitals at the beginning of a sentence that are no names.
COMMON = frozenset(
    "the a an in on at of for from with by to but and or so if as when while after before since he "
    "she it they we i you his her its their our my this that these those there here what who how "
    "why where which not no yes all some many most more one two three both each every other "
    "another according during despite although though because until then now also still yet even "
    "just only meanwhile however instead asked".split()
)


PHRASE_END = re.compile(r"[,;(]|\s(?:in|of|at|for|from|with|on|who|whose|and|about|against|to)\s")
NAMELESS = frozenset("who i we you they it their its my our which that".split())


@dataclass(frozen=True)
class NameWords:
    """What the lexicon lists; see the file."""

    titles: dict[str, str]
    roles: frozenset[str]
    other: frozenset[str]
    genders: dict[str, str]


@functools.cache
def read_name_words() -> NameWords:
    """Read ``lexicons/names_en.yml``, once."""
    text = (files("analysis") / "lexicons" / "names_en.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    titles = {word: gender for gender, words in data["titles"].items() for word in words}
    genders = {name: gender for gender in (MALE, FEMALE) for name in data[gender]}
    return NameWords(titles, frozenset(data["roles"]), frozenset(data["other"]), genders)


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
    roles
        The surname by the word for an office, from the latest mention.
    seen
        Where persons were mentioned as subjects: ``(place, surname)``, in order.
    """

    full: dict[str, str] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)
    roles: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    people: set[str] = field(default_factory=set)
    seen: list[tuple[int, str]] = field(default_factory=list)
    persons: list[tuple[int, str]] = field(default_factory=list)
    local: list[tuple[int, str]] = field(default_factory=list)
    settled: int = 0

    def note(self, place: int, speaker: str) -> None:
        """Remember that somebody was the subject of a sentence."""
        if speaker:
            self.seen.append((place, surname(speaker)))

    def resolve(self, mention: str, place: int) -> str:
        """Give the canonical name for a mention, "" where nothing tells it.

        Parameters
        ----------
        mention
            The words of the source: a name, a pronoun or a title ("the minister").
        place
            Where it stands, in characters of the text.
        """
        word = mention.strip().lower()
        if word in PRONOUNS:
            return self._latest(place, PRONOUNS[word])
        if word in NAMELESS:
            return ""
        head = PHRASE_END.split(mention.strip(), maxsplit=1)[0].rstrip()
        found = None
        for found in NAME.finditer(head):
            pass
        if found is None:
            return self._by_role(head.lower(), place)
        name = strip_titles(strip_common(found[0].removesuffix("'s").removesuffix("’s")))
        if not head.removesuffix("'s").removesuffix("’s").endswith(name) or not name:
            return self._group(head, place)
        if name.lower() in read_name_words().roles:
            return self._by_role(name.lower(), place)
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
            for _, key in reversed(history[: bisect_right(history, (place, ""))]):
                if key in self.people:
                    return self.full[key]
        return ""

    def _latest(self, place: int, gender: str) -> str:
        for history in (self.local, self.seen, self.persons):
            last = bisect_right(history, (place, ""))
            for _, key in reversed(history[:last]):
                if key in self.people and self.gender.get(key, gender) == gender:
                    return self.full[key]
        return ""

    def begin_sentence(self, sentence: Sentence) -> None:
        """Keep the persons who are subjects in a sentence, for the pronouns in it."""
        self.local = []
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
        role = next((w for w in reversed(pieces) if w in read_name_words().roles), "")
        if not role or pieces[0] in ("a", "an", "another", "one"):
            return ""
        known = [key for at, key in self.roles.get(role, []) if at <= place]
        if not known and not pieces[-1].endswith("s"):
            return self.latest(place)
        return self.full.get(known[-1], "") if known else ""


def read_names(masked: str) -> Names:
    """Read the names of an article, outside its quotations.

    A name of two words or more is a person's where its first word is a known first name, where a
    title stands before it, where an office or the verb of a subject follows, or where its last word
    stands alone elsewhere; unless it has a word of places or organisations.
    """
    words = read_name_words()
    names = Names()
    mentions: list[tuple[int, str, str]] = []
    full: dict[str, Counter[str]] = defaultdict(Counter)
    people: set[str] = set()
    for match in NAME.finditer(masked):
        name = strip_common(match[0])
        if not name:
            continue
        titled = name
        name = strip_titles(name)
        if not name:
            continue
        key = surname(name)
        stripped = titled[: len(titled) - len(name)].lower().replace(".", "").split()
        if stripped or acts(masked, match):
            people.add(key)
        for title in stripped:
            gender = words.titles.get(title, "")
            if gender in (MALE, FEMALE):
                names.gender.setdefault(key, gender)
            if title in words.roles:
                names.roles[title].append((match.start(), key))
        mentions.append((match.start(), name, key))
        first = name.split()[0].lower()
        if " " in name:
            if first in words.genders:
                names.gender.setdefault(key, words.genders[first])
            if name.count(" ") < LONGEST_NAME:
                full[key][name] += 1 + KNOWN * (first in words.genders)
        if read_apposition(masked, match, key, names):
            people.add(key)
    names.full = {key: max(seen, key=seen.__getitem__) for key, seen in full.items()}
    alone = {key for _, name, key in mentions if " " not in name}
    for place, name, key in mentions:
        names.full.setdefault(key, name)
        known = key in names.gender or (" " in names.full[key] and key in alone | people)
        if known and not words.other & set(names.full[key].lower().split()):
            names.people.add(key)
        if key in names.people:
            names.persons.append((place, key))
    return names


APPOSITION = re.compile(r",\s([^,.;:\n]{3,70})[,.]")
BEFORE = re.compile(r"\b(?:the|an?|[\w’']+s)\s([^,.;:\n]{3,60}),?\s$", re.IGNORECASE)
ACTS = re.compile(r"(?:,\s(?:\d\d,|who\b)|\s(?:who|is|was|has|had|does|did|will|would)\b|\s(\w+))")


def acts(masked: str, name: re.Match[str]) -> bool:
    """Say whether a name is followed by what follows a subject, and no "the" is before it."""
    found = ACTS.match(masked, name.end())
    if not found or masked[max(0, name.start() - 4) : name.start()].lower() == "the ":
        return False
    word = found[1] or ""
    return word.islower() and word not in PREPOSITIONS | COORDINATORS | SUBORDINATORS or not word


def read_apposition(masked: str, name: re.Match[str], key: str, names: Names) -> bool:
    """Learn the office of a person from what stands beside the name: "Name, the mayor of ..."."""
    behind = APPOSITION.match(masked, name.end())
    ahead = BEFORE.search(masked, max(0, name.start() - 70), name.start())
    words = re.findall(r"\w+", behind[1].lower())[:6] if behind else []
    words += re.findall(r"\w+", ahead[1].lower())[-6:] if ahead else []
    offices = [word for word in words if word in read_name_words().roles]
    for word in offices:
        names.roles[word].append((name.end(), key))
    return bool(offices)


def strip_common(name: str) -> str:
    """Leave out words with a capital at the beginning of a sentence."""
    while True:
        first, _, rest = name.partition(" ")
        if first.lower() not in COMMON:
            return name
        name = rest


@functools.lru_cache(maxsize=10_000)
def strip_titles(name: str) -> str:
    """Leave out titles and offices before a name: all up to the last such word."""
    if " " not in name:
        return name
    words = name.split()
    titles = read_name_words().titles
    last = max(
        (n for n, word in enumerate(words[:-1]) if word.lower().rstrip(".") in titles), default=-1
    )
    return " ".join(words[last + 1 :])


def strip_article(mention: str) -> str:
    """Leave out an article ahead of a noun phrase."""
    return re.sub(r"^(?:the|an?)\s", "", mention.strip(), flags=re.IGNORECASE)


@functools.lru_cache(maxsize=10_000)
def surname(name: str) -> str:
    """Give the word by which a person is called after the first mention, in lower case."""
    words = name.removesuffix("'s").removesuffix("’s").split()
    while len(words) > 1 and words[-1].lower().strip(".,") in ("jr", "sr", "ii", "iii", "iv"):
        words.pop()
    return words[-1].lower().strip(".,'’") if words else ""
