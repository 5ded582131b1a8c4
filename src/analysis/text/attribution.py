"""Who says what in a sentence: content, speaker and the words between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.text.clauses import (
    COORDINATORS,
    DASHES,
    DAYS,
    PREPOSITIONS,
    SUBORDINATORS,
    Sentence,
)
from analysis.text.content import OBJECT_PRONOUNS, content_start
from analysis.text.cues import PARTICIPIAL, Cue, find_cues, skip_adverbs
from analysis.text.subjects import (
    RELATIVE,
    STOPS,
    Place,
    first_subject,
    is_auxiliary,
    strip_opening,
    subject_after,
    subject_before,
)

TURNS = frozenset("but while although though whereas and as with when because".split())
# What "issued a statement saying" is said in: its speaker is the subject of "issued".
DOCUMENTS = frozenset(
    "statement email letter message note memo post tweet release op-ed column speech video interview "
    "essay remarks report".split()
)
NO_SOURCES = (["plan"], ["schedule"], ["law"], ["rules"])  # "according to plan"
NO_SUBJECT = PREPOSITIONS | SUBORDINATORS | DAYS | {",", ".", ":", "", "?", "!"}
PLAIN = frozenset("say write report add note".split())  # inverted behind plain clauses too
BREAKS = frozenset((",", ";", *DASHES))
BREAKING = TURNS | RELATIVE | {"after", "before", "but", "in", "on", "during", "he", "she", "they"}
SHORTEST_FRONTED = 2  # words ahead of ", he said"


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
    if cue.use == "participial" and before not in PARTICIPIAL | DOCUMENTS | DAYS:
        return subject_before(sentence, cue.first) or earlier
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


Later = list[tuple[Cue, Place | None]]


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
        behind = [piece for piece in resumed(sentence, subject[1], later) if quote_first(sentence, piece)]
        return [*([ahead] if ahead else []), *behind], subject
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
    return [(start, end)], subject


def quote_first(sentence: Sentence, piece: Place) -> bool:
    """Say whether a piece begins with a quotation: behind "said Name, " comes who that is."""
    return sentence.is_quote(piece[0])


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


def closes(sentence: Sentence, cue: Cue) -> bool:
    """Say whether nothing that a verb reports follows it: "..., she said in Paris on Monday."."""
    start = content_start(sentence, cue)
    behind = skip_adverbs(sentence, cue.last)
    if sentence.at(behind) == ",":
        return not sentence.is_quote(behind + 1)
    return start is None


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


def inverted_subject(sentence: Sentence, cue: Cue) -> Place | None:
    """Find the subject of "..., said Name"."""
    if cue.entry.form not in ("past", "s") or cue.chain < cue.first:
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
    if opens or quoted or subject is None:
        return subject
    alone = sentence.is_name(subject[0]) and sentence.at(subject[1]) in (",", ".", "")
    return subject if alone and cue.entry.lemma in PLAIN else None


def fronted(sentence: Sentence, subject: int) -> Place | None:
    """Find the content ahead of ", she said"."""
    begin, last = 0, subject
    while last > begin and (
        sentence.low[last - 1] in STOPS
        and sentence.low[last - 1] not in ")]"
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
        return first, last
    if last - first < SHORTEST_FRONTED or leads_in(sentence, first, last):
        return None
    return first, last


def leads_in(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether the words ahead of a subject only lead in: "In March, the minister said"."""
    word = sentence.low[first]
    commas = sum(sentence.low[place] == "," for place in range(first, last))
    opening = word in PREPOSITIONS | SUBORDINATORS or word.endswith("ing") or word in DAYS
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


def phrase_content(
    sentence: Sentence, cue: Cue, source: Place | None, later: Later
) -> list[Place]:
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
    quoted = any(sentence.is_quote(place) for place in range(behind, min(behind + 7, len(sentence))))
    return quoted or sentence.at(behind) == ":" or closes(sentence, cue)


LONG_SUBJECT = 9


def pieces_of(sentence: Sentence, found: Attribution) -> Iterator[tuple[int, int]]:
    """Give the characters ``[start, end)`` of each piece."""
    for first, last in found.content:
        if last > first:
            yield sentence.starts[first], sentence.ends[last - 1]
