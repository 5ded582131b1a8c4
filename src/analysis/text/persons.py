"""Which names in a corpus are one person's: surname and full name, spelling and spelling."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.text.name_words import read_name_words, surname
from analysis.text.spellings import PARTICLES, may_be_one, plain, sound

FAR_MORE = 10  # times as many articles as all namesakes together: then the surname alone is theirs
LONG = 6  # letters of a surname that hardly two people spell alike by chance


@dataclass(frozen=True)
class Named:
    """A name as articles write it.

    Attributes
    ----------
    name
        As written.
    n_articles
        In which it stands.
    offices
        Words of the offices beside it, in lower case.
    """

    name: str
    n_articles: int
    offices: frozenset[str]

    @cached_property
    def surname(self) -> str:
        """The last name in lower case."""
        return surname(self.name)

    @cached_property
    def given(self) -> str:
        """The given names; "" for a surname alone, with or without its particle."""
        names = [name for name in self.name.split() if not is_generation(name)][:-1]
        return " ".join(name for name in names if name.lower() not in PARTICLES)

    @cached_property
    def generation(self) -> bool:
        """Whether the name says that it is the younger one's: Donald Trump Jr."""
        return any(map(is_generation, self.name.split()[1:]))


def is_generation(word: str) -> bool:
    """Say whether a word tells a namesake of the family apart."""
    return word.lower().strip(".,") in ("jr", "sr", "ii", "iii", "iv")


def merge_persons(names: Iterable[Named]) -> dict[str, str]:
    """Give the name by which each name goes in the corpus.

    Names of one surname go together if their given names may be one person's. Surnames that sound
    alike do so if, besides, a given name or an office is shared or the surname is long. A surname
    alone is the person's who has it, where there is one, or where one is named far more often than
    all others; else it stays by itself.
    """
    names = list(names)
    alike: dict[str, list[Named]] = defaultdict(list)
    for one in names:
        alike[sound(one.surname)].append(one)
    found: dict[str, str] = {}
    for group in alike.values():
        persons = group_full_names([one for one in group if one.given])
        for one in group:
            if not one.given:
                add_surname(persons, one)
        for person in persons:
            name = best_name(person)
            found |= {one.name: name for one in person}
    return found | add_family_names(names, found)


def add_family_names(names: list[Named], found: dict[str, str]) -> dict[str, str]:
    """Find whose family name stands first: Xi is Xi Jinping, where one person is meant by far."""
    leading: dict[str, Counter[str]] = defaultdict(Counter)
    for one in names:
        if one.given:
            leading[plain(one.name.split()[0])][found[one.name]] += one.n_articles
    alone = [one for one in names if found[one.name] == one.name and " " not in one.name]
    added = {}
    for one in alone:
        bearers = leading[plain(one.name)].most_common()
        others = sum(n for _, n in bearers[1:])
        if bearers and bearers[0][1] >= FAR_MORE * others and not is_first_name(one.name):
            added[one.name] = bearers[0][0]
    return added


def is_first_name(word: str) -> bool:
    """Say whether a word is a known first name."""
    return word.lower() in read_name_words().genders


def group_full_names(names: list[Named]) -> list[list[Named]]:
    """Group full names that may be one person's, the most frequent first."""
    persons: list[list[Named]] = []
    for one in sorted(names, key=lambda one: (-one.n_articles, one.name)):
        # Compared with the commonest form only: forms must not chain two people together.
        own = next((person for person in persons if are_one(person[0], one)), None)
        if own is None:
            persons.append([one])
        else:
            own.append(one)
    return persons


def are_one(one: Named, other: Named) -> bool:
    """Say whether two names with surnames that sound alike are one person's."""
    if not may_be_one(one.given, other.given) or one.generation != other.generation:
        return False
    if plain(one.surname) == plain(other.surname):
        return True
    shared = {sound(name) for name in one.given.split()} & {
        sound(name) for name in other.given.split()
    }
    long = min(len(one.surname), len(other.surname)) >= LONG
    return bool(shared) or bool(one.offices & other.offices) or long


def add_surname(persons: list[list[Named]], one: Named) -> None:
    """Add a surname alone to the person whose it is, or let it stand by itself."""
    own = [person for person in persons if are_one(person[0], one)]
    if len(own) > 1:
        weights = {
            number: sum(name.n_articles for name in own[number]) for number in range(len(own))
        }
        first = max(weights, key=lambda number: (weights[number], -number))
        others = sum(weights.values()) - weights[first]
        shared = [person for person in own if one.offices and one.offices & offices(person)]
        own = [own[first]] if weights[first] >= FAR_MORE * others else shared
    if len(own) == 1:
        own[0].append(one)
    else:
        persons.append([one])


def offices(person: list[Named]) -> frozenset[str]:
    """Give the office words of a person's names."""
    return frozenset[str]().union(*(one.offices for one in person))


def best_name(person: list[Named]) -> str:
    """Give the full name in most articles, of equals the longest, else the surname."""
    return max(
        person, key=lambda one: (bool(one.given), one.n_articles, len(one.name), one.name)
    ).name


def count_names(pairs: Iterable[tuple[str, str]]) -> Mapping[str, int]:
    """Count the articles of each name in pairs of article and name."""
    return Counter(name for _, name in set(pairs))
