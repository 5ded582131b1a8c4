"""Events in a figure and in sentences."""

import pandas as pd
import pytest

from analysis.corpus.schema import DataError
from analysis.report.events import (
    count_shared,
    describe_event_coverage,
    most_covered_event,
    plot_events,
)


@pytest.fixture
def told(articles):
    """Each of the three outlets has an article on talks, going on, and the bridge; grain is alone."""
    event = articles["title"].map({"Talks open": "e1", "Talks go on": "e2", "Bridge closed": "e3"})
    return articles.assign(event_id=event.fillna(articles["article_id"]))


@pytest.fixture
def events(told):
    groups = told.groupby("event_id", sort=False)
    return pd.DataFrame(
        {
            "label": "$talks$ envoys",
            "first": groups["published"].min(),
            "last": groups["published"].max(),
        }
    )


def test_shared_events_in_the_order_of_days(told, events):
    counts = count_shared(told, events)
    assert counts.index.tolist() == ["e1", "e2", "e3"]
    assert counts["Herald"].tolist() == [1, 1, 1]
    assert count_shared(told, events, most=1).shape == (1, 3)


def test_the_figure_names_events_and_numbers(told, events):
    axes = plot_events(told[told["article_id"] != "c2"], events).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "$talks$ envoys  2026-01-05", "$talks$ envoys  2026-01-06", "$talks$ envoys  2026-01-07",
    ]  # fmt: skip
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        "Courier",
        "Gazette",
        "Herald",
    ]
    assert len(axes.texts) == 8  # nine dots, of which one is a ring without a number


def test_no_shared_event_says_so(told, events):
    figure = plot_events(told[told["outlet"] == "Herald"], events)
    assert figure.texts[0].get_text() == "no event is covered by two outlets"


def test_articles_with_a_counterpart_are_counted(told):
    assert describe_event_coverage(told) == [
        "12 articles tell of 6 events; 3 of these are covered by two outlets or more.",
        "9 of 12 articles (75%) have a counterpart; comparisons inside events leave out the rest.",
        "Articles with a counterpart: Courier 3 of 4, Gazette 3 of 4 and Herald 3 of 4.",
    ]


def test_the_most_covered_event(told):
    more = pd.concat([told, told[told["article_id"] == "h3"].assign(article_id="h9")])
    assert most_covered_event(more) == "e3"
    with pytest.raises(DataError, match="there is no article"):
        most_covered_event(told.head(0))
