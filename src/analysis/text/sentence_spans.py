"""The sentences of many texts, as arrays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.text.code_points import Kinds, Stretch, each_stretch
from analysis.text.sentences import (
    CLOSING,
    LONGEST_WORD,
    MARKS,
    OPENING,
    WIDE_CLOSING,
    WIDE_MARKS,
    abbreviations,
    ends_sentence,
    split_sentences,
)

Array = NDArray[Any]

# Of so many texts the plain way takes as long as numba needs to be there.
LEAST_COMPILED_TEXTS = 4_000
SPACE, WORD = re.compile(r"\s"), re.compile(r"\w")


class Spans(NamedTuple):
    """Sentences of texts: how many each text has, and ``[start, end)`` of each in its text."""

    counts: Array
    bounds: Array  # shape (sentences, 2)


def split_texts(texts: pd.Series) -> Spans:
    """Find the sentences of every text as `split_sentences` does; compiled where there are many."""
    parts = [spans for _, spans in each_split(texts)]
    counts, bounds = zip(*parts, strict=True) if parts else ((), ())
    none = Spans(np.zeros(0, dtype=np.int64), np.zeros((0, 2), dtype=np.int64))
    return Spans(np.concatenate([none.counts, *counts]), np.concatenate([none.bounds, *bounds]))


def each_split(texts: pd.Series) -> Iterator[tuple[int, Spans]]:
    """Give the sentences of some texts at a time, with the row of the first of these."""
    split = split_compiled() if len(texts) >= LEAST_COMPILED_TEXTS else split_plain
    for stretch in each_stretch(texts):
        yield stretch.first, split(stretch)


def split_plain(stretch: Stretch) -> Spans:
    """Split each text by itself."""
    found = [split_sentences(text) for text in stretch.texts]
    counts = np.array([len(of_text) for of_text in found], dtype=np.int64)
    bounds = [bounds for of_text in found for bounds in of_text]
    return Spans(counts, np.array(bounds, dtype=np.int64).reshape(-1, 2))


def split_compiled() -> Callable[[Stretch], Spans]:
    """Give a function that cuts wherever a sentence may end, and joins where none does."""
    from analysis.text import sentence_kernels as kernels  # numba is imported only where it pays

    members = {
        kernels.NEWLINE: "\n", kernels.MARK: MARKS, kernels.CLOSING: CLOSING,
        kernels.OPENING: OPENING, kernels.WIDE_MARK: WIDE_MARKS,
        kernels.WIDE_CLOSING: WIDE_CLOSING,
    }  # fmt: skip

    def kind_of(sign: str) -> int:
        kind = sum(int(bit) for bit, signs in members.items() if sign in signs)
        kind += int(kernels.SPACE) * (SPACE.match(sign) is not None)
        return kind + int(kernels.LOWER) * (sign.islower() and WORD.match(sign) is not None)

    kinds = Kinds(kind_of)
    unsure = np.array(sorted(map(kernels.hash_word, abbreviations())), dtype=np.uint64)

    def split(stretch: Stretch) -> Spans:
        codes, begins = stretch.codes, stretch.begins
        pieces, counts = kernels.cut_texts(codes, kinds.of(codes), begins, unsure, LONGEST_WORD)
        text_of = np.repeat(np.arange(len(counts)), counts)
        asked = np.flatnonzero(pieces[:, 2] >= 0)
        stops = zip(text_of[asked].tolist(), *pieces[asked, 2:0:-1].T.tolist(), strict=True)
        ends = [ends_sentence(stretch.texts[row], stop, after) for row, stop, after in stops]
        joined = asked[~np.array(ends, dtype=bool)]  # with the next piece
        bounds = np.delete(pieces[:, 0], joined + 1), np.delete(pieces[:, 1], joined)
        counts -= np.bincount(text_of[joined], minlength=len(counts))
        return Spans(counts, np.stack(bounds, axis=1))

    return split
