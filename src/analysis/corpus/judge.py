"""Which lines of a draft are furniture, and why: the marks, the repetition, the model."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.cued import CuedLines
from analysis.corpus.draft import Cut, Draft, PerText
from analysis.corpus.furniture import Row, Rows
from analysis.corpus.marks import headlines_behind, marked_lines
from analysis.corpus.notices import read_notices
from analysis.corpus.repeats import ENOUGH_ARTICLES, STATEMENT_END, Repeats, repeated_paragraphs
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
LINES_KEPT = 5_000  # about so many are at hand, as what is counted first is judged soon


class Judge:
    """Holds the model and the features of the lines seen in one run of `clean`."""

    def __init__(self) -> None:
        self.model = read_model()
        self.known: dict[str, tuple[int, Rows]] = {}
        self.lines_known = 0
        self.notices = read_notices()
        self.likely = PerText(self.notices.likely)
        self.cued = CuedLines(self.model.features)
        names = self.model.features.names
        self.columns = {name: names.index(name) for name in (*NAMING, "ends", "cued")}

    def rows(self, draft: Draft) -> Rows:
        """Give the rows of a draft's lines; those of the drafts seen last are at hand."""
        known = self.known.get(draft.article_id)
        if known is None or known[0] != draft.text_hash:
            rows = Rows(self.model.features, draft)
            self.lines_known += len(rows.lines)
            if self.lines_known > LINES_KEPT:
                self.known.clear()
                self.lines_known = len(rows.lines)
            known = self.known[draft.article_id] = draft.text_hash, rows
        return known[1]

    def prose(self, draft: Draft) -> Row:
        """Give the words of prose of each line; they are kept until the text changes."""
        if draft.prose is None or draft.prose[0] != draft.text_hash:
            words, share = self.rows(draft).table[:, :2].T
            draft.prose = draft.text_hash, words * share
        return draft.prose[1]

    def condemn(self, draft: Draft, repeats: Repeats) -> dict[int, str]:
        """Give the numbers of the lines to cut, each with its reason."""
        counts = repeats.count(draft.layout.keys)
        repeated = np.flatnonzero(counts >= ENOUGH_ARTICLES).tolist()
        habitual = np.flatnonzero(counts >= repeats.habit).tolist()
        evidence = draft.text_hash, repeated, habitual
        if draft.judged == evidence or not len(counts):
            return {}
        draft.judged = evidence
        rows = self.rows(draft)
        lines, split = rows.lines, draft.in_one_line
        if split:  # its sentences are no lines: the background of a story comes back
            whole = {n for n in repeated if STATEMENT_END.search(lines[n])}
            repeated = [n for n in repeated if n in habitual or n not in whole]
        english = draft.is_english
        marked = {**repeated_paragraphs(lines, rows.keys), **marked_lines(rows, draft.title)}
        if english:
            marked |= self._english_marks(rows, split=split)
        stays = self._stays(rows, english=english, split=split)
        stays[list(marked)] = False
        habits = self._habits(rows, repeated, habitual, stays)
        stays[habits] = False
        if not stays.any():
            stays = self._sentences(rows)
            stays[list(marked)] = False
            stays[habits] = False
        if english:
            gone = set(np.flatnonzero(~stays).tolist())
            likely = self.likely(draft)
            marked |= self.notices.find(lines, gone, split=split, likely=likely)
            stays[list(marked)] = False
        first = int(np.argmax(stays)) if stays.any() else len(lines)
        given = {**dict.fromkeys(habits, "repeated across the outlet"), **marked}
        cut = np.flatnonzero(~stays).tolist()
        return {n: given.get(n) or self._reason(rows, n, before=n < first) for n in cut}

    def glued(self, draft: Draft) -> list[Cut]:
        """Give the notices that stand in the same line as a paragraph of the article."""
        found: list[Cut] = []
        if not draft.in_one_line and draft.is_english:
            found = self.notices.find_within(draft, self.likely(draft))
        self.likely.forget(draft)  # it is not asked again before the text changes
        return found

    def _english_marks(self, rows: Rows, *, split: bool) -> dict[int, str]:
        """Add the marks that need English; headlines behind the article need cues around them."""
        marked = self.cued.find(rows)
        headlines = headlines_behind(rows, marked)
        if headlines:
            tail = rows.table[headlines[0] :]
            if tail[:, [self.columns[name] for name in AROUND_HEADLINES]].any():
                marked |= dict.fromkeys(headlines, "headlines of other articles")
        return marked

    def _stays(self, rows: Rows, *, english: bool, split: bool) -> NDArray[np.bool_]:
        """Label the lines by the model; it knows lines, so one line of sentences stays whole."""
        if split:
            return np.ones(len(rows.lines), bool)
        stays = best_labels(self.model.log_odds(rows, english=english), compiled=rows.compiled)
        if stays.all():
            return stays
        # Sentences between sentences that stay are kept, as boxes interrupt an article.
        prose, ends = rows.table[:, 1], rows.table[:, self.columns["ends"]]
        whole = (prose > SURE_PROSE) & (ends > 0)
        kept = np.flatnonzero(stays & whole)
        if len(kept):
            stays[kept[0] : kept[-1]] |= whole[kept[0] : kept[-1]]
        return stays

    def _habits(
        self, rows: Rows, repeated: list[int], habitual: list[int], stays: NDArray[np.bool_]
    ) -> list[int]:
        """Pick the repeated lines that are the outlet's: labels, sentences at the edge, habits."""
        if not repeated:
            return []
        own = sorted(set(np.flatnonzero(stays).tolist()) - set(repeated))
        first, last = (own[0], own[-1]) if own else (0, len(stays))
        asked = [n for n in repeated if n not in habitual and first <= n <= last]
        of_prose = np.asarray(rows.table[asked, :2].all(axis=1))
        prose = dict(zip(asked, of_prose.tolist(), strict=True))
        return [n for n in repeated if not prose.get(n, False)]

    def _sentences(self, rows: Rows) -> NDArray[np.bool_]:
        """Label plain sentences, for a text of which the model would leave nothing."""
        words, ends, cued = (
            rows.table[:, column] for column in (0, self.columns["ends"], self.columns["cued"])
        )
        return np.asarray((words >= SENTENCE_WORDS) & (ends > 0) & (cued == 0))

    def _reason(self, rows: Rows, number: int, *, before: bool) -> str:
        row = rows.table[number]
        for name in NAMING:
            if row[self.columns[name]]:
                return name
        return "headline" if before and row[0] >= HEADLINE_WORDS else "page furniture"
