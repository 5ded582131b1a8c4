"""Paragraphs, and quotations that go on over several of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.text.quotation import ALL_MARKS, Quotation, trim

LINE = re.compile(r"[^\n]*[^\s][^\n]*")


LONGEST_RUN = 8  # paragraphs that a quotation may go on without opening anew


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """Find the lines of a text that are paragraphs.

    A line that begins in lower case goes on with the line before it, if that has no full stop:
    it was wrapped.
    """
    found: list[tuple[int, int]] = []
    last = ""  # of the line before
    for line in LINE.finditer(text):
        start, end = line.span()
        first = text[start:end].lstrip()[:1]
        if found and first.islower() and last not in ".!?:…" + ALL_MARKS:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        last = text[start:end].rstrip()[-1]
    return found


def link_paragraphs(
    found: list[Quotation],
    text: str,
    paragraphs: list[tuple[int, int]],
    strays: dict[int, int],
) -> list[Quotation]:
    """Follow quotations over paragraphs, opened anew in each or only closed in the last."""
    linked: list[Quotation] = []
    marked = {one.paragraph for one in found}
    for place, one in enumerate(found):
        before = linked[-1] if linked else None
        leads = not text[paragraphs[one.paragraph][0] : one.mark_start].strip()
        goes_on = (
            leads
            and before is not None
            and not before.closed
            and before.paragraph == one.paragraph - 1
            and before.end >= paragraphs[before.paragraph][1] - 2
        )
        linked.append(replace(one, goes_on=goes_on))
        last_here = place + 1 == len(found) or found[place + 1].paragraph != one.paragraph
        if one.closed or not last_here:
            continue
        linked += run_on(one, text, paragraphs, strays, marked)
    return linked


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
