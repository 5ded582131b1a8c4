"""One run of a site: make what is due, leave what is not, and say how each report stands."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from analysis.corpus.load import Loaded, read
from analysis.corpus.schema import DataError
from analysis.publish.archive import check_losses, first_day, update_archive
from analysis.publish.front import Stale, list_issues, replace_text, write_front
from analysis.publish.issue import Issue, Maker, utc_now
from analysis.publish.periods import Period, find_period
from analysis.publish.sitefile import Scheduled, SiteFile, read_site_file

PUBLISHED, UNCHANGED, NOT_DUE, FAILED = "published", "unchanged", "not due", "failed"
HOOK_SECONDS = 300


class Busy(DataError):
    """Another run is at work on the site."""


@dataclass(frozen=True)
class Outcome:
    """How a report stands after a run.

    Attributes
    ----------
    report
        Its name.
    state
        ``published``, ``unchanged``, ``not due`` or ``failed``.
    label
        The issue's part of the address; empty if none is due.
    what
        In a line: what was published, or what went wrong.
    exit_code
        0; of a failed run 1, or 3 where it ran out of time.
    """

    report: str
    state: str
    label: str
    what: str
    exit_code: int = 0


def publish_site(
    path: str | Path,
    *,
    now: datetime | None = None,
    force: bool = False,
    accept_losses: bool = False,
) -> list[Outcome]:
    """Publish what is due on a site.

    Parameters
    ----------
    path
        The site file, see ``read_site_file``.
    now
        The moment of the run, with its time zone; the only clock there is.
    force
        Make issues again even where nothing changed: the same bytes come out.
    accept_losses
        Believe a source that lost many articles since the last run.

    Returns
    -------
    list of Outcome
        One a report. A report that fails keeps its last good issue, which is then marked stale.

    Raises
    ------
    DataError
        When the site file cannot be used.
    Busy
        When another run is at work on the site.
    """
    site = read_site_file(path)
    now = now or utc_now()
    with locked(site):
        clear_leftovers(site)
        outcomes = []
        for scheduled in site.reports:
            one = Attempt(site, scheduled, now=now, force=force, accept_losses=accept_losses)
            outcomes.append(one.run())
        stale = update_stale(read_stale(site), outcomes, now=now)
        write_stale(site, stale)
        write_front(site, stale)
    call_hooks(site, outcomes)
    return outcomes


@contextmanager
def locked(site: SiteFile) -> Iterator[None]:
    """Keep other runs away from the site; a killed run leaves no lock behind."""
    try:
        site.state.mkdir(parents=True, exist_ok=True)
        with FileLock(site.state / "lock", timeout=0):
            yield
    except Timeout as error:
        raise Busy(
            f"another run is at work on {site.out}; this one did nothing, the next will do it all"
        ) from error
    except PermissionError as error:
        raise DataError(
            f"cannot write in {site.state.parent}: {error}; name another `out`"
        ) from error


def clear_leftovers(site: SiteFile) -> None:
    """Finish or undo what a killed run left between two moves."""
    for last in site.state.glob("*/*/last"):
        place = site.out / last.parent.parent.name / last.parent.name
        if place.exists():
            shutil.rmtree(last, ignore_errors=True)
        else:
            last.rename(place)


class Attempt:
    """One report's turn in a run."""

    def __init__(
        self,
        site: SiteFile,
        scheduled: Scheduled,
        *,
        now: datetime,
        force: bool,
        accept_losses: bool,
    ) -> None:
        self.site, self.scheduled, self.now = site, scheduled, now
        self.force, self.accept_losses = force, accept_losses
        self.folder = site.state / scheduled.name
        self.label = ""

    def run(self) -> Outcome:
        """Make the issue that is due; whatever goes wrong is this report's alone."""
        try:
            return self.publish()
        except DataError as error:
            return self.outcome(FAILED, str(error), 1)
        except Exception as error:
            return self.outcome(FAILED, f"{type(error).__name__}: {error}", 1)

    def outcome(self, state: str, what: str, code: int = 0) -> Outcome:
        """Say how the report stands."""
        return Outcome(self.scheduled.name, state, self.label, what, code)

    def publish(self) -> Outcome:
        """Make the issue that is due, if one is and anything behind it changed."""
        loaded = read(self.scheduled.report.source)
        moment = pd.Timestamp(self.now.astimezone(UTC).replace(tzinfo=None))
        before = self.read_archive()
        archive = update_archive(before, loaded.articles, now=moment)
        issues = [one for one in list_issues(self.site) if one.report == self.scheduled.name]
        period = self.find_due(archive, issues)
        if period is None:
            return self.outcome(NOT_DUE, "no whole day has passed since the last issue")
        self.label = period.label
        newest = max((one.label for one in issues), default="")
        if period.label < newest:
            return self.outcome(NOT_DUE, f"the clock is behind the newest issue, {newest}")
        if not self.accept_losses:
            check_losses(before, archive, period)
        self.keep_archive(archive)
        earlier = [one for one in issues if one.label < period.label]
        maker = Maker(
            self.site,
            self.scheduled,
            period,
            archive=archive,
            before=max(earlier, key=lambda one: one.label, default=None),
        )
        return self.make(maker, loaded)

    def make(self, maker: Maker, loaded: Loaded) -> Outcome:
        """Make an issue, unless nothing changed since it was made."""
        maker.write_articles()
        key = maker.key()
        if maker.last is not None and maker.last.key == key and not self.force:
            return self.outcome(UNCHANGED, "articles, parameters and versions are the same")
        result = maker.make(key, loaded, now=self.now)
        if result.good:
            return self.outcome(PUBLISHED, maker.describe())
        return self.outcome(FAILED, "; ".join(result.problems), result.exit_code)

    def find_due(self, archive: pd.DataFrame, issues: Sequence[Issue]) -> Period | None:
        """Find the days that an issue would be about."""
        since: date | None = None
        if self.scheduled.rule == "since_last":
            ends = [one.label.rpartition("-to-")[2] for one in issues]
            last = max(ends, default="")
            since = (
                date.fromisoformat(last) + timedelta(days=1)
                if last
                else first_day(archive, self.site.timezone)
            )
        zone = self.site.timezone
        due = find_period(self.scheduled.rule, now=self.now, timezone=zone, since=since)
        if due is None and issues:  # what came late belongs to the newest issue
            newest = max(issues, key=lambda one: one.label).label
            start, end = map(date.fromisoformat, newest.split("-to-"))
            return Period(newest, start, end + timedelta(days=1), zone)
        return due

    def read_archive(self) -> pd.DataFrame | None:
        """Read what the last run kept; one that is damaged is begun anew, and kept aside."""
        path = self.folder / "archive.parquet"
        if not path.is_file():
            return None
        try:
            return pd.read_parquet(path)
        except (OSError, ValueError):
            path.replace(path.with_name("archive.damaged.parquet"))
            return None

    def keep_archive(self, archive: pd.DataFrame) -> None:
        """Write the archive beside its place and move it in."""
        self.folder.mkdir(parents=True, exist_ok=True)
        work = self.folder / ".archive.parquet"
        archive.to_parquet(work, index=False)
        work.replace(self.folder / "archive.parquet")


