"""Loaded words: found where others on the event use plainer ones."""

import pandas as pd
import pytest

import analysis
from analysis import DataError

ROWS = [
    ("a", "A", "e1", "The minister slammed the plan. The regime fell silent."),
    ("b", "B", "e1", "The minister criticised the plan. The government said nothing."),
    ("c", "B", "e2", "The minister slammed the door."),
    ("d", "A", "e2", 'The mayor spoke. "This regime must go," he cried.'),
]


@pytest.fixture
def articles() -> pd.DataFrame:
    return pd.DataFrame(ROWS, columns=["article_id", "outlet", "event_id", "text"])


def test_words_with_what_the_others_write(articles):
    table = analysis.find_loaded(analysis.tokenize(articles)).set_index(
        ["event_id", "word", "outlet"]
    )
    row = table.loc[("e1", "slammed", "A")]
    assert row["instead_of"] == "criticised, said"
    assert (row["count"], row["count_rest"], row["plain_rest"]) == (1, 0, 2)
    assert table.loc[("e1", "regime", "A"), "instead_of"] == "government"
    text = articles.set_index("article_id").loc[row["article_id"], "text"]
    assert text[row["start"] : row["end"]] == "slammed"


def test_a_word_for_which_the_others_have_a_plainer_one_comes_first(articles):
    table = analysis.find_loaded(analysis.tokenize(articles))
    words = list(zip(table["event_id"], table["word"], strict=True))
    assert words.index(("e1", "slammed")) < words.index(("e2", "slammed"))


def test_an_outlets_own_plainer_word_is_not_that_of_the_others(articles):
    own = ("e", "A", "e1", "The government wept. Its leader left.")
    articles = pd.concat([articles, pd.DataFrame([own], columns=articles.columns)])
    table = analysis.find_loaded(analysis.tokenize(articles)).set_index(["word", "outlet"])
    row = table.loc[("regime", "A")].iloc[0]
    assert (row["event_id"], row["instead_of"], row["plain_rest"]) == ("e1", "government", 1)


def test_an_article_that_stands_in_its_outlet_twice_counts_once(articles):
    twice = articles.iloc[[0, 1, 0, 1, 2, 3]].reset_index(drop=True)
    twice["article_id"] = ["a again", "b again", "a", "b", "c", "d"]
    twice["copy_of"] = ["a", "b", "", "", "", ""]
    found = analysis.find_loaded(analysis.tokenize(twice))
    wanted = analysis.find_loaded(analysis.tokenize(articles))
    pd.testing.assert_frame_equal(found, wanted, check_exact=True)


def test_a_speakers_word_is_not_the_outlets(articles):
    tokens = analysis.mark_voices(analysis.tokenize(articles), analysis.find_quotes(articles))
    own = analysis.find_loaded(tokens)
    assert "d" not in set(own["article_id"])
    assert "d" in set(analysis.find_loaded(tokens, own=False)["article_id"])


def test_evidence_is_the_sentence_of_the_word(articles):
    articles = articles.assign(published=pd.NaT, title="", url="")
    tokens = analysis.tokenize(articles)
    table = analysis.find_loaded(tokens)
    lines = analysis.find_loaded_evidence(tokens, table, n_lines=2)
    assert lines["term"].tolist() == table["word"].head(2).tolist()
    assert lines["match"].str.lower().tolist() == lines["term"].tolist()
    assert analysis.find_loaded_evidence(tokens, table.head(0)).empty


def test_an_outlet_alone_with_an_event_is_left_out(articles):
    alone = analysis.find_loaded(analysis.tokenize(articles.head(1)))
    assert alone.empty


def test_a_missing_column_is_named(articles):
    with pytest.raises(DataError, match="'event_id' is not a column of the articles"):
        analysis.find_loaded(analysis.tokenize(articles.drop(columns="event_id")))
