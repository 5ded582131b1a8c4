"""The way from cleaned to loaded texts on disk; most users never ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.columnar import open_table, write_frame
from analysis.corpus.spans import SpanMap

FILE = "maps.arrow"
EDIT_COLUMNS = ["old_start", "old_end", "new_start", "new_end"]
COLUMNS = {"article_id": "str", "step": "int64", **dict.fromkeys(EDIT_COLUMNS, "int64")}


def write_maps(maps: Mapping[str, list[SpanMap]], folder: Path) -> None:
    """Write the way from cleaned to loaded texts: a row per edit, in the order of the passes."""
    rows = [
        (article_id, step, *edit)
        for article_id, passes in maps.items()
        for step, spans in enumerate(passes)
        for edit in zip(
            spans.old_starts, spans.old_ends, spans.new_starts, spans.new_ends, strict=True
        )
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    write_frame(frame, folder / FILE)


class StoredLengths(Mapping[str, int]):
    """The characters of each cleaned text, counted when they are first asked for."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self._articles = articles

    @cached_property
    def _lengths(self) -> dict[str, int]:
        lengths = self._articles["text"].str.len()
        return dict(zip(self._articles["article_id"], lengths, strict=True))

    def __getitem__(self, article_id: str) -> int:
        return self._lengths[article_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lengths)

    def __len__(self) -> int:
        return len(self._lengths)


class StoredMaps(Mapping[str, list[SpanMap]]):
    """The way back to the loaded texts: opened at once, and read when it is first asked for."""

    def __init__(self, folder: Path, lengths: Mapping[str, int]) -> None:
        self._table = open_table(folder / FILE)
        self._lengths = lengths

    @cached_property
    def _edits(self) -> pd.DataFrame:
        edits: pd.DataFrame = self._table.to_pandas()
        return edits.set_index("article_id").sort_index(kind="stable")

    def __getitem__(self, article_id: str) -> list[SpanMap]:
        if article_id not in self._lengths:
            raise KeyError(article_id)
        if article_id not in self._edits.index:
            return []
        passes = self._edits.loc[[article_id]].groupby("step", sort=True)
        return [SpanMap(*(edits[name].tolist() for name in EDIT_COLUMNS)) for _, edits in passes]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lengths)

    def __len__(self) -> int:
        return len(self._lengths)
