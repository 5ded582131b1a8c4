"""Which words of a sentence are verbs, and where their auxiliaries begin."""

from __future__ import annotations

from analysis.text.clauses import Sentence
from analysis.text.reporting import read_lexicon
from analysis.text.word_classes import AUXILIARIES, CHAIN, IRREGULAR_PASTS

NAMES_TOO = ("may", "will")


def verb_chain(sentence: Sentence, verb: int) -> int:
    """Give the place where the auxiliaries and adverbs before a verb begin."""
    place = verb
    while place > 0 and (in_chain(sentence, place - 1) or is_adverb(sentence, place - 1)):
        place -= 1
    return place


def in_chain(sentence: Sentence, place: int) -> bool:
    """Say whether a word may stand between subject and verb, and is not the name Will or May."""
    word = sentence.low[place]
    return word in CHAIN and (word not in NAMES_TOO or place == 0 or not sentence.is_name(place))


def is_adverb(sentence: Sentence, place: int) -> bool:
    """Say whether a word is an adverb, by its ending."""
    word = sentence.low[place]
    return len(word) > 4 and word.endswith("ly") and not sentence.is_name(place)


def has_verb(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether a stretch has a finite verb, so that it is a clause."""
    return any(
        is_auxiliary(sentence, place) or is_verb(sentence, place) for place in range(first, last)
    )


def is_auxiliary(sentence: Sentence, place: int) -> bool:
    """Say whether a word is an auxiliary, and not the name Will or May."""
    word = sentence.low[place]
    return word in AUXILIARIES and (place == 0 or not sentence.is_name(place))


def is_verb(sentence: Sentence, place: int) -> bool:
    """Say whether a word looks like a finite verb."""
    word = sentence.low[place]
    entry = read_lexicon().verbs.get(word)
    if entry is not None and entry.form in ("past", "s") and not sentence.is_name(place):
        return True
    past = word in IRREGULAR_PASTS or (word.endswith("ed") and len(word) > 4)
    return past and not sentence.is_name(place)
