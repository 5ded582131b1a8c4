"""Whether an executed notebook is good, read from its cells.

papermill's own record calls a notebook completed when its kernel died or a cell timed out, so the
verdict here is that each cell was run, in order, and none ended in an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from nbformat import NotebookNode


def find_problems(notebook: NotebookNode) -> list[str]:
    """Say why an executed notebook is not good; empty if each cell ran, in order, without error."""
    problems = []
    expected = 1
    for place, cell in number_cells(notebook):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                problems.append(f"cell {place}: {output.ename}: {output.evalue}")
        if cell.execution_count != expected:
            problems.append(f"cell {place} was not run in order (its count is not {expected})")
        expected += 1
    return problems


def number_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Give each cell with its place in the notebook as it was before papermill added its own."""
    added = {"injected-parameters", "papermill-error-cell-tag"}
    place = 0
    for cell in notebook.cells:
        place += not added & set(cell.metadata.get("tags", []))
        yield place, cell


def find_warnings(notebook: NotebookNode) -> list[str]:
    """Give what the cells wrote to their error streams."""
    return [
        f"cell {place}: {output.text.strip()}"
        for place, cell in number_cells(notebook)
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr" and output.text.strip()
    ]
