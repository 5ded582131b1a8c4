"""Whether an article breaks off."""

from __future__ import annotations

import re

import pandas as pd

LEAST_WORDS = 8  # a shorter last line is a name, a place or a list, not a sentence that breaks off
# Dashes behind the full stop are what is left of a page's layout.
_ENDED = re.compile(
    r"""[.!?:;\u3002\uff01\uff1f\u061f\u06d4\u0964]["'\u2018-\u201d\xbb\xab)\]\s-]*$"""
    r"""|[.!?]["'\u2019\u201d\xbb)\]]\S*$"""
)
_CUT = re.compile(r"(?:\.\.\.|\u2026)[\"'\u2019\u201d)\]\s]*$|\[\+\d+ chars\]\s*$")
_WORD = re.compile(r"[^\W\d_A-Z][\w'\u2019-]*[,\s-]*$")


def mark_truncated(articles: pd.DataFrame) -> pd.Series:
    """Mark the articles that break off: by their own column ``truncated``, else by their end.

    Returns
    -------
    pandas.Series
        bool, a value per row.
    """
    if "truncated" in articles and pd.api.types.is_bool_dtype(articles["truncated"].dtype):
        return articles["truncated"].astype(bool)
    return articles["text"].map(breaks_off).astype(bool)


def breaks_off(text: str) -> bool:
    """Tell whether a text stops in the midst of a sentence, or in dots.

    Notes
    -----
    Misleads when the last words are a signature in small letters, or a full stop was forgotten.
    """
    last = text.rstrip().rpartition("\n")[2]
    if _CUT.search(last[-40:]):
        return True
    words = last.split()
    # A sentence breaks off before or behind a common word; signatures end in a name.
    return (
        len(words) >= LEAST_WORDS
        and not _ENDED.search(last[-60:])
        and bool(_WORD.fullmatch(words[-1]))
    )
