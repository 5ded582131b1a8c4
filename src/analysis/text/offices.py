"""Who is meant by an office: "Russia's foreign minister" is whom the corpus calls so by name."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from analysis.text.name_words import read_name_words
from analysis.text.places import country_in

MISREAD = 4  # times as often as all others together: those are misread
Office = tuple[str, frozenset[str]]


@functools.lru_cache(maxsize=50_000)
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

    Another who is called so in a fifth of the articles or less counts as misread.

    Parameters
    ----------
    phrases
        Speakers without a name.
    roles
        Offices stated beside each name.
    names
        The corpus's name for each name.
    """
    holders: dict[Office, Counter[str]] = defaultdict(Counter)
    for name, stated in roles.items():
        for held in filter(None, map(read_office, stated)):
            holders[held][names[name]] += 1
    found = {}
    for phrase in phrases:
        office = read_office(phrase)
        ranked = holders[office].most_common() if office in holders else []
        if ranked and ranked[0][1] > MISREAD * sum(n for _, n in ranked[1:]):
            found[phrase] = ranked[0][0]
    return found
