"""A site file: which reports a site publishes, on what, and how often."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from analysis.corpus.schema import DataError
from analysis.publish.periods import Rule, read_rule, read_timezone
from analysis.report.execute import Limits
from analysis.report.reportfile import (
    ReportFile,
    assign_parameters,
    check_keys,
    check_words,
    parse_report,
    parse_yaml,
)
from analysis.report.run import default_folder

KEYS = ("title", "address", "timezone", "out", "limits", "on_success", "on_failure", "reports")
REPORT_KEYS = ("name", "topic", "period", "title", "corpus", "notebooks", "parameters")
LIMITS = ("cell", "run", "memory")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Scheduled:
    """One report of a site.

    Attributes
    ----------
    name
        Its part of an address.
    topic
        The heading under which its issues are listed.
    rule
        Which days an issue is about.
    report
        What it is made of.
    """

    name: str
    topic: str
    rule: Rule
    report: ReportFile


@dataclass(frozen=True)
class SiteFile:
    """What a site is made of.

    Attributes
    ----------
    path, title
        The file, and the site's title.
    address
        Where the site is served, ending in a slash; empty if unknown.
    out
        The folder of the site. What is needed to go on stands beside it, in ``<out>.state``.
    timezone
        In which days begin.
    limits
        Of each report's run.
    hooks
        Commands by event, ``on_success`` and ``on_failure``, as lists of words.
    reports
        In the order of the file.
    """

    path: Path
    title: str
    address: str
    out: Path
    timezone: ZoneInfo
    limits: Limits
    hooks: Mapping[str, list[str]]
    reports: tuple[Scheduled, ...]

    @property
    def state(self) -> Path:
        """Where archives, results and the lock are kept; nothing of it is published."""
        return self.out.with_name(f"{self.out.name}.state")


def read_site_file(path: str | Path) -> SiteFile:
    """Read a site file.

    Parameters
    ----------
    path
        YAML with ``title`` and ``reports``; if need be ``address``, ``timezone``, ``out``
        (relative to the file), ``limits``, ``on_success``, ``on_failure``. A report has a
        ``name`` and the keys of a report file; if need be ``topic`` and ``period``.

    Raises
    ------
    DataError
        When anything in it cannot be used; nothing has run then.
    """
    path = Path(path).resolve()
    if not path.is_file():
        raise DataError(f"there is no site file {path}; docs/scheduling.md shows one")
    given = parse_yaml(path)
    check_keys(given, KEYS, path.name)
    out = given.get("out")
    if out is not None and not isinstance(out, str):
        raise DataError(f"{path.name}: out is {out!r}; write a folder, relative to this file")
    hooks = {name: read_command(given, name, path.name) for name in ("on_success", "on_failure")}
    return SiteFile(
        path=path,
        title=check_words(given, "title", path.name),
        address=read_address(given.get("address", ""), path.name),
        out=(path.parent / out).resolve() if out else default_folder(path),
        timezone=read_timezone(given.get("timezone", "UTC"), path.name),
        limits=read_limits(given.get("limits") or {}, path.name),
        hooks={name: command for name, command in hooks.items() if command},
        reports=read_reports(given.get("reports"), path),
    )


def read_address(given: object, origin: str) -> str:
    """Read where the site is served."""
    if given == "":
        return ""
    parts = urlsplit(given) if isinstance(given, str) else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.netloc:
        raise DataError(f"{origin}: address is {given!r}; write one like https://example.org/news/")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def read_limits(given: object, origin: str) -> Limits:
    """Read the limits of a run: seconds a cell and in all, gigabytes a notebook."""
    if not isinstance(given, dict):
        raise DataError(f"{origin}: limits is {given!r}; write {{cell: 600, run: 1800, memory: 4}}")
    check_keys(given, LIMITS, f"{origin}, limits")
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
            raise DataError(f"{origin}: limits, {name} is {value!r}; write a number above 0")
    return Limits(**given)


def read_command(given: Mapping[Any, Any], name: str, origin: str) -> list[str]:
    """Read a command as a list of words; no shell reads it."""
    command = given.get(name)
    if command is None:
        return []
    words = shlex.split(command) if isinstance(command, str) else command
    if not (isinstance(words, list) and words and all(isinstance(word, str) for word in words)):
        raise DataError(
            f"{origin}: {name} is {command!r}; write a command, such as [mail, -s, News]"
        )
    return words


def read_reports(given: object, path: Path) -> tuple[Scheduled, ...]:
    """Read the reports of a site, each with a name of its own."""
    if not (isinstance(given, list) and given and all(isinstance(one, dict) for one in given)):
        raise DataError(
            f"{path.name}: reports is {given!r}; write a list of reports, each with a name, a "
            "title and a corpus"
        )
    reports = tuple(read_scheduled(one, path) for one in given)
    names = [one.name for one in reports]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise DataError(f"{path.name}: two reports have the name {twice[0]!r}; rename one")
    return reports


def read_scheduled(given: Mapping[Any, Any], path: Path) -> Scheduled:
    """Read one report of a site, and check its parameters before anything runs."""
    name = given.get("name")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise DataError(
            f"{path.name}: a report has the name {name!r}; it is a part of addresses: small "
            "letters, digits and hyphens"
        )
    check_keys(given, REPORT_KEYS, f"{path.name}, report {name}")
    topic = check_words(given, "topic", f"{path.name}, report {name}") if "topic" in given else ""
    rule = read_rule(given.get("period", "all"), f"{path.name}, report {name}")
    report = parse_report(given, path)
    assign_parameters(report, {})
    return Scheduled(name, topic, rule, report)
