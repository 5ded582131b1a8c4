"""Files: which there are, how much of them is read, and in which encoding."""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem

KINDS = {
    ".txt": "text", ".html": "page", ".htm": "page", ".csv": "csv", ".tsv": "csv",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".warc": "warc",
}  # fmt: skip
READABLE = ".txt .html .csv .jsonl .parquet .warc, also .gz"
ABOUT_THE_DATA = {"readme", "license", "licence", "copying", "notice", "changelog", "thumbs"}
# What lies beside articles and never is one: settings, code, what a saved web page is drawn with.
NO_ARTICLES = {
    ".yml", ".yaml", ".toml", ".ini", ".py", ".ipynb", ".log", ".bib", ".md5", ".sha256", ".css",
    ".js", ".map", ".woff", ".woff2", ".ttf", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp",
    ".avif", ".ico", ".mp3", ".mp4", ".webm",
}  # fmt: skip
SIDECAR = "metadata.csv"
# An analyst's own, read by the comparisons.
COMPANIONS = {"naming.yml", "frames.yml", "codes.csv", "events.yml"}

# Bytes after unpacking. An article of 50 MB is a book or a mistake; a table of 2 GB does not fit
# beside its copies into the memory of an ordinary machine.
ARTICLE_LIMIT = 50_000_000
TABLE_LIMIT = 2_000_000_000

READ_ERRORS = (OSError, EOFError, zlib.error)
NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f")) + b"\x7f"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# A byte that is not UTF-8 comes back from the decoder as U+DC80 to U+DCFF.
_AS_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(128, 256)}


@dataclass(frozen=True)
class Line:
    """One line of a table, and whether it had to be read as Windows-1252."""

    number: int
    text: str
    foreign: bool = False


def kind_of(name: str) -> str:
    """Give ``text, page, csv, jsonl, parquet`` or ``warc``; an empty string for others."""
    path = PurePosixPath(name.lower())
    return KINDS.get(PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix, "")


def walk(folder: Path) -> tuple[list[str], list[Problem]]:
    """List the readable files of a folder and its sub-folders, and what is passed over.

    Links are followed only to files inside the folder, so that a downloaded corpus cannot bring
    other files of the machine into a report.
    """
    found: list[str] = []
    problems: list[Problem] = []
    other: defaultdict[str, list[str]] = defaultdict(list)
    for place, folders, names in os.walk(folder, onerror=lambda error: problems.append(
        Problem(_relative(folder, Path(str(error.filename))), describe(error), "allow reading it")
    )):  # fmt: skip
        here = Path(place)
        for name in sorted(folders):
            if name.startswith("."):
                folders.remove(name)
                other["hidden"].append(_relative(folder, here / name))
            elif _has_stray_bytes(name):
                folders.remove(name)
                problems.append(_unspellable(_relative(folder, here / name)))
            elif (here / name).is_symlink():
                problems.append(_link(_relative(folder, here / name)))
        folders.sort()
        for name in sorted(set(names) - (COMPANIONS if here == folder else set())):
            relative = _relative(folder, here / name)
            group = group_of(name)
            if _has_stray_bytes(name):
                problems.append(_unspellable(relative))
            elif group:
                other[group].append(relative)
            elif _leads_outside(here / name, folder):
                problems.append(_link(relative))
            else:
                found.append(relative)
    problems += [passed_over(group, paths) for group, paths in sorted(other.items())]
    return sorted(found), problems


def _has_stray_bytes(name: str) -> bool:
    """Tell a name that is not UTF-8: its stray bytes are halves of surrogate pairs."""
    return any("\udc80" <= letter <= "\udcff" for letter in name)


def _unspellable(origin: str) -> Problem:
    shown = origin.encode("utf-8", "replace").decode("utf-8")
    return Problem(shown, "has a name that is not UTF-8", "rename it")


def group_of(name: str) -> str:
    """Give why a file is passed over, or its ending; an empty string for one that is read."""
    if name.startswith("."):
        return "hidden"
    if name.split(".")[0].lower() in ABOUT_THE_DATA:
        return "about"
    return "" if kind_of(name) else PurePosixPath(name.lower()).suffix or "none"


def passed_over(group: str, paths: list[str]) -> Problem:
    """Say in one entry which files are passed over."""
    number = f"{len(paths)} file{'s' if len(paths) > 1 else ''}"
    if group in {"hidden", "about"}:
        what = {"hidden": "hidden", "about": "about the data, by the name"}[group]
        return Problem(paths[0], f"{number} passed over: {what}", "nothing to do", expected=True)
    kind = "without a type" if group == "none" else f"of type {group}"
    return Problem(
        paths[0],
        f"{number} {kind} passed over",
        f"articles among them have to be one of {READABLE}",
        expected=group in NO_ARTICLES,
    )


