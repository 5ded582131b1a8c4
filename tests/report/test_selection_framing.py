"""Selection and framing in words and figures: never a difference without its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.report.selection_figure import plot_selection_framing
from analysis.report.selection_framing import describe_selection_framing, describe_within

ROW = {
    "outlet": "Gazette",
    "part": "selection",
    "estimate": 0.21,
    "low": 0.1,
    "high": 0.32,
    "p": 0.005,
    "q": 0.01,
    "n_articles": 41,
    "n_articles_rest": 1200,
    "n_events": 33,
}


def table(*changes):
    return pd.DataFrame([{**ROW, **change} for change in changes])


def test_a_difference_is_told_with_its_interval_and_articles():
    framing = {"part": "framing", "estimate": 0.0123, "low": 0.004, "high": 0.02}
    assert describe_selection_framing(table({}, framing)) == [
        "Gazette differs in what it covers: an article's event tells 0.210 of the 1 bit that says "
        "whether it is from there (95 % interval 0.100 to 0.320 bits; 41 articles against 1,200 "
        "on 33 events).",
        "Gazette differs in how it tells the events others cover: an article's single word tells "
        "0.012 of the 1 bit that says whether it is from there (95 % interval 0.004 to 0.020 "
        "bits; 41 articles against 1,200 on 33 events).",
    ]


def test_what_chance_gives_is_no_difference():
    unsure = {"low": -0.1, "high": 0.3, "q": 0.2}
    below = {"estimate": -0.2, "low": -0.3, "high": 0.0, "q": 1.0, "other": "Herald"}
    assert describe_selection_framing(table(unsure)) == [
        "Gazette: no difference can be shown in what it covers (95 % interval 0.000 to 0.300 "
        "bits; 41 articles against 1,200 on 33 events)."
    ]
    assert describe_selection_framing(table(below)) == [
        "Gazette and Herald: no difference can be shown in what they cover (less than chance "
        "gives; 41 articles against 1,200 on 33 events)."
    ]
    nothing = dict.fromkeys(["estimate", "low", "high", "p", "q"], np.nan)
    assert describe_selection_framing(table({**nothing, "part": "framing"})) == [
        "Nothing can be said about Gazette: too few articles on shared events to compare."
    ]


def test_articles_without_a_counterpart_are_told():
    articles = pd.DataFrame({"outlet": list("AAB"), "event_id": ["x", "y", "x"]})
    assert describe_within(articles) == [
        "Compared inside events: 2 of 3 articles (A 1 of 2; B 1 of 1).",
        "1 article has no counterpart in another outlet and is left out.",
    ]
    assert describe_within(articles.iloc[[0, 2]]) == [
        "Compared inside events: 2 of 2 articles (A 1 of 1; B 1 of 1)."
    ]


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_the_map_names_bits_beyond_chance_only():
    pairs = [
        {"outlet": "A", "other": "B", "estimate": 0.4, "low": 0.2},
        {"outlet": "A", "other": "$C", "estimate": 0.1, "q": 0.5, "low": -0.1},
        {"outlet": "B", "other": "$C", "estimate": np.nan, "low": np.nan, "q": np.nan},
    ]
    figure = plot_selection_framing(table(*pairs, *({**one, "part": "framing"} for one in pairs)))
    assert texts(figure) == ["0.4", "–"] * 2
    figure.canvas.draw()


def test_groups_are_dots_filled_beyond_chance():
    rows = [{}, {"outlet": "Herald", "q": 0.5, "low": -0.1, "estimate": 0.05}]
    figure = plot_selection_framing(table(*rows, *({**one, "part": "framing"} for one in rows)))
    filled, hollow = figure.axes[0].lines
    assert filled.get_xdata().tolist() == [0.21]
    assert hollow.get_xdata().tolist() == [0.05]
    assert hollow.get_markerfacecolor() == "white"


def test_a_figure_of_nothing_says_why():
    figure = plot_selection_framing(table({"estimate": np.nan}))
    assert [text.get_text() for text in figure.texts] == [
        "no two groups share enough events to compare"
    ]
