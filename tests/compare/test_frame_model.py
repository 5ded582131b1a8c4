"""Frames learned from labels: found where there is something to learn, and not where there is not."""

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import DataError

CASES = {
    "court": "the judge ruled and the lawyer appealed",
    "market": "the price rose and shares fell",
}


def labelled(n: int = 30) -> tuple[pd.DataFrame, pd.DataFrame]:
    random = np.random.default_rng(0)
    names = [*CASES] * (n // 2)
    texts = [f"{CASES[name]} in {random.choice(['May', 'June', 'town'])}" for name in names]
    articles = pd.DataFrame({"article_id": [f"a{k}" for k in range(len(names))], "text": texts})
    labels = pd.DataFrame({one: [name == one for name in names] for one in CASES})
    return articles, labels.set_index(articles["article_id"])


def test_what_can_be_learned_is_learned():
    articles, labels = labelled()
    model = analysis.fit_frames(articles, labels)
    assert model.accuracy == 1
    assert model.reliability["f1"].tolist() == [1, 1]
    assert model.found.equals(labels.rename_axis(None))
    new = pd.DataFrame({"article_id": ["x"], "text": ["the lawyer and the judge"]})
    assert model.predict(new).loc["x"].to_dict() == {"court": True, "market": False}


def test_labels_without_a_reason_are_not_learned():
    articles, _ = labelled(60)
    random = np.random.default_rng(1).random(60) < 0.5
    labels = pd.DataFrame({"noise": random, "other": ~random}, index=articles["article_id"])
    model = analysis.fit_frames(articles, labels)
    assert model.accuracy < 0.7


def test_the_same_seed_gives_the_same_figures():
    articles, labels = labelled()
    one, other = (analysis.fit_frames(articles, labels).unseen for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_labels_that_cannot_be_used_are_named():
    articles, labels = labelled()
    with pytest.raises(DataError, match="1 of 30 articles have no labels, the first is 'a0'"):
        analysis.fit_frames(articles, labels.drop(index="a0"))
    with pytest.raises(DataError, match="article 'a1' has the label 'maybe' for 'court'"):
        analysis.fit_frames(articles, labels.astype(object).replace({"court": {False: "maybe"}}))
    few = labels.assign(rare=[True] * 3 + [False] * 27)
    with pytest.raises(DataError, match="3 of 30 articles have the frame 'rare'; 10 with it"):
        analysis.fit_frames(articles, few)
