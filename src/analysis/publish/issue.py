"""One issue of a report: whether it is due, how it is made, and the record that it leaves."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.compare.lexicon_files import find_beside
from analysis.corpus.files import COMPANIONS
from analysis.corpus.load import Loaded
from analysis.corpus.schema import DataError
from analysis.pipeline import prepare
from analysis.prepared import PACKAGE, fingerprint, hash_code, hash_files
from analysis.publish.archive import describe_versions, select_articles
from analysis.publish.changes import describe_changes
from analysis.publish.periods import Period
from analysis.publish.results import Results, compute_results, read_results, write_results
from analysis.publish.sitefile import Scheduled, SiteFile
from analysis.report.cells import to_csv
from analysis.report.folders import settle, swap
from analysis.report.provenance import find_versions
from analysis.report.reportfile import assign_parameters
from analysis.report.run import RunResult, build_report, effective
from analysis.report.site import write_text
from analysis.wording import plural

RECORD = "issue.json"


@dataclass(frozen=True)
class Issue:
    """The record of a published issue, as it stands in its folder.

    Attributes
    ----------
    report, label
        Its address below the site: ``report/label/``.
    title, topic, period
        As readers see them.
    published, revised
        The moment of its first publication, and those at which it was made anew with other input.
    key
        Of everything that decides its bytes: unchanged, there is nothing to do.
    previous
        The label of the issue before; empty for the first.
    n_articles
        In the period.
    method
        ``versions``, ``parameters``, ``code``: how it was made.
    changes
        What changed since the issue before, in sentences.
    """

    report: str
    label: str
    title: str
    topic: str
    period: str
    published: str
    key: str
    previous: str
    n_articles: int
    method: dict[str, Any] = field(repr=False)
    revised: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Below the site's own address."""
        return f"{self.report}/{self.label}/"

    @property
    def updated(self) -> str:
        """The moment of its last change."""
        return self.revised[-1] if self.revised else self.published


def read_issue(folder: Path) -> Issue | None:
    """Read the record of an issue; None where there is none that can be read."""
    try:
        given = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return Issue(**(given | {name: tuple(given[name]) for name in ("revised", "changes")}))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_issue(issue: Issue, folder: Path) -> None:
    """Write the record of an issue."""
    write_text(folder / RECORD, json.dumps(asdict(issue), indent=2, ensure_ascii=False) + "\n")


