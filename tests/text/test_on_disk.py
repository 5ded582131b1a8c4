"""Arrays kept in a file that nobody sees, and cut at ranges of their values."""

from __future__ import annotations

import tempfile

import numpy as np
import pytest

from analysis.text.on_disk import (
    LEAST_BYTES,
    Growing,
    joined_on_disk,
    kept_on_disk,
    range_places,
    room_for,
)


def arrays(*lengths):
    return [
        (np.arange(length, dtype=np.uint64), np.arange(length + 1, dtype=np.int32))
        for length in lengths
    ]


@pytest.mark.parametrize("lengths", [(), (3,), (3, 0, 4), (0, 5), (0, 0)])
def test_arrays_come_back_as_they_were(lengths):
    with kept_on_disk(iter(arrays(*lengths))) as kept:
        assert len(kept) == len(lengths)
        for found, wanted in zip(kept, arrays(*lengths), strict=True):
            for one, other in zip(found, wanted, strict=True):
                assert one.dtype == other.dtype
                assert one.flags.aligned
                np.testing.assert_array_equal(one, other)


def test_nothing_is_left_on_disk(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail():
        with kept_on_disk(arrays(2, 3)) as kept:
            raise ZeroDivisionError(len(kept))

    with pytest.raises(ZeroDivisionError, match="2"):
        fail()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("n_stretches", [1, 2, 3, 4, 5, 9])
def test_ranges_are_equal_and_cover_every_number_once(n_stretches):
    rng = np.random.default_rng(0)
    stretches = [
        np.sort(rng.integers(0, 2**64, size=40, dtype=np.uint64)) for _ in range(n_stretches)
    ]
    stretches[0][[0, -1]] = 0, 2**64 - 1
    places = range_places(stretches)
    n_ranges = places.shape[1] - 1
    assert n_stretches <= n_ranges < 2 * n_stretches
    for values, place in zip(stretches, places, strict=True):
        of_range = [int(value) * n_ranges // 2**64 for value in values]
        assert np.bincount(of_range, minlength=n_ranges).tolist() == np.diff(place).tolist()


@pytest.mark.parametrize("size", [0, 3, LEAST_BYTES])
def test_room_holds_what_is_written_to_it(size, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    room = room_for(size, np.int16)
    room[:] = np.arange(size) % 1000
    assert room.dtype == np.int16
    np.testing.assert_array_equal(room, np.arange(size) % 1000)
    assert is_mapped(room) == (size == LEAST_BYTES)
    assert list(tmp_path.iterdir()) == []


def test_that_there_is_no_room_is_told_at_once():
    with pytest.raises(OSError, match=r"File too large|No space left"):
        room_for(1 << 60, np.uint8)


@pytest.mark.parametrize("size", [0, 1, 1000, LEAST_BYTES // 4])
def test_a_growing_array_holds_all_that_was_added(size):
    growing = Growing(np.int32)
    few = np.array([7, 8], dtype=np.int32)
    parts = [few, np.arange(size, dtype=np.int32), few[:0], few]
    for part in parts:
        growing.add(part)
    found = growing.array()
    np.testing.assert_array_equal(found, np.concatenate(parts))
    assert is_mapped(found) == (size == LEAST_BYTES // 4)


def is_mapped(array):
    while isinstance(array, np.ndarray) and not isinstance(array, np.memmap):
        array = array.base
    return array is not None


def test_where_too_many_files_are_open_arrays_are_in_memory(monkeypatch):
    held = room_for(LEAST_BYTES, np.uint8)
    assert is_mapped(held)
    monkeypatch.setattr("analysis.text.on_disk.most_maps", lambda: 1)
    assert not is_mapped(room_for(LEAST_BYTES, np.uint8))
    growing = Growing(np.uint8)
    growing.add(np.ones(LEAST_BYTES, np.uint8))
    assert growing.array().sum() == LEAST_BYTES
    del held
    assert is_mapped(room_for(LEAST_BYTES, np.uint8))


def test_a_full_folder_is_named(monkeypatch):
    def full():
        return open("/dev/full", "r+b", buffering=0)

    monkeypatch.setattr("analysis.text.on_disk.TemporaryFile", full)
    with pytest.raises(OSError, match="No space left on device; make room there") as raised:
        Growing(np.uint8).add(np.ones(LEAST_BYTES, np.uint8))
    assert raised.value.filename == tempfile.gettempdir()


@pytest.mark.parametrize("least", [0, 1 << 25])
def test_pieces_are_joined_in_memory_and_on_disk(monkeypatch, tmp_path, least):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("analysis.text.on_disk.LEAST_BYTES", least)
    pieces = [np.arange(9, dtype=np.int32)[::2], np.zeros(0, dtype=np.int32), np.full(2, -1, "i4")]
    found = joined_on_disk(iter(pieces), 7, np.dtype(np.int32))
    assert found.tolist() == [0, 2, 4, 6, 8, -1, -1]
    assert found.dtype == np.int32
    found[0] = 5
    assert is_mapped(found) == (least == 0)
    assert not list(tmp_path.iterdir())
