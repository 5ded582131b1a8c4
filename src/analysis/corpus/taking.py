"""Some rows of a frame without a copy of its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    return _choose_rows(frame, kept, take_strings)


def order_rows(frame: pd.DataFrame, rows: NDArray[np.integer]) -> pd.DataFrame:
    """Give rows by their numbers, in the order of these, as ``frame.iloc[rows]`` does.

    Of columns with long texts no copy is made: each text is a piece of the old column (0.3 kB).
    Read such a column in its order (`each_text`), or one text at a time (`texts_at`): to pick
    several at once, Arrow would join all of it.
    """
    return _choose_rows(frame, rows, order_strings)


def _choose_rows(
    frame: pd.DataFrame, which: NDArray[Any], choose: Callable[[Any, NDArray[Any]], Any]
) -> pd.DataFrame:
    """Choose rows, those of columns with long texts by a function."""
    names = frame.columns
    long = [name for name in names if is_long(frame[name])] if names.is_unique else []
    if not long:
        return frame.iloc[which]
    rest = frame.drop(columns=long).iloc[which]
    for place, name in enumerate(names):
        if name in long:
            rest.insert(place, name, choose(frame[name].array, which))
    return rest


def each_text(column: pd.Series[str]) -> Iterator[str]:
    """Give the texts of a column one after the other, few of them as Python's strings at a time."""
    for first in range(0, len(column), AT_ONCE):
        yield from column.iloc[first : first + AT_ONCE].tolist()


def texts_at(column: pd.Series[str], rows: NDArray[np.integer]) -> list[str]:
    """Give some texts of a column by their numbers, whatever pieces it consists of."""
    texts = column.array
    return [texts[row] for row in rows.tolist()]


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
    array = _as_chunks(column)
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


def order_strings(column: Any, rows: NDArray[np.integer]) -> Any:  # noqa: ANN401, as above
    """Give strings in some order, each as a piece of the column."""
    chunks = _as_chunks(column).chunks
    ends = np.cumsum([len(chunk) for chunk in chunks], dtype=np.int64)
    number = np.searchsorted(ends, rows, side="right")
    begins = np.append(0, ends)[number]
    pieces = [
        chunks[of].slice(place, 1)
        for of, place in zip(number.tolist(), (rows - begins).tolist(), strict=True)
    ]
    return pd.array(pa.chunked_array(pieces, pa.large_string()), dtype=column.dtype)


def _as_chunks(column: Any) -> pa.ChunkedArray:  # noqa: ANN401, as above
    """Give a column of strings as Arrow has it."""
    array = pa.array(column, type=pa.large_string())
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def runs_of(kept: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Give where the runs of marked rows begin and end."""
    edges = np.flatnonzero(np.diff(kept, prepend=False, append=False))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
