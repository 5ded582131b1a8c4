"""Means of articles: p against drawn permutations, intervals against Student's t, inside strata too."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.compare.means import compare_means, permuted_p


def drawn_p(e: np.ndarray, own: np.ndarray, draws: int = 100_000) -> float:
    """P(|sum of the drawn|>= observed), by drawing."""
    random = np.random.default_rng(1)
    order = random.random((draws, len(e))).argpartition(int(own.sum()), axis=1)
    sums = e[order[:, : int(own.sum())]].sum(axis=1)
    return float((np.abs(sums) >= abs(e[own].sum()) - 1e-9).mean())


@pytest.mark.parametrize("size", [3, 12, 40])
@pytest.mark.parametrize("shift", [0.0, 0.2, 0.35])
def test_p_is_that_of_drawn_permutations(size: int, shift: float) -> None:
    random = np.random.default_rng(size)
    values = random.beta(0.3, 0.5, 80)
    own = np.arange(80) < size
    values[own] = np.minimum(values[own] + shift, 1)
    e = values - values.mean()
    drawn = drawn_p(e, own)
    assert permuted_p(e[:, None], own)[0] == pytest.approx(drawn, rel=0.1, abs=0.004)


def test_all_ways_are_counted_where_there_are_few() -> None:
    values = np.array([1.0, 0.8, 0.9, 0.1, 0.2, 0.0, 0.3])
    own = np.arange(7) < 3
    e = values - values.mean()
    assert permuted_p(e[:, None], own)[0] == pytest.approx(1 / 35)
    assert permuted_p(e[:, None], ~own)[0] == pytest.approx(1 / 35)


def test_complete_separation_has_a_small_p_and_never_none() -> None:
    own = np.arange(60) < 20
    values = own.astype(float)
    p = permuted_p((values - values.mean())[:, None], own)[0]
    assert 0 < p < 1e-5


def test_the_interval_is_students_unless_p_disagrees() -> None:
    random = np.random.default_rng(2)
    values = random.random((50, 1))
    own = np.arange(50) < 20
    found = compare_means(values, own).iloc[0]
    known = stats.ttest_ind(values[own, 0], values[~own, 0]).confidence_interval()
    assert found["low"] == pytest.approx(known.low)
    assert found["high"] == pytest.approx(known.high)


def test_p_and_interval_agree_about_no_difference() -> None:
    random = np.random.default_rng(3)
    values = random.beta(0.1, 0.6, (40, 300))
    own = np.arange(40) < 6
    found = compare_means(values, own)
    covers = (found["low"] <= 0) & (found["high"] >= 0)
    assert (covers == (found["p"] >= 0.05)).all()
    assert 0.02 < (found["p"] < 0.05).mean() < 0.08


def dealt_inside(e: np.ndarray, own: np.ndarray, strata: np.ndarray, draws: int) -> np.ndarray:
    """Sums over a side that is dealt anew in each stratum."""
    random = np.random.default_rng(1)
    sums = np.zeros(draws)
    for stratum in np.unique(strata):
        rows = np.flatnonzero(strata == stratum)
        order = random.random((draws, len(rows))).argsort(axis=1)
        sums += e[rows][order[:, : int(own[rows].sum())]].sum(axis=1)
    return sums


@pytest.mark.parametrize("sizes", [[2] * 25, [3, 5, 2, 4] * 6, [40, 30, 3, 2, 2], [30, 50]])
@pytest.mark.parametrize("shift", [0.0, 0.15])
def test_p_inside_strata_is_that_of_drawn_permutations(sizes: list[int], shift: float) -> None:
    random = np.random.default_rng(len(sizes))
    strata = np.repeat(np.arange(len(sizes)), sizes)
    own = np.concatenate([np.arange(size) < max(1, size // 3) for size in sizes])
    values = random.random(len(strata)) * 0.8 + shift * own
    means = np.bincount(strata, values) / np.bincount(strata)
    e = values - means[strata]
    observed = abs(e[own].sum())
    drawn = (np.abs(dealt_inside(e, own, strata, 50_000)) >= observed - 1e-9).mean()
    assert permuted_p(e[:, None], own, strata)[0] == pytest.approx(drawn, rel=0.1, abs=0.004)


def test_few_deals_inside_strata_are_all_counted() -> None:
    strata, own = np.array([0, 0, 0, 1, 1]), np.array([1, 0, 0, 0, 1], bool)
    values = np.array([0.9, 0.1, 0.2, 0.3, 0.7])
    e = values - np.where(strata == 0, 0.4, 0.5)
    # Of the six deals the one that was dealt has the largest sum; none is as low.
    assert permuted_p(e[:, None], own, strata)[0] == pytest.approx(1 / 6)
    assert permuted_p(e[:, None], ~own, strata)[0] == pytest.approx(1 / 6)


def test_pairs_have_the_interval_of_the_paired_t() -> None:
    random = np.random.default_rng(4)
    one, other = random.random((2, 30)) * 0.5 + [[0.2], [0.1]]
    own = np.arange(60) < 30
    found = compare_means(np.append(one, other)[:, None], own, np.tile(np.arange(30), 2)).iloc[0]
    known = stats.ttest_rel(one, other).confidence_interval()
    assert found["estimate"] == pytest.approx((one - other).mean())
    assert found["low"] == pytest.approx(known.low)
    assert found["high"] == pytest.approx(known.high)


def test_what_differs_in_no_stratum_is_seldom_found_and_intervals_cover() -> None:
    random = np.random.default_rng(6)
    strata = np.repeat(np.arange(20), 4)
    own = np.tile([True, False, False, False], 20)
    values = np.clip(
        random.beta(0.4, 0.6, (20, 400))[strata] * 0.7 + 0.3 * random.random((80, 400)), 0, 1
    )
    found = compare_means(values, own, strata)
    assert 0.03 < (found["p"] < 0.05).mean() < 0.07
    assert ((found["low"] <= 0) & (found["high"] >= 0)).mean() == (found["p"] >= 0.05).mean()
