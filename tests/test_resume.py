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


def test_cleaned_articles_come_back_as_they_were(tmp_path, cleaned):
    kept = Kept(tmp_path / "kept")
    place = kept.clean("cleaned", lambda: cleaned)
    assert kept.clean("cleaned", lambda: pytest.fail("cleaned twice")) == place
    found = {name: table.to_pandas() for name, table in resume.open_cleaned(place).items()}
    for name in resume.CLEANED:
        pd.testing.assert_frame_equal(found[name], getattr(cleaned, name))
    back = StoredMaps(place, cleaned.lengths)
    assert {name: back[name] for name in back} == cleaned.maps


@pytest.mark.parametrize("damage", [b"", b"no table", b"PAR1\x80\x05\x95"])
def test_what_is_damaged_is_made_anew(tmp_path, pieces, cleaned, damage):
    kept = Kept(tmp_path / "kept")
    list(kept.read(map, pieces))
    kept.clean("cleaned", lambda: cleaned)
    for path in kept.folder.rglob("*"):
        if path.is_file():
            path.write_bytes(damage)
    for found, piece in zip(kept.read(map, pieces), pieces, strict=True):
        assert_same(found, read_piece(piece))
    (articles, *_) = resume.open_cleaned(kept.clean("cleaned", lambda: cleaned)).values()
    pd.testing.assert_frame_equal(articles.to_pandas(), cleaned.articles)


@pytest.mark.parametrize("name", [*resume.CLEANED, resume.MAPS])
def test_a_damaged_part_is_no_reason_to_fail_later(tmp_path, cleaned, name):
    kept = Kept(tmp_path / "kept")
    place = kept.clean("cleaned", lambda: cleaned)
    (place / f"{name}.arrow").write_bytes(b"no table")
    made = []
    kept.clean("cleaned", lambda: made.append(1) or cleaned)
    assert made
    assert set(resume.open_cleaned(place)) == {*resume.CLEANED, resume.MAPS}


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop_reading(tmp_path, pieces):
    (tmp_path / "kept").write_text("a file")
    assert len(list(Kept(tmp_path / "kept").read(map, pieces))) == 4
