"""Comma-separated rows: strict reading that goes on behind a damaged row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from analysis.corpus import files
from analysis.corpus.files import Line, at
from analysis.corpus.set_aside import Problem

DELIMITERS = ",;\t|"
QUOTES = "put double quotes around the field and double every quote inside it"


class _Lines:
    """Lines for a csv reader, which can be given back when its record turns out damaged."""

    def __init__(self, source: Iterator[Line]) -> None:
        self.source = source
        self.ahead: deque[Line] = deque()
        self.taken: list[Line] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.ahead.popleft() if self.ahead else next(self.source)
        self.taken.append(line)
        return line.text

    def give_back(self) -> None:
        """Keep the first line of the record only; the others are read anew."""
        self.ahead.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def read_records(
    source: Iterator[Line], origin: str, problems: list[Problem]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the rows of a CSV file as dicts with their numbers, the header not counted.

    The delimiter is the one of ``, ; tab |`` that gives the header most columns. A row that breaks
    the quoting rules of RFC 4180, or has more or fewer fields than the header, is listed in
    `problems`; one stray quote costs one row and not the rest of the file.
    """
    first = next(source, None)
    if first is None:
        return
    with _long_fields():
        header = _header(first, source)
        delimiter, names = header
        yield from _rows(_Lines(source), delimiter, names, (origin, problems))


def _header(first: Line, source: Iterator[Line]) -> tuple[str, list[str]]:
    found = {mark: _split(first.text, mark) for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: len(found[mark]))
    return delimiter, distinct(found[delimiter])


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def distinct(names: list[str]) -> list[str]:
    """Tell columns of one name apart by a number: ``text``, ``text.2``."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return result


def _rows(
    lines: _Lines, delimiter: str, names: list[str], report: tuple[str, list[Problem]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    origin, problems = report
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row, damaged_until = 0, 0
    while True:
        lines.taken.clear()
        record, problem = _next_record(reader, len(names))
        if record is None:
            return
        if not record and not problem:
            continue  # a blank line
        start = lines.taken[0].number
        if record and problem and start <= damaged_until:
            continue  # the rest of a damaged record, which is listed with its lines
        row += 1
        if not problem:
            if any(line.foreign for line in lines.taken):
                problems.append(_foreign(at(origin, row)))
            yield row, dict(zip(names, record, strict=True))
        elif record:
            problems.append(Problem(at(origin, row), f"{problem} (line {start})", QUOTES))
        else:
            damaged_until = lines.taken[-1].number
            problems.append(_damaged(at(origin, row), problem, start, damaged_until))
            lines.give_back()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)


def _next_record(reader: Iterator[list[str]], width: int) -> tuple[list[str] | None, str]:
    """Give the next record, or None, and what is wrong with it; no fields if its quotes are."""
    try:
        record = next(reader, None)
    except csv.Error as error:
        return [], f"breaks the quoting of CSV ({error})"
    wrong = bool(record) and len(record or []) != width
    return record, f"has {len(record or [])} fields, the header {width}" if wrong else ""


def _damaged(place: str, problem: str, start: int, end: int) -> Problem:
    where = f"line {start}" if end == start else f"lines {start} to {end}"
    more = "" if end == start else "; of these lines, what reads as whole rows was kept"
    return Problem(place, f"{problem} ({where}){more}", QUOTES)


def _foreign(place: str) -> Problem:
    return Problem(
        place,
        "is not UTF-8; the stray bytes were read as Windows-1252",
        "save the file as UTF-8",
        kept=True,
    )


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let fields be as long as an article may be; csv knows one limit for the whole process."""
    before = csv.field_size_limit(files.ARTICLE_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)
