"""The names in articles: where they stand, and what they are called."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

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


class Mention(NamedTuple):
    """A name in an article: whether it begins a sentence, is behind "in" or "at", has a title."""

    form: str  # as it is written
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


@functools.cache
def known_names() -> frozenset[str]:
    """Give the names that the lexicon gives for others."""
    return frozenset(read_words().same.values())


@functools.lru_cache(1 << 16)
def fold(name: str) -> str:
    """Write a name so that its spellings meet: no accents, stops or capitals, single spaces."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.lower().replace(".", "").replace("’", "'").replace("-", " ")
    return " ".join(plain.split())


@functools.lru_cache(1 << 16)
def key_of(form: str) -> str:
    """Give the folded name; "" where it is too long for a name, or none."""
    key = fold(form)
    return key if 0 < len(key.split()) <= LONGEST and key not in read_words().noise else ""


def mentions_of(text: str) -> Iterator[Mention]:
    """Give the names in a text, without titles before them, in order."""
    for line in LINE.finditer(text):
        begin, stop = line.span()
        if is_heading(line[0]):
            continue
        for match in JOINED.finditer(text, begin, stop):
            for offset, name, titled in parts(match[0]):
                start = match.start() + offset
                if start == begin and name.isupper() and len(name) > SHOUTED:
                    continue  # a dateline
                end = number_end(text, start, start + len(name))
                form = text[start:end]
                if key_of(form):
                    first, located = read_ahead(text[max(begin, start - 40) : start])
                    yield Mention(form, start, end, first, located, titled)


def read_ahead(ahead: str) -> tuple[bool, bool]:
    """Say whether a name behind these letters of its line begins a sentence, or is located."""
    last = ahead[:-1].rpartition(" ")[2]
    if ahead[-1:] == " " and last.isalpha():  # a word and a space: nothing else is to be looked for
        return False, last.lower() in read_words().ahead
    located = any(word.lower() in read_words().ahead for word in WORD.findall(ahead)[-1:])
    return STARTS.search(ahead) is not None, located


def number_end(text: str, start: int, end: int) -> int:
    """Give the end of a name with the number that is a part of it: "Article 50", "School No. 4"."""
    if not (text[end + 1 : end + 2].isdecimal() or text[end + 2 : end + 3].isdecimal()):
        return end  # as behind most names
    name = text[start:end]
    if name.endswith(" No") or name.lower() in read_words().numbered:
        number = NUMBERED.match(text, end)
        return number.end() if number else end
    return end


@functools.lru_cache(1 << 16)
def parts(found: str) -> tuple[tuple[int, str, bool], ...]:
    """Give the name of a match and whether it has a title, or the two names around an "of".

    "Concord of Nations" is one name, "President Halden of Kastria" and "Monday of Easter" are two.
    Each with the letters before it.
    """
    left, joint, right = found.partition(" of ")
    titles = read_name_words().titles
    pieces = strip_common(left).lower().split()
    words = read_words()
    whole = len(pieces) < 2 or (words.organisations | words.places) & set(pieces)
    if joint and (not whole or {*pieces[-1:]} & (titles.keys() | words.calendar)):
        return (*stripped(0, left), *stripped(len(left) + len(joint), right))
    return tuple(stripped(0, found))


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
    if line.rstrip().endswith((".", "!", "?", "”", '"')):
        return False
    words = WORD.findall(line)
    capital = sum(word[0].isupper() for word in words)
    return len(words) >= HEADLINE_WORDS and capital > HEADLINE_SHARE * len(words)
