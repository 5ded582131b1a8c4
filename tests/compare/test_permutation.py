"""The computed p against every deal of the articles, and against scipy's drawn ones."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy import sparse, stats

from analysis.compare.dealt import Articles
from analysis.compare.permutation import NORMAL_BELOW, permutation_p
from analysis.compare.residuals import subsets


def p_of(uses, words, own, strata=None):
    """P of each term for the sides in the mask `own`; also U and z."""
    strata = np.zeros(len(words), dtype=np.int64) if strata is None else strata
    articles = Articles(sparse.csc_matrix(uses), words.astype(float), strata)
    residuals = residuals_of(uses, words, strata)
    u = residuals[own].sum(axis=0)
    variance = np.zeros(uses.shape[1])
    drawn = np.bincount(strata, own)
    for stratum, k in enumerate(drawn):
        m = (strata == stratum).sum()
        variance += k * (m - k) / (m * (m - 1)) * (residuals[strata == stratum] ** 2).sum(axis=0)
    z = u / np.sqrt(np.maximum(variance, 1e-300))
    own_words = np.bincount(strata, own * words)
    p = permutation_p(
        articles, drawn[None], own_words[None], u[None], z[None], np.ones((1, len(u)))
    )
    return p[0], u, z


def residuals_of(uses, words, strata):
    share = np.zeros_like(uses, dtype=float)
    for stratum in np.unique(strata):
        inside = strata == stratum
        share[inside] = uses[inside].sum(axis=0) / words[inside].sum()
    return uses - share * words[:, None]


def every_deal(residuals, own, strata):
    """Sums of side A in all deals that keep its size in each stratum."""
    ways = []
    for stratum in np.unique(strata):
        rows = np.flatnonzero(strata == stratum)
        ways.append([list(way) for way in combinations(rows, int(own[rows].sum()))])
    return np.array([residuals[np.concatenate(deal).astype(int)].sum() for deal in product(*ways)])


@pytest.mark.parametrize(("m", "k"), [(2, 1), (5, 1), (8, 4), (9, 3), (12, 6)])
def test_every_deal_of_a_dozen_articles(m, k):
    random = np.random.default_rng(m)
    words, own, strata = random.integers(200, 900, m), np.arange(m) < k, np.zeros(m, dtype=int)
    uses = random.poisson(random.choice([0.3, 0.8, 3], (m, 40)))
    p, u, _ = p_of(uses[:, uses.any(axis=0)], words, own)
    residuals = residuals_of(uses[:, uses.any(axis=0)], words, strata)
    for term, value in enumerate(p):
        sums = every_deal(residuals[:, term], own, strata)
        assert value == pytest.approx(np.mean(np.abs(sums) >= abs(u[term]) - 1e-9), abs=1e-12)


@pytest.mark.parametrize(("m", "k"), [(13, 6), (14, 4), (16, 3)])
@pytest.mark.parametrize("longer", [1, 3])
def test_few_articles_hold_the_term(m, k, longer):
    random = np.random.default_rng(m)
    uses = random.poisson(random.choice([0.3, 0.8], (m, 60)))
    uses[:, (uses > 0).sum(axis=0) > 8] = 0
    uses = uses[:, uses.any(axis=0)]
    own = np.arange(m) < k
    words = np.where(own, 300, 300 * longer)
    p, _, z = p_of(uses, words, own)
    far = np.flatnonzero(np.abs(z) > NORMAL_BELOW)
    assert len(far) > 10
    for term in far:
        y = uses[:, term]
        deals = np.array([np.isin(range(m), deal) for deal in combinations(range(m), k)])
        # Bursts at one rate a word: the longer an article, the likelier that it holds the term.
        held = (y > 0).sum()
        lacking = (1 - held / m) ** (words * m / words.sum())
        with_term = ((1 - lacking[own]).sum()) / (1 - lacking).sum()
        without = (k - held * with_term) / (m - held)
        odds = with_term / (1 - with_term) * (1 - without) / without
        weight = odds ** (deals @ np.sign(y))
        weight /= weight.sum()
        sums = deals @ y
        distance = np.abs(sums - weight @ sums) - abs(y[own].sum() - weight @ sums)
        beyond = weight @ (distance > 1e-9) + weight @ (np.abs(distance) <= 1e-9) / 2
        assert p[term] == pytest.approx(beyond, abs=1e-12)


# Where a small side draws from a few bursts the sums have gaps, and the smooth tail is less near.
@pytest.mark.parametrize(("m", "k", "near"), [(60, 30, 0.06), (90, 12, 0.3)])
def test_many_articles_hold_the_term(m, k, near):
    random = np.random.default_rng(k)
    words, own = random.integers(150, 900, m), np.arange(m) < k
    rates = np.array([0.001, 0.002, 0.005, 0.02, 0.05])
    uses = random.poisson(words[:, None] * rates * random.gamma(0.7, 1 / 0.7, (m, 5)))
    shift = np.where(own, random.choice([1, 3], (5, 1)), 1).T
    uses = random.poisson(uses * shift)
    assert ((uses > 0).sum(axis=0) > 8).all()
    p, u, _ = p_of(uses, words, own)
    residuals = residuals_of(uses, words, np.zeros(m, dtype=int))
    for term in range(5):
        e = residuals[:, term]
        drawn = stats.permutation_test(
            (e[own], e[~own]),
            lambda one, other, axis: np.abs(one.sum(axis=axis)),
            permutation_type="independent",
            vectorized=True,
            n_resamples=20_000,
            alternative="greater",
            rng=np.random.default_rng(term),
        )
        assert drawn.statistic == pytest.approx(abs(u[term]))
        error = np.sqrt(drawn.pvalue * (1 - drawn.pvalue) / 20_000)
        assert abs(p[term] - drawn.pvalue) < 4 * error + near * drawn.pvalue


@pytest.mark.parametrize("sizes", [[2] * 9, [3] * 7, [4, 3, 2, 5, 2, 3]])
def test_deals_inside_small_strata(sizes):
    random = np.random.default_rng(len(sizes))
    strata = np.repeat(np.arange(len(sizes)), sizes)
    own = np.concatenate([np.arange(size) < max(1, size // 2) for size in sizes])
    words = random.integers(200, 900, len(strata))
    uses = random.poisson(words[:, None] * random.choice([0.002, 0.01], 60))
    uses[:, :5] = np.where(own[:, None], 2, 0)
    uses = uses[:, uses.any(axis=0)]
    p, u, z = p_of(uses, words, own, strata)
    residuals = residuals_of(uses, words, strata)
    gaps = []
    for term in np.flatnonzero(np.abs(z) > NORMAL_BELOW):
        sums = every_deal(residuals[:, term], own, strata)
        exact = np.mean(np.abs(sums) >= abs(u[term]) - 1e-9)
        more = np.mean(np.abs(sums) > abs(u[term]) + 1e-9)
        if term < 5:  # the end of the distribution is counted
            assert p[term] == pytest.approx(exact, rel=1e-9)
        else:  # inside, a smooth tail passes between the steps of the exact one
            assert 0.6 * more - 0.003 < p[term] < 1.5 * exact + 0.003
            gaps.append(np.log(p[term] / ((exact + more) / 2)))
    assert abs(np.mean(gaps)) < 0.1


def test_large_and_small_strata_together():
    random = np.random.default_rng(8)
    strata = np.repeat([0, 1, 2, 3], [40, 30, 3, 2])
    own = np.arange(75) % 2 == 0
    words = random.integers(200, 900, 75)
    uses = random.poisson(words[:, None] * 0.01 * random.gamma(1, 1, (75, 40)))
    p, u, z = p_of(uses, words, own, strata)
    residuals = residuals_of(uses, words, strata)
    sums = np.zeros((20_000, 40))
    for stratum in range(4):
        rows = np.flatnonzero(strata == stratum)
        order = np.argsort(random.random((20_000, len(rows))), axis=1)
        chosen = rows[order[:, : own[rows].sum()]]
        sums += residuals[chosen].sum(axis=1)
    drawn = np.mean(np.abs(sums) >= np.abs(u), axis=0)
    far = np.abs(z) > NORMAL_BELOW
    error = np.sqrt(drawn * (1 - drawn) / 20_000)
    assert (np.abs(p - drawn)[far] < 4 * error[far] + 0.06 * drawn[far]).all()


def test_small_z_has_the_normal_p():
    random = np.random.default_rng(4)
    uses, words = random.poisson(2, (50, 30)), random.integers(200, 900, 50)
    p, _, z = p_of(uses, words, np.arange(50) < 25)
    near = np.abs(z) <= NORMAL_BELOW
    np.testing.assert_allclose(p[near], 2 * stats.norm.sf(np.abs(z[near])))


def test_subsets():
    assert subsets(3, 2).tolist() == [[1, 1, 0], [1, 0, 1], [0, 1, 1]]


def test_the_highest_draw_of_a_small_side_is_counted():
    # Three articles have the most uses of all, and no draw of three can have more.
    uses = np.ones((30, 1), dtype=int)
    uses[:3] = [[9], [8], [7]]
    p, _, _ = p_of(uses, np.full(30, 400), np.arange(30) < 3)
    assert p[0] == pytest.approx(1 / 4060, rel=1e-6)


def test_residuals_that_differ_only_in_length_keep_the_normal_p():
    random = np.random.default_rng(6)
    words = np.where(random.random(400) < 0.9, 500, random.integers(501, 520, 400))
    p, _, z = p_of(np.ones((400, 1), dtype=int), words, np.argsort(words, kind="stable") < 200)
    assert p[0] == pytest.approx(2 * stats.norm.sf(abs(z[0])), rel=0.2)
