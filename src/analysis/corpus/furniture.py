"""What a line looks like by itself: its shape, and the cue phrases of web pages in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
import yaml
from numpy.typing import NDArray

from analysis.corpus.draft import Draft
from analysis.corpus.language import FUNCTION_WORDS
from analysis.corpus.line_words import WORD, Spelling, split_words
from analysis.corpus.signs import (
    CLOSING,
    DASHES,
    ENDS,
    OPENING,
    QUOTATION_MARKS,
    SEPARATORS,
    SHUTTING,
    STOPS,
    UNSPACED,
)

if TYPE_CHECKING:
    from analysis.corpus.compiled_lines import CompiledLines

SENTENCE_END = re.compile(rf"[{ENDS}][{re.escape(CLOSING)}]*$")
INNER_STOP = re.compile(rf"[{STOPS}][{re.escape(SHUTTING)}]* +[{OPENING}]?[^\W\d_a-z]")
DIGIT = re.compile(r"\d")
DATE = re.compile(
    r"\b\d{1,2}[:.]\d\d\b|\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|\b(?:19|20)\d\d\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[@#]\w|https?:|www\.|\w\.(?:com|org|net)\b")
ADDRESS_SIGNS = ("@", "#", "http", "www.", ".com", ".org", ".net")  # one is in every address
SEPARATOR = re.compile(f"[{SEPARATORS}]")
DASH = re.compile(rf"[{DASHES}](?:(?<=\s.)\s|(?<=^.))")
QUOTATION = re.compile(f"[{QUOTATION_MARKS}]")
# Long lines are judged by their beginning, so that the work does not grow with their length.
WORDS_READ, LETTERS_READ = 48, 200
LETTERS_SPLIT = 8 * WORDS_READ
LAST_LETTERS = 12
# Prose is long, or a sentence of some words, most of them without a capital.
LONG_WORDS, PROSE_WORDS, LOWER_SHARE = 25, 6, 0.4
LENGTHS = (1, 3, 6, 12, 24)  # words; the upper ends of the length classes
VOICES = ("speech", "reader")  # groups of words that lines of articles have too

Column = NDArray[np.float64]
Row = NDArray[np.float32]


def word_count(line: str) -> int:
    """Count words by the spaces; two letters are a word where a script writes no spaces."""
    spaced = line.count(" ") + 1
    return spaced if line.isascii() else spaced + len(UNSPACED.findall(line)) // 2


def prose_share(words: Column, ends: Column, lower: Column, cued: Column) -> Column:
    """Give how much lines count as prose: a sentence, or long; less by their cue phrases."""
    sentence = (words >= LONG_WORDS) | ((words >= PROSE_WORDS) & (ends > 0) & (lower > LOWER_SHARE))
    return np.where(sentence, np.maximum(0.0, 1 - 3 * cued), 0.0)


@dataclass(frozen=True)
class Cues:
    """The cue phrases of a line: the share of its words, whether one comes first, the groups."""

    share: float
    starts: bool
    groups: frozenset[int]


@dataclass(frozen=True)
class LineFeatures:
    """Reads lines into rows of features."""

    groups: tuple[str, ...]
    phrases: dict[str, list[tuple[tuple[str, ...], int]]]

    @cached_property
    def by_telltale(self) -> dict[str, list[tuple[list[str], int, int]]]:
        """The phrases by their rarest word, each with its group and the place of that word."""
        found: dict[str, list[tuple[list[str], int, int]]] = {}
        for phrases in self.phrases.values():
            for phrase, group in phrases:
                rarest = max(phrase, key=lambda word: (word not in FUNCTION_WORDS, len(word)))
                place = phrase.index(rarest)
                found.setdefault(rarest, []).append((list(phrase), group, place))
        return found

    def find_cues(self, lines: Sequence[str]) -> list[Cues]:
        """Find the cue phrases at the beginning of each line."""
        read = [words[:WORDS_READ] for _, words in _split(lines)]
        found = [self._cues(words) for words in read]
        return [
            Cues(covered / max(len(words), 1), starts, frozenset(groups))
            for words, (covered, starts, groups) in zip(read, found, strict=True)
        ]

    @cached_property
    def compiled(self) -> CompiledLines:
        """The same in compiled code."""
        # numba is imported only where it pays
        from analysis.corpus.compiled_lines import CompiledLines

        return CompiledLines(self)

    @cached_property
    def names(self) -> list[str]:
        """Name the columns."""
        lengths = [f"words <= {n}" for n in LENGTHS] + [f"words > {LENGTHS[-1]}"]
        marks = ["date", "address", "separator", "colon", "quotation"]
        shape = ["ends", "stops", "lower case", "capitals", "digits", *marks, "commas"]
        english = ["function words", "cued", "starts with cue", *self.groups]
        ended = [f"{name}, ends" for name in lengths]
        return ["words", "prose", *lengths, *ended, *shape, *english]

    def read(self, line: str, *, compiled: bool = False) -> Row:
        """Give the row of one line."""
        if compiled:
            return self.compiled.table(line, np.array([[0, len(line)]]))[0]  # type: ignore[no-any-return]
        row: Row = self.table([line])[0]
        return row

    def table(self, lines: Sequence[str]) -> Row:
        """Give the rows of many lines, one below the other."""
        if not lines:
            return np.zeros((0, len(self.names)), np.float32)
        read = [self._measure(*pair) for pair in zip(lines, _split(lines), strict=True)]
        numbers = np.array([one for one, _ in read], float)
        size, words, cued, ends, stops, lower, capitals, digits, letters, *rest = numbers.T
        *marks, commas, function, starts = rest
        n = np.maximum(words, 1)
        share, lower = cued / n, lower / n
        prose = prose_share(size, ends, lower, share)
        classes = (size[:, None] > np.array(LENGTHS)).sum(axis=1)
        length = np.eye(len(LENGTHS) + 1)[classes].T
        groups = np.zeros((len(lines), len(self.groups)))
        for number, (_, held) in enumerate(read):
            groups[number, list(held)] = 1
        columns = [size, prose, *length, *(length * ends), ends, np.minimum(stops, 3) / 3]
        columns += [lower, capitals / n, digits / np.maximum(letters, 1), *marks, commas / n]
        columns += [function / n, share, starts, *groups.T]
        return np.stack(columns, axis=1).astype(np.float32)

    def _measure(self, line: str, split: Spelling) -> tuple[tuple[float, ...], Collection[int]]:
        """Give the numbers that `table` takes apart, and the groups of cue phrases in a line."""
        start = line[:LETTERS_READ]
        spelt, words = split[0][:WORDS_READ], split[1][:WORDS_READ]
        cued, starts, groups = self._cues(words)
        digits = len(DIGIT.findall(start))
        return (
            word_count(line),
            len(spelt),
            cued,
            SENTENCE_END.search(line[-LAST_LETTERS:]) is not None,
            len(INNER_STOP.findall(line[: 2 * LETTERS_READ])),
            len(spelt) - sum(map(str.isupper, map(itemgetter(0), spelt))),
            sum(map(str.isupper, spelt)),
            digits,
            len(start),
            digits > 0 and DATE.search(start) is not None,
            has_address(start),
            _has_separator(start),
            start.endswith(":"),
            QUOTATION.search(start) is not None,
            start.count(","),
            sum(map(FUNCTION_WORDS.__contains__, words)),
            starts,
        ), groups

    def _cues(self, words: list[str]) -> tuple[int, bool, set[int]]:
        """Give the number of words in cue phrases, whether one comes first, and the groups."""
        covered, starts, groups = set[int](), False, set[int]()
        known = self.by_telltale
        for place in [place for place, word in enumerate(words) if word in known]:
            for phrase, group, offset in known[words[place]]:
                first = place - offset
                if first < 0 or words[first : first + len(phrase)] != phrase:
                    continue
                groups.add(group)
                if self.groups[group] not in VOICES:
                    covered.update(range(first, first + len(phrase)))
                    starts |= first == 0
        return len(covered), starts, groups


def _split(lines: Sequence[str]) -> list[Spelling]:
    return split_words([line[:LETTERS_SPLIT] for line in lines])


def has_address(line: str) -> bool:
    """Tell whether a line has a web or mail address, or what posts begin with."""
    return any(sign in line for sign in ADDRESS_SIGNS) and ADDRESS.search(line) is not None


def _has_separator(line: str) -> bool:
    """Tell whether a line has a mark of menus, a dash between spaces or ahead, or breaks off."""
    return (
        SEPARATOR.search(line) is not None
        or line.endswith(("...", "…"))
        or DASH.search(line) is not None
    )


def line_features() -> LineFeatures:
    """Read the cue phrases from the lexicon."""
    source = files("analysis") / "lexicons" / "furniture_en.yml"
    lexicon: dict[str, list[str]] = yaml.safe_load(source.read_text(encoding="utf-8"))
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for group, entries in enumerate(lexicon.values()):
        for entry in entries:
            words = tuple(WORD.findall(entry.lower()))
            phrases.setdefault(words[0], []).append((words, group))
    return LineFeatures(tuple(lexicon), phrases)


class Rows:
    """The lines of one text, and their rows, made when they are asked for."""

    def __init__(self, features: LineFeatures, draft: Draft) -> None:
        self.features, self.compiled = features, draft.compiled
        self.text, (self.bounds, self.keys) = draft.text, draft.layout
        self.lines = [self.text[start:end] for start, end in self.bounds.tolist()]

    @cached_property
    def read_on(self) -> list[bool]:
        """Whether each line is long, or ends with a full stop or a colon."""
        ends = self.table[:, self.features.names.index("ends")] > 0
        long = self.table[:, 0] >= LONG_WORDS
        return [
            so or line.endswith(":")
            for so, line in zip((ends | long).tolist(), self.lines, strict=True)
        ]

    @cached_property
    def table(self) -> Row:
        """The rows of all lines."""
        if self.compiled:
            return self.features.compiled.table(self.text, self.bounds)
        return self.features.table(self.lines)
