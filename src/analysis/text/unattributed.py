"""Quotations that no word reports: speech, the title of a work, or a word held at a distance."""

from __future__ import annotations

import re

from analysis.text.attribution import announcer
from analysis.text.clauses import Sentence
from analysis.text.name_words import NAME
from analysis.text.reporting import read_lexicon
from analysis.text.subjects import Place, first_subject, subject_after
from analysis.text.word_classes import DASHES, words

SIGNATURE = re.compile(
    rf"[.,]?\s{{0,3}}(?:--|[-–—―])\s?(?P<name>{NAME.pattern})[^.\n]{{0,80}}\.?(?=\n|$|\s?\[)"
)
FEWEST_WORDS = 6  # a shorter stretch inside a sentence of the outlet's own is a marked word
WORD = re.compile(r"\w[\w'’-]*")
SMALL = words("a an and as at but by for from in into is it nor of on or the to vs with s")


def is_title(sentence: Sentence, place: int, content: str) -> bool:
    """Say whether quotation marks hold the title of a work: capitals, or a word such as "film"."""
    words = WORD.findall(content)
    if not words or len(words) > 14 or (content.rstrip()[-1:] in ".!?" and len(words) < 2):
        return False
    before = [word for word in sentence.low[max(0, place - 3) : place]]
    behind = [word for word in sentence.low[place + 1 : place + 3]]
    large = [word for word in words if word.lower() not in SMALL]
    capitals = bool(large) and all(word[0].isupper() or word[0].isdigit() for word in large)
    if not capitals:
        return False
    named = set(before + behind) & read_lexicon().titles
    return bool(named) or (len(large) >= 2 and content.rstrip()[-1:] not in "!?")


def is_speech(sentence: Sentence, place: int, content: str) -> bool:
    """Say whether a quotation without a cue is speech: it stands alone, or is long."""
    words = WORD.findall(content)
    others = [n for n, word in enumerate(sentence.words) if n != place and word[0].isalnum()]
    if not others:
        whole = len(words) > 1 or content.rstrip()[-1:] in ("!", "?", ".")
        return bool(words) and whole and not is_title(sentence, place, content)
    if sentence.at(place - 1) == ":" and len(words) > 2:
        return True
    return len(words) >= FEWEST_WORDS and not is_title(sentence, place, content)


def lone_source(sentence: Sentence, place: int) -> Place | None:
    """Find the source of a quotation that a colon alone attributes, or that is its sentence's."""
    if sentence.at(place - 1) == ":":
        speaking = announcer(sentence, place - 1)
        if speaking is not None:
            return speaking
        dash = max((n for n in range(place) if sentence.low[n] in DASHES), default=-1)
        return first_subject(sentence, dash + 1, place - 1)
    return first_subject(sentence, 0, place) if place > 1 else None


def plain_verb(sentence: Sentence, place: int) -> Place | None:
    """Find the subject of a verb that the lexicon lacks: “...!” beamed the mayor."""
    verb = place + 1
    while sentence.at(verb) in (",", "!", "?", "…") and verb < place + 3:
        verb += 1
    word = sentence.at(verb)
    if place > 0 and sentence.at(place - 1) not in (",", ":"):
        return None
    if not (word.endswith("ed") and len(word) > 4) or sentence.is_name(verb):
        return None
    named = sentence.is_name(verb + 1) or sentence.at(verb + 1) in ("the", "a", "an", "one", "his")
    return subject_after(sentence, verb) if named else None


def read_signature(text: str, end: int) -> tuple[int, int] | None:
    """Find a name behind a quotation and a dash, on its line or alone on the next one."""
    found = SIGNATURE.match(text, end)
    return found.span("name") if found else None
