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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pandas as pd
from filelock import FileLock

from analysis.corpus.datasets import locate_built_in
from analysis.corpus.places import is_address, list_address
from analysis.corpus.spans import SpanMap

PACKAGE = Path(__file__).resolve().parent
# The code that decides what a prepared corpus holds, and the libraries that it rests on.
ROOMS = (
    "corpus", "text", "lexicons", "cluster.py", "pipeline.py", "preparation.py", "prepared.py",
)  # fmt: skip
LIBRARIES = ("ftfy", "lxml", "numpy", "pandas", "pyarrow", "scipy", "trafilatura")
EDIT_COLUMNS = ["old_start", "old_end", "new_start", "new_end"]
PREPARED = re.compile(r"[0-9a-f]{20}|\.[0-9a-f]{20}-\w+")
KEPT_DAYS = 30
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
    """Write each frame as Parquet; columns of mixed values become JSON."""
    for name, frame in frames.items():
        mixed = [column for column in frame if frame[column].dtype == object]
        plain = frame.assign(**{str(column): frame[column].map(as_json) for column in mixed})
        plain.to_parquet(folder / f"{name}.parquet", index=False)


def as_json(value: object) -> str:
    """Write any value of a foreign column as text."""
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def read_frames(folder: Path) -> dict[str, pd.DataFrame]:
    """Read what `write_frames` wrote."""
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in FRAMES}


def keep_frame(folder: Path, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Read a part of a prepared corpus that not every use needs; the first to ask makes it.

    Others that ask meanwhile, such as notebooks of the same report, wait for it. Where the corpus
    was deleted meanwhile it is not kept, else what is left would pass for a whole one.
    """
    if not folder.is_dir():
        return make()
    path = folder / f"{name}.parquet"
    kept = read_whole(path)
    if kept is None:
        with FileLock(folder / f".{name}.lock"):
            kept = read_whole(path)
            if kept is None:
                work = folder / f".{name}.parquet"
                make().to_parquet(work, index=False)
                work.replace(path)
    return pd.read_parquet(path) if kept is None else kept


def read_whole(path: Path) -> pd.DataFrame | None:
    """Read a Parquet file; None where there is none, or a damaged one."""
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError):
        return None


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
    names = ["article_id", "step", *EDIT_COLUMNS]
    pd.DataFrame(rows, columns=names).to_parquet(folder / "maps.parquet", index=False)


def read_maps(folder: Path) -> dict[str, list[SpanMap]]:
    """Read all that `write_maps` wrote; articles that nothing was cut from have no entry."""
    edits = pd.read_parquet(folder / "maps.parquet")
    maps: dict[str, list[SpanMap]] = {}
    for (article_id, _), step in edits.groupby(["article_id", "step"], sort=True):
        spans = SpanMap(*(step[name].tolist() for name in EDIT_COLUMNS))
        maps.setdefault(str(article_id), []).append(spans)
    return maps


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


class StoredMaps(Mapping[str, list[SpanMap]]):
    """The way back to the loaded texts, read when it is first asked for: most users never do."""

    def __init__(self, folder: Path, article_ids: Collection[str]) -> None:
        self._folder = folder
        self._ids = article_ids
        self._edits: pd.DataFrame | None = None

    def __getitem__(self, article_id: str) -> list[SpanMap]:
        if article_id not in self._ids:
            raise KeyError(article_id)
        if self._edits is None:
            edits = pd.read_parquet(self._folder / "maps.parquet")
            self._edits = edits.set_index("article_id").sort_index(kind="stable")
        if article_id not in self._edits.index:
            return []
        passes = self._edits.loc[[article_id]].groupby("step", sort=True)
        return [SpanMap(*(edits[name].tolist() for name in EDIT_COLUMNS)) for _, edits in passes]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
