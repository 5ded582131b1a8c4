"""The chance of leaving something out."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.compare.coverage_chance import (
    EXPECTED,
    Cells,
    _reckon,
    _slopes,
    chances,
    fit_chances,
)

# a = b = 1, slopes of 1 for shares, no lengths, no mentions, second articles count half, none apart
THETA = np.array([0.0, 0.0, 1.0, 0.0, 0.0, 0.0, -50.0, 0.0])


def cells(row, n_with, n_others, *, nth=None, length=0.0):
    n = len(row)
    return Cells(
        row=np.array(row),
        nth=np.array(nth or [0] * n),
        n_with=np.array(n_with),
        n_others=np.array(n_others),
        length=np.full(n, length),
        mentions=np.zeros(n),
        kind=np.zeros(n, dtype=int),
    )


def test_the_chance_is_that_of_a_beta_binomial():
    # three of four have it: (3 + 1) / (4 + 2) will, a third will not
    assert chances(THETA, cells([0], [3], [4])) == pytest.approx([1 / 3])


def test_the_chance_falls_with_the_articles_that_have_it():
    found = chances(THETA, cells([0, 1, 2, 3], [2, 3, 4, 5], [5, 5, 5, 5]))
    assert (np.diff(found) < 0).all()


def test_a_second_article_counts_in_part_and_after_the_first():
    # the first among four others, the second among five: (1/3) * sqrt(1 - 4/7)
    found = chances(THETA, cells([0, 0], [3, 3], [4, 4], nth=[0, 1]))
    assert found == pytest.approx([1 / 3 * np.sqrt(3 / 7)])


def test_with_a_slope_of_one_items_come_at_a_rate_a_word():
    theta = THETA.copy()
    theta[3] = 1.0
    # twice as many words: the chance of nothing is squared
    found = chances(theta, cells([0], [3], [4], length=np.log(2)))
    assert found == pytest.approx([1 / 9])


def test_an_outlet_that_tells_another_story_leaves_all_out():
    theta = THETA.copy()
    theta[6] = 0.0
    assert chances(theta, cells([0], [3], [4])) == pytest.approx([0.5 + 0.5 / 3])


def simulate(n, seed):
    """Draw items with beta-distributed rates, and whether a further article lacks each."""
    random = np.random.default_rng(seed)
    rate = random.beta(1.5, 2.5, size=4 * n)
    others = random.integers(3, 8, size=4 * n)
    n_with = random.binomial(others, rate)
    missing = random.random(4 * n) > rate
    kept = np.flatnonzero(n_with >= 2)[:n]
    return cells(np.arange(n), n_with[kept], others[kept]), missing[kept]


def test_fitted_chances_come_true_as_often_as_they_say():
    given, missing = simulate(4000, seed=1)
    theta = fit_chances(given, missing, n_kinds=1)
    later, happened = simulate(4000, seed=2)
    chance = chances(theta, later)
    for low, high in ((0, 0.25), (0.25, 0.4), (0.4, 0.6), (0.6, 1)):
        inside = (chance > low) & (chance <= high)
        if inside.sum() > 100:
            spread = np.sqrt((chance[inside] * (1 - chance[inside])).sum())
            assert abs(happened[inside].sum() - chance[inside].sum()) < 4 * spread


def test_the_beta_distribution_is_found():
    given, missing = simulate(4000, seed=1)
    theta = fit_chances(given, missing, n_kinds=1)
    k, m = np.array([2, 4, 6]), np.array([6, 6, 6])
    expected = 1 - (k + 1.5) / (m + 4)
    assert chances(theta, cells([0, 1, 2], k, m)) == pytest.approx(expected, abs=0.04)


def test_without_data_the_expected_coefficients_stay():
    nothing = cells([], [], [])
    theta = fit_chances(nothing, np.zeros(0, dtype=bool), n_kinds=2)
    assert theta.tolist() == [mean for mean, _ in EXPECTED.values()] + [0.0, 0.0]


def test_a_sample_of_many_rows_is_the_same_every_time():
    given, missing = simulate(3000, seed=3)
    some = given.take_rows(np.arange(500))
    assert len(some.row) == 500
    assert np.array_equal(
        fit_chances(some, missing[:500], n_kinds=1), fit_chances(some, missing[:500], n_kinds=1)
    )


def with_kinds_and_lengths(n, seed):
    """Draw rows of one or two articles, of two kinds of items and of different lengths."""
    given, missing = simulate(n, seed)
    random = np.random.default_rng(seed)
    row = np.sort(np.concatenate([np.arange(n), np.flatnonzero(random.random(n) < 0.3)]))
    nth = np.append(0, np.diff(row) == 0).astype(np.int64)
    return replace(
        given.take_rows(np.arange(n)), row=row, nth=nth, n_with=given.n_with[row],
        n_others=given.n_others[row], length=random.normal(0, 0.5, len(row)),
        mentions=random.exponential(0.5, len(row)), kind=random.integers(0, 2, n)[row],
    ), missing  # fmt: skip


def test_slopes_are_those_of_the_chances():
    given, _ = with_kinds_and_lengths(300, seed=4)
    theta = np.array([*(mean for mean, _ in EXPECTED.values()), 0.2, -0.3])
    slopes = _slopes(theta, given, _reckon(theta, given))
    steps = 1e-6 * np.eye(len(theta))
    numeric = [(chances(theta + h, given) - chances(theta - h, given)) / 2e-6 for h in steps]
    assert np.abs(slopes).max(axis=0).min() > 0.01
    np.testing.assert_allclose(slopes, np.stack(numeric, axis=1), atol=1e-8)


def test_a_machine_that_rounds_in_another_way_gives_the_same():
    given, missing = with_kinds_and_lengths(2000, seed=5)
    rounded = replace(given, length=given.length * (1 + 1e-15))
    one, other = (fit_chances(cells, missing, n_kinds=2) for cells in (given, rounded))
    np.testing.assert_allclose(one, other, atol=1e-11)
