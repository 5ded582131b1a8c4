"""Counts of what there is, against counts by hand."""

import pandas as pd

from analysis.corpus import health


def test_outlets_are_counted(articles):
    removed = pd.DataFrame(
        {
            "article_id": ["h1", "h1"],
            "start": 0,
            "end": 4,
            "reason": "menu",
            "text": ["Menu", "More"],
        }
    )
    table = health.describe_outlets(articles, removed).set_index("outlet")
    assert list(table.index) == ["Courier", "Gazette", "Herald"]
    assert table.loc["Herald", ["articles", "dated", "first", "last"]].tolist() == [
        4,
        3,
        "2026-01-05",
        "2026-01-07",
    ]
    kept = articles.loc[articles["outlet"] == "Herald", "text"].str.len().sum()
    assert table.loc["Herald", "removed_share"] == 8 / (8 + kept)
    assert table.loc["Gazette", "removed_share"] == 0


def test_days_without_articles_are_there(articles):
    later = articles.assign(
        published=articles["published"].where(articles["article_id"] != "h3", "2026-01-09")
    )
    days = health.count_per_day(later)
    assert days["Herald"].tolist() == [1, 1, 0, 0, 1]
    assert days["Gazette"].tolist() == [1, 1, 1, 0, 0]


def test_an_undated_corpus_has_no_days(articles):
    days = health.count_per_day(articles.assign(published=pd.NaT))
    assert days.empty
    assert list(days.columns) == ["Courier", "Gazette", "Herald"]


def test_removed_spans_are_counted_by_reason(articles):
    removed = pd.DataFrame(
        [
            ("h1", 0, 4, "menu", "Menu"),
            ("h2", 0, 4, "menu", "Menu"),
            ("g1", 0, 9, "credit", "Photo: AB"),
        ],
        columns=["article_id", "start", "end", "reason", "text"],
    )
    table = health.count_removed(removed, articles)
    assert table["reason"].tolist() == ["credit", "menu"]
    assert table["spans"].tolist() == [1, 2]
    assert table["outlets"].tolist() == [1, 1]
    assert table["example"].tolist() == ["Photo: AB", "Menu"]
