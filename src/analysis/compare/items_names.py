"""The names in articles: where they stand, and what they are called."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

import yaml

from analysis.text.name_words import NAME, read_name_words, strip_common, strip_titles
from analysis.text.stop_words import stop_words

JOINED = re.compile(
    rf"{NAME.pattern}(?:[ \u00a0](?:of(?:[ \u00a0]the)?|&)[ \u00a0]{NAME.pattern})?"
)
WORD = re.compile(r"[^\W\d_]+")
LINE = re.compile(r"[^\n]+")
STARTS = re.compile(r"(?:^|[.!?:;\n…\"“”«»‘•–—-][\"'”’»)\]]*)\s*[\"'“‘«(]*$")
HEADLINE_WORDS, HEADLINE_SHARE = 4, 0.7  # a line in which so many words have capitals is a heading
LONGEST = 6  # words; longer runs of capitals are headings
SHOUTED = 5  # letters; longer words in capitals are no acronyms
NUMBERED = re.compile(r"\.?[ \u00a0]\d{1,3}\b(?![.,:]\d)")


@dataclass(frozen=True)
class Words:
    """What the lexicon lists; see the file."""

    calendar: frozenset[str]
    organisations: frozenset[str]
    places: frozenset[str]
    ahead: frozenset[str]
    common: frozenset[str]
    noise: frozenset[str]
    numbered: frozenset[str]
    same: dict[str, str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in an article: whether it begins a sentence, is behind "in" or "at", has a title."""

    key: str
    start: int
    end: int
    first: bool
    located: bool
    titled: bool


