"""Prepared corpora on disk: named by a fingerprint, and written so that none is half there."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pandas as pd
from filelock import FileLock

from analysis.columnar import open_frame, write_frame
from analysis.corpus.datasets import locate_built_in
from analysis.corpus.places import is_address, list_address
from analysis.memory import give_back

PACKAGE = Path(__file__).resolve().parent
# The code that decides what a prepared corpus holds, and the libraries that it rests on.
ROOMS = (
    "corpus", "text", "lexicons", "cluster.py", "columnar.py", "kept_links.py", "kept_maps.py",
    "kept_tokens.py", "pipeline.py", "preparation.py", "prepared.py", "resume.py",
    "text_files.py",
)  # fmt: skip
LIBRARIES = ("ftfy", "lxml", "numpy", "pandas", "pyarrow", "scipy", "trafilatura")
PREPARED = re.compile(r"[0-9a-f]{20}|\.[0-9a-f]{20}-\w+")
KEPT_DAYS = 30
Part = TypeVar("Part")
FRAMES = ("loaded", "set_aside", "articles", "removed", "rejected")


def fingerprint(source: str | Path, columns: Mapping[str, str] | None) -> str:
    """Name what a preparation depends on: input bytes, settings, code and versions.

    Of files at an address their names, sizes and versions are taken, and not their bytes.

    Returns
    -------
    str
        64 hexadecimal digits of SHA-256.
    """
    versions = {name: importlib.metadata.version(name) for name in LIBRARIES}
    settings = [sorted(dict(columns or {}).items()), platform.python_version(), versions]
    digest = hashlib.sha256(json.dumps(settings).encode())
    if is_address(source):
        _, states = list_address(str(source))
        digest.update("\n".join(states).encode("utf-8", "backslashreplace"))
    else:
        root = locate_built_in(source) or Path(source)
        hash_files(digest, root, list_files(root))
    digest.update(digest_code().encode())
    return digest.hexdigest()


def digest_code() -> str:
    """Name this package's code, as far as it decides what a prepared corpus holds."""
    digest = hashlib.sha256()
    hash_code(digest, (PACKAGE / room for room in ROOMS))
    return digest.hexdigest()


def hash_code(digest: hashlib._Hash, rooms: Iterable[Path]) -> None:
    """Add this package's code, but not what is compiled: it appears during the first run."""
    for room in rooms:
        code = (path for path in list_files(room) if "__pycache__" not in path.parts)
        hash_files(digest, PACKAGE, code)


def name_source(source: str | Path) -> str:
    """Give the name of a built-in corpus, or of the file or folder."""
    if is_address(source):
        return str(source).rstrip("/").rpartition("/")[2]
    return str(source) if locate_built_in(source) else Path(source).resolve().name


def list_files(root: Path) -> Iterator[Path]:
    """Give every file of a folder in a fixed order, or the file itself."""
    if not root.is_dir():
        yield root
    for folder, folders, names in os.walk(root):
        folders.sort()
        yield from (Path(folder) / name for name in sorted(names))


def hash_files(digest: hashlib._Hash, root: Path, paths: Iterable[Path]) -> None:
    """Add names and bytes; a file that cannot be read counts as such, as loading will list it."""
    for path in paths:
        digest.update(os.fsencode(f"\n{path.relative_to(root)}\n"))
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError:
            digest.update(b"unreadable")


def prepared_folder() -> Path:
    """Where prepared corpora are kept: ``data/processed`` of a checkout, else the user's cache."""
    root = PACKAGE.parents[1]
    if (root / "pyproject.toml").is_file() and os.access(root, os.W_OK):
        return root / "data" / "processed"
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "news-parallax"


def write_folder(target: Path, write: Callable[[Path], None]) -> None:
    """Fill a new folder and move it into place whole, so that no reader sees a part of it.

    When another process was faster, its folder stays: the fingerprint says that it is the same.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        write(work)
        work.rename(target)
    except FileExistsError:
        pass
    except OSError:
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_frames(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write each frame for `open_frame`; columns of mixed values become JSON."""
    for name, frame in frames.items():
        mixed = [column for column in frame if frame[column].dtype == object]
        plain = frame.assign(**{str(column): frame[column].map(as_json) for column in mixed})
        write_frame(plain, folder / f"{name}.arrow")


def as_json(value: object) -> str:
    """Write any value of a foreign column as text."""
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def read_frames(folder: Path) -> dict[str, pd.DataFrame]:
    """Open what `write_frames` wrote."""
    return {name: open_frame(folder / f"{name}.arrow") for name in FRAMES}


def keep_frame(folder: Path, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Open a frame of a prepared corpus that not every use needs; the first to ask makes it."""
    path = folder / f"{name}.arrow"
    return keep_part(path, lambda work: write_frame(make(), work), open_frame)


def keep_part(path: Path, write: Callable[[Path], None], read: Callable[[Path], Part]) -> Part:
    """Open a part of a prepared corpus that not every use needs; the first to ask makes it.

    Others that ask meanwhile, such as notebooks of the same report, wait for it. It is not kept
    where the corpus may only be read, or was deleted meanwhile: what is left would pass for a
    whole one.

    Parameters
    ----------
    path
        Where it is kept, in the folder of the corpus.
    write, read
        Make and write it, whole or not at all, and open what was written; what `read` gives
        outlives its file. `read` raises OSError or ValueError where there is nothing, or something
        damaged.
    """
    kept = open_whole(path, read)
    if kept is not None:
        return kept
    if not os.access(path.parent, os.W_OK):
        with tempfile.TemporaryDirectory() as nowhere:
            work = Path(nowhere, path.name)
            write(work)
            return read(work)
    with FileLock(path.with_name(f".{path.stem}.lock")):
        kept = open_whole(path, read)
        if kept is None:
            write(path)
            give_back()
            kept = read(path)
    return kept


def open_whole(path: Path, read: Callable[[Path], Part]) -> Part | None:
    """Open a part; None where there is none, or a damaged one."""
    try:
        return read(path)
    except (OSError, ValueError):
        return None


def prune_folders(root: Path, *, days: float = KEPT_DAYS) -> None:
    """Delete prepared corpora that nobody has asked for in so many days, and what broke off.

    A folder is moved away before it is deleted, and moved back if somebody asked for it meanwhile.
    """
    oldest = time.time() - 86_400 * days
    for folder in root.iterdir():
        if not PREPARED.fullmatch(folder.name) or not folder.is_dir():
            continue
        with suppress(OSError):  # another process may be at the same
            if folder.stat().st_mtime >= oldest:
                continue
            away = folder.rename(root / f".{folder.name.strip('.')[:20]}-{os.getpid()}")
            if away.stat().st_mtime >= oldest:
                away.rename(folder)
            else:
                shutil.rmtree(away)
