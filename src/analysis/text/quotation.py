"""A quotation: a stretch of text between quotation marks."""

from __future__ import annotations

from dataclasses import dataclass

ALL_MARKS = "\"'`“”„‟″＂«»‹›‘’‚‛「」『』《》"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks.

    Attributes
    ----------
    start, end
        The content, ``[start, end)``, marks and white space at the edges left out.
    mark_start, mark_end
        The same with the marks.
    paragraph
        Number of the paragraph.
    closed
        Whether its end is marked. If not, it ends with its paragraph, or with its first sentence
        where another quotation opens behind.
    goes_on
        Whether it is the next paragraph of the quotation before it.
    """

    start: int
    end: int
    mark_start: int
    mark_end: int
    paragraph: int
    closed: bool = True
    goes_on: bool = False


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space at the edges."""
    inside = text[start:end]
    left = len(inside) - len(inside.lstrip())
    return start + left, max(start + left, start + len(inside.rstrip()))
