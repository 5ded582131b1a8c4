"""Countries as speakers: their names, capitals that speak for them, and their adjectives."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import yaml

LONGEST_NAME = 4  # words: Democratic Republic of Congo


@dataclass(frozen=True)
class Places:
    """What the lexicon lists, in lower case.

    Attributes
    ----------
    countries
        The country's name by each of its names and capitals.
    adjectives
        The country's name by each adjective.
    seats
        The country's name by each institution.
    lands
        The country's name by each of its names, capitals and adjectives.
    """

    countries: dict[str, str]
    adjectives: dict[str, str]
    seats: dict[str, str]
    lands: dict[str, str]


@functools.cache
def read_places() -> Places:
    """Read ``lexicons/places_en.yml``, once."""
    text = (files("analysis") / "lexicons" / "places_en.yml").read_text(encoding="utf-8")
    countries: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    seats: dict[str, str] = {}
    for country, entry in yaml.safe_load(text)["countries"].items():
        names = [country, *entry.get("names", []), *entry.get("capitals", [])]
        countries |= {name.lower(): country for name in names}
        adjectives |= {word.lower(): country for word in entry.get("adjectives", [])}
        seats |= {name.lower(): country for name in entry.get("seats", [])}
    return Places(countries, adjectives, seats, countries | adjectives)


@functools.lru_cache(maxsize=50_000)
def country_in(phrase: str) -> str:
    """Give the country that a phrase as written names, by a seat, an adjective or its name."""
    words = [bare_word(word) for word in phrase.split()]
    small = [word.lower() for word in words]
    american = not {"US", "U.S", "USA"}.isdisjoint(words)
    return (
        first_run(small, read_places().seats)
        or country_of(small)
        or (read_places().countries["us"] if american else "")
    )


def country_of(words: Sequence[str]) -> str:
    """Give the first country among words in lower case, "" if there is none.

    "us" is no country here: in lower case it is the pronoun.
    """
    bare = [bare_word(word) for word in words]
    return first_run(["" if word == "us" else word for word in bare], read_places().lands)


def bare_word(word: str) -> str:
    """Leave out marks around a word, and the ending of a genitive."""
    return word.strip(',.;:()[]"“”‘').removesuffix("'s").removesuffix("’s").rstrip("'’")


def first_run(words: Sequence[str], names: Mapping[str, str]) -> str:
    """Give what the first whole run of words stands for, the longest of those that begin there."""
    for first in range(len(words)):
        for length in range(min(LONGEST_NAME, len(words) - first), 0, -1):
            country = names.get(" ".join(words[first : first + length]))
            if country:
                return country
    return ""
