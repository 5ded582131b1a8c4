"""Small notebooks and report files, written where a test wants them."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}
PARAMETERS = 'corpus: str = "sample"\nword: str = "wall"  # the word; one of: wall, fence.'


def build_notebook(*sources: str, parameters: str, title: str) -> NotebookNode:
    """Make a notebook; sources that begin with `## ` are prose, the others code."""
    cells = [
        new_markdown_cell(f"# {title}"),
        new_code_cell(parameters, metadata={"tags": ["parameters"]}),
    ]
    for source in sources:
        prose = source.startswith("## ")
        cells.append(new_markdown_cell(source) if prose else new_code_cell(source))
    return new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC})


class Desk:
    """A folder with a corpus, notebooks and report files."""

    def __init__(self, folder: Path, articles: pd.DataFrame) -> None:
        self.folder = folder
        self.out = folder / "out"
        articles.to_csv(folder / "articles.csv", index=False)

    def notebook(
        self, name: str, *sources: str, parameters: str = PARAMETERS, title: str = "A page"
    ) -> Path:
        """Write a notebook."""
        path = self.folder / f"{name}.ipynb"
        nbformat.write(build_notebook(*sources, parameters=parameters, title=title), path)
        return path

    def report(self, *notebooks: str, more: str = "", title: str = "A report") -> Path:
        """Write a report file over notebooks of this folder."""
        path = self.folder / "report.yml"
        names = ", ".join(notebooks)
        path.write_text(f"title: {title}\ncorpus: articles.csv\nnotebooks: [{names}]\n{more}")
        return path


@pytest.fixture
def desk(tmp_path: Path, articles: pd.DataFrame) -> Desk:
    """A desk of its own for each test."""
    return Desk(tmp_path, articles)


@pytest.fixture(scope="module")
def make_desk() -> Callable[[Path], Desk]:
    """Make a desk for the tests of a whole module."""
    rows = [("h1", "Herald"), ("g1", "Gazette")]
    articles = pd.DataFrame(rows, columns=["article_id", "outlet"]).assign(
        published="2026-01-05", title="Talks open", url="", text="The envoys met in the old hall."
    )
    return lambda folder: Desk(folder, articles)
