"""Quotations of texts that were read before: a quotation depends on its text and on nothing else.

Cleaning, agency copy and events compare articles with each other, so that a new article can change
what is true of an old one: they are made anew with every corpus. Who speaks in a text is found in
the text alone, and takes longest.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from filelock import FileLock
from numpy.typing import NDArray

from analysis.columnar import ROWS_AT_ONCE, Picker, open_table, write_tables
from analysis.corpus.taking import digest_texts, take_rows
from analysis.memory import give_back
from analysis.preparation import Here, Workers, track_chunks
from analysis.prepared import KEPT_DAYS, PACKAGE, hash_code
from analysis.text.quotes import COLUMNS, find_quotes

KEPT_EVERY = 60.0  # seconds of reading
FEW_ROWS = 5_000  # a smaller file is joined with the next
NONE_FOUND = -1  # as `start`: the text was read, and nobody speaks in it
FOUND = [name for name in COLUMNS if name != "article_id"]
WRITTEN = pa.schema(
    (name, pa.large_string() if kind == "str" else pa.int64()) for name, kind in COLUMNS.items()
)
SCHEMA = pa.schema([("text_id", pa.uint64()), *(WRITTEN.field(name) for name in FOUND)])

Names = NDArray[np.uint64]
Rows = NDArray[np.int64]


def write_quotes(
    articles: pd.DataFrame, path: Path, folder: Path, *, workers: Workers | None = None
) -> None:
    """Write who speaks in the articles, reading only texts that were not read before.

    Parameters
    ----------
    articles
        As for ``find_quotes``.
    path
        The file for what ``find_quotes`` gives, to be opened by `open_frame`.
    folder
        Where what was found is kept, in a folder named by the code that found it; now and then
        while texts are read, so that what is stopped goes on from there.
    workers
        Who reads the texts; this process if None.
    """
    place = folder / f"quotes-{name_code()}"
    texts = digest_texts(articles["text"])
    tables = list(open_kept(place, texts))
    known = np.concatenate([np.empty(0, np.uint64), *map(ids_of, tables)])
    new = ~np.isin(texts, known) & ~pd.Series(texts).duplicated().to_numpy()
    if new.any():
        unread = take_rows(articles[["article_id", "text"]], new)
        tables += read_and_keep(unread, place, workers or Here())
    write_tables(pick_rows(articles["article_id"], texts, tables), WRITTEN, path)


def read_and_keep(articles: pd.DataFrame, place: Path, workers: Workers) -> Iterator[pa.Table]:
    """Read texts, some at a time, and keep what was found of them."""
    waiting: list[pa.Table] = []
    last = time.monotonic()
    for found in track_chunks("finding quotes", workers.stream, read_texts, articles):
        waiting.append(pa.Table.from_pandas(found, SCHEMA, preserve_index=False))
        if time.monotonic() - last >= KEPT_EVERY:
            yield keep(place, pa.concat_tables(waiting))
            waiting, last = [], time.monotonic()
            give_back()
    if waiting:
        yield keep(place, pa.concat_tables(waiting))


def read_texts(articles: pd.DataFrame) -> pd.DataFrame:
    """Read texts, by the name of each; a row also for one in which nobody speaks."""
    texts = digest_texts(articles["text"])
    numbered = pd.Series(range(len(texts)), dtype="str").array
    found = find_quotes(articles.assign(article_id=numbered))
    of = found.pop("article_id").astype("int64").to_numpy()
    silent = np.setdiff1d(np.arange(len(texts)), of)
    nobody = pd.DataFrame({"start": NONE_FOUND, "end": NONE_FOUND}, index=range(len(silent)))
    both = pd.concat([found, nobody], ignore_index=True)
    empty = {name: "" if COLUMNS[name] == "str" else -1 for name in FOUND}
    both = both.fillna(empty).astype({name: COLUMNS[name] for name in FOUND})
    return both.assign(text_id=texts[np.concatenate([of, silent])])


def open_kept(place: Path, texts: Names) -> Iterator[pa.Table]:
    """Open what was found before; a damaged file is deleted, and one that is of use marked so."""
    for path in files_of(place):
        try:
            table = open_table(path).select(SCHEMA.names).cast(SCHEMA)
        except (OSError, ValueError, LookupError):
            with suppress(OSError):
                path.unlink()
            continue
        if np.isin(ids_of(table), texts).any():
            with suppress(OSError):  # a folder that may only be read is as good
                os.utime(path)
                os.utime(place)
        yield table


def keep(place: Path, found: pa.Table) -> pa.Table:
    """Write what was found, and give it as it lies on disk, if it does."""
    try:
        place.mkdir(exist_ok=True)
        with FileLock(lock_of(place)):
            prune(place)
            paths = files_of(place)
            small = [path for path in paths if len(open_table(path)) < FEW_ROWS]
            number = int(paths[-1].stem) + 1 if paths else 0
            path = place / f"{number:06}.arrow"
            write_tables(join_distinct([*map(open_table, small), found]), SCHEMA, path)
            for one in small:
                one.unlink()
            return open_table(path)
    except (OSError, ValueError):  # where nothing can be written, all is read again the next time
        return found


def join_distinct(tables: Sequence[pa.Table]) -> Iterator[pa.Table]:
    """Give of each table the rows of texts that none before has."""
    known = np.empty(0, np.uint64)
    for table in tables:  # two processes may have read the same text
        ids = ids_of(table)
        yield table.filter(pa.array(~np.isin(ids, known)))
        known = np.concatenate([known, ids])


def files_of(place: Path) -> list[Path]:
    """List the files, the oldest first, without those that somebody is writing."""
    return sorted(place.glob("[0-9]*.arrow"))


def prune(place: Path) -> None:
    """Delete what nobody has asked for, and what other code has found, in so many days.

    What a process was writing when it was killed goes too: nobody else writes meanwhile.
    """
    for path in place.glob(".*.arrow"):
        path.unlink()
    oldest = time.time() - 86_400 * KEPT_DAYS
    for path in [*files_of(place), *place.parent.glob("quotes-*")]:
        with suppress(OSError):  # another process may be at the same
            if path.stat().st_mtime >= oldest:
                continue
            if path.is_dir():
                shutil.rmtree(path)
                lock_of(path).unlink(missing_ok=True)
            else:
                path.unlink()


def lock_of(place: Path) -> Path:
    """Name the file that keeps other processes off."""
    return place.with_name(f".{place.name}.lock")


def pick_rows(
    article_ids: pd.Series[str], texts: Names, tables: Sequence[pa.Table]
) -> Iterator[pa.Table]:
    """Give the rows of each article, in the order of the articles, some at a time."""
    if not tables:
        return
    starts, sizes = locate_texts(texts, tables)
    ends = np.cumsum(sizes)
    rows = np.repeat(starts - (ends - sizes), sizes) + np.arange(sizes.sum())
    article = np.repeat(np.arange(len(texts)), sizes)
    pick = Picker(tables)
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = slice(start, start + ROWS_AT_ONCE)
        ids = pa.array(article_ids.iloc[article[some]].astype("str"), pa.large_string())
        yield pick(rows[some]).select(FOUND).add_column(0, WRITTEN.field(0), ids)


def locate_texts(texts: Names, tables: Sequence[pa.Table]) -> tuple[Rows, Rows]:
    """Give the first row of each text, and how many rows it has, which stand side by side."""
    ids = np.concatenate(list(map(ids_of, tables)))
    begins = np.append(True, ids[1:] != ids[:-1])
    begins[np.cumsum([0, *map(len, tables[:-1])])] = True  # a text may stand in two tables
    starts = np.flatnonzero(begins)
    sizes = np.diff(starts, append=len(ids))
    first_rows = np.concatenate([table["start"].to_numpy() for table in tables])[starts]
    sizes[first_rows == NONE_FOUND] = 0
    names, first = np.unique(ids[starts], return_index=True)
    place = first[np.searchsorted(names, texts)]
    return starts[place], sizes[place]


def ids_of(table: pa.Table) -> Names:
    """Give the name of each row's text."""
    ids: Names = table["text_id"].to_numpy()
    return ids


def name_code() -> str:
    """Name the code and word lists that find quotations."""
    digest = hashlib.sha256(f"{platform.python_version()} {pd.__version__}".encode())
    hash_code(digest, (PACKAGE / room for room in ("corpus", "text", "lexicons", "kept_quotes.py")))
    return digest.hexdigest()[:20]
