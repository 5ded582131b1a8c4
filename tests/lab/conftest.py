"""JupyterLab, open in a real browser."""

import shutil
from collections.abc import Iterator

import nbformat
import pytest
from lab.server import Lab, start_lab
from nbformat.v4 import new_code_cell, new_notebook

from analysis.report.reportfile import notebooks_folder

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
SECONDS = 90
READY = """() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status
  === "idle" """
RUN = """async () => {
  await window.jupyterapp.commands.execute("notebook:run-all-cells");
  const widget = window.jupyterapp.shell.currentWidget;
  await widget.context.save();
  return widget.context.model.toJSON();
}"""


class Notebook:
    """A notebook that is open in Lab."""

    def __init__(self, lab: Lab, page) -> None:
        self.lab, self.page = lab, page
        self.wrong: list[str] = []
        page.set_default_timeout(SECONDS * 1000)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.wrong.append("a dialog opened"), dialog.dismiss()))
        page.on("request", self.note)

    def note(self, request) -> None:
        """Note what is asked of any other server."""
        if not request.url.startswith((self.lab.address, "data:", "blob:")):
            self.wrong.append(f"asks for {request.url}")

    def open(self, name: str) -> None:
        """Open a notebook and wait for its kernel."""
        self.page.goto(self.lab.open(name))
        self.page.wait_for_function(READY, polling=200)

    def run(self) -> nbformat.NotebookNode:
        """Run all cells, save, and give the notebook as Lab has it."""
        return nbformat.from_dict(self.page.evaluate(RUN))

    def close(self) -> None:
        """Stop the kernel, so that the next one has the machine's memory."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A server over a copy of the notebooks, and one that explores."""
    root = tmp_path_factory.mktemp("notebooks")
    for path in notebooks_folder().glob("*.ipynb"):
        shutil.copy(path, root)
    cells = ['import analysis\n\nnews = analysis.prepare("sample")', "analysis.explore(news)"]
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata=KERNEL)
    nbformat.write(notebook, root / "explore.ipynb")
    with start_lab(root, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def notebook(lab: Lab, chromium) -> Iterator[Notebook]:
    """A page for one notebook; anything that went wrong in it fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    notebook = Notebook(lab, context.new_page())
    yield notebook
    notebook.close()
    context.close()
    assert not notebook.wrong
