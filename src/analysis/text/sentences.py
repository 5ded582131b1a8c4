"""Where sentences begin and end: rules for punctuation, abbreviations and paragraphs."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator
from importlib.resources import files
from operator import itemgetter

from analysis.text.stop_words import stop_words

# Western marks need white space behind them, the full-width ones do not. A row of marks is read
# from its first one only, so that dot leaders cost no more than other text.
MARKS, CLOSING = ".!?\u2026\u061f\u06d4\u0964", "\"'\u2019\u201d\u00bb)]"
WIDE_MARKS, WIDE_CLOSING = "\u3002\uff01\uff1f", "\"'\u2019\u201d\u300d\u300f\uff09)]"
SENTENCE_END = re.compile(
    rf"(?<![{MARKS}])(?P<mark>[{MARKS}]++)[{re.escape(CLOSING)}]*+(?=\s)"
    rf"|[{WIDE_MARKS}]+[{re.escape(WIDE_CLOSING)}]*"
)
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
LINE_BREAK = re.compile(r"\n\s*")
OPENING = "\"'\u2018\u201c\u00ab(["
NEXT_WORD = re.compile(rf"\s*[{re.escape(OPENING)}]*(?P<word>\w*)")
DOTTED = re.compile(r"[^\W\d_]|[^\W\d_]{1,2}(\.[^\W\d_]{1,2})+")  # an initial, or "u.s", "ph.d"
OPENERS = frozenset("ai")  # too short to be tokens, and so not among the stop words
LONGEST_WORD = 40


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    A paragraph ends at a blank line, or at every line break if the text has no blank line.

    Parameters
    ----------
    text
        Any text; ideally an article without its markup.

    Returns
    -------
    list of (int, int)
        ``[start, end)`` of each sentence, in order, without the white space around it.

    Notes
    -----
    Misleads when the text has no capitals or no full stops: then a paragraph is one sentence.
    """
    return [
        sentence
        for start, end in paragraphs(text)
        for sentence in sentences_between(text, start, end)
    ]


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the sentence around ``text[start:end]``, or the run of sentences that it touches.

    Returns
    -------
    (int, int)
        ``[start, end)``. It stays in the paragraph in which the span begins.
    """
    return sentence_among(split_sentences(text), text, (start, end))


def sentence_among(
    sentences: list[tuple[int, int]], text: str, span: tuple[int, int]
) -> tuple[int, int]:
    """Do as `sentence_of`, the sentences of the text being at hand."""
    start, end = span
    number = bisect_right(sentences, start, key=itemgetter(1))
    if number == len(sentences):
        return span
    first, last = sentences[number]
    break_ = paragraph_break(text)
    for begin, stop in sentences[number + 1 :]:
        if begin >= end or break_.search(text, last, begin):
            break
        last = stop
    return first, last


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give ``[start, end)`` of each paragraph."""
    start = 0
    for gap in paragraph_break(text).finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def paragraph_break(text: str) -> re.Pattern[str]:
    """Give what parts the paragraphs of this text: blank lines if it has any, else line breaks."""
    return BLANK_LINE if BLANK_LINE.search(text) else LINE_BREAK


def sentences_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the sentences of one paragraph."""
    for mark in SENTENCE_END.finditer(text, start, end):
        if mark["mark"] != "." or ends_sentence(text, mark.start(), mark.end()):
            if mark["mark"] and next_word(text, mark.end())[:1].islower():
                continue
            yield from trimmed(text, start, mark.end())
            start = mark.end()
    yield from trimmed(text, start, end)


def ends_sentence(text: str, stop: int, after: int) -> bool:
    """Say whether the full stop at `stop` is more than the end of an abbreviation."""
    pieces = text[max(0, stop - LONGEST_WORD) : stop].lower().split()
    word = pieces[-1].lstrip(OPENING) if pieces else ""
    following = next_word(text, after)
    kind = abbreviations().get(word, "other" if DOTTED.fullmatch(word) else "")
    if kind == "title" or (kind == "number" and following[:1].isdigit()):
        return False
    if kind == "other":
        return following[:1].isupper() and following.lower() in OPENERS | stop_words()
    return True


@functools.cache
def abbreviations() -> dict[str, str]:
    """Give the abbreviations and what a full stop after each means; see the list itself."""
    text = files("analysis").joinpath("lexicons", "abbreviations_en.txt").read_text("utf-8")
    kinds = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return {word: kind for kind, *words in kinds for word in words}


def next_word(text: str, after: int) -> str:
    """Give the word that follows, behind white space and opening marks."""
    found = NEXT_WORD.match(text, after)
    return found["word"] if found else ""


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the stretch without the white space around it, unless nothing is left."""
    inside = text[start:end]
    if inside.strip():
        yield start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())