def _link(origin: str) -> Problem:
    return Problem(origin, "is a link out of the folder or to a folder", "put a copy in its place")


def _leads_outside(path: Path, folder: Path) -> bool:
    # realpath, because Path.resolve raises for a link to itself.
    target = Path(os.path.realpath(path))
    return path.is_symlink() and not target.is_relative_to(os.path.realpath(folder))


def _relative(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def open_bytes(path: Path) -> BinaryIO:
    """Open a regular file, unpacking it if its name ends in ``.gz``."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(None, "is no regular file")
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def is_full(error: BaseException) -> bool:
    """Tell whether there is no room left where we write, which is no fault of what was read."""
    return isinstance(error, OSError) and error.errno in NO_ROOM


def describe(error: BaseException) -> str:
    """Say in words why a file could not be read."""
    if isinstance(error, EOFError):
        return "is cut off: the packed data ends too early"
    if isinstance(error, gzip.BadGzipFile | zlib.error):
        return "is not a sound gzip file"
    if isinstance(error, OSError):
        return f"cannot be read: {(error.strerror or str(error)).lower()}"
    return f"cannot be read: {error}"


def read_article(path: Path) -> bytes:
    """Read the bytes of a file that holds one article.

    Raises
    ------
    DataError
        When it is larger than `ARTICLE_LIMIT`, unpacked, or empty.
    """
    with open_bytes(path) as stream:
        raw = stream.read(ARTICLE_LIMIT + 1)
    if len(raw) > ARTICLE_LIMIT:
        raise DataError(f"is larger than {ARTICLE_LIMIT / 1e6:g} MB, too much for one article")
    if not raw.strip():
        raise DataError("is empty")
    return raw


def decode(raw: bytes) -> tuple[str, int]:
    """Decode text: by its byte order mark, else UTF-8, stray bytes as Windows-1252.

    Returns
    -------
    text
        With line feeds for ends of lines, else unchanged.
    stray
        The number of bytes that are not UTF-8.

    Raises
    ------
    DataError
        When the bytes are no text.
    """
    if raw.startswith(_UTF16):
        text, stray = raw.decode("utf-16", "replace"), 0
    elif is_binary(raw):
        raise DataError("is no text (binary data)")
    else:
        text, stray = _decode_utf8(raw.removeprefix(b"\xef\xbb\xbf"))
    return same_newlines(text), stray


def same_newlines(text: str) -> str:
    """Write every end of line as a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def is_binary(raw: bytes) -> bool:
    """Tell data from text: by a NUL, or by one control character in twenty bytes."""
    head = raw[:65536]
    return b"\0" in head or len(head) - len(head.translate(None, _CONTROL)) > len(head) / 20


def _decode_utf8(raw: bytes) -> tuple[str, int]:
    try:
        return raw.decode("utf-8"), 0
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "surrogateescape")
        stray = sum("\udc80" <= character <= "\udcff" for character in text)
        return text.translate(_AS_CP1252), stray


def lines(stream: BinaryIO) -> Iterator[Line]:
    """Give the lines of a table one by one, decoded each by itself.

    Raises
    ------
    DataError
        When the data is no text, or larger than `TABLE_LIMIT` unpacked.
    """
    head = stream.readline(ARTICLE_LIMIT)
    if head.startswith(_UTF16):
        whole = head + stream.read(TABLE_LIMIT)
        if len(whole) > TABLE_LIMIT:
            raise too_large()
        text = whole.decode("utf-16", "replace")
        yield from (Line(number, line) for number, line in enumerate(io.StringIO(text), start=1))
        return
    if is_binary(head):
        raise DataError("is no text (binary data)")
    raw, number, size = head.removeprefix(b"\xef\xbb\xbf"), 1, len(head)
    while raw:
        text, stray = _decode_utf8(raw)
        yield Line(number, text, stray > 0)
        raw = stream.readline(ARTICLE_LIMIT)
        number, size = number + 1, size + len(raw)
        if size > TABLE_LIMIT:
            raise too_large()


def too_large() -> DataError:
    """Make the error for a table over the limit."""
    return DataError(f"is larger than {TABLE_LIMIT / 1e6:g} MB unpacked")


def at(origin: str, row: int) -> str:
    """Name a row of a table."""
    return f"{origin}:{row}"


def moved(problem: Problem, origin: str) -> Problem:
    """Give the same problem under another origin."""
    return replace(problem, origin=origin)
