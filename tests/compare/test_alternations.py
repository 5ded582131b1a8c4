"""Suggested pairs: two names for one thing come before members of a list."""

import pandas as pd
import pytest

import analysis
from analysis import DataError

VERBS = [
    "attacked the town",
    "left the bridge",
    "held the harbour",
    "shelled the road",
    "fled at night",
]


@pytest.fixture(scope="module")
def tokens() -> analysis.Tokens:
    rows = [
        {
            "article_id": f"{outlet}{number}",
            "outlet": outlet,
            "event_id": "e1",
            "text": f"On the coast the {name} {verb} again. Wheat, barley and maize were {weather}.",
        }
        for outlet, name in (("Herald", "rebels"), ("Gazette", "militants"))
        for number, (verb, weather) in enumerate(zip(VERBS, ["dear", "cheap", "wet", "gone", "sold"], strict=True))
    ]  # fmt: skip
    return analysis.tokenize(pd.DataFrame(rows))


def test_the_planted_pair_comes_first(tokens):
    first = analysis.suggest_alternations(tokens, n_pairs=5).iloc[0]
    assert {first["first"], first["second"]} == {"militants", "rebels"}
    assert first["split"] > 0.5
    favours = {first["first"]: first["favours_first"], first["second"]: first["favours_second"]}
    assert favours == {"militants": "Gazette", "rebels": "Herald"}


def test_what_is_named_together_is_no_pair(tokens):
    pairs = analysis.suggest_alternations(tokens, n_pairs=5)
    listed = {"wheat", "barley", "maize"}
    assert not [row for row in pairs.itertuples() if {row.first, row.second} <= listed]


def test_inside_events(tokens):
    pairs = analysis.suggest_alternations(tokens, within="event_id", n_pairs=1)
    assert pairs["event_id"].tolist() == ["e1"]


def test_what_is_written_can_be_read_as_a_lexicon(tokens, tmp_path):
    pairs = analysis.suggest_alternations(tokens, n_pairs=1)
    path = tmp_path / "naming.yml"
    path.write_text(analysis.write_alternations(pairs), encoding="utf-8")
    (concept,) = analysis.read_naming(path).concepts
    assert {variant.name for variant in concept.variants} == {"militants", "rebels"}


def test_errors(tokens):
    with pytest.raises(DataError, match="'paper' is not a column of the articles"):
        analysis.suggest_alternations(tokens, by="paper")
    with pytest.raises(DataError, match="n_pairs is 0; it must be 1 or more"):
        analysis.suggest_alternations(tokens, n_pairs=0)


def test_a_corpus_without_names_gives_no_pairs():
    articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "text": ["", "is it"]})
    assert analysis.suggest_alternations(analysis.tokenize(articles)).empty
