"""The front of a site, in a real browser and against hostile titles."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from browser import VIEWS, look, needs_browser

from analysis.publish.front import Stale, hide_folders, list_issues, write_front
from analysis.publish.issue import Issue, read_issue, write_issue
from analysis.publish.sitefile import read_site_file

HOSTILE = '<script>document.title="pwned"</script> ]]> & "\x00 <img src=x onerror=alert(1)>'


@pytest.fixture
def site(newsroom):
    """A site of three issues, whose words try to be code."""
    newsroom.write_site(more="address: https://example.org/news/\n")
    site = read_site_file(newsroom.path)
    labels = [("2026-w02", "Talks"), ("2026-w03", "Talks"), ("2026-w04", HOSTILE)]
    for label, topic in labels:
        folder = site.out / "weekly" / label
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("<title>x</title><!--issues--><!--/issues--><h1>x</h1>")
        moment = datetime(2026, 1, int(label[-2:]) * 7, 6, tzinfo=UTC).isoformat()
        issue = Issue(
            "weekly", label, f"Week {label} {HOSTILE}", topic, f"week {label[-2:]}", moment,
            "key", "", 28, {}, changes=(f"The Herald changed {HOSTILE}.",),
        )  # fmt: skip
        write_issue(issue, folder)
        assert read_issue(folder) == issue
    write_front(
        site, {"weekly": Stale("2026-02-01T06:00:00+00:00", f"in /home/me/x.csv {HOSTILE}")}
    )
    return site


def test_feed_and_list_are_whole(site):
    feed = ElementTree.fromstring((site.out / "feed.xml").read_text())
    name = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{name}entry")
    assert len(entries) == 3
    assert entries[0].find(f"{name}link").get("href") == (
        "https://example.org/news/weekly/2026-w04/index.html"
    )
    content = entries[0].findtext(f"{name}content")
    assert content.startswith("<ul><li>The Herald changed &lt;script&gt;")
    assert len(json.loads((site.out / "reports.json").read_text())["issues"]) == 3


def test_writing_again_touches_nothing(site):
    before = {path: path.stat().st_mtime_ns for path in site.out.rglob("*")}
    write_front(
        site, {"weekly": Stale("2026-02-01T06:00:00+00:00", f"in /home/me/x.csv {HOSTILE}")}
    )
    assert {path: path.stat().st_mtime_ns for path in site.out.rglob("*")} == before


def test_a_folder_that_is_no_issue_is_passed_over(site):
    (site.out / "weekly" / "2026-w02" / "issue.json").write_text("{")
    assert [issue.label for issue in list_issues(site)] == ["2026-w04", "2026-w03"]


def test_folders_are_left_out_of_messages():
    assert hide_folders("no /srv/data/news.csv here") == "no news.csv here"
    assert hide_folders("see https://a.org/b/c and 1/2") == "see https://a.org/b/c and 1/2"


@needs_browser
@pytest.mark.parametrize("view", VIEWS)
def test_the_front_runs_only_its_own_script(site, view, chromium):
    pages = [site.out / name for name in ("index.html", "made.html")]
    assert {page.name: wrong for page in pages if (wrong := look(chromium, page, view))} == {}


@needs_browser
def test_titles_can_be_searched(site, chromium):
    page = chromium.new_page()
    page.goto((site.out / "index.html").as_uri())
    assert page.locator("[data-issue]:visible").count() == 3
    page.get_by_label("Search in titles").fill("week W03")
    assert page.locator("[data-issue]:visible").count() == 1
    assert page.locator("[data-topic]:visible").count() == 1
    assert page.get_by_role("status").text_content() == " 1 of 3 issues"
    page.close()
