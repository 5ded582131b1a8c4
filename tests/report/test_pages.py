"""Every page in a real browser: it runs nothing, loads nothing, and can be read by everybody."""

from pathlib import Path

import pytest
from browser import NEEDS_BROWSER, VIEWS, look

from analysis.report.parameters import Typed
from analysis.report.reportfile import notebooks_folder
from analysis.report.run import run_report

pytestmark = NEEDS_BROWSER
HOSTILE = '<script>document.title="pwned"</script> ${x} $x^2$ <img src=x onerror=alert(1)>'
CELLS = (
    "import pandas as pd\nfrom matplotlib.figure import Figure\n"
    "from analysis.report.display import (\n"
    "    show_concordance, show_figure, show_findings, show_table)",
    "## Which words?\n\nSome *prose* and `code`, [a link](index.html), <script>alert(1)</script>"
    ".\n\n| term | meaning |\n|---|---|\n| q | rate |",
    "show_findings([word, 'Herald writes more.'])",
    'frame = pd.DataFrame({"outlet": ["Herald", word], "n_articles": [12, 3], "p": [0.5, 0]})\n'
    'wide = pd.concat([frame.add_suffix(f"_{n}") for n in range(6)], axis=1)\n'
    'show_table(wide, caption="Many columns", name="wide", note=word)',
    'show_table(frame, caption=word, name="words")',
    "figure = Figure(figsize=(9, 3))\naxes = figure.subplots()\naxes.plot([1, 2], [3, 4])\n"
    "axes.set_title(word)\n"
    'show_figure(figure, alt="A line that rises.", caption="Rise", name="rise", data=frame)',
    'lines = pd.DataFrame({"term": ["wall", word], "article_id": ["a", "b"], "outlet": "Herald",\n'
    '    "title": word, "url": "javascript:alert(1)", "left": "The ", "match": "wall",\n'
    '    "right": " stood."})\n'
    'show_concordance(lines, caption="Lines", name="lines")',
    'print("x" * 300)',
)


@pytest.fixture(scope="module")
def hostile_report(tmp_path_factory, make_desk) -> Path:
    """A report whose every word tries to be code."""
    desk = make_desk(tmp_path_factory.mktemp("pages"))
    words = 'corpus: str = ""\nword: str = ""'
    desk.notebook("10-first", *CELLS, title=HOSTILE, parameters=words)
    desk.notebook("20-second", "word", title="Second", parameters=words)
    path = desk.report("10-first", "20-second", title=f"'{HOSTILE}'")
    result = run_report(path, out=desk.out, settings={"word": Typed(HOSTILE)})
    assert result.good, result.problems
    return desk.out


@pytest.fixture(scope="module")
def sample_report(tmp_path_factory) -> Path:
    """The report of the sample corpus, as it is published."""
    path = notebooks_folder().parent / "reports" / "params" / "sample.yml"
    if not path.is_file():
        pytest.skip("no reports/params/sample.yml in this checkout")
    result = run_report(path, out=tmp_path_factory.mktemp("sample") / "out")
    assert result.good, result.problems
    return result.folder


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("report", ["hostile_report", "sample_report"])
def test_pages_run_nothing_load_nothing_and_can_be_read(report, view, chromium, request):
    folder = request.getfixturevalue(report)
    pages = sorted(folder.glob("*.html"))
    assert "index.html" in [page.name for page in pages]
    assert {page.name: wrong for page in pages if (wrong := look(chromium, page, view))} == {}


@pytest.mark.parametrize("report", ["hostile_report", "sample_report"])
def test_every_link_of_a_page_leads_somewhere(report, chromium, request):
    folder = request.getfixturevalue(report)
    for path in sorted(folder.glob("*.html")):
        page = chromium.new_page()
        page.goto(path.as_uri())
        links = page.eval_on_selector_all(
            "a", "links => links.map(link => link.getAttribute('href'))"
        )
        anchors = page.eval_on_selector_all("[id]", "places => places.map(place => place.id)")
        assert len(anchors) == len(set(anchors)), path.name
        for link in links:
            if link.startswith("#"):
                assert link[1:] in anchors, (path.name, link)
            elif not link.startswith("http"):
                assert (folder / link.split("#")[0]).is_file(), (path.name, link)
        page.close()
