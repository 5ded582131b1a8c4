"""What was measured is read again, unless the corpus is another."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import pipeline
from analysis.check.kept import keep_measured
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
