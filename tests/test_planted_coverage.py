"""The planted omissions of the sample are found, and none between the two equal outlets."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

import analysis

ROOT = Path(analysis.__file__).parents[2]
TRUTH: dict[str, Any] = yaml.safe_load((ROOT / "data/sample/truth.yml").read_text(encoding="utf-8"))
NAMES = {slug: outlet["name"] for slug, outlet in TRUTH["outlets"].items()}
EVENT_OF = {file: name for name, event in TRUTH["events"].items() for file in event["files"]}
PLANTED = [
    pytest.param(row, slug, side, id=f"{row['id']}-{slug}")
    for row in TRUTH["omissions"]
    for side in ("carried_by", "left_out_by")
    for slug in row[side]
]
PAIR = [NAMES[slug] for slug in TRUTH["equal_pair"]]
SURPRISING = 0.1


@pytest.fixture(scope="module")
def news() -> analysis.Corpus:
    return analysis.prepare("sample")


@pytest.fixture(scope="module")
def articles(news) -> pd.DataFrame:
    """The sample with its true events: how they are found is tested elsewhere."""
    return news.articles.assign(event_id=news.articles["origin"].map(EVENT_OF))


@pytest.fixture(scope="module")
def items(news, articles) -> pd.DataFrame:
    return analysis.find_items(articles, quotes=news.quotes)


@pytest.fixture(scope="module")
def coverage(articles, items) -> pd.DataFrame:
    return analysis.compare_coverage(articles, items=items)


def items_with(row, items, articles) -> set[tuple[str, str]]:
    """Give the items of the event of which a passage has one of the marks of a planted fact."""
    text_of = articles.set_index("article_id")["text"]
    marks = re.compile(rf"\b(?:{'|'.join(map(re.escape, row['marks']))})\b", re.IGNORECASE)
    own = items[(items["event_id"] == row["event"]) & ~items["near"]]
    spans = zip(own["article_id"], own["start"], own["end"], strict=True)
    marked = [bool(marks.search(text_of[name][start:end])) for name, start, end in spans]
    chosen = own[marked]
    return set(zip(chosen["kind"], chosen["item"], strict=True))


@pytest.mark.parametrize(("row", "slug", "side"), PLANTED)
def test_planted_facts_are_told_or_left_out(row, slug, side, items, articles, coverage):
    wanted = items_with(row, items, articles)
    rows = coverage[(coverage["event_id"] == row["event"]) & (coverage["outlet"] == NAMES[slug])]
    keys = list(zip(rows["kind"], rows["item"], strict=True))
    states = {state for key, state in zip(keys, rows["state"], strict=True) if key in wanted}
    if side == "carried_by":
        assert "covered" in states
    else:
        assert "not covered" in states


def test_no_omission_of_the_equal_pair_is_surprising(coverage):
    missed = coverage[(coverage["state"] == "not covered") & coverage["outlet"].isin(PAIR)]
    assert len(missed)
    assert missed["chance"].dropna().min() > SURPRISING


def test_the_equal_pair_alone_has_no_habit(news, articles):
    pair = articles[articles["outlet"].isin(PAIR)]
    coverage = analysis.compare_coverage(pair, quotes=news.quotes)
    assert (analysis.summarise_omissions(coverage)["q"] > 0.05).all()


def test_neither_of_the_equal_pair_leaves_out_more_than_others(coverage):
    habits = analysis.summarise_omissions(coverage)
    found = habits[(habits["q"] <= 0.05) & (habits["estimate"] > 0)]
    assert not set(found["outlet"]) & set(PAIR)
    # it is the outlet of kitchens and queues that leaves out ministers
    assert "Quayside Observer" in set(found["outlet"])


def shuffle_outlets(articles: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Deal the outlets of each event anew among its articles."""
    random = np.random.default_rng(seed)
    dealt = articles.groupby("event_id")["outlet"].transform(
        lambda names: random.permutation(names)
    )
    return articles.assign(outlet=dealt)


def test_chances_come_true_as_often_as_they_say_under_shuffled_outlets(news, articles, items):
    told = expected = spread = 0.0
    for seed in range(6):
        coverage = analysis.compare_coverage(shuffle_outlets(articles, seed), items=items)
        judged = coverage[coverage["chance"].notna() & (coverage["chance"] <= 0.4)]
        told += (judged["state"] == "not covered").sum()
        expected += judged["chance"].sum()
        spread += (judged["chance"] * (1 - judged["chance"])).sum()
    assert expected > 50
    # items of an article stand or fall together: four times the variance of independent ones
    assert abs(told - expected) < 2 * np.sqrt(4 * spread)


def test_habits_are_not_found_under_shuffled_outlets(articles, items):
    small = n = 0
    for seed in range(8):
        coverage = analysis.compare_coverage(shuffle_outlets(articles, seed), items=items)
        p = analysis.summarise_omissions(coverage)["p"]
        small, n = small + int((p <= 0.05).sum()), n + len(p)
    assert small <= 0.1 * n
