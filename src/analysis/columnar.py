"""Frames and arrays on disk as memory holds them: opened by a map of the file, and not read.

What is opened so costs next to nothing until it is looked at, processes that open the same file
share one copy of it, and the system takes its pages back when memory is short. A map outlives its
file where that is deleted or replaced; but nobody may shorten a file that others have open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    starts = range(0, len(table), ROWS_AT_ONCE)  # few pieces, however many there were
    write_tables((table.slice(start, ROWS_AT_ONCE) for start in starts), table.schema, path)


def write_tables(tables: Iterable[pa.Table], schema: pa.Schema, path: Path) -> None:
    """Write tables one behind the other, as `write_frame` does."""
    work = path.with_name(f".{path.name}")
    with pa.OSFile(str(work), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        for table in tables:
            writer.write_table(table.combine_chunks())
    work.replace(path)


def merge_tables(
    tables: Sequence[pa.Table], places: Sequence[NDArray[np.int64]], path: Path
) -> None:
    """Write the rows of several tables in one order, some at a time.

    Parameters
    ----------
    tables
        Of the same columns.
    places
        What the rows of each are ordered by. Rows of one place stay in their order.
    """
    order = np.argsort(np.concatenate(places), kind="stable")
    starts = range(0, len(order), ROWS_AT_ONCE)
    pick = Picker(tables)
    pieces = (pick(order[start : start + ROWS_AT_ONCE]) for start in starts)
    write_tables(pieces, tables[0].schema, path)


class Picker:
    """Picks rows of several tables, which are counted through, and copies no others."""

    def __init__(self, tables: Sequence[pa.Table]) -> None:
        # Piece by piece: Arrow would join the pieces of a table to pick of it.
        self.schema = tables[0].schema
        self.pieces = [piece for table in tables for piece in table.to_batches()]
        self.ends = np.cumsum([len(piece) for piece in self.pieces], dtype=np.int64)

    def __call__(self, rows: NDArray[np.int64]) -> pa.Table:
        """Give rows by their numbers, in the order of these."""
        order = np.argsort(rows, kind="stable")
        ascending = rows[order]
        edges = np.searchsorted(ascending, self.ends)
        picked = [
            piece.take(pa.array(ascending[first:last] - (end - len(piece))))
            for piece, end, first, last in zip(
                self.pieces, self.ends, [0, *edges[:-1]], edges, strict=True
            )
            if last > first
        ]
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        joined = pa.Table.from_batches(picked, self.schema).combine_chunks()
        return joined.take(pa.array(place))


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