def read_stale(site: SiteFile) -> dict[str, Stale]:
    """Read which reports' last runs failed."""
    try:
        given = json.loads((site.state / "stale.json").read_text(encoding="utf-8"))
        return {name: Stale(**one) for name, one in given.items()}
    except (OSError, ValueError, TypeError):
        return {}


def update_stale(
    before: Mapping[str, Stale], outcomes: Sequence[Outcome], *, now: datetime
) -> dict[str, Stale]:
    """Mark the reports that failed, since when, and free those that did not."""
    return {
        one.report: Stale(
            before[one.report].since if one.report in before else now.isoformat(), one.what
        )
        for one in outcomes
        if one.state == FAILED
    }


def write_stale(site: SiteFile, stale: Mapping[str, Stale]) -> None:
    """Keep which reports failed."""
    text = json.dumps({name: asdict(one) for name, one in stale.items()}, indent=2)
    replace_text(site.state / "stale.json", text + "\n")


def call_hooks(site: SiteFile, outcomes: Sequence[Outcome]) -> None:
    """Run the site's command for a run's end, with the outcomes as JSON on its input.

    ``on_failure`` where a report failed, else ``on_success`` where one was published. A command
    that fails is told on the error stream and changes nothing.
    """
    states = {one.state for one in outcomes}
    event = "on_failure" if FAILED in states else "on_success" if PUBLISHED in states else ""
    command = site.hooks.get(event)
    if not command:
        return
    given = json.dumps([asdict(one) for one in outcomes], ensure_ascii=False)
    try:
        subprocess.run(
            command, input=given, text=True, timeout=HOOK_SECONDS, check=True, cwd=site.path.parent
        )
    except (OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"warning: {event}: {error}\n")
