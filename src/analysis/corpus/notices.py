"""English lines in which a page speaks of itself: of the article, its readers, its comments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from analysis.corpus.furniture import SENTENCE_END, word_count

WORDS, LABEL_WORDS = 25, 18
LETTERS = 300
PASSED = 8  # words of a line without a full stop that may stand behind a notice, or ahead of it
SPEECH = re.compile("[\"“”„]|(?<!\\w)['‘’«]|\\b(?:said|says|told)\\b")
ANY_WORDS = r"(?:[^\w.!?]+[\w'’-]+){0,5}?"
BETWEEN = r"[^\w.!?]+"


@dataclass(frozen=True)
class Notices:
    """The openings of notices, each pattern with its groups named by number."""

    anywhere: re.Pattern[str]
    edges: re.Pattern[str]
    labels: re.Pattern[str]
    reasons: tuple[str, ...]

    def find(self, lines: Sequence[str], gone: set[int], *, split: bool) -> dict[int, str]:
        """Find the notices among the lines, each with the reason.

        Parameters
        ----------
        lines
            The lines of one article.
        gone
            The numbers of those that go anyway.
        split
            Whether the lines are the sentences of one line; its first sentence may be glued to
            what stands ahead of it, so that only what is behind the text is known.
        """
        found = {
            number: reason
            for number, line in enumerate(lines)
            if number not in gone and (reason := self._read(self.anywhere, line))
        }
        ways = [range(len(lines) - 1, -1, -1), range(0 if split else len(lines))]
        for order in ways:
            for number in order:
                if number in gone or number in found:
                    continue
                line = lines[number]
                if reason := self._read(self.edges, line) or self._label(line):
                    found[number] = reason
                elif word_count(line) > PASSED or SENTENCE_END.search(line[-12:]):
                    break
        return found

    def _read(self, pattern: re.Pattern[str], line: str) -> str:
        if len(line) > LETTERS or word_count(line) > WORDS:
            return ""
        match = pattern.match(line)
        if match is None or SPEECH.search(line):
            return ""
        return self.reasons[int((match.lastgroup or "g0")[1:])]

    def _label(self, line: str) -> str:
        """Read a label with its colon; what it announces is no sentence, but in law."""
        match = self.labels.match(line[:LETTERS])
        if match is None or word_count(line) > LABEL_WORDS:
            return ""
        reason = self.reasons[int((match.lastgroup or "g0")[1:])]
        return "" if reason == "related" and line.endswith(".") else reason


@cache
def read_notices() -> Notices:
    """Read the notices from the lexicon."""
    source = files("analysis") / "lexicons" / "furniture_notices_en.yml"
    lexicon = yaml.safe_load(source.read_text(encoding="utf-8"))
    sections = [lexicon["anywhere"], lexicon["edges"], lexicon["labels"]]
    reasons = tuple(dict.fromkeys(group for section in sections for group in section))
    leads = "|".join(map(re.escape, lexicon["leads"].split("|")))
    ahead = rf"\W{{0,3}}(?:(?:{leads})\b{BETWEEN})?"
    anywhere, edges, labels = (
        _pattern(section, reasons, lexicon["pieces"], ahead, behind)
        for section, behind in zip(sections, (r"\b", r"\b", r"\s*[:|»>]"), strict=True)
    )
    return Notices(anywhere, edges, labels, reasons)


def _pattern(
    section: Mapping[str, Sequence[str]],
    reasons: Sequence[str],
    pieces: str,
    ahead: str,
    behind: str,
) -> re.Pattern[str]:
    groups = [
        f"(?P<g{reasons.index(group)}>{'|'.join(_opening(entry, pieces) for entry in entries)})"
        for group, entries in section.items()
    ]
    return re.compile(f"{ahead}(?:{'|'.join(groups)}){behind}", re.IGNORECASE)


def _opening(entry: str, pieces: str) -> str:
    """Give the pattern of one entry of the lexicon."""
    parts: list[str] = []
    joined = False  # whether what stands before needs something between
    for token in entry.split():
        if token == "*":
            parts.append(ANY_WORDS if joined else r"[\w'’-]+" + ANY_WORDS)
            joined = True
            continue
        words = token.removesuffix("?").replace("{piece}", pieces).split("|")
        spelt = [re.escape(word).replace("'", "['’]") for word in words]
        either = f"(?:{'|'.join(spelt)})"
        part = f"{BETWEEN}{either}" if joined else either
        if token.endswith("?"):
            part = f"(?:{part})?" if joined else f"(?:{either}{BETWEEN})?"
        else:
            joined = True
        parts.append(part + r"\b" if not token.endswith("?") else part)
    return "".join(parts)
