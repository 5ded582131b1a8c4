"""Every dot of the scatter stands where the counts of articles put it."""

import pandas as pd
import pytest

from analysis.report import scatter
from analysis.report.panels import BLUE, ORANGE


def rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("Herald", "regime", 0.5, 1.5, 0.001, 8, 3),
            ("Herald", "hall", -2.0, -0.5, 0.01, 1, 15),
            ("Herald", "port", -0.5, 0.5, 0.01, 5, 5),
            ("Gazette", "rain", 0.5, 1.5, 0.2, 5, 5),
        ],
        columns=["outlet", "term", "low", "high", "q", "n_articles", "n_articles_rest"],
    ).assign(articles=10, articles_rest=30)


def test_terms_that_differ_are_dots_at_their_shares_of_articles():
    gazette, herald = scatter.plot_keyness(rows()).axes
    _, more, less = herald.lines
    assert (more.get_xdata()[0], more.get_ydata()[0]) == (0.1, 0.8)
    assert (less.get_xdata()[0], less.get_ydata()[0]) == (0.5, 0.1)
    assert (more.get_color(), less.get_color()) == (BLUE, ORANGE)
    assert more.get_marker() != less.get_marker()
    assert {text.get_text() for text in herald.texts} == {"regime", "hall"}
    assert [len(line.get_xdata()) for line in gazette.lines[1:]] == [0, 0]


def test_axes_are_in_per_cent():
    herald = scatter.plot_keyness(rows()).axes[1]
    herald.figure.canvas.draw()
    assert [label.get_text() for label in herald.get_xticklabels()] == [
        "0%",
        "5%",
        "20%",
        "50%",
        "100%",
    ]


@pytest.mark.parametrize("q", [0.06, 1.0])
def test_no_findings_are_drawn_as_words(q):
    figure = scatter.plot_keyness(rows().assign(q=q))
    assert figure.texts[0].get_text() == "no term differs by more than chance allows"
