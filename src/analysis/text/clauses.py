"""Sentences as lists of words, with each quotation as one word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.text.quotation import Quotation
from analysis.text.reporting import read_lexicon
from analysis.text.sentences import sentences_between

FILLER = "\ue000"  # a private character: it stands for quoted text


WORD = re.compile(rf"{FILLER}+|\w+(?:['’&.\-]\w+)*|--+|[^\w\s]")


ENDING = ".!?…"


LONGEST_SENTENCE = 400  # words


REPORTED_SOON = 90  # characters in which "she asked" follows a question


@dataclass
class Sentence:
    """A sentence, outside quotations.

    Attributes
    ----------
    words, low
        Its words and marks, as written and in lower case; a quotation is one word of `FILLER`.
    starts, ends
        Their places in the text.
    quotes
        The quotations in it, by the number of their word.
    """

    words: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]
    paragraph: int
    quotes: dict[int, Quotation] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.words)

    def is_quote(self, place: int) -> bool:
        """Say whether the word at a place is a quotation."""
        return 0 <= place < len(self.words) and self.words[place][0] == FILLER

    def at(self, place: int) -> str:
        """Give the word at a place in lower case, "" beyond the ends."""
        return self.low[place] if 0 <= place < len(self.low) else ""

    def is_name(self, place: int) -> bool:
        """Say whether a word begins with a capital."""
        return 0 <= place < len(self.words) and self.words[place][0].isupper()


def mask_quotations(text: str, quotations: list[Quotation]) -> str:
    """Put a run of one character in place of each quotation, of the same length.

    The full stop or comma inside the closing mark moves behind it, where it stands by grammar. A
    question or exclamation mark becomes a comma where a word that reports follows.
    """
    pieces: list[str] = []
    at = 0
    for one in quotations:
        pieces.append(text[at : one.mark_start])
        length = one.mark_end - one.mark_start
        last = text[one.start : one.end].rstrip("'\"’”").rstrip()[-1:]
        mark = last if last and last in ".,!?…" and length > 2 else ""
        if mark and mark in "!?…," and reported_soon(text, one.mark_end):
            mark = ","
        pieces.append(FILLER * (length - len(mark)) + mark)
        at = one.mark_end
    return "".join((*pieces, text[at:]))


def reported_soon(text: str, after: int) -> bool:
    """Say whether the next few words, before any full stop, have a verb that reports speech."""
    behind = re.split(r"[.!?\n;:“\"]", text[after : after + REPORTED_SOON], maxsplit=1)[0]
    verbs = read_lexicon().verbs
    following = [*re.findall(r"\w+", behind.lower())[:12], ""]
    return any(
        word in verbs and "q" in verbs[word].takes and next_word != "that"
        for word, next_word in pairwise(following)
    )


def read_sentences(
    masked: str, paragraphs: list[tuple[int, int]], quotations: list[Quotation]
) -> Iterator[Sentence]:
    """Give the sentences of the masked text, in order."""
    by_start = {one.mark_start: one for one in quotations}
    for number, (start, end) in enumerate(paragraphs):
        for first, last in sentences_between(masked, start, end):
            yield from cut_long(read_sentence(masked, (first, last), number, by_start))


def cut_long(sentence: Sentence) -> Iterator[Sentence]:
    """Cut what is too long for a sentence, a list or a table, so that reading takes no longer."""
    if len(sentence) <= LONGEST_SENTENCE:
        yield sentence
        return
    for first in range(0, len(sentence), LONGEST_SENTENCE):
        last = min(first + LONGEST_SENTENCE, len(sentence))
        yield Sentence(
            sentence.words[first:last],
            sentence.low[first:last],
            sentence.starts[first:last],
            sentence.ends[first:last],
            sentence.paragraph,
            {n - first: sentence.quotes[n] for n in range(first, last) if n in sentence.quotes},
        )


def read_sentence(
    masked: str, span: tuple[int, int], paragraph: int, by_start: dict[int, Quotation]
) -> Sentence:
    """Read the words of a sentence."""
    if FILLER not in masked[slice(*span)]:
        spans = [match.span() for match in WORD.finditer(masked, *span)]
        words = [masked[start:end] for start, end in spans]
        low = masked[slice(*span)].lower()
        at = span[0]
        plain = len(low) == span[1] - at  # a few capitals are longer in lower case
        lows = [low[a - at : b - at] for a, b in spans] if plain else [w.lower() for w in words]
        return Sentence(words, lows, [a for a, _ in spans], [b for _, b in spans], paragraph)
    sentence = Sentence([], [], [], [], paragraph)
    for match in WORD.finditer(masked, *span):
        if match[0][0] == FILLER:
            split_fillers(sentence, match, by_start)
            continue
        sentence.words.append(match[0])
        sentence.low.append(match[0].lower())
        sentence.starts.append(match.start())
        sentence.ends.append(match.end())
    return sentence


def split_fillers(sentence: Sentence, match: re.Match[str], by_start: dict[int, Quotation]) -> None:
    """Add the quotations of a run of fillers: two may stand side by side."""
    starts = [at for at in range(match.start(), match.end()) if at in by_start] or [match.start()]
    for start, end in zip(starts, [*starts[1:], match.end()], strict=True):
        if start in by_start:
            sentence.quotes[len(sentence.words)] = by_start[start]
        sentence.words.append(FILLER)
        sentence.low.append(FILLER)
        sentence.starts.append(start)
        sentence.ends.append(end)
