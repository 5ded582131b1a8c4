"""Where the content that a word reports begins in its sentence."""

from __future__ import annotations

from analysis.text.clauses import Sentence
from analysis.text.cues import Cue, skip_adverbs
from analysis.text.subjects import (
    subject_after,
)
from analysis.text.word_classes import (
    ADJUNCTS,
    AUXILIARIES,
    COORDINATORS,
    DASHES,
    DAYS,
    DETERMINERS,
    NOT_NOUNS,
    OBJECT_PRONOUNS,
    PARTICLES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
)

FARTHEST = 16  # words between a verb and its "that"


def content_start(sentence: Sentence, cue: Cue) -> int | None:
    """Find the first word of what follows a cue as its content; None if nothing does."""
    place = behind_cue(sentence, cue)
    word = sentence.at(place)
    if not word or word in ".!?;)":
        return None
    if word in (",", ":") or sentence.is_quote(place):
        start = marked_start(sentence, place, cue)
    else:
        start = linked_start(sentence, place, cue)
        start = bare_start(sentence, place, cue) if start is None else start
    return start if start is not None and start < len(sentence) else None


def behind_cue(sentence: Sentence, cue: Cue) -> int:
    """Give the place behind a cue with its adverbs and particle, or behind "by Name"."""
    place = skip_adverbs(sentence, cue.last)
    if cue.entry.lemma == "put" and sentence.at(place) == "it":
        place += 1
    if sentence.at(place) in PARTICLES & cue.entry.takes:
        place += 1
    if cue.use == "passive" and sentence.at(place) == "by":
        agent = subject_after(sentence, place)
        place = agent[1] if agent else place + 1
    return place


def marked_start(sentence: Sentence, place: int, cue: Cue) -> int | None:
    """Find content behind a comma, a colon, or at an opening mark."""
    takes = cue.entry.takes
    if sentence.at(place) == ",":
        return after_insertion(sentence, place, takes)
    if sentence.at(place) == ":":
        return place + 1 if takes & {"q", "c", "o", "about"} or cue.use == "noun" else None
    return place if takes & {"q", "c", "o"} else None


def linked_start(sentence: Sentence, place: int, cue: Cue) -> int | None:
    """Find content that a conjunction, an infinitive or a preposition of the cue begins."""
    takes, word = cue.entry.takes, sentence.at(place)
    if word == "that" and "c" in takes:
        return place
    if word == "to" and ("t" in takes or (cue.use == "passive" and "c" in takes)):
        return place
    dated = sentence.at(place + 1) in DAYS and sentence.is_name(place + 1)  # "attack on Monday"
    if word in PREPOSITIONS & takes and not dated:
        return after_preposition(sentence, place)
    return place if word in QUESTION_WORDS and takes & {"c", "q", "o"} else None


def bare_start(sentence: Sentence, place: int, cue: Cue) -> int | None:
    """Find content without a link: behind phrases, behind an addressee, or at once."""
    takes, word = cue.entry.takes, sentence.at(place)
    if cue.use in ("noun", "adjective"):
        return far_that(sentence, place, cue)
    if word in DASHES or word in COORDINATORS:
        return None
    if word in PREPOSITIONS or (word in DAYS and word not in DETERMINERS):
        return behind_adjuncts(sentence, place, cue)
    if "a" in takes and cue.use != "passive":
        return behind_addressee(sentence, place, cue)
    return place if takes & {"c", "o"} else None


def after_preposition(sentence: Sentence, place: int) -> int | None:
    """Give the word behind a preposition, if there is one."""
    return place + 1 if sentence.at(place + 1) not in ("", ".", ",") else None


def after_insertion(sentence: Sentence, comma: int, takes: frozenset[str]) -> int | None:
    """Find the content behind a comma: "said, however, that ..." and "said, “..."."""
    if sentence.is_quote(comma + 1) and takes & {"q", "c"}:
        return comma + 1
    if not takes & {"q", "c"}:
        return None
    for place in range(comma + 1, min(comma + 12, len(sentence) - 1)):
        if sentence.low[place] == "," and sentence.low[place + 1] == "that":
            return place + 1
    return None


