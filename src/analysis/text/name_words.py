"""What a name looks like, and which words go with names."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib.resources import files

import yaml

from analysis.text.places import read_places
from analysis.text.word_classes import words

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚЀ-Я]"
WORD = rf"{CAPITAL}(?:[\w\-]|['’](?!s\b)(?=\w)|\.(?=\w))*"
JOINTS = r"(?:de|da|di|du|del|della|der|den|van|von|al|bin|ibn|el|la|le|ter|ten|dos|das)"
# A full stop inside a name ends an initial or a title, not a sentence.
STOP = (
    r"(?:(?:(?<=\b[A-Z])|(?<=\b(?:Mr|Ms|Dr|Lt|St|Jr|Sr))|(?<=\b(?:Prof|Capt|Pres|Sens|Reps))"
    r"|(?<=\b(?:Mrs|Gen|Col|Sen|Rep|Gov|Sgt|Maj|Adm|Rev)))\.)?"
)
PREFIX = r"(?:(?:al|el|an|as|ad|ash|ul|ur)-)?"  # "Bashar al-Assad"
NAME = re.compile(rf"{WORD}(?:{STOP}[ \u00a0](?:{JOINTS}[ \u00a0])*{PREFIX}{WORD})*")
MALE, FEMALE, EITHER = "male", "female", "either"


# Capitals at the beginning of a sentence that are no names.
COMMON = words(
    "the a an in on at of for from with by to but and or so if as when while after before since he "
    "she it they we i you his her its their our my this that these those there here what who how "
    "why where which not no yes all some many most more one two three both each every other "
    "another according during despite although though because until then now also still yet even "
    "just only meanwhile however instead asked had has have is are was were do does did "
    "i'm i’m i've i’ve i'd i’d it's it’s that's that’s there's there’s he's he’s she's she’s we're "
    "they're we’re they’re let's let’s however meanwhile moreover nevertheless nonetheless"
)


@dataclass(frozen=True)
class NameWords:
    """What the lexicon lists; see the file."""

    titles: dict[str, str]
    portfolios: frozenset[str]
    roles: frozenset[str]
    other: frozenset[str]
    genders: dict[str, str]


@functools.cache
def read_name_words() -> NameWords:
    """Read ``lexicons/names_en.yml``, once."""
    text = (files("analysis") / "lexicons" / "names_en.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    titles = {word: gender for gender, words in data["titles"].items() for word in words}
    titles |= dict.fromkeys(data["portfolios"], EITHER)
    genders = {name: gender for gender in (MALE, FEMALE) for name in data[gender]}
    return NameWords(
        titles=titles,
        portfolios=frozenset(data["portfolios"]),
        roles=frozenset(data["roles"]),
        other=frozenset(data["other"]),
        genders=genders,
    )


def strip_common(name: str) -> str:
    """Leave out words with a capital at the beginning of a sentence."""
    while True:
        first, _, rest = name.partition(" ")
        if first.lower() not in COMMON:
            return name
        name = rest


@functools.lru_cache(maxsize=10_000)
def strip_titles(name: str) -> str:
    """Leave out titles and offices before a name: all up to the last such word.

    A country before two words or more is left out too: "ambassador in Cyprus Stanislav Osadchiy".
    The name of an institution stays whole: "Finance Ministry", "State Department".
    """
    words = name.split()
    if len(words) < 2:
        return name
    known = read_name_words()
    last = max(
        (n for n, word in enumerate(words[:-1]) if word.lower().rstrip(".") in known.titles),
        default=-1,
    )
    if last >= 0 and words[last].lower() in known.portfolios and words[-1].lower() in known.other:
        return name
    return " ".join(strip_country(words[last + 1 :]))


def has_country(name: str) -> bool:
    """Say whether a country stands ahead of a full name."""
    words = name.split()
    return len(words) > 2 and len(strip_country(words)) < len(words)


def strip_country(words: list[str]) -> list[str]:
    """Leave out a country or its adjective ahead of a full name."""
    places = read_places()
    for length in (2, 1):
        ahead = " ".join(words[:length]).lower()
        if len(words) < length + 2 or not (ahead in places.countries or ahead in places.adjectives):
            continue
        behind = {word.lower() for word in words[length:]}
        return words if behind & read_name_words().other else words[length:]
    return words


def strip_article(mention: str) -> str:
    """Leave out an article ahead of a noun phrase."""
    return re.sub(r"^(?:the|an?)\s", "", mention.strip(), flags=re.IGNORECASE)


@functools.lru_cache(maxsize=10_000)
def surname(name: str) -> str:
    """Give the word by which a person is called after the first mention, in lower case."""
    words = name.removesuffix("'s").removesuffix("’s").split()
    while len(words) > 1 and words[-1].lower().strip(".,") in ("jr", "sr", "ii", "iii", "iv"):
        words.pop()
    return words[-1].lower().strip(".,'’") if words else ""
