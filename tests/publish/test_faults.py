"""Runs are killed at many points, and whatever happens, the site is whole and the next run works."""

import csv
import json
import os
import re
import resource
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from analysis.publish.publish import publish_site

MONDAY = datetime(2026, 1, 12, 6, tzinfo=UTC)
N_POINTS = int(os.environ.get("FAULT_POINTS", "8"))  # `make faults` tries 60
LINK = re.compile(r'(?:href|src)="([^"#:]+)(?:#[^"]*)?"')


def run_killed(
    newsroom, point: int, moment: datetime, **limits: int
) -> subprocess.CompletedProcess:
    """Publish in a process of its own that is killed at a point."""
    script = Path(__file__).with_name("killed.py")
    command = [sys.executable, script, newsroom.out, str(point), moment.isoformat()]

    def limit() -> None:
        for name, value in limits.items():
            resource.setrlimit(getattr(resource, name), (value, value))

    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=300, preexec_fn=limit
    )


def write_version(newsroom, number: int) -> None:
    """Correct every article: its title tells the version."""
    articles = newsroom.make_articles()
    newsroom.write_articles(articles.assign(title=f"version {number}"))


def check_site(out: Path) -> set[str]:
    """Check that a site is whole, and give the versions of the articles that it shows."""
    if not out.exists():
        return set()
    versions = set()
    for folder in out.glob("weekly/*/"):
        record = json.loads((folder / "issue.json").read_text())
        with (folder / "tables" / "titles-titles.csv").open() as file:
            titles = [row["title"] for row in csv.DictReader(file)]
        assert len(titles) == record["n_articles"] == 28
        assert len(set(titles)) == 1
        version = titles[0]
        assert version in (folder / "titles.html").read_text()
        assert version in (folder / "notebooks" / "titles.ipynb").read_text()
        assert json.loads((folder / "run.json").read_text())["verdict"] == "good"
        versions.add(version)
    for page in out.rglob("*.html"):
        for link in LINK.findall(page.read_text()):
            assert (page.parent / link).is_file(), f"{page} leads to {link}"
    if (out / "index.html").exists():
        json.loads((out / "reports.json").read_text())
        ElementTree.fromstring((out / "feed.xml").read_text())
    return versions


def test_a_run_may_be_killed_at_any_point(newsroom):
    write_version(newsroom, 0)
    whole = run_killed(newsroom, 0, MONDAY)
    assert whole.returncode == 0, whole.stderr
    write_version(newsroom, 1)
    n_accesses = int(run_killed(newsroom, 0, MONDAY).stdout.split()[-1])
    points = sorted({1 + round(n * (n_accesses - 1) / (N_POINTS - 1)) for n in range(N_POINTS)})
    n_killed, shown = 0, {"version 1"}
    for number, point in enumerate(points, start=2):
        write_version(newsroom, number)
        done = run_killed(newsroom, point, MONDAY + timedelta(minutes=number))
        n_killed += done.returncode == -9
        before, shown = shown, check_site(newsroom.out)
        assert shown in (before, {f"version {number}"}), f"killed at {point} of {n_accesses}"
    assert n_killed >= 0.8 * len(points)  # a run after a kill may have less to do
    (outcome,) = publish_site(newsroom.path, now=MONDAY + timedelta(days=7))
    assert outcome.state == "published", outcome.what
    assert len(list(newsroom.out.glob("weekly/*/"))) == 2
    assert not [path for path in newsroom.out.rglob(".*")]


def test_a_full_disk_leaves_the_last_issue(newsroom):
    write_version(newsroom, 0)
    assert run_killed(newsroom, 0, MONDAY).returncode == 0
    write_version(newsroom, 1)
    full = run_killed(newsroom, 0, MONDAY, RLIMIT_FSIZE=4000)
    assert full.returncode != 0
    assert check_site(newsroom.out) == {"version 0"}
    assert run_killed(newsroom, 0, MONDAY).returncode == 0
    assert check_site(newsroom.out) == {"version 1"}


@pytest.mark.parametrize("moment", ["2026-01-12T00:30+01:00", "2026-01-11T23:30+00:00"])
def test_the_same_moment_in_two_time_zones_is_one(newsroom, moment):
    newsroom.write_site(more="timezone: Europe/Berlin\n")
    (outcome,) = publish_site(newsroom.path, now=datetime.fromisoformat(moment))
    assert outcome.label == "2026-w02"
