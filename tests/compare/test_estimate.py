"""Log-odds, Fieller's interval and q, each against plain arithmetic or scipy."""

import numpy as np
import pytest
from scipy import sparse, stats

from analysis.compare import moments
from analysis.compare.discovery import Unlisted, adjust, adjust_adaptive, adjust_discrete
from analysis.compare.estimate import (
    PRIOR_WORDS,
    Z_OF_LEVEL,
    _fieller,
    contrast,
    interval,
    log_odds,
    log_ways,
)
from analysis.compare.moments import FIELDS, Moments
from analysis.text.counts import Counts

USES = np.array([[3, 0, 1], [0, 0, 2], [1, 5, 0], [2, 0, 0], [0, 1, 1], [0, 0, 1], [1, 0, 4]])
WORDS = np.array([100, 80, 120, 90, 60, 150, 110])
SIDES = np.array([0, 0, 0, 1, 1, 1, 1])


def counts_of(uses, words):
    terms = np.array([f"t{number}" for number in range(uses.shape[1])])
    return Counts(sparse.csr_matrix(uses), None, terms, words)


def sides_of(uses, words, sides=SIDES):
    both = Moments.of(counts_of(uses, words), sides, 2)
    return contrast(both[:1], both[1:])


def test_moments_of_parts_add_up_to_those_of_the_whole():
    counts = counts_of(USES, WORDS)
    whole = Moments.of(counts, SIDES, 2)
    parts = Moments.of(counts_of(USES[:4], WORDS[:4]), SIDES[:4], 2) + Moments.of(
        counts_of(USES[4:], WORDS[4:]), SIDES[4:], 2
    )
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))


@pytest.mark.parametrize("at_once", [1, 3, 4])
def test_moments_are_the_same_however_many_entries_are_summed_at_once(monkeypatch, at_once):
    whole = Moments.of(counts_of(USES, WORDS), SIDES, 2)
    monkeypatch.setattr(moments, "ENTRIES_AT_ONCE", at_once)
    parts = Moments.of(counts_of(USES, WORDS), SIDES, 2)
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))


def test_moments_of_many_cells_are_the_same_in_sparse_tables(monkeypatch):
    counts = counts_of(USES, WORDS)
    plain = Moments.of(counts, SIDES * 2, 5)
    monkeypatch.setattr(moments, "FEW_CELLS", 0)
    many = Moments.of(counts, SIDES * 2, 5)
    assert sparse.issparse(many.uses)
    assert not sparse.issparse(plain.uses)
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(plain, name), getattr(many.dense(), name))


def test_moments_leave_out_articles_without_a_cell():
    some = Moments.of(counts_of(USES, WORDS), np.where(SIDES == 0, 0, -1), 1)
    assert some.articles.tolist() == [3]
    assert some.uses.tolist() == [[4, 5, 3]]
    assert some.products.tolist() == [[420, 600, 260]]


def test_statistic_is_the_sum_of_the_residuals_and_z_has_the_permutation_variance():
    residuals = USES - USES.sum(axis=0) / WORDS.sum() * WORDS[:, None]
    sides = sides_of(USES, WORDS)
    np.testing.assert_allclose(sides.difference, residuals[SIDES == 0].sum(axis=0))
    squares = (residuals**2).sum(axis=0)
    words = 300 / 710
    of_own = np.minimum(USES.sum(axis=0) / squares, 1)
    of_own = of_own * words + (1 - of_own) * (WORDS[:3] ** 2).sum() / (WORDS**2).sum()
    at_equal_rates = squares * ((1 - words) ** 2 * of_own + words**2 * (1 - of_own))
    variance = np.maximum(3 * 4 / (7 * 6) * squares, at_equal_rates)
    np.testing.assert_allclose(sides.variance, variance)
    np.testing.assert_allclose(sides.z, sides.difference / np.sqrt(variance))


def test_z_is_0_where_no_permutation_changes_anything():
    uses = np.array([[2], [4], [3]])
    assert sides_of(uses, 10 * uses.ravel(), np.array([0, 1, 1])).z.tolist() == [0]


