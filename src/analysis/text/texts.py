"""The texts of articles by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd


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
