"""What a speaker is: a person, a country, an organisation or a group."""

from __future__ import annotations

import re

from analysis.text.name_words import read_name_words
from analysis.text.places import country_in, read_places
from analysis.text.word_classes import words

PERSON, COUNTRY, ORGANISATION, GROUP = "person", "country", "organisation", "group"


COMMON_NOUNS = words(
    "officials authorities sources experts critics supporters opponents investigators police "
    "republicans democrats conservatives liberals protesters activists residents researchers "
    "scientists campaigners families witnesses people media ministry department office government "
    "company report statement agency"
)
# What stands before a group and does not tell it from others: "its officials".
BEFORE_GROUPS = re.compile(
    r"^(?:the|an?|its|their|his|her|each|some|many|several|most|all|two|three|four|five|other|both)\s",
    re.IGNORECASE,
)


def bare_name(name: str) -> str:
    """Leave out articles and the like, and the mark of a genitive."""
    return BEFORE_GROUPS.sub("", name.strip()).removesuffix("'s").removesuffix("’s")


def speaker_kind(name: str) -> str:
    """Tell a speaker's kind by its words; a single name counts as a person's.

    A phrase that ends in lower case is a group ("Ukrainian officials"), what has a word of
    organisations in it or is written in capitals an organisation.
    """
    bare = bare_name(name)
    parts = bare.split()
    if bare.lower() in read_places().countries:
        return COUNTRY
    if not parts or not parts[-1][0].isupper() or not parts[0][0].isupper():
        return GROUP
    other = read_name_words().other
    if is_common(parts[-1]) or (len(parts) == 1 and bare.lower() in other and not bare.isupper()):
        return GROUP
    letters = bare.replace(".", "").replace("-", "")
    capitals = len(parts) == 1 and len(letters) > 1 and letters.isupper()
    if capitals or other & set(bare.lower().split()):
        return ORGANISATION
    return PERSON


def speaker_country(name: str) -> str:
    """Give the country that a speaker's own words name: "Ukrainian officials"; "" if none."""
    bare = bare_name(name)
    return read_places().countries.get(bare.lower(), "") or country_in(bare)


def is_common(word: str) -> bool:
    """Say whether a word names an office, one or several, rather than a person: "Prosecutors"."""
    lexicon = read_name_words()
    small = word.lower()
    return small in COMMON_NOUNS or {small, small.removesuffix("s")} & lexicon.roles != set()
