"""Pages from executed notebooks, without kernels: outputs are put in by hand."""

import re
from dataclasses import replace
from urllib.parse import unquote

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.corpus.schema import DataError
from analysis.report.display import Shown, show_findings, show_table
from analysis.report.render import read_page, render_page
from analysis.report.reportfile import notebooks_folder
from analysis.report.site import About

ABOUT = About("The <b>report</b>", "5 January 2026", "sample", "Made by hand", "abc", "def")
FRAME = pd.DataFrame({"outlet": ["Herald"], "n": [3]})
TABLE = show_table(FRAME, caption="Articles", name="articles")


def output(shown: Shown):
    return new_output("execute_result", shown.data, metadata=shown.metadata, execution_count=1)


def notebook(*cells):
    return new_notebook(cells=list(cells))


def code(source: str, *outputs):
    return new_code_cell(source, outputs=list(outputs), execution_count=1)


def render(page) -> str:
    facts = ABOUT.facts({"n_terms": 8, "outlets": []})
    return render_page(page, about=ABOUT, facts=facts, previous=None, next=None)


def picture(**labels):
    data = {"image/svg+xml": "<svg onload='alert(1)'/>", "text/plain": "x"}
    return new_output("display_data", data, metadata={"image/svg+xml": labels})


def test_a_page_has_its_parts():
    page = read_page(
        notebook(
            new_markdown_cell("# Which <i>words</i>?\n\nProse."),
            code("import analysis"),
            new_markdown_cell("## First *question*\n\n## First question"),
            code("show()", output(show_findings(["Found."])), output(TABLE)),
            code("last = 1"),
        ),
        stem="10-words",
    )
    assert page.title == "Which <i>words</i>?"
    assert page.sections == [
        ("first-question", "First question"),
        ("first-question-2", "First question"),
    ]
    assert [block.kind for block in page.blocks] == ["prose", "prose", "findings", "table", "code"]
    assert page.findings.content.count("<li>") == 1
    html = render(page)
    assert '<html lang="en">' in html
    assert "<title>Which &lt;i&gt;words&lt;/i&gt;? – The &lt;b&gt;report&lt;/b&gt;</title>" in html
    assert html.count("<h1>") == html.count("<main") == 1
    assert '<a class="skip" href="#main">' in html
    assert '<h2 id="first-question">First <em>question</em></h2>' in html
    assert "<dt>Parameters</dt><dd>n terms: 8; outlets: none</dd>" in html
    assert (
        'href="tables/10-words-articles.csv" download aria-label="Get the data (CSV): Art' in html
    )
    assert 'href="notebooks/10-words.ipynb" download' in html


def test_code_is_folded_below_what_it_made():
    page = read_page(notebook(code("a = 1"), code("a", output(TABLE))), stem="p")
    assert [block.code for block in page.blocks] == ["a = 1\n\na"]
    assert '<details class="code"><summary>Code</summary>' in render(page)


def test_a_page_loads_nothing_and_runs_nothing():
    html = render(read_page(notebook(new_markdown_cell("# T"), code("x", output(TABLE))), stem="p"))
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in html
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=\"(?!data:|#|tables/|notebooks/|index\.html)", html)
    assert "url(" not in html
    assert "@import" not in html


def test_prose_is_not_trusted():
    prose = (
        "# T\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n"
        "[x](javascript:alert(1)) ![a<b](http://example.org/x.png) in <b>line</b>"
    )
    html = render(read_page(notebook(new_markdown_cell(prose)), stem="p"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "javascript:" not in html
    assert "<img" not in html
    assert "example.org" not in html
    assert "a&lt;b in &lt;b&gt;line" in html


def test_links_between_notebooks_lead_to_pages():
    html = render(read_page(notebook(new_markdown_cell("[x](10-topics.ipynb#a)")), stem="p"))
    assert '<a href="10-topics.html#a">x</a>' in html


def test_only_our_own_html_is_published():
    frame = new_output("display_data", {"text/html": "<script>x</script>", "text/plain": "a <b>"})
    html = render(read_page(notebook(code("frame", frame)), stem="p"))
    assert "<script>" not in html
    assert "a &lt;b&gt;</pre>" in html


def test_streams_show_without_colours_and_errors_streams_not_at_all():
    outputs = [
        new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m <b>\n"),
        new_output("stream", name="stderr", text="secret path"),
    ]
    html = render(read_page(notebook(code("x", *outputs)), stem="p"))
    assert ">red &lt;b&gt;</pre>" in html
    assert "secret" not in html


def test_pictures_keep_their_words():
    page = read_page(notebook(code("x", picture(alt='Say "so" <b>', caption="C"))), stem="p")
    html = render(page)
    assert 'alt="Say &#34;so&#34; &lt;b&gt;"' in html
    assert "<figcaption>C</figcaption>" in html
    address = re.search(r'src="data:image/svg\+xml,([^"]+)"', html)[1]
    assert unquote(address) == "<svg onload='alert(1)'/>"
    assert "<" not in address


def test_cells_are_told_in_classes_and_words_that_look_so_are_not():
    words = 'x" style="text-align:right">'
    frame = pd.DataFrame({"outlet": ["Herald", words], "n": [1, 2]})
    shown = show_table(frame, caption="C", name="n")
    html = render(read_page(notebook(code("x", output(shown))), stem="p"))
    assert '<th scope="row" class="m">Herald</th><td class="r">1</td>' in html
    assert '<th scope="col">outlet</th><th scope="col" class="r">n</th>' in html
    assert "x&quot; style=&quot;text-align:right&quot;&gt;" in html


def test_a_page_with_ten_figures_is_under_400_kilobytes():
    pages = [
        read_page(nbformat.read(path, as_version=4), stem=path.stem)
        for path in sorted(notebooks_folder().glob("*.ipynb"))
    ]
    blocks = [block for page in pages for block in page.blocks if block.kind == "figure"]
    most = sorted(blocks, key=lambda block: -len(block.content))[:10]
    tables = [block for page in pages for block in page.blocks if block.kind == "table"][:10]
    named = [
        replace(block, name=f"{block.name}-{place}") for place, block in enumerate(most + tables)
    ]
    assert len(most) >= 9
    html = render(replace(pages[0], blocks=[*named, *named[: 10 - len(most)]]))
    assert html.count("<img ") == 10
    assert 100_000 < len(html.encode()) < 400_000


@pytest.mark.parametrize("labels", [{}, {"alt": "  "}])
def test_a_picture_without_words_is_refused(labels):
    with pytest.raises(DataError, match=r"p: a picture has no alternative text; show it by show_f"):
        read_page(notebook(code("x", picture(**labels))), stem="p")


def test_two_outputs_of_one_name_are_refused():
    with pytest.raises(DataError, match="p: two outputs are named 'articles'"):
        read_page(notebook(code("x", output(TABLE), output(TABLE))), stem="p")


def test_a_heading_does_not_take_the_anchor_of_a_table():
    page = read_page(notebook(code("x", output(TABLE)), new_markdown_cell("## Articles")), stem="p")
    assert page.sections == [("articles-2", "Articles")]


def test_method_cells_stand_apart():
    cell = new_markdown_cell("## Method\n\nHow.", metadata={"tags": ["method"]})
    assert '<div class="method" role="note">' in render(read_page(notebook(cell), stem="p"))
