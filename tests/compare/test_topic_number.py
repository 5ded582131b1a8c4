"""The number of topics is chosen by what stays the same when articles are left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from analysis.compare.topic_number import agreement, choose_n_topics
from analysis.compare.topics import fit_topics
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts
from analysis.text.tokens import tokenize

N_WORDS = 12


@pytest.fixture(scope="module")
def counts() -> Counts:
    """100 articles of four themes that share nothing, six of twelve words each."""
    random = np.random.default_rng(5)
    texts = []
    for i in range(100):
        words = random.choice(N_WORDS, 6, replace=False)
        texts.append(" ".join(f"{'abcd'[i % 4]}word{chr(97 + word)}" for word in words))
    ids = [f"n{i}" for i in range(100)]
    frame = pd.DataFrame({"article_id": ids, "outlet": "Herald", "text": texts})
    return tokenize(frame).counts()


def test_the_planted_number_is_the_most_stable(counts: Counts) -> None:
    table = choose_n_topics(counts, candidates=[2, 3, 4, 6, 8])
    assert table["n_topics"].tolist() == [2, 3, 4, 6, 8]
    best = table[table["best"]]
    assert best["n_topics"].tolist() == [4]
    assert best["stability"].iloc[0] == pytest.approx(1)
    assert (table["stability"] <= 1).all()


def test_fit_topics_takes_and_shows_the_choice(counts: Counts) -> None:
    topics = fit_topics(counts)
    assert topics.weights.shape[1] == topics.choice.loc[topics.choice["best"], "n_topics"].item()
    pd.testing.assert_frame_equal(topics.choice, choose_n_topics(counts))
    given = fit_topics(counts, 4).choice
    assert given.empty
    assert list(given.columns) == list(topics.choice.columns)


def test_agreement_is_the_mean_kappa_of_matched_topics() -> None:
    one = np.array([0, 0, 0, 1, 1, 1, 2, 2, -1, 0])
    two = np.array([2, 2, 0, 0, 0, 0, 1, 1, 1, -1])
    both = (one >= 0) & (two >= 0)
    expected = [
        cohen_kappa_score(one[both] == first, two[both] == second)
        for first, second in [(0, 2), (1, 0), (2, 1)]
    ]
    assert agreement(one, two, 3) == pytest.approx(np.mean(expected))
    assert agreement(one, one, 3) == pytest.approx(1)


def test_no_candidates_are_refused(counts: Counts) -> None:
    with pytest.raises(DataError, match="candidates is empty"):
        choose_n_topics(counts, candidates=[])


def test_a_candidate_that_a_sample_cannot_fill_is_refused(counts: Counts) -> None:
    with pytest.raises(DataError, match=r"45 topics need at least 90 articles .* there are 80"):
        choose_n_topics(counts, candidates=[3, 45])
