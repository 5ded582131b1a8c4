"""The content of a word that reports: ahead of it, behind it, or broken by it."""

from __future__ import annotations

from analysis.text.clauses import Sentence
from analysis.text.content import content_start
from analysis.text.cues import Cue
from analysis.text.extent import Later, closes, content_end, phrase_end
from analysis.text.mentions import names_somebody
from analysis.text.subjects import (
    Place,
    strip_opening,
)
from analysis.text.word_classes import (
    COORDINATORS,
    DASHES,
    DAYS,
    INTRODUCING,
    NO_SOURCES,
    RELATIVE,
    STOPS,
    TURNS,
)

SHORTEST_FRONTED = 2  # words ahead of ", he said"


def find_content(
    sentence: Sentence, cue: Cue, subject: Place | None, later: Later
) -> tuple[list[Place], Place | None]:
    """Find the content of a cue before and behind it, and its source."""
    if cue.use == "phrase":
        if subject and sentence.low[slice(*subject)] in NO_SOURCES:
            return [], None
        return phrase_content(sentence, cue, subject, later), subject
    if cue.use == "adverb":
        return [(cue.last, content_end(sentence, cue.last, later))], None
    speech = "q" in cue.entry.takes and cue.use == "finite" and subject is not None
    if speech and subject is not None and subject[0] > cue.first:
        ahead = fronted(sentence, cue.first)
        behind = resumed(sentence, subject[1], later)
        # After "said Name, " comes who that is, unless it is quoted.
        quoted = [piece for piece in behind if sentence.is_quote(piece[0])]
        return [*([ahead] if ahead else []), *quoted], subject
    start = content_start(sentence, cue)
    if speech and subject is not None:
        ahead = fronted(sentence, subject[0])
        if ahead is not None and (closes(sentence, cue) or quote_ahead(sentence, subject[0])):
            behind = [] if start is None else [(start, content_end(sentence, start, later))]
            after = behind_cue(sentence, behind)
            return [ahead, *(after or resumed(sentence, cue.last, later))], subject
    if start is None or start >= len(sentence):
        return [], subject
    end = content_end(sentence, start, later)
    if "c" not in cue.entry.takes or (cue.use == "noun" and sentence.low[start] != "that"):
        end = phrase_end(sentence, start, end, whole=cue.use != "noun")
    if cue.use == "passive" and subject and subject[0] > start:
        end = before_agent(sentence, subject, end)
    return [(start, end)], subject


def before_agent(sentence: Sentence, subject: Place, end: int) -> int:
    """End what a passive reports ahead of who says it: "accused of lying by the mayor"."""
    says = sentence.low[subject[0] - 1] == "by" and names_somebody(sentence, subject)
    return min(end, subject[0] - 1) if says else end


def quote_ahead(sentence: Sentence, subject: int) -> bool:
    """Say whether a quotation and its comma stand right before a subject."""
    before = subject - 1
    if sentence.at(before) == ",":
        before -= 1
    return sentence.is_quote(before)


def behind_cue(sentence: Sentence, behind: list[Place]) -> list[Place]:
    """Keep what follows "..., she told reporters" only if it is quoted or a clause."""
    return [
        (a, b)
        for a, b in behind
        if sentence.is_quote(a) or sentence.low[a] == "that" or sentence.at(a - 1) == ":"
    ]


def fronted(sentence: Sentence, subject: int) -> Place | None:
    """Find the content ahead of ", she said"."""
    begin, last = 0, subject
    while last > begin and (
        (sentence.low[last - 1] in STOPS and sentence.low[last - 1] not in ")]")
        or sentence.low[last - 1] in COORDINATORS
    ):
        last -= 1
    if last == subject and not sentence.is_quote(last - 1):
        return None
    first = begin
    while first < last and (sentence.low[first] in COORDINATORS or sentence.low[first] in STOPS):
        first += 1
    if last <= first:
        return None
    if any(sentence.is_quote(place) for place in range(first, last)):
        return behind_colon(sentence, first, last), last
    if last - first < SHORTEST_FRONTED or leads_in(sentence, first, last):
        return None
    return first, last


def behind_colon(sentence: Sentence, first: int, last: int) -> int:
    """Leave out what only announces a quotation: "A sign reads: “...”, the minister said"."""
    places = range(last - 1, first, -1)
    colons = (n for n in places if sentence.is_quote(n) and sentence.low[n - 1] == ":")
    return next(colons, first)


def leads_in(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether the words ahead of a subject only lead in: "In March, the minister said"."""
    word = sentence.low[first]
    commas = sum(sentence.low[place] == "," for place in range(first, last))
    opening = word in INTRODUCING or word.endswith("ing") or word in DAYS
    return (opening and commas == 0 and last - first < 16) or last - first < 3


def resumed(sentence: Sentence, last: int, later: Later) -> list[Place]:
    """Find the second piece of content broken by "he said"."""
    for place in range(last, len(sentence)):
        if sentence.low[place] not in (",", ":", *DASHES) and not sentence.is_quote(place):
            continue
        first = place if sentence.is_quote(place) else place + 1
        if first >= len(sentence) - 1:
            return []
        if sentence.is_quote(first):
            if any(last <= cue.first and cue.last <= first for cue, _ in later):
                return []
            return [(first, content_end(sentence, first, later))]
        if place == last and sentence.low[place] == ",":
            plain = sentence.low[first] not in RELATIVE | TURNS | {"who", "adding", "in", "on"}
            if plain and not sentence.low[first].endswith("ing"):
                return [(first, content_end(sentence, first, later))]
    return []


def phrase_content(sentence: Sentence, cue: Cue, source: Place | None, later: Later) -> list[Place]:
    """Find what stands beside "according to Name"."""
    leads = cue.first == 0 or (
        cue.first < 3
        and sentence.low[cue.first - 1] in COORDINATORS | {","}
        and not any(sentence.is_quote(place) for place in range(cue.first))
    )
    if leads:
        last = source[1] if source else cue.last
        comma = next((n for n in range(last, len(sentence)) if sentence.low[n] == ","), None)
        if comma is not None:
            return [(comma + 1, content_end(sentence, comma + 1, later))]
        return []
    ahead = fronted(sentence, cue.first) or plain_ahead(sentence, cue.first)
    return ([ahead] if ahead else []) + resumed(sentence, source[1] if source else cue.last, later)


def plain_ahead(sentence: Sentence, first: int) -> Place | None:
    """Give everything ahead of a phrase that no comma parts from it."""
    return strip_opening(sentence, 0, first)
