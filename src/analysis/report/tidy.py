"""Executed notebooks without what differs from run to run: same run, same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis.report.execute import Limits, Outcome, Task, run_notebooks
from analysis.report.folders import build_beside

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
VOLATILE = ("papermill", "execution", "collapsed", "scrolled")


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Drop times, paths and versions from a notebook; outputs and counts stay.

    Parameters
    ----------
    notebook
        Changed in place, and given back.
    """
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNELSPEC})  # type: ignore[no-untyped-call]
    for place, cell in enumerate(notebook.cells, start=1):
        for key in VOLATILE:
            cell.metadata.pop(key, None)
        if not cell.metadata.get("tags", ["some"]):
            del cell.metadata["tags"]
        if "injected-parameters" in cell.metadata.get("tags", []) or "id" not in cell:
            cell.id = f"cell-{place}"
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook, the same bytes for the same content."""
    text = nbformat.writes(notebook, version=4)  # type: ignore[no-untyped-call]
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def rerun_notebooks(paths: Sequence[Path], *, limits: Limits | None = None) -> list[Outcome]:
    """Run notebooks on their own defaults and keep their outputs in place.

    Parameters
    ----------
    paths
        Notebooks of one folder.
    limits
        Times and the number of notebooks at a time.

    Returns
    -------
    list of Outcome
        One a notebook; the file of one with problems is left as it was.
    """
    with build_beside(paths[0].parent / "outputs") as work:
        tasks = [
            Task(path, work / path.name, path.parent, {}, (limits or Limits()).cell)
            for path in paths
        ]
        outcomes = run_notebooks(tasks, limits or Limits())
        for task, outcome in zip(tasks, outcomes, strict=True):
            if not outcome.problems:
                write_notebook(tidy(read_notebook(task.output)), task.notebook)
    return outcomes
