"""How each report of a site stands, without running anything."""

from __future__ import annotations

from analysis.publish.front import list_issues
from analysis.publish.publish import read_stale
from analysis.publish.sitefile import SiteFile


def list_status(site: SiteFile) -> list[dict[str, str]]:
    """Give a row a report: its newest issue, and since when and why it is stale.

    Returns
    -------
    list of dict
        ``report, label, updated, stale_since, why``; empty text where there is nothing to say.
    """
    stale, issues = read_stale(site), list_issues(site)
    rows = []
    for one in site.reports:
        mine = [issue for issue in issues if issue.report == one.name]
        newest = max(mine, key=lambda issue: issue.label, default=None)
        failed = stale.get(one.name)
        rows.append(
            {
                "report": one.name,
                "label": newest.label if newest else "",
                "updated": newest.updated if newest else "",
                "stale_since": failed.since if failed else "",
                "why": failed.why if failed else "",
            }
        )
    return rows


def describe_status(row: dict[str, str]) -> str:
    """Say in one line how a report stands."""
    newest = f"{row['label']}, updated {row['updated']}" if row["label"] else "no issue yet"
    stale = f"; stale since {row['stale_since']}: {row['why']}" if row["stale_since"] else ""
    return f"{row['report']}: {newest}{stale}"
