"""Late, corrected and withdrawn articles."""

from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from analysis.corpus.schema import DataError
from analysis.publish.archive import (
    check_losses,
    describe_versions,
    first_day,
    select_articles,
    update_archive,
)
from analysis.publish.periods import Period

FIRST, SECOND, THIRD = pd.to_datetime(["2026-01-12", "2026-01-13", "2026-01-14"])
WEEK = Period("2026-w02", date(2026, 1, 5), date(2026, 1, 12), ZoneInfo("UTC"))


def frame(**texts: str) -> pd.DataFrame:
    ids = list(texts)
    return pd.DataFrame(
        {
            "article_id": ids,
            "outlet": "Herald",
            "published": pd.Timestamp("2026-01-06"),
            "title": ids,
            "url": [f"https://herald.example/{name}" for name in ids],
            "text": list(texts.values()),
            "origin": "a.csv",
        }
    )


def test_versions_are_kept_and_named():
    archive = update_archive(None, frame(a="one", b="two", c="three"), now=FIRST)
    assert describe_versions(archive, WEEK, since=None) == []
    archive = update_archive(archive, frame(a="one", b="two, corrected", d="four"), now=SECOND)
    assert archive["text"].tolist() == ["one", "two", "three", "two, corrected", "four"]
    assert archive["superseded"].notna().tolist() == [False, True, False, False, False]
    assert archive["withdrawn"].notna().tolist() == [False, False, True, False, False]
    chosen = select_articles(archive, WEEK)
    assert dict(zip(chosen["article_id"], chosen["text"], strict=True)) == {
        "a": "one", "b": "two, corrected", "d": "four",
    }  # fmt: skip
    assert chosen["file"].unique().tolist() == ["a.csv"]
    assert describe_versions(archive, WEEK, since=FIRST) == [
        "1 article came late.",
        "1 article was replaced by a corrected version.",
        "1 article was withdrawn.",
    ]


def test_an_article_that_comes_back_counts_again():
    archive = update_archive(None, frame(a="one", b="two"), now=FIRST)
    archive = update_archive(archive, frame(a="one"), now=SECOND)
    archive = update_archive(archive, frame(a="one", b="two"), now=THIRD)
    assert select_articles(archive, WEEK)["article_id"].tolist() == ["a", "b"]
    assert len(archive) == 2


def test_the_same_source_changes_nothing():
    archive = update_archive(None, frame(a="one", b="two"), now=FIRST)
    again = update_archive(archive, frame(b="two", a="one"), now=SECOND)
    pd.testing.assert_frame_equal(again, archive)


def test_an_article_is_known_by_its_address_though_rows_moved():
    before = frame(a="one", b="two").assign(article_id=["row-1", "row-2"])
    after = frame(x="zero", a="one", b="two").assign(article_id=["row-1", "row-2", "row-3"])
    archive = update_archive(update_archive(None, before, now=FIRST), after, now=SECOND)
    assert archive["superseded"].isna().all()
    assert archive["withdrawn"].isna().all()
    assert len(archive) == 3


def test_a_source_that_lost_much_is_refused():
    articles = frame(**{f"a{number}": str(number) for number in range(40)})
    before = update_archive(None, articles, now=FIRST)
    after = update_archive(before, articles.head(35), now=SECOND)
    check_losses(before, after, WEEK)
    check_losses(None, after, WEEK)
    after = update_archive(before, articles.head(34), now=SECOND)
    with pytest.raises(DataError, match=r"lost 6 of the 40 articles of 5 to 11 January 2026"):
        check_losses(before, after, WEEK)


def test_the_first_day_is_that_of_the_time_zone():
    archive = update_archive(None, frame(a="one"), now=FIRST)
    assert first_day(archive, ZoneInfo("UTC")) == date(2026, 1, 6)
    assert first_day(archive, ZoneInfo("America/New_York")) == date(2026, 1, 5)
    undated = archive.assign(published=pd.NaT).astype({"published": "datetime64[us]"})
    assert first_day(undated, ZoneInfo("UTC")) is None
