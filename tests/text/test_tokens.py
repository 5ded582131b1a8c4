from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.corpus.schema import DataError
from analysis.text.counts import tfidf
from analysis.text.tokens import Tokens, tokenize


@pytest.fixture
def tokens(articles):
    return tokenize(articles)


def column(counts, term):
    return counts.matrix[:, counts.terms.tolist().index(term)].toarray().ravel().tolist()


def test_tokens_of_an_article(articles, tokens):
    first, last = tokens.pointer[:2]
    assert tokens.terms[tokens.ids[first:last]].tolist() == [
        *("the", "regime", "met", "envoys"),
        *("the", "regime", "said", "no"),
    ]
    text = articles["text"].iloc[0]
    spelt = [
        text[start:end]
        for start, end in zip(tokens.starts[first:last], tokens.ends[first:last], strict=True)
    ]
    assert spelt == ["The", "regime", "met", "envoys", "The", "regime", "said", "no"]


def test_arrays_have_the_types_that_are_promised(tokens):
    assert [array.dtype for array in (tokens.ids, tokens.starts, tokens.ends)] == [np.int32] * 3
    assert tokens.pointer.dtype == np.int64
    assert all(type(term) is str for term in tokens.terms)


def test_counts_by_hand(tokens):
    counts = tokens.counts()
    assert column(counts, "regime") == [2, 1, 0, 0] + [0] * 8
    assert column(counts, "the") == [2, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1]
    assert counts.lengths.tolist() == [8, 5, 6, 5, 8, 5, 6, 5, 8, 4, 4, 7]
    assert counts.matrix.sum() == counts.lengths.sum()
    assert counts.articles.equals(tokens.articles)


def test_limits_leave_lengths_as_they_are(tokens):
    counts = tokens.counts(min_articles=3, max_share=0.5, stop_words=["hall"])
    held = (tokens.counts().matrix > 0).sum(axis=0).A1
    expected = [t for t, n in zip(tokens.terms, held, strict=True) if 3 <= n <= 6 and t != "hall"]
    assert counts.terms.tolist() == expected
    assert counts.lengths.tolist() == tokens.counts().lengths.tolist()


def test_stop_words_keep_adjacency():
    frame = pd.DataFrame({"article_id": ["a"], "text": ["The minister of finance didn't speak"]})
    counts = tokenize(frame).counts(ngrams=(1, 3), stop_words=["the", "OF", "didn't"])
    assert counts.terms.tolist() == [
        *("finance", "finance didn speak", "minister", "minister of finance", "speak"),
    ]


def test_voices(tokens):
    voice = np.zeros(len(tokens.ids), dtype=np.uint8)
    voice[1:3], voice[6] = 1, 2  # the [regime met] envoys the regime {said} no
    marked = replace(tokens, voice=voice)
    own = marked.counts(ngrams=(1, 2), voice="own")
    quoted = marked.counts(ngrams=(1, 2), voice="quoted")
    assert quoted.terms.tolist() == ["met", "regime", "regime met", "said"]
    assert quoted.lengths.tolist() == [3] + [0] * 11
    assert own.lengths.tolist() == [5, *tokens.counts().lengths.tolist()[1:]]
    assert "the envoys" not in own.terms
    assert column(own, "regime") == [1, 1] + [0] * 10
    assert (marked.counts().matrix != tokens.counts().matrix).nnz == 0


def test_what_was_passed_in_stays_as_it_was(articles):
    before = articles.copy(deep=True)
    counts = tokenize(articles).counts()
    counts.articles["new"] = 1
    pd.testing.assert_frame_equal(articles, before)


@pytest.mark.parametrize("texts", [[], ["", ""], ["a", "."]])
def test_nothing_to_count(texts):
    frame = pd.DataFrame({"article_id": [str(i) for i in range(len(texts))], "text": texts})
    counts = tokenize(frame).counts(ngrams=(1, 2))
    assert counts.matrix.shape == (len(texts), 0)
    assert counts.lengths.tolist() == [0] * len(texts)


def test_save_and_load(tokens, articles, tmp_path):
    voice = np.arange(len(tokens.ids), dtype=np.uint8) % 3
    for given in (tokens, replace(tokens, voice=voice)):
        given.save(tmp_path / "tokens.npz")
        read = Tokens.load(tmp_path / "tokens.npz", articles)
        assert read.terms.tolist() == given.terms.tolist()
        for name in ("ids", "starts", "ends", "pointer", "voice"):
            np.testing.assert_array_equal(getattr(read, name), getattr(given, name))
        assert (read.counts(ngrams=(1, 2)).matrix != given.counts(ngrams=(1, 2)).matrix).nnz == 0


def test_save_and_load_without_a_word(tmp_path):
    frame = pd.DataFrame({"article_id": ["a"], "text": [""]})
    tokenize(frame).save(tmp_path / "none.npz")
    assert Tokens.load(tmp_path / "none.npz", frame).terms.tolist() == []


