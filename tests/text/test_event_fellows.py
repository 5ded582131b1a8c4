"""The second look: links weighed by the fellows that two articles share."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis import load
from analysis.text.event_fellows import (
    CONSTANT,
    WEIGHTS,
    collect_evidence,
    fellows_of,
    weigh_again,
)
from analysis.text.event_links import LEAST_LINK, link_articles

UNNAMED = np.zeros((5, 7))


def graph(n_articles, pairs):
    dense = np.zeros((n_articles, n_articles))
    for (one, other), link in pairs.items():
        dense[one, other] = dense[other, one] = link
    return sparse.csr_array(dense)


def evidence(links, one, other, named=UNNAMED):
    found = links.toarray()[one, other]
    pair = np.array([one]), np.array([other]), np.array([found])
    fellows = fellows_of(links, named[: links.shape[0]])
    return {k: v[0] for k, v in collect_evidence(fellows, *pair).items()}


def test_a_pair_by_itself_shares_as_many_fellows_as_its_link_is_certain():
    found = evidence(graph(2, {(0, 1): 0.3}), 0, 1)
    assert found["fellows"] == pytest.approx(0.3)
    assert found["link"] == pytest.approx(np.log(0.3 / 0.7), abs=1e-3)
    assert found["weekdays"] == 0


def test_shared_fellows_are_the_weighted_jaccard_similarity():
    links = graph(4, {(0, 1): 0.5, (0, 2): 0.9, (1, 2): 0.6, (1, 3): 0.2})
    rows = links.toarray() + np.eye(4)
    wanted = np.minimum(rows[0], rows[1]).sum() / np.maximum(rows[0], rows[1]).sum()
    assert evidence(links, 0, 1)["fellows"] == pytest.approx(wanted)


def test_fellows_in_common_raise_a_link_and_fellows_of_its_own_lower_it():
    def again(more):
        links = graph(4, {(0, 1): 0.5, **more})
        pair = np.array([0]), np.array([1]), np.array([0.5])
        return weigh_again(fellows_of(links, UNNAMED[:4]), *pair)[0]

    assert again({(0, 2): 0.9, (1, 2): 0.9}) > again({}) > again({(0, 2): 0.9, (1, 3): 0.9})


def test_an_article_without_a_day_borrows_those_of_its_fellows():
    named = np.zeros((3, 7))
    named[1, 0], named[2, 4] = 2, 2  # Monday, and Friday
    links = graph(3, {(0, 1): 0.9, (0, 2): 0.05, (1, 2): 0.05})
    assert evidence(links, 0, 2, named)["weekdays"] < 0 < evidence(links, 0, 1, named)["weekdays"]


def test_a_link_is_the_logistic_function_of_the_weighed_evidence():
    links = graph(3, {(0, 1): 0.5, (0, 2): 0.9})
    found = evidence(links, 0, 1)
    log_odds = CONSTANT + sum(WEIGHTS[name] * found[name] for name in WEIGHTS)
    pair = np.array([0]), np.array([1]), np.array([0.5])
    again = weigh_again(fellows_of(links, UNNAMED[:3]), *pair)
    assert again == pytest.approx(1 / (1 + np.exp(-log_odds)))


def test_links_of_articles_are_symmetric_and_none_is_tiny():
    texts = [
        "The bridge at Ormvik fell and 14 people died, Mayor Brandhaug said on the bridge",
        "Mayor Brandhaug mourned 14 people after the bridge at Ormvik fell",
        "A dairy near Ormvik won the prize for cheese, 14 judges said",
        "The prize for cheese went to a dairy, judges said",
        "Nothing alike",
    ]
    articles = pd.DataFrame({"article_id": list("abcde"), "text": texts})
    links = link_articles(articles).by_rows().toarray()
    np.testing.assert_array_equal(links, links.T)
    assert links[links > 0].min() >= LEAST_LINK
    assert links.max() <= 1
    assert not links[4].any()
    assert not links.diagonal().any()
    assert links[0, 1] > links[0, 2]


def test_links_are_the_same_where_few_pairs_are_weighed_together(monkeypatch):
    sample = load("sample")
    whole = link_articles(sample).graph
    monkeypatch.setattr("analysis.text.event_links.PAIRS", 7)
    few = link_articles(sample).graph
    assert whole.nnz > 50
    assert (whole != few).nnz == 0
