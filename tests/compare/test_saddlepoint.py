"""The compiled search for a tilt against the one in numpy, and both against all draws."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from analysis.compare import saddlepoint
from analysis.compare.draws import Choices, Pools, Values
from analysis.compare.saddlepoint import first_tilt, upper_tails
from analysis.compare.saddlepoint_kernels import tails_of_pools

NONE = Choices(np.zeros(0), np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64))


def made(n_rows, m=16, drawn=7, odds=1.0):
    """Sums of articles of which a third hold a term and are `odds` times as likely to be drawn."""
    random = np.random.default_rng(n_rows)
    value = np.where(np.arange(m) % 3 == 0, random.integers(1, 9, (n_rows, m)), 0) - 1.5
    value += random.normal(0, 0.3, value.shape)
    start = np.where(np.arange(m) % 3 == 0, np.log(odds), 0.0)
    low, high = -20.0, 20.0
    for _ in range(100):  # until `drawn` are drawn on average
        middle = (low + high) / 2
        many = (1 / (1 + np.exp(-start - middle))).sum() > drawn
        low, high = (low, middle) if many else (middle, high)
    values = Values(
        value=value.ravel(),
        weight=np.ones(value.size),
        held=np.tile(np.arange(m) % 3 == 0, n_rows),
        pointer=np.arange(n_rows + 1) * m,
    )
    both_odds = np.tile([[np.log(odds) + low], [low]], n_rows)
    full, rows = np.full(n_rows, float(m)), np.arange(n_rows)
    pools = Pools(values, rows, both_odds, full, full * drawn / m, rows)
    return pools, value


@pytest.mark.parametrize("odds", [1.0, 0.3, 4.0])
def test_tails_are_shares_of_all_draws_each_by_its_odds(odds):
    pools, value = made(20, odds=odds)
    deals = np.array([np.isin(range(16), deal) for deal in combinations(range(16), 7)])
    weight = odds ** (deals.astype(int) @ (np.arange(16) % 3 == 0))
    weight = weight / weight.sum()
    sums = value @ deals.T
    bounds = sums @ weight + 1.5 * sums.std(axis=1)
    exact = ((sums >= bounds[:, None]) * weight).sum(axis=1)
    tails = upper_tails(pools, NONE, bounds)
    np.testing.assert_allclose(tails, exact, rtol=0.5)
    assert np.mean(np.log(tails / exact)) == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("odds", [1.0, 0.3])
@pytest.mark.parametrize("distance", [0.5, 4, 10])
def test_compiled_tails_are_those_of_numpy(odds, distance, monkeypatch):
    pools, value = made(400, odds=odds)
    bounds = value.sum(axis=1) * 7 / 16 + distance * value.std(axis=1)
    compiled = tails_of_pools(pools, bounds, *first_tilt(pools, NONE, bounds))
    monkeypatch.setattr(saddlepoint, "LEAST_COMPILED_VALUES", 10**9)
    plain = upper_tails(pools, NONE, bounds)
    found = ~np.isnan(compiled)
    np.testing.assert_allclose(compiled[found], plain[found], rtol=1e-4)
    assert found.all() == (distance < 10)


def test_rows_of_two_pools_are_added_up_however_many_there_are(monkeypatch):
    pools, value = made(3000)
    pools = replace(pools, row=np.arange(3000) // 2)
    bounds = np.abs(value.sum(axis=1).reshape(-1, 2).sum(axis=1)) * 7 / 16 + 5
    assert len(pools.value) >= saddlepoint.LEAST_COMPILED_VALUES
    tails = upper_tails(pools, NONE, bounds)
    monkeypatch.setattr(saddlepoint, "LEAST_COMPILED_VALUES", 10**9)
    np.testing.assert_array_equal(tails, upper_tails(pools, NONE, bounds))
    assert len(tails) == 1500
    few = pools.take(np.arange(5), 1500)
    np.testing.assert_allclose(tails[:5], upper_tails(few, NONE, bounds[:5]), rtol=1e-9)


@pytest.mark.parametrize("compiled", [True, False])
def test_sums_that_share_their_values_are_those_of_copies(compiled, monkeypatch):
    monkeypatch.setattr(saddlepoint, "LEAST_COMPILED_VALUES", 0 if compiled else 10**9)
    pools, value = made(20)
    part = np.arange(60) % 20
    odds, bounds = pools.odds[:, part] + np.linspace(-0.2, 0.2, 60), np.linspace(4, 9, 60)
    copies = Values(
        value[part].ravel(), np.ones(960), np.tile(pools.values.held, 3), 16 * np.arange(61)
    )
    full = np.full(60, 16.0)
    shared = Pools(pools.values, part, odds, full, full * 7 / 16, np.arange(60))
    copied = replace(shared, values=copies, part=np.arange(60))
    np.testing.assert_array_equal(
        upper_tails(shared, NONE, bounds), upper_tails(copied, NONE, bounds)
    )
    turned = replace(copies, value=-copies.value)
    np.testing.assert_allclose(
        upper_tails(shared.opposite(), NONE, bounds),
        upper_tails(replace(copied, values=turned), NONE, bounds),
        rtol=1e-12,
    )
