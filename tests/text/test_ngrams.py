from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from analysis.text import ngram_arrays, ngram_kernels, ngrams, on_disk, pair_kernels
from analysis.text.ngrams import Limits, count_ngrams, count_terms_and_pairs
from analysis.text.tokens import tokenize

word = st.sampled_from(["ab", "abc", "ab_c", "b0", "zz", "éé", "Ab", "x"])
texts = st.lists(st.lists(word, max_size=30).map(" ".join), min_size=1, max_size=8)
sizes = st.sampled_from([(1, 1), (1, 2), (2, 2), (1, 3), (2, 4)])


def frame_of(texts):
    return pd.DataFrame({"article_id": [str(row) for row in range(len(texts))], "text": texts})


def assert_same_matrix(one, other):
    assert one.shape == other.shape
    assert one.dtype == other.dtype
    for name in ("indptr", "indices", "data"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@pytest.fixture(params=[ngram_arrays, ngram_kernels], ids=["numpy", "numba"])
def counting(request, monkeypatch):
    monkeypatch.setattr(ngrams, "counting_for", lambda n_tokens: request.param)


@given(texts, sizes, st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_numpy_and_numba_count_the_same(texts, sizes, least):
    tokens = tokenize(frame_of(texts))
    if not len(tokens.ids):
        return
    limits = Limits(*sizes, least, len(texts), np.zeros(len(tokens.terms), dtype=bool))
    results = []
    with pytest.MonkeyPatch.context() as patch:
        for module in (ngram_arrays, ngram_kernels):
            patch.setattr(ngrams, "counting_for", lambda n_tokens, module=module: module)
            results.append(count_ngrams(tokens.ids, tokens.pointer, limits))
    np.testing.assert_array_equal(results[0][1], results[1][1])
    assert_same_matrix(results[0][0], results[1][0])


@given(
    texts,
    st.sampled_from([(1, 2), (2, 2)]),
    st.integers(1, 3),
    st.sampled_from([1.0, 0.5]),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_terms_and_pairs_straight_into_columns_are_the_same(texts, sizes, least, most, data):
    tokens = tokenize(frame_of(texts))
    taken_out = data.draw(
        st.lists(st.booleans(), min_size=len(tokens.ids), max_size=len(tokens.ids))
    )
    stop = data.draw(
        st.lists(st.booleans(), min_size=len(tokens.terms), max_size=len(tokens.terms))
    )
    ids = np.where(np.array(taken_out, dtype=bool), np.int32(-1), tokens.ids)
    limits = Limits(*sizes, least, most * len(texts), np.array(stop, dtype=bool))
    plain, plain_grams = count_ngrams(ids, tokens.pointer, limits)
    for n_shares, at_once, long in ((1, 100, 1 << 16), (3, 5, 2)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pair_kernels, "n_threads", lambda n_shares=n_shares: n_shares)
            patch.setattr(pair_kernels, "TOKENS_AT_ONCE", at_once)
            patch.setattr(pair_kernels, "LONG", long)
            patch.setattr(on_disk, "LEAST_BYTES", 8 if long == 2 else on_disk.LEAST_BYTES)
            matrix, grams = count_terms_and_pairs(ids, tokens.pointer, limits)
        np.testing.assert_array_equal(grams, plain_grams)
        assert_same_matrix(matrix, plain)


@given(texts, sizes, st.integers(1, 3), st.sampled_from([1.0, 0.5]))
@settings(max_examples=100, deadline=None)
def test_same_numbers_as_scikit_learn(texts, sizes, least, most):
    vectorizer = CountVectorizer(ngram_range=sizes, min_df=least, max_df=most)
    counts = tokenize(frame_of(texts)).counts(ngrams=sizes, min_articles=least, max_share=most)
    try:
        theirs = vectorizer.fit_transform(texts)
    except ValueError:  # it refuses an empty vocabulary
        assert counts.matrix.shape == (len(texts), 0)
        return
    assert counts.terms.tolist() == vectorizer.get_feature_names_out().tolist()
    assert counts.matrix.has_sorted_indices
    assert (counts.matrix != theirs).nnz == 0


@pytest.mark.usefixtures("counting")
def test_order_is_that_of_the_strings():
    texts = ["ab cd ab_x abc cd ab0 ab cd", "ab abc ab cd"]
    counts = tokenize(frame_of(texts)).counts(ngrams=(1, 3))
    assert counts.terms.tolist() == sorted(counts.terms.tolist())
    uses = Counter(dict(zip(counts.terms, counts.matrix.sum(axis=0).A1, strict=True)))
    assert uses["ab cd"] == 3
    assert uses["ab abc cd"] == 0
    assert uses["ab"] == 4


@pytest.mark.usefixtures("counting")
def test_ngrams_stay_in_their_article():
    counts = tokenize(frame_of(["ab", "cd ef", "", "gh"])).counts(ngrams=(2, 2))
    assert counts.terms.tolist() == ["cd ef"]


@pytest.mark.usefixtures("counting")
def test_a_term_that_is_left_out_lets_no_ngram_through():
    # "bb" is in one article only, and "aa cc" never stood side by side.
    counts = tokenize(frame_of(["aa bb cc", "aa dd cc"])).counts(ngrams=(1, 2), min_articles=2)
    assert counts.terms.tolist() == ["aa", "cc"]


@pytest.mark.parametrize("size", [(1, 2), (1, 3)])
def test_size_decides_and_the_result_does_not_depend_on_it(articles, monkeypatch, size):
    plain = tokenize(articles).counts(ngrams=size, min_articles=2)
    monkeypatch.setattr(ngrams, "LEAST_COMPILED_TOKENS", 1)
    assert ngrams.counting_for(1) is ngram_kernels
    compiled = tokenize(articles).counts(ngrams=size, min_articles=2)
    assert compiled.terms.tolist() == plain.terms.tolist()
    assert_same_matrix(compiled.matrix, plain.matrix)
