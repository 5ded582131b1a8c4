"""Which stretches of a text stand in quotation marks, whatever the marks and however damaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.text.single_marks import pair_single_marks

# Marks of one row close each other; glyphs are no more than a hint which one opens, as the same
# sign opens in one country and closes in the other.
DOUBLE, ANGLE, ANGLE_SINGLE, CORNER = "double", "angle", "angle single", "corner"
FAMILIES = {
    **dict.fromkeys(['"', "''", "``", ",,", "“", "”", "„", "‟", "″", "＂"], DOUBLE),
    **dict.fromkeys("«»", ANGLE),
    **dict.fromkeys("‹›", ANGLE_SINGLE),
    **dict.fromkeys("「」『』《》", CORNER),
}
OPENERS, CLOSERS = {"“", "„", "``", ",,", "«", "‹", "「", "『", "《"}, {"”", "»", "›", "」", "』", "》"}
# Of three apostrophes two are a double mark, and the inner one is single.
MARK = re.compile(r"''(?='\w)|(?<=')''(?!')|(?<!')''(?!')|``|(?<![\w,]),,(?=\w)|[\"“”„‟″＂«»‹›「」『』《》]")
TAG = re.compile(r"<[^<>]{0,400}>")
ALL_MARKS = "\"'`“”„‟″＂«»‹›‘’‚‛「」『』《》"
BEFORE_OPENING = " \t\n\r\u00a0\u202f\u2009([{-–—/:;…" + ALL_MARKS
AFTER_CLOSING = " \t\n\r\u00a0\u202f\u2009)]}-–—/.,:;!?…" + ALL_MARKS
LINE = re.compile(r"[^\n]*[^\s][^\n]*")
SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
LONGEST_RUN = 8  # paragraphs that a quotation may go on without opening anew


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


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: where it stands, its family, and whether it may open or close."""

    start: int
    end: int
    family: str
    opens: bool
    closes: bool


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """Find the lines of a text that are paragraphs.

    A line that begins in lower case goes on with the line before it, if that has no full stop:
    it was wrapped.
    """
    found: list[tuple[int, int]] = []
    for line in LINE.finditer(text):
        start, end = line.span()
        first = text[start:end].lstrip()[:1]
        if found and first.islower() and text[found[-1][0] : found[-1][1]].rstrip()[-1] not in (
            ".!?:…" + ALL_MARKS
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def find_quotations(text: str, paragraphs: list[tuple[int, int]]) -> list[Quotation]:
    """Find the outermost quotations of a text, in order.

    Marks are paired within a paragraph, by what stands beside them first and by their glyph
    second. A quotation that its paragraph does not close ends with the paragraph; it reaches into
    the next ones only where one of these closes it.

    Parameters
    ----------
    text
        Any text.
    paragraphs
        As `split_paragraphs` gives them.
    """
    found: list[Quotation] = []
    strays: dict[int, int] = {}
    for number, (start, end) in enumerate(paragraphs):
        marks = list(read_marks(text, start, end))
        spans, stray = pair_marks(text, marks, end)
        if stray is not None:
            strays[number] = stray
        taken = [(opened, closed) for opened, _, _, closed, _ in spans]
        spans += [
            (*single, True) if single[2] < end or single[3] > single[2] else (*single, False)
            for single in pair_single_marks(text, start, end, taken)
        ]
        found += [
            Quotation(*trim(text, a, b), opened, closed_at, number, closed)
            for opened, a, b, closed_at, closed in sorted(spans)
            if text[a:b].strip()
        ]
    return link_paragraphs(outermost(found), text, paragraphs, strays)


def read_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Read the double marks of a paragraph and judge each by its neighbours."""
    tags = [tag.span() for tag in TAG.finditer(text, start, end)]
    for match in MARK.finditer(text, start, end):
        glyph = match[0]
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        if any(a < match.start() < b for a, b in tags) or (before.isdigit() and (glyph == "″" or after == "-")):
            continue  # inches
        may_open = before in BEFORE_OPENING and not after.isspace()
        may_close = after in AFTER_CLOSING and not before.isspace()
        if may_open == may_close:
            if glyph in OPENERS or glyph in CLOSERS:
                may_open, may_close = glyph in OPENERS, glyph in CLOSERS
            else:
                may_open = may_close = True
        yield Mark(match.start(), match.end(), FAMILIES[glyph], may_open, may_close)


Pair = tuple[int, int, int, int, bool]


def pair_marks(text: str, marks: list[Mark], end: int) -> tuple[list[Pair], int | None]:
    """Pair the marks of a paragraph.

    Returns
    -------
    list
        ``(opening mark, content start, content end, end of closing mark, closed)``.
    int or None
        Where a mark closes what this paragraph did not open, before anything is opened.
    """
    pairs: list[Pair] = []
    open_: list[Mark] = []
    stray: int | None = None
    for place, mark in enumerate(marks):
        inside = [number for number, other in enumerate(open_) if other.family == mark.family]
        if mark.closes and inside:
            if mark.opens and opens_rather(marks, place):
                open_.append(mark)
                continue
            opener = open_[inside[-1]]
            del open_[inside[-1] :]
            pairs.append((opener.start, opener.end, mark.start, mark.end, True))
        elif mark.opens:
            open_.append(mark)
        elif not pairs and stray is None:
            stray = mark.start
    for place, mark in enumerate(open_):
        later = [a for a, *_ in pairs if a > mark.start]
        later += [other.start for other in open_[place + 1 :]]
        stop = bound(text, mark.end, min(later), end) if later else end
        pairs.append((mark.start, mark.end, stop, stop, False))
    return pairs, stray


def opens_rather(marks: list[Mark], place: int) -> bool:
    """Say of a mark that could do either, in an open quotation, that it opens one inside."""
    return place > 0 and marks[place - 1].end == marks[place].start and marks[place - 1].opens


def bound(text: str, start: int, next_mark: int, end: int) -> int:
    """End an unclosed quotation, behind which another one opens.

    Opened at the beginning of its paragraph, it is a paragraph of a long quotation, and the marks
    in it are quotations within. Else nothing tells where it ends, and only its first sentence is
    taken.
    """
    line_start = text.rfind("\n", 0, start) + 1
    if not text[line_start:start].strip(ALL_MARKS + " \t"):
        closing = text[start:end].rstrip()[-1:]
        if closing not in ALL_MARKS:
            return end
    first = SENTENCE_END.search(text, start, next_mark)
    return first.end() if first else next_mark


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space and further marks at the edges."""
    inside = text[start:end]
    left = len(inside) - len(inside.lstrip(" \t\n\r\u00a0\u202f\u2009"))
    return start + left, max(start + left, start + len(inside.rstrip()))


def outermost(found: list[Quotation]) -> list[Quotation]:
    """Leave out quotations inside others."""
    kept: list[Quotation] = []
    for quotation in sorted(found, key=lambda one: (one.mark_start, -one.mark_end)):
        if not kept or quotation.mark_start >= kept[-1].mark_end:
            kept.append(quotation)
    return kept


def link_paragraphs(
    found: list[Quotation],
    text: str,
    paragraphs: list[tuple[int, int]],
    strays: dict[int, int],
) -> list[Quotation]:
    """Follow quotations over several paragraphs, opened anew in each, or only closed in the last."""
    linked: list[Quotation] = []
    marked = {one.paragraph for one in found}
    for place, one in enumerate(found):
        before = linked[-1] if linked else None
        leads = not text[paragraphs[one.paragraph][0] : one.mark_start].strip()
        goes_on = (
            leads and before is not None and not before.closed
            and before.paragraph == one.paragraph - 1 and before.end >= paragraphs[before.paragraph][1] - 2
        )
        linked.append(replace_goes_on(one, goes_on))
        last_here = place + 1 == len(found) or found[place + 1].paragraph != one.paragraph
        if one.closed or not last_here:
            continue
        linked += run_on(one, text, paragraphs, strays, marked)
    return linked


def replace_goes_on(one: Quotation, goes_on: bool) -> Quotation:
    """Set whether a quotation goes on with the one before it."""
    return Quotation(
        one.start, one.end, one.mark_start, one.mark_end, one.paragraph, one.closed, goes_on
    )


def run_on(
    one: Quotation,
    text: str,
    paragraphs: list[tuple[int, int]],
    strays: dict[int, int],
    marked: set[int],
) -> Iterator[Quotation]:
    """Give the paragraphs up to the mark that closes an unclosed quotation, if one is near."""
    first = one.paragraph + 1
    for last in range(first, min(first + LONGEST_RUN, len(paragraphs))):
        if last in strays:
            for number in range(first, last + 1):
                start, end = paragraphs[number]
                stop = strays[number] if number == last else end
                yield Quotation(*trim(text, start, stop), start, stop, number, number == last, True)
            return
        if last in marked:
            return