def far_that(sentence: Sentence, place: int, cue: Cue) -> int | None:
    """Find the clause of a noun behind a phrase: "his claim on Monday that ..."."""
    if "c" not in cue.entry.takes or sentence.at(place) not in ADJUNCTS:
        return None
    for far in range(place, min(place + 7, len(sentence))):
        if sentence.low[far] == "that":
            return far
        if sentence.low[far] in AUXILIARIES or sentence.low[far] in ",;:":
            return None
    return None


def behind_adjuncts(sentence: Sentence, place: int, cue: Cue) -> int | None:
    """Find the content behind phrases of time and place: "said in Paris on Monday that ..."."""
    takes = cue.entry.takes
    last = min(place + FARTHEST, len(sentence))
    for far in range(place, last):
        word = sentence.low[far]
        if (word == "that" and "c" in takes) or (word in ("whether", "how", "why") and far > place):
            return far
        if word == ":":
            return far + 1
        if word == "to" and "t" in takes and sentence.at(far - 1) in DAYS:
            return far  # "agreed on Monday to publish"
        if sentence.is_quote(far) and ("c" in takes or sentence.at(far - 1) in (",", ":")):
            return far
        if word in ";)" or word in DASHES:
            return None
    return bare_clause(sentence, place, last) if "c" in takes else None


def bare_clause(sentence: Sentence, place: int, last: int) -> int | None:
    """Find the subject of a clause without "that" behind phrases: "said Monday he would"."""
    for far in range(place, last):
        word = sentence.low[far]
        if word in ",;:":
            return None
        if word in SUBJECTS and word not in ("who", "one", "it", "you"):
            return far
        if word in AUXILIARIES and far > place + 1:
            return clause_noun(sentence, place, far)
    return None


def clause_noun(sentence: Sentence, place: int, verb: int) -> int:
    """Give the place where the subject of a bare clause begins, after days and phrases."""
    first = place
    while first < verb - 1 and (sentence.low[first] in DAYS or sentence.low[first] in PREPOSITIONS):
        if sentence.low[first] in PREPOSITIONS and sentence.at(first + 1) not in DAYS:
            first += 2
        else:
            first += 1
    return min(first, verb - 1)


def behind_addressee(sentence: Sentence, place: int, cue: Cue) -> int | None:
    """Find the content behind the person who is told: "told reporters (that) ..."."""
    last = min(place + FARTHEST, len(sentence))
    bracket = False
    for far in range(place + 1, last):
        bracket = sentence.low[far] == "(" or (bracket and sentence.low[far - 1] != ")")
        if bracket:
            continue
        if sentence.low[far] == ",":
            return after_insertion(sentence, far, cue.entry.takes)
        if sentence.low[far] in ("—", ")"):
            return None
        linked = addressee_link(sentence, place, far, cue)
        if linked is not None:
            return linked
    first = behind_person(sentence, place)
    if first == place or sentence.at(first) in ("", "."):
        return place if first == place and not is_person(sentence, place) else None
    if sentence.low[first] in PREPOSITIONS:
        return behind_adjuncts(sentence, first, cue)
    return first


def addressee_link(sentence: Sentence, place: int, far: int, cue: Cue) -> int | None:
    """Give where content begins if the word at `far` links it to the addressee at `place`."""
    word = sentence.low[far]
    if word in ("that", "whether", "how", "why", "what") or sentence.is_quote(far):
        return far
    if word == ":":
        return far + 1
    if word == "to" and "t" in cue.entry.takes:
        return far if cue.entry.lemma == "tell" else place
    if word in ("of", "about", "against") and word in cue.entry.takes:
        return far + 1
    return None


def is_person(sentence: Sentence, place: int) -> bool:
    """Say whether a word may begin the naming of a person who is told."""
    word = sentence.low[place]
    named = sentence.is_name(place) or word in DETERMINERS or word.endswith("s")
    return named or word in OBJECT_PRONOUNS


def behind_person(sentence: Sentence, place: int) -> int:
    """Give the place behind the person who is told, and behind days; `place` if none is there."""
    if not is_person(sentence, place):
        return place
    first = place + 1
    whole = sentence.low[place] in DETERMINERS
    while sentence.low[place] not in OBJECT_PRONOUNS and first < len(sentence):
        noun = whole and sentence.low[first] not in NOT_NOUNS
        if not (noun or sentence.is_name(first) or sentence.low[first][0] in "'’"):
            break
        first += 1
    while sentence.at(first) in DAYS:
        first += 1
    return first if first < len(sentence) - 1 else place
