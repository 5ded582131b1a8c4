"""Where the content that a word reports begins in its sentence."""

from __future__ import annotations

from analysis.text.clauses import Sentence
from analysis.text.cues import Cue, skip_adverbs
from analysis.text.subjects import (
    subject_after,
)
from analysis.text.word_classes import (
    BE,
    COORDINATORS,
    DASHES,
    DAYS,
    DETERMINERS,
    HAVE,
    MODALS,
    OBJECT_PRONOUNS,
    PARTICLES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
)

FARTHEST = 16  # words between a verb and its "that"


def content_start(sentence: Sentence, cue: Cue) -> int | None:
    """Find the first word of what follows a cue as its content; None if nothing does."""
    takes = cue.entry.takes
    place = skip_adverbs(sentence, cue.last)
    word = sentence.at(place)
    if cue.entry.lemma == "put" and word == "it":
        place += 1
        word = sentence.at(place)
    if word in PARTICLES and word in takes:
        place += 1
        word = sentence.at(place)
        if word == "to" and cue.entry.lemma != "reach":
            return after_preposition(sentence, place) if "to" in takes else None
    if cue.use == "passive" and word == "by":
        by = subject_after(sentence, place)
        place = by[1] if by else place + 1
        word = sentence.at(place)
    clause = "c" in takes
    if not word or word in ".!?;)":
        return None
    if word == ",":
        return after_insertion(sentence, place, takes)
    if sentence.is_quote(place) and takes & {"q", "c", "o"}:
        return place
    if word == ":":
        return place + 1 if takes & {"q", "c", "o", "about"} or cue.use == "noun" else None
    if word == "that" and clause:
        return place
    if word == "to" and ("t" in takes or (cue.use == "passive" and clause)):
        return place
    if word in PREPOSITIONS and word in takes:
        return after_preposition(sentence, place)
    if word in QUESTION_WORDS and takes & {"c", "q", "o"}:
        return place
    if cue.use in ("noun", "adjective"):
        return place if word == "that" and "c" in takes else far_that(sentence, place, cue)
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
    if "c" not in cue.entry.takes or sentence.at(place) not in PREPOSITIONS | DAYS:
        return None
    for far in range(place, min(place + 7, len(sentence))):
        if sentence.low[far] == "that":
            return far
        if sentence.low[far] in BE | HAVE | MODALS or sentence.low[far] in ",;:":
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
        if word in BE | HAVE | MODALS and far > place + 1:
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
    for far in range(place, last):
        word = sentence.low[far]
        if word in ("that", "whether", "how", "why", "what") and far > place:
            return far
        if word == ":":
            return far + 1
        if sentence.is_quote(far) and far > place:
            return far
        if word == "to" and far > place and "t" in cue.entry.takes:
            return place if cue.entry.lemma not in ("tell",) else far
        if word in ("of", "about", "against") and word in cue.entry.takes and far > place:
            return far + 1
        if word in ".;" and far + 1 == len(sentence):
            break
        if word in (",", "—", ")"):
            return after_insertion(sentence, far, cue.entry.takes) if word == "," else None
    if sentence.is_quote(place):
        return place
    first = place + 1
    if sentence.low[place] not in OBJECT_PRONOUNS:
        named = sentence.is_name(place) or sentence.low[place] in DETERMINERS
        if not named and not sentence.low[place].endswith("s"):
            return place
        while first < len(sentence) and (
            sentence.is_name(first)
            or sentence.low[first].startswith(("'", "’"))
            or (
                sentence.low[place] in DETERMINERS
                and sentence.at(first) not in SUBJECTS | DETERMINERS
            )
        ):
            first += 1
    first = first if first < len(sentence) - 1 else place
    while sentence.at(first) in DAYS:
        first += 1
    if first == place or sentence.at(first) in ".":
        return None
    return (
        first if sentence.low[first] not in PREPOSITIONS else behind_adjuncts(sentence, first, cue)
    )
