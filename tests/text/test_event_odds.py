"""What two articles share, kind by kind, and how it becomes a probability."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis.text.event_nearest import days_of, find_nearest, worth_of_gaps, worth_of_unknown
from analysis.text.event_odds import (
    CONSTANT,
    SCARCE,
    SHORTEST,
    WEIGHTS,
    Surroundings,
    collect_evidence,
    list_nearest,
    scarcity_of,
    weigh_evidence,
)
from analysis.text.event_pairs import cosines_by_kind, row_minima, row_products
from analysis.text.event_vectors import NAMES, NUMBERS, WORDS, weigh_articles

TEXTS = [
    "The bridge at Ormvik fell and 14 people died, Mayor Brandhaug said on the bridge",
    "Mayor Brandhaug mourned 14 people after the bridge at Ormvik fell",
    "A dairy near Ormvik won the prize for cheese, 14 judges said",
    "The prize for cheese went to a dairy, judges said",
    "Nothing alike",
]


def frame(**columns):
    return pd.DataFrame({"article_id": list("abcde"), "text": TEXTS, **columns})


def test_cosines_by_kind_are_those_of_the_columns_of_a_kind():
    vectors = weigh_articles(frame())
    dense = vectors.matrix.toarray()
    one, other = np.triu_indices(len(TEXTS), 1)
    found = cosines_by_kind(vectors, one, other)
    for kind in (WORDS, NAMES, NUMBERS):
        some = dense[:, vectors.kinds == kind]
        length = np.linalg.norm(some, axis=1)
        products = some @ some.T
        scale = np.outer(length, length)
        wanted = np.where(scale > 0, products / np.where(scale > 0, scale, 1), 0)
        np.testing.assert_allclose(found[:, kind], wanted[one, other], atol=1e-12)
    kinds = dict(zip(vectors.terms, vectors.kinds, strict=True))
    assert (kinds["ormvik"], kinds["14"], kinds["bridge"]) == (NAMES, NUMBERS, WORDS)


def test_lists_of_nearest_are_rows_of_unit_length_with_the_article_itself():
    nearest = sparse.csr_array(np.array([[0, 0.6, 0.2], [0.6, 0, 0], [0.2, 0, 0]]))
    lists = list_nearest(nearest, 2).toarray()
    np.testing.assert_allclose(lists[0], np.array([1, 0.6, 0]) / np.hypot(1, 0.6))
    np.testing.assert_allclose(np.linalg.norm(lists, axis=1), 1)


def test_everywhere_is_the_mean_cosine_with_all_others():
    vectors = weigh_articles(frame())
    around = Surroundings.of(vectors, find_nearest(vectors.matrix, np.full(5, np.nan)))
    cosines = (vectors.matrix @ vectors.matrix.T).toarray()
    np.fill_diagonal(cosines, 0)
    np.testing.assert_allclose(around.everywhere, cosines.sum(axis=1) / 4, atol=1e-12)


def look(articles, one, other):
    """Give what the first look at pairs weighs, and the links that it makes of it."""
    vectors, days = weigh_articles(articles), days_of(articles)
    around = Surroundings.of(vectors, find_nearest(vectors.matrix, days))
    pairs = np.array(one), np.array(other)
    worth = worth_of_gaps(days, *pairs, worth_of_unknown(days))
    evidence = collect_evidence(vectors, around, *pairs, worth)
    return evidence, weigh_evidence(vectors, around, *pairs, worth)


def test_a_first_link_is_the_logistic_function_of_the_weighed_evidence():
    articles = frame(published=pd.to_datetime(["2026-03-02"] * 3 + ["2026-03-05", None]))
    evidence, links = look(articles, [0, 2], [1, 3])
    assert list(evidence) == list(WEIGHTS)
    log_odds = CONSTANT + sum(WEIGHTS[name] * evidence[name] for name in WEIGHTS)
    np.testing.assert_allclose(links, 1 / (1 + np.exp(-log_odds)))


def test_days_apart_lower_a_link_and_more_of_the_same_issue_does_too():
    same = look(frame(published=pd.Timestamp("2026-03-02")), [0], [1])[1]
    dates = pd.to_datetime(["2026-03-02", "2026-03-09", *["2026-03-02"] * 3])
    by_date = frame(published=dates).sort_values("published", kind="stable")
    assert look(by_date, [0], [4])[1] < same
    alike = [text.replace("dairy", "bridge").replace("cheese", "Brandhaug") for text in TEXTS]
    assert look(frame().assign(text=[*TEXTS[:2], *alike[2:]]), [0], [1])[1] < same


def test_another_day_of_the_week_lowers_a_link_and_the_same_one_raises_it():
    texts = [text + " on Monday" for text in TEXTS]
    none, same = look(frame(), [0], [1])[0], look(frame().assign(text=texts), [0], [1])[0]
    texts[1] = texts[1].replace("Monday", "Friday")
    other = look(frame().assign(text=[*texts[:3], TEXTS[3] + " on Friday", ""]), [0], [1])[0]
    assert other["weekdays"] < none["weekdays"] == 0 < same["weekdays"]


def test_from_eighty_articles_on_their_number_says_nothing_of_surroundings():
    assert scarcity_of(SCARCE) == scarcity_of(10 * SCARCE) == 0 < scarcity_of(SCARCE - 1)
    evidence, _ = look(frame(), [0], [1])
    scarcity = np.log(SCARCE / 5)
    assert evidence["few articles"] == pytest.approx(scarcity)
    for name in ("fellows", "closest"):
        assert evidence[f"few articles, {name}"] == pytest.approx(scarcity * evidence[name])


def test_what_is_short_counts_as_no_shorter_than_a_hundred_words():
    evidence, _ = look(frame(), [0], [1])
    np.testing.assert_allclose(evidence["longer"], np.log1p(SHORTEST))


def test_products_of_rows_are_those_of_dense_rows():
    random = np.random.default_rng(0)
    vectors = weigh_articles(frame())
    one, other = random.integers(0, 5, (2, 20))
    dense = vectors.lede.toarray()
    wanted = (dense[one] * dense[other]).sum(axis=1)
    assert row_products(vectors.lede, one, other) == pytest.approx(wanted)


def test_minima_of_rows_are_those_of_dense_rows():
    random = np.random.default_rng(0)
    vectors = weigh_articles(frame())
    one, other = random.integers(0, 5, (2, 20))
    dense = vectors.matrix.toarray()
    wanted = np.minimum(dense[one], dense[other]).sum(axis=1)
    assert row_minima(vectors.matrix, one, other) == pytest.approx(wanted)
