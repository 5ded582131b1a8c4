"""Tables of articles (CSV, JSON Lines, Parquet) as they stand in the file, with row numbers."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.corpus import files
from analysis.corpus.delimited import distinct, read_records
from analysis.corpus.files import READ_ERRORS, Line, at
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem

# Rows are turned into columns in parts, so that no table stands in memory as Python objects.
ROWS_AT_ONCE, LETTERS_AT_ONCE = 2000, 400_000
ENCODING = Problem(
    "", "is not UTF-8; the stray bytes were read as Windows-1252", "save as UTF-8", kept=True
)

HALF_PAIRS = Problem(
    "", "has half a surrogate pair; it was read as U+FFFD", "write the JSON anew", kept=True
)
_HALF_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Table:
    """A file's rows: `frame` has its own column names and the row numbers (from 1) as index."""

    frame: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)


def read_table(path: Path, origin: str) -> Table:
    """Read a file of rows; rows that cannot be read are listed and the others are kept.

    Parameters
    ----------
    path
        A CSV, JSON Lines or Parquet file, possibly packed with gzip.
    origin
        The name under which problems are listed.
    """
    kind = files.kind_of(path.name)
    problems: list[Problem] = []
    parts: list[pd.DataFrame] = []
    try:
        with files.open_bytes(path) as stream:
            if kind == "parquet":
                parts.append(_read_sound_parquet(stream))
            else:
                rows = _rows(files.lines(stream), kind, origin, problems)
                parts.extend(_in_parts(rows, origin, problems))
    except READ_ERRORS as error:
        problems.append(_stopped(origin, files.describe(error), parts))
    except (DataError, pa.ArrowException) as error:
        problems.append(_stopped(origin, str(error), parts))
    if not parts and not problems:
        problems.append(Problem(origin, "has no rows", "check the file"))
    return Table(_joined(parts) if parts else pd.DataFrame(), problems)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Join parts of a table; a column may be empty in one and hold strings in another."""
    frame = pd.concat(parts)
    mixed = [name for name in frame.columns if frame[name].dtype == object]
    return frame.assign(**{name: _typed(frame[name]) for name in mixed}) if mixed else frame


def _stopped(origin: str, why: str, parts: list[pd.DataFrame]) -> Problem:
    if not any(map(len, parts)):
        return Problem(origin, why, "get the file anew or save it as UTF-8 CSV or JSON Lines")
    last = int([part for part in parts if len(part)][-1].index[-1])
    return Problem(origin, f"{why}; nothing after row {last} was read", "get the file anew")


def _rows(
    lines: Iterable[Line], kind: str, origin: str, problems: list[Problem]
) -> Iterator[tuple[int, dict[str, Any]]]:
    if kind == "csv":
        return read_records(iter(lines), origin, problems)
    return _read_jsonl(lines, origin, problems)


def _read_jsonl(
    lines: Iterable[Line], origin: str, problems: list[Problem]
) -> Iterator[tuple[int, dict[str, Any]]]:
    remedy = "write one JSON object per line"
    for line in lines:
        if not line.text.strip():
            continue
        place = at(origin, line.number)
        try:
            row = json.loads(line.text)
        except (ValueError, RecursionError) as error:
            problems.append(Problem(place, f"is no sound JSON ({error})", remedy))
            continue
        if not isinstance(row, dict):
            problems.append(Problem(place, f"is a JSON {type(row).__name__}, no object", remedy))
            continue
        if line.foreign:
            problems.append(files.moved(ENCODING, place))
        if "\\u" in line.text:
            sound = {_sound(key): _sound(value) for key, value in row.items()}
            if sound != row:
                problems.append(files.moved(HALF_PAIRS, place))
            row = sound
        yield line.number, row


def _sound(value: object) -> object:
    """Replace halves of surrogate pairs, which JSON can spell and no encoding can hold."""
    return _HALF_PAIR.sub("\ufffd", value) if isinstance(value, str) else value


def _in_parts(
    rows: Iterator[tuple[int, dict[str, Any]]], origin: str, problems: list[Problem]
) -> Iterator[pd.DataFrame]:
    """Give the rows as frames of limited size; what was read before an error is given too."""
    numbers: list[int] = []
    values: list[dict[str, Any]] = []
    letters = 0
    try:
        for number, row in rows:
            numbers.append(number)
            values.append(row)
            letters += sum(len(value) for value in row.values() if isinstance(value, str))
            if len(values) == ROWS_AT_ONCE or letters > LETTERS_AT_ONCE:
                yield _frame(numbers, values)
                numbers, values, letters = [], [], 0
    except (*READ_ERRORS, DataError) as error:
        why = str(error) if isinstance(error, DataError) else files.describe(error)
        so_far = [_frame(numbers, values)] if values else []
        problems.append(_stopped(origin, why, so_far))
    if values:
        yield _frame(numbers, values)


def _frame(numbers: list[int], rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, index=pd.Index(numbers), dtype=object)
    return pd.DataFrame({name: _typed(frame[name]) for name in frame.columns})


def _typed(column: pd.Series) -> pd.Series:
    """Give a column its type without turning whole numbers with gaps into fractions."""
    kind = pd.api.types.infer_dtype(column, skipna=True)
    if kind == "string":
        return column.astype("str")
    if kind in {"integer", "floating", "boolean"} and not column.isna().any():
        return column.infer_objects()
    return column


def _read_sound_parquet(stream: BinaryIO) -> pd.DataFrame:
    try:
        return _read_parquet(stream)
    except (*READ_ERRORS, DataError, pa.ArrowException):
        raise
    except Exception as error:  # a damaged file makes the parser raise anything
        raise DataError(f"is no sound Parquet file ({error})") from error


def _read_parquet(stream: BinaryIO) -> pd.DataFrame:
    raw = stream
    if isinstance(stream, gzip.GzipFile):
        packed = stream.read(files.TABLE_LIMIT + 1)
        if len(packed) > files.TABLE_LIMIT:
            raise files.too_large()
        raw = io.BytesIO(packed)
    found = pq.ParquetFile(raw)
    groups = range(found.metadata.num_row_groups)
    if sum(found.metadata.row_group(n).total_byte_size for n in groups) > files.TABLE_LIMIT:
        raise files.too_large()
    table = found.read()
    table.validate(full=True)  # else damaged letters would be met when they are first looked at
    frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
    if frame.empty:
        raise DataError("has no rows")
    frame.columns = pd.Index(distinct([str(name) for name in frame.columns]))
    return frame.set_axis(pd.RangeIndex(1, len(frame) + 1), axis=0)
