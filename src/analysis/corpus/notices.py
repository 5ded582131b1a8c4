"""English lines in which a page speaks of itself: of the article, its readers, its comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import yaml

from analysis.corpus.draft import SENTENCE_BREAK, Cut, Draft, sentence_bounds
from analysis.corpus.furniture import SENTENCE_END, word_count
from analysis.corpus.signs import tabled_codes
from analysis.corpus.telltales import Telltales

WORDS, LABEL_WORDS = 25, 18
LETTERS = 300
# A paragraph about the author, with the group of notices that such a paragraph ends with.
NOTE_WORDS, AUTHOR = 120, "author note"
PASSED = 8  # words of a line without a full stop that may stand behind a notice, or ahead of it
SPEECH = re.compile("[\"“”„]|(?<!\\w)['‘’«]|\\b(?:said|says|told)\\b")
# "For more stories like this, ..."
CLAUSE = r"(?:for (?:all|more|the latest)\b[^.!?:]{2,80}?,[^\w.!?]{1,3})?"
# Words and what parts them have no letter in common, and neither is given back: a line of dashes
# can be read in one way only, not in thousands.
ANY_WORD = r"\w++(?:['’-]\w++)*+"
ANY_WORDS = rf"(?:[^\w.!?]++{ANY_WORD}){{0,5}}?"
BETWEEN = r"[^\w.!?]+"


@dataclass(frozen=True)
class Notices:
    """The openings of notices, each pattern with its groups named by number."""

    anywhere: re.Pattern[str]
    edges: re.Pattern[str]
    labels: re.Pattern[str]
    reasons: tuple[str, ...]
    telltales: Telltales  # of those that stand anywhere

    def likely(self, draft: Draft) -> list[int]:
        """Give the numbers of the lines that may hold a notice that stands anywhere."""
        codes = tabled_codes(draft.text) if draft.compiled else None
        if codes is None:
            return list(range(len(draft.layout.bounds)))
        return self.telltales.lines(codes, draft.layout.bounds)

    def find(
        self,
        lines: Sequence[str],
        gone: set[int],
        *,
        split: bool,
        likely: Iterable[int] | None = None,
    ) -> dict[int, str]:
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
        likely
            The numbers of those that may hold a notice that stands anywhere; else all may.
        """
        found = {
            number: reason
            for number in (range(len(lines)) if likely is None else likely)
            if number not in gone and (reason := self._read(self.anywhere, lines[number]))
        }
        ways = [range(len(lines) - 1, -1, -1), range(0 if split else len(lines))]
        for order in ways:
            for number in order:
                if number in gone or number in found:
                    continue
                line = lines[number]
                reason = self._read(self.edges, line) or self._label(line)
                if reason or (not split and (reason := self._signed(line))):
                    found[number] = reason
                elif word_count(line) > PASSED or SENTENCE_END.search(line[-12:]):
                    break
        return found

    def find_within(self, draft: Draft, likely: Iterable[int]) -> list[Cut]:
        """Find notices that were glued to a paragraph: anywhere, or at the end of the text.

        The paragraph stays, so that only sentences of several are looked at.
        """
        text, lines = draft.text, draft.layout.bounds.tolist()
        found: list[Cut] = []
        last = len(lines) - 1
        for number in sorted({*likely, *range(last, last + 1)}):
            line_start, line_end = lines[number]
            bounds = sentence_bounds(text, line_start, line_end)
            if len(bounds) < 3:  # one sentence
                continue
            sentences = [text[a:b].strip() for a, b in pairwise(bounds)]
            reasons = self._glued(sentences, last=number == last)
            tail = max((n for n in range(len(sentences)) if n not in reasons), default=-1) + 1
            for n, reason in sorted(reasons.items()):
                start, end = bounds[n : n + 2]
                if 0 < n == tail:  # at the end of the line the space before them goes too
                    start = line_start + len(text[line_start:start].rstrip())
                found.append(Cut(start, end, reason))
        return found

    def _glued(self, sentences: Sequence[str], *, last: bool) -> dict[int, str]:
        if last:
            return self.find(sentences, set(), split=True)
        read = ((n, self._read(self.anywhere, text)) for n, text in enumerate(sentences))
        return {number: reason for number, reason in read if reason}

    def _read(self, pattern: re.Pattern[str], line: str) -> str:
        if len(line) > LETTERS or word_count(line) > WORDS:
            return ""
        match = pattern.match(line)
        if match is None or SPEECH.search(line):
            return ""
        return self.reasons[int((match.lastgroup or "g0")[1:])]

    def _signed(self, line: str) -> str:
        """Read a paragraph that ends by speaking of its author: the rest of it does so too."""
        if word_count(line) > NOTE_WORDS:
            return ""
        start = max((match.end() for match in SENTENCE_BREAK.finditer(line)), default=0)
        reason = self._read(self.edges, line[start:])
        return reason if reason == AUTHOR else ""

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
    ahead = rf"\W{{0,3}}{CLAUSE}(?:(?:{leads})\b{BETWEEN})?"
    anywhere, edges, labels = (
        _pattern(section, reasons, lexicon["pieces"], ahead, behind)
        for section, behind in zip(sections, (r"\b", r"\b", r"\s*[:|»>]"), strict=True)
    )
    pieces = frozenset(lexicon["pieces"].split("|"))
    entries = [entry for group in lexicon["anywhere"].values() for entry in group]
    telltales = Telltales([_needed(entry, pieces) for entry in entries], common=[pieces])
    return Notices(anywhere, edges, labels, reasons, telltales)


def _needed(entry: str, pieces: frozenset[str]) -> list[frozenset[str]]:
    """Give the words of which one must be there, for each place of an entry that has such."""
    tokens = [token for token in entry.split() if token != "*" and not token.endswith("?")]
    return [
        pieces if token == "{piece}" else frozenset(token.split("|"))
        for token in tokens
        if "'" not in token and ("{" not in token or token == "{piece}")
    ]


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
            parts.append(ANY_WORDS if joined else ANY_WORD + ANY_WORDS)
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
