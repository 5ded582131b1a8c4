"""A report file to a published folder; until a run is good, the last good report stays."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from nbformat import NotebookNode

from analysis.corpus.schema import DataError
from analysis.report.compiling import compiling_beside
from analysis.report.execute import Limits, Outcome, Task, run_notebooks, stoppable
from analysis.report.folders import build_beside, replace_folder, settle, swap
from analysis.report.health import describe_blocking
from analysis.report.parameters import read_parameters
from analysis.report.provenance import find_commit, find_versions, fixed_moment
from analysis.report.render import read_page
from analysis.report.reportfile import (
    ReportFile,
    assign_parameters,
    locate_corpus,
    read_report_file,
)
from analysis.report.site import About, CorpusLike, write_site, write_text
from analysis.report.tidy import read_notebook, tidy, write_notebook
from analysis.wording import day

GOOD, FAILED, LATE = 0, 1, 3


@dataclass(frozen=True)
class RunResult:
    """How a run ended.

    Attributes
    ----------
    folder
        The report; on failure, where its log and notebooks are.
    exit_code
        0 good, 1 failed, 3 out of time.
    problems
        Empty if good.
    warnings
        What notebooks wrote to their error streams.
    """

    folder: Path
    exit_code: int
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the report was published."""
        return self.exit_code == GOOD


def run_report(
    path: str | Path,
    *,
    settings: Mapping[str, Any] | None = None,
    out: str | Path | None = None,
    limits: Limits | None = None,
    clock: datetime | None = None,
) -> RunResult:
    """Run the notebooks of a report file and publish them as pages.

    Parameters
    ----------
    path
        The report file, see ``read_report_file``.
    settings
        Parameters that win over those of the file; ``corpus`` is relative to the working folder.
    out
        The folder of the report; if left out, ``reports/<name of the file>``.
    limits
        Times, and notebooks at a time.
    clock
        The moment of the run, to build the same bytes twice; also ``SOURCE_DATE_EPOCH`` sets it.

    Returns
    -------
    RunResult
        Good, or not: then the last good report is untouched, and ``<out>.failed`` holds the log
        and the notebooks as far as they came.

    Raises
    ------
    DataError
        Before any notebook runs, when the file, a parameter or the corpus cannot be used.
    """
    report, settings = apply_corpus(read_report_file(path), dict(settings or {}))
    values = assign_parameters(report, settings)
    target = Path(out).resolve() if out else default_folder(report.path)
    return build_report(report, values, target, limits=limits, clock=clock)


def build_report(
    report: ReportFile,
    values: Mapping[Path, Mapping[str, Any]],
    target: Path,
    *,
    limits: Limits | None = None,
    clock: datetime | None = None,
    changes: Sequence[str] = (),
) -> RunResult:
    """Run the notebooks of a report with checked values (see ``assign_parameters``).

    Parameters
    ----------
    report, values
        What the report is made of, and the values of each notebook.
    target
        The folder of the report.
    limits, clock
        As for ``run_report``.
    changes
        What is new since the issue before, in sentences; shown first.
    """
    from analysis.check.health import check_corpus
    from analysis.pipeline import prepare  # reads much, and only here

    limits = limits or Limits()
    with stoppable(), build_beside(target) as work:
        with compiling_beside(report.source):
            corpus = prepare(report.source)
        run = Run(report, values, corpus, work, clock or fixed_moment())
        run.changes = tuple(changes)
        run.took = read_seconds(target)
        run.blocking = describe_blocking(check_corpus(corpus))
        outcomes = run_notebooks(run.tasks(limits), limits)
        problems = [f"{o.stem}: {problem}" for o in outcomes for problem in o.problems]
        problems = problems or run.render()
        record = run.record(outcomes, problems)
        failed = target.with_name(f"{target.name}.failed")
        if problems:
            write_text(work / "run" / "log.txt", "\n".join(problems) + "\n")
            write_text(work / "run" / "run.json", record)
            replace_folder(work / "run", failed)
            code = LATE if any(outcome.late for outcome in outcomes) else FAILED
        else:
            write_text(work / "site" / "run.json", record)
            settle(work / "site")
            swap(work / "site", target, work)
            shutil.rmtree(failed, ignore_errors=True)
            code = GOOD
    warnings = tuple(list_warnings(outcomes))
    return RunResult(failed if problems else target, code, tuple(problems), warnings)


