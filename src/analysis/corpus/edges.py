"""Where an outlet's template begins behind an article, or ends ahead of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.corpus.draft import SENTENCE_BREAK, Cut
from analysis.corpus.numbered_words import word_places
from analysis.corpus.repeats import STATEMENT_END
from analysis.corpus.shared_phrases import Marks

REASON = "repeated across the outlet"
# Words between two parts of a template, such as a title or a name; words left over before it.
GAP_WORDS, REMNANT_WORDS = 12, 3
# So many words of a text one must be of a template's part for it to end, or begin, with one.
LAST_WORDS, FIRST_WORDS = GAP_WORDS + 1, REMNANT_WORDS + 1
# Words by which a part may reach back to its beginning; those of them not written like names.
OPENING_WORDS, LOWER_CASE = 8, 2
PART_WORDS = 3
# Share of the words of a part that must be frequent ones.
STEADY = 0.8
INNER_WORDS = 5
LOOK_BACK = 40
BOUNDARY = re.compile(r"(?:\n|[.!?…](?:[^\w\s]+\s*|\s+)|\s{2,}|[)\]]\s*|[-–—]{2,}\s*)$")
SENTENCE = re.compile(r"(?:\n|[.!?…](?:[^\w\s]+\s*|\s+))$")
ENDED = re.compile(r"\s*(?:$|\n|[^\w\s]*[.!?…:|])")
OPENERS = re.compile(r"[(\[\"'“‘«@]+\s?$")
OPENING = re.compile(r"(?:(?<!\w)[@\"“‘«'/]|[(\[]\s?)*$")
CHUNK_END = re.compile(r"\S*")
CHUNK = re.compile(r"\S*$")
ADDRESS = re.compile(r"\S*\w(?:@\w|://)\S*|\bwww\.\S+|\b\w+\.(?:com|org|net|co\.\w\w)\b\S*", re.I)


@dataclass(frozen=True)
class Edge:
    """A text, and the words of it that may belong to a template.

    Attributes
    ----------
    text
        The text.
    marks
        Its words in phrases that the outlet has at this edge of its articles.
    sure
        The words of which no more needs to be asked.
    steady
        The words in phrases frequent enough to go with others that go.
    telling
        Tells whether a stretch speaks of the outlet or to the reader.
    bars
        The words in phrases that the outlet has in many of its articles, wherever they stand.
    credit
        The word with which a closing credit begins, wherever that is.
    compiled
        Whether the text is read by compiled code.
    """

    text: str
    marks: Marks
    sure: Marks
    steady: Marks
    telling: Callable[[str], bool]
    bars: Marks
    credit: int = -1
    compiled: bool = False

    @cached_property
    def places(self) -> tuple[list[int], list[int]]:
        """Where each word begins and ends."""
        return word_places(self.text, compiled=self.compiled)

    def tail(self) -> list[Cut]:
        """Give the cut that takes the template behind the text, from its first part on."""
        end = total = len(self.marks)
        while end:
            last = self._last_marked(end)
            if last < 0 or end - 1 - last > GAP_WORDS or self._is_statement(last + 1, end):
                break
            first = self._opening(last)
            if first < 0 or not self._is_furniture(first, last + 1, end, chained=end < total):
                break
            end = first
        if end == total:
            return []
        start = self._with_remnant(self._start(end))
        return [Cut(len(self.text[:start].rstrip()), len(self.text), REASON)]

    def head(self) -> list[Cut]:
        """Give the cut that takes the template ahead of the text, up to its last part's end."""
        begin, total = 0, len(self.marks)
        while begin < total:
            first = begin + int(np.argmax(self.marks[begin:]))
            if not self.marks[first] or first - begin > REMNANT_WORDS:
                break
            last = self._closing(first)
            if last < 0 or not self._is_furniture(first, last + 1, last + 1, chained=begin > 0):
                break
            begin = last + 1
        if not 0 < begin < total:
            return []
        return [Cut(0, self._start(begin), REASON)]

    def inner(self) -> list[Cut]:
        """Give the cuts of templates with a link that stand anywhere, as beneath a picture."""
        bounds = np.flatnonzero(np.diff(np.concatenate([[False], self.bars, [False]])))
        cuts = []
        for first, end in zip(bounds[::2].tolist(), bounds[1::2].tolist(), strict=True):
            first = next((n for n in range(first, end) if self._begins(n)), first)
            start, stop = self._start(first), self._end(end - 1)
            behind = CHUNK_END.match(self.text, stop)
            links = list(ADDRESS.finditer(self.text, start, behind.end() if behind else stop))
            if end - first >= INNER_WORDS and links:
                stop = links[-1].end()
                stop += len(self.text[stop:]) - len(self.text[stop:].lstrip())
                cuts.append(Cut(start, stop, REASON))
        return cuts

    def _last_marked(self, end: int) -> int:
        places = np.flatnonzero(self.marks[max(0, end - LAST_WORDS) : end])
        return max(0, end - LAST_WORDS) + int(places[-1]) if len(places) else -1

    def _is_statement(self, first: int, end: int) -> bool:
        """Tell whether what stands between two parts says something: it holds a sentence's end."""
        if first >= end:
            return False
        text = self._stretch(first, end)
        whole = end - first >= REMNANT_WORDS and STATEMENT_END.search(text.rstrip())
        return bool(whole) or SENTENCE_BREAK.search(text) is not None

    def _opening(self, last: int) -> int:
        """Find the word with which the part that ends in a word begins, -1 if it has none."""
        first = last
        while first and self.marks[first - 1]:
            first -= 1
        address = CHUNK.search(
            self.text, max(0, self._start(first) - LOOK_BACK), self._start(first)
        )
        while first and address and self._start(first - 1) >= address.start() < address.end():
            first -= 1
        for place in range(last, first - 1, -1):
            if self._begins(place) or place == self.credit:
                return place
        if self._is_part(first, last + 1):
            return first
        part = self._stretch(first, last + 1)
        if STATEMENT_END.search(part.strip()) and not self.telling(part):
            return -1
        for place in range(first - 1, max(-1, first - 1 - OPENING_WORDS), -1):
            if self._begins(place):
                return place if self._is_named(place, first) else -1
        return -1

    def _closing(self, first: int) -> int:
        """Find the last word of the part that begins with a word, if it ends where one may."""
        last = first
        while last + 1 < len(self.marks) and self.marks[last + 1]:
            last += 1
        for place in range(last, first - 1, -1):
            if ENDED.match(self.text, self._end(place)):
                return place
        behind = self.text[self._start(last + 1) :][:1] if last + 1 < len(self.marks) else ""
        return last if behind.isupper() and self.telling(self._stretch(first, last + 1)) else -1

    def _is_part(self, first: int, end: int) -> bool:
        """Tell whether words are a template's part although no sentence ends before them."""
        if end - first < PART_WORDS or self._stretch(first, end)[:1].islower():
            return False
        return bool(self.sure[first:end].all()) or self.telling(self._stretch(first, end))

    def _begins(self, place: int) -> bool:
        start = self._start(place)
        before = self.text[max(0, start - LOOK_BACK) : start]
        before = OPENERS.sub("", before) if OPENERS.search(before[-3:]) else before
        if self.text[self.places[0][place]].islower():
            return not before or before[-1:] == "\n"
        return not before or bool(BOUNDARY.search(before))

    def _is_named(self, first: int, end: int) -> bool:
        """Tell whether words are written like the names of people or agencies."""
        words = [self.text[self.places[0][n] : self._end(n)] for n in range(first, end)]
        return sum(word[0].islower() and len(word) > 1 for word in words) <= LOWER_CASE

    def _is_furniture(self, first: int, end: int, stop: int, *, chained: bool) -> bool:
        """Tell a template's part from a sentence of a running story that comes back as well.

        Between the part's end and the stop stands what fills the template.
        """
        text = self._stretch(first, stop).strip()
        known = self.sure[first:end].any() and (end == stop or self.credit >= first)
        if not STATEMENT_END.search(text) or known:
            return True
        return self.telling(text) or (chained and float(self.steady[first:end].mean()) >= STEADY)

    def _with_remnant(self, start: int) -> int:
        """Take in a few words left between the last sentence and the template, as initials."""
        if SENTENCE.search(self.text[:start]):
            return start
        chunks = [
            match.start()
            for match in re.finditer(r"\S+", self.text[max(0, start - LOOK_BACK) : start])
        ]
        for chunk in chunks[::-1][:REMNANT_WORDS]:
            place = max(0, start - LOOK_BACK) + chunk
            if re.search(r"[.!?…](?:\W|$)", self.text[place:start]):
                break
            if SENTENCE.search(self.text[max(0, place - LOOK_BACK) : place]):
                return place
        return start

    def _start(self, place: int) -> int:
        start = self.places[0][place]
        match = OPENING.search(self.text, max(0, start - 3), start)
        return match.start() if match else start

    def _end(self, place: int) -> int:
        return self.places[1][place]

    def _stretch(self, first: int, end: int) -> str:
        starts, _ = self.places
        return self.text[starts[first] : starts[end] if end < len(starts) else len(self.text)]
