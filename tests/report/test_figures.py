"""Figures show what the frame says: positions and labels are read back from the axes."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis.report import figures


@pytest.fixture
def terms() -> pd.DataFrame:
    """Two outlets; one row that is no finding, one with an open upper end, one with a dollar."""
    table = pd.DataFrame(
        [
            ("Herald", "regime", 1.0, 0.5, 1.5, 0.001),
            ("Herald", "$40 or $60", 2.0, 1.0, math.inf, 0.002),
            ("Gazette", "state", 0.8, -0.1, 1.7, 0.2),
        ],
        columns=["outlet", "term", "estimate", "low", "high", "q"],
    )
    return table.assign(
        n_articles=4, articles=10, count_rest=3, n_articles_rest=2, articles_rest=30
    )


def test_only_findings_are_drawn_strongest_on_top(terms):
    figure = figures.plot_terms(terms, n_terms=3)
    gazette, herald = figure.axes
    assert [axes.get_title(loc="left") for axes in (gazette, herald)] == ["Gazette", "Herald"]
    assert [text.get_text() for text in gazette.texts] == ["no term differs"]
    dots = herald.lines[1]
    assert dots.get_xdata() == pytest.approx(np.exp([1.0, 2.0]))
    assert dots.get_ydata().tolist() == [3, 2]
    assert [label.get_text() for label in herald.get_yticklabels()] == ["regime", "$40 or $60"]
    assert {text.get_text() for text in herald.texts} == {"4/10 : 2/30"}


def test_an_open_end_is_an_arrow_at_the_edge(terms):
    herald = figures.plot_terms(terms, n_terms=3).axes[1]
    arrow = herald.lines[2]
    assert arrow.get_marker() == ">"
    assert arrow.get_ydata().tolist() == [2]
    assert arrow.get_xdata()[0] == pytest.approx(herald.get_xlim()[1])


def test_a_term_that_the_others_never_write_has_no_dot(terms):
    herald = figures.plot_terms(terms.assign(count_rest=[0, 3, 3]), n_terms=3).axes[1]
    assert herald.lines[1].get_ydata().tolist() == [2]
    assert herald.lines[0].get_xdata() == pytest.approx(np.exp([0.5, 1.0]))


def test_topic_shares_fill_only_what_differs():
    table = pd.DataFrame(
        {
            "topic": 0,
            "label": "grain · ships",
            "outlet": ["Courier", "Gazette"],
            "share": [0.3, 0.1],
            "share_rest": [0.1, 0.2],
            "low": [0.1, -0.3],
            "high": [0.3, 0.1],
            "q": [0.01, 0.5],
        }
    )
    axes = figures.plot_topic_shares(table).axes[0]
    filled, hollow, others = axes.lines
    assert filled.get_xdata().tolist() == [0.3]
    assert filled.get_markerfacecolor() == figures.BLUE
    assert hollow.get_xdata().tolist() == [0.1]
    assert hollow.get_markerfacecolor() == "white"
    assert others.get_xdata().tolist() == [0.2, 0.1]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Gazette", "Courier"]


def test_days_are_bars_on_one_scale():
    days = pd.date_range("2026-01-05", periods=3)
    per_day = pd.DataFrame({"Courier": [1, 0, 2], "Gazette": [0, 0, 4]}, index=days)
    figure = figures.plot_dates(per_day)
    for axes, heights in zip(figure.axes, ([1, 0, 2], [0, 0, 4]), strict=True):
        corners = axes.collections[0].get_paths()[0].vertices[:, 1]
        assert set(heights) <= set(corners)
        assert corners.max() == max(heights)
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()


@pytest.mark.parametrize(
    ("n_days", "unit", "periods"), [(400, "day", 400), (401, "week", 58), (3000, "month", 99)]
)
def test_many_days_are_drawn_by_weeks_or_months(n_days, unit, periods):
    days = pd.date_range("2026-01-05", periods=n_days)  # a Monday
    drawn, name = figures.in_periods(pd.DataFrame({"Courier": 1}, index=days))
    assert (name, len(drawn), int(drawn["Courier"].sum())) == (unit, periods, n_days)
    figure = figures.plot_dates(pd.DataFrame({"Courier": 1}, index=days))
    assert figure.get_supxlabel().startswith(f"articles a {unit},")


def test_no_findings_are_drawn_as_words(terms):
    figure = figures.plot_terms(terms.assign(q=1.0))
    assert figure.texts[0].get_text() == "no term differs by more than chance allows"
