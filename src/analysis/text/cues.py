"""Which words of a sentence report, and how each is used: as verb, noun, adjective or phrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.text.clauses import Sentence
from analysis.text.reporting import Reporting, read_lexicon
from analysis.text.verbs import is_adverb, verb_chain
from analysis.text.word_classes import (
    ADVERBS,
    BE,
    COORDINATORS,
    DEMONYM,
    DETERMINERS,
    HAVE,
    MAKE,
    MODALS,
    PARTICIPIAL,
    PLAIN_PREPOSITIONS,
    POSSESSIVE,
    PREPOSITIONS,
    SUBJECTS,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that reports.

    Attributes
    ----------
    first, last
        Its words, ``[first, last)``, without auxiliaries.
    chain
        Where its auxiliaries and adverbs begin.
    entry
        What the lexicon says.
    use
        ``"finite"``, ``"infinitive"``, ``"participial"`` (the subject is another verb's),
        ``"passive"``, ``"noun"``, ``"adjective"``, ``"phrase"`` or ``"adverb"``.
    """

    first: int
    last: int
    chain: int
    entry: Reporting
    use: str


def find_cues(sentence: Sentence) -> list[Cue]:
    """Find the words that report, in order."""
    lexicon = read_lexicon()
    found: list[Cue] = []
    if lexicon.words.isdisjoint(sentence.low):
        return []
    for place, word in enumerate(sentence.low):
        if word not in lexicon.words:
            continue
        cue = read_word(sentence, place)
        if cue is not None:
            found.append(cue)
        if word in lexicon.phrases:
            found += read_phrases(sentence, place)
    return sorted(found, key=lambda cue: cue.first)


def read_word(sentence: Sentence, place: int) -> Cue | None:
    """Read a word as a verb, else as a noun, else as an adjective."""
    lexicon = read_lexicon()
    word = sentence.low[place]
    if sentence.is_name(place) and is_part_of_name(sentence, place):
        return None
    verb, noun = lexicon.verbs.get(word), lexicon.nouns.get(word)
    if verb is not None:
        chain = verb_chain(sentence, place)
        use = verb_use(sentence, place, chain, verb, also_noun=noun is not None)
        if use:
            return Cue(place, place + 1, chain, verb, use)
    if noun is not None and noun.takes:
        return Cue(place, place + 1, place, noun, "noun")
    adjective = lexicon.adjectives.get(word)
    if adjective is not None:
        chain = verb_chain(sentence, place)
        if sentence.at(place - 1) == "it" and sentence.at(place - 2) in MAKE:
            takes = adjective.takes | {"q"}
            entry = Reporting("make " + word, "past", adjective.stance, takes)
            return Cue(place - 2, place + 1, verb_chain(sentence, place - 2), entry, "finite")
        linked = any(sentence.low[n] in BE for n in range(chain, place))
        if linked or sentence.at(place - 1) in ("feel", "feels", "felt", "seemed", "seems"):
            return Cue(place, place + 1, chain, adjective, "adjective")
    return None


def is_part_of_name(sentence: Sentence, place: int) -> bool:
    """Say whether a capitalised word is no more than part of a name or a title."""
    word = sentence.words[place]
    if len(word) > 1 and word.isupper():
        return True
    return place > 0 and sentence.words[place - 1] not in ".:"


def verb_use(
    sentence: Sentence, place: int, chain: int, verb: Reporting, *, also_noun: bool
) -> str:
    """Say how a form that may be a verb is used; "" if it is no verb here."""
    auxiliaries = set(sentence.low[chain:place])
    before = sentence.at(chain - 1)
    if verb.form == "ing":
        if auxiliaries & BE:
            return "finite"
        if also_noun and before not in PARTICIPIAL and sentence.at(chain - 2) in DETERMINERS:
            return ""
        if before in DETERMINERS or before.endswith(POSSESSIVE):
            return ""
        return "participial"
    if verb.form in ("past", "participle"):
        return past_use(sentence, place, chain, verb)
    return present_use(sentence, place, chain, also_noun=also_noun)


def past_use(sentence: Sentence, place: int, chain: int, verb: Reporting) -> str:
    """Say how a past or a participle is used."""
    auxiliaries = set(sentence.low[chain:place])
    before = sentence.at(chain - 1)
    if auxiliaries & BE:
        return "passive"
    if auxiliaries & HAVE:
        return "finite"
    named = before in SUBJECTS or sentence.is_name(chain - 1)
    agent = sentence.at(place + 1) == "by" and not sentence.at(place + 2).endswith("ing")
    if agent and not named:
        return "passive"
    if verb.form == "participle" or before in DETERMINERS or before.endswith(POSSESSIVE):
        return ""
    return "" if before in PLAIN_PREPOSITIONS else "finite"


def present_use(sentence: Sentence, place: int, chain: int, *, also_noun: bool) -> str:
    """Say how a base form or a form in -s is used."""
    between = sentence.low[chain:place]
    if "to" in between:
        return "infinitive"
    if any(word in MODALS for word in between):
        return "finite"
    before = sentence.at(chain - 1)
    if before in SUBJECTS:
        return "finite"
    if before in DETERMINERS or before in PREPOSITIONS or before.endswith(POSSESSIVE):
        return ""
    base = read_lexicon().verbs[sentence.low[place]].form == "base"
    if base:
        plural = before.endswith("s") and not before.endswith(("ss", "us", "is"))
        people = before in ("people", "men", "women", "democrats", "officials", "police", "gop")
        joined = before in COORDINATORS or before == ","
        return "finite" if plural or people or (joined and not also_noun) else ""
    if also_noun and sentence.at(place + 1) in ("of", "about", "on", "against", "over", "and", ","):
        return ""
    if not before or before in "\"'":
        return ""
    if also_noun and before.endswith(DEMONYM) and sentence.is_name(chain - 1):
        return ""
    if also_noun and not (sentence.is_name(chain - 1) or before in ",)" or between):
        return "finite" if sentence.at(place + 1) in ("that", "the", "he", "she") else ""
    return "finite"


def read_phrases(sentence: Sentence, place: int) -> Iterator[Cue]:
    """Find phrases that report without a verb and begin at a place."""
    for words, stance in read_lexicon().phrases[sentence.low[place]]:
        if sentence.low[place : place + len(words)] == words:
            phrase = " ".join(words)
            use = "phrase" if len(words) > 1 else "adverb"
            entry = Reporting(phrase, use, stance, frozenset())
            yield Cue(place, place + len(words), place, entry, use)


def skip_adverbs(sentence: Sentence, place: int) -> int:
    """Give the place behind adverbs."""
    while place < len(sentence) and (sentence.low[place] in ADVERBS or is_adverb(sentence, place)):
        place += 1
    return place
