"""Broken and hostile pages: the reader always answers, and a folder of them loses none."""

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import read
from analysis.corpus.extract import Page, read_page
from analysis.corpus.truncation import TOO_DEEP

FUZZ = settings.get_profile("hostile")
SENTENCES = "".join(
    f"<p>The council of the town met for the {n}th time, and it voted for the new bridge.</p>"
    for n in range(5)
)
PAGE = (
    '<!DOCTYPE html><html><head><title>The bridge</title><meta charset="utf-8">'
    '<meta property="article:published_time" content="2026-01-05T10:00:00Z">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-01-05"}</script>'
    f"</head><body><nav><a href=/x>Home</a></nav><article><h1>The bridge</h1>{SENTENCES}</article></body></html>"
)
PIECES = [
    "<", ">", "</", "<!--", "-->", "<![CDATA[", "<?xml version='1.0' encoding='utf-16'?>", "<!DOCTYPE x [<!ENTITY a '&b;&b;'>]>", "&a;", "&amp;",
    "&#0;", "&#x110000;", "&#xD800;", "<script>", "</script", "<style>", "<p>", "</p>", "<div>", "</div>", "<b>", "<i>", "<table><tr><td>",
    "<li>", "<a href='javascript:x'>", "<img src=x onerror=alert(1)>", "<svg><math>", "<iframe>", "<noscript>", "<template>", "<br>", "\0", "\x1b",
    "\ud800", "\ufffe", "\u202e", "é", "'", '"', "=", " ", "\n", "<meta charset=utf-7>", "<meta charset='no such'>", "<base href='http://[::1'>",
    "<meta property='article:published_time' content='99999-99-99'>", "<time datetime='0000-00-00'>", "<link rel=canonical href='http://[x'>",
    '<script type="application/ld+json">', '{"articleBody": "', '{"@graph": [[[[', '"datePublished": 1e999', "</script>", "<title>", "</html>",
    "<html>", "<body>", "<h1 " + "x" * 2000 + ">", "<p " + "a=1 " * 50 + ">", "word " * 80,
]  # fmt: skip


def draw_page(random):
    """Draw a page: pieces alone, or a sound page with some put in, and perhaps cut off."""
    pieces = "".join(random.choices(PIECES, k=random.randrange(25)))
    if random.random() < 0.3:
        page = pieces
    else:
        place, end = sorted(random.choices(range(len(PAGE)), k=2))
        page = PAGE[:place] + pieces + PAGE[random.choice((place, end)) :]
    if random.random() < 0.2:
        page = page[: random.randrange(len(page) + 1)]
    return page


def encoded(random, page):
    encoding = random.choice(("utf-8", "latin-1", "utf-16", "utf-7", "cp1251", "shift_jis"))
    raw = page.encode(encoding, "surrogatepass" if encoding == "utf-8" else "replace")
    if random.random() < 0.3:
        place = random.randrange(len(raw) + 1)
        raw = raw[:place] + random.randbytes(4) + raw[place:]
    return raw


@settings(FUZZ, max_examples=60)
@given(st.integers(0, 2**40))
def test_the_reader_always_answers(seed):
    random = Random(seed)
    for _ in range(15):
        page = draw_page(random)
        found = read_page(page if random.random() < 0.5 else encoded(random, page))
        assert isinstance(found, Page)
        for part in (found.text, found.title, found.author, found.url, found.section):
            part.encode("utf-8")


@settings(FUZZ, max_examples=12)
@given(st.integers(0, 2**40))
def test_every_page_of_a_folder_is_loaded_or_listed(seed):
    random = Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "good.html").write_text(PAGE, encoding="utf-8")
        (folder / "metadata.csv").write_text("file,(evidence)\ngood.html,x\n", encoding="utf-8")
        names = {f"{n}.html" for n in range(12)}
        for name in sorted(names):
            (folder / name).write_bytes(encoded(random, draw_page(random)))
        loaded = read(folder)
    origins = {*loaded.articles["origin"], *loaded.set_aside["origin"]}
    assert origins >= {*names, "good.html"}


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<font>x", "<table><tr><td>", "<blockquote>"])
@pytest.mark.parametrize("times", [300, 10_000])
def test_a_page_nested_too_deep_is_loaded_with_a_remark(tmp_path, tag, times):
    page = PAGE.replace("</article>", tag * times + SENTENCES + "</article>")
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    loaded = read(tmp_path)
    assert "council" in loaded.articles["text"].iloc[0]
    assert list(loaded.set_aside["problem"]) == [TOO_DEEP]
    assert list(loaded.set_aside["kept"]) == [True]


def test_a_page_that_is_too_large(tmp_path):
    (tmp_path / "a.html").write_text(PAGE + " " * 20_000_000, encoding="utf-8")
    (tmp_path / "b.html").write_text(PAGE, encoding="utf-8")
    assert "larger than 20 MB" in read(tmp_path).set_aside["problem"].iloc[0]
