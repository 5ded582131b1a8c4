"""The committed notebooks: executed in order, thin, and without a number in their prose.

nbval compares outputs only of cells that have a count; this guard sees to it that all have one.
"""

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from analysis.report.parameters import read_parameters
from analysis.report.reportfile import notebooks_folder

PATHS = sorted(notebooks_folder().glob("*.ipynb"))
LONGEST = 12
# Standards and shares by which a method is known are no findings.
NAMES_WITH_DIGITS = re.compile(r"\b(?:95|90|99|5) ?%|\bF1\b|\bB3\b|\bL[12]\b")
FORBIDDEN = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.Try)
FORBIDDEN_IMPORTS = {"os", "sys", "pathlib", "glob", "io", "shutil"}


@pytest.fixture(params=PATHS, ids=[path.stem for path in PATHS])
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def notebook(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    assert PATHS


def test_every_cell_was_run_in_order_without_error(notebook):
    cells = code_cells(notebook)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert not [o for cell in cells for o in cell.outputs if o.output_type == "error"]


def test_no_cell_warns(notebook):
    streams = [
        o for cell in code_cells(notebook) for o in cell.outputs if o.output_type == "stream"
    ]
    assert not [stream.text for stream in streams if stream.name == "stderr"]


def test_cells_are_short_and_only_call(notebook):
    for cell in code_cells(notebook):
        assert 1 <= len(cell.source.splitlines()) <= LONGEST, cell.source
        nodes = list(ast.walk(ast.parse(cell.source)))
        assert not [node for node in nodes if isinstance(node, FORBIDDEN)], cell.source
        modules = [name.name for n in nodes if isinstance(n, ast.Import) for name in n.names]
        modules += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        assert not {m.split(".")[0] for m in modules} & FORBIDDEN_IMPORTS, cell.source


def test_parameters_are_declared_as_literals(path):
    kinds = {parameter.name: parameter.type for parameter in read_parameters(path)}
    assert kinds["corpus"] == "str"


def test_prose_states_no_number(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"`[^`]*`|\]\([^)]*\)", "", cell.source)
            assert not re.search(r"\d", NAMES_WITH_DIGITS.sub("", prose)), cell.source


def test_a_notebook_begins_with_its_question(notebook):
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[0].source.startswith("# ")


def test_no_run_left_its_traces(notebook):
    assert set(notebook.metadata) == {"kernelspec"}
    assert not [cell for cell in notebook.cells if "papermill" in cell.metadata]
