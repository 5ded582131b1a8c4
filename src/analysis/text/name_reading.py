"""The names of an article: read once, with what stands beside them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from analysis.text.name_words import (
    FEMALE,
    MALE,
    NAME,
    read_name_words,
    strip_common,
    strip_titles,
    surname,
)
from analysis.text.names import Names
from analysis.text.word_classes import (
    COORDINATORS,
    PREPOSITIONS,
    SUBORDINATORS,
)

LONGEST_NAME = 4  # words; headlines in capitals are longer


KNOWN = 3  # a known first name counts as so many mentions


APPOSITION = re.compile(r",\s([^,.;:\n]{3,70})[,.]")


BEFORE = re.compile(r"\b(?:the|an?|[\w’']+s)\s([^,.;:\n]{3,60}),?\s$", re.IGNORECASE)


ACTS = re.compile(r"(?:,\s(?:\d\d,|who\b)|\s(?:who|is|was|has|had|does|did|will|would)\b|\s(\w+))")


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


def acts(masked: str, name: re.Match[str]) -> bool:
    """Say whether a name is followed by what follows a subject, and no "the" is before it."""
    found = ACTS.match(masked, name.end())
    if not found or masked[max(0, name.start() - 4) : name.start()].lower() == "the ":
        return False
    word = found[1] or ""
    return (word.islower() and word not in PREPOSITIONS | COORDINATORS | SUBORDINATORS) or not word


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
