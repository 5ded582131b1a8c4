"""Texts are read once for who speaks in them, and what is kept is what reading anew gives."""

import os
import time

import pandas as pd
import pytest

import analysis
from analysis.kept_quotes import find_quotes_once, name_code
from analysis.text.quotes import find_quotes


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    return analysis.prepare("sample").articles.reset_index(drop=True)


def path_of(folder):
    return folder / f"quotes-{name_code()}.parquet"


def test_what_is_added_to_is_the_same_as_what_is_read_anew(articles, tmp_path):
    silent = articles.tail(1).assign(article_id="silent", text="Rain fell.")
    twice = articles.head(1).assign(article_id="twice")
    for some in (articles.head(20), articles[10:40], pd.concat([twice, articles, silent])):
        found = find_quotes_once(some, tmp_path)
        pd.testing.assert_frame_equal(found, find_quotes(some))
    kept = pd.read_parquet(path_of(tmp_path))
    assert kept["text_id"].nunique() == articles["text"].nunique() + 1
    pd.testing.assert_frame_equal(
        find_quotes_once(articles.head(0), tmp_path), find_quotes(articles.head(0))
    )


def test_a_text_is_not_read_again_and_a_new_one_is(articles, tmp_path):
    find_quotes_once(articles.head(20), tmp_path)
    path = path_of(tmp_path)
    kept = pd.read_parquet(path)
    kept["cue"] = "MARK"
    kept.to_parquet(path, index=False)
    found = find_quotes_once(articles.head(30), tmp_path)
    old = found["article_id"].isin(articles["article_id"].head(20))
    assert set(found.loc[old, "cue"]) == {"MARK"}
    assert "MARK" not in set(found.loc[~old, "cue"])
    corrected = articles.head(1).assign(text=articles["text"].head(1) + " “No,” Ana Berg said.")
    pd.testing.assert_frame_equal(find_quotes_once(corrected, tmp_path), find_quotes(corrected))


def test_what_is_damaged_is_read_again(articles, tmp_path):
    some = articles.head(5)
    for content in (b"", b"PAR1 and no more"):
        path_of(tmp_path).write_bytes(content)
        pd.testing.assert_frame_equal(find_quotes_once(some, tmp_path), find_quotes(some))
    assert len(pd.read_parquet(path_of(tmp_path)))


def test_what_old_code_found_goes(articles, tmp_path):
    stale = tmp_path / f"quotes-{'0' * 20}.parquet"
    recent = tmp_path / f"quotes-{'1' * 20}.parquet"
    for path, days in ((stale, 31), (recent, 29)):
        path.write_bytes(b"")
        os.utime(path, (0, time.time() - 86_400 * days))
    find_quotes_once(articles.head(2), tmp_path)
    assert not stale.exists()
    assert recent.exists()


def test_where_nothing_can_be_kept_all_is_found_all_the_same(articles, tmp_path):
    nowhere = tmp_path / "missing" / "folder"
    some = articles.head(3)
    pd.testing.assert_frame_equal(find_quotes_once(some, nowhere), find_quotes(some))
