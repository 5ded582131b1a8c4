"""Shares of a whole: by hand, against every deal of the articles, and over many simulations."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats

from analysis import Counts, DataError
from analysis.compare.shares import Side, compare_shares, difference, share_interval


def counts_of(parts: list[list[int]], outlets: str, events: str = "") -> Counts:
    matrix = sparse.csr_matrix(np.array(parts))
    frame = pd.DataFrame({"article_id": range(len(parts)), "outlet": list(outlets)})
    if events:
        frame["event_id"] = list(events)
    names = np.array(["Kiev", "Kyiv"], dtype=object)
    return Counts(matrix, frame, names, np.array(parts).sum(axis=1))


def row_of(table: pd.DataFrame, outlet: str, term: str) -> pd.Series:
    return table.set_index(["outlet", "term"]).loc[(outlet, term)]


def test_shares_counted_by_hand():
    table = compare_shares(
        counts_of([[0, 2], [1, 3], [4, 0], [0, 0], [3, 1]], "AABBB"), by="outlet"
    )
    row = row_of(table, "A", "Kyiv")
    assert (row["count"], row["total"], row["count_rest"], row["total_rest"]) == (5, 6, 1, 8)
    assert row["share"] == pytest.approx(5 / 6)
    assert row["share_rest"] == pytest.approx(1 / 8)
    assert row["estimate"] == pytest.approx(5 / 6 - 1 / 8)
    # The article without any use of the thing takes no part.
    assert (row["n_articles"], row["articles"], row["articles_rest"]) == (2, 2, 2)


def test_p_is_that_of_every_deal_of_the_articles():
    parts = [[0, 2], [1, 3], [0, 1], [4, 0], [2, 1], [3, 1], [2, 0]]
    table = compare_shares(counts_of(parts, "AAABBBB"), by="outlet")
    y, n = np.array(parts)[:, 1], np.array(parts).sum(axis=1)
    e = y - y.sum() / n.sum() * n
    observed = abs(e[:3].sum())
    deals = [abs(e[list(chosen)].sum()) for chosen in combinations(range(7), 3)]
    expected = np.mean([deal >= observed - 1e-9 for deal in deals])
    assert row_of(table, "A", "Kyiv")["p"] == pytest.approx(expected)
    assert row_of(table, "A", "Kiev")["p"] == pytest.approx(expected)


def test_inside_events_the_difference_is_that_of_mantel_and_haenszel():
    parts = [[1, 3], [2, 2], [0, 2], [3, 1], [4, 0], [1, 1]]
    table = compare_shares(counts_of(parts, "AABABB", "112222"), by="outlet", within="event_id")
    row = row_of(table, "A", "Kyiv")
    # Event 1 holds A only, so that nothing there can be compared; event 2 has one article of A.
    assert (row["total"], row["total_rest"]) == (4, 8)
    weights = 4 * 8 / 12
    over = 1 * 8 / 12 - 3 * 4 / 12
    assert row["estimate"] == pytest.approx(over / weights)


def test_where_no_event_has_two_groups_there_are_no_rows():
    table = compare_shares(counts_of([[1, 0], [0, 1]], "AB", "12"), by="outlet", within="event_id")
    assert table.empty
    assert "share_low" in table


def test_a_group_alone_has_a_share_and_no_estimate():
    table = compare_shares(counts_of([[1, 0], [0, 1], [1, 1]], "AAA"), by="outlet")
    row = row_of(table, "A", "Kiev")
    assert row["share"] == 0.5
    assert np.isnan(row["estimate"])
    assert (row["p"], row["low"], row["high"]) == (1, -1, 1)


def test_an_unknown_column_is_refused():
    with pytest.raises(DataError, match="within='event' is not a column"):
        compare_shares(counts_of([[1, 0], [0, 1]], "AB"), by="outlet", within="event")


def test_a_single_article_bounds_nothing():
    side = Side(np.array([[2.0]]), np.array([3.0]), np.ones(1))
    share, low, high = share_interval(side)
    assert (share[0], low[0], high[0]) == (pytest.approx(2 / 3), 0, 1)


def test_where_all_uses_agree_an_article_counts_as_one_use():
    side = Side(np.array([[0.0], [0.0], [0.0]]), np.array([50.0, 60.0, 70.0]), np.ones(3))
    _, low, high = share_interval(side)
    assert low[0] == 0
    assert high[0] == pytest.approx(stats.binomtest(0, 3).proportion_ci().high)


def test_one_use_an_article_gives_nearly_the_exact_binomial_interval():
    parts = np.array([[1.0]] * 30 + [[0.0]] * 70)
    _, low, high = share_interval(Side(parts, np.ones(100), np.ones(100)))
    exact = stats.binomtest(30, 100).proportion_ci()
    assert (low[0], high[0]) == pytest.approx((exact.low, exact.high), abs=0.005)


def test_the_difference_is_newcombes_for_two_binomial_shares():
    # Newcombe 1998, Statistics in Medicine 17, table II, 56/70 against 48/80, method 10.
    wilson = [stats.binomtest(k, n).proportion_ci(method="wilson") for k, n in ((56, 70), (48, 80))]
    bounds = [(np.array([one.low]), np.array([one.high])) for one in wilson]
    found = difference(np.array([0.8]), bounds[0], np.array([0.6]), bounds[1])
    assert [value[0] for value in found] == pytest.approx([0.2, 0.0524, 0.3339], abs=1e-4)


@pytest.mark.parametrize("burst", [0.3, 3.0])
def test_intervals_cover_the_share_they_come_from(burst):
    """Uses come in bursts: an article prefers one name, so that its uses are not independent."""
    random, covered, runs = np.random.default_rng(1), 0, 400
    for _ in range(runs):
        totals = random.integers(1, 8, 25).astype(float)
        chance = random.beta(0.3 * burst, 0.7 * burst, 25)
        parts = random.binomial(totals.astype(int), chance).astype(float)[:, None]
        _, low, high = share_interval(Side(parts, totals, np.ones(25)))
        covered += low[0] <= 0.3 <= high[0]
    assert covered / runs >= 0.93


def test_an_outlet_compared_with_itself_is_seldom_told_from_itself():
    random, p = np.random.default_rng(2), []
    for _ in range(150):
        totals = random.integers(1, 6, 24)
        kyiv = random.binomial(totals, random.beta(0.5, 0.5, 24))
        table = compare_shares(
            counts_of(np.column_stack([totals - kyiv, kyiv]).tolist(), "AB" * 12), by="outlet"
        )
        p.append(row_of(table, "A", "Kyiv")["p"])
    assert np.mean(np.array(p) < 0.05) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 150)


def test_two_names_for_one_thing_differ_alike():
    # One article of fourteen has the rarer name: 5 of 14 deals put it on the others' side.
    matrix = np.array([[1, 0]] * 9 + [[1, 0]] * 4 + [[0, 1]])
    matrix[2, 0], matrix[4, 0], matrix[12, 0] = 2, 3, 2
    articles = pd.DataFrame({"article_id": range(14), "outlet": ["a"] * 9 + ["b"] * 5})
    counts = Counts(
        sparse.csr_matrix(matrix), articles, np.array(["Kyiv", "Kiev"]), matrix.sum(axis=1)
    )
    table = compare_shares(counts, by="outlet").set_index(["outlet", "term"])
    for outlet in ("a", "b"):
        assert table["p"][outlet, "Kyiv"] == pytest.approx(table["p"][outlet, "Kiev"])
        assert table["p"][outlet, "Kyiv"] > 0.1
        assert table["estimate"][outlet, "Kyiv"] == pytest.approx(
            -table["estimate"][outlet, "Kiev"]
        )
