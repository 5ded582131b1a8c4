"""The health of a corpus as readers see it."""

import pandas as pd
import pytest

from analysis.check.findings import Finding, tabulate_findings
from analysis.corpus.schema import DataError
from analysis.report.health import describe_blocking, show_health, write_health

FINDINGS = tabulate_findings(
    [
        Finding(
            "blocks", "language", "Half of <Herald> is in Latin.", "terms", "leave it out",
            "Herald", ("h1", "h2", "gone"),
        ),
        Finding("qualifies", "gap", "Gazette has no article for 9 days.", "coverage", "look"),
        Finding("fine", "missing dates", "3 of 12 articles have no date.", articles=("h4",)),
    ]
)  # fmt: skip


def test_what_blocks_stands_first_with_its_articles(articles):
    articles.loc[0, ["title", "url"]] = ["Talks <b>open</b>", "https://herald.example/1"]
    shown = show_health(FINDINGS, articles, caption="Health", name="health")
    page = shown.data["text/html"]
    assert page.index("Blocks a comparison (1 finding)") < page.index("Qualifies a comparison")
    assert "Half of &lt;Herald&gt; is in Latin." in page
    assert '<details><summary>3 articles</summary><ul class="lines">' in page
    link = '<a href="https://herald.example/1" rel="noreferrer">Talks &lt;b&gt;open&lt;/b&gt;</a>'
    assert f"<li>Herald · 2026-01-05 · <cite>{link}</cite> · <small>h1</small></li>" in page
    assert "<li>gone</li>" in page
    assert "<details><summary>Fine (1 check)</summary>" in page
    assert shown.metadata["text/html"]["kind"] == "health"
    assert shown.data["text/csv"].splitlines()[1].endswith(',terms,3,"h1, h2, gone",leave it out')


def test_an_empty_level_has_no_heading(articles):
    page = show_health(FINDINGS.tail(1), articles, caption="Health", name="health")
    assert "Blocks" not in page.data["text/html"]
    with pytest.raises(DataError, match="has no caption"):
        show_health(FINDINGS, articles, caption=" ", name="health")


def test_long_lists_of_articles_are_cut_and_say_so(articles):
    ids = tuple(f"x{n}" for n in range(40))
    many = tabulate_findings([Finding("qualifies", "copies", "Many.", articles=ids)])
    page = show_health(many, articles, caption="Health", name="health").data["text/html"]
    assert page.count("<li>x") == 30
    assert "The first 30 of 40; the download has the ids of all." in page


def test_a_terminal_gets_what_can_be_done():
    assert write_health(FINDINGS).splitlines() == [
        "BLOCKS A COMPARISON (1)",
        "  language: Half of <Herald> is in Latin.",
        "    affects terms; 3 articles: h1, h2, gone",
        "    what to do: leave it out",
        "",
        "QUALIFIES A COMPARISON (1)",
        "  gap: Gazette has no article for 9 days.",
        "    affects coverage",
        "    what to do: look",
        "",
        "FINE (1)",
        "  missing dates: 3 of 12 articles have no date.",
    ]
    assert write_health(pd.DataFrame(FINDINGS.head(0))) == ""
    name = "a-file-" * 20
    long = tabulate_findings([Finding("qualifies", "x", "Long.", articles=(name,))])
    assert name in write_health(long)  # an id is to be copied


def test_pages_say_what_is_blocked():
    assert describe_blocking(FINDINGS) == ["Half of <Herald> is in Latin. Blocked: terms."]
