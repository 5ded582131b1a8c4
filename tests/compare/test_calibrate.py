"""The A/A check: a corpus without differences, and tests that find some all the same."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats

from analysis.compare.calibrate import calibrate, p_of_g2, p_of_log_odds
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts


def bursty(n_articles, n_terms, seed):
    random = np.random.default_rng(seed)
    return random.poisson(random.gamma(0.2, 3, (n_articles, n_terms)))


@pytest.fixture
def counts():
    uses = np.vstack([bursty(60, 150, 0), bursty(6, 150, 1), np.zeros((12, 150), dtype=int)])
    articles = pd.DataFrame({"outlet": np.repeat(["Gazette", "Herald", "Mirror"], [60, 6, 12])})
    terms = np.array([f"t{number}" for number in range(150)])
    return Counts(sparse.csr_matrix(uses), articles, terms, uses.sum(axis=1) + 200)


def test_the_comparison_holds_its_rate_where_the_others_do_not(counts):
    row = calibrate(counts, runs=20).set_index("outlet").loc["Gazette"]
    assert row[["articles", "runs", "note"]].tolist() == [60, 20, ""]
    assert 0.03 < row["share_p05"] < 0.07
    assert row["share_p01"] < 0.02
    assert row["runs_with_any"] <= 0.15
    assert row["discoveries_g2"] > 20
    assert row["discoveries_log_odds"] > 10


def test_groups_that_cannot_be_halved_say_why(counts):
    table = calibrate(counts, runs=2).set_index("outlet")
    assert table.loc["Herald", "note"] == "fewer than 10 articles"
    assert table.loc["Mirror", "note"] == "no term in 5 articles"
    assert table.loc[["Herald", "Mirror"], "share_p05":"discoveries_log_odds"].isna().all(axis=None)


def test_the_seed_decides(counts):
    one, two = calibrate(counts, runs=3, seed=4), calibrate(counts, runs=3, seed=4)
    assert one.to_csv() == two.to_csv()
    assert not one.equals(calibrate(counts, runs=3, seed=5))


def test_a_single_group_can_be_checked(counts):
    gazette = counts.take_articles(np.arange(60))
    assert calibrate(gazette, runs=2)["outlet"].tolist() == ["Gazette"]
    with pytest.raises(DataError, match="by='paper' is not a column"):
        calibrate(gazette, by="paper")


def test_p_of_the_log_likelihood_ratio():
    table = stats.chi2_contingency([[30, 12], [970, 988]], correction=False, lambda_=0)
    rates = stats.power_divergence([30, 12], [21, 21], ddof=0, lambda_=0)
    found = p_of_g2(np.array([30.0]), np.array([12.0]), 1000, 1000)[0]
    assert found == pytest.approx(rates.pvalue, rel=1e-9)
    assert found == pytest.approx(table.pvalue, rel=0.1)


def test_p_of_the_log_odds():
    found = p_of_log_odds(np.array([30.0]), np.array([12.0]), 1000, 1000)[0]
    prior = 10 * 42 / 2000
    one, other = 30 + prior, 12 + prior
    odds = np.log(one / (1010 - one)) - np.log(other / (1010 - other))
    assert found == pytest.approx(2 * stats.norm.sf(odds / np.sqrt(1 / one + 1 / other)), rel=1e-9)
