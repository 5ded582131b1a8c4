"""Who is heard in which article, as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.text.texts import code_names


@dataclass(frozen=True, eq=False)
class Heard:
    """In which article who speaks, stretch by stretch; as strings it would be large.

    Attributes
    ----------
    ids, names
        All articles of the stretches, and all their speakers, the one who is not known left out.
    row, speaker
        Of each stretch with a speaker: places in `ids` and `names`.
    """

    ids: list[str]
    names: list[str]
    row: NDArray[np.int64]
    speaker: NDArray[np.int64]

    @classmethod
    def of(cls, quotes: pd.DataFrame) -> Heard:
        """Read the rows of ``find_quotes``."""
        row, ids = pd.factorize(quotes["article_id"])
        # Speakers are numbered as they are met among those that are known.
        speaker, names = code_names(quotes["speaker"])
        known = np.flatnonzero((names != "")[speaker])
        speaker, met = pd.factorize(speaker[known])
        return cls(ids.tolist(), names[met].tolist(), row[known], speaker)

    def pairs(self) -> list[tuple[str, str]]:
        """List the articles and their speakers, each pair once, as they are met."""
        found = pd.unique(self.row * len(self.names) + self.speaker).tolist()
        n = len(self.names)
        return [(self.ids[one // n], self.names[one % n]) for one in found]

    def count(self, names: Mapping[str, str]) -> list[tuple[str, int, int]]:
        """Count the articles and the stretches of each person, some of whose names are others'."""
        code, persons = pd.factorize(np.array([names[one] for one in self.names], dtype=object))
        code = code[self.speaker]
        n_quotes = np.bincount(code, minlength=len(persons))
        pairs = pd.unique(self.row * len(persons) + code)
        n_articles = np.bincount(pairs % len(persons), minlength=len(persons))
        return list(zip(persons.tolist(), n_articles.tolist(), n_quotes.tolist(), strict=True))
