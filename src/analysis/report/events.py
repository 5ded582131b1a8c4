"""Events in figures, tables and sentences: what happened, and who covers it."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.corpus.schema import DataError, check_articles
from analysis.report.panels import BLUE, GREY, STYLE, WIDTH, draw_nothing
from analysis.wording import listed, plural

MOST_EVENTS = 30
LABEL = 44  # characters of an event's label beside the figure


def most_covered_event(articles: pd.DataFrame, *, by: str = "outlet") -> str:
    """Give the event that most outlets cover; of several, the one with the most articles.

    Raises
    ------
    DataError
        When a column is missing or there is no article.
    """
    check_articles(articles, needs=("event_id", by))
    if articles.empty:
        raise DataError("there is no article, and so no event")
    sizes = articles.groupby("event_id", sort=True)[by].agg(["nunique", "size"])
    best = sizes.sort_values(["nunique", "size"], ascending=False, kind="stable")
    return str(best.index[0])


def plot_events(
    articles: pd.DataFrame, events: pd.DataFrame, *, by: str = "outlet", most: int = MOST_EVENTS
) -> Figure:
    """Draw who covers which event, in the order of their days.

    Parameters
    ----------
    articles
        With ``event_id`` and the `by` column.
    events
        What ``describe_events`` gives.
    by
        Column with the groups: one a column of dots.
    most
        Events at most: those that most groups cover.

    Returns
    -------
    matplotlib.figure.Figure
        A row an event, the earliest on top; a dot says that a group has articles on it, the number
        in it how many; a small ring that it has none.
    """
    counts = count_shared(articles, events, by=by, most=most)
    if counts.empty:
        return draw_nothing(f"no event is covered by two {by}s")
    with mpl.rc_context(STYLE):
        height = 0.27 * len(counts) + 1.3
        figure = Figure(figsize=(WIDTH, height))
        axes = figure.subplots()
        figure.subplots_adjust(left=0.44, right=0.88, top=1 - 1.1 / height, bottom=0.1 / height)
        draw_counts(axes, counts)
        axes.set_yticks(range(len(counts)), row_labels(counts.index, events))
    return figure


def count_shared(
    articles: pd.DataFrame, events: pd.DataFrame, *, by: str = "outlet", most: int = MOST_EVENTS
) -> pd.DataFrame:
    """Count the articles of each group on the events that most groups cover, in order of days."""
    check_articles(articles, needs=("event_id", by))
    counts = pd.crosstab(articles["event_id"], articles[by])
    shared = counts[(counts > 0).sum(axis=1) > 1]
    known = events.reindex(shared.index)
    order = pd.DataFrame(
        {
            "groups": (shared > 0).sum(axis=1),
            "articles": shared.sum(axis=1),
            "first": known["first"],
        }
    )
    chosen = order.sort_values(["groups", "articles"], ascending=False, kind="stable").head(most)
    return shared.loc[chosen.sort_values("first", kind="stable", na_position="last").index]


def draw_counts(axes: Axes, counts: pd.DataFrame) -> None:
    """Draw a dot with the number of articles, or a ring for none."""
    for row, (_, numbers) in enumerate(counts.iterrows()):
        for column, number in enumerate(numbers):
            if number:
                axes.plot(column, row, "o", color=BLUE, markersize=13)
                axes.text(
                    column, row, f"{number}", color="white", ha="center", va="center", fontsize=8
                )
            else:
                axes.plot(column, row, "o", color=GREY, markersize=4, fillstyle="none")
    axes.set_xticks(range(counts.shape[1]), [str(name) for name in counts.columns])
    axes.tick_params(axis="x", labeltop=True, labelbottom=False, length=0, rotation=40)
    axes.tick_params(axis="y", length=0)
    for label in axes.get_xticklabels():
        label.set_horizontalalignment("left")
    axes.set_ylim(len(counts) - 0.4, -0.6)
    axes.set_xlim(-0.6, counts.shape[1] - 0.4)
    for spine in axes.spines.values():
        spine.set_visible(False)


def row_labels(event_ids: pd.Index, events: pd.DataFrame) -> list[str]:
    """Write the day and the terms of each event."""
    rows = []
    dates = events["first"].dt.strftime("%Y-%m-%d").fillna("undated")
    for name in event_ids:
        label = str(events["label"][name])
        short = label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
        rows.append(f"{short}  {dates[name]}")
    return rows


def describe_event_coverage(articles: pd.DataFrame, *, by: str = "outlet") -> list[str]:
    """Say how many events there are, how many are shared, and how many articles have a counterpart.

    Returns
    -------
    list of str
        For the corpus, then for each group the share of its articles that are on an event which
        another group covers too.
    """
    check_articles(articles, needs=("event_id", by))
    groups = articles.groupby("event_id", sort=False)[by].transform("nunique")
    sizes = articles.groupby("event_id", sort=False)[by].nunique()
    shared = int((sizes > 1).sum())
    counterpart = groups > 1
    said = [
        f"{plural(len(articles), 'article')} tell of {plural(len(sizes), 'event')}; "
        f"{shared:,} of these {'is' if shared == 1 else 'are'} covered by two {by}s or more.",
        f"{int(counterpart.sum()):,} of {plural(len(articles), 'article')} "
        f"({counterpart.mean():.0%}) have a counterpart; comparisons inside events leave out the "
        "rest.",
    ]
    if len(sizes):
        shares = counterpart.groupby(articles[by]).agg(["sum", "size"])
        parts = [f"{name} {n:,} of {of:,}" for name, n, of in shares.itertuples()]
        said.append(f"Articles with a counterpart: {listed(parts)}.")
    return said
