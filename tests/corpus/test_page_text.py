from lxml import html

from analysis.corpus.blocks import read_blocks
from analysis.corpus.evidence import Evidence
from analysis.corpus.page_text import revise

PARTS = [
    [
        "The mayor of the town said on Monday that the old bridge would be closed for two years.",
        "Engineers who looked at the bridge in May found that two of its five piers had moved.",
        "Shopkeepers on both banks of the river have asked the council for a ferry since then.",
    ],
    [
        "The council is to vote next week on a ferry that would sail from seven in the morning.",
        "Its owner, who has run boats on the river since 1998, wants to be paid for ten years.",
        "The bridge was built in 1911, and it was last repaired when the railway was closed.",
        "A new bridge would cost more than the town earns in a year, the mayor told the council.",
    ],
]
COMMENTS = [
    "I have lived here for forty years and have never seen anything like it, to be honest.",
    "They should have thought of it before they spent all of our money on the town hall.",
    "My brother walks across it every morning, and he will have to take the car from now on.",
]


def evidence():
    """A page with its article in two containers, of which the other extractor read the first."""
    parts = "<div class='promo'><a href='/'>Ferry timetable</a></div>".join(
        f"<div class='article body'>{''.join(f'<p>{line}</p>' for line in part)}</div>"
        for part in PARTS
    )
    comments = "".join(
        f"<li class='comment'><div class='comment-text'>{line}</div></li>" for line in COMMENTS
    )
    page = (
        f"<html><body><nav><a href='/'>Home</a></nav><h1>Bridge closed</h1>{parts}"
        f"<section class='comments'><ul>{comments}</ul></section></body></html>"
    )
    blocks = read_blocks(html.document_fromstring(page))
    return Evidence(blocks, "\n".join(PARTS[0]), title="Bridge closed")


def test_an_article_in_two_containers_is_read_whole():
    assert revise(evidence()).split("\n") == PARTS[0] + PARTS[1]


def test_what_is_of_another_kind_than_the_article_is_not_added():
    text = revise(evidence())
    assert not any(line in text for line in [*COMMENTS, "Ferry timetable", "Home"])


def test_a_text_that_is_not_of_the_page_stays():
    found = evidence()
    other = Evidence(found.blocks, "A line that stands nowhere on this page.", title="Other")
    assert "A line that stands nowhere on this page." in revise(other)
