"""What is opened from disk is what was written, costs no memory, and changes no file."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis import columnar
from analysis.columnar import merge_tables, open_array, open_frame, write_frame


@pytest.fixture
def frame():
    return pd.DataFrame(
        {
            "text": pd.array(["Ferries “stopped”.", None, "", "noon"], dtype="str"),
            "start": [1, 2, 3, 4],
            "share": [0.5, np.nan, 1.0, 0.0],
            "kept": [True, False, True, True],
            "published": pd.to_datetime(["2026-01-05 10:00", None, "2026-01-06 09:00", None]),
            "words": [["a", "b"], [], ["c"], []],
        },
        index=[3, 1, 4, 1],
    )


def test_a_frame_comes_back_as_it_was_but_for_its_index(tmp_path, frame, monkeypatch):
    monkeypatch.setattr(columnar, "ROWS_AT_ONCE", 3)
    path = tmp_path / "frame.arrow"
    write_frame(frame, path)
    read = open_frame(path)
    assert read["words"].map(list).tolist() == frame["words"].tolist()
    plain = frame.drop(columns="words").reset_index(drop=True)
    pd.testing.assert_frame_equal(read.drop(columns="words"), plain)
    assert [file.name for file in tmp_path.iterdir()] == ["frame.arrow"]
    write_frame(frame.head(0), path)
    assert open_frame(path).drop(columns="words").dtypes.equals(plain.dtypes)


def test_a_column_of_many_pieces_is_written_in_few(tmp_path):
    pieces = pa.chunked_array([[f"article {n}"] for n in range(500)], pa.large_string())
    write_frame(pd.DataFrame({"text": pd.array(pieces, dtype="str")}), tmp_path / "frame.arrow")
    assert columnar.open_table(tmp_path / "frame.arrow")["text"].num_chunks == 1


def test_tables_are_merged_by_the_places_of_their_rows(tmp_path, frame, monkeypatch):
    monkeypatch.setattr(columnar, "ROWS_AT_ONCE", 3)
    draw = np.random.default_rng(0)
    places = [np.sort(draw.integers(0, 12, size)) for size in (9, 0, 1, 14)]
    tables = []
    for number, some in enumerate(places):
        rows = [f"{number}: {place}" for place in some]
        write_frame(pd.DataFrame({"text": pd.array(rows, dtype="str"), "n": some}), tmp_path / "t")
        tables.append(columnar.open_table(tmp_path / "t"))
    merge_tables(tables, places, tmp_path / "merged.arrow")
    joined = pd.concat([table.to_pandas() for table in tables])
    expected = joined.sort_values("n", kind="stable").reset_index(drop=True)
    pd.testing.assert_frame_equal(open_frame(tmp_path / "merged.arrow"), expected)
    merge_tables([table.slice(0, 0) for table in tables], [p[:0] for p in places], tmp_path / "t")
    pd.testing.assert_frame_equal(open_frame(tmp_path / "t"), expected.head(0))


def test_texts_stay_on_disk_until_somebody_looks_at_them(tmp_path):
    texts = pd.Series(["A ferry stopped at noon. " * 4_000] * 100, dtype="str")
    write_frame(pd.DataFrame({"text": texts}), tmp_path / "frame.arrow")
    before = pa.total_allocated_bytes()
    read = open_frame(tmp_path / "frame.arrow")
    same = read.assign(event_id="e1")
    assert pa.total_allocated_bytes() - before < 100_000  # of 10 MB
    assert same["text"].iloc[99] == texts.iloc[99]


def test_what_is_changed_in_memory_stays_there(tmp_path, frame):
    path = tmp_path / "frame.arrow"
    write_frame(frame, path)
    read = open_frame(path)
    read.loc[0, ["start", "share", "kept"]] = [7, 0.7, False]
    read.loc[0, "text"] = "Ferries sailed."
    assert open_frame(path)["text"].iloc[0] == frame["text"].iloc[0]
    assert open_frame(path)["start"].tolist() == [1, 2, 3, 4]
    np.save(tmp_path / "ids.npy", np.arange(4, dtype=np.int32))
    array = open_array(tmp_path / "ids.npy")
    assert type(array) is np.ndarray
    assert array.dtype == np.int32
    array[0] = 9
    assert open_array(tmp_path / "ids.npy").tolist() == [0, 1, 2, 3]


def test_what_is_open_survives_that_its_file_is_replaced_or_deleted(tmp_path, frame):
    path = tmp_path / "frame.arrow"
    write_frame(frame, path)
    read = open_frame(path)
    write_frame(frame.iloc[::-1], path)
    assert read["text"].iloc[0] == frame["text"].iloc[0]
    path.unlink()
    assert read["text"].iloc[3] == "noon"


@pytest.mark.parametrize("size", [0, 5, 100, -1])
def test_a_file_that_is_not_whole_is_refused(tmp_path, frame, size):
    write_frame(frame, tmp_path / "frame.arrow")
    np.save(tmp_path / "ids.npy", np.arange(1000))
    for name, read in (("frame.arrow", open_frame), ("ids.npy", open_array)):
        content = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(content[:size])
        with pytest.raises((OSError, ValueError)):
            read(tmp_path / name)


UNMAPPED = Path("/sys/kernel/mm/transparent_hugepage/enabled")


@pytest.mark.skipif(not UNMAPPED.is_file(), reason="no file here that cannot be mapped")
def test_what_cannot_be_mapped_is_read():
    with pytest.raises(OSError, match="mapping"):
        pa.memory_map(str(UNMAPPED))
    with columnar.map_or_open(UNMAPPED) as file:
        assert file.readable()
