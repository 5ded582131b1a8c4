"""A site with a small notebook, on a corpus that a test changes."""

from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import pipeline, prepared

KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}
CODE = (
    "import pandas as pd\nfrom analysis.report.display import show_findings, show_table",
    "articles = pd.read_parquet(corpus)",
    'show_findings([f"{len(articles)} articles."])',
    'show_table(articles[["title"]], caption="Titles", name="titles")',
)
WORDS = [
    "talks",
    "envoy",
    "harbour",
    "ferry",
    "island",
    "grain",
    "quay",
    "bridge",
    "market",
    "school",
    "winter",
    "border",
]


class Newsroom:
    """A folder with a corpus, a notebook and a site file."""

    code = CODE

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "site"
        self.state = folder / "site.state"
        self.path = folder / "site.yml"
        self.write_notebook(*CODE)
        self.write_articles(make_articles())
        self.write_site()

    def write_notebook(self, *sources: str) -> None:
        """Write the one notebook."""
        parameters = new_code_cell('corpus: str = "sample"', metadata={"tags": ["parameters"]})
        cells = [new_markdown_cell("# Titles"), parameters, *map(new_code_cell, sources)]
        notebook = new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC})
        nbformat.write(notebook, self.folder / "titles.ipynb")

    def write_articles(self, articles: pd.DataFrame) -> None:
        """Write what the source holds now."""
        articles.to_csv(self.folder / "articles.csv", index=False)

    @staticmethod
    def make_articles() -> pd.DataFrame:
        """Make the articles of two weeks."""
        return make_articles()

    @staticmethod
    def read_files(folder: Path) -> dict[str, bytes]:
        """Read every file below a folder."""
        return read_files(folder)

    def write_site(self, *, period: str = "last_week", more: str = "") -> None:
        """Write the site file with one report."""
        self.path.write_text(
            f"title: Papers on the talks\nout: site\n{more}reports:\n"
            f"- name: weekly\n  title: The week\n  topic: Talks\n  corpus: articles.csv\n"
            f"  notebooks: [titles]\n  period: {period}\n"
        )


def make_articles(*, weeks: int = 2, outlets: tuple[str, ...] = ("Gazette", "Herald")):
    """Make two articles a day and outlet from 5 January 2026 on, of made-up sentences."""
    rows = []
    for day in range(7 * weeks):
        date = pd.Timestamp("2026-01-05 08:00") + pd.Timedelta(days=day)
        for place, outlet in enumerate(outlets):
            for part in range(2):
                number = 3 * day + 5 * place + 7 * part
                words = [WORDS[(number + step) % len(WORDS)] for step in range(8)]
                text = f"The {' and the '.join(words)} were in the news on day {day} once more."
                name = f"{outlet.lower()}-{day}-{part}"
                rows.append((name, outlet, date, f"Day {day} in the {outlet}", name, text))
    columns = ["article_id", "outlet", "published", "title", "url", "text"]
    return pd.DataFrame(rows, columns=columns)


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A newsroom of its own, with its prepared corpora apart from the user's."""
    place = tmp_path / "prepared"
    monkeypatch.setattr(pipeline, "prepared_folder", lambda: place)
    monkeypatch.setattr(prepared, "prepared_folder", lambda: place)
    return Newsroom(tmp_path)
