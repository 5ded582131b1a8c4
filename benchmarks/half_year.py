"""A simulated half year: weekly runs of a site over a growing corpus, checked by recomputation.

    python benchmarks/half_year.py FOLDER [--weeks 26] [--notebooks 20-framing]

The articles of `newsarticles` are spread over the weeks in the order of their dates; before each
run the source holds those of the days so far, and the clock stands at the Monday after. At the end,
what each issue says of terms that moved is computed again from the articles of the two weeks, in
a plain loop that shares no code with the package's own but the comparison itself.
"""

import argparse
import json
import math
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd

import analysis
from analysis.publish.publish import publish_site

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
SITE = """\
title: Half a year in nine outlets
out: site
reports:
- name: weekly
  title: The week in nine outlets
  topic: World
  corpus: articles.parquet
  period: last_week
  notebooks: [{notebooks}]
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--weeks", type=int, default=26)
    options.add_argument("--notebooks", default="20-framing")
    options = options.parse_args()
    options.folder.mkdir(parents=True)
    articles = spread(analysis.load("newsarticles"), options.weeks)
    path = options.folder / "site.yml"
    path.write_text(SITE.format(notebooks=options.notebooks))
    start = time.monotonic()
    for week in range(1, options.weeks + 1):
        now = MONDAY + timedelta(weeks=week, hours=6)
        there = articles["published"] < pd.Timestamp(now.replace(tzinfo=None))
        articles[there].to_parquet(options.folder / "articles.parquet", index=False)
        (outcome,) = publish_site(path, now=now)
        (again,) = publish_site(path, now=now)
        print(f"week {week}: {outcome.state} {outcome.label} ({outcome.what}); then {again.state}")
    print(f"{time.monotonic() - start:.0f} s for {options.weeks} weeks")
    check(options.folder / "site", options.folder / "site.state")


def spread(articles: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """Give each article a date in the order of its own, evenly over the weeks."""
    rank = articles["published"].rank(method="first", na_option="bottom") - 1
    days = rank * (7 * weeks / len(articles))
    moments = pd.Timestamp(MONDAY.replace(tzinfo=None)) + pd.to_timedelta(days, unit="D")
    return articles.assign(published=moments.dt.floor("s")).drop(columns="origin")


def check(site: Path, state: Path) -> None:
    """Hold what the issues say against a recomputation, and print sizes."""
    records = [json.loads(path.read_text()) for path in sorted(site.glob("weekly/*/issue.json"))]
    tables = [compare(state / "weekly" / one["label"] / "articles.parquet") for one in records]
    wrong = 0
    for before, after, record in zip(tables, tables[1:], records[1:], strict=False):
        moved = list_moves(before, after)
        said = [one for one in record["changes"] if " as often as in the others" in one]
        told = {(one.split("”")[0][1:], one.split(" in ")[1].split(":")[0]) for one in said}
        right = len(said) == min(5, len(moved)) and told <= set(moved)
        wrong += not right
        print(
            f"{record['label']}: {len(moved)} terms moved, {len(said)} told",
            "" if right else "WRONG",
        )
    pages = [path.stat().st_size for path in site.rglob("*.html")]
    whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    print(f"{wrong} of {len(records) - 1} issues tell something else than the recomputation")
    print(f"largest page {max(pages) / 1e3:.0f} KB, whole site {whole / 1e6:.1f} MB")


def compare(path: Path) -> dict[tuple[str, str], tuple[float, float, float, float]]:
    """Compare the words of a week's outlets."""
    rows = analysis.compare_terms(analysis.prepare(path).counts())
    return {
        (row.term, row.outlet): (row.estimate, row.low, row.high, row.q)
        for row in rows.itertuples()
    }


def list_moves(before: dict, after: dict) -> list[tuple[str, str]]:
    """List the terms whose intervals do not meet, by the method of Benjamini and Hochberg."""
    found = []
    for key in before.keys() & after.keys():
        (e0, low0, high0, q0), (e1, low1, high1, q1) = before[key], after[key]
        if min(q0, q1) > 0.05:
            continue
        spread = math.hypot(high0 - low0, high1 - low1) / (2 * 1.959963984540054)
        p = math.erfc(abs(e1 - e0) / spread / math.sqrt(2)) if math.isfinite(spread) else 1.0
        found.append((p, low1 > high0 or high1 < low0, key))
    found.sort()
    n_sure = max((n for n, (p, *_) in enumerate(found, 1) if p <= 0.05 * n / len(found)), default=0)
    return [key for _, apart, key in found[:n_sure] if apart]


if __name__ == "__main__":
    main()
