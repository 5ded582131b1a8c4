"""Who is meant by an office: "Russia's foreign minister" is whom the corpus calls so by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from analysis.text.name_words import read_name_words
from analysis.text.places import country_in

Office = tuple[str, frozenset[str]]


def read_office(phrase: str) -> Office | None:
    """Give the country and the title words of an office, or None if either is missing."""
    lexicon = read_name_words()
    words = {word.strip(".,").lower() for word in phrase.split()}
    country = country_in(phrase)
    if not country or not words & lexicon.roles:
        return None
    return country, frozenset(words & (lexicon.roles | lexicon.titles.keys()))


def find_holders(
    phrases: Iterable[str], roles: Mapping[str, list[str]], names: Mapping[str, str]
) -> dict[str, str]:
    """Find the person for each phrase that states an office, where only one is known to hold it.

    Parameters
    ----------
    phrases
        Speakers without a name.
    roles
        Offices stated beside each name.
    names
        The corpus's name for each name.
    """
    holders: dict[Office, set[str]] = defaultdict(set)
    for name, stated in roles.items():
        for held in filter(None, map(read_office, stated)):
            holders[held].add(names[name])
    found = {}
    for phrase in phrases:
        office = read_office(phrase)
        if office is not None and len(holders.get(office, ())) == 1:
            found[phrase] = next(iter(holders[office]))
    return found
