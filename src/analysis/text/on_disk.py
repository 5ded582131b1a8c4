"""Arrays kept in a temporary file, and sorted ones brought back a range of values at a time."""

from __future__ import annotations

import errno
import mmap
import os
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from tempfile import TemporaryFile, gettempdir
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Arrays = Sequence[Array]

ALIGNED = 8  # bytes, so that every array begins where its numbers may
LEAST_BYTES = 1 << 21  # of an array, from which the system should be able to take its pages back
FEW_MAPS = 64  # where nobody says how many files may be open

_MAPS: weakref.WeakSet[mmap.mmap] = weakref.WeakSet()  # of files of arrays that are in use


def room_for(size: int, kind: type | np.dtype[Any]) -> Array:
    """Give an array to be filled, in memory if small, else in a file without a name.

    The file is gone with the last view of the array. The system writes its pages out and takes
    them back when memory is short, as it cannot do with a process's own.

    Raises
    ------
    OSError
        When the folder for temporary files has no room.
    """
    n_bytes = size * np.dtype(kind).itemsize
    if n_bytes < max(LEAST_BYTES, 1) or len(_MAPS) >= most_maps():
        return np.empty(size, kind)
    with _naming_the_folder(), TemporaryFile() as file:
        _reserve(file, n_bytes)
        return _mapped(file, n_bytes, kind)


def most_maps() -> int:
    """Say how many arrays may stand in files: each holds one open, and others need some too."""
    try:
        import resource
    except ImportError:  # not on every system
        return FEW_MAPS
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft // 4 if soft > 0 else FEW_MAPS


def _mapped(file: IO[bytes], n_bytes: int, kind: type | np.dtype[Any]) -> Array:
    """Give what stands in a file as an array that may be written to."""
    data = mmap.mmap(file.fileno(), n_bytes)
    _MAPS.add(data)
    return np.frombuffer(data, kind)


@contextmanager
def _naming_the_folder() -> Iterator[None]:
    """Say of an error in which folder it was, and what to do."""
    try:
        yield
    except OSError as error:
        what = f"{error.strerror}; make room there, or choose another folder by TMPDIR"
        raise OSError(error.errno, what, gettempdir()) from error


class Growing:
    """An array that grows at its end, in memory while it is small, then in a file without a name.

    Raises
    ------
    OSError
        When the folder for temporary files has no room.
    """

    def __init__(self, kind: type | np.dtype[Any]) -> None:
        self._held: Array = np.empty(0, kind)
        self._size = 0
        self._file: IO[bytes] | None = None

    def add(self, values: Array) -> None:
        """Put values of its type behind the others."""
        start, self._size = self._size, self._size + len(values)
        large = self._size * self._held.itemsize >= LEAST_BYTES
        if self._file is None and large and len(_MAPS) < most_maps():
            with _naming_the_folder():
                self._file = TemporaryFile()  # noqa: SIM115, closed by `array`
            self._write(self._held[:start])
            self._held = self._held[:0].copy()
        if self._file is not None:
            self._write(values)
            return
        if self._size > len(self._held):
            # One array and not many: these would be freed into gaps, in which nothing has room.
            larger = np.empty(max(self._size, 2 * len(self._held)), self._held.dtype)
            larger[:start] = self._held[:start]
            self._held = larger
        self._held[start : self._size] = values

    def _write(self, values: Array) -> None:
        file = self._file
        assert file is not None
        try:
            with _naming_the_folder():
                file.write(np.ascontiguousarray(values, self._held.dtype).data)
        except OSError:
            with suppress(OSError):
                file.close()
            raise

    def array(self) -> Array:
        """Give the array, once all values are there; it is done with."""
        if self._file is None:
            return self._held[: self._size]
        with _naming_the_folder(), self._file as file:
            file.flush()
            return _mapped(file, self._size * self._held.itemsize, self._held.dtype)


def _reserve(file: IO[bytes], n_bytes: int) -> None:
    """Take room on disk: that there is none is told now, and not by a signal at some later page."""
    try:
        os.posix_fallocate(file.fileno(), 0, n_bytes)
    except (AttributeError, OSError) as error:
        # Not every system can, nor every file system.
        if getattr(error, "errno", None) not in (None, errno.EOPNOTSUPP, errno.EINVAL):
            raise
        file.truncate(n_bytes)


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
    joined, place = room_for(size, kind), 0
    for piece in pieces:
        joined[place : place + len(piece)] = piece
        place += len(piece)
    return joined


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
    with _naming_the_folder():
        file.flush()
    data = np.asarray(np.memmap(file, dtype=np.uint8, mode="r+"))
    return [[data[begin:end].view(kind) for begin, end, kind in head] for head in heads]


def _write(array: Array, file: IO[bytes]) -> tuple[int, int, np.dtype[Any]]:
    """Write an array; where it begins and ends, and its type."""
    begin = file.tell()
    with _naming_the_folder():
        file.write(array.data)
        file.write(bytes(-array.nbytes % ALIGNED))
    return begin, begin + array.nbytes, array.dtype
