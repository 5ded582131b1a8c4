"""The subject of a verb: the words of a sentence that name who speaks."""

from __future__ import annotations

from analysis.text.clauses import Sentence
from analysis.text.reporting import read_lexicon
from analysis.text.verbs import NAMES_TOO, has_verb, is_adverb, is_auxiliary, is_verb, verb_chain
from analysis.text.word_classes import (
    ADVERBS,
    AUXILIARIES,
    CLAUSAL,
    COORDINATORS,
    DAYS,
    INTRODUCING,
    LIGHT,
    OPENING_WORDS,
    PLACES,
    PREPOSITIONS,
    RELATIVE,
    STOPS,
    SUBJECTS,
    SUBORDINATORS,
    words,
)

Place = tuple[int, int]


LONGEST = 14
# What begins an adverbial at the head of a sentence, and no subject ("about 200 people").
ADVERBIAL = words("despite in on at for from with by after before during amid without since until")


def subject_before(sentence: Sentence, verb: int) -> Place | None:
    """Find the subject left of a verb.

    Returns
    -------
    (int, int) or None
        The words ``[first, last)``; without appositions and relative clauses behind the noun.
    """
    begin = 0
    chain = verb_chain(sentence, verb)
    before = chain - 1
    if before < begin or sentence.is_quote(before):
        return None
    word = sentence.low[before]
    if word in RELATIVE:
        return antecedent(sentence, before, begin)
    if word in COORDINATORS:
        return coordinated_subject(sentence, before, begin)
    if word in STOPS:
        return across_apposition(sentence, before, begin)
    first = before
    while first > begin and chain - first < LONGEST and joins(sentence, first):
        first -= 1
    if any(sentence.is_quote(place) for place in range(first, chain)):
        return None
    if sentence.low[first] in PREPOSITIONS and first > begin:
        return first_subject(sentence, begin, before)
    named = any(sentence.is_name(place) for place in range(first + 1, chain))
    if sentence.low[first] in ADVERBIAL and not named:
        return None
    return strip_opening(sentence, first, chain)


def joins(sentence: Sentence, first: int) -> bool:
    """Say whether the word before `first` belongs to the same noun phrase."""
    word = sentence.low[first - 1]
    if word == ".":
        return True  # within a sentence it ends an abbreviation
    if word in STOPS or sentence.is_quote(first - 1) or word in RELATIVE:
        return False
    if sentence.low[first] in SUBJECTS:
        return False
    if word == "and":
        return sentence.is_name(first) and sentence.is_name(first - 2)
    if word in COORDINATORS or word in SUBORDINATORS:
        return False
    if word in AUXILIARIES or (word.endswith("ed") and sentence.at(first - 2) in AUXILIARIES):
        return False
    entry = read_lexicon().verbs.get(word)
    return entry is None or "q" not in entry.takes or entry.form in ("base", "s", "ing")


def strip_opening(sentence: Sentence, first: int, end: int) -> Place | None:
    """Leave out conjunctions and adverbs ahead of a noun phrase."""
    while first < end and (sentence.low[first] in OPENING_WORDS or sentence.low[first] in "\"'.…"):
        first += 1
    return (first, end) if first < end else None


def antecedent(sentence: Sentence, relative: int, begin: int) -> Place | None:
    """Find the noun phrase that a relative pronoun stands for."""
    last = relative
    while last > begin and sentence.low[last - 1] in STOPS:
        last -= 1
    first = last
    while first > begin and last - first < LONGEST and joins(sentence, first):
        first -= 1
    return strip_opening(sentence, first, last)


def across_apposition(sentence: Sentence, comma: int, begin: int) -> Place | None:
    """Find the subject of "Name, who ..., said" and "Name (R-Ohio) said"."""
    bracket = opening_bracket(sentence, comma)
    if bracket is not None:
        return noun_phrase_before(sentence, bracket)
    inner = apposition_subject(sentence, comma, begin)
    return inner or first_subject(sentence, begin, comma)


def opening_bracket(sentence: Sentence, last: int) -> int | None:
    """Find the bracket that opens what closes at a word, or right before its comma."""
    if sentence.low[last] == "," and last > 0:
        last -= 1
    if sentence.low[last] != ")":
        return None
    return next((n for n in range(last - 1, -1, -1) if sentence.low[n] == "("), None)


