import numpy as np

from analysis.corpus.extract import read_page
from analysis.corpus.load import load
from analysis.corpus.template import Template, pack, revise_together

WORDS = ["river", "harbour", "council", "railway", "museum", "market", "theatre", "library"]
TEASE = "Our reporters follow every meeting of the town hall and write about it in plain words."


def sentences(topic, number):
    return [
        f"The {topic} of the town was opened again on Monday after {n} months of building work, "
        f"said Ann Smith, who has been in charge of {number + n} such projects since last spring."
        for n in range(2, 8)
    ]


def page(topic, number):
    body = "".join(f"<p class='story-text'>{line}</p>" for line in sentences(topic, number))
    return (
        f"<html><head><title>The {topic} opens</title>"
        "<meta property='og:site_name' content='Town News'></head><body>"
        f"<article><h1>The {topic} opens</h1>{body}<p class='story-text'>{TEASE}</p></article>"
        "</body></html>"
    )


def test_what_returns_on_the_pages_of_an_outlet_goes():
    pages = [read_page(page(topic, number)) for number, topic in enumerate(WORDS)]
    assert TEASE in pages[0].text
    texts = revise_together(lambda: (pack(one.evidence) for one in pages))
    assert [text.split("\n") for text in texts] == [
        sentences(topic, number) for number, topic in enumerate(WORDS)
    ]


def test_a_page_says_nothing_of_its_own_places():
    pages = [read_page(page(topic, number)).evidence for number, topic in enumerate(WORDS)]
    other = read_page(page("river", 0).replace("said Ann Smith, who has", "menu")).evidence
    shifts = []
    for first in (pages[0], other):
        template = Template()
        for evidence in (first, *pages[1:]):
            template.learn(evidence)
        shifts.append(template.shift(first.blocks, 0))
    assert len(pages[0].blocks) == len(other.blocks)
    assert shifts[0].max() > 0
    np.testing.assert_allclose(*shifts, atol=1e-12)


def test_two_pages_teach_nothing():
    pages = [read_page(page(topic, number)) for number, topic in enumerate(WORDS[:2])]
    assert revise_together(lambda: (pack(one.evidence) for one in pages)) == [
        one.text for one in pages
    ]


def test_folder_of_pages(tmp_path):
    for number, topic in enumerate(WORDS[:4]):
        (tmp_path / f"{topic}.html").write_text(page(topic, number))
    articles = load(tmp_path)
    assert list(articles["outlet"]) == ["Town News"] * 4
    assert not articles["text"].str.contains("reporters").any()
    assert not any("evidence" in name for name in articles.columns)
