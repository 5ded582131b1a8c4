"""Countries as speakers: their names, capitals that speak for them, and their adjectives."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import yaml


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
    """

    countries: dict[str, str]
    adjectives: dict[str, str]
    seats: dict[str, str]


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
    return Places(countries, adjectives, seats)


def country_in(phrase: str) -> str:
    """Give the country that a phrase as written names, by a seat, an adjective or its name."""
    places = read_places()
    small = phrase.lower()
    seat = next((country for name, country in places.seats.items() if name in small), "")
    if seat:
        return seat
    words = [word.strip(",") for word in phrase.split()]
    american = any(word.strip(".'s’") in ("US", "U.S", "USA") for word in words)
    return country_of([word.lower() for word in words]) or (
        places.countries["us"] if american else ""
    )


def country_of(words: Sequence[str]) -> str:
    """Give the first country among words in lower case, "" if there is none.

    "us" is no country here: in lower case it is the pronoun.
    """
    places = read_places()
    for word in words:
        name = word.removesuffix("'s").removesuffix("’s")
        country = places.adjectives.get(name) or places.countries.get(name)
        if country and name != "us":
            return country
    return ""
