"""An article while it is being cleaned: its text, its lines, and every cut so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.language import is_english
from analysis.corpus.line_keys import number_spans
from analysis.corpus.signs import tabled_codes, tabled_signs
from analysis.corpus.spans import Edit, SpanMap, apply_edits, locate_through

# Dashes may stand between two sentences, and the space behind a quotation may be lost.
OPENS = "[\"'“‘«(\\[]?[^\\W\\d_a-z]"
SENTENCE_BREAK = re.compile(
    rf"[.!?…][\"'”’»)\]]*(?:\s+(?=[-–—\s]*{OPENS})|(?=[-–—]+\s+{OPENS})|(?<=[\"”])(?=[^\W\d_a-z]))"
)
# Some collections write paragraphs in one line, with this between them.
JOINT = " ### "

Read = TypeVar("Read")


class Cut(NamedTuple):
    """A stretch to take out, why, and what takes its place (a line break or nothing)."""

    start: int
    end: int
    reason: str
    replacement: str = ""


class Layout(NamedTuple):
    """The lines of a text as numbers.

    Attributes
    ----------
    bounds
        Where each begins and ends; shape (n, 2).
    keys
        The same number for lines with the same `line_key`, in the whole of one process.
    """

    bounds: NDArray[np.int64]
    keys: NDArray[np.int64]


@dataclass
class Draft:
    """The text of an article on its way from loaded to cleaned."""

    article_id: str
    outlet: str
    title: str
    text: str
    maps: list[SpanMap] = field(default_factory=list)
    removed: list[Cut] = field(default_factory=list)
    restless: bool = False
    compiled: bool = False  # whether it is read by compiled code
    # What was done with a text and read of it, with the text's hash.
    judged: object = None
    settled: int | None = None
    prose: tuple[int, NDArray[np.float32]] | None = None
    _layout: tuple[int, Layout] | None = None
    _english: tuple[int, bool] | None = None

    def __getstate__(self) -> dict[str, Any]:
        # These numbers mean something in this process only.
        known = ("judged", "settled", "prose", "_layout", "_english")
        return self.__dict__ | dict.fromkeys(known)

    @property
    def text_hash(self) -> int:
        """What stands for the text where it is compared: the text would keep earlier ones."""
        return hash(self.text)

    def copied(self) -> Draft:
        """Give a draft that can be cut without changing this one."""
        return replace(self, maps=list(self.maps), removed=list(self.removed))

    @property
    def layout(self) -> Layout:
        """Where the lines of the text stand; kept until the text changes."""
        if self._layout is None or self._layout[0] != self.text_hash:
            self._layout = self.text_hash, lay_out(self.text, compiled=self.compiled)
        return self._layout[1]

    @property
    def is_english(self) -> bool:
        """Whether the text is English."""
        if self._english is None or self._english[0] != self.text_hash:
            self._english = self.text_hash, is_english(self.text, compiled=self.compiled)
        return self._english[1]

    @property
    def in_one_line(self) -> bool:
        """Tell whether the text has no line breaks, so that its lines are sentences."""
        breaks = "\n" in self.text and "\n" in self.text.strip()  # a copy, where it is asked for
        return not breaks and JOINT not in self.text

    def cut(self, cuts: Iterable[Cut]) -> None:
        """Take stretches out, in ascending order, and note where they stood."""
        cuts = list(cuts)
        self.removed += [
            cut._replace(start=start, end=end)
            for cut in cuts
            for start, end in [locate_through(self.maps, cut.start, cut.end)]
        ]
        self.edit([Edit(cut.start, cut.end, cut.replacement) for cut in cuts])

    def cut_lines(self, reasons: dict[int, str]) -> None:
        """Take out lines by number, each with the white space that follows it."""
        bounds = self.layout.bounds.tolist()
        starts = [0, *(start for start, _ in bounds[1:]), len(self.text)]
        cuts = [Cut(starts[n], starts[n + 1], reason) for n, reason in sorted(reasons.items())]
        last = max((n for n in range(len(bounds)) if n not in reasons), default=None)
        if last is not None and last + 1 < len(bounds):
            cuts.append(Cut(bounds[last][1], starts[last + 1], "blank"))
        self.cut(sorted(cut for cut in cuts if cut.start < cut.end))

    def give_up(self) -> None:
        """Leave nothing of a text that does not come to rest, so that it is rejected."""
        self.restless, self.text = True, ""

    def edit(self, edits: list[Edit]) -> None:
        """Change the text, and keep the way back."""
        if edits:
            self.text, spans = apply_edits(self.text, edits)
            self.maps.append(spans)

    def rows(self, loaded: str) -> list[tuple[str, int, int, str, str]]:
        """Give the rows of `Cleaned.removed`; white space joins the cut beside it."""
        cuts: list[Cut] = []
        for cut in sorted(self.removed):
            last = cuts[-1] if cuts else None
            if last and last.end == cut.start and "blank" in (last.reason, cut.reason):
                reason = cut.reason if last.reason == "blank" else last.reason
                cuts[-1] = Cut(last.start, cut.end, reason)
            else:
                cuts.append(cut)
        return [(self.article_id, *cut[:3], loaded[cut.start : cut.end]) for cut in cuts]


class PerText(Generic[Read]):
    """Keeps what was read from each draft until its text changes."""

    def __init__(self, read: Callable[[Draft], Read]) -> None:
        self.read = read
        self.known: dict[str, tuple[int, Read]] = {}

    def __call__(self, draft: Draft) -> Read:
        """Read a draft, unless its text is the one that was read last."""
        known = self.known.get(draft.article_id)
        if known is None or known[0] != draft.text_hash:
            known = self.known[draft.article_id] = draft.text_hash, self.read(draft)
        return known[1]

    def forget(self, draft: Draft) -> None:
        """Forget what was read of a draft; an array may be a view that keeps a larger one."""
        self.known.pop(draft.article_id, None)

    def keep(self, draft: Draft, read: Read) -> None:
        """Keep the same in another place."""
        self.known[draft.article_id] = draft.text_hash, read


def lay_out(text: str, *, compiled: bool) -> Layout:
    """Find the lines of a text that are not blank; the sentences if it has one line only."""
    find = _find_lines_compiled if compiled and JOINT not in text else _find_lines
    bounds = find(text)
    if len(bounds) == 1:
        start, end = bounds[0].tolist()
        bounds = _stripped(text, pairwise(sentence_bounds(text, start, end)))
    return Layout(bounds, number_spans(text, bounds, compiled=compiled).keys)


def _find_lines(text: str) -> NDArray[np.int64]:
    return _stripped(text, _line_places(text))


def _find_lines_compiled(text: str) -> NDArray[np.int64]:
    # numba is imported only where it pays
    from analysis.corpus.key_kernels import find_lines

    codes = tabled_codes(text)
    if codes is None:
        return _find_lines(text)
    bounds = np.empty((text.count("\n") + 1, 2), np.int64)
    return bounds[: find_lines(codes, tabled_signs().kinds, bounds)].copy()


def _line_places(text: str) -> Iterator[tuple[int, int]]:
    joined = JOINT in text
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if joined and JOINT in line:
            yield from _between(start, end, text, JOINT)
        else:
            yield start, end
        start = end + 1


def sentence_bounds(text: str, start: int, end: int) -> list[int]:
    """Give where the sentences of a stretch begin, and its end."""
    breaks = (match.end() for match in SENTENCE_BREAK.finditer(text, start, end))
    return [start, *breaks, end]


def _between(start: int, end: int, text: str, joint: str) -> list[tuple[int, int]]:
    places = []
    while (found := text.find(joint, start, end)) >= 0:
        places.append((start, found))
        start = found + len(joint)
    return [*places, (start, end)]


def _stripped(text: str, places: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    """Leave out the white space at both ends, and places that have nothing else."""
    found = []
    for start, end in places:
        raw = text[start:end]
        body = raw.strip()
        if body:
            lead = 0 if body is raw else raw.index(body[0])
            found.append((start + lead, start + lead + len(body)))
    return np.array(found, np.int64).reshape(-1, 2)
