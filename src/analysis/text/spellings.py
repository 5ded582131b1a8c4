"""When two spellings may be one name: accents, transliterations, initials, short first names."""

from __future__ import annotations

import functools
import re
import unicodedata

from analysis.text.word_classes import words

# What transliterations and typing do not agree on, each run of letters by one that stands for it.
SOUNDS = (
    ("sch", "s"), ("sh", "s"), ("zh", "z"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("ou", "u"),
    ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("ei", "i"),
)  # fmt: skip
NOT_LETTERS = re.compile(r"[^a-z]")
DOUBLED = re.compile(r"(.)\1+")
# Letters that have no accent to take away.
PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
# Of a surname: Marine Le Pen.
PARTICLES = words("de da di du del della der den van von al bin ibn el la le ter ten dos das")
SHORTEST = 3  # letters of a short form: Jon for Jonathan


@functools.lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Give a word in lower case without accents, hyphens and apostrophes."""
    spread = unicodedata.normalize("NFKD", word.lower().translate(PLAIN))
    return NOT_LETTERS.sub("", spread) or word.lower()


@functools.lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """Give what the spellings of a name have in common: Zelensky and Zelenskiy give one string."""
    spelled = plain(word)
    for letters, letter in SOUNDS:
        spelled = spelled.replace(letters, letter)
    return DOUBLED.sub(r"\1", spelled)


def may_be_one(given: str, other: str) -> bool:
    """Say whether two given names may be one person's; "" may be anybody's.

    They may if they share a name, if one begins with the other ("Jon"), or if one is an initial.
    """
    if not given or not other:
        return True
    ours, theirs = (
        [sound(name) for name in names.split() if name.lower() not in PARTICLES]
        for names in (given, other)
    )
    if not ours or not theirs:
        return True
    if set(ours) & set(theirs):
        return True
    short, long = sorted((ours[0], theirs[0]), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= SHORTEST)
