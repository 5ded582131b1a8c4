"""Which stretches of a text stand in quotation marks, whatever the marks and however damaged."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.text.quotation import ALL_MARKS, Quotation, trim
from analysis.text.quotation_paragraphs import link_paragraphs
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


OPENERS = {"“", "„", "``", ",,", "«", "‹", "「", "『", "《"}
CLOSERS = {"”", "»", "›", "」", "』", "》"}


# Of three apostrophes two are a double mark, and the inner one is single.
MARK = re.compile(
    r"''(?='\w)|(?<=')''(?!')|(?<!')''(?!')|``|(?<![\w,]),,(?=\w)"
    r"|[\"“”„‟″＂«»‹›「」『』《》]"
)


TAG = re.compile(r"<[^<>]{0,400}>")


BEFORE_OPENING = " \t\n\r\u00a0\u202f\u2009([{-–—/:;…" + ALL_MARKS


AFTER_CLOSING = " \t\n\r\u00a0\u202f\u2009)]}-–—/.,:;!?…" + ALL_MARKS


# What a mark never opens; French has a space ahead of the mark that closes: « Oui », dit-il.
SHUTS = re.compile(r"[,;!?)\]}]|:(?!\w)|\.(?![.\w])")


SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: where it stands, its family, and whether it may open or close."""

    start: int
    end: int
    family: str
    opens: bool
    closes: bool


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
        taken = sorted((opened, closed) for opened, _, _, closed, _ in spans)
        spans += [
            (*single, single[3] > single[2])
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
    tags = markup_spans(text, start, end)
    opened = [a for a, _ in tags]
    for match in MARK.finditer(text, start, end):
        glyph = match[0]
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        inches = before.isdigit() and (glyph == "″" or after == "-")
        tag = bisect_right(opened, match.start()) - 1
        if inches or (tag >= 0 and match.start() < tags[tag][1]):
            continue
        shuts = SHUTS.match(text, match.end(), end) is not None
        may_open = before in BEFORE_OPENING and not after.isspace() and not shuts
        may_close = after in AFTER_CLOSING and (shuts or not before.isspace())
        if may_open == may_close:
            if glyph in OPENERS or glyph in CLOSERS:
                may_open, may_close = glyph in OPENERS, glyph in CLOSERS
            else:
                may_open = may_close = True
        yield Mark(match.start(), match.end(), FAMILIES[glyph], may_open, may_close)


def markup_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the tags of a paragraph, whose marks belong to attributes."""
    if text.find("<", start, end) < 0:
        return []
    return [tag.span() for tag in TAG.finditer(text, start, end)]


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
    waiting: Counter[str] = Counter()  # how many of each family are open
    stray: int | None = None
    for place, mark in enumerate(marks):
        inside = innermost(open_, mark.family, waiting) if mark.closes else None
        if inside is not None:
            if mark.opens and opens_rather(marks, place):
                open_.append(mark)
                waiting[mark.family] += 1
                continue
            opener = open_[inside]
            waiting.subtract(one.family for one in open_[inside:])
            del open_[inside:]
            pairs.append((opener.start, opener.end, mark.start, mark.end, True))
        elif mark.opens:
            open_.append(mark)
            waiting[mark.family] += 1
        elif not pairs and stray is None:
            stray = mark.start
    openings = sorted([*(pair[0] for pair in pairs), *(mark.start for mark in open_), end])
    for mark in open_:
        later = openings[bisect_right(openings, mark.start)]
        stop = bound(text, mark.end, later, end) if later < end else end
        pairs.append((mark.start, mark.end, stop, stop, False))
    return pairs, stray


def innermost(open_: list[Mark], family: str, waiting: Counter[str]) -> int | None:
    """Give the last open mark of a family, None without looking where none is open."""
    if not waiting[family]:
        return None
    return next(n for n in range(len(open_) - 1, -1, -1) if open_[n].family == family)


def opens_rather(marks: list[Mark], place: int) -> bool:
    """Say of a mark that could do either, in an open quotation, that it opens one inside."""
    return place > 0 and marks[place - 1].end == marks[place].start and marks[place - 1].opens


def bound(text: str, start: int, next_mark: int, end: int) -> int:
    """End an unclosed quotation, behind which another one opens.

    Where it opens its paragraph and the next one opens with a mark too, it is a paragraph of a long
    quotation, and the marks in it are quotations within. Else nothing tells where it ends, and only
    its first sentence is taken.
    """
    ahead = text[max(0, start - 9) : start].rstrip(ALL_MARKS + " \t")
    if not ahead or ahead[-1] == "\n":
        closing = text[max(start, end - 9) : end].rstrip()[-1:]
        follows = text[end : end + 9].strip()[:1]
        if closing not in ALL_MARKS and follows and follows in ALL_MARKS:
            return end
    first = SENTENCE_END.search(text, start, next_mark)
    return first.end() if first else next_mark


def outermost(found: list[Quotation]) -> list[Quotation]:
    """Leave out quotations inside others."""
    kept: list[Quotation] = []
    for quotation in sorted(found, key=lambda one: (one.mark_start, -one.mark_end)):
        if not kept or quotation.mark_start >= kept[-1].mark_end:
            kept.append(quotation)
    return kept
