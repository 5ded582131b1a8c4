"""One article with its removals struck through."""

from dataclasses import dataclass

import pandas as pd
import pytest

from analysis.corpus.schema import DataError
from analysis.pipeline import prepare
from analysis.report.removed import show_removed

TEXT = "Menu <b>\n\nThe envoys met.\nShare <this>"


@dataclass(frozen=True)
class Small:
    """What is read of a corpus."""

    loaded: pd.DataFrame
    removed: pd.DataFrame


@pytest.fixture
def corpus(articles):
    rows = [
        ("h1", 0, 8, "menu", "Menu <b>"),
        ("h1", 5, 8, "markup", "<b>"),
        ("h1", 26, 38, 'call "to" share', "Share <this>"),
        ("g1", 0, 3, "menu", "The"),
    ]
    removed = pd.DataFrame(rows, columns=["article_id", "start", "end", "reason", "text"])
    loaded = articles.assign(text=articles["text"].where(articles["article_id"] != "h1", TEXT))
    return Small(loaded, removed)


def test_each_removed_span_is_struck_through_with_its_reason(corpus):
    shown = show_removed(corpus, "h1")
    assert (
        '<del title="menu">Menu &lt;b&gt;</del><sup>2</sup>\n\nThe envoys met.\n'
        '<del title="call &quot;to&quot; share">Share &lt;this&gt;</del><sup>1</sup></div>'
    ) in shown.data["text/html"]
    assert "<b>" not in shown.data["text/html"]
    assert shown.data["text/plain"] == (
        "What was removed from \u201cTalks open\u201d (Herald, h1)\n"
        "[-Menu <b>-](2)\n\nThe envoys met.\n[-Share <this>-](1)\n"
        'Struck through and removed, 53% of the characters: 1 call "to" share (1 passage); '
        "2 menu (1 passage)."
    )


def test_an_untouched_article_says_so(corpus):
    shown = show_removed(corpus, "c1")
    assert "<del" not in shown.data["text/html"]
    assert shown.data["text/plain"].endswith("Nothing was removed from this article.")


def test_every_article_of_the_sample_comes_back_whole():
    news = prepare("sample")
    for article_id, text in zip(news.loaded["article_id"], news.loaded["text"], strict=True):
        plain = show_removed(news, article_id).data["text/plain"]
        spans = news.removed[news.removed["article_id"] == article_id]
        assert plain.count("[-") == len(spans)
        assert all(f"[-{span.strip()}-]" in plain for span in spans["text"])
        assert text.strip()[-1] in plain


def test_an_unknown_article_is_refused(corpus):
    with pytest.raises(DataError, match="no loaded article has the article_id 'x'; take one from"):
        show_removed(corpus, "x")
