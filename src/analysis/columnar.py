"""Frames and arrays on disk as memory holds them: opened by a map of the file, and not read.

What is opened so costs next to nothing until it is looked at, processes that open the same file
share one copy of it, and the system takes its pages back when memory is short. A map outlives its
file where that is deleted or replaced; but nobody may shorten a file that others have open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

ROWS_AT_ONCE = 65_536  # of so many a second copy stands in memory while they are written


def write_frame(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as uncompressed Arrow IPC, without its index, whole or not at all.

    Whoever has an older file of that name open keeps it.
    """
    table = pa.Table.from_pandas(frame, preserve_index=False)
    with _writer(path, table.schema) as writer:
        for start in range(0, len(table), ROWS_AT_ONCE):  # few pieces, however many there were
            writer.write_table(table.slice(start, ROWS_AT_ONCE).combine_chunks())


def merge_tables(
    tables: Sequence[pa.Table], places: Sequence[NDArray[np.int64]], path: Path
) -> None:
    """Write the rows of several tables in one order, some at a time.

    Parameters
    ----------
    tables
        Of the same columns.
    places
        What the rows of each are ordered by, ascending in each table. Rows of one place stay in
        their order.
    """
    order = np.argsort(np.concatenate(places), kind="stable")
    begins = np.cumsum([0, *map(len, tables)])
    with _writer(path, tables[0].schema) as writer:
        for start in range(0, len(order), ROWS_AT_ONCE):
            wanted = order[start : start + ROWS_AT_ONCE]
            spans = np.sort(wanted)
            edges = np.searchsorted(spans, begins)
            # Of each table the next rows, as its places ascend.
            pieces = [
                table.slice(spans[first] - begin, last - first)
                for table, begin, first, last in zip(
                    tables, begins[:-1], edges[:-1], edges[1:], strict=True
                )
                if last > first
            ]
            rows = pa.concat_tables(pieces).combine_chunks()
            writer.write_table(rows.take(pa.array(np.searchsorted(spans, wanted))))


@contextmanager
def _writer(path: Path, schema: pa.Schema) -> Iterator[Any]:
    work = path.with_name(f".{path.name}")
    with pa.OSFile(str(work), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        yield writer
    work.replace(path)


def open_table(path: Path) -> pa.Table:
    """Open what `write_frame` wrote, as Arrow has it.

    Raises
    ------
    OSError, ValueError
        When the file is not there, or not whole.
    """
    with map_or_open(path) as file:
        return pa.ipc.open_file(file).read_all()


def map_or_open(path: Path) -> pa.NativeFile:
    """Map a file; open it to be read where the file system, as some of networks, maps nothing."""
    try:
        return pa.memory_map(str(path))
    except FileNotFoundError:
        raise
    except OSError:
        return pa.OSFile(str(path))


def open_frame(path: Path) -> pd.DataFrame:
    """Open what `write_frame` wrote; strings stay on disk, numbers are read.

    Raises
    ------
    OSError, ValueError
        When the file is not there, or not whole.
    """
    frame: pd.DataFrame = open_table(path).to_pandas()
    return frame


def open_array(path: Path) -> NDArray[Any]:
    """Open a ``.npy``; its pages are shared as long as nobody writes to the array.

    Raises
    ------
    OSError, ValueError
        When the file is not there, or not whole.
    """
    try:
        return np.asarray(np.lib.format.open_memmap(path, mode="c"))
    except FileNotFoundError:
        raise
    except OSError:  # as in `map_or_open`
        return np.asarray(np.load(path))
