"""Folders that are whole or not there: built beside their place and moved in at the end."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.corpus.schema import DataError

try:
    import fcntl
except ImportError:  # Windows has no advisory locks; there, one run at a time is the user's care
    fcntl = None  # type: ignore[assignment]


@contextmanager
def build_beside(out: Path) -> Iterator[Path]:
    """Give an empty folder on the same disk as `out`, and clear it away afterwards.

    A run that was killed leaves its folder behind: the next one clears it, and if it was killed
    between the two moves of `swap`, brings the last good report back.

    Parameters
    ----------
    out
        Where the report will be.

    Yields
    ------
    Path
        The folder; nobody else builds in it.

    Raises
    ------
    DataError
        When `out` is a file or another run is building it.
    """
    if out.exists() and not out.is_dir():
        raise DataError(f"{out} is a file; give a folder for the report")
    folder = out.parent / f".{out.name}.building"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"cannot write in {out.parent}: {error}; give another --out") from error
    handle = lock(folder)
    try:
        repair(out, folder)
        yield folder
    finally:
        repair(out, folder)
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def lock(folder: Path) -> int | None:
    """Take a folder for this process until the handle is closed."""
    if fcntl is None:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        mine = os.fstat(handle).st_ino == folder.stat().st_ino
    except OSError:
        mine = False
    if not mine:
        os.close(handle)
        raise DataError(f"another run is building in {folder}; wait until it is done")
    return handle


def repair(out: Path, folder: Path) -> None:
    """Clear what a killed run left, and bring back a report that it had moved away."""
    last = folder / "last"
    if last.is_dir() and not out.exists():
        last.rename(out)
    for left in folder.iterdir():
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()


def swap(new: Path, out: Path, folder: Path) -> None:
    """Put `new` in the place of `out`; a report that was there stays until `new` is in.

    Linux exchanges the two in one step; elsewhere there is a moment between two moves, after which
    `repair` brings the last report back.
    """
    if out.exists():
        if new.exists() and exchange(new, out):
            return
        out.rename(folder / "last")
    new.rename(out)


def exchange(one: Path, other: Path) -> bool:
    """Let two paths trade places in one step, where the system can (``renameat2``)."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    here, both = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return bool(
        rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), both) == 0
    )


def settle(folder: Path) -> None:
    """Have the disk hold every file of a folder before it is moved: power may fail afterwards."""
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def replace_folder(new: Path, out: Path) -> None:
    """Put `new` in the place of `out`, which nobody needs any more."""
    shutil.rmtree(out, ignore_errors=True)
    new.rename(out)
