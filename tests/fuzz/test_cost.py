"""Twice the input, about twice the time: on inputs made so that a careless rule takes the square."""

from time import process_time

import pandas as pd
import pytest

from analysis import clean, find_quotes, repair, split_sentences
from analysis.corpus.extract import read_page

ARTICLE = "The council of the town met on Monday, and it voted for the new bridge.\n"
TEXTS = ["&amp;", "amp;", "#39;", "quot;", "\n", "\n \n", "<p>", "<br>", "\u200d", ".", "?", " ", "(", '"', "Ã©", "- ", "@", "A. ", "<", "<a "]  # fmt: skip
PAGES = {
    "scripts that never end": "<script type=application/ld+json>",
    "short paragraphs": "<p>x",
    "headings and paragraphs": "<h2>x<p>y",
    "rows": "<tr><td>a</td><td>b</td></tr>",
    "divisions": "<div>",
    "comments that never end": "<!--",
    "tags that never end": "<a ",
    "ampersands": "&amp;",
}


def grows_evenly(work, least, slack=0.15):
    """Tell whether twice the input takes at most two and a half times as long, in three tries."""
    work(100)
    for _ in range(3):
        start = process_time()
        work(least)
        middle = process_time()
        work(2 * least)
        if process_time() - middle <= 2.5 * (middle - start) + slack:
            return True
    return False


@pytest.mark.parametrize("piece", TEXTS)
def test_mending_and_splitting(piece):
    assert grows_evenly(lambda n: split_sentences(repair(ARTICLE + piece * n)), 8000)


@pytest.mark.parametrize("piece", ["\n", "<p>", "#39;", "\u200d", "&amp;", "(AP) "])
def test_cleaning(piece):
    def work(n):
        text = ARTICLE + piece * n
        frame = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
        clean(frame)

    assert grows_evenly(work, 4000)


QUOTED = [
    "“a ", "‘a ", '"', "x ‘a ", "x 'a‘ ", "'a' ", "“a ‘b’ c” ", "“a b”, ", "“»", "a: “b” ", "a, said ", "he said, “a”, ",
    "said that he ", "(a, he said) ", "by ", "<", '<a> "b ', "a wrapped line\n", "“a\n\n", "“a.” – A B C D\n",
    "Anna Roe left. He said that it rained. ", "Minister Ann Roe left. The minister said it rained. ",
]  # fmt: skip


@pytest.mark.parametrize("piece", QUOTED)
def test_finding_quotations(piece):
    def work(n):
        find_quotes(
            pd.DataFrame({"article_id": ["a"], "text": ["The hall was full: " + piece * n]})
        )

    assert grows_evenly(work, 1500)


def test_marks_of_another_kind_before_many():
    def work(n):
        text = "«a " * n + "b” " * n
        find_quotes(pd.DataFrame({"article_id": ["a"], "text": [text]}))

    assert grows_evenly(work, 3000)


def test_lines_of_marks():
    """Each in a line as short as a notice, where a pattern that can read it in many ways never ends."""
    pieces = ["-", "'", "’", "a-", "a'", "- ", "a ", "A ", '"', ".", "a.", ": ", "( ", "a, ", "for more ", "sign up "]  # fmt: skip
    texts = [f"{ARTICLE}{piece * (290 // len(piece))}\n{ARTICLE}" for piece in pieces]
    frame = pd.DataFrame({"article_id": [str(n) for n in range(len(texts))], "text": texts})
    start = process_time()
    clean(frame)
    assert process_time() - start < 10


@pytest.mark.parametrize("piece", PAGES.values(), ids=PAGES)
def test_pages(piece):
    page = "<html><head><title>T</title></head><body><article>" + f"<p>{ARTICLE}</p>" * 9
    assert grows_evenly(lambda n: read_page(page + piece * n), 2000)


def test_an_article_that_never_comes_to_rest_is_rejected():
    nested = "<" * 300 + "b>" * 300 + ARTICLE
    frame = pd.DataFrame({"article_id": ["a", "b"], "text": [nested, ARTICLE * 3]})
    cleaned = clean(frame)
    assert list(cleaned.articles["article_id"]) == ["b"]
    assert list(cleaned.rejected["reason"]) == ["still changes after 20 rounds of cleaning"]
