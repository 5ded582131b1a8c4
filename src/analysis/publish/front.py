"""The way into a site: its index, its feed, its list for programs, and links between issues."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pandas as pd
from markupsafe import Markup, escape

from analysis.publish.issue import Issue, read_issue
from analysis.publish.sitefile import SiteFile
from analysis.report.cells import visible
from analysis.report.provenance import find_versions
from analysis.report.render import TEMPLATES, templates
from analysis.report.site import write_text
from analysis.wording import day

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 50  # of the feed
FOLDERS = re.compile(r"(?<![\w/:])(?:/[^\s/:'\",;]+)+/(?=[^\s/])")
BEGIN, END = "<!--issues-->", "<!--/issues-->"


@dataclass(frozen=True)
class Stale:
    """A report whose last run failed: since when, and why; its last good issue stays."""

    since: str
    why: str


def list_issues(site: SiteFile) -> list[Issue]:
    """List every issue of the site that is whole, the newest period first."""
    found = [read_issue(folder) for folder in sorted(site.out.glob("*/*/"))]
    issues = [issue for issue in found if issue is not None]
    return sorted(issues, key=lambda one: (one.published, one.label, one.report), reverse=True)


def write_front(site: SiteFile, stale: Mapping[str, Stale]) -> None:
    """Write everything that leads to the issues, each file in one step, and only what changed.

    Parameters
    ----------
    site
        The site; its issues are read from their folders.
    stale
        By name of a report.
    """
    issues = list_issues(site)
    stale = {name: replace(one, why=hide_folders(one.why)) for name, one in stale.items()}
    site.out.mkdir(parents=True, exist_ok=True)
    link_issues(site, issues)
    replace_text(site.out / "made.html", render("made.html.j2", site, versions=find_versions()))
    index = render("front.html.j2", site, topics=group_topics(site, issues), stale=stale)
    replace_text(site.out / "index.html", index)
    replace_text(site.out / "feed.xml", write_feed(site, issues))
    replace_text(site.out / "reports.json", write_list(site, issues, stale))


def hide_folders(text: str) -> str:
    """Leave the folders out of the paths in a message: no reader needs those of this machine."""
    return FOLDERS.sub("", text)


def replace_text(path: Path, text: str) -> None:
    """Write a file beside its place and move it in; one that says the same stays as it is."""
    if path.is_file() and path.read_bytes() == text.encode("utf-8"):
        return
    work = path.with_name(f".{path.name}")
    write_text(work, text)
    work.replace(path)


def render(name: str, site: SiteFile, **context: object) -> str:
    """Lay out a page of the site; its one script is named by its hash, and no other can run."""
    script = (TEMPLATES / "search.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        templates()
        .get_template(name)
        .render(site=site, script=Markup(script), script_hash=digest, day=say_day, **context)
    )


def say_day(moment: str) -> str:
    """Write the day of a moment."""
    return day(pd.Timestamp(moment))


def group_topics(site: SiteFile, issues: Sequence[Issue]) -> list[tuple[str, list[Issue]]]:
    """Group the issues by topic, in the order of the site file; those of no topic come last."""
    order = list(dict.fromkeys([*(one.topic for one in site.reports), *(i.topic for i in issues)]))
    order.sort(key=lambda topic: topic == "")
    groups = [(topic, [one for one in issues if one.topic == topic]) for topic in order]
    return [(topic, group) for topic, group in groups if group]


def link_issues(site: SiteFile, issues: Sequence[Issue]) -> None:
    """Link each issue with the one before and the next, as these are known now."""
    for name in {issue.report for issue in issues}:
        mine = sorted((i for i in issues if i.report == name), key=lambda one: one.label)
        for before, issue, after in zip([None, *mine], mine, [*mine[1:], None], strict=False):
            path = site.out / issue.report / issue.label / "index.html"
            page = path.read_text(encoding="utf-8")
            head, _, rest = page.partition(BEGIN)
            tail = rest.partition(END)[2]
            links = write_links(site, before, after)
            replace_text(path, f"{head}{BEGIN}{links}{END}{tail}")


def write_links(site: SiteFile, before: Issue | None, after: Issue | None) -> str:
    """Write the links of an issue to its neighbours and to the site."""
    parts = [Markup('<a href="../../index.html">{}</a>').format(visible(site.title))]
    for issue, words, rel in ((before, "Issue before", "prev"), (after, "Next issue", "next")):
        if issue is not None:
            link = Markup('{}: <a rel="{}" href="../{}/index.html">{}</a>')
            parts.append(link.format(words, rel, issue.label, issue.period))
    return str(Markup('<nav class="issues" aria-label="Issues">{}</nav>').format(
        Markup(" · ").join(parts)
    ))  # fmt: skip


def write_list(site: SiteFile, issues: Sequence[Issue], stale: Mapping[str, Stale]) -> str:
    """Write the site's issues for programs."""
    listed = {
        "title": site.title,
        "issues": [
            {"address": issue.address, **{k: v for k, v in asdict(issue).items() if k != "method"}}
            for issue in issues
        ],
        "stale": {name: asdict(one) for name, one in stale.items()},
    }
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"


def write_feed(site: SiteFile, issues: Sequence[Issue]) -> str:
    """Write an Atom feed (RFC 4287) of the newest issues."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    updated = max((issue.updated for issue in issues), default="1970-01-01T00:00:00+00:00")
    add(feed, "title", site.title)
    add(feed, "id", identify(site, ""))
    add(feed, "updated", updated)
    add(ElementTree.SubElement(feed, f"{{{ATOM}}}author"), "name", site.title)
    if site.address:
        add(feed, "link", rel="self", href=f"{site.address}feed.xml")
    for issue in issues[:MOST_ENTRIES]:
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        add(entry, "title", f"{issue.title}, {issue.period}")
        add(entry, "id", identify(site, issue.address))
        add(entry, "published", issue.published)
        add(entry, "updated", issue.updated)
        add(entry, "link", href=f"{site.address}{quote(issue.address)}index.html")
        changes = [escape(visible(sentence)) for sentence in issue.changes]
        said = Markup("<ul>{}</ul>").format(
            Markup("").join(Markup("<li>{}</li>").format(one) for one in changes)
        )
        add(entry, "content", str(said) if changes else "The first issue.", type="html")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(
        feed, encoding="unicode"
    ) + "\n"  # fmt: skip


def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    """Add an element; characters that XML cannot hold are written visibly."""
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text:
        child.text = visible(text)


def identify(site: SiteFile, address: str) -> str:
    """Give a permanent name that does not depend on where the site is served."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"news-parallax\n{site.title}\n{address}").urn
