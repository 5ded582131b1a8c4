"""Rows of features by compiled code: the same as `LineFeatures.table` makes, in far less time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.furniture import (
    DATE,
    LETTERS_READ,
    VOICES,
    WORDS_READ,
    LineFeatures,
    Row,
    has_address,
)
from analysis.corpus.language import FUNCTION_WORDS
from analysis.corpus.line_kernels import (
    ADDRESS_COLUMN,
    DATE_COLUMN,
    Lexicon,
    Words,
    measure_lines,
)
from analysis.corpus.signs import tabled_codes, tabled_signs
from analysis.corpus.word_kernels import hash_words, table_of


class CompiledLines:
    """Reads the lines of texts into rows of features."""

    def __init__(self, features: LineFeatures) -> None:
        self.features = features
        self.lexicon = _lexicon(features)
        self.room = Words(
            np.zeros(WORDS_READ, np.uint64),
            np.zeros(WORDS_READ, np.int32),
            np.zeros(WORDS_READ, np.bool_),
        )

    def table(self, text: str, bounds: NDArray[np.int64]) -> Row:
        """Give the rows of the lines of a text, one below the other.

        Parameters
        ----------
        text, bounds
            A text, and where each line begins and ends; shape (n, 2).
        """
        codes = tabled_codes(text)
        if codes is None:
            return self.features.table([text[start:end] for start, end in bounds.tolist()])
        table = np.zeros((len(bounds), len(self.features.names)), np.float32)
        measure_lines(codes, bounds, tabled_signs(), self.lexicon, self.room, table)
        for column, holds in ((DATE_COLUMN, DATE.search), (ADDRESS_COLUMN, has_address)):
            for number in np.flatnonzero(table[:, column]).tolist():
                start, end = bounds[number].tolist()
                table[number, column] = bool(holds(text[start : min(end, start + LETTERS_READ)]))
        return table


def _lexicon(features: LineFeatures) -> Lexicon:
    """Put function words and cue phrases into arrays."""
    known = [*features.by_telltale, *sorted(FUNCTION_WORDS - features.by_telltale.keys())]
    phrases = [(word, *about) for word, found in features.by_telltale.items() for about in found]
    ends = np.cumsum([len(features.by_telltale.get(word, ())) for word in known])
    words = [word for _, phrase, _, _ in phrases for word in phrase]
    sizes = np.array([len(phrase) for _, phrase, _, _ in phrases])
    groups = [group for _, _, group, _ in phrases]
    return Lexicon(
        known=table_of(known),
        is_function=np.array([word in FUNCTION_WORDS for word in known]),
        phrases=np.column_stack([np.append(0, ends[:-1]), ends]),
        words=hash_words(words),
        about=np.column_stack(
            [
                np.cumsum(sizes) - sizes,
                sizes,
                [place for *_, place in phrases],
                groups,
                [features.groups[group] not in VOICES for group in groups],
            ]
        ).astype(np.int64),
    )
