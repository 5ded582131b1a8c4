"""Rows and columns that are taken some rows at a time are those that scipy takes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from analysis.text import matrix_parts
from analysis.text.matrix_parts import pick_columns, pick_rows


@pytest.fixture
def matrix():
    rng = np.random.default_rng(0)
    dense = rng.integers(0, 5, (60, 40)) * (rng.random((60, 40)) < 0.2)
    dense[[0, 17, 59]] = 0
    return sparse.csr_matrix(dense.astype(np.int32))


@pytest.fixture(autouse=True)
def many(monkeypatch):
    monkeypatch.setattr(matrix_parts, "FEW_VALUES", 0)  # below it scipy does it
    monkeypatch.setattr(matrix_parts, "AT_ONCE", 7)


def choices(n):
    rng = np.random.default_rng(1)
    return [
        rng.random(n) < 0.5,
        np.zeros(n, bool),
        np.ones(n, bool),
        np.flatnonzero(rng.random(n) < 0.5),
        rng.permutation(n),
        np.array([3, 3, 1]),
        np.array([-1, 2]),
    ]


@pytest.mark.parametrize("which", range(7))
def test_rows(matrix, which):
    rows = choices(60)[which]
    assert_same(pick_rows(matrix, rows), matrix[rows])


@pytest.mark.parametrize("which", range(7))
def test_columns(matrix, which):
    columns = choices(40)[which]
    assert_same(pick_columns(matrix, columns), matrix[:, columns])


def assert_same(one, other):
    assert type(one) is type(other)
    assert one.shape == other.shape
    for name in ("indptr", "indices", "data"):
        assert getattr(one, name).dtype == getattr(other, name).dtype
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
