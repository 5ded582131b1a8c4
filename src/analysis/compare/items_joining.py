"""Which names of an event are one, and what each is of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from analysis.compare.items_names import SHOUTED, known_names, read_words
from analysis.text.name_words import read_name_words, surname

PERSON, PLACE, ORGANISATION, OTHER = "person", "place", "organisation", "name"
PLACE_SHARE = 0.34  # of a name's mentions that stand behind "in", "at", "from"


def join_names(counts: Counter[str], people: set[str]) -> dict[str, str]:
    """Give for the short names of an event the long one that they stand for.

    A single word stands for the longer name that it ends, if that is a person's (the most frequent
    one), or for the only one that it begins or ends; capitals for the name of which they are the
    first letters.
    """
    common = read_words().common
    longer: dict[str, list[str]] = defaultdict(list)
    initials: dict[str, list[str]] = defaultdict(list)
    for key in counts:
        pieces = key.split()
        if len(pieces) > 1:
            for word in {pieces[0], pieces[-1]}:
                longer[word].append(key)
            initials[
                "".join(word[0] for word in pieces if word not in ("of", "the", "and"))
            ].append(key)
    joined = {}
    for key in counts:
        if " " in key or key in common:
            continue
        choices = [name for name in longer[key] if surname(name) in people and name.endswith(key)]
        choices = choices or [name for name in longer[key] if surname(name) in people]
        if not choices and len(longer[key]) == 1 and counts[longer[key][0]] * 3 >= counts[key]:
            choices = longer[key]
        if not choices and 1 < len(key) <= SHOUTED:
            choices = initials[key]
        if choices:
            joined[key] = max(choices, key=lambda name: (counts[name], name))
    return joined


def find_people(counts: Counter[str], titled: Iterable[str]) -> set[str]:
    """Give the surnames, folded, that are persons' in an event.

    A name of two to four words is a person's whose first word is a known first name, whose last
    word stands alone elsewhere, or that has a title before it; unless a word of it is of places or
    organisations.
    """
    words = read_words()
    not_people = words.organisations | words.places | words.common
    people = {surname(key) for key in titled if not not_people & set(key.split())}
    for key in counts:
        pieces = key.split()
        named = 1 < len(pieces) < 5 and not any(letter.isdigit() for letter in key)
        if named and not not_people & set(pieces) and "of" not in pieces:
            known = pieces[0] in read_name_words().genders
            if known or (len(pieces) < 4 and counts[pieces[-1]]):
                people.add(surname(key))
    return people


def kind_of(key: str, people: set[str], located: float) -> str:
    """Say what a name is of: a person, an organisation, a place; or just a name."""
    words = read_words()
    pieces = set(key.split())
    if pieces & words.organisations:
        return ORGANISATION
    if key in known_names() or pieces & words.places:
        return PLACE
    if surname(key) in people:
        return PERSON
    return PLACE if located >= PLACE_SHARE else OTHER
