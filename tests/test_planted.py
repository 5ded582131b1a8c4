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
    labels = analysis.label_wire(sample.loaded)
    labels.index = sample.loaded.set_index("article_id")["origin"].reindex(labels.index)
    for row in TRUTH["wire"]:
        assert labels.loc[row["file"], ["origin", "agency"]].tolist() == [
            row["origin"],
            row["agency"],
        ]
    planted = {row["file"] for row in TRUTH["wire"]}
    assert set(labels.index[labels["origin"] != "own"]) == planted
