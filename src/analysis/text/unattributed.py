"""Quotations that no word reports: speech, the title of a work, or a word held at a distance."""

from __future__ import annotations

import re

from analysis.text.clauses import DASHES, Sentence
from analysis.text.reporting import read_lexicon
from analysis.text.subjects import Place, first_subject

FEWEST_WORDS = 6  # a shorter stretch inside a sentence of the outlet's own is a marked word
WORD = re.compile(r"\w[\w'’-]*")
SMALL = frozenset("a an and as at but by for from in into is it nor of on or the to vs with s".split())


def is_title(sentence: Sentence, place: int, content: str) -> bool:
    """Say whether quotation marks hold the title of a work: capitals, or a word such as "film"."""
    words = WORD.findall(content)
    if not words or len(words) > 14 or content.rstrip()[-1:] in ".!?" and len(words) < 2:
        return False
    before = [word for word in sentence.low[max(0, place - 3) : place]]
    behind = [word for word in sentence.low[place + 1 : place + 3]]
    large = [word for word in words if word.lower() not in SMALL]
    capitals = bool(large) and all(word[0].isupper() or word[0].isdigit() for word in large)
    if not capitals:
        return False
    named = set(before + behind) & read_lexicon().titles
    return bool(named) or (len(large) >= 2 and content.rstrip()[-1:] not in "!?.")


def is_speech(sentence: Sentence, place: int, content: str) -> bool:
    """Say whether a quotation without a cue is speech: it stands alone, or is long."""
    words = WORD.findall(content)
    others = [n for n, word in enumerate(sentence.words) if n != place and word[0].isalnum()]
    if not others:
        return len(words) > 1 and not is_title(sentence, place, content)
    if sentence.at(place - 1) == ":" and len(words) > 2:
        return True
    return len(words) >= FEWEST_WORDS and not is_title(sentence, place, content)


def lone_source(sentence: Sentence, place: int) -> Place | None:
    """Find the source of a quotation that a colon or a dash alone attributes."""
    if sentence.at(place - 1) == ":":
        return first_subject(sentence, 0, place - 1)
    if place == 0:
        behind = 1
        while sentence.at(behind) in ",.":
            behind += 1
            if behind >= len(sentence):
                return None
        if sentence.at(behind) in DASHES and sentence.is_name(behind + 1):
            return first_subject(sentence, behind + 1, len(sentence))
    return first_subject(sentence, 0, place) if place > 1 else None
