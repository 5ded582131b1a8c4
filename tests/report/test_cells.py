"""Values in tables and downloads."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report.cells import bound_decimals, escape, format_column, to_csv, visible


def column(name: str, values: list) -> pd.Series:
    return pd.Series(values, name=name)


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("p", [0.0, 0.0009, 0.001, 0.25, np.nan], ["<0.001", "<0.001", "0.001", "0.250", "–"]),
        ("q", [1.0, 0.0496], ["1.000", "0.050"]),
        ("share", [0.0, 0.1234, 1.0], ["0.0%", "12.3%", "100.0%"]),
        ("share_rest", [0.5], ["50.0%"]),
        ("reused_share", [0.5], ["50.0%"]),
        ("shared", [0.5], ["0.50"]),
        ("estimate", [-1.239, 0.0, -0.001, np.inf, -np.inf], ["−1.24", "0.00", "0.00", "∞", "−∞"]),
        ("estimate", [1.0, 2.0], ["1.00", "2.00"]),
        ("n_articles", [1234, 5], ["1,234", "5"]),
        ("count", [1234.0, np.nan], ["1,234", "–"]),
        ("year", [2026, 1999], ["2026", "1999"]),
        ("kept", [True, False], ["yes", "no"]),
        ("terms", [["a", "b"], None], ["a, b", "–"]),
        ("title", ["a\x00b", "ü"], ["a\ufffdb", "ü"]),
    ],
)
def test_values_read_as_their_column_wants(name, values, expected):
    assert format_column(column(name, values)) == expected


def test_days_have_no_time_unless_one_has():
    days = pd.to_datetime(pd.Series(["2026-01-05", None]))
    assert format_column(days) == ["2026-01-05", "–"]
    times = pd.to_datetime(pd.Series(["2026-01-05", "2026-01-05 13:30"]), format="mixed")
    assert format_column(times) == ["2026-01-05 00:00", "2026-01-05 13:30"]


def test_bounds_within_one_are_finer():
    frame = pd.DataFrame({"estimate": [0.05], "low": [-np.inf], "high": [0.09], "n": [4]})
    assert bound_decimals(frame) == 3
    assert bound_decimals(frame.assign(high=1.5)) == 2
    assert bound_decimals(pd.DataFrame({"n": [4]})) == 2


def test_escape_holds_inside_an_attribute():
    assert escape("<a href='x'>\"&") == "&lt;a href=&#x27;x&#x27;&gt;&quot;&amp;"


def test_a_download_runs_no_formula():
    frame = pd.DataFrame(
        {
            "=name": ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "-5", "+3.5%", "plain", None, "\tx"],
            "n": [1.0, 2, 3, 4, 5, 6, 7, 8, np.nan],
        }
    )
    rows = list(csv.reader(io.StringIO(to_csv(frame))))
    assert [row[0] for row in rows] == [
        "'=name", "'=1+1", "'+cmd|x", "'-2+3", "'@SUM(A1)", "-5", "+3.5%", "plain", "", "'\tx",
    ]  # fmt: skip
    assert [row[1] for row in rows] == ["n", "1", "2", "3", "4", "5", "6", "7", "8", ""]


def test_a_download_keeps_six_digits_dates_and_bounds():
    frame = pd.DataFrame(
        {"x": [1 / 3, -np.inf], "when": pd.to_datetime(["2026-01-05", None]), "dash": ["–", ""]}
    )
    assert to_csv(frame) == "x,when,dash\n0.333333,2026-01-05,–\n-inf,,\n"


def test_a_download_keeps_columns_of_one_name():
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert to_csv(frame) == "a,a\n1,2\n"


@given(st.text())
def test_whatever_is_visible_can_be_written(text):
    visible(text).encode("utf-8")


@given(st.lists(st.text(), min_size=1))
def test_no_text_begins_a_formula(texts):
    for row in list(csv.reader(io.StringIO(to_csv(pd.DataFrame({"x": texts})))))[1:]:
        cell = row[0] if row else ""
        assert not cell.startswith(("=", "@", "\t", "\r"))