class Run:
    """One run: what goes in, where it is built, and what is said of it."""

    def __init__(
        self,
        report: ReportFile,
        values: Mapping[Path, Mapping[str, Any]],
        corpus: CorpusLike,
        work: Path,
        fixed: datetime | None,
    ) -> None:
        self.report = report
        self.values = values
        self.corpus = corpus
        self.work = work
        self.blocking: list[str] = []  # what in the corpus blocks a comparison
        self.changes: tuple[str, ...] = ()  # since the issue before
        self.took: dict[str, float] = {}  # seconds of each notebook in the last report
        self.frozen = fixed is not None
        self.started = fixed or datetime.now(UTC).replace(microsecond=0)
        (work / "run").mkdir()

    def tasks(self, limits: Limits) -> list[Task]:
        """Give the notebooks to run."""
        return [
            Task(
                path,
                self.ran(path),
                self.work / "cwd" / path.stem,
                values,
                limits.cell,
                limits.memory,
                self.took.get(path.stem, 0),
            )
            for path, values in self.values.items()
        ]

    def ran(self, path: Path) -> Path:
        """Where a notebook is after its run."""
        return self.work / "run" / path.name

    def render(self) -> list[str]:
        """Write the site; give what is wrong with what the notebooks show."""
        notebooks = {path.stem: tidy(read_notebook(self.ran(path))) for path in self.values}
        for notebook in notebooks.values():
            self.hide_folders(notebook)
        try:
            pages = [read_page(notebook, stem=stem) for stem, notebook in notebooks.items()]
        except DataError as error:
            return [str(error)]
        shown = {path.stem: effective(path, given) for path, given in self.values.items()}
        write_site(self.work / "site", self.about(), self.corpus, pages=pages, parameters=shown)
        (self.work / "site" / "notebooks").mkdir()
        for stem, notebook in notebooks.items():
            write_notebook(notebook, self.work / "site" / "notebooks" / f"{stem}.ipynb")
        return []

    def hide_folders(self, notebook: NotebookNode) -> None:
        """Name the corpus as the report file does: no reader has this machine's folders."""
        for cell in notebook.cells:
            if "injected-parameters" in cell.metadata.get("tags", []):
                cell.source = cell.source.replace(self.report.source, self.report.corpus_name)

    def about(self) -> About:
        """Say what every page says of the report."""
        versions = find_versions()
        package = f"news-parallax {versions.pop('news-parallax')}"
        libraries = ", ".join(f"{name} {version}" for name, version in versions.items())
        return About(
            title=self.report.title,
            built=day(pd.Timestamp(self.started)),
            corpus=self.report.corpus_name,
            software=f"Made with {package} ({libraries})",
            commit=find_commit(),
            fingerprint=self.corpus.fingerprint,
            blocking=tuple(self.blocking),
            changes=self.changes,
        )

    def record(self, outcomes: Sequence[Outcome], problems: Sequence[str]) -> str:
        """Write ``run.json``: enough to tell how a report was made, and whether to trust it."""
        record: dict[str, Any] = {
            "title": self.report.title,
            "verdict": "failed" if problems else "good",
            "problems": list(problems),
            "warnings": list_warnings(outcomes),
            "started": self.started.isoformat(),
            "corpus": {"name": self.report.corpus_name, "fingerprint": self.corpus.fingerprint},
            "blocking": self.blocking,
            "parameters": {path.stem: effective(path, v) for path, v in self.values.items()},
            "versions": find_versions(),
            "commit": find_commit(),
        }
        if not self.frozen:
            record["seconds"] = {outcome.stem: round(outcome.seconds, 1) for outcome in outcomes}
        return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def read_seconds(target: Path) -> dict[str, float]:
    """Read how long each notebook of the last report took; nothing where that is not known."""
    try:
        seconds = json.loads((target / "run.json").read_text(encoding="utf-8")).get("seconds", {})
        return {str(stem): float(value) for stem, value in seconds.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def list_warnings(outcomes: Sequence[Outcome]) -> list[str]:
    """Give what the notebooks wrote to their error streams, with their names."""
    return [f"{o.stem}: {warning}" for o in outcomes for warning in o.warnings]


def apply_corpus(report: ReportFile, settings: dict[str, Any]) -> tuple[ReportFile, dict[str, Any]]:
    """Let a ``corpus`` from the command line take the place of the file's."""
    rest = {name: value for name, value in settings.items() if name != "corpus"}
    if "corpus" in settings:
        corpus = locate_corpus(str(settings["corpus"]), Path.cwd(), origin="--set")
        report = replace(report, corpus=corpus)
    return report, rest


def effective(path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give all parameters of a notebook but the corpus, those not given by their defaults."""
    declared = {parameter.name: parameter.default for parameter in read_parameters(path)}
    return {name: value for name, value in (declared | dict(given)).items() if name != "corpus"}


def default_folder(path: Path) -> Path:
    """Choose where a report goes: beside ``params/``, or in ``reports/`` of the working folder."""
    beside = path.parent.name == "params" and path.parent.parent.name == "reports"
    return (path.parent.parent if beside else Path.cwd() / "reports") / path.stem
