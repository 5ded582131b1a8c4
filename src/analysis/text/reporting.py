"""The words that report: read from the lexicon and inflected."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

VOWELS = "aeiou"
# Verbs of more than one syllable that double their last letter.
DOUBLED = {
    "rebut", "refer", "infer", "commit", "admit", "regret", "forget", "begin", "ban",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reporting:
    """A form of a word that reports.

    Attributes
    ----------
    lemma
        The base form.
    form
        ``"base"``, ``"s"``, ``"ing"``, ``"past"`` (also where the participle is the same) or
        ``"participle"`` of a verb; ``"noun"``; ``"adjective"``.
    stance
        How the reporter stands to what is reported; see the lexicon.
    takes
        What may follow; see the lexicon.
    """

    lemma: str
    form: str
    stance: str
    takes: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """The lexicon, by the forms in lower case; phrases by their first word.

    `words` are all that may report or begin a phrase that does.
    """

    verbs: dict[str, Reporting]
    nouns: dict[str, Reporting]
    adjectives: dict[str, Reporting]
    phrases: dict[str, list[tuple[list[str], str]]]
    titles: frozenset[str]
    words: frozenset[str]


@functools.cache
def read_lexicon() -> Lexicon:
    """Read ``lexicons/reporting_en.yml``, once."""
    text = (files("analysis") / "lexicons" / "reporting_en.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    verbs: dict[str, Reporting] = {}
    nouns: dict[str, Reporting] = {}
    adjectives: dict[str, Reporting] = {}
    for stance, entry in entries(data["verbs"]):
        for word, reporting in inflect(entry, stance):
            verbs[word] = merge(verbs.get(word), reporting)
    for stance, entry in entries(data["nouns"]):
        lemma, *takes = entry.split("/")
        for word in (lemma, with_s(lemma)):
            nouns.setdefault(word, Reporting(lemma, "noun", stance, frozenset(takes)))
    for stance, entry in entries(data["adjectives"]):
        lemma, *takes = entry.split("/")
        adjectives[lemma] = Reporting(lemma, "adjective", stance, frozenset(takes))
    phrases: dict[str, list[tuple[list[str], str]]] = {}
    for stance, phrase in entries(data["phrases"]):
        phrases.setdefault(phrase.split()[0], []).append((phrase.split(), stance))
    words = frozenset(verbs) | nouns.keys() | adjectives.keys() | phrases.keys()
    return Lexicon(verbs, nouns, adjectives, phrases, frozenset(data["titles"]), words)


def entries(section: dict[str, list[Any]]) -> Iterator[tuple[str, str]]:
    """Give each entry with its stance."""
    for stance, words in section.items():
        yield from ((stance, str(word)) for word in words)


def merge(one: Reporting | None, other: Reporting) -> Reporting:
    """Join two entries of one form: the first one's stance, what either takes."""
    if one is None:
        return other
    return Reporting(one.lemma, one.form, one.stance, one.takes | other.takes)


def inflect(entry: str, stance: str) -> Iterator[tuple[str, Reporting]]:
    """Give the forms of a verb, from an entry such as ``write wrote written/q/c``."""
    words, *takes = entry.split("/")
    base, *irregular = words.split()
    past = irregular[0] if irregular else with_ed(base)
    participle = irregular[1] if len(irregular) > 1 else past
    forms = {base: "base", with_s(base): "s", with_ing(base): "ing", participle: "participle"}
    forms[past] = "past"
    if past == base:
        forms[base] = "base"
    for word, form in forms.items():
        yield word, Reporting(base, form, stance, frozenset(takes))


def with_s(base: str) -> str:
    """Give the form in -s."""
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def with_ed(base: str) -> str:
    """Give the regular past."""
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ied"
    return doubled(base) + "ed"


def with_ing(base: str) -> str:
    """Give the form in -ing."""
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return doubled(base) + "ing"


def doubled(base: str) -> str:
    """Double the last letter where English does."""
    short = (
        len(base) >= 3
        and base[-1] not in VOWELS + "wxy"
        and base[-2] in VOWELS
        and base[-3] not in VOWELS
    )
    one_syllable = sum(letter in VOWELS for letter in base) == 1
    return base + base[-1] if short and (one_syllable or base in DOUBLED) else base
