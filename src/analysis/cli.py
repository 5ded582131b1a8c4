"""The commands: ``analysis check``, ``report``, ``calibrate`` and ``notebooks``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.corpus.schema import DataError

BAD_INPUT, BLOCKED, INTERRUPTED = 2, 4, 130


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
        corpus blocks a comparison (``check``), 130 interrupted.
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
    add_check(commands)
    add_report(commands)
    add_calibrate(commands)
    add_notebooks(commands)
    return parser


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
