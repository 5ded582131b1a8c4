"""Sentences that return in an outlet's articles, whole or by their first words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.draft import Draft
from analysis.corpus.line_keys import NOTHING, number_spans
from analysis.corpus.repeats import line_key
from analysis.corpus.signs import TRIMMED, tabled_codes

# Between two sentences; brackets and quotation marks that close belong to the one before.
# Other empty lines are read over in one go, else each would be looked at with all that follow.
# The signs with which one begins come first, as those are quick to look for.
BREAK = re.compile(
    r"[.!?…:\n\"”»](?:"
    r"(?:(?<=[.!?…:])[\"'”’»)\]]*[-–—]*\s[\s–—-]*|(?<=\n)\s*+|(?<=[.!?…])[\"”]|(?<=[\"”»])\s+)"
    r"(?=[^\W_a-z]|[\"“‘«(\[])"
    r"|(?P<blank>(?<=\n)\s*+))"
)
LABEL_WORDS = 3  # of the shortest label
NO_WORDS = NOTHING


@dataclass(frozen=True)
class Sentences:
    """The sentences of a text as numbers: words take more memory than the text.

    Attributes
    ----------
    bounds
        Where each begins, and where the last ends.
    keys
        The same number for sentences with the same `line_key`, in the whole of one process.
    openings
        The same of the first words; `NO_WORDS` of a sentence that has no more than these.
    last
        The `line_key` of the last one.
    """

    bounds: NDArray[np.int64]
    keys: NDArray[np.int64]
    openings: NDArray[np.int64]
    last: str

    def span(self, place: int) -> tuple[int, int]:
        """Give where a sentence stands; -1 is the last."""
        place %= len(self.keys)
        return int(self.bounds[place]), int(self.bounds[place + 1])

    def text(self, draft: Draft, place: int) -> str:
        """Give a sentence as it is written."""
        start, end = self.span(place)
        return draft.text[start:end].strip()


def read_sentences(draft: Draft) -> Sentences:
    """Find the sentences of a draft's text."""
    text = draft.text
    bounds = np.concatenate([[0], find_breaks(text, compiled=draft.compiled), [len(text)]])
    spans = np.column_stack([bounds[:-1], bounds[1:]])
    keys, openings = number_spans(
        text, spans, compiled=draft.compiled, opening=LABEL_WORDS, trim=True
    )
    last = line_key(text[slice(*spans[-1])].strip(TRIMMED))
    return Sentences(bounds, keys, openings, last)


def find_breaks(text: str, *, compiled: bool) -> NDArray[np.int64]:
    """Give where sentences begin behind another."""
    codes = tabled_codes(text) if compiled else None
    if codes is None:
        matches = BREAK.finditer(text)
        return np.array([match.end() for match in matches if match["blank"] is None], np.int64)
    # numba is imported only where it pays
    from analysis.corpus import break_kernels as kernels

    breaks = np.empty(len(codes), np.int64)
    return breaks[: kernels.find_breaks(codes, kernels.tabled_roles(), breaks)]


def returning(
    read: Mapping[int, Sentences], what: Literal["keys", "openings"], least: float
) -> Iterator[list[tuple[int, int]]]:
    """Give where each sentence (or opening) stands that stands in enough articles of an outlet.

    Parameters
    ----------
    read
        The sentences of the outlet's articles, by the number of the article.
    what
        What is to be the same.
    least
        Articles.

    Yields
    ------
    list of tuple
        Article and place of each, in ascending order.
    """
    columns = [getattr(sentences, what) for sentences in read.values()]
    sizes = [len(column) for column in columns]
    every = np.concatenate(columns)
    article = np.repeat(list(read), sizes)
    place = np.arange(len(every)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    order = np.argsort(every, kind="stable")
    every, article, place = every[order], article[order], place[order]
    starts = np.ones(len(every), bool)
    starts[1:] = every[1:] != every[:-1]
    first = starts.copy()
    first[1:] |= article[1:] != article[:-1]
    begin = np.flatnonzero(starts)
    often = (np.add.reduceat(first.astype(int), begin) >= least) & (every[begin] != NO_WORDS)
    end = np.append(begin[1:], len(every))
    for a, b in zip(begin[often].tolist(), end[often].tolist(), strict=True):
        yield list(zip(article[a:b].tolist(), place[a:b].tolist(), strict=True))
