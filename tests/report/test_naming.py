"""Names in sentences, figures and tables."""

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.report.naming import describe_name


def row(**changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "concept": "capital", "voice": "own", "outlet": "Herald", "variant": "$Kyiv$", "estimate": 0.7,
        "low": 0.4, "high": 0.9, "p": 0.001, "q": 0.01, "share": 0.8, "share_low": 0.6,
        "share_high": 0.9, "share_rest": 0.1, "count": 8, "total": 10, "count_rest": 2,
        "total_rest": 20, "n_articles": 5, "articles": 6, "n_articles_rest": 2, "articles_rest": 12,
        "n_events": pd.NA,
    }  # fmt: skip
    return {**values, **changes}


def say(**changes: object) -> str:
    return describe_name(pd.Series(row(**changes)))


def test_a_difference_with_its_interval_and_articles():
    assert say() == (
        "For “capital”, Herald writes “$Kyiv$” in 80% of 10 uses in its own voice (95 % interval 60% "
        "to 90%; 5 of 6 articles), the others in 10% of 20 (2 of 12)."
    )


@pytest.mark.parametrize("change", [{"q": 0.06}, {"low": -0.1}])
def test_what_may_be_chance_is_no_finding(change):
    assert say(**change).startswith("No difference can be shown for “capital”: Herald writes")


def test_a_single_article_infers_nothing():
    assert say(articles=1, n_articles=1) == (
        "Nothing can be inferred from this alone: for “capital”, Herald writes “$Kyiv$” 8 times of "
        "10 in its own voice (1 article)."
    )


def test_one_event_is_named():
    assert say(n_events=1).endswith("; all of these articles are about one event.")


def test_a_whole_comparison():
    table = pd.DataFrame([row(), row(concept="war", q=0.9)])
    said = analysis.describe_naming(table)
    assert said[0].startswith("For “capital”, Herald")
    assert said[1].startswith("For 1 of the 2 concepts that are named no group differs")


def test_articles_alone_are_said_to_infer_nothing():
    table = pd.DataFrame(
        [row(articles=1, q=1.0), row(outlet="Gazette", variant="Kiev", articles=1, q=1.0)]
    )
    said = analysis.describe_naming(table)
    assert said[0].startswith("Nothing can be inferred about what each outlet calls things")
    assert (
        said[1]
        == "For “capital”, Herald writes “$Kyiv$” 8 times of 10 in its own voice (1 article)."
    )


def test_nothing_named_is_said():
    empty = pd.DataFrame(columns=list(row()))
    assert analysis.describe_naming(empty) == [
        "No concept of the lexicon is named by two groups that can be compared."
    ]
    assert analysis.tabulate_naming(empty).empty


def test_a_figure_has_a_panel_for_each_name_and_a_mark_for_each_voice():
    table = pd.DataFrame([row(), row(voice="quoted", q=0.5), row(variant="Kiev", q=0.5, low=-1)])
    figure = analysis.plot_naming(table)
    (axes,) = [axes for axes in figure.axes if axes.get_visible()]
    assert axes.get_title("left") == "$Kyiv$ (capital)"
    marks = [line for line in axes.lines if len(line.get_xdata())]
    assert {line.get_marker() for line in marks} == {"o", "s"}
    assert all(np.isclose(line.get_xdata(), 0.8).all() for line in marks)
    by_name = analysis.plot_naming(table, concept="capital")
    assert [axes.get_title("left") for axes in by_name.axes if axes.get_visible()] == [
        "$Kyiv$",
        "Kiev",
    ]
    analysis.show_figure(figure, alt="a", caption="c", name="n", data=table)


def test_a_figure_without_findings_says_so():
    figure = analysis.plot_naming(pd.DataFrame([row(q=0.5)]))
    assert figure.texts[0].get_text() == "no name differs by more than chance allows"


def test_tables_leave_out_names_that_nobody_uses():
    table = pd.DataFrame([row(), row(variant="Kiev", count=0, share=0.0, q=0.9)])
    assert analysis.tabulate_naming(table)["name"].tolist() == ["$Kyiv$"]
    assert analysis.tabulate_naming(table)["uses"].tolist() == ["8 of 10"]


def test_the_lexicon_is_listed_with_its_sources():
    lexicon = analysis.read_naming("places")
    table = pd.DataFrame([row(concept="Taiwan", variant="Formosa")])
    (listed,) = analysis.tabulate_lexicon(lexicon, table).to_dict("records")
    assert listed["note"] == "historical"
    assert "style guide" in listed["source"]
