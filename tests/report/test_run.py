"""The runner, with real kernels."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.corpus.schema import DataError
from analysis.report.execute import Limits
from analysis.report.parameters import Typed
from analysis.report.run import default_folder, run_report

MOMENT = datetime(2026, 1, 5, 12, tzinfo=UTC)
PARAMETERS = 'corpus: str = "sample"\nword: str = "wall"  # one of: wall, fence.'
GOOD = (
    "import pandas as pd\nfrom analysis.report.display import show_findings, show_table",
    "## Words",
    'show_findings([f"Herald writes {word}."])',
    'show_table(pd.DataFrame({"word": [word]}), caption="Words", name="words")',
)
REMEMBER = (
    "import os, pathlib\nn = pathlib.Path(corpus).with_name('pid').write_text(str(os.getpid()))"
)
SLEEP = "import time\nfor _ in range(600):\n    time.sleep(0.1)"


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended but was not waited for does not."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_until(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def last_good(desk):
    """A report that was published before."""
    desk.out.mkdir()
    (desk.out / "index.html").write_text("last good")
    return desk.out


def assert_unchanged(out: Path) -> None:
    assert read_files(out) == {"index.html": b"last good"}
    assert not (out.parent / f".{out.name}.building").exists()


def test_a_good_run_is_published_whole_and_twice_the_same(desk):
    desk.notebook("10-words", *GOOD, title="Which words?", parameters=PARAMETERS)
    desk.notebook("20-more", 'print("more")', 'import sys\nn = sys.stderr.write("careful\\n")')
    path = desk.report("10-words", "20-more", more="parameters: {word: fence}")
    result = run_report(path, out=desk.out, clock=MOMENT)
    assert result.good
    assert result.problems == ()
    assert result.warnings == ("20-more: cell 4: careful",)
    first = read_files(desk.out)
    assert set(first) >= {
        "index.html", "10-words.html", "20-more.html", "run.json", "tables/10-words-words.csv",
        "tables/index-outlets.csv", "notebooks/10-words.ipynb", "notebooks/20-more.ipynb",
    }  # fmt: skip
    assert first["tables/10-words-words.csv"] == b"word\nfence\n"
    index = first["index.html"].decode()
    for words in ("A report", "Which words?", "Herald writes fence.", "12 articles of 3 outlets"):
        assert words in index
    assert "5 January 2026" in index
    assert "word: fence" in first["10-words.html"].decode()
    for content in first.values():
        assert str(desk.folder).encode() not in content
    record = json.loads(first["run.json"])
    assert record["verdict"] == "good"
    assert record["warnings"] == ["20-more: cell 4: careful"]
    assert record["parameters"]["10-words"] == {"word": "fence"}
    assert record["corpus"]["name"] == "articles.csv"
    assert record["blocking"] == []
    assert record["started"] == "2026-01-05T12:00:00+00:00"
    assert record["versions"]["python"]
    assert not Path(f"{desk.out}.failed").exists()
    assert run_report(path, out=desk.out, clock=MOMENT).good
    assert read_files(desk.out) == first


def test_what_fails_is_named_and_the_last_good_report_stays(desk, last_good):
    desk.notebook("a", "x = 1", "1 / 0", "x = 2")
    desk.notebook("b", "import os\nos._exit(1)")
    desk.notebook("c", "x = 1")
    path = desk.report("a", "b", "c")
    result = run_report(path, out=desk.out)
    assert result.exit_code == 1
    assert result.problems[0] == "a: cell 4: ZeroDivisionError: division by zero"
    assert result.problems[-1] == "b: the kernel died; was memory short?"
    assert not [problem for problem in result.problems if problem.startswith("c:")]
    assert_unchanged(last_good)
    assert result.folder == Path(f"{desk.out}.failed")
    assert "division by zero" in (result.folder / "log.txt").read_text()
    assert "division by zero" in (result.folder / "a.ipynb").read_text()
    assert json.loads((result.folder / "run.json").read_text())["verdict"] == "failed"
    desk.notebook("a", "x = 1")
    desk.notebook("b", "x = 1")
    assert run_report(path, out=desk.out).good
    assert not result.folder.exists()


def test_a_worker_that_dies_fails_the_run(desk, last_good):
    desk.notebook("a", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    result = run_report(desk.report("a"), out=desk.out)
    assert result.exit_code == 1
    assert result.problems == ("a: the process that ran it died; was memory short?",)
    assert_unchanged(last_good)


def test_a_picture_without_words_fails_the_run(desk, last_good):
    svg = 'display({"image/svg+xml": "<svg/>"}, raw=True)'
    desk.notebook("a", svg)
    result = run_report(desk.report("a"), out=desk.out)
    assert result.exit_code == 1
    assert "a: a picture has no alternative text" in result.problems[0]
    assert_unchanged(last_good)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(cell=2), "a: a cell took more than 2 seconds"),
        (Limits(run=6), "a: was not done when the run's 6 seconds were over"),
    ],
    ids=["cell", "run"],
)
def test_a_run_out_of_time_leaves_no_kernel(desk, last_good, limits, message):
    desk.notebook("a", REMEMBER, SLEEP)
    result = run_report(desk.report("a"), out=desk.out, limits=limits)
    assert result.exit_code == 3
    assert message in result.problems
    assert_unchanged(last_good)
    if (desk.folder / "pid").exists():
        pid = int((desk.folder / "pid").read_text())
        wait_until(lambda: not is_alive(pid))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"wrod": Typed("wall")}, "--set: no notebook of this run has a parameter 'wrod'; did you"),
        (
            {"word": Typed("hedge")},
            "--set for a.ipynb: 'word' is 'hedge', but it is one of wall, fence",
        ),
        ({"corpus": Typed("nowhere.csv")}, "--set: there is no corpus 'nowhere.csv'"),
    ],
)
def test_bad_input_is_refused_before_anything_runs(desk, last_good, settings, message):
    desk.notebook("a", "x = 1")
    with pytest.raises(DataError, match=message):
        run_report(desk.report("a"), out=desk.out, settings=settings)
    assert_unchanged(last_good)


def test_a_corpus_that_cannot_be_read_is_refused(desk, last_good):
    desk.notebook("a", "x = 1")
    (desk.folder / "articles.csv").write_text("")
    with pytest.raises(DataError):
        run_report(desk.report("a"), out=desk.out)
    assert_unchanged(last_good)


def test_the_moment_may_come_from_the_environment(desk, monkeypatch):
    desk.notebook("a", "x = 1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(DataError, match="SOURCE_DATE_EPOCH is 'yesterday'"):
        run_report(desk.report("a"), out=desk.out)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert run_report(desk.report("a"), out=desk.out).good
    assert "1 January 1970" in (desk.out / "index.html").read_text()


def test_reports_go_beside_their_parameters(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert default_folder(Path("/r/reports/params/x.yml")) == Path("/r/reports/x")
    assert default_folder(Path("/elsewhere/x.yml")) == tmp_path / "reports" / "x"


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -9)],
    ids=["interrupted", "ended", "killed"],
)
def test_a_stopped_run_leaves_the_last_report_and_no_kernel(desk, last_good, number, code):
    desk.notebook("a", REMEMBER, SLEEP)
    command = [sys.executable, "-m", "analysis", "report", str(desk.report("a")), "--out"]
    run = subprocess.Popen(
        [*command, str(desk.out)], stderr=subprocess.PIPE, text=True, env={**os.environ}
    )
    pid_file = desk.folder / "pid"
    wait_until(lambda: run.poll() is not None or (pid_file.exists() and pid_file.read_text()))
    run.send_signal(number)
    _, told = run.communicate(timeout=60)
    assert run.returncode == code
    assert "Traceback" not in told
    wait_until(lambda: not is_alive(int(pid_file.read_text())))
    if number == signal.SIGKILL:
        assert read_files(last_good) == {"index.html": b"last good"}
        desk.notebook("a", "x = 1")
        assert run_report(desk.report("a"), out=desk.out).good
        assert not (desk.folder / ".out.building").exists()
    else:
        assert "interrupted; nothing was published" in told
        assert_unchanged(last_good)
