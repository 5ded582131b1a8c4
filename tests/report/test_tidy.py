"""Notebooks run in place."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from analysis.report.tidy import read_notebook, rerun_notebooks, tidy


def test_what_differs_from_run_to_run_is_dropped():
    cell = new_code_cell(
        "x",
        execution_count=3,
        metadata={"papermill": {"duration": 1}, "execution": {"a": "1"}, "tags": ["parameters"]},
    )
    injected = new_code_cell("y", metadata={"tags": ["injected-parameters"]})
    notebook = new_notebook(cells=[cell, injected], metadata={"language_info": {"name": "python"}})
    tidied = tidy(notebook)
    assert list(tidied.metadata) == ["kernelspec"]
    assert tidied.cells[0].metadata == {"tags": ["parameters"]}
    assert tidied.cells[0].execution_count == 3
    assert tidied.cells[1].id == "cell-2"


def test_notebooks_keep_their_outputs_and_the_same_bytes(desk):
    good = desk.notebook("a", "word", "print('x')")
    bad = desk.notebook("b", "1 / 0")
    before = bad.read_bytes()
    outcomes = rerun_notebooks([good, bad])
    assert [outcome.problems for outcome in outcomes] == [
        (), ("cell 3: ZeroDivisionError: division by zero",),
    ]  # fmt: skip
    assert bad.read_bytes() == before
    first = good.read_bytes()
    cells = read_notebook(good).cells
    assert [cell.execution_count for cell in cells[1:]] == [1, 2, 3]
    assert cells[2].outputs[0].data["text/plain"] == "'wall'"
    nbformat.validate(nbformat.read(good, as_version=4))
    assert str(desk.folder).encode() not in first
    rerun_notebooks([good])
    assert good.read_bytes() == first
    assert sorted(p.name for p in desk.folder.iterdir()) == ["a.ipynb", "articles.csv", "b.ipynb"]
