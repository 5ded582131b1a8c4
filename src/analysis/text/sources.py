"""Which of several sources a quotation has, and where the content of another one ends."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.text.clauses import Sentence
from analysis.text.quotation import Quotation

EDGES = " \t\n\r\u00a0,;:-–—―"


@dataclass(frozen=True, slots=True)
class Source:
    """Whose words they are: the canonical name, its mention, and the cue.

    `speech` says whether the cue may report a quotation, `at` is where the cue stands.
    """

    speaker: str = ""
    start: int = -1
    end: int = -1
    cue: str = ""
    speech: bool = True
    at: int = -1


NOBODY = Source()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Attributed content, or marked words."""

    start: int
    end: int
    kind: str
    source: Source


Span = tuple[int, int, Source]


def nearest_source(quotation: Quotation, spans: list[Span]) -> Source:
    """Choose the source of a quotation among the contents that hold it.

    First the one whose verb follows the quotation, then one that reports speech, then the
    narrowest, then the one whose verb is nearest.
    """

    def rank(span: Span) -> tuple[bool, bool, bool, int, int]:
        start, end, source = span
        ahead = end <= quotation.mark_end + 1 and source.at > end
        distance = abs(source.at - quotation.mark_start)
        return not ahead, not source.speech, source.start < 0, end - start, distance

    around = [
        span
        for span in spans
        if span[0] <= quotation.mark_start and quotation.mark_end - 2 <= span[1]
    ]
    return min(around, key=rank)[2] if around else NOBODY


def cut_spans(spans: list[Span], sentence: Sentence, nearest: dict[int, Source]) -> list[Span]:
    """End content where a quotation of somebody else begins, with the words that report it."""
    cut: list[Span] = []
    for start, end, source in spans:
        for place, other in nearest.items():
            inside = start <= sentence.starts[place] < end
            if not inside or other.start < 0 or other.start == source.start:
                continue
            if start < other.at < end:
                begin = other.start if start < other.start < other.at else other.at
                end = min(end, begin)
            elif other.at >= end:
                end = sentence.starts[place]
        cut.append((start, end, source))
    return cut


def trim_content(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out spaces and marks at the edges of content."""
    while start < end and text[start] in EDGES:
        start += 1
    while start < end and text[end - 1] in EDGES + ".":
        end -= 1
    return start, end
