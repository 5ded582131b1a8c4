"""The tokens of a prepared corpus are on disk what they are in memory."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

from analysis import kept_tokens
from analysis.corpus.schema import DataError
from analysis.kept_tokens import ARRAYS, open_tokens, path_of, write_tokens
from analysis.text import scan
from analysis.text.tokens import tokenize

TEXTS = ["zebra apple", "", "Apple É ocelot, zebra", "İstanbul ΟΔΟΣ apple", "x", "aardvark", ""]


def frame(texts, dtype="str"):
    ids = [f"a{number}" for number in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "text": pd.Series(texts, dtype=dtype)})


def saved(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def assert_kept(articles, folder):
    """The files are those of the tokens in memory, and open to them."""
    write_tokens(articles, folder)
    tokens = tokenize(articles)
    for name in ARRAYS:
        assert path_of(folder, name).read_bytes() == saved(getattr(tokens, name)), name
    assert open_tokens(folder, articles).terms.tolist() == tokens.terms.tolist()


@pytest.mark.parametrize("least_compiled", [1, 10**9], ids=["compiled", "plain"])
@pytest.mark.parametrize("at_once", [1, 20, 10**9])
def test_parts_change_nothing(monkeypatch, tmp_path, at_once, least_compiled):
    monkeypatch.setattr(kept_tokens, "AT_ONCE", at_once)
    monkeypatch.setattr(kept_tokens, "IDS_AT_ONCE", at_once)
    monkeypatch.setattr(scan, "LEAST_COMPILED_BYTES", least_compiled)
    assert_kept(frame(TEXTS), tmp_path)


def test_the_order_in_which_words_are_met_does_not_matter(monkeypatch, tmp_path):
    monkeypatch.setattr(kept_tokens, "AT_ONCE", 40)
    rng = np.random.default_rng(0)
    words = [f"w{number}" for number in range(200)]
    assert_kept(frame([" ".join(rng.choice(words, size=9)) for _ in range(60)]), tmp_path)


def test_joined_frames_and_rows_of_frames_are_written_in_their_order(monkeypatch, tmp_path):
    monkeypatch.setattr(kept_tokens, "AT_ONCE", 20)
    articles = pd.concat([frame(TEXTS), frame(TEXTS[::-1]).iloc[2:]])
    assert_kept(articles, tmp_path)


@pytest.mark.parametrize("texts", [[], [""], ["x", "y"]])
def test_without_tokens_there_are_files_too(tmp_path, texts):
    assert_kept(frame(texts), tmp_path)


def test_text_that_is_no_unicode_is_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(kept_tokens, "AT_ONCE", 10)
    assert_kept(frame(["one\ud800 two", "three", "four five"], dtype=object), tmp_path)


def test_texts_are_needed(tmp_path):
    with pytest.raises(DataError, match="lack the column 'text'"):
        write_tokens(pd.DataFrame({"article_id": ["a"]}), tmp_path)
