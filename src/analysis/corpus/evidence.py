"""The blocks of a page, and the texts that bear witness about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.corpus.blocks import Block

# Runs of words by which a block is found again in a text; shorter blocks have to be a whole line.
RUN = 3
SOFT_HYPHEN = "\u00ad"  # shows where a word may be parted, and parts none
# Two characters of Thai, Lao, Burmese, Khmer, Japanese or Chinese are reckoned as a word: their
# sentences have no spaces.
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)


def words_of(text: str) -> list[str]:
    """Give the words of a text in lower case."""
    return [word.lower() for word in _WORD.findall(text.replace(SOFT_HYPHEN, ""))]


def count_words(words: Sequence[str]) -> float:
    """Count words; those of scripts without spaces by their length."""
    if not _UNSPACED.search(" ".join(words)):
        return float(len(words))
    return sum(_words_in(word) for word in words)


def _words_in(word: str) -> float:
    unspaced = sum(len(piece) for piece in _UNSPACED.findall(word))
    return max(1.0, unspaced / 2) if unspaced else 1.0


def runs_of(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Give the runs of `RUN` words; a shorter sequence is one run by itself."""
    if len(words) <= RUN:
        return [tuple(words)] if words else []
    return list(zip(*(words[start:] for start in range(RUN)), strict=False))


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
        return sum(map(self.runs.__contains__, runs)) / len(runs)


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
