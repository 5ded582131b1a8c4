"""Numbers, lists and dates in sentences."""

import pandas as pd

from analysis.wording import day, listed, plural


def test_lists_read_as_in_a_sentence():
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"


def test_numbers_and_days_are_written_out():
    assert [plural(n, "article") for n in (0, 1, 1204)] == [
        "0 articles",
        "1 article",
        "1,204 articles",
    ]
    assert day(pd.Timestamp("2026-01-05")) == "5 January 2026"
