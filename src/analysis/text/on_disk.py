"""Arrays kept in a temporary file, and sorted ones brought back a range of values at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Arrays = Sequence[Array]

LEAST_BYTES = 1 << 25  # below, a file is not worth it
ALIGNED = 8  # bytes, so that every array begins where its numbers may


@contextmanager
def kept_on_disk(stretches: Iterable[Arrays]) -> Iterator[list[Arrays]]:
    """Keep arrays in a file without a name, which is gone when it is closed or the process ends.

    Yields
    ------
    list
        Maps of the arrays of every stretch; a stretch that is the only one stays in memory.

    Raises
    ------
    OSError
        When the folder for temporary files has no room.
    """
    stretches = iter(stretches)
    head = list(islice(stretches, 2))
    if len(head) < 2:
        yield head
        return
    stretches = chain(head, stretches)
    del head
    with TemporaryFile() as file:
        yield _written(stretches, file)


def joined_on_disk(pieces: Iterable[Array], size: int, kind: np.dtype[Any]) -> Array:
    """Put pieces, of so many numbers together, one behind the other in a file without a name.

    The system may take them out of memory while they stay; the file is gone with the array. What
    takes less than `LEAST_BYTES` is in memory.

    Raises
    ------
    OSError
        When the folder for temporary files has no room.
    """
    if size * kind.itemsize < LEAST_BYTES:
        return np.concatenate([np.empty(0, dtype=kind), *pieces])
    with TemporaryFile() as file:
        for piece in pieces:
            file.write(np.ascontiguousarray(piece).data)
        file.flush()
        return np.asarray(np.memmap(file, dtype=kind, mode="c"))


def range_places(stretches: Sequence[NDArray[np.uint64]]) -> NDArray[np.int64]:
    """Cut all numbers of 64 bits into equal ranges, as many as there are stretches or up to twice.

    Returns
    -------
    numpy.ndarray
        Shape (stretches, ranges and one more): where each range begins in a sorted stretch, and
        the end.
    """
    n_bits = max(len(stretches) - 1, 0).bit_length()
    bounds = np.arange(1, 1 << n_bits, dtype=np.uint64) << np.uint64(64 - n_bits)
    places = np.zeros((len(stretches), (1 << n_bits) + 1), dtype=np.int64)
    for row, values in zip(places, stretches, strict=True):
        row[1:-1] = np.searchsorted(values, bounds)
        row[-1] = len(values)
    return places


def _written(stretches: Iterable[Arrays], file: IO[bytes]) -> list[Arrays]:
    """Write arrays one after the other, and map them."""
    file.write(bytes(ALIGNED))  # an empty file cannot be mapped
    heads = [[_write(array, file) for array in arrays] for arrays in stretches]
    file.flush()
    data = np.asarray(np.memmap(file, dtype=np.uint8, mode="r"))
    return [[data[begin:end].view(kind) for begin, end, kind in head] for head in heads]


def _write(array: Array, file: IO[bytes]) -> tuple[int, int, np.dtype[Any]]:
    """Write an array; where it begins and ends, and its type."""
    begin = file.tell()
    file.write(array.data)
    file.write(bytes(-array.nbytes % ALIGNED))
    return begin, begin + array.nbytes, array.dtype
