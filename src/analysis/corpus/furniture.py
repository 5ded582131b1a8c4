"""What a line looks like by itself: its shape, and the cue phrases of web pages in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from operator import itemgetter

import numpy as np
import yaml
from numpy.typing import NDArray

from analysis.corpus.language import FUNCTION_WORDS

WORD = re.compile(r"\w+(?:['’]\w+)*")
SPACED = {n: " " for n in range(128) if not (chr(n).isalnum() or chr(n) in "_'")}
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
INNER_STOP = re.compile(r"[.!?]['\"”’)]* +[\"'“‘(]?[^\W\d_a-z]")
DIGIT = re.compile(r"\d")
# Scripts without spaces between words: kana, Chinese, Thai, Lao, Khmer.
UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
DATE = re.compile(
    r"\b\d{1,2}[:.]\d\d\b|\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|\b(?:19|20)\d\d\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[@#]\w|https?:|www\.|\w\.(?:com|org|net)\b")
ADDRESS_SIGNS = ("@", "#", "http", "www.", ".com", ".org", ".net")  # one is in every address
SEPARATOR = re.compile("[|»«›‹•·→▸►/©]")
DASH = re.compile(r"[-–—](?:(?<=\s.)\s|(?<=^.))")
QUOTATION = re.compile('["“”‘«„]')
# Long lines are judged by their beginning, so that the work does not grow with their length.
WORDS_READ, LETTERS_READ = 48, 200
LENGTHS = (1, 3, 6, 12, 24)  # words; the upper ends of the length classes
LINES_KEPT = 10_000  # whose features are remembered, for what changes is read again soon
VOICES = ("speech", "reader")  # groups of words that lines of articles have too


def word_count(line: str) -> int:
    """Count words by the spaces; two letters are a word where a script writes no spaces."""
    spaced = line.count(" ") + 1
    return spaced if line.isascii() else spaced + len(UNSPACED.findall(line)) // 2


def prose_share(words: int, ends: bool, lower: float, cued: float) -> float:
    """Give how much a line counts as prose: a sentence, or long; less by its cue phrases."""
    return max(0.0, 1 - 3 * cued) if words >= 25 or (words >= 6 and ends and lower > 0.4) else 0.0


@dataclass(frozen=True)
class LineFeatures:
    """Reads lines into rows of features; keeps the rows of the lines seen last."""

    groups: tuple[str, ...]
    phrases: dict[str, list[tuple[tuple[str, ...], int]]]
    seen: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def telltales(self, groups: Collection[str]) -> frozenset[str]:
        """Give words of which at least one is in every line with a phrase of these groups."""
        return frozenset(
            max(phrase, key=lambda word: (word not in FUNCTION_WORDS, len(word)))
            for phrases in self.phrases.values()
            for phrase, group in phrases
            if self.groups[group] in groups
        )

    def holds(self, line: str, words: frozenset[str]) -> bool:
        """Tell whether one of the words is in the part of a line that is read."""
        return not words.isdisjoint(map(str.lower, _words(line[: WORDS_READ * 8])))

    @cached_property
    def names(self) -> list[str]:
        """Name the columns."""
        lengths = [f"words <= {n}" for n in LENGTHS] + [f"words > {LENGTHS[-1]}"]
        marks = ["date", "address", "separator", "colon", "quotation"]
        shape = ["ends", "stops", "lower case", "capitals", "digits", *marks, "commas"]
        english = ["function words", "cued", "starts with cue", *self.groups]
        ended = [f"{name}, ends" for name in lengths]
        return ["words", "prose", *lengths, *ended, *shape, *english]

    def read(self, line: str) -> NDArray[np.float32]:
        """Give the row of one line."""
        row = self.seen.get(line)
        if row is None:
            if len(self.seen) == LINES_KEPT:
                self.seen.clear()
            row = self.seen[line] = np.array(self._features(line), np.float32)
        return row

    def _features(self, line: str) -> list[float]:
        part, start, size = line[: WORDS_READ * 8], line[:LETTERS_READ], word_count(line)
        spelt = _words(part)[:WORDS_READ]
        words = list(map(str.lower, spelt))
        n = max(len(words), 1)
        ends = float(SENTENCE_END.search(line[-12:]) is not None)
        lower_case = (len(spelt) - sum(map(str.isupper, map(itemgetter(0), spelt)))) / n
        cued, starts, groups = self._cues(words)
        digits = len(DIGIT.findall(start))
        length = [0.0] * (len(LENGTHS) + 1)
        length[sum(size > limit for limit in LENGTHS)] = 1.0
        return [
            size,
            prose_share(size, bool(ends), lower_case, cued / n),
            *length,
            *(value * ends for value in length),
            ends,
            min(len(INNER_STOP.findall(line[: 2 * LETTERS_READ])), 3) / 3,
            lower_case,
            sum(map(str.isupper, spelt)) / n,
            digits / max(len(start), 1),
            float(digits > 0 and DATE.search(start) is not None),
            float(_has_address(start)),
            float(_has_separator(start)),
            float(start.endswith(":")),
            float(QUOTATION.search(start) is not None),
            start.count(",") / n,
            sum(map(FUNCTION_WORDS.__contains__, words)) / n,
            cued / n,
            starts,
            *groups,
        ]

    def _cues(self, words: list[str]) -> tuple[int, float, list[float]]:
        """Give the number of words in cue phrases, whether one comes first, and the groups."""
        covered, starts, groups = set[int](), 0.0, [0.0] * len(self.groups)
        known = self.phrases
        for place in [place for place, word in enumerate(words) if word in known]:
            for phrase, group in known[words[place]]:
                if len(phrase) == 1 or tuple(words[place : place + len(phrase)]) == phrase:
                    groups[group] = 1.0
                    if self.groups[group] not in VOICES:
                        covered.update(range(place, place + len(phrase)))
                        starts = max(starts, float(place == 0))
        return len(covered), starts, groups


def _words(text: str) -> list[str]:
    """Find the words as `WORD` does; in plain ASCII without the regular expression."""
    if not text.isascii() or "''" in text:
        return WORD.findall(text.replace("’", "'"))
    words = text.translate(SPACED).split()
    if "'" not in text:
        return words
    return [word for word in [word.strip("'") for word in words] if word]


def _has_address(line: str) -> bool:
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
