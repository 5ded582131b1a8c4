"""The way in to a report."""

from dataclasses import dataclass, field, replace

import pandas as pd
import pytest

from analysis.report.render import Page
from analysis.report.site import About, write_site

ABOUT = About("Report", "5 January 2026", "sample", "Made by hand", "", "f" * 64)
NOTHING = pd.DataFrame({"article_id": [], "reason": []})


@dataclass(frozen=True)
class SmallCorpus:
    """What the site reads of a corpus."""

    articles: pd.DataFrame
    removed: pd.DataFrame = field(default_factory=NOTHING.copy)
    rejected: pd.DataFrame = field(default_factory=NOTHING.copy)
    set_aside: pd.DataFrame = field(default_factory=NOTHING.copy)
    fingerprint: str = "f" * 64


@pytest.fixture
def write(tmp_path, articles):
    def build(about=ABOUT, **frames):
        folder = tmp_path / "site"
        pages = [Page(stem, stem.title(), [], []) for stem in ("a", "b", "c")]
        parameters = {"a": {"n": 1}, "b": {"outlets": ["Herald", "Gazette"]}, "c": {}}
        corpus = SmallCorpus(articles, **frames)
        write_site(folder, about, corpus, pages=pages, parameters=parameters)
        return folder

    return build


def test_pages_lead_to_each_other(write):
    folder = write()
    first, second, last = ((folder / f"{stem}.html").read_text() for stem in "abc")
    assert '<a rel="next" href="b.html">B</a>' in first
    assert "rel=prev" not in first
    assert '<a rel="prev" href="a.html">A</a>' in second
    assert '<a rel="next" href="c.html">C</a>' in second
    assert 'rel="next"' not in last
    assert "<dd>outlets: Herald, Gazette</dd>" in second
    assert "<dt>Parameters</dt>" not in last


def test_the_way_in_says_what_was_compared(write):
    index = (write() / "index.html").read_text()
    assert "12 articles of 3 outlets, 5 January 2026 to 7 January 2026." in index
    assert "<dd>n: 1; outlets: Herald, Gazette</dd>" in index
    assert "Nothing: every record was read, and no passage was taken out." in index
    assert "<code>ffffffffffffffff</code>" in index


def test_the_table_of_outlets_has_numbers_and_days(write):
    table = (write() / "tables" / "index-outlets.csv").read_text()
    assert table.splitlines()[:2] == [
        "outlet,articles,first,last",
        "Courier,4,2026-01-05,2026-01-07",
    ]


def test_the_way_in_says_what_was_left_out(write):
    folder = write(
        removed=pd.DataFrame(
            {"article_id": ["h1", "h1"], "reason": ["menu", "menu"], "text": ["Home", "Sport"]}
        ),
        rejected=pd.DataFrame({"article_id": ["x"], "reason": ["no text"]}),
        set_aside=pd.DataFrame(
            {
                "origin": ["b<a>d.txt", "x.txt"],
                "problem": ["is empty", "has no date"],
                "remedy": ["fill it", "date it"],
                "kept": [False, True],
            }
        ),
    )
    index = (folder / "index.html").read_text()
    assert "1 record could not be read and was set aside." in index
    assert "1 record has a fault and was compared all the same. 1 article was rejected" in index
    assert "2 passages that no reporter wrote, in 1 article, stayed out of all counts." in index
    assert "b&lt;a&gt;d.txt" in index
    removed = (folder / "tables" / "index-removed.csv").read_text()
    assert removed == "article_id,reason\nh1,menu\nh1,menu\n"


def test_every_page_says_first_what_the_corpus_does_not_allow(write):
    folder = write(about=replace(ABOUT, blocking=("One <article> an outlet.",)))
    for stem in ("index", "a", "b", "c"):
        html = (folder / f"{stem}.html").read_text()
        start = html.index('<main id="main"')
        assert html.index("<li>One &lt;article&gt; an outlet.</li>", start) < start + 250


def test_pages_of_a_fit_corpus_have_no_banner(write):
    assert 'class="blocking"' not in (write() / "index.html").read_text()
