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
from analysis.text.places import country_of
from analysis.text.word_classes import (
    LINKING,
)

LONGEST_NAME = 4  # words; headlines in capitals are longer


KNOWN = 3  # a known first name counts as so many mentions


APPOSITION = re.compile(r",\s([^,.;:\n]{3,70})[,.]")


BEFORE = re.compile(r"\b(?:the|an?|[\w’']+s)\s([^,.;:\n]{3,60}),?\s$", re.IGNORECASE)


# What follows a subject: an age, "who", a verb, or "of ..." and a verb.
ACTS = re.compile(
    r"(?:,\s(?:\d\d,|whose?\b)"
    r"|\sof\s[^,.;:\n]{3,60}?\s(?:is|was|has|had|will|would|said|\w+s)\s"
    r"|\s(?:who|is|was|has|had|does|did|will|would)\b"
    r"|\s(\w+))"
)


# Who held an office is not meant by "the president".
FORMER = re.compile(r"\b(?:former|ex)[\s-]", re.IGNORECASE)


def read_names(masked: str) -> Names:
    """Read the names of an article, outside its quotations.

    A name of two words or more is a person's where its first word is a known first name, where a
    title stands before it, where an office or the verb of a subject follows, or where its last word
    stands alone elsewhere; unless it has a word of places or organisations.
    """
    names = Names()
    mentions: list[tuple[int, str, str]] = []
    full: dict[str, Counter[str]] = defaultdict(Counter)
    people: set[str] = set()
    for match in NAME.finditer(masked):
        titled = strip_common(match[0])
        name = strip_titles(titled)
        if not name:
            continue
        key = surname(name)
        mentions.append((match.start(), name, key))
        titles = titled[: len(titled) - len(name)].lower().replace(".", "").split()
        if not FORMER.search(masked, max(0, match.start() - 8), match.start() + 7):
            read_titles(names, key, titles, match.start())
        if " " in name:
            known = read_first_name(names, key, name)
            if name.count(" ") < LONGEST_NAME:
                full[key][name] += 1 + KNOWN * known
        if read_apposition(masked, match, key, names) or titles or acts(masked, match):
            people.add(key)
    names.full = {key: max(seen, key=seen.__getitem__) for key, seen in full.items()}
    names.namesakes = find_namesakes(full)
    find_people(names, mentions, people)
    return names


def read_titles(names: Names, key: str, titles: list[str], place: int) -> None:
    """Learn gender and office from the titles before a name."""
    words = read_name_words()
    for title in titles:
        gender = words.titles.get(title, "")
        if gender in (MALE, FEMALE):
            names.gender.setdefault(key, gender)
        if title in words.roles:
            names.roles[title].append((place, key))
    country = country_of(titles)
    if country:
        names.countries.setdefault(key, country)


def read_first_name(names: Names, key: str, name: str) -> bool:
    """Learn the gender from the first name; say whether it is a known one."""
    gender = read_name_words().genders.get(name.split()[0].lower())
    if gender:
        names.gender.setdefault(key, gender)
    return gender is not None


def find_namesakes(full: dict[str, Counter[str]]) -> dict[tuple[str, str], str]:
    """Find the full name by surname and gender, where a man and a woman share a surname."""
    genders = read_name_words().genders
    found: dict[tuple[str, str], str] = {}
    for key, seen in full.items():
        by_gender: dict[str, str] = {}
        for name, _ in seen.most_common():
            gender = genders.get(name.split()[0].lower())
            if gender:
                by_gender.setdefault(gender, name)
        if len(by_gender) > 1:
            found.update({(key, gender): name for gender, name in by_gender.items()})
    return found


def find_people(names: Names, mentions: list[tuple[int, str, str]], people: set[str]) -> None:
    """Find which names are persons'; `people` are those who are described or act as such."""
    other = read_name_words().other
    alone = {key for _, name, key in mentions if " " not in name}
    for place, name, key in mentions:
        whole = names.full.setdefault(key, name)
        known = key in names.gender or (" " in whole and key in alone | people)
        if known and not other & set(whole.lower().split()):
            names.people.add(key)
            names.persons.append((place, key))


def acts(masked: str, name: re.Match[str]) -> bool:
    """Say whether a name is followed by what follows a subject, and no "the" is before it."""
    found = ACTS.match(masked, name.end())
    if not found or masked[max(0, name.start() - 4) : name.start()].lower() == "the ":
        return False
    word = found[1] or ""
    return (word.islower() and word not in LINKING) or not word


def read_apposition(masked: str, name: re.Match[str], key: str, names: Names) -> bool:
    """Learn the office of a person from what stands beside the name: "Name, the mayor of ..."."""
    behind = APPOSITION.match(masked, name.end())
    described = masked[max(0, name.start() - 2) : name.start() - 1]
    ahead = None
    if described == "," or described.islower():
        ahead = BEFORE.search(masked, max(0, name.start() - 70), name.start())
    words = re.findall(r"\w+", behind[1].lower())[:6] if behind else []
    words += re.findall(r"\w+", ahead[1].lower())[-6:] if ahead else []
    offices = [word for word in words if word in read_name_words().roles]
    for word in offices:
        names.roles[word].append((name.end(), key))
    country = country_of(words) if offices else ""
    if country:
        names.countries.setdefault(key, country)
    return bool(offices)
