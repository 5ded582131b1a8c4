"""What notebooks show."""

import html
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib.figure import Figure

from analysis.corpus.schema import DataError
from analysis.report.display import (
    show_concordance,
    show_figure,
    show_findings,
    show_method,
    show_table,
)

HOSTILE = "<script>alert(1)</script> $x^2$ ${x} \"'><img src=x onerror=alert(1)>"
FRAME = pd.DataFrame({"outlet": ["Herald", HOSTILE], "n_articles": [1200, 3], "p": [0.0001, 0.5]})


class Tags(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def lines(**columns) -> pd.DataFrame:
    """Two rows as `concordance` gives them."""
    frame = pd.DataFrame(
        {
            "article_id": ["h1", "h2"],
            "outlet": ["Herald", "Gazette"],
            "published": pd.to_datetime(["2026-01-05", None]),
            "title": ["Talks open", HOSTILE],
            "url": ["https://example.org/a?b=1&c=2", "javascript:alert(1)"],
            "start": [4, 0],
            "end": [10, 6],
            "left": ["The ", "of the "],
            "match": ["regime", "regime"],
            "right": [" met envoys.", " " + HOSTILE],
        }
    )
    return frame.assign(**columns)


def draw() -> Figure:
    figure = Figure(figsize=(4, 2))
    axes = figure.subplots()
    axes.plot([1, 2, 3], [0.1, 1 / 3, 0.2])
    axes.set_title(HOSTILE)
    axes.set_yticks([0.1, 0.2], ["$a$ and $b$", "b\x01"])
    return figure


def test_a_table_has_caption_scopes_and_numbers_at_the_right():
    page = show_table(FRAME, caption="Articles", name="articles", note="A note.").data["text/html"]
    assert '<caption style="text-align:left">Articles</caption>' in page
    assert '<th scope="col" style="text-align:right">n articles</th>' in page
    assert '<th scope="row" style="text-align:left;min-width:10em">Herald</th>' in page
    assert '<td style="text-align:right">1,200</td>' in page
    assert '<td style="text-align:right">&lt;0.001</td>' in page
    assert 'role="region" tabindex="0" aria-label="Articles"' in page
    assert '<p class="note">A note.</p>' in page
    assert 'id="articles"' in page


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("2026-01-05", "white-space:nowrap"),
        ("A heading of thirty letters or so", "min-width:10em"),
        ("x" * 200, "min-width:18em"),
    ],
)
def test_text_is_as_wide_as_it_needs(text, style):
    page = show_table(pd.DataFrame({"x": [text]}), caption="c", name="n").data["text/html"]
    assert f'style="text-align:left;{style}">{text}</th>' in page


def test_a_table_without_names_of_rows_has_no_row_heads():
    page = show_table(pd.DataFrame({"n": [1]}), caption="c", name="n").data["text/html"]
    assert 'scope="row"' not in page


def test_an_empty_table_shows_its_heads():
    shown = show_table(FRAME.head(0), caption="c", name="n")
    assert 'scope="col"' in shown.data["text/html"]
    assert shown.data["text/csv"] == "outlet,n_articles,p\n"


def test_a_long_table_is_cut_and_its_download_is_not():
    shown = show_table(pd.DataFrame({"n": range(250)}), caption="c", name="n", note="Note.")
    assert shown.data["text/html"].count("<tr>") == 101
    assert "The first 100 of 250 rows; the download has them all. Note." in shown.data["text/html"]
    assert len(shown.data["text/csv"].splitlines()) == 251


@pytest.mark.parametrize(
    "shown",
    [
        show_table(FRAME.rename(columns={"p": HOSTILE}), caption=HOSTILE, name="n", note=HOSTILE),
        show_findings([HOSTILE]),
        show_concordance(lines(), caption=HOSTILE, name="n"),
        show_concordance(lines(term=[HOSTILE, HOSTILE]), caption="c", name="n"),
    ],
    ids=["table", "findings", "lines", "folded lines"],
)
def test_hostile_text_stays_text(shown):
    page = Tags(shown.data["text/html"])
    assert not {"script", "img"} & set(page.tags)
    assert HOSTILE in page.text


