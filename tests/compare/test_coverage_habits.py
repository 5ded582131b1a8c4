"""What is left out again and again: an exact permutation test over events."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis.compare.coverage_habits import draw_p, summarise_omissions
from analysis.corpus.schema import DataError

OUTLETS = ["Herald", "Gazette", "Courier"]


def build(left_out, *, kind="person", chance=0.4, n_items=4):
    """Give a coverage: `left_out[event][outlet]` of four items of each event."""
    rows = [
        (f"e{event}", kind, f"i{item}", outlet, "not covered" if item < n else "covered", chance)
        for event, numbers in enumerate(left_out)
        for outlet, n in zip(OUTLETS, numbers, strict=True)
        for item in range(n_items)
    ]
    return pd.DataFrame(rows, columns=["event_id", "kind", "item", "outlet", "state", "chance"])


def test_p_is_the_share_of_all_draws_of_an_outlet_for_each_event():
    pools = [
        np.array([2.0, 0, 1]),
        np.array([3.0, 1, 0]),
        np.array([1.0, 1, 0]),
        np.array([2.0, 0]),
    ]
    total = 2.0 + 3 + 1 + 2
    mean = sum(pool.mean() for pool in pools)
    sums = [abs(sum(draw) - mean) >= abs(total - mean) - 1e-9 for draw in product(*pools)]
    assert draw_p(pools, total, seed=0) == pytest.approx(np.mean(sums), abs=0.01)


def test_an_outlet_that_leaves_out_everything_is_found():
    found = summarise_omissions(build([(4, 1, 1)] * 8)).set_index("outlet")
    herald = found.loc["Herald"]
    assert herald["p"] == pytest.approx(3.0**-8, abs=0.001)
    assert herald["q"] <= 0.05
    # all of 4, where the mean outlet leaves out 2: half an item in four more
    assert herald["estimate"] == pytest.approx(0.5)
    assert (herald["left_out"], herald["n_cells"], herald["n_events"]) == (32, 32, 8)
    assert herald["expected"] == pytest.approx(32 * 0.4)
    assert 0 < herald["low"] <= 0.5 <= herald["high"]
    assert found.loc["Gazette", "estimate"] == pytest.approx(-0.25)


def test_equal_outlets_differ_in_nothing():
    random = np.random.default_rng(0)
    small = 0
    for _ in range(60):
        told = random.integers(0, 5, size=(8, 3)).tolist()
        small += (summarise_omissions(build(told))["p"] <= 0.05).sum()
    assert small <= 0.05 * 180 + 3 * np.sqrt(180 * 0.05 * 0.95)


def test_few_events_are_not_judged():
    assert summarise_omissions(build([(4, 1, 1)] * 2)).empty


def test_interval_holds_zero_where_p_does_not_reject():
    found = summarise_omissions(build([(2, 1, 3), (1, 2, 2), (3, 2, 1)]))
    unsure = found[found["p"] > 0.05]
    assert len(unsure)
    assert ((unsure["low"] <= 0) & (unsure["high"] >= 0)).all()


def test_sources_of_a_side_are_summed_up():
    coverage = build([(4, 1, 1)] * 5, kind="source")
    found = summarise_omissions(coverage, of={"i0": "Kastria", "i1": "Kastria", "i3": "Velmora"})
    kastria = found[(found["what"] == "Kastria") & (found["outlet"] == "Herald")].iloc[0]
    assert (kastria["left_out"], kastria["n_cells"]) == (10, 10)
    assert set(found["what"]) == {"Kastria", "Velmora"}


def test_items_are_followed_over_events():
    found = summarise_omissions(build([(4, 1, 1)] * 5), of="item")
    assert set(found["what"]) == {"i0", "i1", "i2", "i3"}
    assert (found["n_events"] == 5).all()


def test_other_words_are_refused():
    with pytest.raises(DataError, match="of='side' is unknown"):
        summarise_omissions(build([(1, 1, 1)] * 3), of="side")
    with pytest.raises(DataError, match="the coverage lacks the column 'chance'"):
        summarise_omissions(build([(1, 1, 1)]).drop(columns="chance"))