def test_estimate_is_that_of_monroe_and_others():
    estimate = log_odds(sides_of(USES, WORDS))
    for term in range(3):
        prior = PRIOR_WORDS * USES[:, term].sum() / WORDS.sum()
        odds = []
        for side in (0, 1):
            uses, words = USES[side == SIDES, term].sum(), WORDS[side == SIDES].sum()
            odds.append((uses + prior) / (words + PRIOR_WORDS - uses - prior))
        assert estimate[term] == pytest.approx(np.log(odds[0] / odds[1]), abs=1e-12)


def test_estimate_within_strata_is_that_of_mantel_and_haenszel():
    strata = np.array([0, 1, 1, 0, 0, 1, 1])
    cells = Moments.of(counts_of(USES, WORDS), SIDES * 2 + strata, 4)
    estimate = log_odds(contrast(cells[:2], cells[2:]))
    for term in range(3):
        share = USES[:, term].sum() / WORDS.sum()
        over = under = PRIOR_WORDS * share / 2
        for stratum in (0, 1):
            own, other = ((side == SIDES) & (strata == stratum) for side in (0, 1))
            n_own, n_other = WORDS[own].sum(), WORDS[other].sum()
            over += USES[own, term].sum() * n_other / (n_own + n_other)
            under += USES[other, term].sum() * n_own / (n_own + n_other)
        # As log-odds: the two rates that have this ratio and the pooled share.
        words = [WORDS[side == SIDES].sum() for side in (0, 1)]
        rate = share * sum(words) / (words[0] * over / under + words[1])
        expected = stats.logistic.ppf(rate * over / under) - stats.logistic.ppf(rate)
        assert estimate[term] == pytest.approx(expected, abs=1e-12)


def test_bounds_of_fieller_are_where_the_test_just_rejects():
    random = np.random.default_rng(0)
    words = random.integers(100, 900, 40)
    uses = random.poisson(words[:, None] * random.choice([0.001, 0.004, 0.02], 30))
    sides = np.arange(40) % 2
    compared = sides_of(uses, words, sides)
    low, high = _fieller(compared)
    residuals = uses - uses.sum(axis=0) / words.sum() * words[:, None]
    enlarged = compared.variance / (20 * 20 / (40 * 39) * (residuals**2).sum(axis=0))
    finite = np.isfinite(low) & np.isfinite(high)
    assert finite.sum() > 20
    for bounds in (low, high):
        for term in np.flatnonzero(finite):
            scaled = np.where(sides == 0, uses[:, term] * np.exp(-bounds[term]), uses[:, term])
            residuals = scaled - scaled.sum() / words.sum() * words
            variance = 20 * 20 / (40 * 39) * (residuals**2).sum() * enlarged[term]
            z = residuals[sides == 0].sum() / np.sqrt(variance)
            assert abs(z) == pytest.approx(Z_OF_LEVEL, rel=1e-6)


def test_a_side_without_the_term_has_one_infinite_bound():
    uses = np.array([[0], [0], [0], [0], [2], [1], [1], [3]])
    sides = sides_of(uses, np.full(8, 100), np.repeat([0, 1], 4))
    low, high = interval(sides, log_odds(sides), np.array([2 / 70]))
    assert low[0] == -np.inf
    # Chance leaves the first side without the term in 1 of 70 deals.
    ratio = np.log(0.025) / np.log(1 / 70)
    rate = 7 / 800 * 800 / (400 * ratio + 400)
    expected = stats.logistic.ppf(rate * ratio) - stats.logistic.ppf(rate)
    assert high[0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("p", "holds_zero"), [(0.2, True), (0.01, False)])
def test_p_decides_whether_the_interval_holds_0(p, holds_zero):
    sides = sides_of(USES, WORDS)
    low, high = interval(sides, log_odds(sides), np.full(3, p))
    assert ((low <= 0) & (high >= 0)).tolist() == [holds_zero] * 3


def test_ways():
    n, k = np.array([5.0, 4, 3, 3]), np.array([2.0, 4, 4, -1])
    assert np.exp(log_ways(n, k)).round(12).tolist() == [10, 1, 0, 0]


def test_q_is_that_of_benjamini_and_hochberg():
    p = np.random.default_rng(1).random(200) ** 3
    np.testing.assert_allclose(adjust(p), stats.false_discovery_control(p), rtol=1e-12)
    assert adjust(np.zeros(0)).tolist() == []


