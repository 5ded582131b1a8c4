"""In which order notebooks are run, and what their kernels do with memory."""

import nbformat
import pytest

from analysis.report.execute import Limits, Task, run_notebooks, take_turns
from analysis.report.run import read_seconds


def test_the_longest_of_the_last_run_come_first_else_large_beside_small(tmp_path):
    sizes = {"a": 10, "b": 40, "c": 30, "d": 20}
    for name, size in sizes.items():
        (tmp_path / f"{name}.ipynb").write_text("x" * size)

    def tasks(took):
        return [
            Task(tmp_path / f"{name}.ipynb", tmp_path, tmp_path, {}, 1, took=took.get(name, 0))
            for name in sizes
        ]

    def order(took):
        return "".join(task.notebook.stem for task in take_turns(tasks(took)))

    assert order({}) == "bacd"
    assert order({"a": 4, "b": 1, "c": 3, "d": 2}) == "acdb"
    assert order({"a": 4, "b": 1}) == "bacd"


@pytest.mark.parametrize(
    "content", ["", "no JSON", "[]", '{"seconds": 3}', '{"seconds": {"a": "x"}}']
)
def test_what_is_not_known_of_the_last_run_is_no_error(tmp_path, content):
    assert read_seconds(tmp_path) == {}
    (tmp_path / "run.json").write_text(content)
    assert read_seconds(tmp_path) == {}
    (tmp_path / "run.json").write_text('{"seconds": {"a": 2.5}}')
    assert read_seconds(tmp_path) == {"a": 2.5}


def test_a_kernel_gives_memory_back_after_each_cell(tmp_path):
    cells = [
        "from analysis import memory\nmemory.give_back = lambda: done.append(1)\ndone = []",
        "before = len(done)",
        "print(before, len(done), '_give_back' in globals())",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(notebook, tmp_path / "a.ipynb")
    task = Task(tmp_path / "a.ipynb", tmp_path / "ran.ipynb", tmp_path / "cwd", {}, 60)
    (outcome,) = run_notebooks([task], Limits(workers=1))
    assert not outcome.problems
    ran = nbformat.read(tmp_path / "ran.ipynb", as_version=4)
    assert ran.cells[-1].outputs[0].text.split() == ["1", "2", "False"]