def noun_phrase_before(sentence: Sentence, last: int) -> Place | None:
    """Find the noun phrase that ends before a word."""
    first = last
    while first > 0 and last - first < LONGEST and joins(sentence, first):
        first -= 1
    return strip_opening(sentence, first, last)


def apposition_subject(sentence: Sentence, comma: int, begin: int) -> Place | None:
    """Find the subject of a clause inside a sentence: "after Name, asked about it, had said"."""
    for link in range(comma - 1, begin, -1):
        opens = sentence.low[link] in SUBORDINATORS or sentence.low[link] == "("
        if not opens or not sentence.is_name(link + 1):
            continue
        last = link + 1
        while last < comma and (sentence.is_name(last) or sentence.low[last] == "."):
            last += 1
        return (link + 1, last) if last < comma and sentence.low[last] == "," else None
    return None


def coordinated_subject(sentence: Sentence, link: int, begin: int) -> Place | None:
    """Find the subject of a verb before "and": "When asked, she smiled and said"."""
    comma = next((n for n in range(link - 1, begin, -1) if sentence.low[n] == ","), None)
    if comma is not None:
        named = sentence.is_name(comma + 1) or sentence.at(comma + 1) in SUBJECTS
        near = first_subject(sentence, comma + 1, link) if named else None
        if near is not None and has_verb(sentence, near[1], link):
            return near
    return first_subject(sentence, begin, link)


def first_subject(sentence: Sentence, begin: int, end: int) -> Place | None:
    """Find the noun phrase at the beginning of a clause, behind what leads into it."""
    last_quote = max((n for n in sentence.quotes if begin <= n < end), default=-1)
    if any(word[0].isalnum() for word in sentence.words[last_quote + 1 : end]):
        begin = max(begin, last_quote + 1)
    stripped = strip_opening_words(sentence, begin, end)
    if stripped is None:
        return None
    first = stripped
    last = first
    while last < end and last - first < LONGEST:
        word = sentence.low[last]
        if word in STOPS or word in RELATIVE or is_auxiliary(sentence, last):
            break
        if last > first and (is_verb(sentence, last) or sentence.is_quote(last)):
            break
        last += 1
        if word in SUBJECTS:
            break
    return (first, last) if last > first else None


def strip_opening_words(sentence: Sentence, first: int, end: int) -> int | None:
    """Skip conjunctions, adverbs and leading phrases up to their comma."""
    while first < end:
        word = sentence.low[first]
        if word in LIGHT or word in STOPS or is_adverb(sentence, first):
            first += 1
        elif word in INTRODUCING or word in DAYS or word in PLACES or word.endswith("ing"):
            comma = next((n for n in range(first, end) if sentence.low[n] == ","), None)
            whole = comma is not None and (word not in CLAUSAL or has_verb(sentence, first, comma))
            if comma is None or not whole:
                return first + 1 if word in INTRODUCING and word != "that" else first
            first = comma + 1
        elif (comma := time_phrase(sentence, first, end)) is not None:
            first = comma + 1
        else:
            return first
    return None


def time_phrase(sentence: Sentence, first: int, end: int) -> int | None:
    """Give the comma behind an adverbial of time without a preposition: "Two years ago, "."""
    for place in range(first, min(first + 6, end)):
        if sentence.low[place] == "," and place > first:
            word = sentence.low[place - 1]
            return place if word in DAYS or word in ("ago", "years") or word.isdigit() else None
    return None


def subject_after(sentence: Sentence, verb: int) -> Place | None:
    """Find the subject right of an inverted verb: "..., said Name, a farmer"."""
    first = verb + 1
    while first < len(sentence) and (sentence.low[first] in ADVERBS or is_adverb(sentence, first)):
        first += 1
    last = first
    while last < len(sentence) and last - first < LONGEST:
        word = sentence.low[last]
        if sentence.is_quote(last) or word in STOPS or word in RELATIVE:
            break
        if word == "." and last + 1 == len(sentence):
            break
        if is_auxiliary(sentence, last) or (word in SUBORDINATORS and last > first):
            break
        if word in ("in", "on", "at", "during", "after", "to") and last > first:
            break
        if word.endswith("ing") and last > first and sentence.is_name(last - 1):
            break
        named = word in NAMES_TOO and not sentence.at(last + 1).isdigit()
        day = word in DAYS and not (named and sentence.is_name(last - 1))
        if last > first and (day or (word == "of" and sentence.at(last + 1)[-3:] == "ing")):
            break
        last += 1
        if word in SUBJECTS:
            break
    return (first, last) if last > first else None
