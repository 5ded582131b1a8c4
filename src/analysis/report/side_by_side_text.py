"""An article's text in passages: what others say too, what it says alone, what it quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.report.cells import escape

Span = tuple[int, int]
ALONE = "◇"


@dataclass(frozen=True)
class Passage:
    """A sentence, or what stands between two.

    Attributes
    ----------
    text
        As it stands in the article.
    claim
        The number of what it says, 0 if no other outlet says it.
    alone
        Whether it is a sentence that no other outlet has in similar words.
    spoken
        The parts that are quoted, ``[start, end)`` in `text`.
    """

    text: str
    claim: int = 0
    alone: bool = False
    spoken: tuple[Span, ...] = ()


def passages_of(text: str, aligned: pd.DataFrame, spoken: Sequence[Span]) -> list[Passage]:
    """Cut a text into its sentences and what stands between them; joined, they are the text.

    Parameters
    ----------
    text
        An article, or its beginning.
    aligned
        Its rows of ``align_sentences``: ``start, end, claim, likeness``.
    spoken
        Where it quotes.
    """
    passages, at = [], 0
    columns = (aligned[name] for name in ("start", "end", "claim", "likeness"))
    for start, end, claim, likeness in zip(*columns, strict=True):
        if start > at:
            passages.append(Passage(text[at:start]))
        inside = tuple(
            (max(first, start) - start, min(last, end) - start)
            for first, last in spoken
            if first < end and last > start
        )
        passages.append(Passage(text[start:end], int(claim), likeness == 0 and not claim, inside))
        at = end
    return [*passages, Passage(text[at:])] if at < len(text) else passages


def write_text(
    passages: list[Passage], own_anchor: str, anchor: str, shared: Collection[int]
) -> str:
    """Write passages as HTML: numbers that lead to the shared claims, quotations in italics.

    Parameters
    ----------
    passages
        Of one article.
    own_anchor, anchor
        What the ids of its passages, and those of the claims, begin with.
    shared
        The claims that have an entry to lead to.
    """
    written = []
    for number, passage in enumerate(passages):
        words = "".join(
            f'<q style="quotes:none;font-style:italic">{escape(part)}</q>'
            if quoted
            else escape(part)
            for part, quoted in parts_of(passage)
        )
        if passage.claim in shared:
            link = f'<a href="#{anchor}-c{passage.claim}" aria-label="claim {passage.claim}">'
            words = (
                f'<span id="{own_anchor}-{number}">{words}</span>'
                f'<sup style="line-height:0">{link}{passage.claim}</a></sup>'
            )
        elif passage.alone:
            words = f"<span>{ALONE}\u00a0{words}</span>"
        written.append(words)
    return "".join(written)


def parts_of(passage: Passage) -> Iterator[tuple[str, bool]]:
    """Give the parts of a passage, and whether each is quoted."""
    at = 0
    for start, end in sorted(passage.spoken):
        start = max(start, at)
        if start < end:
            yield passage.text[at:start], False
            yield passage.text[start:end], True
            at = end
    yield passage.text[at:], False


def plain_text(outlet: str, title: str, passages: list[Passage]) -> str:
    """Write an article for readers of plain text: ``[3]`` behind shared, ``◇`` before own."""
    words = "".join(
        f"{passage.text}[{passage.claim}]" if passage.claim
        else f"{ALONE} {passage.text}" if passage.alone
        else passage.text
        for passage in passages
    )  # fmt: skip
    return f"{outlet}: {title}\n{words}"