def test_load_refuses_other_articles(tokens, articles, tmp_path):
    tokens.save(tmp_path / "tokens.npz")
    with pytest.raises(DataError, match="holds the tokens of 12 articles, but there are 11"):
        Tokens.load(tmp_path / "tokens.npz", articles.head(11))
    with pytest.raises(DataError, match="'h1' ends before its last token"):
        Tokens.load(tmp_path / "tokens.npz", articles.assign(text="short"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"ngrams": (2, 1)}, r"ngrams is \(2, 1\)"),
        ({"ngrams": (0, 1)}, r"ngrams is \(0, 1\)"),
        ({"ngrams": (1,)}, r"ngrams is \(1,\)"),
        ({"min_articles": 0}, "min_articles is 0; it must be 1 or more"),
        ({"min_articles": 0.5}, "min_articles is 0.5; it must be 1 or more"),
        ({"max_share": 0}, "max_share is 0; it must be above 0"),
        ({"max_share": 1.5}, "max_share is 1.5; it must be above 0"),
        ({"stop_words": "the"}, "stop_words is the string 'the'"),
        ({"stop_words": ["new york"]}, "the stop word 'new york' holds a space"),
        ({"voice": "loud"}, "voice is 'loud'; it must be None, 'own' or 'quoted'"),
    ],
)
def test_bad_arguments(tokens, arguments, message):
    with pytest.raises(DataError, match=message):
        tokens.counts(**arguments)


def test_voices_that_are_not_marked(tokens):
    with pytest.raises(NotImplementedError, match="voices are not marked"):
        tokens.counts(voice="own")


def test_a_frame_without_text_is_refused(articles):
    with pytest.raises(DataError, match="lack the column 'text'"):
        tokenize(articles.drop(columns="text"))


def test_tfidf_by_hand(tokens):
    counts = tokens.counts()
    matrix = counts.matrix.toarray().astype(float)
    held = (matrix > 0).sum(axis=0)
    weights = matrix * (np.log((1 + len(matrix)) / (1 + held)) + 1)
    expected = weights / np.sqrt((weights**2).sum(axis=1, keepdims=True))
    np.testing.assert_allclose(tfidf(counts).toarray(), expected, rtol=0, atol=1e-12)
    some = [len(counts.lengths) - 1, 0]
    np.testing.assert_array_equal(tfidf(counts, some).toarray(), tfidf(counts).toarray()[some])


def test_take_articles_and_terms(tokens):
    counts = tokens.counts()
    some = counts.take_articles(np.array([2, 0])).take_terms(counts.terms == "regime")
    assert some.matrix.toarray().tolist() == [[0], [2]]
    assert some.articles["article_id"].tolist() == ["h3", "h1"]
    assert some.lengths.tolist() == [6, 8]
    mask = np.arange(12) < 1
    assert counts.take_articles(mask).articles["article_id"].tolist() == ["h1"]


def test_tokens_of_some_articles_keep_their_places_and_voices(tokens):
    voice = np.arange(len(tokens.ids)).astype(np.uint8) % 3
    marked = replace(tokens, voice=voice)
    kept = np.isin(np.arange(12), [1, 4, 11])
    some = marked.take_articles(kept)
    assert some.articles["article_id"].tolist() == ["h2", "g1", "c4"]
    for place, row in enumerate([1, 4, 11]):
        here = slice(some.pointer[place], some.pointer[place + 1])
        there = slice(tokens.pointer[row], tokens.pointer[row + 1])
        for name in ("ids", "starts", "ends", "voice"):
            assert getattr(some, name)[here].tolist() == getattr(marked, name)[there].tolist()
    assert some.pointer[-1] == len(some.ids)
    bare = marked.take_articles(kept, places=False)
    assert not len(bare.starts) + len(bare.ends)
    for voice in (None, "own"):
        both = (one.counts(voice=voice, ngrams=(1, 2)) for one in (some, bare))
        assert len({(tuple(c.terms), c.matrix.toarray().tobytes()) for c in both}) == 1
    assert tokens.take_articles(np.ones(12, dtype=bool)).pointer.tolist() == tokens.pointer.tolist()


@pytest.mark.parametrize("kept", [[2, 0], np.arange(12), np.ones(11, bool)])
def test_tokens_are_taken_by_a_mask_only(tokens, kept):
    with pytest.raises(DataError, match="one bool for each of the 12 articles"):
        tokens.take_articles(np.array(kept))
    with pytest.raises(DataError, match="without has the shape"):
        tokens.take_articles(np.ones(12, dtype=bool), without=np.ones(3, dtype=bool))


@pytest.mark.parametrize("least", [0, 1 << 25])
def test_what_is_taken_and_marked_at_once_is_as_one_after_the_other(tokens, monkeypatch, least):
    monkeypatch.setattr("analysis.text.on_disk.LEAST_BYTES", least)
    monkeypatch.setattr("analysis.text.tokens.AT_ONCE", 3)
    marked = np.arange(len(tokens.ids)) % 4 == 0
    for kept in (np.isin(np.arange(12), [0, 1, 4, 11]), np.ones(12, dtype=bool)):
        found = tokens.take_articles(kept, without=marked)
        inside = np.repeat(kept, np.diff(tokens.pointer))
        assert found.ids.tolist() == np.where(marked, -1, tokens.ids)[inside].tolist()
        assert found.starts.tolist() == tokens.starts[inside].tolist()
        assert found.ids.tolist() == tokens.without(marked).take_articles(kept).ids.tolist()
        assert found.ids.flags.writeable  # numba compiles anew for arrays that are not
    assert tokens.without(marked).ids.dtype == np.int32
