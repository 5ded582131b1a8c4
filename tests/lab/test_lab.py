"""JupyterLab in a real browser: every notebook runs, twice in a row, and the explorer explores."""

import html
import os

import nbformat
import pytest
from browser import NEEDS_BROWSER
from lab.server import HAS_LAB
from nbconvert import HTMLExporter

from analysis.report.render import read_page
from analysis.report.reportfile import notebooks_folder

pytestmark = [
    *NEEDS_BROWSER,
    pytest.mark.skipif(not HAS_LAB, reason="JupyterLab is not in this environment: make lab-test"),
]
CHOSEN = os.environ.get("LAB_NOTEBOOKS", "").split()
NAMES = CHOSEN or sorted(path.stem for path in notebooks_folder().glob("*.ipynb"))


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs_of(notebook: nbformat.NotebookNode) -> list[list[dict]]:
    """What each cell shows; errors and warnings fail."""
    shown = []
    for cell in code_cells(notebook):
        assert not [output for output in cell.outputs if output.output_type == "error"]
        streams = [output for output in cell.outputs if output.output_type == "stream"]
        assert not [stream.text for stream in streams if stream.name == "stderr"]
        data = [output.data for output in cell.outputs if "data" in output]
        shown.append([one.get("text/html") or one for one in data])
    return shown


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_twice_in_a_row(notebook, name):
    committed = nbformat.read(notebooks_folder() / f"{name}.ipynb", as_version=4)
    notebook.open(f"{name}.ipynb")
    first, second = notebook.run(), notebook.run()
    number = len(code_cells(committed))
    counts = [[cell.execution_count for cell in code_cells(one)] for one in (first, second)]
    assert counts == [list(range(1, number + 1)), list(range(number + 1, 2 * number + 1))]
    shown = outputs_of(first)
    assert [len(one) for one in shown] == [len(one) for one in outputs_of(committed)]
    assert sum(map(len, shown)) > 0
    # Widgets have new names in each run; all else is the same.
    assert [one for one in outputs_of(second) if "widget" not in str(one)] == [
        one for one in shown if "widget" not in str(one)
    ]


def choose(page, label: str, option: str) -> None:
    """Choose in a drop-down list of the explorer."""
    page.get_by_label(label).select_option(label=option)


def test_the_explorer_explores(notebook, tmp_path):
    notebook.open("explore.ipynb")
    notebook.run()
    page = notebook.page
    output = page.locator(".jp-OutputArea")
    output.get_by_text("The clearest terms of each outlet", exact=True).wait_for()
    choose(page, "Event", "Inside the events they share")
    choose(page, "Voice", "The outlets' own")
    output.get_by_text("chosen = news.with_events().with_voices()").first.wait_for(state="attached")
    page.get_by_label("Read").select_option(label="Northern Ledger: said")
    output.get_by_text("Sentences with the term", exact=True).wait_for()
    assert output.locator("mark").first.inner_text().lower() == "said"
    page.get_by_label("Any word").fill("ceasefire")
    page.get_by_label("Any word").press("Enter")
    output.locator("mark", has_text="ceasefire").first.wait_for()
    codes = output.locator("details.code code").all_text_contents()
    assert len(codes) == 4
    saved = paste_and_run(notebook, codes)
    shown = [one for cell in outputs_of(saved) for one in cell]
    explored, pasted = shown[2:6], shown[7:]
    assert pasted == explored
    check_saved(saved, page.context.browser, tmp_path)


def paste_and_run(notebook, codes: list[str]) -> nbformat.NotebookNode:
    """Run each code in a cell of its own below, as a reader would paste it."""
    script = """async codes => {
      const widget = window.jupyterapp.shell.currentWidget;
      const run = name => window.jupyterapp.commands.execute(`notebook:${name}`);
      widget.content.activeCellIndex = widget.content.widgets.length - 1;
      for (const code of codes) {
        await run("insert-cell-below");
        widget.content.activeCell.model.sharedModel.setSource(code);
        await run("run-cell");
      }
      await widget.context.save();
      return widget.context.model.toJSON();
    }"""
    return nbformat.from_dict(notebook.page.evaluate(script, codes))


def check_saved(saved: nbformat.NotebookNode, browser, folder) -> None:
    """Read the explored notebook where no kernel, no script and no network is."""
    del saved.cells[2:]  # the pasted cells show the same once more
    stock, _ = HTMLExporter().from_notebook_node(saved)
    (folder / "explored.html").write_text(stock, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((folder / "explored.html").as_uri())
    body = page.locator("body").inner_text()
    context.close()
    text = "\n".join(html.unescape(block.content) for block in read_page(saved, stem="e").blocks)
    for words in (
        "Inside the events they share; The outlets' own",
        "The clearest terms of each outlet",
        "velmoran",
        "ceasefire",
        "Code of the sentences",
    ):
        assert words in body
        assert words in text
    assert "VBox(" not in body + text
