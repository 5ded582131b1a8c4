"""Where the files of a corpus lie: in a folder of this machine, or at an address."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.corpus import files
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem

INSTALL = "pip install 'news-parallax[scale]'"


def is_address(source: object) -> bool:
    """Tell an address, such as ``s3://bucket/news``, from a path."""
    return isinstance(source, str) and "://" in source


@dataclass(frozen=True)
class Place:
    """A folder whose files are read where they lie."""

    root: str

    @contextmanager
    def fetch(self, name: str) -> Iterator[Path]:
        """Give a file by its name in the folder."""
        yield Path(self.root, name)

    def size(self, name: str) -> int:
        """Give the bytes of a file, 0 if they cannot be known."""
        try:
            return Path(self.root, name).stat().st_size
        except OSError:
            return 0

    def only(self, names: Iterable[str]) -> Place:
        """Give the place of some of the files, which is all that who reads them has to know."""
        return self


@dataclass(frozen=True)
class Remote(Place):
    """An address of fsspec's, whose files are copied one at a time and read from the copy."""

    listed: Mapping[str, tuple[str, int]]

    @contextmanager
    def fetch(self, name: str) -> Iterator[Path]:
        """Give a copy of a file, which is deleted afterwards."""
        system, _ = open_address(self.root)
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, PurePosixPath(name).name)
            try:
                system.get_file(self.listed[name][0], str(copy))
            except OSError:
                raise
            except Exception as error:  # each file system has errors of its own
                raise OSError(None, f"could not be fetched ({error})") from error
            yield copy

    def size(self, name: str) -> int:
        """Give the bytes of a file, 0 if they cannot be known."""
        return self.listed[name][1]

    def only(self, names: Iterable[str]) -> Place:
        """Give the place of some of the files."""
        return Remote(self.root, {name: self.listed[name] for name in names})


def open_address(address: str) -> tuple[Any, str]:
    """Give the file system of an address, and the path in it.

    Raises
    ------
    DataError
        When fsspec, or what it needs for this address, is not installed, or refuses it.
    """
    try:
        import fsspec
    except ImportError as error:
        raise DataError(f"{address!r} is an address, which needs fsspec: {INSTALL}") from error
    try:
        system, root = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise DataError(f"{address!r} cannot be opened: {error}") from error
    return system, str(root).rstrip("/")


def list_address(address: str) -> tuple[Remote, list[str]]:
    """List all files at an address, by their names below it; a file by its own name.

    Returns
    -------
    place, states
        ``states`` names each file, its size and its version, as far as the address tells it.

    Raises
    ------
    DataError
        When there is nothing, or it cannot be listed.
    """
    system, root = open_address(address)
    try:
        found = system.find(root, detail=True)
    except Exception as error:  # each file system has errors of its own
        raise DataError(f"{address!r} cannot be listed: {error}") from error
    if not found:
        raise DataError(f"{address!r} is not there, or holds no files; check the spelling")
    listed = {}
    for path, about in sorted(found.items()):
        name = path.removeprefix(root).lstrip("/") or PurePosixPath(path).name
        listed[name] = path, int(about.get("size") or 0)
    states = [f"{name} {size} {system.ukey(path)}" for name, (path, size) in listed.items()]
    return Remote(address, listed), states


def choose_readable(names: Iterable[str]) -> tuple[list[str], list[Problem]]:
    """Tell the files that can be read from those passed over, as ``files.walk`` does."""
    found: list[str] = []
    other: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        parts = PurePosixPath(name).parts
        hidden = any(part.startswith(".") for part in parts)
        group = "hidden" if hidden else files.group_of(parts[-1])
        if group:
            other[group].append(name)
        elif name not in files.COMPANIONS:
            found.append(name)
    return found, [files.passed_over(group, paths) for group, paths in sorted(other.items())]
