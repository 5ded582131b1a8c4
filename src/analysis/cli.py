"""The commands, such as ``analysis report``: their arguments, and the exit codes."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from analysis.corpus.schema import DataError

BAD_INPUT, BLOCKED, BUSY, INTERRUPTED = 2, 4, 5, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code.

    Parameters
    ----------
    arguments
        As on the command line, without the program's name; if left out, those of this process.

    Returns
    -------
    int
        0 good, 1 a run failed, 2 bad file, parameter or input, 3 out of time, 4 something in the
        corpus blocks a comparison (``check``), 5 another run is at work (``publish``), 130
        interrupted.
    """
    options = make_parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("interrupted; nothing was published", file=sys.stderr)
        return INTERRUPTED
    return code


def show(text: str) -> None:
    """Print; when who reads has seen enough, as ``head`` has, the command goes on unseen."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def make_parser() -> argparse.ArgumentParser:
    """Describe the commands; each is added by a function of its own."""
    parser = argparse.ArgumentParser(
        prog="analysis", description="Shows how different news outlets cover the same events."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_prepare(commands)
    add_check(commands)
    add_report(commands)
    add_publish(commands)
    add_status(commands)
    add_calibrate(commands)
    add_notebooks(commands)
    return parser


def add_prepare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``analysis prepare``."""
    command = commands.add_parser(
        "prepare", help="load, clean and label a corpus ahead; reports then read what is kept"
    )
    command.add_argument("source", metavar="SOURCE", help="folder, file, address or built-in name")
    command.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler, tcp://HOST:8786")
    command.set_defaults(run=prepare_source)


def prepare_source(options: argparse.Namespace) -> int:
    """Prepare a corpus and say where it is kept."""
    from analysis.pipeline import prepare

    corpus = prepare(options.source, cluster=options.cluster)
    show(f"{len(corpus.articles):,} articles, kept in {corpus.folder}")
    return 0


def add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``analysis check``."""
    command = commands.add_parser(
        "check", help="what in this corpus blocks or qualifies a comparison? (exit 4: blocks)"
    )
    command.add_argument("source", metavar="SOURCE", help="folder, file, sample or newsarticles")
    command.add_argument("--csv", metavar="FILE", help="keep the findings with all article ids")
    command.set_defaults(run=check_source)


def check_source(options: argparse.Namespace) -> int:
    """Print what blocks and what qualifies comparisons of a corpus."""
    from analysis.check.findings import BLOCKS
    from analysis.check.health import check_corpus
    from analysis.pipeline import prepare
    from analysis.report.cells import to_csv
    from analysis.report.health import write_health
    from analysis.report.site import write_text

    findings = check_corpus(prepare(options.source))
    show(write_health(findings))
    if options.csv:
        try:
            write_text(Path(options.csv), to_csv(findings))
        except OSError as error:
            raise DataError(f"--csv {options.csv}: {error.strerror}; name another file") from error
    return BLOCKED if (findings["level"] == BLOCKS).any() else 0


def add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``analysis report``."""
    command = commands.add_parser("report", help="build a report from a report file")
    command.add_argument("file", metavar="FILE", help="YAML, as in reports/params/")
    command.add_argument(
        "--set",
        metavar="NAME=VALUE",
        dest="settings",
        action="append",
        default=[],
        help="a parameter that wins over the file's; may be given again",
    )
    command.add_argument("--out", metavar="DIR", help="default: reports/<name of FILE>")
    command.set_defaults(run=build_report)


def build_report(options: argparse.Namespace) -> int:
    """Build a report and say where it is."""
    from analysis.report.reportfile import parse_settings
    from analysis.report.run import run_report

    result = run_report(options.file, settings=parse_settings(options.settings), out=options.out)
    for warning in result.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if result.good:
        show(str(result.folder / "index.html"))
        return result.exit_code
    for problem in result.problems:
        print(f"error: {problem}", file=sys.stderr)
    print(
        f"the run failed and the last good report, if any, is unchanged; see {result.folder}",
        file=sys.stderr,
    )
    return result.exit_code


