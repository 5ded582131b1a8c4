"""What was planted in the sample is found, and between the two equal outlets nothing is."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import analysis

ROOT = Path(analysis.__file__).parents[2]
TRUTH: dict[str, Any] = yaml.safe_load((ROOT / "data/sample/truth.yml").read_text(encoding="utf-8"))
NAMES = {slug: outlet["name"] for slug, outlet in TRUTH["outlets"].items()}
NAMING = [(row["term"], slug) for row in TRUTH["naming"] for slug in row["outlets"]]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.fixture(scope="module")
def sample() -> analysis.Corpus:
    return analysis.prepare("sample")


@pytest.fixture(scope="module")
def texts(sample: analysis.Corpus) -> "pd.Series[str]":
    """Cleaned texts by file."""
    return sample.articles.set_index("origin")["text"]


@pytest.fixture(scope="module")
def terms(sample: analysis.Corpus) -> pd.DataFrame:
    return analysis.compare_terms(sample.counts(ngrams=(1, 2))).set_index(["term", "outlet"])


@pytest.fixture(scope="module")
def own_terms(sample: analysis.Corpus) -> pd.DataFrame:
    counts = sample.counts(ngrams=(1, 2))
    return analysis.compare_terms(counts, wire="exclude").set_index(["term", "outlet"])


def test_every_article_is_loaded_and_none_rejected(sample):
    assert sorted(sample.articles["origin"]) == sorted(TRUTH["articles"])
    assert sample.rejected.empty


@pytest.mark.parametrize("file", sorted(TRUTH["articles"]))
def test_the_article_is_whole(file, texts):
    cleaned = " ".join(words(texts[file]))
    first = cleaned.index(" ".join(words(TRUTH["articles"][file]["first"])))
    last = cleaned.index(" ".join(words(TRUTH["articles"][file]["last"])))
    assert 0 <= first < last


def test_furniture_is_gone(texts):
    left, planted = [], 0
    for file, furniture in TRUTH["furniture"].items():
        lines = {" ".join(words(line)) for line in texts[file].splitlines()}
        listed = [line for line in furniture if words(line)]
        planted += len(listed)
        left += [f"{file}: {line}" for line in listed if " ".join(words(line)) in lines]
    assert len(left) <= 0.02 * planted, left


@pytest.mark.parametrize("row", TRUTH["damaged"], ids=lambda row: row["file"])
def test_damaged_text_is_mended(row, texts):
    assert row["intact"] in texts[row["file"]]


def test_undated_articles_stay_undated(sample):
    published = sample.articles.set_index("origin")["published"]
    assert published[TRUTH["undated"]].isna().all()


@pytest.mark.parametrize(("term", "slug"), NAMING)
def test_planted_names_are_found(term, slug, terms):
    row = terms.loc[(term, NAMES[slug])]
    assert row["q"] <= 0.05
    assert row["low"] > 0


def test_the_planted_reporting_verb_is_found(terms):
    row = terms.loc[("claimed", NAMES["kastria-herald"])]
    assert row["q"] <= 0.05
    assert row["low"] > 0


def test_nothing_differs_between_the_equal_pair(sample):
    pair = [NAMES[slug] for slug in TRUTH["equal_pair"]]
    rows = sample.articles["outlet"].isin(pair).to_numpy()
    counts = analysis.tokenize(sample.articles[rows]).counts((1, 2), min_articles=5)
    assert analysis.compare_terms(counts)["q"].min() > 0.05


def test_agency_copy_is_labelled(sample):
    labels = sample.articles.set_index("origin")
    origins = sample.articles.set_index("article_id")["origin"]
    for row in TRUTH["wire"]:
        assert labels.loc[row["file"], ["wire", "wire_agency"]].tolist() == [
            row["origin"],
            row["agency"],
        ]
        source = origins.get(labels.loc[row["file"], "source_id"], "")
        reprints = {other["file"] for other in TRUTH["wire"] if other["source"]} - {row["file"]}
        assert source in (reprints if row["source"] else {""})
    planted = {row["file"] for row in TRUTH["wire"]}
    assert set(labels.index[labels["wire"] != "own"]) == planted


def test_a_comparison_without_agency_copy_leaves_out_what_was_planted(sample):
    counts = sample.counts(ngrams=(1, 2))
    planted = {row["file"] for row in TRUTH["wire"]}
    left = set(analysis.select_wire(counts, "exclude").articles["origin"])
    assert set(sample.articles["origin"]) - left == planted
    assert set(analysis.select_wire(counts, "only").articles["origin"]) == planted
    table = analysis.compare_terms(counts, wire="exclude")
    n_planted = sample.articles.loc[
        sample.articles["origin"].isin(planted), "outlet"
    ].value_counts()
    n_articles = table.groupby("outlet")["articles"].first()
    expected = sample.articles["outlet"].value_counts().sub(n_planted, fill_value=0)
    assert n_articles.to_dict() == expected.to_dict()


@pytest.mark.parametrize(("term", "slug"), [*NAMING, ("claimed", "kastria-herald")])
def test_planted_differences_do_not_depend_on_agency_copy(term, slug, own_terms):
    row = own_terms.loc[(term, NAMES[slug])]
    assert row["q"] <= 0.05
    assert row["low"] > 0


def test_nothing_differs_between_the_equal_pair_without_agency_copy(sample):
    pair = [NAMES[slug] for slug in TRUTH["equal_pair"]]
    rows = sample.articles["outlet"].isin(pair).to_numpy()
    counts = analysis.tokenize(sample.articles[rows]).counts((1, 2), min_articles=5)
    assert analysis.compare_terms(counts, wire="exclude")["q"].min() > 0.05


def test_no_planted_article_stands_twice_in_its_outlet(sample):
    assert set(sample.articles["copy_of"]) == {""}
