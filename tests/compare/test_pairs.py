"""The table of pairs is symmetric and counts what is flagged."""

import pandas as pd
import pytest

from analysis.compare.pairs import count_differences
from analysis.corpus.schema import DataError


def test_pairs_are_counted_on_both_sides_of_the_diagonal():
    pairs = pd.DataFrame(
        [("A", "B", 0.01), ("A", "B", 0.04), ("A", "C", 0.2), ("B", "C", 0.05)],
        columns=["outlet", "other", "q"],
    )
    table = count_differences(pairs).set_index("outlet")
    assert table.loc["A", "B"] == table.loc["B", "A"] == 2
    assert table.loc["A", "C"] == table.loc["C", "A"] == 0
    assert table.loc["B", "C"] == table.loc["C", "B"] == 1
    assert table.isna().to_numpy().diagonal().all()


def test_a_comparison_with_the_rest_is_refused():
    with pytest.raises(DataError, match='call compare_terms\\(counts, against="each"\\)'):
        count_differences(pd.DataFrame({"outlet": ["A"], "q": [0.1]}))


def test_of_no_pairs_nothing_is_counted():
    pairs = pd.DataFrame({"outlet": ["A"], "other": ["B"], "q": [0.1]})
    assert count_differences(pairs.iloc[:0]).empty
