"""The rounds of cleaning: cutting brings more furniture to light, until nothing changes.

What recurs is known by all outlets' articles. They may lie in several parts, in this process or in
others, of whole outlets each: in every round each part is surveyed, what the parts ask for is
counted in all of them, and the counts are summed. The result is the same however it is cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from analysis.corpus.datelines import find_datelines
from analysis.corpus.draft import Draft
from analysis.corpus.judge import Judge
from analysis.corpus.marks import find_inline, find_markup
from analysis.corpus.refrains import Refrains
from analysis.corpus.repair import repair_located
from analysis.corpus.repeats import Repeats, count_repeats
from analysis.corpus.survey import Asked, Counted, Survey
from analysis.memory import give_back

# Cutting brings more furniture to light; a text that is made to lose one word a round would cost
# the square of its length.
MOST_ROUNDS = 20


class Parts(Protocol):
    """All the drafts of a corpus, as one part or as several."""

    def survey(self, *, everything: bool) -> Asked:
        """Mend what has changed, and give what has to be counted.

        Of all outlets, or only of those of which a text has changed.
        """

    def count(self, asked: Asked) -> Counted:
        """Count it."""

    def cut(self, asked: Asked, everywhere: Counted) -> int:
        """Cut in the light of the counts; give how many texts have changed."""

    def give_up(self) -> None:
        """Leave nothing of the texts that still change."""


def run_rounds(parts: Parts) -> None:
    """Mend and cut until nothing changes.

    Only outlets with a changed text are looked at again, until there is none. Then all are, for
    what is an outlet's own depends on the texts of the others.
    """
    everything, n_changes = True, 0
    while n_changes < MOST_ROUNDS:
        asked = parts.survey(everything=everything)
        if parts.cut(asked, parts.count(asked)):
            everything, n_changes = False, n_changes + 1
        elif everything:
            return
        else:
            everything = True
    parts.give_up()


class Part:
    """Drafts of whole outlets in the midst of the rounds.

    What else it holds is kept for speed only, and stays behind where a part goes to another
    process.
    """

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = list(drafts)
        self.changed = self.drafts
        self.everything = True  # whether all outlets are surveyed, or those with a changed text
        self.judge = Judge()
        compiled = any(draft.compiled for draft in drafts)
        self.refrains = Refrains(self.judge.model.features, compiled=compiled)
        self.judged: dict[str, list[int]] = {}
        self._survey: Survey | None = None

    def __getstate__(self) -> tuple[list[Draft], list[bool], bool]:
        changed = set(map(id, self.changed))
        return self.drafts, [id(draft) in changed for draft in self.drafts], self.everything

    def __setstate__(self, state: tuple[list[Draft], list[bool], bool]) -> None:
        drafts, changed, everything = state
        self.__init__(drafts)  # type: ignore[misc]
        self.changed = [draft for draft, so in zip(drafts, changed, strict=True) if so]
        self.everything = everything

    def copied(self) -> Part:
        """Give a part of its own drafts, which knows what this one knows."""
        of = {id(draft): draft.copied() for draft in self.drafts}
        part = Part.__new__(Part)  # not copy(), which would make everything anew
        part.__dict__ |= self.__dict__
        part.drafts = [of[id(draft)] for draft in self.drafts]
        part.changed = [of[id(draft)] for draft in self.changed]
        if self._survey is not None:
            own = [of[id(draft)] for draft in self._survey.articles.drafts]
            part._survey = replace(
                self._survey, articles=self._survey.articles._replace(drafts=own)
            )
        part.judged = dict(self.judged)
        return part

    def survey(self, *, everything: bool) -> Asked:
        """Mend what has changed, and give what has to be counted in all parts."""
        for draft in self.changed:
            mend(draft)
        self.everything, self._survey = everything, None
        asked = self.ask()
        give_back()
        return asked

    def ask(self) -> Asked:
        """Give what has to be counted in all parts."""
        return self._surveyed().asked

    def _looked_at(self) -> list[Draft]:
        """Give the drafts of the outlets that are surveyed."""
        if self.everything:
            return self.drafts
        outlets = {draft.outlet for draft in self.changed}
        return [draft for draft in self.drafts if draft.outlet in outlets]

    def _surveyed(self) -> Survey:
        if self._survey is None:
            articles = self.refrains.take_up(self._looked_at())
            self._survey = self.refrains.survey(articles)
        return self._survey

    def count(self, asked: Asked) -> Counted:
        """Count what any part asks for."""
        return self.refrains.count(self.drafts, asked)

    def cut(self, asked: Asked, everywhere: Counted) -> int:
        """Cut what recurs and what is no article; give how many texts have changed."""
        drafts = self._looked_at()
        before = [draft.text_hash for draft in drafts]
        for draft, cuts in self.refrains.cuts(self._surveyed(), asked, everywhere):
            draft.cut(cuts)
        self._survey = None
        for outlet, group in by_outlet(drafts).items():
            texts = [draft.text_hash for draft in group]
            if self.judged.get(outlet) != texts:
                self.judged[outlet] = texts
                cut_lines(group, self.judge)
        pairs = zip(drafts, before, strict=True)
        self.changed = [draft for draft, number in pairs if draft.text_hash != number]
        give_back()
        return len(self.changed)

    def give_up(self) -> None:
        """Leave nothing of the texts that still change."""
        for draft in self.changed:
            draft.give_up()


def mend(draft: Draft) -> None:
    """Repair the text, and take its markup out, which may bring more damage to light."""
    for _ in range(MOST_ROUNDS):
        before = draft.text
        draft.text, maps = repair_located(draft.text, compiled=draft.compiled)
        draft.maps += maps
        draft.cut(find_markup(draft.text))
        if draft.text == before:
            return
    draft.give_up()


def by_outlet(drafts: Sequence[Draft]) -> dict[str, list[Draft]]:
    """Group drafts by their outlet."""
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.outlet].append(draft)
    return groups


def cut_lines(drafts: Sequence[Draft], judge: Judge) -> None:
    """Cut furniture of one outlet's articles; those of no known outlet have nothing in common."""
    known = [draft for draft in drafts if draft.outlet and len(draft.layout.keys)]
    repeats = count_repeats(
        [draft.layout.keys for draft in known], lambda number: judge.prose(known[number])
    )
    for draft in drafts:
        _cut_furniture(draft, repeats, judge)


def _cut_furniture(draft: Draft, repeats: Repeats, judge: Judge) -> None:
    """Cut the lines that the judge condemns, and what is furniture inside a line."""
    reasons = judge.condemn(draft, repeats)
    if reasons:
        draft.cut_lines(reasons)
    if draft.settled != draft.text_hash:
        draft.settled = draft.text_hash
        draft.cut(find_inline(draft.text))
        draft.cut(judge.glued(draft))
        draft.cut(find_datelines(draft))
