import csv
import json
from importlib.resources import files

import pandas as pd
import pytest

from analysis.corpus.block_features import Reading
from analysis.corpus.extract import extract, read_page

SENTENCES = [
    "The mayor of the town said on Monday that the old bridge would be closed for two years.",
    "Engineers who looked at the bridge in May found that two of its five piers had moved.",
    "Shopkeepers on both banks have asked for a ferry, and the council is to vote next week.",
    "The bridge was built in 1911, and it was last repaired when the railway was closed.",
]
STATED = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "NewsArticle",
            "headline": "Bridge closed",
            "datePublished": "2024-05-06T21:30:00-04:00",
            "author": {"@type": "Person", "name": "Ann Smith"},
        }
    ],
}


def page(paragraphs=SENTENCES, stated=STATED):
    body = "".join(f"<p>{line}</p>" for line in paragraphs)
    return (
        "<html lang='en'><head><title>Bridge closed - Town News</title>"
        "<meta property='og:site_name' content='Town News'>"
        "<meta property='og:title' content='Bridge closed'>"
        f"<script type='application/ld+json'>{json.dumps(stated)}</script></head>"
        "<body><nav><a href='/'>Home</a><a href='/s'>Sport</a></nav>"
        f"<article><h1>Bridge closed</h1>{body}</article>"
        "<footer><p>Copyright Town News. All rights reserved.</p></footer></body></html>"
    )


def test_article_without_menu_and_footer():
    assert extract(page()).split("\n")[-4:] == SENTENCES
    assert "Copyright" not in extract(page())
    assert "Home" not in extract(page())


def test_metadata():
    found = read_page(page().encode(), "https://town.example/bridge")
    assert found.title == "Bridge closed"
    assert found.site == "Town News"
    assert found.author == "Ann Smith"
    assert found.url == "https://town.example/bridge"
    assert found.published == pd.Timestamp("2024-05-07 01:30")


def test_stated_body_fills_in_for_a_page_that_loads_late():
    body = "\n".join(SENTENCES * 2)
    stated = {"@type": "NewsArticle", "articleBody": body.replace("ferry,", "<b>ferry</b>,")}
    text = extract(page(SENTENCES[:1], stated))
    assert [" ".join(line.split()) for line in text.split("\n")][:2] == SENTENCES[:2]


def test_stated_body_of_another_text_is_left():
    stated = {"@type": "NewsArticle", "articleBody": "lorem ipsum " * 400}
    assert "lorem" not in extract(page(SENTENCES * 2, stated))


@pytest.mark.parametrize(
    "broken",
    [
        "",
        " \n",
        b"",
        b"\x00\x00",
        "<html>",
        "<" * 5000,
        "no markup at all",
        b"\xff\xfe\x00<",
        "\ud800",
        "<div>" * 20_000 + "deep",
        "<script type='application/ld+json'>{]</script>",
        "<!-- <p>x</p>",
    ],
    ids=lambda value: repr(value[:12]),
)
def test_broken_pages_give_no_error(broken):
    assert isinstance(extract(broken), str)


def test_latin_1_page_and_nul():
    raw = page(
        ["Die Brücke über den Fluß ist für zwei Jahre gesperrt, sagte der Bürgermeister. " * 3]
    )
    assert "Brücke über den Fluß" in extract(
        raw.encode("latin-1").replace(b"<article>", b"\x00<article>")
    )


def test_headline_and_teasers_go_and_a_missed_paragraph_comes():
    body = "".join(f"<p>{line}</p>" for line in SENTENCES[:2])
    rest = "".join(f"<p>{line}</p>" for line in SENTENCES[2:])
    teaser = "<p><strong>Read more:</strong> <a href='/x'>Ferry to run all night in summer</a></p>"
    text = extract(
        "<html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>"
        f"{body}{teaser}{rest}</article></body></html>"
    )
    assert text.split("\n") == SENTENCES


def test_only_the_article_under_the_headline_of_a_page_of_several():
    other = "<p>The museum of the harbour opens its new hall on Friday, said the director.</p>" * 6
    several = page(SENTENCES * 3).replace(
        "</article>", f"</article><article><h1>Museum opens</h1>{other}</article>"
    )
    assert "museum" not in extract(several)
    assert extract(several) == extract(page(SENTENCES * 3))


def test_every_feature_of_a_block_has_a_weight():
    reading = Reading(read_page(page()).evidence)
    source = files("analysis") / "lexicons" / "page_weights.csv"
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    features = [row["feature"] for row in csv.DictReader(lines)]
    assert sorted(features[1:]) == sorted(reading.columns)


def stated(**more):
    return {"@type": "NewsArticle", "datePublished": "2024-05-06", **more}


def test_section_and_agency():
    found = read_page(page(stated=stated(articleSection="Local", author={"name": "Reuters"})))
    assert (found.section, found.agency) == ("Local", "Reuters")


def test_an_agency_credited_behind_the_text_is_known_even_where_the_credit_goes():
    found = read_page(page([*SENTENCES * 2, "© Reuters"], stated=stated()))
    assert found.agency == "Reuters"


def test_page_that_is_not_free_is_marked_unless_its_words_are_there():
    locked = stated(isAccessibleForFree=False)
    assert read_page(page(stated=locked)).truncated == "page states that it is not free"
    words = sum(len(line.split()) for line in SENTENCES)
    assert read_page(page(stated={**locked, "wordCount": words})).truncated == ""
    assert read_page(page(stated={**locked, "wordCount": 10 * words})).truncated
    assert read_page(page()).truncated == ""


def test_notice_of_a_paywall_marks_the_page():
    found = read_page(page([*SENTENCES, "Subscribe now to continue reading."]))
    assert found.truncated == "notice of a paywall"


def test_enormous_page_is_read_in_part_and_says_so():
    found = read_page("<html><body>" + f"<p>{SENTENCES[0]}</p>" * 25_000)
    assert found.truncated == "page too large, read in part"
    assert found.text.startswith(SENTENCES[0])
