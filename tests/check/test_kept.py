"""What was measured is read again, unless the corpus is another."""

import hashlib
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pytest

from analysis import pipeline
from analysis.check.kept import hash_column, keep_measured
from analysis.check.measure import measure_articles
from analysis.pipeline import prepare


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "prepared_folder", lambda: tmp_path)
    return prepare("sample")


def refuse(corpus):
    raise AssertionError("measured anew")


def test_a_second_call_reads_what_the_first_measured(corpus):
    first = measure_articles(corpus)
    again = keep_measured(corpus, refuse)
    pd.testing.assert_frame_equal(first, again)
    assert all(isinstance(names, list) for names in again["own_names"])


def test_a_changed_frame_is_measured_anew(corpus):
    measure_articles(corpus)
    shorter = corpus.articles.iloc[:-1]
    other = replace(corpus, cleaned=replace(corpus.cleaned, articles=shorter))
    with pytest.raises(AssertionError, match="measured anew"):
        keep_measured(other, refuse)


def test_where_nothing_can_be_written_nothing_is_kept(corpus, tmp_path):
    loose = replace(corpus, folder=tmp_path / "gone")
    pd.testing.assert_frame_equal(measure_articles(loose), measure_articles(corpus))
    assert not (tmp_path / "gone").exists()


def digest_of(values, **options):
    digest = hashlib.sha256()
    hash_column(digest, pd.Series(values, **options))
    return digest.hexdigest()


def test_every_change_of_a_column_is_another_digest():
    columns = [["ab", "c", ""], ["a", "bc", ""], ["ab", "c", None], ["ab", "c"], ["ab", "d", ""]]
    assert len({digest_of(column, dtype="str") for column in columns}) == len(columns)
    numbers = [[1.0, 2.0], [2.0, 1.0], [1.0, None], ["1.0", "2.0 "]]
    assert len({digest_of(column, dtype="object") for column in numbers}) == len(numbers)


def test_every_piece_of_a_long_column_tells(monkeypatch):
    monkeypatch.setattr("analysis.check.kept.TEXTS_AT_ONCE", 2)
    texts = ["one", "two", "three", "four", "five"]
    others = [[*texts[:place], "x", *texts[place + 1 :]] for place in range(5)]
    assert len({digest_of(column, dtype="str") for column in (texts, *others)}) == 6


def test_the_digest_of_texts_does_not_depend_on_their_pieces():
    pieces = pa.chunked_array([["x", "a“b"], [], ["c", None, ""]], pa.large_string())
    whole = pa.array(["a“b", "c", None, ""], pa.large_string())
    one = pd.Series(pd.array(pieces, dtype="str")).iloc[1:]
    assert digest_of(one) == digest_of(pd.array(pa.chunked_array([whole]), dtype="str"))
