"""What is compiled for many entries gives the same numbers as numpy does for few."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis.compare import grouping, residuals
from analysis.compare.dealt import Articles
from analysis.compare.entry_kernels import count_labels
from analysis.compare.residuals import Residuals
from analysis.text.counts import Counts

NEVER = 10**9


def drawn(seed, n_articles=60, n_terms=12):
    random = np.random.default_rng(seed)
    uses = random.poisson(random.gamma(0.4, 2, n_terms), (n_articles, n_terms))
    return uses, random.integers(50, 900, n_articles)


@pytest.mark.parametrize("n_strata", [1, 7])
@pytest.mark.parametrize("seed", range(5))
def test_cells_are_counted_as_by_sorting(seed, n_strata, monkeypatch):
    uses, lengths = drawn(seed)
    strata = np.arange(len(uses)) % n_strata
    articles = Articles(sparse.csc_matrix(uses), lengths.astype(float), strata)
    terms = np.flatnonzero(uses.any(axis=0))[:-2]  # some are left out
    monkeypatch.setattr(residuals, "LEAST_COMPILED_ENTRIES", NEVER)
    plain = Residuals(articles, terms)._cells
    monkeypatch.setattr(residuals, "LEAST_COMPILED_ENTRIES", 0)
    compiled = Residuals(articles, terms)._cells
    for one, other in zip(compiled, plain, strict=True):
        np.testing.assert_array_equal(one, other)
    # Each part's cells hold all articles of its stratum.
    part = plain[0] // Residuals(articles, terms)._n_cells
    sizes = articles.sizes[Residuals(articles, terms).stratum]
    np.testing.assert_array_equal(np.bincount(part, plain[1]), sizes)


@pytest.mark.parametrize("least", [0, NEVER])
@pytest.mark.parametrize("seed", range(5))
def test_labels_are_counted_as_sets_of_them(seed, least, monkeypatch):
    uses, lengths = drawn(seed)
    random = np.random.default_rng(seed)
    labels, rows = random.integers(-1, 6, len(uses)), np.flatnonzero(random.random(len(uses)) < 0.6)
    matrix = sparse.csr_matrix(uses)
    matrix.data[::9] = 0  # what is stored and not used is no use
    frame = pd.DataFrame({"article_id": np.arange(len(uses)).astype(str)})
    counts = Counts(matrix, frame, np.arange(uses.shape[1]).astype(str), lengths)
    monkeypatch.setattr(grouping, "LEAST_COMPILED_ENTRIES", least)
    found = grouping.distinct_labels(counts, rows, labels)
    used = matrix.toarray() > 0
    expected = [len({labels[row] for row in rows if used[row, term]} - {-1}) for term in range(12)]
    np.testing.assert_array_equal(found, expected)


def test_a_matrix_without_entries_has_no_labels():
    empty = sparse.csr_matrix((3, 4), dtype=np.int64)
    rows, labels = np.arange(3), np.zeros(3, np.int64)
    found = count_labels(empty.indptr, empty.indices, empty.data, rows, labels, 4)
    assert found.tolist() == [0, 0, 0, 0]
