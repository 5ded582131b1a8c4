"""Rows are the same however they are taken, and long texts are not copied."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.taking import each_text, order_rows, take_rows, texts_at

N = 120


@pytest.fixture(scope="module")
def frame():
    texts = [f"Ferry {n} stopped at noon. " * 200 for n in range(N)]
    texts[7] = None
    return pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(N)],
            "text": pd.array(texts, dtype="str"),
            "published": pd.Timestamp("2026-01-05"),
            "share": np.linspace(0, 1, N),
        },
        index=np.arange(N)[::-1],
    )


@given(st.lists(st.booleans(), min_size=N, max_size=N))
def test_any_rows_are_those_of_the_frame(frame, marks):
    kept = np.array(marks)
    pd.testing.assert_frame_equal(take_rows(frame, kept), frame[kept])


@given(st.lists(st.integers(0, N - 1), max_size=25), st.lists(st.integers(0, 90), max_size=30))
def test_what_was_taken_can_be_taken_from(frame, first, second):
    one = np.ones(N, dtype=bool)
    one[first] = False
    some = take_rows(frame, one)
    other = np.ones(len(some), dtype=bool)
    other[second] = False
    pd.testing.assert_frame_equal(take_rows(some, other), frame[one][other])


@pytest.mark.parametrize("left_out", [[], [0], [3, 4, 60, N - 1]])
def test_texts_are_not_copied_where_few_rows_are_left_out(frame, left_out):
    kept = np.ones(N, dtype=bool)
    kept[left_out] = False
    before = pa.total_allocated_bytes()
    taken = take_rows(frame, kept)
    assert pa.total_allocated_bytes() - before < frame["text"].array.nbytes / 20
    assert taken["text"].iloc[-1] == frame["text"][kept].iloc[-1]


def test_short_strings_and_scattered_rows_are_copied(frame):
    kept = np.arange(N) % 3 == 0
    taken = take_rows(frame, kept)
    for name in ("article_id", "text"):
        array = pa.array(taken[name].array)
        assert getattr(array, "num_chunks", 1) == 1


def test_the_frame_stays_as_it_was(frame):
    before = frame.copy(deep=True)
    taken = take_rows(frame, np.ones(N, dtype=bool))
    taken["share"] = 2.0
    taken.loc[taken.index[0], "text"] = "other"
    pd.testing.assert_frame_equal(frame, before)


def test_a_frame_without_rows_or_with_a_column_twice():
    empty = pd.DataFrame({"text": pd.array([], dtype="str")})
    pd.testing.assert_frame_equal(take_rows(empty, np.zeros(0, dtype=bool)), empty)
    twice = pd.concat([pd.Series(["x" * 999] * 9, dtype="str")] * 2, axis=1)
    twice.columns = ["text", "text"]
    kept = np.arange(9) > 1
    pd.testing.assert_frame_equal(take_rows(twice, kept), twice[kept])


@given(st.lists(st.integers(0, N - 1), max_size=40))
def test_rows_in_any_order_are_those_of_the_frame(frame, rows):
    pd.testing.assert_frame_equal(order_rows(frame, np.array(rows, int)), frame.iloc[rows])


@given(st.lists(st.integers(0, N - 1), max_size=40), st.lists(st.integers(0, 39), max_size=30))
def test_what_was_ordered_can_be_ordered(frame, first, second):
    rows = np.array(first, int)
    again = np.array([place for place in second if place < len(rows)], int)
    found = order_rows(order_rows(frame, rows), again)
    pd.testing.assert_frame_equal(found, frame.iloc[rows[again]])
    texts = order_rows(frame, rows)["text"].fillna("")
    assert texts_at(texts, again) == frame["text"].fillna("").iloc[rows[again]].tolist()


def test_texts_are_not_copied_to_order_them(frame):
    before = pa.total_allocated_bytes()
    turned = order_rows(frame, np.arange(N)[::-1])
    assert pa.total_allocated_bytes() - before < frame["text"].array.nbytes / 10
    assert list(each_text(turned["text"].dropna())) == frame["text"].dropna().tolist()[::-1]
