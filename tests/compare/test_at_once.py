"""What is found does not depend on how much is looked at at a time, nor on where it is kept."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.compare import (
    alternations_contexts,
    alternations_terms,
    discovery,
    frames_words,
    pairs,
    ranking,
    repeated_names,
    topic_model,
)
from analysis.text import (
    by_term,
    code_points,
    concordance,
    matrix_parts,
    ngrams,
    on_disk,
)

SMALL = {
    on_disk: {"LEAST_BYTES": 8},
    repeated_names: {"LEAST_BYTES": 8, "AT_ONCE": 5},
    by_term: {"AT_ONCE": 61},
    code_points: {"ROWS": 9},
    concordance: {"AT_ONCE": 3},
    matrix_parts: {"AT_ONCE": 50, "FEW_VALUES": 0},
    ngrams: {"TOKENS_AT_ONCE": 500},
    ranking: {"AT_ONCE": 7},
    discovery: {"SORTED_AT_ONCE": 11},
    pairs: {"AT_ONCE": 130},
    topic_model: {"AT_ONCE": 40},
    frames_words: {"AT_ONCE": 61, "SENTENCES_AT_ONCE": 3},
    alternations_terms: {"AT_ONCE": 61},
    alternations_contexts: {"PLACES_AT_ONCE": 9},
}


def find_all(news):
    counts = news.counts(ngrams=(1, 2), min_articles=2)
    each = analysis.compare_terms(counts, against="each")
    scores = analysis.score_frames(news.tokens, "generic")
    topics = analysis.fit_topics(counts, n_topics=4)
    alternations = analysis.suggest_alternations(news.tokens)
    return {
        "counts": pd.DataFrame(counts.matrix.toarray(), columns=counts.terms),
        "lengths": pd.DataFrame(counts.lengths),
        "terms": analysis.compare_terms(counts),
        "within": analysis.compare_terms(counts, within="event_id"),
        "each": each,
        "differences": analysis.count_differences(each),
        "sentences": scores.sentences,
        "scores": pd.DataFrame(np.array(scores.scores)),
        "words": scores.words,
        "shares": scores.shares,
        "sample": analysis.draw_sample(scores),
        "topics": topics.weights,
        "topic terms": topics.terms,
        "alternations": alternations,
        "loaded": analysis.find_loaded(news.tokens),
    }


@pytest.fixture(scope="module")
def news():
    return analysis.prepare("sample").with_voices().with_events()


@pytest.fixture(scope="module")
def found(news):
    return find_all(news)


@pytest.fixture(scope="module")
def in_parts(news):
    with pytest.MonkeyPatch.context() as patch:
        for module, values in SMALL.items():
            for name, value in values.items():
                patch.setattr(module, name, value)
        return find_all(news)


@pytest.mark.parametrize(
    "name",
    [
        "counts", "lengths", "terms", "within", "each", "differences", "sentences", "scores",
        "words", "shares", "sample", "topics", "topic terms", "alternations", "loaded",
    ],
)  # fmt: skip
def test_the_same_to_the_last_bit(found, in_parts, name):
    assert len(found[name])
    one, other = (plain(of_all[name]) for of_all in (found, in_parts))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def plain(table):
    """Give strings as Python's own, wherever they stand."""
    texts = table.select_dtypes("str").columns
    return table.astype(dict.fromkeys(texts, object))


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_equal_values_stay_in_their_order(monkeypatch, at_once):
    monkeypatch.setattr(ranking, "AT_ONCE", at_once)
    values = np.random.default_rng(0).integers(0, 9, 500).astype(float)
    wanted = np.argsort(values, kind="stable")
    assert ranking._stable_argsort(values).tolist() == wanted.tolist()
