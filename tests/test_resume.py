"""What was done before a stop is read, and what is damaged is made anew."""

import pytest

from analysis import resume
from analysis.resume import Kept


def square(number):
    return number * number


def broken_off(function, items):
    for item in items:
        if item == 3:
            raise KeyboardInterrupt
        yield function(item)


def never(function, items):
    assert not list(items)
    return iter(())


def test_a_stream_goes_on_where_it_was_stopped(tmp_path):
    kept = Kept(tmp_path / "kept")
    with pytest.raises(KeyboardInterrupt):
        list(kept.stream("squares", broken_off, square, [1, 2, 3, 4]))
    asked = []

    def rest(function, items):
        asked.extend(items)
        return map(function, items)

    assert list(kept.stream("squares", rest, square, [1, 2, 3, 4])) == [1, 4, 9, 16]
    assert asked == [3, 4]
    assert list(kept.stream("squares", never, square, [1, 2, 3, 4])) == [1, 4, 9, 16]
    assert list(kept.stream("others", map, square, [5, 6])) == [25, 36]
    kept.clear()
    assert not (tmp_path / "kept").exists()


def test_other_pieces_of_the_same_name_are_not_taken(tmp_path):
    kept = Kept(tmp_path / "kept")
    assert list(kept.stream("squares", map, square, [1, 2])) == [1, 4]
    assert list(kept.stream("squares", map, square, [5, 6, 7])) == [25, 36, 49]


def test_a_single_item_is_not_kept(tmp_path):
    kept = Kept(tmp_path / "kept")
    assert list(kept.stream("squares", map, square, [7])) == [49]
    assert not kept.folder.exists()


@pytest.mark.parametrize("damage", [b"", b"no pickle", b"\x80\x05\x95"])
def test_what_is_damaged_is_made_anew(tmp_path, damage, monkeypatch):
    monkeypatch.setattr(resume, "WORTH_KEEPING", 0)
    kept = Kept(tmp_path / "kept")
    assert list(kept.stream("squares", map, square, [1, 2])) == [1, 4]
    assert kept.once("whole", lambda: "made") == "made"
    assert kept.once("whole", lambda: "anew") == "made"
    for path in kept.folder.iterdir():
        path.write_bytes(damage)
    assert list(kept.stream("squares", map, square, [1, 2])) == [1, 4]
    assert kept.once("whole", lambda: "anew") == "anew"


def test_what_took_no_time_is_not_kept(tmp_path):
    kept = Kept(tmp_path / "kept")
    assert kept.once("whole", lambda: 1) == 1
    assert kept.once("whole", lambda: 2) == 2


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path):
    (tmp_path / "kept").write_text("a file")
    kept = Kept(tmp_path / "kept")
    assert list(kept.stream("squares", map, square, [1, 2])) == [1, 4]
