"""Articles that come one by one: files of one article each, and pages of an archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from tempfile import TemporaryFile
from typing import Any, Self

import pandas as pd

from analysis.corpus import files
from analysis.corpus.assemble import LOADED_COLUMNS, assemble
from analysis.corpus.outlets import outlet_of_url
from analysis.corpus.set_aside import Problem

Row = dict[str, Any]

# What a page may say about its article besides the columns that every article has.
PAGE_COLUMNS = ("author", "section", "agency", "truncated")
EVIDENCE = "(evidence)"
FEWEST_TOGETHER = 3  # pages of an outlet from which its template is learned


class Singles:
    """Rows of single articles, and on disk the evidence for revising pages among their outlet's.

    A context manager: what is on disk is gone at its end.
    """

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._pages: list[tuple[int, int, int]] = []  # row; where its evidence begins and ends
        self._file = TemporaryFile()  # noqa: SIM115, closed at the end of the context

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows as they were read, each with its evidence if it is of a page."""
        for row in rows:
            packed = row.pop(EVIDENCE, None)
            if isinstance(packed, bytes):  # a sidecar's column of that name holds strings
                start = self._file.tell()
                self._file.write(packed)
                self._pages.append((len(self.rows), start, self._file.tell()))
            self.rows.append(row)

    def revise_pages(self) -> None:
        """Revise the texts by what an outlet's pages share.

        Pages of no known outlet are taken together: what they share is furniture all the same.
        """
        outlets: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for page in self._pages:
            row = self.rows[page[0]]
            outlets[row.get("outlet") or outlet_of_url(str(row.get("url", "")))].append(page)
        for pages in outlets.values():
            if len(pages) < FEWEST_TOGETHER:
                continue
            from analysis.corpus.template import revise_together

            texts = revise_together(partial(map, self._read, pages))
            for (number, _, _), text in zip(pages, texts, strict=True):
                if text.strip():
                    self.rows[number]["text"] = files.same_newlines(text)

    def _read(self, page: tuple[int, int, int]) -> bytes:
        _, start, end = page
        self._file.seek(start)
        return self._file.read(end - start)


def assemble_singles(singles: Singles, problems: list[Problem]) -> list[pd.DataFrame]:
    """Make articles of what was read of single files, and revise pages together."""
    if not singles.rows:
        return []
    singles.revise_pages()
    frame = pd.DataFrame(singles.rows)
    stated = [name for name in PAGE_COLUMNS if name in frame.columns]
    frame[stated] = frame[stated].fillna("")
    origins = frame.pop("origin").astype("str")
    # With all of our columns there, no further column of a sidecar is taken for one of them.
    missing = [name for name in LOADED_COLUMNS if name not in frame.columns and name != "origin"]
    articles, more = assemble(frame.assign(**dict.fromkeys(missing, "")), origins, {})
    problems += more
    return [articles]