@functools.cache
def read_words() -> Words:
    """Read ``lexicons/items_en.yml``, once."""
    text = (files("analysis") / "lexicons" / "items_en.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    same = {form: name for name, forms in data["same"].items() for form in forms}
    names = ("calendar", "organisations", "places", "ahead", "common", "noise", "numbered")
    lists = {name: frozenset(data[name]) for name in names}
    return Words(**lists, same=same)


@functools.lru_cache(1 << 16)
def fold(name: str) -> str:
    """Write a name so that its spellings meet: no accents, stops or capitals, single spaces."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.lower().replace(".", "").replace("’", "'").replace("-", " ")
    return " ".join(plain.split())


def mentions_of(text: str) -> Iterator[Mention]:
    """Give the names in a text, without titles before them, in order."""
    words = read_words()
    for line in LINE.finditer(text):
        if is_heading(line[0]):
            continue
        for match in JOINED.finditer(text, *line.span()):
            for start, name, titled in parts(match):
                if start == line.start() and name.isupper() and len(name) > SHOUTED:
                    continue  # a dateline
                end = number_end(text, start, start + len(name))
                key = fold(text[start:end])
                pieces = key.split()
                if not pieces or len(pieces) > LONGEST or key in words.noise:
                    continue
                ahead = text[max(line.start(), start - 40) : start]
                located = any(word.lower() in words.ahead for word in WORD.findall(ahead)[-1:])
                first = STARTS.search(ahead) is not None
                yield Mention(key, start, end, first, located, titled)


def number_end(text: str, start: int, end: int) -> int:
    """Give the end of a name with the number that is a part of it: "Article 50", "School No. 4"."""
    name = text[start:end]
    if name.endswith(" No") or name.lower() in read_words().numbered:
        number = NUMBERED.match(text, end)
        return number.end() if number else end
    return end


def parts(match: re.Match[str]) -> Iterator[tuple[int, str, bool]]:
    """Give the name of a match and whether it has a title, or the two names around an "of".

    "Concord of Nations" is one name, "President Halden of Kastria" and "Monday of Easter" are two.
    """
    found = match[0]
    left, joint, right = found.partition(" of ")
    titles = read_name_words().titles
    pieces = strip_common(left).lower().split()
    words = read_words()
    whole = len(pieces) < 2 or (words.organisations | words.places) & set(pieces)
    if joint and (not whole or {*pieces[-1:]} & (titles.keys() | words.calendar)):
        yield from stripped(match.start(), left)
        yield from stripped(match.start() + len(left) + len(joint), right)
    else:
        yield from stripped(match.start(), found)


def stripped(start: int, found: str) -> Iterator[tuple[int, str, bool]]:
    """Leave out what is no part of a name ahead of it, and days and months."""
    plain = strip_common(found)
    name = strip_titles(plain)
    titled = name != plain
    start += len(found) - len(name)
    words = name.split(" ")
    calendar, known = read_words().calendar, read_name_words()
    while len(words) > 1 and words[0].lower() in calendar and words[0].lower() not in known.genders:
        start += len(words[0]) + 1
        words = words[1:]
    while words and words[-1].lower().rstrip(".") in calendar:
        if titled or (len(words) > 1 and words[-2].lower() in known.genders):
            break  # "Mrs May", "Theresa May"
        words = words[:-1]
    name = " ".join(words)
    contracted = re.split("['’]", name.lower(), maxsplit=1)[0] in stop_words() | {"i"}
    if len(name) > 1 and (titled or not contracted) and name.lower() not in known.roles:
        yield start, name, titled


def is_heading(line: str) -> bool:
    """Say whether most words of a line have capitals, which then tell nothing."""
    words = WORD.findall(line)
    capital = sum(word[0].isupper() for word in words)
    if line.rstrip().endswith((".", "!", "?", "”", '"')):
        return False
    return len(words) >= HEADLINE_WORDS and capital > HEADLINE_SHARE * len(words)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Which words are names in a corpus: how often each has a capital inside a sentence or none."""

    inside: Counter[str]
    small: Counter[str]

    def begins_only(self, pieces: list[str]) -> bool:
        """Say whether the first word of a name at the beginning of a sentence is no part of it.

        It is none if it is more often written without a capital; or if it never has one elsewhere,
        is no known first name, and the name goes without it elsewhere ("Ordinary Velmorans").
        """
        first, last = pieces[0], pieces[-1]
        alone = len(pieces) > 1 and not self.inside[first] and self.inside[last] > 0
        known = first in read_name_words().genders
        return self.small[first] > self.inside[first] or (alone and not known)

    def is_name(self, word: str) -> bool:
        """Say whether a folded word is more often written with a capital where none is needed."""
        return self.inside[word] > self.small[word]


def read_vocabulary(texts: Iterable[str], found: Iterable[list[Mention]]) -> Vocabulary:
    """Count the words of all names inside sentences, and the words without a capital."""
    inside: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text, mentions in zip(texts, found, strict=True):
        small.update(word for word in WORD.findall(text) if word[0].islower())
        for one in mentions:
            words = one.key.split()
            inside.update(words[1:] if one.first else words)
    return Vocabulary(inside, small)


def settle(key: str, first: bool, words: Vocabulary) -> str:
    """Give the key under which a name is counted, "" if it is no name."""
    pieces = key.split()
    while first and pieces and words.begins_only(pieces):
        pieces = pieces[1:]  # a common word that begins a sentence
    if len(pieces) == 1 and (pieces[0] in read_words().common or not words.is_name(pieces[0])):
        return ""
    return place_of(" ".join(pieces), words)


def place_of(key: str, words: Vocabulary) -> str:
    """Give the place for its people: "syrian" and "syrians" are "syria" if that is a name."""
    same = read_words().same
    for form in (key, key.removesuffix("s")):
        if form in same:
            return same[form]
    ahead, _, last = key.rpartition(" ")
    for form in (last, last.removesuffix("s")):
        for end in ("n", "an", "ian", "ese", "i", "ish"):
            root = form.removesuffix(end)
            if (
                root != form
                and len(root) > 2
                and words.inside[root] >= max(words.inside[last] / 4, 1)
            ):
                return f"{ahead} {root}".strip()
    return key
