"""WARC files, in which archives keep pages as they were fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from analysis.corpus import files
from analysis.corpus.files import at
from analysis.corpus.folder import Parts, read_page_row
from analysis.corpus.places import INSTALL
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem
from analysis.corpus.singles import Singles, assemble_singles

END = b"\r\n\r\n"  # of every record
PAGE_TYPES = ("text/html", "application/xhtml+xml")


class Fetched(NamedTuple):
    """A page as it was fetched, and its number among the records of the file."""

    number: int
    url: str
    moment: str
    raw: bytes


def read_warc(path: Path, origin: str, problems: list[Problem]) -> Parts:
    """Read the articles of the pages in a WARC file.

    Parameters
    ----------
    path
        A ``.warc`` or ``.warc.gz`` file.
    origin
        The name under which articles and problems are listed, with the number of the record.
    problems
        What could not be read is added.

    Returns
    -------
    list of DataFrame
        One, with a column ``crawled`` for the moment at which the page was fetched, or none.
        Pages of an outlet in the same file are revised together, as those of a folder are.
    """
    with Singles() as singles:
        last = 0
        try:
            with files.open_bytes(path) as stream:
                for page in _pages(stream):
                    last = page.number
                    singles.add(_read_page(page, at(origin, last), problems))
        except files.READ_ERRORS as error:
            if files.is_full(error):
                raise
            problems.append(_stopped(origin, files.describe(error), last))
        except DataError as error:
            problems.append(_stopped(origin, str(error), last))
        if not singles.rows and not problems:
            problems.append(Problem(origin, "holds no pages", "look at the file"))
        return assemble_singles(singles, problems)


def _stopped(origin: str, why: str, last: int) -> Problem:
    after = f"; nothing after record {last} was read" if last else ""
    return Problem(origin, f"{why}{after}", "get the file anew")


def _read_page(page: Fetched, origin: str, problems: list[Problem]) -> list[dict[str, Any]]:
    try:
        if len(page.raw) > files.ARTICLE_LIMIT:
            raise DataError(f"is larger than {files.ARTICLE_LIMIT / 1e6:g} MB")
        row = read_page_row(page.raw, {"url": page.url, "crawled": page.moment})
    except DataError as error:
        problems.append(Problem(origin, str(error), "nothing to do if it is no article"))
        return []
    return [{**row, "origin": origin}]


def _pages(stream: BinaryIO) -> Iterator[Fetched]:
    """Give the pages that were fetched with success.

    Raises
    ------
    DataError
        When warcio is not installed, or what is read is no WARC file.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise DataError(f"is a WARC file, which needs warcio: {INSTALL}") from error
    noted, record = Noted(stream), None
    try:
        for number, record in enumerate(ArchiveIterator(noted), start=1):
            if not _is_page(record):
                continue
            raw = record.content_stream().read(files.ARTICLE_LIMIT + 1)
            if record.raw_stream.limit > 0 and len(raw) <= files.ARTICLE_LIMIT:
                break  # the file ends within the page
            header = record.rec_headers.get_header
            yield Fetched(number, header("WARC-Target-URI") or "", header("WARC-Date") or "", raw)
    except Exception as error:  # a damaged file makes the parser raise anything
        raise DataError(f"is no sound WARC file ({' '.join(str(error).split())})") from error
    if noted.error is not None:
        raise noted.error
    if noted.last != END or (record is not None and record.raw_stream.limit > 0):
        raise DataError("is cut off within a record")


class Noted(io.RawIOBase):
    """A stream that ends where the one behind it cannot be read on, and remembers why.

    warcio takes such an error for the end of the file.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream: Any = stream
        self.error: Exception | None = None
        self.last = b""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401, any buffer
        """Read what is there, so that nothing before an error is lost with it."""
        try:
            found: bytes = b"" if self.error else self.stream.read1(len(buffer))
        except files.READ_ERRORS as error:
            self.error, found = error, b""
        buffer[: len(found)] = found
        self.last = (self.last + found)[-len(END) :]
        return len(found)


def _is_page(record: Any) -> bool:  # noqa: ANN401, warcio has no types
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and kind in PAGE_TYPES