def test_a_term_counts_only_where_its_p_can_be():
    p = np.array([0.001, 0.02, 0.03, 0.04, 0.01])
    least = np.array([0.0001, 0.001, 0.04, 0.03, 0.004])
    # Three can have p up to .01; at .001 the second has just its first step, of .002. At .03 the
    # fourth has its first step, of .06, and at .04 the third one of .08.
    expected = np.array([0.001 + 0.002, 0.03, 0.06, 0.09 + 0.06, 0.12 + 0.06 + 0.08])
    steps = expected / np.arange(1, 6)
    q = adjust_discrete(p, least)[[0, 4, 1, 2, 3]]
    assert q == pytest.approx(
        np.minimum.accumulate(steps[::-1])[::-1].clip([0.001, 0.01, 0.02, 0.03, 0.04])
    )
    np.testing.assert_allclose(adjust_discrete(p, np.zeros(5)), adjust(p))
    assert adjust_discrete(np.zeros(0), np.zeros(0)).tolist() == []


def test_discrete_p_lead_to_few_discoveries_by_chance():
    # 300 binomial tests of 5 to 40 coins at a time: the share of runs with any false discovery.
    random = np.random.default_rng(5)
    n = random.integers(5, 41, 300)
    least = 0.5**n
    heads = random.binomial(n, 0.5, (400, 300))
    extreme = np.maximum(heads, n - heads)
    p = stats.binom.sf(extreme, n, 0.5) + stats.binom.sf(extreme - 1, n, 0.5)
    p = np.minimum(p, 1)  # twice the mid-p of the smaller tail
    found = [(adjust_discrete(of_run, least) <= 0.05).any() for of_run in p]
    assert np.mean(found) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 400)


def test_q_counts_only_comparisons_in_which_nothing_may_differ():
    p = np.array([0.001, 0.002, 0.6, 0.3, 0.9, 0.2, 0.04, 0.1])
    least = np.array([0, 0, 0, 0, 0, 0, 0, 0.05])
    plain = adjust_discrete(p, least)
    assert (plain <= 0.05).tolist() == [True, True, *[False] * 6]
    # Of the seven that could have p = .002 two are above a half: 2 (1 + 2) / 7 of them are true.
    np.testing.assert_allclose(adjust_adaptive(p, least), np.maximum(plain * 6 / 7, p))


def test_q_without_any_discovery_is_the_plain_one():
    p, least = np.linspace(0.03, 0.4, 20), np.zeros(20)
    np.testing.assert_array_equal(adjust_adaptive(p, least), adjust_discrete(p, least))


def test_rate_of_false_discoveries_where_a_third_is_true():
    random = np.random.default_rng(3)
    z = random.normal(size=(300, 400)) + np.where(np.arange(400) < 130, 3, 0)
    p = 2 * stats.norm.sf(np.abs(z))
    found = np.array([adjust_adaptive(of_run, np.zeros(400)) <= 0.05 for of_run in p])
    assert np.mean(found[:, 130:].sum(axis=1) / found.sum(axis=1)) == pytest.approx(0.05, abs=0.006)


@pytest.mark.parametrize("adjusting", [adjust_discrete, adjust_adaptive])
def test_comparisons_without_a_row_count_in_q(adjusting):
    random = np.random.default_rng(9)
    p = np.concatenate([random.random(40) * 1e-3, random.random(2000)])
    least = np.where(random.random(len(p)) < 0.5, 0.2, random.choice([0, 1e-4, 0.01], len(p)))
    least = np.minimum(least, p)
    unlisted, rest = Unlisted(), (p > 0.05) & (random.random(len(p)) < 0.8)
    for part in np.array_split(np.flatnonzero(rest), 7):
        unlisted.add(p[part], least[part])
    found, whole = adjusting(p[~rest], least[~rest], unlisted), adjusting(p, least)[~rest]
    assert (whole <= 0.05).sum() > 10
    np.testing.assert_allclose(found[whole <= 0.05], whole[whole <= 0.05], rtol=1e-9)
    assert ((found >= whole * (1 - 1e-9)) & (found <= whole * 1.02)).all()
    without = adjusting(p[~rest], least[~rest])
    assert np.abs(without - whole).max() > 0.05
