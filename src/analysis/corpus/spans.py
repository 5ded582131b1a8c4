"""Where a stretch of a changed text stood in the text it was made from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """A stretch of the old text and what stands in its place."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True)
class SpanMap:
    """The edits between two texts, in their order, as places in both.

    Edit number i turned ``[old_starts[i], old_ends[i])`` of the old text into
    ``[new_starts[i], new_ends[i])`` of the new one.
    """

    old_starts: list[int]
    old_ends: list[int]
    new_starts: list[int]
    new_ends: list[int]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Give the old span of a new one; of a changed stretch, the whole of its source."""
        if start == end:
            place = self._old_start(start)
            return place, place
        return self._old_start(start), self._old_end(end)

    def _old_start(self, place: int) -> int:
        number = bisect_right(self.new_starts, place) - 1
        # An empty replacement belongs to no span: what follows starts behind what was cut.
        if number < 0:
            return place
        if place < self.new_ends[number]:
            return self.old_starts[number] + self._within(number, place)
        return self.old_ends[number] + place - self.new_ends[number]

    def _old_end(self, place: int) -> int:
        last = place - 1
        number = bisect_right(self.new_starts, last) - 1
        if number < 0:
            return place
        if last < self.new_ends[number]:
            within = self._within(number, last)
            return self.old_starts[number] + within + 1 if within else self._whole_end(number)
        return self.old_ends[number] + place - self.new_ends[number]

    def _within(self, number: int, place: int) -> int:
        """Give the offset inside an edit of equal length, which runs letter by letter."""
        old = self.old_ends[number] - self.old_starts[number]
        new = self.new_ends[number] - self.new_starts[number]
        return place - self.new_starts[number] if old == new else 0

    def _whole_end(self, number: int) -> int:
        old = self.old_ends[number] - self.old_starts[number]
        new = self.new_ends[number] - self.new_starts[number]
        return self.old_starts[number] + 1 if old == new else self.old_ends[number]


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, SpanMap]:
    """Make the new text from edits in ascending order that do not overlap."""
    pieces: list[str] = []
    spans = SpanMap([], [], [], [])
    done = length = 0
    for edit in edits:
        length += edit.start - done
        pieces += [text[done : edit.start], edit.replacement]
        spans.old_starts.append(edit.start)
        spans.old_ends.append(edit.end)
        spans.new_starts.append(length)
        length += len(edit.replacement)
        spans.new_ends.append(length)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces), spans


def substitute(
    text: str, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]
) -> list[Edit]:
    """List what `pattern.sub` would change."""
    found = ((match, replacement(match)) for match in pattern.finditer(text))
    return [Edit(*match.span(), new) for match, new in found if new != match.group()]


def locate_through(maps: Sequence[SpanMap], start: int, end: int) -> tuple[int, int]:
    """Follow a span back through maps that were made one after the other."""
    for spans in reversed(maps):
        start, end = spans.locate(start, end)
    return start, end
