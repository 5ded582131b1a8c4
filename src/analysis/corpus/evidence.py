"""The blocks of a page, and the texts that bear witness about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.corpus.blocks import Block

# Runs of words by which a block is found again in a text; shorter blocks have to be a whole line.
RUN = 3
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Give the words of a text in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def runs_of(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Give the runs of `RUN` words; a shorter sequence is one run by itself."""
    if len(words) <= RUN:
        return [tuple(words)] if words else []
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


class Witness:
    """A text that tells of a block whether it belongs to the article."""

    def __init__(self, text: str) -> None:
        lines = [words_of(line) for line in text.split("\n")]
        self.lines = {tuple(line) for line in lines}
        self.runs = {run for line in lines for run in runs_of(line)}

    def share(self, words: Sequence[str], runs: Sequence[tuple[str, ...]]) -> float:
        """Give the share of a block that the text holds."""
        if len(words) <= RUN:
            return float(bool(words) and tuple(words) in self.lines)
        return sum(run in self.runs for run in runs) / len(runs)


@dataclass(frozen=True)
class Evidence:
    """The blocks of a page, and the texts that bear witness about them.

    Attributes
    ----------
    blocks
        All of the page.
    base
        The text of another extractor.
    stated
        The body that the page states in its metadata, or ``""``.
    title, description
        As the metadata state them.
    """

    blocks: list[Block]
    base: str
    stated: str = ""
    title: str = ""
    description: str = ""
