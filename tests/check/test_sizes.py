"""What a comparison can know at its size, against the hypergeometric distribution."""

import pytest
from scipy import stats

from analysis.check.sizes import check_sizes, least_holders


@pytest.mark.parametrize(("own", "rest"), [(1, 5), (3, 3), (5, 30), (11, 55), (40, 12)])
@pytest.mark.parametrize("p", [0.05, 0.00005])
def test_the_fewest_holders_are_those_of_fishers_exact_test(own, rest, p):
    chances = [
        stats.hypergeom(own + rest, holders, own).sf(holders - 1) for holders in range(1, own + 1)
    ]
    expected = next((n for n, chance in enumerate(chances, start=1) if chance < p), None)
    assert least_holders(own, rest, p) == expected


def test_one_article_an_outlet_blocks_everything(measure):
    (found,) = check_sizes(measure({"A": 1, "B": 1, "C": 1}))
    assert found.level == "blocks"
    assert found.outlet == ""
    assert found.affects == "all comparisons"
    assert found.what.startswith("There is one article an outlet (3 outlets)")
    assert found.articles == ("a0", "a1", "a2")


def test_a_single_outlet_has_nothing_to_be_compared_with(measure):
    (found,) = check_sizes(measure({"A": 40}))
    assert found.level == "blocks"
    assert "there is nothing to compare it with" in found.what


def test_each_outlet_is_told_what_it_can_show(measure):
    one, few = check_sizes(measure({"A": 1, "B": 4, "C": 60, "D": 60}))
    assert (one.level, one.outlet, one.articles) == ("blocks", "A", ("a0",))
    assert "nothing can be inferred about it" in one.what
    assert (few.level, few.outlet) == ("qualifies", "B")
    assert few.what.endswith(
        "must stand in 1 of them to reach p below .05; to be announced among 1,000 words, in 3."
    )


def test_no_p_below_the_level_blocks(measure):
    found = check_sizes(measure({"A": 3, "B": 3}))  # 1 of 20 deals: p is .05 at best
    assert [one.level for one in found] == ["blocks", "blocks"]


def test_large_outlets_are_fine(measure):
    (found,) = check_sizes(measure({"A": 30, "B": 60}))
    assert found.level == "fine"
    assert found.what.startswith("90 articles of 2 outlets, 30 (A) to 60 (B).")
