"""Labels travel with the cleaned articles, and what stands twice in an outlet is marked."""

import pandas as pd
import pytest

from analysis.corpus.clean import clean
from analysis.corpus.schema import DataError
from analysis.text.wire_labels import COLUMNS, add_wire, find_repeats

STORY = " ".join(f"envoy{number} met minister{number} at gate{number}" for number in range(40))
OTHER = " ".join(f"ship{number} left port{number} with grain{number}" for number in range(40))
MORE = " ".join(f"later{number} came news{number} of a truce{number}" for number in range(40))


def frame(*rows):
    """Rows of outlet, date and text."""
    articles = pd.DataFrame(rows, columns=["outlet", "published", "text"])
    articles["published"] = pd.to_datetime(articles["published"])
    articles["article_id"] = [f"a{number}" for number in range(len(rows))]
    return articles.assign(title="", url="", origin=articles["article_id"] + ".txt", agency="")


def repeats(*rows):
    return find_repeats(frame(*rows)).tolist()


def test_labels_come_from_the_loaded_text_and_not_from_the_cleaned_one():
    loaded = frame(
        ("Herald", "2026-01-05", f"A title\n\nBy Meridian Wire\n\n{STORY}"),
        ("Gazette", "2026-01-06", OTHER),
    )
    cleaned = loaded.assign(text=[STORY, OTHER])
    labelled = add_wire(cleaned, loaded=loaded)
    assert labelled["wire"].tolist() == ["wire", "own"]
    assert labelled["wire_agency"].tolist() == ["Meridian Wire", ""]
    assert add_wire(cleaned, loaded=cleaned)["wire"].tolist() == ["own", "own"]
    assert set(COLUMNS) <= set(labelled)
    assert labelled["origin"].tolist() == ["a0.txt", "a1.txt"]
    assert not set(COLUMNS) & set(cleaned)


def test_rejected_articles_shift_no_label():
    loaded = frame(
        ("Herald", "2026-01-04", "Subscribe to our newsletter"),
        ("Herald", "2026-01-05", OTHER),
        ("Gazette", "2026-01-06", f"LISSAVA (AP) - {STORY}"),
    )
    labelled = add_wire(clean(loaded).articles, loaded=loaded).set_index("article_id")
    assert "a0" not in labelled.index
    assert labelled.loc["a2", ["wire", "wire_agency"]].tolist() == ["wire", "AP"]
    assert labelled.loc["a1", "wire"] == "own"


def test_a_column_of_the_same_name_is_kept_beside_the_label():
    loaded = frame(("Herald", "2026-01-05", OTHER)).assign(source_id="feed 7")
    labelled = add_wire(loaded, loaded=loaded)
    assert labelled["source_id"].tolist() == [""]
    assert labelled["loaded_source_id"].tolist() == ["feed 7"]


def test_an_article_that_was_not_loaded_is_refused():
    loaded = frame(("Herald", "2026-01-05", OTHER))
    with pytest.raises(DataError, match="'b7', which is not among the 1 articles"):
        add_wire(loaded.assign(article_id="b7"), loaded=loaded)


def test_of_two_scrapes_the_earlier_is_kept_whatever_their_order():
    assert repeats(
        ("Herald", "2026-01-06", STORY), ("Herald", "2026-01-05", STORY), ("Herald", None, OTHER)
    ) == ["a1", "", ""]


def test_of_a_short_and_a_long_version_the_long_one_is_kept():
    assert repeats(
        ("Herald", "2026-01-05", STORY), ("Herald", "2026-01-06", f"{STORY} {MORE}")
    ) == ["a1", ""]


def test_three_scrapes_leave_one():
    rows = [("Herald", "2026-01-05", STORY)] * 3
    assert repeats(*rows) == ["", "a0", "a0"]


def test_copies_in_two_outlets_are_no_repeats():
    assert repeats(("Herald", "2026-01-05", STORY), ("Gazette", "2026-01-05", STORY)) == ["", ""]


def test_a_shared_background_is_no_repeat():
    assert repeats(
        ("Herald", "2026-01-05", f"{STORY} {MORE}"), ("Herald", "2026-01-06", f"{STORY} {OTHER}")
    ) == ["", ""]
