"""Findings say what the row says, how sure it is, and nothing where nothing can be said."""

import math

import pandas as pd
import pytest

from analysis.report import sentences

ROW = {
    "outlet": "Herald",
    "term": "regime",
    "estimate": math.log(3.1),
    "low": math.log(1.9),
    "high": math.log(5.0),
    "p": 0.0001,
    "q": 0.001,
    "count": 60,
    "n_articles": 41,
    "count_rest": 50,
    "n_articles_rest": 30,
    "articles": 212,
    "articles_rest": 640,
    "n_days": 20,
}


def row(**changes: object) -> pd.Series:
    return pd.Series({**ROW, **changes})


def test_a_difference_is_told_with_its_interval_and_articles():
    assert sentences.describe_term(row()) == (
        "Herald writes “regime” 3.1 times as often as the others "
        "(95 % interval 1.9 to 5.0; 41 of 212 articles against 30 of 640)."
    )


def test_a_pair_names_the_other_outlet():
    said = sentences.describe_term(row(other="Gazette", articles_rest=90))
    assert said.startswith("Herald writes “regime” 3.1 times as often as Gazette (95 % interval")


def test_an_interval_that_covers_no_difference_is_no_finding():
    said = sentences.describe_term(row(low=math.log(0.8), p=0.2, q=0.6))
    assert said.startswith("No difference can be shown for “regime” between Herald and the others")
    assert "q =" not in said


def test_a_small_p_among_many_terms_is_no_finding():
    said = sentences.describe_term(row(p=0.01, q=0.3), n_terms=900)
    assert said.startswith("No difference can be shown")
    assert "q = 0.30 among 900 terms" in said


def test_a_term_that_only_one_side_writes_has_one_bound():
    only = row(count_rest=0, n_articles_rest=0, high=math.inf, low=math.log(12))
    assert sentences.describe_term(only) == (
        "Only Herald writes “regime”, the others do not "
        "(95 % interval: at least 12 times as often; 41 of 212 articles against 0 of 640)."
    )
    never = row(count=0, n_articles=0, estimate=-3.0, low=-math.inf, high=math.log(0.25))
    assert sentences.describe_term(never) == (
        "Herald does not write “regime” at all, the others do "
        "(95 % interval: at most 0.25 times as often; 0 of 212 articles against 30 of 640)."
    )


@pytest.mark.parametrize(
    ("column", "warning"),
    [("n_events", "are about one event"), ("n_days", "are from one day")],
)
def test_a_term_of_one_story_is_never_told_without_saying_so(column, warning):
    assert warning in sentences.describe_term(row(**{column: 1}))
    assert warning not in sentences.describe_term(row(**{column: 2}))


def test_one_article_shows_nothing():
    said = sentences.describe_term(row(articles=1, n_articles=1, count=1))
    assert said == (
        "Nothing can be inferred about “regime”: Herald has a single article here "
        "(“regime” stands 1 time in Herald, 50 in the others)."
    )


def test_a_table_gives_the_best_term_of_each_outlet_first():
    table = pd.DataFrame(
        [
            row(),
            row(term="junta"),
            row(outlet="Gazette", term="state"),
            row(outlet="Courier", q=0.5),
        ]
    )
    said = sentences.describe_terms(table)
    assert [one.split("”")[0] for one in said[:3]] == [
        "Herald writes “regime",
        "Gazette writes “state",
        "Herald writes “junta",
    ]
    assert said[3].startswith("No word sets Courier apart: none of 3 terms is more frequent")


def test_topics_are_told_with_both_shares():
    topic = pd.Series(
        {
            "outlet": "Herald",
            "label": "grain · ships",
            "share": 0.12,
            "share_rest": 0.05,
            "estimate": 0.07,
            "low": 0.04,
            "high": 0.10,
            "p": 0.001,
            "q": 0.01,
            "n_articles": 212,
            "n_articles_rest": 640,
        }
    )
    assert sentences.describe_topic(topic) == (
        "Herald gives more room to “grain · ships” (12% of its articles' weight, against 5% in the "
        "others; difference with 95 % interval +4 to +10 points; 212 articles against 640)."
    )
    unsure = topic.copy()
    unsure["low"] = -0.01
    assert sentences.describe_topic(unsure).startswith("No difference can be shown for the topic")
    unsure["n_articles"] = 1
    assert sentences.describe_topic(unsure).startswith("Nothing can be inferred about the topic")


@pytest.mark.parametrize(
    ("factor", "said"),
    [(0.123, "0.12"), (1, "1.0"), (9.94, "9.9"), (9.96, "10"), (2e4, "over 1,000")],
)
def test_factors_have_two_digits(factor, said):
    assert sentences.times(math.log(factor)) == said
