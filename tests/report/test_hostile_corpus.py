"""A corpus whose every word tries to be code, through every notebook, in a real browser."""

import csv
import json
from pathlib import Path

import pytest
from browser import NEEDS_BROWSER, look

import analysis
from analysis.report.run import run_report

pytestmark = NEEDS_BROWSER
OUTLETS = {
    "Kastria Herald": '"><script>document.title="pwned"</script>',
    "Northern Ledger": "=HYPERLINK(\"http://evil.test\",'x')",
    "Halvane Tribune": "../../{{ 7*7 }} ${x} $x^2$ %s \\",
    "Isthmus Monitor": "<img src=http://evil.test/a.png onerror=alert(1)>",
}
SENTENCE = (
    'The <script>document.title="pwned"</script> minister, Ana "=cmd|/c calc" Berg, said: “<b onclick='
    "alert(1)>We will stay</b> in $x^2$,” she said. ]]> </style></svg><svg onload=alert(1)> --> "
    "`rm -rf` <a href=javascript:alert(1)>{% raw %}</a> http://evil.test/x.css @import 'evil';"
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with hostile outlets, titles, addresses and sentences, as a report."""
    folder = tmp_path_factory.mktemp("hostile")
    articles = analysis.load("sample").drop(columns="origin")
    hurt = [
        " ".join([text, SENTENCE] * (1 + number % 2))
        for number, text in enumerate(articles["text"])
    ]
    articles = articles.assign(
        outlet=articles["outlet"].replace(OUTLETS),
        title=[f"{title} {SENTENCE[:52]} {SENTENCE[-40:]}" for title in articles["title"]],
        url="javascript:alert(document.title='pwned')",
        text=hurt,
    )
    articles.to_json(folder / "articles.jsonl", orient="records", lines=True, date_format="iso")
    path = folder / "report.yml"
    title = json.dumps(f"{OUTLETS['Kastria Herald']} and others")
    path.write_text(f"title: {title}\ncorpus: articles.jsonl\n")
    result = run_report(path, out=folder / "out")
    assert result.good, result.problems
    return folder / "out"


def test_no_page_runs_or_fetches_anything(report, chromium):
    pages = sorted(report.glob("*.html"))
    assert len(pages) >= 7
    assert {page.name: wrong for page in pages if (wrong := look(chromium, page, "light"))} == {}
    assert any("&lt;script&gt;" in page.read_text() for page in pages)


def test_no_cell_of_a_table_is_a_formula(report):
    seen = 0
    for path in sorted((report / "tables").glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        risky = [cell for cell in cells if cell.startswith(("=", "@", "+", "\t"))]
        assert not risky, path.name
        seen += sum("HYPERLINK" in cell for cell in cells)
    assert seen


def test_every_file_stays_inside_the_report(report):
    outside = {path.name for path in report.parent.iterdir()}
    assert outside == {"articles.jsonl", "out", "report.yml"}