class Maker:
    """Makes the issue of one report for one period.

    Parameters
    ----------
    site, scheduled, period
        What is made.
    archive
        All versions of the articles (see ``update_archive``).
    before
        The issue before, if there is one.
    """

    def __init__(
        self,
        site: SiteFile,
        scheduled: Scheduled,
        period: Period,
        *,
        archive: pd.DataFrame,
        before: Issue | None,
    ) -> None:
        self.site, self.scheduled, self.period = site, scheduled, period
        self.archive, self.before = archive, before
        self.place = site.out / scheduled.name / period.label
        self.state = site.state / scheduled.name / period.label
        self.last = read_issue(self.place)

    def write_articles(self) -> None:
        """Keep the articles of the period, which name the issue's input.

        Raises
        ------
        DataError
            When there is none.
        """
        articles = select_articles(self.archive, self.period)
        if articles.empty:
            raise DataError(
                f"{self.scheduled.report.corpus} has no article of {self.period.words} "
                f"({self.site.timezone.key}); nothing is published for an empty period"
            )
        self.state.mkdir(parents=True, exist_ok=True)
        work = self.state / ".articles.parquet"
        articles.to_parquet(work, index=False)
        work.replace(self.source)
        self.copy_companions()
        report = replace(
            self.scheduled.report,
            corpus=str(self.source),
            label=f"{self.scheduled.report.corpus_name}, {self.period.words}",
        )
        self.values = assign_parameters(report, {})
        self.report, self.n_articles = report, len(articles)

    def copy_companions(self) -> None:
        """Put the analyst's own word lists and decisions beside the articles of the period."""
        for name in sorted(COMPANIONS):
            (self.state / name).unlink(missing_ok=True)
            found = find_beside(self.scheduled.report.source, name)
            if found is not None:
                shutil.copyfile(found, self.state / name)

    @property
    def source(self) -> Path:
        """The articles of the period."""
        return self.state / "articles.parquet"

    def method(self) -> dict[str, Any]:
        """Say how the issue is made, apart from its articles."""
        digest = hashlib.sha256()
        hash_code(digest, [PACKAGE])
        for path in [*self.report.notebooks, *companions(self.state)]:
            hash_files(digest, path.parent, [path])
        parameters = {path.stem: effective(path, given) for path, given in self.values.items()}
        return {
            "versions": find_versions(),
            "parameters": parameters,
            "code": digest.hexdigest()[:16],
        }

    def key(self) -> str:
        """Name everything that decides the issue's bytes but the moment."""
        one = self.scheduled
        parts = [
            one.report.title, one.topic, self.period.words, self.method(),
            self.before.key if self.before else "", fingerprint(self.source, None),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def make(self, key: str, loaded: Loaded, *, now: datetime) -> RunResult:
        """Build the issue beside the site and move it in; nothing is moved if the run fails.

        An issue that is made anew from the same input keeps its moment, and so its bytes.
        """
        same = self.last is not None and self.last.key == key
        moment = datetime.fromisoformat(self.last.updated) if same and self.last else now
        issue = self.compare(key, moment=moment, same=same)
        target = self.state / "report"
        result = build_report(
            self.report,
            self.values,
            target,
            limits=self.site.limits,
            clock=moment,
            changes=issue.changes,
        )
        if result.good:
            write_text(target / "tables" / "source-set-aside.csv", to_csv(loaded.set_aside))
            write_issue(issue, target)
            settle(target)
            self.place.parent.mkdir(parents=True, exist_ok=True)
            swap(target, self.place, self.state)
            for left in (target, self.state / "last"):
                shutil.rmtree(left, ignore_errors=True)
        return result

    def compare(self, key: str, *, moment: datetime, same: bool) -> Issue:
        """Compute the results, and write the record with what changed since the issue before."""
        method = self.method()
        results = self.results_of_articles(self.state, method)
        changes: Sequence[str] = ()
        if self.before is not None:
            earlier = self.state.with_name(self.before.label)
            changes = describe_changes(
                self.results_of(earlier), results, old=self.before.method, new=method
            )
        last = self.last
        first = pd.Timestamp(last.published).tz_convert(None) if last else None
        news = describe_versions(self.archive, self.period, since=first)
        revised = (*last.revised, moment.isoformat()) if last and not same else ()
        return Issue(
            report=self.scheduled.name,
            label=self.period.label,
            title=self.scheduled.report.title,
            topic=self.scheduled.topic,
            period=self.period.words,
            published=last.published if last else moment.isoformat(),
            key=key,
            previous=self.before.label if self.before else "",
            n_articles=self.n_articles,
            method=method,
            revised=last.revised if last and same else revised,
            changes=(*news, *changes),
        )

    def results_of(self, folder: Path) -> Results:
        """Read what an earlier issue found; computed anew from its articles where that is lost."""
        try:
            return read_results(folder / "results")
        except (OSError, ValueError):
            return self.results_of_articles(folder, self.method())

    def results_of_articles(self, folder: Path, method: Mapping[str, Any]) -> Results:
        """Compute what the articles of an issue show, and keep it."""
        source = folder / self.source.name
        asked = (given["lexicon"] for given in method["parameters"].values() if "lexicon" in given)
        results = compute_results(
            prepare(source), lexicon=str(next(asked, "shipped")), beside=source
        )
        (folder / "results").mkdir(exist_ok=True)
        write_results(results, folder / "results")
        return results

    def describe(self) -> str:
        """Say in one line what was published."""
        return f"{plural(self.n_articles, 'article')} of {self.period.words}"


def companions(folder: Path) -> list[Path]:
    """List the analyst's own files in a folder."""
    return [folder / name for name in sorted(COMPANIONS) if (folder / name).is_file()]


def utc_now() -> datetime:
    """Give the moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