def add_publish(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``analysis publish``."""
    command = commands.add_parser("publish", help="make the issues of a site that are due")
    command.add_argument("file", metavar="SITE", help="YAML, see docs/scheduling.md")
    command.add_argument("--force", action="store_true", help="make them again though unchanged")
    command.add_argument(
        "--accept-losses", action="store_true", help="believe a source that lost many articles"
    )
    command.add_argument("--now", metavar="MOMENT", help="as if it were 2026-01-05T06:00+01:00")
    command.add_argument("--json", action="store_true", help="a line of JSON a report")
    command.set_defaults(run=publish)


def publish(options: argparse.Namespace) -> int:
    """Publish what is due; the exit code is that of the worst report."""
    from analysis.publish.publish import Busy, publish_site

    try:
        outcomes = publish_site(
            options.file,
            now=read_moment(options.now) if options.now else None,
            force=options.force,
            accept_losses=options.accept_losses,
        )
    except Busy as error:
        print(f"error: {error}", file=sys.stderr)
        return BUSY
    for one in outcomes:
        words = " ".join(filter(None, [f"{one.report}:", one.state, one.label, f"({one.what})"]))
        show(json.dumps(asdict(one), ensure_ascii=False) if options.json else words)
    return max((one.exit_code for one in outcomes), default=0)


def read_moment(text: str) -> datetime:
    """Read a moment with its time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise DataError(f"--now {text!r} is no moment; write 2026-01-05T06:00+01:00") from error
    if moment.tzinfo is None:
        raise DataError(f"--now {text!r} has no time zone; write 2026-01-05T06:00+01:00")
    return moment


def add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``analysis status``."""
    command = commands.add_parser("status", help="how does each report of a site stand?")
    command.add_argument("file", metavar="SITE", help="YAML, see docs/scheduling.md")
    command.add_argument("--json", action="store_true", help="a line of JSON a report")
    command.set_defaults(run=show_status)


def show_status(options: argparse.Namespace) -> int:
    """Print each report's newest issue, and since when it is stale; 1 if one is."""
    from analysis.publish.sitefile import read_site_file
    from analysis.publish.status import describe_status, list_status

    rows = list_status(read_site_file(options.file))
    for row in rows:
        show(json.dumps(row, ensure_ascii=False) if options.json else describe_status(row))
    return int(any(row["stale_since"] for row in rows))


def add_calibrate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``analysis calibrate``."""
    command = commands.add_parser(
        "calibrate", help="how often would chance pass for a finding in this corpus?"
    )
    command.add_argument("source", metavar="SOURCE", help="folder, file, sample or newsarticles")
    command.add_argument(
        "--runs", type=int, default=20, metavar="N", help="random halves an outlet (default: 20)"
    )
    command.add_argument("--seed", type=int, default=0, metavar="N", help="of the halves")
    command.set_defaults(run=calibrate_corpus)


def calibrate_corpus(options: argparse.Namespace) -> int:
    """Compare random halves of each outlet and print what was found, all of it by chance."""
    from analysis.compare.calibrate import calibrate
    from analysis.pipeline import prepare
    from analysis.report.overview import describe_calibration

    if options.runs < 1:
        raise DataError(f"--runs is {options.runs}; give at least 1")
    table = calibrate(prepare(options.source).counts(), runs=options.runs, seed=options.seed)
    show(table.to_string(index=False, na_rep="", float_format="{:.3f}".format))
    show("\n".join(describe_calibration(table)))
    return 0


def add_notebooks(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``analysis notebooks``."""
    command = commands.add_parser(
        "notebooks", help="run the notebooks on their defaults and keep their outputs"
    )
    command.set_defaults(run=refresh_notebooks)


def refresh_notebooks(options: argparse.Namespace) -> int:
    """Run all notebooks in place."""
    from analysis.report.reportfile import notebooks_folder
    from analysis.report.tidy import rerun_notebooks

    paths = sorted(notebooks_folder().glob("*.ipynb"))
    if not paths:
        raise DataError(f"there are no notebooks in {notebooks_folder()}")
    outcomes = rerun_notebooks(paths)
    for outcome in outcomes:
        for problem in outcome.problems:
            print(f"error: {outcome.stem}: {problem}", file=sys.stderr)
        show(f"{outcome.stem}: {'failed' if outcome.problems else 'good'}")
    return int(any(outcome.problems for outcome in outcomes))
