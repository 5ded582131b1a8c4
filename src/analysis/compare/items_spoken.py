"""What is quoted and reported in some articles, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.text.texts import code_names, find_rows

SPOKEN = ("direct", "indirect")
Longs = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Spoken:
    """Stretches of speech, article by article.

    Attributes
    ----------
    names
        All speakers.
    row, start, end, speaker
        Of each stretch: its article, where it stands, and who speaks (a place in `names`).
    """

    names: list[str]
    row: Longs
    start: Longs
    end: Longs
    speaker: Longs

    @classmethod
    def of(cls, quotes: pd.DataFrame, articles: pd.DataFrame) -> Spoken:
        """Read what is said in some articles."""
        row = find_rows(quotes["article_id"], articles)
        said = quotes["kind"].isin(SPOKEN).to_numpy(dtype=bool)
        kept = np.flatnonzero(said & (row >= 0))
        kept = kept[np.argsort(row[kept], kind="stable")]
        speaker, names = code_names(quotes["speaker"])
        start, end = (quotes[name].to_numpy(dtype=np.int64)[kept] for name in ("start", "end"))
        return cls(names.tolist(), row[kept], start, end, speaker[kept])

    def part(self, first: int, last: int) -> Spoken:
        """Give the stretches of the articles from one row to another, with rows from 0."""
        some = slice(*np.searchsorted(self.row, [first, last]).tolist())
        arrays = self.start[some], self.end[some], self.speaker[some]
        return Spoken(self.names, self.row[some] - first, *arrays)
