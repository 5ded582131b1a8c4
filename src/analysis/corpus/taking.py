"""Some rows of a frame without a copy of its texts."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

LONG = 256  # bytes a row, on average, from which a column's strings are not copied
AT_ONCE = 500  # texts that stand in memory as Python's strings
LEAST_RUN = 4  # rows that lie side by side, on average; shorter pieces cost more than a copy


def take_rows(frame: pd.DataFrame, kept: NDArray[np.bool_]) -> pd.DataFrame:
    """Keep the rows that a mask marks, as ``frame[kept]`` does.

    Of columns with long texts no copy is made where most rows are kept: the new column consists of
    pieces of the old one. Where few are, only these are copied; pandas would join the pieces of the
    old column to pick of them.
    """
    if kept.all():
        return frame.copy(deep=False)
    if not frame.columns.is_unique:
        return frame[kept]
    long = [name for name in frame.columns if is_long(frame[name])]
    if not long:
        return frame[kept]
    rest = frame.drop(columns=long)[kept]
    for place, name in enumerate(frame.columns):
        if name in long:
            rest.insert(place, name, take_strings(frame[name].array, kept))
    return rest


def each_text(column: pd.Series[str]) -> Iterator[str]:
    """Give the texts of a column one after the other, few of them as Python's strings at a time."""
    for first in range(0, len(column), AT_ONCE):
        yield from column.iloc[first : first + AT_ONCE].tolist()


def digest_texts(texts: pd.Series[str]) -> NDArray[np.uint64]:
    """Give a number that stands for each text, whatever the order of the rows.

    Of a million texts two share one in 1 of 37 million cases.
    """
    found = (
        blake2b(str(text).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for text in each_text(texts)
    )
    return np.frombuffer(b"".join(found), dtype=">u8").astype(np.uint64)


def is_long(column: pd.Series) -> bool:
    """Tell whether a column holds long strings, and as Arrow does."""
    return is_arrow(column.dtype) and column.array.nbytes >= LONG * len(column)


def is_arrow(kind: Any) -> bool:  # noqa: ANN401, whatever pandas holds
    """Tell whether columns of a type hold strings as Arrow does."""
    return isinstance(kind, pd.StringDtype) and kind.storage == "pyarrow"


def take_strings(column: Any, kept: NDArray[np.bool_]) -> Any:  # noqa: ANN401, pandas' own array
    """Give the marked strings as pieces of the column, or a copy where those would be too short."""
    array = pa.array(column, type=pa.large_string())
    array = array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])
    most = kept.sum() / LEAST_RUN
    pieces: list[pa.Array] = []
    if np.count_nonzero(np.diff(kept)) / 2 <= most:
        begin = 0
        for chunk in array.chunks:
            runs = runs_of(kept[begin : begin + len(chunk)])
            pieces += [chunk.slice(start, end - start) for start, end in runs]
            begin += len(chunk)
    if not pieces or len(pieces) > most:
        copy = array.filter(pa.array(kept)).combine_chunks()
        return pd.array(copy, dtype=column.dtype)
    return pd.array(pa.chunked_array(pieces, pa.large_string()), dtype=column.dtype)


def runs_of(kept: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Give where the runs of marked rows begin and end."""
    edges = np.flatnonzero(np.diff(kept, prepend=False, append=False))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
