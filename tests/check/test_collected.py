"""Days that were not collected."""

import pandas as pd

from analysis.check.collected import find_gaps


def build(days_of):
    rows = [
        (f"{outlet}{day}", outlet, pd.Timestamp("2026-01-01") + pd.Timedelta(days=day - 1, hours=9))
        for outlet, days in days_of.items()
        for day in days
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "published"])


def spans(gaps, outlet):
    rows = gaps[gaps["outlet"] == outlet]
    return [(row.first.day, row.last.day, row.why) for row in rows.itertuples()]


def test_ends_and_gaps():
    whole = list(range(1, 29))
    gaps = find_gaps(
        build(
            {"Whole": whole, "Late": whole[5:], "Early": whole[:20], "Gap": whole[:9] + whole[19:]}
        )
    )
    assert spans(gaps, "Whole") == []
    assert spans(gaps, "Late") == [(1, 5, "before its first article")]
    assert spans(gaps, "Early") == [(21, 28, "after its last article")]
    assert spans(gaps, "Gap") == [(10, 19, "gap")]


def test_too_few_dates_tell_nothing():
    gaps = find_gaps(build({"Whole": range(1, 29), "Few": [3, 4]}))
    assert spans(gaps, "Few") == [(1, 28, "too few dates")]


def test_without_dates_there_are_no_gaps():
    articles = build({"Whole": [1, 2, 3]}).assign(published=pd.NaT)
    assert find_gaps(articles).empty
