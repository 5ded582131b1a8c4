"""A source cut into pieces that are read one by one, in this process or in others."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.corpus import files
from analysis.corpus.folder import (
    Parts,
    known_by_folder,
    read_rows,
    read_single,
)
from analysis.corpus.places import Place, choose_readable, list_address
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem
from analysis.corpus.sidecar import Metadata, read_sidecars
from analysis.corpus.singles import Singles, assemble_singles
from analysis.corpus.warc import read_warc

SINGLES_AT_ONCE = 100  # files of one article each that are one piece
SINGLE = {"text", "page"}

Names = dict[str, str]


@dataclass(frozen=True)
class Piece:
    """Files that are read together: some that hold an article each, or one with many.

    Attributes
    ----------
    place
        Where they lie.
    known
        What folders and ``metadata.csv`` say of each file, by its name.
    given
        The caller's names of columns.
    """

    place: Place
    known: Metadata
    given: Names

    @property
    def size(self) -> int:
        """Bytes of the files."""
        return sum(map(self.place.size, self.known))


@dataclass
class Content:
    """What was read of a piece: rows of single articles, or frames, and what was set aside."""

    singles: list[dict[str, Any]] = field(default_factory=list)
    parts: Parts = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.singles) + sum(map(len, self.parts))


def cut_folder(folder: Path, given: Names) -> tuple[list[Piece], list[Problem]]:
    """Cut a folder into pieces, and list what is passed over."""
    found, problems = files.walk(folder)
    metadata, sidecars, more = read_sidecars(folder, found)
    names = [name for name in found if name not in sidecars]
    return _cut(Place(str(folder)), names, (metadata, given)), problems + more


def cut_address(address: str, given: Names) -> tuple[list[Piece], list[Problem]]:
    """Cut what lies at an address of fsspec's into pieces, and list what is passed over."""
    place, _ = list_address(address)
    found, problems = choose_readable(place.listed)
    sidecars = [name for name in found if PurePosixPath(name).name.lower() == files.SIDECAR]
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        for name in sidecars:
            copy = Path(folder, name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(stack.enter_context(place.fetch(name)).read_bytes())
        metadata, apart, more = read_sidecars(Path(folder), found)
    names = [name for name in found if name not in apart]
    return _cut(place, names, (metadata, given)), problems + more


def cut_file(path: Path, given: Names) -> tuple[list[Piece], list[Problem]]:
    """Give a file as the one piece that it is.

    Raises
    ------
    DataError
        When it is of no type that can be loaded.
    """
    if not files.kind_of(path.name):
        raise DataError(
            f"{path.name} is of no type that can be loaded; give one of {files.READABLE}"
        )
    return [Piece(Place(str(path.parent)), {path.name: {}}, given)], []


def _cut(place: Place, names: Iterable[str], knowledge: tuple[Metadata, Names]) -> list[Piece]:
    """Take files that hold an article each together, as far as they stand side by side."""
    metadata, given = knowledge
    pieces: list[Piece] = []
    singles: Metadata = {}
    for name in names:
        known = known_by_folder(name) | metadata.get(name, {})
        if files.kind_of(name) not in SINGLE:
            pieces.append(Piece(place, {name: known}, given))
            singles = {}
            continue
        if not singles or len(singles) == SINGLES_AT_ONCE:
            singles = {}
            pieces.append(Piece(place, singles, given))
        singles[name] = known
    return [replace(piece, place=place.only(piece.known)) for piece in pieces]


def read_piece(piece: Piece) -> Content:
    """Read the files of a piece; what cannot be read is listed."""
    content = Content()
    for name, known in piece.known.items():
        kind = files.kind_of(name)
        try:
            with piece.place.fetch(name) as path:
                if kind in SINGLE:
                    content.singles += read_single(path, name, known, content.problems)
                elif kind == "warc":
                    content.parts += read_warc(path, name, content.problems)
                else:
                    knowledge = known, piece.given
                    content.parts += read_rows(path, name, knowledge, content.problems)
        except OSError as error:
            if files.is_full(error):
                raise
            content.problems.append(Problem(name, files.describe(error), "get the file anew"))
    return content


def join_contents(contents: Iterable[Content]) -> tuple[Parts, list[Problem]]:
    """Join what was read: the single articles first, then table by table."""
    parts: Parts = []
    problems: list[Problem] = []
    with Singles() as singles:
        for content in contents:
            singles.add(content.singles)
            parts += content.parts
            problems += content.problems
        return assemble_singles(singles, problems) + parts, problems


def read_folder(folder: Path, given: Names) -> tuple[Parts, list[Problem]]:
    """Read all files of a folder."""
    pieces, problems = cut_folder(folder, given)
    parts, more = join_contents(map(read_piece, pieces))
    return parts, problems + more
