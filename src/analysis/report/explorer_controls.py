"""The widgets of the explorer: what may be chosen."""

from __future__ import annotations

from typing import Any

from analysis.prepared_corpus import SHARED, Corpus
from analysis.report.cells import visible
from analysis.report.events import count_shared
from analysis.report.panels import shorten
from analysis.text.event_tables import describe_events
from analysis.wording import plural

MOST_EVENTS = 50
VOICES = (("All voices", None), ("The outlets' own", "own"), ("What they quote", "quoted"))


def build_controls(widgets: Any, corpus: Corpus) -> dict[str, Any]:  # noqa: ANN401
    """Make the widgets to choose by."""
    sizes = corpus.articles["outlet"].value_counts().sort_index()
    outlets = [(visible(f"{name} ({number:,})"), str(name)) for name, number in sizes.items()]
    wide = {"layout": widgets.Layout(width="24em"), "style": {"description_width": "6em"}}
    return {
        "outlets": widgets.SelectMultiple(
            options=outlets, value=[name for _, name in outlets], rows=min(8, len(outlets)),
            description="Outlets", **wide,
        ),
        "event": widgets.Dropdown(options=list_events(corpus), description="Event", **wide),
        "voice": widgets.Dropdown(options=VOICES, description="Voice", **wide),
        "longest": widgets.Dropdown(
            options=[("Words", 1), ("Words and pairs", 2), ("Up to three words", 3)],
            description="Terms", **wide,
        ),
        "term": widgets.Select(options=[], rows=10, description="Read", **wide),
        "told_by": widgets.Dropdown(
            options=[("This outlet's sentences", "outlet"), ("All outlets' sentences", "all")],
            description="", **wide,
        ),
        "word": widgets.Text(
            description="Any word", continuous_update=False, placeholder="a word or phrase", **wide
        ),
    }  # fmt: skip


def list_events(corpus: Corpus) -> list[tuple[str, str]]:
    """List what may be chosen as an event: all, inside the shared ones, or one that is shared."""
    articles = corpus.articles
    choices = [("All articles", ""), ("Inside the events they share", SHARED)]
    if articles["outlet"].groupby(articles["event_id"]).nunique().max() < 2:
        return choices[:1]
    groups = articles.set_index("article_id")["event_id"]
    events = describe_events(articles, groups, links=corpus.links)
    for event in count_shared(articles, events, most=MOST_EVENTS).index:
        row = events.loc[event]
        told = f"{shorten(row['label'])} ({plural(row['n_articles'], 'article')})"
        choices.append((visible(told), str(event)))
    return choices
