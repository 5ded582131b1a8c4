"""Where the content that a word reports ends: with its clause, or where somebody else speaks."""

from __future__ import annotations

from analysis.text.clauses import Sentence
from analysis.text.content import content_start
from analysis.text.cues import Cue, skip_adverbs
from analysis.text.subjects import Place
from analysis.text.verbs import is_auxiliary
from analysis.text.word_classes import (
    BREAKING,
    BREAKS,
    COORDINATORS,
    DASHES,
    TURNS,
)

Later = list[tuple[Cue, Place | None]]


LONG_SUBJECT = 9


def closes(sentence: Sentence, cue: Cue) -> bool:
    """Say whether nothing that a verb reports follows it: "..., she said in Paris on Monday."."""
    start = content_start(sentence, cue)
    behind = skip_adverbs(sentence, cue.last)
    if sentence.at(behind) == ",":
        return not sentence.is_quote(behind + 1)
    return start is None


def phrase_end(sentence: Sentence, start: int, end: int, *, whole: bool) -> int:
    """End content that is a phrase and no clause at its first comma outside a list.

    Unless it is the `whole` rest of its clause, it ends at the next verb too.
    """
    for place in range(start + 1, end):
        if not whole and is_auxiliary(sentence, place):
            return place
        if sentence.low[place] in BREAKS and not sentence.is_quote(place - 1):
            behind = sentence.at(place + 1)
            if behind in BREAKING or behind.endswith("ing") or sentence.low[place] != ",":
                return place
    return end


def content_end(sentence: Sentence, start: int, later: Later) -> int:
    """Find where content that begins at a word ends: with its sentence, or at a new report."""
    last = len(sentence)
    if sentence.low[last - 1] in ".!?…" and last - 1 > start:
        last -= 1
    for cue, subject in later:
        if cue.first <= start:
            continue
        cut = turn(sentence, cue, subject, start)
        if cut is not None and cut > start:
            return min(cut, last)
    return last


def turn(sentence: Sentence, cue: Cue, subject: Place | None, start: int) -> int | None:
    """Give the place before a later cue at which it leaves the content of the earlier one."""
    if cue.use == "participial":
        return cue.chain - 1 if sentence.at(cue.chain - 1) in (",", *DASHES) else None
    if cue.use == "phrase":
        return cue.first - 1 if sentence.at(cue.first - 1) == "," else cue.first
    if cue.use != "finite":
        return None
    if subject is not None and "q" in cue.entry.takes and starts_anew(sentence, cue, subject):
        return min(subject[0], cue.first) - 1
    for place in range(cue.chain - 1, max(start, cue.chain - LONG_SUBJECT), -1):
        if sentence.low[place] in TURNS and sentence.low[place - 1] in (",", *DASHES):
            return place - 1
        if sentence.low[place] in DASHES or sentence.low[place] == ";":
            return place
        if sentence.low[place] in COORDINATORS and place == cue.chain - 1:
            return place
    return None


def starts_anew(sentence: Sentence, cue: Cue, subject: Place) -> bool:
    """Say whether a later verb has content of its own: "Asked if ..., she said: ..."."""
    first = min(subject[0], cue.first)
    if sentence.at(first - 1) not in (",", "(", *DASHES):
        return False
    behind = cue.last if subject[0] < cue.first else subject[1]
    near = range(behind, min(behind + 7, len(sentence)))
    quoted = any(sentence.is_quote(place) for place in near)
    return quoted or sentence.at(behind) == ":" or closes(sentence, cue)
