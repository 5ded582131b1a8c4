"""Columns in which few names stand in very many rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analysis.text.on_disk import LEAST_BYTES, room_for

# Strings of which each stands in memory once, and not once a row.
SHARED = pd.StringDtype("python", na_value=np.nan)
ON_DISK = pd.StringDtype("pyarrow", na_value=np.nan)
AT_ONCE = 1 << 17  # rows that are written out together; names may be sentences


def repeat_names(names: pd.Index, codes: NDArray[Any]) -> Any:  # noqa: ANN401, whatever pandas holds
    """Repeat names by their codes.

    Strings are shared by all rows that have them; where so many rows are that to point at them
    takes much, they are written out in a file without a name.
    """
    if isinstance(names.dtype, pd.StringDtype):
        if codes.nbytes >= LEAST_BYTES:
            return _written_out(pa.array(names, pa.large_string()), codes)
        names = names.astype(SHARED)
    return names.take(codes).array


def _written_out(names: pa.LargeStringArray, codes: NDArray[Any]) -> Any:  # noqa: ANN401, as above
    lengths = pc.binary_length(names).to_numpy()
    ends = room_for(len(codes) + 1, np.int64)
    ends[0] = 0
    parts = [(first, min(first + AT_ONCE, len(codes))) for first in range(0, len(codes), AT_ONCE)]
    for first, last in parts:
        ends[first + 1 : last + 1] = ends[first] + np.cumsum(lengths[codes[first:last]])
    letters = room_for(int(ends[-1]), np.uint8)
    for first, last in parts:
        taken = names.take(pa.array(codes[first:last]))
        letters[ends[first] : ends[last]] = np.frombuffer(taken.buffers()[2], np.uint8)[
            : ends[last] - ends[first]
        ]
    buffers = pa.py_buffer(ends), pa.py_buffer(letters)
    return pd.array(pa.LargeStringArray.from_buffers(len(codes), *buffers), dtype=ON_DISK)
