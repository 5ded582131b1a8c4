"""One event, the articles next to each other."""

import re
from dataclasses import dataclass

import pandas as pd
import pytest

from analysis.corpus.schema import DataError
from analysis.pipeline import prepare
from analysis.report.side_by_side import MOST_ARTICLES, MOST_LETTERS, show_side_by_side
from analysis.report.side_by_side_text import passages_of

SHARED = "Monitors found the tail of a glide bomb in the school rubble."
TEXTS = [
    ("h1", "Herald", f'{SHARED} "We saw <b>it</b>," said Ivo Tarn. Trams were late.'),
    (
        "g1",
        "Gazette",
        "In the rubble of the school monitors found a glide bomb tail. Rye sold out.",
    ),
    ("c1", "Courier", "Premiums for hulls rose by a tenth in port."),
]


@dataclass(frozen=True)
class Small:
    """What is read of a corpus."""

    articles: pd.DataFrame
    quotes: pd.DataFrame


@pytest.fixture
def news():
    articles = pd.DataFrame(TEXTS, columns=["article_id", "outlet", "text"]).assign(
        event_id="e1", title='<script>"x"</script>', published=pd.NaT, copy_of="",
        wire=["own", "wire", "own"], wire_agency=["", "Meridian <Wire>", ""],
        truncated=["", "", "notice of a paywall"],
    )  # fmt: skip
    start = TEXTS[0][2].index("We saw")
    quotes = pd.DataFrame(
        {
            "article_id": ["h1"],
            "start": [start],
            "end": [start + 16],
            "kind": "direct",
            "speaker": "Ivo Tarn",
        }
    )
    return Small(articles, quotes)


def test_shared_sentences_are_numbered_and_linked(news):
    page = show_side_by_side(news, "e1").data["text/html"]
    assert "<b>What they share</b> <span>(1 claim)</span>" in page
    assert page.count('href="#side-e1-c1"') == 2
    targets = set(re.findall(r'href="#([^"]+)"', page))
    ids = re.findall(r'id="([^"]+)"', page)
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))


def test_what_one_alone_says_is_marked(news):
    plain = show_side_by_side(news, "e1").data["text/plain"]
    assert f"{SHARED}[1]" in plain
    assert "◇ Trams were late." in plain
    assert "◇ Premiums for hulls" in plain
    assert f"◇ {SHARED}" not in plain


def test_quoted_words_are_set_off_and_text_is_escaped(news):
    page = show_side_by_side(news, "e1").data["text/html"]
    assert 'font-style:italic">We saw &lt;b&gt;it&lt;/b&gt;</q>' in page
    assert "<script>" not in page
    assert "<b>it" not in page
    assert "Quoted: Ivo Tarn (1)." in page


def test_agency_copy_and_truncated_articles_are_named(news):
    page = show_side_by_side(news, "e1").data["text/html"]
    assert "Agency copy: Meridian &lt;Wire&gt;." in page
    assert "Only the beginning of this article was collected." in page


def test_the_size_is_bounded(news):
    long = news.articles.iloc[[0] * 12].assign(
        article_id=[f"a{n}" for n in range(12)], outlet=[f"O{n % 10}" for n in range(12)],
        text=[f"{SHARED} " + f"Word{n} went on. " * 4000 for n in range(12)],
    )  # fmt: skip
    shown = show_side_by_side(Small(long, news.quotes), "e1")
    page = shown.data["text/html"]
    assert page.count("<section") == MOST_ARTICLES
    assert f"{MOST_ARTICLES} of 12 articles on this event are shown." in page
    assert f"Long articles are cut after about {MOST_LETTERS:,} characters." in page
    assert len(page) < MOST_ARTICLES * MOST_LETTERS * 3


def test_passages_joined_are_the_text():
    news = prepare("sample").with_events()
    aligned = pd.DataFrame(
        {"start": [0, 20], "end": [10, 30], "claim": [1, 0], "likeness": [0.5, 0.0]}
    )
    for text in news.articles["text"].head(10):
        cut = passages_of(text, aligned, [(5, 25)])
        assert "".join(passage.text for passage in cut) == text
        assert [passage.spoken for passage in cut][:3] == [((5, 10),), (), ((0, 5),)]


def test_the_sample_is_shown_whole():
    news = prepare("sample").with_events()
    event = news.articles["event_id"].value_counts().index[0]
    plain = show_side_by_side(news, event).data["text/plain"]
    for outlet in news.articles.loc[news.articles["event_id"] == event, "outlet"].unique():
        assert f"{outlet}: " in plain


def test_odd_ids_and_empty_articles(news):
    odd = news.articles.assign(event_id='e 1"><b>')
    odd.loc[2, "text"] = ""
    page = show_side_by_side(Small(odd, news.quotes), 'e 1"><b>').data["text/html"]
    assert 'id="side-e-1-b-' in page
    assert "e 1" not in page
    assert "Courier" in page


def test_an_unknown_event_is_refused(news):
    with pytest.raises(DataError, match="no article has the event_id 'e9'; take one from"):
        show_side_by_side(news, "e9")
