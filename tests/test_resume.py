"""What was done before a stop is read, and what is damaged is made anew."""

import pandas as pd
import pytest

from analysis import resume
from analysis.corpus.clean import Cleaned, clean
from analysis.corpus.pieces import Content, cut_folder, read_piece
from analysis.kept_maps import StoredMaps
from analysis.resume import Kept


@pytest.fixture
def pieces(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    for number in range(4):
        lines = ["outlet,title,text,published", f"Herald,T,Ferries sail {number}.,2024-13-40"]
        (folder / f"{number}.csv").write_text("\n".join(lines))
    found, problems = cut_folder(folder, {})
    assert len(found) == 4
    assert not problems
    return found


def assert_same(one: Content, other: Content) -> None:
    for mine, theirs in zip(one.parts, other.parts, strict=True):
        pd.testing.assert_frame_equal(mine, theirs)
    assert (one.singles, one.problems) == (other.singles, other.problems)


def broken_off(function, items):
    for number, item in enumerate(items):
        if number == 2:
            raise KeyboardInterrupt
        yield function(item)


def never(function, items):
    assert not list(items)
    return iter(())


def test_reading_goes_on_where_it_was_stopped(tmp_path, pieces):
    kept = Kept(tmp_path / "kept")
    with pytest.raises(KeyboardInterrupt):
        list(kept.read(broken_off, pieces))
    asked = []

    def rest(function, items):
        asked.extend(items)
        return map(function, items)

    anew = list(map(read_piece, pieces))
    assert all(content.problems for content in anew)  # the date of each is none
    for stream in (rest, never):
        for found, expected in zip(kept.read(stream, pieces), anew, strict=True):
            assert_same(found, expected)
    assert asked == pieces[2:]
    kept.clear()
    assert not kept.folder.exists()


def test_what_was_cut_into_other_pieces_is_not_taken(tmp_path, pieces):
    kept = Kept(tmp_path / "kept")
    list(kept.read(map, pieces))
    (found,) = kept.read(map, pieces[3:])
    assert_same(found, read_piece(pieces[3]))


def test_files_with_an_article_each_are_read_again(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.txt").write_text("Ferries sail.")
    found, _ = cut_folder(folder, {})
    kept = Kept(tmp_path / "kept")
    assert [len(content) for content in kept.read(map, found)] == [1]
    assert not kept.folder.exists()


@pytest.fixture
def cleaned() -> Cleaned:
    texts = ["Ferries &amp; trains\u00a0sail.\n\nShare this article", "It rains in the hills."]
    frame = pd.DataFrame({"article_id": ["a", "b"], "outlet": "Herald", "text": texts})
    return clean(frame)


def frames_of(tables):
    return {name: table.to_pandas() for name, table in tables.items() if name != resume.MAPS}


def assert_is(tables, cleaned):
    assert set(tables) == {*resume.CLEANED, resume.MAPS}
    for name, frame in frames_of(tables).items():
        pd.testing.assert_frame_equal(frame, getattr(cleaned, name))


def test_cleaned_articles_come_back_as_they_were(tmp_path, cleaned):
    kept = Kept(tmp_path / "kept")
    assert_is(kept.clean("cleaned", lambda: cleaned), cleaned)
    assert_is(kept.clean("cleaned", lambda: pytest.fail("cleaned twice")), cleaned)
    back = StoredMaps(kept.folder / "cleaned", cleaned.lengths)
    assert {name: back[name] for name in back} == cleaned.maps


def test_what_is_cleared_by_another_process_stays_open(tmp_path, cleaned, monkeypatch):
    kept = Kept(tmp_path / "kept")
    write_folder = resume.write_folder

    def write_and_clear(place, write):
        write_folder(place, write)
        kept.clear()

    monkeypatch.setattr(resume, "write_folder", write_and_clear)
    assert_is(kept.clean("cleaned", lambda: cleaned), cleaned)


@pytest.mark.parametrize("damage", [b"", b"no table", b"PAR1\x80\x05\x95"])
def test_what_is_damaged_is_made_anew(tmp_path, pieces, cleaned, damage):
    kept = Kept(tmp_path / "kept")
    list(kept.read(map, pieces))
    kept.clean("cleaned", lambda: cleaned)
    for path in kept.folder.rglob("*"):
        if path.is_file():
            path.unlink()
            path.write_bytes(damage)
    for found, piece in zip(kept.read(map, pieces), pieces, strict=True):
        assert_same(found, read_piece(piece))
    assert_is(kept.clean("cleaned", lambda: cleaned), cleaned)


@pytest.mark.parametrize("name", [*resume.CLEANED, resume.MAPS])
def test_a_damaged_part_is_no_reason_to_fail_later(tmp_path, cleaned, name):
    kept = Kept(tmp_path / "kept")
    kept.clean("cleaned", lambda: cleaned)
    path = kept.folder / "cleaned" / f"{name}.arrow"
    path.unlink()
    path.write_bytes(b"no table")
    made = []
    assert_is(kept.clean("cleaned", lambda: made.append(1) or cleaned), cleaned)
    assert made


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop_reading(tmp_path, pieces):
    (tmp_path / "kept").write_text("a file")
    assert len(list(Kept(tmp_path / "kept").read(map, pieces))) == 4
