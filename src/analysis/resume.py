"""What a long preparation has done, kept until all is done, so that it goes on after a stop."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import ArrowException

from analysis.columnar import open_table
from analysis.corpus.clean import Cleaned
from analysis.corpus.pieces import Content, Piece, read_piece
from analysis.corpus.set_aside import Problem
from analysis.kept_maps import write_maps
from analysis.prepared import write_folder, write_frames

CLEANED = ("articles", "removed", "rejected")
MAPS = "maps"
DAMAGED = (OSError, ValueError, LookupError, TypeError, ArrowException)
Stream = Callable[[Callable[[Piece], Content], Iterable[Piece]], Iterable[Content]]


class Kept:
    """Results in a folder that lies there as long as the work lasts: tables and JSON, no code.

    The folder's name must say all that the results depend on. What is damaged is made anew. Where
    what was read cannot be kept, it is read all the same.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, stream: Stream, pieces: Sequence[Piece]) -> Iterator[Content]:
        """Give what is read of each piece, in their order, and read only what is not kept.

        Of files with an article each nothing is kept: they are revised together with the others.
        """
        places = [self.folder / f"read-{n:06}-of-{len(pieces)}" for n in range(len(pieces))]
        there = [place.is_dir() for place in places]
        missing = [piece for piece, is_there in zip(pieces, there, strict=True) if not is_there]
        made = iter(stream(read_piece, missing))
        for piece, place, is_there in zip(pieces, places, there, strict=True):
            if is_there:
                try:
                    content = read_content(place)
                except DAMAGED:
                    content = read_piece(piece)
            else:
                content = next(made)
                if content.parts and not content.singles:
                    self._write(place, lambda work, one=content: write_content(one, work))  # type: ignore[misc]
            yield content

    def clean(self, name: str, make: Callable[[], Cleaned]) -> dict[str, pa.Table]:
        """Open the cleaned articles that are kept under a name (see `open_cleaned`), or clean."""
        place = self.folder / name
        with suppress(*DAMAGED):
            return open_cleaned(place)
        tables: dict[str, pa.Table] = {}

        def write(work: Path) -> None:
            write_cleaned(make(), work)
            tables.update(open_cleaned(work))  # now: another process may clear the folder

        shutil.rmtree(place, ignore_errors=True)
        write_folder(place, write)
        return tables

    def clear(self) -> None:
        """Delete everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, place: Path, write: Callable[[Path], None]) -> None:
        """Write a folder whole or not at all."""
        shutil.rmtree(place, ignore_errors=True)
        with suppress(*DAMAGED):
            self.folder.mkdir(parents=True, exist_ok=True)
            write_folder(place, write)


def write_content(content: Content, folder: Path) -> None:
    """Write what was read of a file with many articles."""
    for number, part in enumerate(content.parts):
        part.to_parquet(folder / f"{number:06}.parquet")
    problems = [asdict(problem) for problem in content.problems]
    (folder / "problems.json").write_text(json.dumps(problems), encoding="ascii")


def read_content(folder: Path) -> Content:
    """Read what `write_content` wrote."""
    problems = json.loads((folder / "problems.json").read_text(encoding="ascii"))
    return Content(
        parts=[pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))],
        problems=[Problem(**problem) for problem in problems],
    )


def write_cleaned(cleaned: Cleaned, folder: Path) -> None:
    """Write cleaned articles, and the way back to the loaded texts."""
    write_frames({name: getattr(cleaned, name) for name in CLEANED}, folder)
    write_maps(cleaned.maps, folder)


def open_cleaned(folder: Path) -> dict[str, pa.Table]:
    """Open what `write_cleaned` wrote: ``articles, removed, rejected, maps``."""
    return {name: open_table(folder / f"{name}.arrow") for name in (*CLEANED, MAPS)}
