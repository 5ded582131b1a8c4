import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.schema import DataError
from analysis.text import concordance as places
from analysis.text.concordance import concordance, ids_of, places_of
from analysis.text.scan import find_tokens
from analysis.text.tokens import tokenize


def frame_of(*texts):
    return pd.DataFrame(
        {
            "article_id": [str(row) for row in range(len(texts))],
            "outlet": "Herald",
            "published": pd.NaT,
            "title": "",
            "url": "",
            "text": list(texts),
        }
    )


def test_every_place_in_order(articles):
    found = concordance(tokenize(articles), "Regime")
    assert found.columns.tolist() == [
        *("article_id", "outlet", "published", "title", "url", "start", "end"),
        *("left", "match", "right", "sentence"),
    ]
    assert found["article_id"].tolist() == ["h1", "h1", "h2"]
    assert found["start"].tolist() == [4, 27, 17]
    assert found["left"].tolist() == ["The ", "The regime met envoys. The ", "Envoys left. The "]
    assert found["right"].tolist() == [" met envoys. The regime said no.", " said no.", " waited."]
    assert found["sentence"].tolist() == [
        *("The regime met envoys.", "The regime said no.", "The regime waited."),
    ]


def test_runs_of_words_and_sorting(articles):
    found = concordance(tokenize(articles.iloc[::-1]), "envoys left")
    assert found["article_id"].tolist() == ["c2", "g2", "h2"]
    assert concordance(tokenize(articles), "the bridge")["article_id"].tolist() == [
        *("c3", "g3", "h3"),
    ]


def test_spelling_and_context():
    text = "Long ago,\n\nthe  NEW-\nYork office of unbelievably\tlong words closed."
    found = concordance(tokenize(frame_of(text)), "new york", width=12).iloc[0]
    assert found["match"] == "NEW-\nYork" == text[found["start"] : found["end"]]
    assert found["left"] == "ago, the "
    assert found["right"] == " office of"
    assert found["sentence"] == "the NEW- York office of unbelievably long words closed."


def test_context_without_white_space_is_kept():
    found = concordance(tokenize(frame_of("x.y.z-word-" + "y." * 40)), "word", width=4).iloc[0]
    assert (found["left"], found["right"]) == (".z-", "-y.y") or found["left"] == "y.z-"


def test_limit_takes_rows_from_everywhere(articles):
    found = concordance(tokenize(articles), "the", limit=3)
    assert found["outlet"].tolist() == ["Courier", "Gazette", "Herald"]
    assert len(concordance(tokenize(articles), "the", limit=1)) == 1


word = st.sampled_from(["ab", "AB", "cd", "x", "İb", "éa"])


@given(st.lists(st.lists(word, max_size=12).map(". ".join), min_size=1, max_size=5), word, word)
@settings(deadline=None)
def test_matches_are_the_term_and_all_of_them(texts, one, other):
    term = f"{one} {other}"
    words = find_tokens(term)[0]
    expected = sum(
        found[i : i + len(words)] == words
        for found in (find_tokens(text)[0] for text in texts)
        for i in range(len(found))
        if words
    )
    try:
        rows = concordance(tokenize(frame_of(*texts)), term)
    except DataError:
        assert expected == 0
        return
    assert len(rows) == expected
    for row in rows.itertuples():
        assert find_tokens(row.match)[0] == words
        assert texts[int(row.article_id)][row.start : row.end] == row.match


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ("regmie", r"'regmie' is not in the corpus \(near it: regime\)"),
        ("xyzzyq", "'xyzzyq' is not in the corpus$"),
        ("regime envoys", "'regime envoys' is not in the corpus, but each of its words is"),
        ("?!", r"'\?!' holds no word"),
    ],
)
def test_terms_that_are_not_there(articles, term, message):
    with pytest.raises(DataError, match=message):
        concordance(tokenize(articles), term)


def test_bad_arguments(articles):
    with pytest.raises(DataError, match="limit is 0"):
        concordance(tokenize(articles), "the", limit=0)
    with pytest.raises(DataError, match="width is -1"):
        concordance(tokenize(articles), "the", width=-1)
    with pytest.raises(DataError, match="lack the column 'outlet'"):
        concordance(tokenize(articles.drop(columns="outlet")), "the")


@pytest.mark.parametrize("at_once", [1, 2])
def test_places_are_followed_some_at_a_time(monkeypatch, at_once):
    texts = ["the red sea", "red red sea and red sand", "red sea", "the red"]
    tokens = tokenize(pd.DataFrame({"article_id": list("abcd"), "text": texts}))
    wanted = places_of(tokens, ids_of(tokens, "red sea"))
    monkeypatch.setattr(places, "AT_ONCE", at_once)
    assert len(wanted) == 3
    assert places_of(tokens, ids_of(tokens, "red sea")).tolist() == wanted.tolist()
