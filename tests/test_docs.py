"""The documents' examples are run, verified by the tools they are for, or at least read by them."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from analysis.cli import BAD_INPUT, BUSY, make_parser
from analysis.publish.sitefile import read_site_file

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
COMMAND = re.compile(r"\.venv/bin/analysis ([^>\n\"`]+)")
NOT_HERE = ("git clone", "cd news-parallax", "make env")  # what the test's own environment did


def blocks(name: str, language: str) -> list[str]:
    """The examples of a document in one language."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return [body for kind, body in BLOCK.findall(text) if kind == language]


@pytest.mark.parametrize("name", ["scheduling.md", "tutorial.md"])
def test_every_command_is_one(name):
    commands = COMMAND.findall((ROOT / "docs" / name).read_text(encoding="utf-8"))
    assert len(commands) >= 4
    for command in commands:
        make_parser().parse_args(command.split())


@pytest.mark.parametrize("name", ["scheduling.md", "tutorial.md"])
def test_a_line_for_cron_has_five_fields_in_their_ranges(name):
    (line,) = "".join(blocks(name, "crontab")).splitlines()
    *fields, command = line.split(" ", 5)
    for field, (least, most) in zip(fields, RANGES, strict=True):
        assert field == "*" or least <= int(field) <= most
    assert subprocess.run(["/bin/sh", "-n", "-c", command]).returncode == 0
    assert "%" not in command  # which cron would take for the end of a line


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_systemd_takes_the_units(tmp_path):
    program = tmp_path / "news" / ".venv" / "bin" / "analysis"
    program.parent.mkdir(parents=True)
    program.symlink_to(sys.executable)
    units = []
    for block in blocks("scheduling.md", "ini"):
        name = re.match(r"# /etc/systemd/system/(\S+)\n", block)[1]
        path = tmp_path / name
        path.write_text(block.replace("/srv/news", str(tmp_path / "news")))
        units.append(path)
    assert {path.suffix for path in units} == {".service", ".timer"}
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, timeout=60
    )
    assert (
        done.returncode,
        [line for line in done.stderr.splitlines() if "news-site" in line],
    ) == (0, [])
    (when,) = re.findall(r"OnCalendar=(.*)", units[1].read_text() + units[0].read_text())
    subprocess.run(["systemd-analyze", "calendar", when], check=True, capture_output=True)
    (code,) = re.findall(r"SuccessExitStatus=(\d+)", units[0].read_text() + units[1].read_text())
    assert int(code) == BUSY


def test_the_site_file_is_one(tmp_path):
    (text,) = (block for block in blocks("scheduling.md", "yaml") if "reports:" in block)
    path = write(tmp_path, text)
    shutil.copytree(ROOT / "data" / "sample", tmp_path / "data" / "raw" / "talks")
    site = read_site_file(path)
    assert [one.name for one in site.reports] == ["weekly", "whole"]
    assert site.out == tmp_path / "reports" / "talks"


def test_the_workflow_keeps_the_state_and_deploys_the_site():
    (text,) = (block for block in blocks("scheduling.md", "yaml") if "runs-on" in block)
    (job,) = yaml.safe_load(text)["jobs"].values()
    steps = job["steps"]
    used = {step["uses"].partition("@")[0]: step for step in steps if "uses" in step}
    kept = [used[f"actions/cache/{name}"]["with"]["path"] for name in ("restore", "save")]
    assert kept == ["reports/talks*"] * 2  # the site and its state, by the site file above
    assert used["actions/upload-pages-artifact"]["with"]["path"] == "reports/talks"
    order = [step.get("run") or step["uses"].partition("@")[0] for step in steps]
    publish = next(place for place, said in enumerate(order) if "analysis publish" in said)
    assert order.index("actions/cache/restore") < publish < order.index("actions/cache/save")
    assert all(step["if"] == "${{ !cancelled() }}" for step in steps[publish + 1 :])
    assert order.index("make env") < publish
    for step in steps:
        assert "uses" not in step or re.search(r"@v\d+$", step["uses"])


def test_the_airflow_file_passes_over_a_run_that_is_busy():
    (text,) = blocks("scheduling.md", "python")
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    (task,) = (call for call in calls if getattr(call.func, "id", "") == "BashOperator")
    given = {keyword.arg: ast.literal_eval(keyword.value) for keyword in task.keywords}
    assert given["skip_on_exit_code"] == BUSY
    assert subprocess.run(["/bin/sh", "-n", "-c", given["bash_command"]]).returncode == 0
    (flow,) = (call for call in calls if getattr(call.func, "id", "") == "dag")
    assert {word.arg: ast.literal_eval(word.value) for word in flow.keywords}[
        "max_active_runs"
    ] == 1


def test_the_exit_codes_are_told():
    text = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
    told = {
        int(code): words for code, words in re.findall(r"^\| (\d) \| (.*) \|$", text, re.MULTILINE)
    }
    assert set(told) == {0, 1, 2, 3, 5}
    assert "site file" in told[BAD_INPUT]
    assert "another run" in told[BUSY]


def write(folder: Path, text: str) -> Path:
    """Write an example to the place that its first line names."""
    path = folder / re.match(r"# (\S+)\n", text)[1]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_tutorial_does_what_it_says(tmp_path):
    (tmp_path / ".venv").symlink_to(sys.prefix)
    shutil.copytree(ROOT / "data" / "sample", tmp_path / "data" / "sample")
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    said = ""
    for language, body in BLOCK.findall(text):
        if language == "yaml":
            write(tmp_path, body)
        if language == "sh":
            lines = [line for line in body.splitlines() if not line.startswith(NOT_HERE)]
            done = subprocess.run(
                ["/bin/sh", "-e", "-c", "\n".join(lines)],
                cwd=tmp_path, capture_output=True, text=True, timeout=900,
                env=os.environ | {"PYTHONWARNINGS": "default"},
            )  # fmt: skip
            assert done.returncode == 0, f"{body}{done.stdout}{done.stderr}"
            said += done.stdout
    assert "FINE" in said
    assert re.search(r"weekly.*published.*2026-w03(.|\n)*published.*2026-w04(.|\n)*unchanged", said)
    for page in ("talks/index.html", "site/index.html", "site/feed.xml"):
        assert (tmp_path / "reports" / page).is_file()
    second = (tmp_path / "reports" / "site" / "weekly" / "2026-w04" / "index.html").read_text()
    assert "What changed" in second


def test_the_tutorial_s_code_explores():
    (code,) = blocks("tutorial.md", "python")
    assert [line.partition("(")[0] for line in code.splitlines() if line] == [
        "import analysis", "news = analysis.prepare", "analysis.explore",
    ]  # fmt: skip
