"""A site is published by repeated runs, with real kernels."""

import json
import sys
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pandas as pd
import pytest
from filelock import FileLock

from analysis.cli import main
from analysis.publish.publish import Busy, publish_site

MONDAY = datetime(2026, 1, 12, 6, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def publish(newsroom, **arguments):
    (outcome,) = publish_site(newsroom.path, **{"now": MONDAY} | arguments)
    return outcome


def test_a_site_goes_from_issue_to_issue(newsroom):
    first = publish(newsroom)
    assert (first.state, first.label) == ("published", "2026-w02")
    assert first.what == "28 articles of 5 to 11 January 2026"
    files = newsroom.read_files(newsroom.out)
    assert set(files) >= {
        "index.html", "made.html", "feed.xml", "reports.json", "weekly/2026-w02/index.html",
        "weekly/2026-w02/titles.html", "weekly/2026-w02/issue.json", "weekly/2026-w02/run.json",
        "weekly/2026-w02/tables/titles-titles.csv", "weekly/2026-w02/notebooks/titles.ipynb",
    }  # fmt: skip
    for name, content in files.items():
        assert str(newsroom.folder).encode() not in content, name
    assert publish(newsroom, now=MONDAY + timedelta(days=1)).state == "unchanged"
    assert newsroom.read_files(newsroom.out) == files
    assert publish(newsroom, now=MONDAY + timedelta(days=1), force=True).state == "published"
    assert newsroom.read_files(newsroom.out) == files

    second = publish(newsroom, now=MONDAY + timedelta(days=7))
    assert (second.state, second.label) == ("published", "2026-w03")
    index = (newsroom.out / "index.html").read_text()
    assert index.index("12 to 18 January 2026") < index.index("5 to 11 January 2026")
    old, new = (
        (newsroom.out / "weekly" / label / "index.html").read_text()
        for label in ("2026-w02", "2026-w03")
    )
    assert 'rel="next" href="../2026-w03/index.html"' in old
    assert 'rel="prev" href="../2026-w02/index.html"' in new
    assert "What changed" in new
    assert "What changed" not in old
    feed = ElementTree.fromstring((newsroom.out / "feed.xml").read_text())
    entries = feed.findall("a:entry", ATOM)
    assert [one.findtext("a:title", namespaces=ATOM) for one in entries] == [
        "The week, 12 to 18 January 2026", "The week, 5 to 11 January 2026",
    ]  # fmt: skip
    assert len({one.findtext("a:id", namespaces=ATOM) for one in entries}) == 2
    listed = json.loads((newsroom.out / "reports.json").read_text())
    assert [one["label"] for one in listed["issues"]] == ["2026-w03", "2026-w02"]
    behind = publish(newsroom)  # the clock went back
    assert (behind.state, behind.what) == (
        "not due", "the clock is behind the newest issue, 2026-w03",
    )  # fmt: skip


def test_late_and_corrected_articles_revise_an_issue(newsroom):
    articles = newsroom.make_articles()
    newsroom.write_articles(articles.iloc[1:])
    publish(newsroom)
    articles.loc[3, "text"] += " A correction was made."
    newsroom.write_articles(articles)
    later = MONDAY + timedelta(hours=5)
    assert publish(newsroom, now=later).state == "published"
    record = json.loads((newsroom.out / "weekly/2026-w02/issue.json").read_text())
    assert record["published"] == MONDAY.isoformat()
    assert record["revised"] == [later.isoformat()]
    assert record["n_articles"] == 28
    assert record["changes"] == [
        "1 article came late.", "1 article was replaced by a corrected version.",
    ]  # fmt: skip
    archive = pd.read_parquet(newsroom.state / "weekly" / "archive.parquet")
    assert archive["superseded"].notna().sum() == 1
    assert "revised 12 January 2026" in (newsroom.out / "index.html").read_text()


def test_a_failed_run_keeps_the_last_issue_and_says_since_when(newsroom, capsys):
    publish(newsroom)
    issue = newsroom.read_files(newsroom.out / "weekly")
    newsroom.write_notebook(*newsroom.code, "1 / 0")
    failed = publish(newsroom, now=MONDAY + timedelta(days=7))
    assert (failed.state, failed.exit_code) == ("failed", 1)
    assert "ZeroDivisionError" in failed.what
    publish(newsroom, now=MONDAY + timedelta(days=8))
    assert newsroom.read_files(newsroom.out / "weekly") == issue
    index = (newsroom.out / "index.html").read_text()
    assert "weekly: stale since 19 January 2026. titles: cell 7: ZeroDivisionError" in index
    assert main(["status", str(newsroom.path)]) == 1
    assert "weekly: 2026-w02" in capsys.readouterr().out
    newsroom.write_notebook(*newsroom.code)
    assert publish(newsroom, now=MONDAY + timedelta(days=8)).state == "published"
    assert "stale" not in (newsroom.out / "index.html").read_text()
    assert main(["status", str(newsroom.path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["label"] == "2026-w03"


def test_a_source_that_is_half_copied_is_not_published(newsroom):
    publish(newsroom)
    files = newsroom.read_files(newsroom.out / "weekly")
    newsroom.write_articles(newsroom.make_articles().head(10))
    failed = publish(newsroom)
    assert "has lost 18 of the 28 articles" in failed.what
    assert newsroom.read_files(newsroom.out / "weekly") == files
    newsroom.write_articles(newsroom.make_articles())
    assert publish(newsroom).state == "unchanged"
    newsroom.write_articles(newsroom.make_articles().head(10))
    assert publish(newsroom, accept_losses=True).state == "published"


def test_no_folder_of_this_machine_is_published_with_a_failure(newsroom):
    newsroom.write_articles(newsroom.make_articles().head(0))
    failed = publish(newsroom)
    assert failed.state == "failed"
    assert "articles.csv" in failed.what
    for name, content in newsroom.read_files(newsroom.out).items():
        assert str(newsroom.folder).encode() not in content, name


def test_two_runs_do_not_work_on_one_site(newsroom, capsys):
    newsroom.state.mkdir()
    with FileLock(newsroom.state / "lock"):
        with pytest.raises(Busy, match="another run is at work"):
            publish_site(newsroom.path)
        assert main(["publish", str(newsroom.path)]) == 5
    assert not newsroom.out.exists()


def test_damaged_state_is_made_anew(newsroom):
    publish(newsroom)
    files = newsroom.read_files(newsroom.out)
    folder = newsroom.state / "weekly"
    (folder / "archive.parquet").write_bytes(b"no parquet")
    for path in [*(newsroom.folder / "prepared").glob("*/*.arrow")]:
        head = path.read_bytes()[:40]
        path.unlink()  # some may still be open
        path.write_bytes(head)
    assert publish(newsroom, force=True).state == "published"
    assert newsroom.read_files(newsroom.out) == files
    (folder / "2026-w02" / "results" / "terms.parquet").unlink()
    second = publish(newsroom, now=MONDAY + timedelta(days=7))
    assert second.state == "published"


def test_hooks_get_the_outcomes(newsroom):
    script = "import json,sys,pathlib; pathlib.Path('told.json').write_text(sys.stdin.read())"
    newsroom.write_site(more=f'on_success: [{json.dumps(sys.executable)}, -c, "{script}"]\n')
    publish(newsroom)
    told = json.loads((newsroom.folder / "told.json").read_text())
    assert [one["state"] for one in told] == ["published"]
    (newsroom.folder / "told.json").unlink()
    publish(newsroom)
    assert not (newsroom.folder / "told.json").exists()


def test_memory_is_limited(newsroom):
    newsroom.write_notebook(*newsroom.code, "import numpy as np\nn = np.ones(10**10).sum()")
    newsroom.write_site(more="limits: {memory: 3}\n")
    failed = publish(newsroom)
    assert failed.state == "failed"
    assert "MemoryError" in failed.what


@pytest.mark.parametrize("moment", ["soon", "2026-01-12T06:00"])
def test_a_moment_needs_a_time_zone(newsroom, moment, capsys):
    assert main(["publish", str(newsroom.path), "--now", moment]) == 2
    assert "write 2026-01-05T06:00+01:00" in capsys.readouterr().err
