"""Which lines of a draft are furniture, and why: the marks, the repetition, the model."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.cued import CuedLines
from analysis.corpus.draft import Cut, Draft
from analysis.corpus.language import is_english
from analysis.corpus.marks import headlines_behind, marked_lines
from analysis.corpus.notices import read_notices
from analysis.corpus.repeats import STATEMENT_END, Repeats, repeated_paragraphs
from analysis.corpus.scoring import best_labels, read_model

# Of several groups of cue phrases in a line, the first here names the reason.
NAMING = (
    "comments",
    "paywall",
    "newsletter",
    "law and cookies",
    "photo credit",
    "related",
    "social",
    "byline and date",
    "call to the reader",
    "site",
)
AROUND_HEADLINES = ("comments", "paywall", "newsletter", "law and cookies", "related", "social")
HEADLINE_WORDS = 4
SENTENCE_WORDS = 4
SURE_PROSE = 0.7


class Judge:
    """Holds the model and the features of the lines seen in one run of `clean`."""

    def __init__(self) -> None:
        self.model = read_model()
        self.notices = read_notices()
        self.cued = CuedLines(self.model.features)
        names = self.model.features.names
        self.columns = {name: names.index(name) for name in (*NAMING, "ends", "cued")}

    def prose(self, draft: Draft, number: int) -> float:
        """Give the words of prose of a line."""
        row = self.model.features.read(draft.lines[number].text)
        return float(row[0] * row[1])

    def condemn(self, draft: Draft, repeats: Repeats) -> dict[int, str]:
        """Give the numbers of the lines to cut, each with its reason."""
        repeated = [n for n, key in enumerate(draft.keys) if repeats.is_repeated(key)]
        habitual = [n for n in repeated if repeats.is_habit(draft.keys[n])]
        if draft.in_one_line:  # its sentences are no lines: the background of a story comes back
            whole = {n for n in repeated if STATEMENT_END.search(draft.lines[n].text)}
            repeated = [n for n in repeated if n in habitual or n not in whole]
        evidence = draft.text, repeated, habitual
        if draft.judged == evidence or not draft.lines:
            return {}
        draft.judged = evidence
        lines = [line.text for line in draft.lines]
        english = is_english(draft.text)
        marked = {**repeated_paragraphs(lines), **marked_lines(lines, draft.title)}
        if english:
            marked |= self._english_marks(lines)
        stays = self._stays(draft, lines, english=english)
        stays[list(marked)] = False
        habits = self._habits(draft, repeated, habitual, stays)
        stays[habits] = False
        if not stays.any():
            stays = self._sentences(lines)
            stays[list(marked)] = False
            stays[habits] = False
        if english:
            gone = set(np.flatnonzero(~stays).tolist())
            marked |= self.notices.find(lines, gone, split=draft.in_one_line)
            stays[list(marked)] = False
        first = int(np.argmax(stays)) if stays.any() else len(lines)
        given = {**dict.fromkeys(habits, "repeated across the outlet"), **marked}
        cut = np.flatnonzero(~stays).tolist()
        return {n: given.get(n) or self._reason(lines[n], before=n < first) for n in cut}

    def glued(self, draft: Draft) -> list[Cut]:
        """Give the notices that stand in the same line as a paragraph of the article."""
        draft.split()
        if draft.in_one_line or not is_english(draft.text):
            return []
        return self.notices.find_within(draft)

    def _english_marks(self, lines: list[str]) -> dict[int, str]:
        """Add the marks that need English; headlines behind the article need cues around them."""
        marked = self.cued.find(lines)
        headlines = headlines_behind(lines, marked)
        if headlines:
            tail = np.stack([self.model.features.read(line) for line in lines[headlines[0] :]])
            if tail[:, [self.columns[name] for name in AROUND_HEADLINES]].any():
                marked |= dict.fromkeys(headlines, "headlines of other articles")
        return marked

    def _stays(self, draft: Draft, lines: list[str], *, english: bool) -> NDArray[np.bool_]:
        """Label the lines by the model; it knows lines, so one line of sentences stays whole."""
        if draft.in_one_line:
            return np.ones(len(lines), bool)
        stays = best_labels(self.model.log_odds(lines, english=english))
        return self._fill(stays, lines)

    def _fill(self, stays: NDArray[np.bool_], lines: list[str]) -> NDArray[np.bool_]:
        """Keep the sentences between sentences that stay, as boxes interrupt an article."""
        if stays.all():
            return stays
        rows = [self.model.features.read(line) for line in lines]
        whole = np.array([r[1] > SURE_PROSE and r[self.columns["ends"]] > 0 for r in rows])
        kept = np.flatnonzero(stays & whole)
        if len(kept):
            stays[kept[0] : kept[-1]] |= whole[kept[0] : kept[-1]]
        return stays

    def _habits(
        self, draft: Draft, repeated: list[int], habitual: list[int], stays: NDArray[np.bool_]
    ) -> list[int]:
        """Pick the repeated lines that are the outlet's: labels, sentences at the edge, habits."""
        own = [n for n in np.flatnonzero(stays).tolist() if n not in set(repeated)]
        first, last = (own[0], own[-1]) if own else (0, len(stays))
        return [
            n
            for n in repeated
            if n in habitual or not first <= n <= last or not self.prose(draft, n)
        ]

    def _sentences(self, lines: list[str]) -> NDArray[np.bool_]:
        """Label plain sentences, for a text of which the model would leave nothing."""
        rows = [self.model.features.read(line) for line in lines]
        ends, cued = self.columns["ends"], self.columns["cued"]
        return np.array([r[0] >= SENTENCE_WORDS and r[ends] > 0 and r[cued] == 0 for r in rows])

    def _reason(self, line: str, *, before: bool) -> str:
        row = self.model.features.read(line)
        for name in NAMING:
            if row[self.columns[name]]:
                return name
        return "headline" if before and row[0] >= HEADLINE_WORDS else "page furniture"
