"""Who says what in a sentence: content, speaker and the words between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.text.clauses import Sentence
from analysis.text.content import content_start
from analysis.text.cues import Cue, find_cues, skip_adverbs
from analysis.text.extent import turn
from analysis.text.reported import find_content
from analysis.text.subjects import Place, first_subject, subject_after, subject_before
from analysis.text.verbs import has_verb
from analysis.text.word_classes import (
    COORDINATORS,
    DASHES,
    DOCUMENTS,
    NO_SUBJECT,
    NOT_AGENTS,
    OBJECT_PRONOUNS,
    PLAIN,
    PREPOSITIONS,
    STOPS,
)

SAME_PAST = ("read",)  # the past is written as the base form


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content and whose it is, in words of a sentence.

    Attributes
    ----------
    content
        ``[first, last)`` of each piece.
    subject
        ``[first, last)`` of the words that name the source, or None.
    cue
        The word or phrase that reports.
    """

    content: tuple[Place, ...]
    subject: Place | None
    cue: Cue


def attribute(sentence: Sentence) -> list[Attribution]:
    """Find the attributed content of a sentence, by the words that report in it."""
    cues = find_cues(sentence)
    subjects = find_subjects(sentence, cues)
    found: list[Attribution] = []
    for number, cue in enumerate(cues):
        later = list(zip(cues[number + 1 :], subjects[number + 1 :], strict=True))
        pieces, source = find_content(sentence, cue, subjects[number], later)
        if pieces:
            found.append(Attribution(tuple(pieces), source, cue))
    return found


def announcer(sentence: Sentence, end: int) -> Place | None:
    """Find who speaks after the colon at a word, by the last verb of speech before it."""
    cues = [cue for cue in find_cues(sentence) if cue.first < end]
    subjects = find_subjects(sentence, cues)
    speaking = [
        subject
        for cue, subject in zip(cues, subjects, strict=True)
        if subject is not None and cue.use == "finite" and "q" in cue.entry.takes
    ]
    return speaking[-1] if speaking else None


def find_subjects(sentence: Sentence, cues: list[Cue]) -> list[Place | None]:
    """Find the source of each cue."""
    found: list[Place | None] = []
    earlier: Place | None = None
    start: int | None = None
    for cue in cues:
        own = find_subject(sentence, cue, earlier)
        found.append(own)
        if cue.use not in ("finite", "adjective") or own is None:
            continue
        nested = start is not None and start < cue.first and turn(sentence, cue, own, start) is None
        speaks = "q" in cue.entry.takes or earlier is None
        if speaks and not nested:
            earlier, start = own, content_start(sentence, cue)
    return found


def find_subject(sentence: Sentence, cue: Cue, earlier: Place | None) -> Place | None:
    """Find the source of a cue; `earlier` is the subject of the verb before it."""
    if cue.use in ("finite", "adjective"):
        inverted = inverted_subject(sentence, cue) if "q" in cue.entry.takes else None
        if inverted is not None:
            return inverted
        if sentence.at(cue.chain - 1) in COORDINATORS and earlier is not None:
            return earlier
        return subject_before(sentence, cue.first)
    if cue.use == "passive":
        return agent(sentence, cue)
    if cue.use == "phrase":
        return subject_after(sentence, cue.last - 1)
    if cue.use == "noun":
        return possessor(sentence, cue) or earlier
    before = sentence.at(cue.chain - 1)
    if cue.use == "participial" and before not in NOT_AGENTS:
        verb = cue.chain - 1 if before == "as" else cue.first  # "quoted the minister as saying"
        own = subject_before(sentence, verb)
        if own is None or not set(sentence.low[slice(*own)]) & DOCUMENTS:
            return own or earlier
    if cue.use in ("participial", "infinitive"):
        return earlier or first_subject(sentence, 0, cue.chain)
    return None


def agent(sentence: Sentence, cue: Cue) -> Place | None:
    """Find "by whom", behind a passive."""
    for place in range(cue.last, min(cue.last + 12, len(sentence))):
        if sentence.low[place] == "by":
            return subject_after(sentence, place)
    return None


def possessor(sentence: Sentence, cue: Cue) -> Place | None:
    """Find whose claim it is: "Mr. Roe's claim", "the minister's claim", "his claim"."""
    first = cue.first
    for place in range(cue.first - 1, max(-1, cue.first - 5), -1):
        word = sentence.low[place]
        if word in ("his", "her", "their", "its", "my", "our"):
            return place, place + 1
        if word.endswith(("'s", "’s")) or word.endswith(("s'", "s’")) or word in "'’":
            first = place
            while first > 0 and (sentence.is_name(first - 1) or sentence.low[first - 1] == "."):
                first -= 1
            return first, place + 1
        if word in STOPS or word in PREPOSITIONS:
            break
    return None


def inverted_subject(sentence: Sentence, cue: Cue) -> Place | None:
    """Find the subject of "..., said Name"."""
    past = cue.entry.form in ("past", "s") or cue.entry.lemma in SAME_PAST
    if not past or cue.chain < cue.first:
        return None
    before = cue.first - 1
    opens = before < 0 and sentence.is_name(cue.last)
    if not (opens or sentence.at(before) in (",", *DASHES) or sentence.is_quote(before)):
        return None
    following = sentence.at(skip_adverbs(sentence, cue.last))
    if following in NO_SUBJECT or following in OBJECT_PRONOUNS or sentence.is_quote(cue.last):
        return None
    quoted = sentence.is_quote(before) or sentence.is_quote(before - 1)
    subject = subject_after(sentence, cue.first)
    if subject is not None and has_verb(sentence, subject[1], min(subject[1] + 1, len(sentence))):
        return None  # "the 'reformers' said they would wait"
    if opens or quoted or subject is None:
        return subject
    alone = sentence.is_name(subject[0]) and sentence.at(subject[1]) in (",", ".", "")
    return subject if alone and cue.entry.lemma in PLAIN else None


def pieces_of(sentence: Sentence, found: Attribution) -> Iterator[tuple[int, int]]:
    """Give the characters ``[start, end)`` of each piece."""
    for first, last in found.content:
        if last > first:
            yield sentence.starts[first], sentence.ends[last - 1]
