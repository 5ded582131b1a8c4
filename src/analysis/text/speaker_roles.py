"""The offices of persons, as articles state them beside the name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from analysis.text.name_words import read_name_words, strip_article
from analysis.text.word_classes import DAYS, words

BEHIND = re.compile(r",\s([^,.;:()\n]{3,70})[,.;]")
NO_OFFICE = ("who", "whose", "which", "and", "but", "in", "on")
NO_PART = words("the a an mr mrs ms and as on in for") | DAYS
LONGEST = 7  # words of an office
REACH = 70  # characters ahead of a name in which its office may stand
WORD = re.compile(r"[\w’'\-]+")


def read_role(text: str, name: str) -> str:
    """Give the office beside the first mention of a name in an article, "" if there is none.

    "Ukraine's Foreign Minister Dmytro Kuleba" and "Kuleba, Ukraine's foreign minister, " both
    state it; what stands ahead comes first.
    """
    at = text.find(name)
    if at < 0:
        return ""
    ahead = text[max(0, at - REACH) : at]
    stated = office_ahead(ahead.split()[-LONGEST:]) if ahead[-1:].isspace() else ""
    if stated:
        return stated
    behind = BEHIND.match(text, at + len(name))
    if behind is None:
        return ""
    words = [word.lower() for word in WORD.findall(behind[1])]
    known = read_name_words().roles
    if not known & set(words[:LONGEST]) or words[0] in NO_OFFICE:
        return ""
    return strip_article(behind[1])


def office_ahead(ahead: list[str]) -> str:
    """Give the run of titles, places and capitals right ahead of a name, if it has an office."""
    lexicon = read_name_words()
    first = len(ahead)
    while first and goes_ahead(ahead[first - 1]):
        first -= 1
    run = ahead[first:]
    while run and run[0].lower().strip(".") in NO_PART:
        run = run[1:]
    known = {word.lower().strip(".,") for word in run}
    return " ".join(run).strip(",") if known & lexicon.roles else ""


def goes_ahead(word: str) -> bool:
    """Say whether a word goes ahead of names: a capital or a title, and no end of a sentence."""
    lexicon = read_name_words()
    title = word.lower().strip(".,")
    known = title in lexicon.titles or title in lexicon.roles
    return (known and word[-1] != ",") or (word[0].isupper() and word[-1] not in ".,:")


def commonest(roles: Iterable[str], most: int = 3) -> list[str]:
    """Give the most frequent roles, each as it was first written; capitals tell none apart."""
    written: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for role in roles:
        if role:
            counts[role.lower()] += 1
            written.setdefault(role.lower(), role)
    ranked = sorted(counts, key=lambda role: (-counts[role], role))
    return [written[role] for role in ranked[:most]]
