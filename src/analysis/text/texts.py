"""Articles by their ids, and names by what they stand for: each distinct one is looked up once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def find_rows(ids: pd.Series[str], articles: pd.DataFrame) -> NDArray[np.int64]:
    """Give the row of the article that each id is of, -1 where it is not among the articles.

    Each distinct id is looked up once: as Python's strings, those of all quotations would take
    more memory than the quotations.
    """
    known = articles["article_id"].tolist()
    rows = dict(zip(known, range(len(known)), strict=True))
    codes, distinct = pd.factorize(ids)
    found = np.array([*(rows.get(one, -1) for one in distinct.tolist()), -1], dtype=np.int64)
    return found[codes]  # -1, a missing id, takes the last


def code_names(names: pd.Series[str]) -> tuple[NDArray[np.int64], pd.Index[str]]:
    """Give a number to each name as it is met, and the names.

    A missing one, as in a table that was written and read again, is "".
    """
    codes, distinct = pd.factorize(names.fillna("") if names.hasnans else names)
    return codes.astype(np.int64, copy=False), pd.Index(distinct)


def replaced(values: pd.Series, by: Mapping[str, str]) -> pd.Series:
    """Give what stands for each value, "" if nothing does; each distinct one is looked up once."""
    codes, distinct = pd.factorize(values)
    found = pd.array([*(by.get(value, "") for value in distinct.tolist()), ""], dtype="str")
    return pd.Series(found.take(codes), values.index)  # -1, a missing value, takes the last


class Texts(Mapping[str, str]):
    """The texts of articles by id; they stay where they are, but for the one asked for last."""

    def __init__(self, articles: pd.DataFrame) -> None:
        ids = articles["article_id"].tolist()
        self._rows = dict(zip(ids, range(len(ids)), strict=True))
        self._texts = articles["text"].array
        self._last: tuple[str | None, str] = None, ""  # id and text

    def __getitem__(self, article_id: str) -> str:
        if article_id != self._last[0]:  # quotes come article by article
            self._last = article_id, self._texts[self._rows[article_id]]
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
