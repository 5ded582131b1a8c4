"""Dates: the formats of news files, zones to UTC, and refusal of what is none."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.dates import read_dates


def dates(*texts: str) -> list[str | None]:
    found, unreadable = read_dates(pd.Series(texts, dtype="str"))
    assert found.dtype == "datetime64[us]"
    nothing = np.isnat(found)
    assert (unreadable == (nothing & np.array([text.strip() != "" for text in texts]))).all()
    return [None if empty else str(one)[:19] for one, empty in zip(found, nothing, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05", "2026-01-05T00:00:00"),
        ("2026-01-05 18:30", "2026-01-05T18:30:00"),
        ("2026-01-05T18:30:00Z", "2026-01-05T18:30:00"),
        ("2026-01-05T18:30:00.123456+02:00", "2026-01-05T16:30:00"),
        ("2026-01-05 18:30:00 UTC", "2026-01-05T18:30:00"),
        ("2026-01-05 18:30:00 +0530", "2026-01-05T13:00:00"),
        ("2017/2/7", "2017-02-07T00:00:00"),
        ("2016/12/30 7:11", "2016-12-30T07:11:00"),
        ("20260105", "2026-01-05T00:00:00"),
        ("20260105183000", "2026-01-05T18:30:00"),
        ("1767637800", "2026-01-05T18:30:00"),
        ("1767637800000", "2026-01-05T18:30:00"),
        ("5 January 2026", "2026-01-05T00:00:00"),
        ("14 april 2014", "2014-04-14T00:00:00"),
        ("5th Jan. 2026, 6.30 pm", "2026-01-05T18:30:00"),
        ("January 5, 2026", "2026-01-05T00:00:00"),
        ("Jan 5, 2026 at 6:30 PM EST", "2026-01-05T23:30:00"),
        ("Monday, January 5, 2026", "2026-01-05T00:00:00"),
        ("Mon, 05 Jan 2026 18:30:00 GMT", "2026-01-05T18:30:00"),
        ("Mon, 05 Jan 2026 18:30:00 -0800", "2026-01-06T02:30:00"),
        ("Mon Jan 05 18:30:00 +0000 2026", "2026-01-05T18:30:00"),
        ("05.01.2026", "2026-01-05T00:00:00"),
        ("25/01/2026", "2026-01-25T00:00:00"),
        ("01/25/2026 12:05 AM", "2026-01-25T00:05:00"),
        ("4/21/18", "2018-04-21T00:00:00"),
        ("03/03/2026", "2026-03-03T00:00:00"),
    ],
)
def test_formats(text, expected):
    assert dates(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "2026-13-01", "3024-01-05", "0026-01-05", "2026", "2026-01", "Jan 2026",
        "yesterday", "2 hours ago", "31 June 2026", "2026-01-05 25:00", "2026-01-05 13:00 pm",
        "5 Brumaire 2026", "2026-01-05 18:30 BST", "04/05/2026", "12", "n/a", "999999999999999",
        "2026-01-05T18:30:00+99:00x", "½ May 2026",
    ],
)  # fmt: skip
def test_what_is_no_date(text):
    assert dates(text) == [None]


def test_nothing_is_no_date_and_no_problem():
    assert dates("", "  ") == [None, None]


def test_the_file_decides_which_number_is_the_day():
    assert dates("04/05/2026", "25/05/2026") == ["2026-05-04T00:00:00", "2026-05-25T00:00:00"]
    assert dates("04/05/2026", "05/25/2026") == ["2026-04-05T00:00:00", "2026-05-25T00:00:00"]
    assert dates("04/05/2026", "25/05/2026", "05/25/2026")[0] is None


def test_typed_dates_become_utc():
    local = pd.Series(pd.to_datetime(["2026-01-05 01:00", None])).dt.tz_localize("Europe/Oslo")
    found, unreadable = read_dates(local)
    assert str(found[0]) == "2026-01-05T00:00:00.000000"
    assert np.isnat(found[1])
    assert not unreadable.any()


@given(
    st.datetimes(datetime(1605, 1, 3), datetime(2100, 12, 29)),
    st.integers(-14 * 60, 14 * 60),
)
def test_iso_dates_agree_with_the_standard_library(moment, minutes):
    moment = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    found, _ = read_dates(pd.Series([moment.isoformat()], dtype="str"))
    expected = moment.astimezone(UTC).replace(tzinfo=None)
    assert found[0] == np.datetime64(expected, "us")


@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_text_breaks_it(texts):
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    found, _ = read_dates(pd.Series(texts, dtype="str"))
    assert len(found) == len(texts)
