"""The commands."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis import pipeline
from analysis.cli import main


@pytest.fixture
def report(tmp_path: Path, articles: pd.DataFrame) -> Path:
    """A report of one notebook, whose last line is the parameter `x`."""
    articles.to_csv(tmp_path / "articles.csv", index=False)
    cells = [
        new_code_cell('corpus: str = ""\nx: int = 1', metadata={"tags": ["parameters"]}),
        new_code_cell("1 / x"),
    ]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(
        new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), tmp_path / "a.ipynb"
    )
    path = tmp_path / "r.yml"
    path.write_text("title: T\ncorpus: articles.csv\nnotebooks: [a]\n")
    return path


def test_a_report_is_built_and_its_place_told(report, capsys):
    out = report.parent / "out"
    assert main(["report", str(report), "--out", str(out), "--set", "x=4"]) == 0
    assert capsys.readouterr().out == f"{out / 'index.html'}\n"
    assert "0.25" in (out / "a.html").read_text()


def test_a_corpus_is_prepared_ahead(report, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "prepared_folder", lambda: tmp_path / "kept")
    source = report.parent / "articles.csv"
    assert main(["prepare", str(source)]) == 0
    folder = pipeline.prepare(source).folder
    assert capsys.readouterr().out == f"12 articles, kept in {folder}\n"
    assert main(["prepare", str(tmp_path / "nothing")]) == 2
    assert "is neither a file nor a folder" in capsys.readouterr().err


def test_a_failed_run_says_why_and_where(report, capsys):
    out = report.parent / "out"
    assert main(["report", str(report), "--out", str(out), "--set", "x=0"]) == 1
    told = capsys.readouterr().err
    assert "error: a: cell 2: ZeroDivisionError: division by zero\n" in told
    assert f"see {out}.failed" in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--set", "y=1"], "error: --set: no notebook of this run has a parameter 'y'"),
        (["--set", "x=one"], "error: --set for a.ipynb: 'x' is 'one', but a int is expected"),
        (["--set", "x"], "error: --set 'x': write --set name=value"),
    ],
)
def test_bad_input_is_told_without_a_traceback(report, capsys, arguments, message):
    assert main(["report", str(report), *arguments]) == 2
    assert capsys.readouterr().err.startswith(message)


def test_a_missing_file_is_told_without_a_traceback(tmp_path):
    command = [sys.executable, "-m", "analysis", "report", str(tmp_path / "none.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: there is no report file ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["publish"], ["report"]])
def test_what_is_no_command_gets_the_usage(arguments, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: analysis" in capsys.readouterr().err


def test_chance_is_measured_on_a_corpus(capsys):
    assert main(["calibrate", "sample", "--runs", "2"]) == 0
    told = capsys.readouterr().out
    assert "Continental Post" in told
    assert "In 12 comparisons of random halves of one outlet, where every difference is" in told
    assert main(["calibrate", "sample", "--runs", "0"]) == 2
    assert "--runs is 0; give at least 1" in capsys.readouterr().err


def test_a_healthy_corpus_passes_the_check(capsys, tmp_path):
    table = tmp_path / "findings.csv"
    assert main(["check", "sample", "--csv", str(table)]) == 0
    assert capsys.readouterr().out.startswith("FINE (")
    assert table.read_text().startswith("level,outlet,check,what,affects,n_articles,articles,")


def test_a_corpus_that_cannot_be_compared_has_an_exit_code_of_its_own(tmp_path, articles, capsys):
    articles.drop_duplicates("outlet").to_csv(tmp_path / "three.csv", index=False)
    assert main(["check", str(tmp_path / "three.csv")]) == 4
    told = capsys.readouterr().out
    assert told.startswith("BLOCKS A COMPARISON (1)\n  number of articles: There is one article an")
    assert main(["check", str(tmp_path / "none.csv")]) == 2
    assert main(["check", "sample", "--csv", str(tmp_path)]) == 2
    assert "name another file" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_ends_nothing(tmp_path, articles):
    source = tmp_path / "one.csv"
    articles.assign(outlet="Herald").to_csv(source, index=False)
    table = tmp_path / "findings.csv"
    command = [sys.executable, "-m", "analysis", "check", str(source), "--csv", str(table)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()  # before a line was written
        errors = process.stderr.read().decode()
    assert process.returncode == 4
    assert "BrokenPipe" not in errors
    assert "Traceback" not in errors
    assert table.read_text().startswith("level,")