def test_every_form_reaches_the_notebook():
    shown = show_table(FRAME, caption="Articles", name="articles")
    data, metadata = DisplayFormatter().format(shown)
    assert set(data) == {"text/html", "text/plain", "text/csv"}
    assert data["text/plain"].startswith("Articles\noutlet\tn articles\tp\nHerald\t1,200\t<0.001\n")
    assert metadata["text/csv"] == {"name": "articles"}
    assert metadata["text/html"] == {"kind": "table", "name": "articles", "caption": "Articles"}


def test_findings_are_a_list():
    shown = show_findings(["One.", "Two."])
    assert re.findall("<li>(.*?)</li>", shown.data["text/html"]) == ["One.", "Two."]
    assert shown.data["text/plain"] == "- One.\n- Two."
    assert show_findings([]).data["text/plain"] == "No findings."


def test_words_on_the_method_are_kept_apart_from_findings():
    shown = show_method(["In 40 comparisons."])
    assert "<li>In 40 comparisons.</li>" in shown.data["text/html"]
    assert shown.metadata == {"text/html": {"kind": "reliability"}}


def test_findings_refuse_one_string():
    with pytest.raises(DataError, match=r"one string, not a list; pass \['One\.'\]"):
        show_findings("One.")


def test_lines_mark_the_term_and_say_where_it_stands():
    page = show_concordance(lines(), caption="Lines", name="lines").data["text/html"]
    assert "<q>The <mark>regime</mark> met envoys.</q>" in page
    assert "… of the <mark>regime</mark>" in page
    assert "Herald · 2026-01-05 · <cite>" in page
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">Talks open</a>' in page
    assert "href" not in page.split("Gazette")[1]
    assert "<details>" not in page


def test_lines_are_folded_by_term_and_cut():
    frame = pd.concat([lines(term="regime")] * 20)
    page = show_concordance(frame, caption="Lines", name="lines").data["text/html"]
    assert "<summary><b>regime</b> <span>(40 lines)</span></summary>" in page
    assert page.count("<li>") == 30
    assert "The first 30 of 40; the download has all." in page


def test_no_lines_say_so():
    page = show_concordance(lines().head(0), caption="Lines", name="lines").data["text/html"]
    assert "No lines." in page


def test_lines_need_their_columns():
    with pytest.raises(DataError, match="lacks the column 'match'"):
        show_concordance(lines().drop(columns="match"), caption="c", name="n")


def test_a_figure_is_the_same_bytes_twice_and_well_formed():
    first, second = (
        show_figure(draw(), alt="A line.", caption="Line", name="line", data=FRAME)
        for _ in range(2)
    )
    assert first == second
    texts = [e.text for e in ElementTree.fromstring(first.data["image/svg+xml"]).iter() if e.text]
    assert HOSTILE in texts
    assert "$a$ and $b$" in texts
    assert "b\ufffd" in texts
    assert not re.search(r"<[^>]*\d\.\d{4,}", first.data["image/svg+xml"])
    assert "<script" not in first.data["image/svg+xml"]


def test_a_figure_carries_its_words_and_data():
    shown = show_figure(draw(), alt="A line.", caption="Line", name="line", data=FRAME)
    assert shown.metadata["image/svg+xml"] == {
        "kind": "figure", "name": "line", "caption": "Line", "alt": "A line.",
    }  # fmt: skip
    assert shown.data["text/plain"] == "Line\nA line."
    assert shown.data["text/csv"].startswith("outlet,n_articles,p\n")


def test_a_figure_of_pyplot_is_closed():
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure = plt.figure()
    show_figure(figure, alt="Nothing.", caption="Nothing", name="nothing", data=FRAME)
    assert plt.get_fignums() == []


@pytest.mark.parametrize("letter", ["漢", "\U0001f600"])
def test_letters_that_no_font_here_has_are_no_warning(letter):
    figure = Figure()
    figure.suptitle(letter)
    shown = show_figure(figure, alt="A sign.", caption="Sign", name="sign", data=FRAME)
    assert letter in html.unescape(shown.data["image/svg+xml"])


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ({"alt": " "}, "'line' has no alt; say in words what it shows"),
        ({"caption": ""}, "'line' has no caption"),
        ({"name": "../x"}, "cannot be a file name"),
        ({"name": "A b"}, "cannot be a file name"),
    ],
)
def test_outputs_need_words_and_a_name(labels, message):
    with pytest.raises(DataError, match=message):
        show_figure(
            draw(), **{"alt": "A line.", "caption": "Line", "name": "line", **labels}, data=FRAME
        )
