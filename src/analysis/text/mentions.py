"""What the words that name a source can name: somebody, an office, a thing, nobody."""

from __future__ import annotations

import re

from analysis.text.clauses import Sentence
from analysis.text.name_words import read_name_words
from analysis.text.subjects import Place
from analysis.text.verbs import is_verb
from analysis.text.word_classes import DETERMINERS, PEOPLE, SUBJECTS, words

OF_HEAD = re.compile(r"[,;(]|\s(?:in|of|at|for|from|with|on|who|close|familiar)\s")
SOMEBODY = words(
    "source official resident diplomat witness neighbor neighbour man woman student soldier "
    "spokesperson insider worker doctor officer researcher activist survivor protester"
)


def states_office(sentence: Sentence, place: Place) -> bool:
    """Say whether a phrase states an office and no name: "the leader of the Civic List"."""
    words = sentence.low[place[0] : place[1]]
    return words[0] in DETERMINERS and words[1:2] != [] and words[1] in read_name_words().roles


def names_somebody(sentence: Sentence, place: Place) -> bool:
    """Say whether words without a name may name who speaks: "a farmer", "critics", "they"."""
    first, last = place
    word = sentence.low[first]
    if word in DETERMINERS or word in SUBJECTS or sentence.is_name(first):
        return True
    head = sentence.low[last - 1]
    return head in PEOPLE or word in PEOPLE or (head.endswith("s") and not is_verb(sentence, first))


def is_thing(sentence: Sentence, source: Place) -> bool:
    """Say whether a phrase begins as none that names a person does: "That makes her “...”"."""
    return sentence.low[source[0]] in ("that", "this", "these", "those", "it", "there", "which")


def is_somebody(mention: str) -> bool:
    """Say whether words name one person without a name: "a source in the ministry"."""
    head = OF_HEAD.split(mention.lower(), maxsplit=1)[0].split()
    return len(head) > 1 and head[0] in ("a", "an", "the", "one") and head[-1] in SOMEBODY
