"""Texts are read once for who speaks in them, and what is kept is what reading anew gives."""

import os
import time

import pandas as pd
import pyarrow as pa
import pytest

import analysis
from analysis import kept_quotes
from analysis.columnar import open_frame, open_table, write_frame, write_tables
from analysis.corpus.taking import digest_texts
from analysis.kept_quotes import (
    SCHEMA,
    ids_of,
    keep,
    name_code,
    open_kept,
    read_texts,
    write_quotes,
)
from analysis.text.quotes import find_quotes


def name_texts(articles):
    return digest_texts(articles["text"])


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    return analysis.prepare("sample").articles.reset_index(drop=True)


def place_of(folder):
    return folder / f"quotes-{name_code()}"


def find_quotes_once(articles, folder):
    path = next(one for one in folder.parents if one.is_dir()) / "found.arrow"
    write_quotes(articles, path, folder)
    return open_frame(path)


def files_of(folder):
    return sorted(place_of(folder).glob("[0-9]*.arrow"))


def test_what_is_added_to_is_the_same_as_what_is_read_anew(articles, tmp_path):
    silent = articles.tail(1).assign(article_id="silent", text="Rain fell.")
    twice = articles.head(1).assign(article_id="twice")
    for some in (articles.head(20), articles[10:40], pd.concat([twice, articles, silent])):
        found = find_quotes_once(some, tmp_path)
        pd.testing.assert_frame_equal(found, find_quotes(some))
    (file,) = files_of(tmp_path)
    kept = open_frame(file)
    assert kept["text_id"].nunique() == articles["text"].nunique() + 1
    pd.testing.assert_frame_equal(
        find_quotes_once(articles.head(0), tmp_path), find_quotes(articles.head(0))
    )


def test_a_text_is_not_read_again_and_a_new_one_is(articles, tmp_path):
    find_quotes_once(articles.head(20), tmp_path)
    (path,) = files_of(tmp_path)
    write_frame(open_frame(path).assign(cue="MARK"), path)
    found = find_quotes_once(articles.head(30), tmp_path)
    old = found["article_id"].isin(articles["article_id"].head(20))
    assert set(found.loc[old, "cue"]) == {"MARK"}
    assert "MARK" not in set(found.loc[~old, "cue"])
    corrected = articles.head(1).assign(text=articles["text"].head(1) + " “No,” Ana Berg said.")
    pd.testing.assert_frame_equal(find_quotes_once(corrected, tmp_path), find_quotes(corrected))


def test_what_is_damaged_is_read_again(articles, tmp_path):
    some = articles.head(5)
    other = pd.DataFrame({"text_id": [1], "start": [2]})
    for damage in (
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"ARROW1 and no more"),
        lambda path: write_frame(other, path),
    ):
        find_quotes_once(some, tmp_path)
        (path,) = files_of(tmp_path)
        damage(path)
        pd.testing.assert_frame_equal(find_quotes_once(some, tmp_path), find_quotes(some))
        (path,) = files_of(tmp_path)
        assert len(open_frame(path))


def test_large_files_stay_and_small_ones_are_joined(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(kept_quotes, "FEW_ROWS", 40)
    for stop in range(5, len(articles), 5):
        some = articles[stop - 5 : stop]
        pd.testing.assert_frame_equal(find_quotes_once(some, tmp_path), find_quotes(some))
    sizes = [len(open_frame(path)) for path in files_of(tmp_path)]
    assert len(sizes) > 2
    assert sum(size < 40 for size in sizes) <= 1
    some = articles[:stop].iloc[::-1]
    monkeypatch.setattr(kept_quotes, "read_texts", None)
    pd.testing.assert_frame_equal(find_quotes_once(some, tmp_path), find_quotes(some))


def test_what_two_processes_have_read_counts_once(articles, tmp_path):
    some = articles.head(10)
    find_quotes_once(some, tmp_path)
    (path,) = files_of(tmp_path)
    read = open_table(path)
    first = read.filter(pa.array(ids_of(read) == name_texts(some)[0]))
    assert len(first) > 1
    # The last text of one file is the first of the next.
    for number, table in ((7, first), (8, first), (9, pa.concat_tables([read, first]))):
        write_tables([table], SCHEMA, path.with_name(f"{number:06}.arrow"))
    path.unlink()
    pd.testing.assert_frame_equal(find_quotes_once(some, tmp_path), find_quotes(some))


def test_what_two_processes_have_read_is_kept_once(articles, tmp_path):
    some = articles.head(10)
    tables = [
        pa.Table.from_pandas(read_texts(part), SCHEMA, preserve_index=False)
        for part in (some.head(1), some.head(3))
    ]
    place_of(tmp_path).mkdir()
    for table in (*tables, tables[0]):
        keep(place_of(tmp_path), table)
    (path,) = files_of(tmp_path)
    assert len(open_table(path)) == len(tables[1])
    pd.testing.assert_frame_equal(find_quotes_once(some, tmp_path), find_quotes(some))


def test_what_a_process_left_when_it_was_killed_is_in_nobodys_way(articles, tmp_path):
    find_quotes_once(articles.head(5), tmp_path)
    place = place_of(tmp_path)
    torn = place / ".000007.arrow"
    torn.write_bytes(b"ARROW1 and no more")
    assert len(list(open_kept(place, name_texts(articles)))) == 1
    assert torn.exists()  # somebody may be writing it
    find_quotes_once(articles.head(20), tmp_path)
    assert not torn.exists()
    kept = {name for path in files_of(tmp_path) for name in open_frame(path)["text_id"]}
    assert kept == set(name_texts(articles.head(20)))


def test_what_old_code_found_goes_and_what_nobody_asks_for(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(kept_quotes, "FEW_ROWS", 1)
    stale = [tmp_path / f"quotes-{'0' * 20}.parquet", tmp_path / f"quotes-{'1' * 20}"]
    recent = tmp_path / f"quotes-{'2' * 20}"
    stale[0].write_bytes(b"")
    stale[1].mkdir()
    recent.mkdir()
    articles = articles.drop_duplicates("text")
    find_quotes_once(articles[:2], tmp_path)
    find_quotes_once(articles[2:4], tmp_path)
    files = files_of(tmp_path)
    assert len(files) == 2
    for path, days in ((recent, 29), *((one, 31) for one in (*files, *stale))):
        os.utime(path, (0, time.time() - 86_400 * days))
    find_quotes_once(articles[:2], tmp_path)  # reads nothing, and so deletes nothing
    find_quotes_once(articles[4:6], tmp_path)
    assert not [path.name for path in stale if path.exists()]
    assert recent.exists()
    left = {name for path in files_of(tmp_path) for name in open_frame(path)["text_id"]}
    assert left == {*name_texts(articles[:2]), *name_texts(articles[4:6])}


def test_where_nothing_can_be_kept_all_is_found_all_the_same(articles, tmp_path):
    nowhere = tmp_path / "missing" / "folder"
    some = articles.head(3)
    pd.testing.assert_frame_equal(find_quotes_once(some, nowhere), find_quotes(some))
