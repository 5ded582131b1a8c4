"""Which organisation goes by which initials: UN is the United Nations where both are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from analysis.text.speaker_kinds import bare_name
from analysis.text.word_classes import words

SHORTEST, LONGEST = 2, 6  # letters
UNCOUNTED = words("of the and for on in to &")


def initials_of(name: str) -> str:
    """Give the first letters of a name's words, without the small ones."""
    large = [word for word in bare_name(name).split() if word.lower() not in UNCOUNTED]
    return "".join(word[0] for word in large).upper()


def bare_initials(name: str) -> str:
    """Give the letters of a name that is initials alone, with or without full stops; else ""."""
    letters = bare_name(name).replace(".", "")
    fits = letters.isalpha() and letters.isupper() and SHORTEST <= len(letters) <= LONGEST
    return letters if fits else ""


def find_full_names(pairs: Iterable[tuple[str, str]], texts: Mapping[str, str]) -> dict[str, str]:
    """Find the full name for initials, where one fits and an article writes it beside them.

    Parameters
    ----------
    pairs
        Article id and organisation, as it speaks there.
    texts
        The articles by id.
    """
    full: dict[str, set[str]] = defaultdict(set)
    used: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for article_id, name in pairs:
        if bare_initials(name):
            used[bare_initials(name)].append((article_id, name))
        elif " " in bare_name(name):
            full[initials_of(name)].add(bare_name(name))
    found: dict[str, str] = {}
    for letters, uses in used.items():
        fitting = sorted(full.get(letters, ()))
        if len(fitting) == 1 and any(fitting[0] in texts[article_id] for article_id, _ in uses):
            found |= {name: fitting[0] for _, name in uses}
    return found
