"""What is needed of articles to say what they tell: group, text, length, whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.compare.coverage_chance import Longs, Mask
from analysis.corpus.taking import each_text
from analysis.corpus.truncation import STATED, mark_truncated
from analysis.text.reuse import find_reuse, group_copies

COVERED, NOT_COVERED = "covered", "not covered"
NOT_COLLECTED, TRUNCATED = "not collected", "truncated"


@dataclass(frozen=True, eq=False)
class Shared:
    """Articles on shared events, as arrays.

    Attributes
    ----------
    group, unit, words, cut
        One per article: its group; the number of its text, which copies share; its words; whether
        only its beginning is there.
    """

    group: np.ndarray[tuple[int], np.dtype[np.object_]]
    unit: Longs
    words: Longs
    cut: Mask

    @classmethod
    def of(cls, articles: pd.DataFrame, by: str) -> Shared:
        """Read what is needed of the articles."""
        return cls(
            articles[by].astype("str").to_numpy(dtype=object),
            find_units(articles),
            np.array([len(text.split()) for text in each_text(articles["text"])], dtype=np.int64),
            is_cut(articles),
        )


def find_units(articles: pd.DataFrame) -> Longs:
    """Give every article the number of its text, which those that share half of it have too."""
    groups = group_copies(find_reuse(articles), articles)["group"].to_numpy()
    ids = articles["article_id"].astype("str").to_numpy()
    names = np.where(groups == "", "article " + ids, "copies of " + groups)
    codes: Longs = pd.factorize(names)[0].astype(np.int64)
    return codes


def is_cut(articles: pd.DataFrame) -> Mask:
    """Mark the articles of which only the beginning is there."""
    cut = np.zeros(len(articles), dtype=bool)
    if "outlet" in articles:
        cut |= mark_truncated(articles).ne("").to_numpy(dtype=bool)
    if "truncated" in articles:
        cut |= articles["truncated"].isin(STATED).to_numpy(dtype=bool)
    return cut
