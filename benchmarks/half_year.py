"""A simulated half year: weekly runs of a site over a growing corpus, checked by recomputation.

    python benchmarks/half_year.py FOLDER [--weeks 26] [--notebooks 20-framing]

The articles of `newsarticles` are spread over the weeks in the order of their dates; before each
run the source holds those of the days so far, and the clock stands at the Monday after. From the
middle on, one outlet is made to claim what it said before, so that a move is known. At
the end, what each issue says of terms, voices, names and omissions that moved is computed again
from the articles of the two weeks, in a plain loop that shares no code with the package's own but
the comparisons themselves.
"""

import argparse
import json
import math
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import NormalDist

import pandas as pd

import analysis
from analysis.publish.publish import publish_site

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
WORDS = {"own": "In its own words", "quoted": "In what it quotes", "any": "In its articles"}
TOLD = {  # how an issue tells a move, and what moved
    "terms": "“(.*?)” in (.*?): .* as often as in the others",
    "voices": "Of its quoted words, (.*?) gives (.*) [+-][0-9]+ points",
    "naming": "(.*?), (.*?) calls “(.*?)” “(.*?)” ",
    "omissions": "Of the items “(.*?)” in events that others cover too, (.*?) leaves out",
}
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
    articles = plant(spread(analysis.load("newsarticles"), options.weeks), options.weeks // 2)
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
    """Give each article a date in the order of its own, evenly over the weeks.

    Articles of one day are dealt at random: the source lists them outlet by outlet.
    """
    articles = articles.sample(frac=1, random_state=0)
    rank = articles["published"].rank(method="first", na_option="bottom") - 1
    days = rank * (7 * weeks / len(articles))
    moments = pd.Timestamp(MONDAY.replace(tzinfo=None)) + pd.to_timedelta(days, unit="D")
    return articles.assign(published=moments.dt.floor("s")).drop(columns="origin")


def plant(articles: pd.DataFrame, week: int) -> pd.DataFrame:
    """Let the outlet with the most articles around a week claim, from then on, what it said."""
    change = pd.Timestamp((MONDAY + timedelta(weeks=week)).replace(tzinfo=None))
    away = articles["published"] - change
    around = [articles[away.between(pd.Timedelta(days=a), pd.Timedelta(days=a + 7))]["outlet"]
              .value_counts() for a in (-7, 0)]  # fmt: skip
    outlet = pd.concat(around, axis=1).min(axis=1, skipna=False).idxmax()
    print(f"from week {week + 1} on, {outlet} claims what it said before")
    chosen = (articles["outlet"] == outlet) & (articles["published"] >= change)
    said = articles["text"].str.replace(r"\bsaid\b", "claimed", regex=True)
    return articles.assign(text=articles["text"].where(~chosen, said))


def check(site: Path, state: Path) -> None:
    """Hold what the issues say against a recomputation, and print sizes."""
    records = [json.loads(path.read_text()) for path in sorted(site.glob("weekly/*/issue.json"))]
    tables = [compare(state / "weekly" / one["label"] / "articles.parquet") for one in records]
    wrong = 0
    for before, after, record in zip(tables, tables[1:], records[1:], strict=False):
        for kind, pattern in TOLD.items():
            moved = list_moves(before[kind], after[kind])
            found = [re.match(pattern, sentence) for sentence in record["changes"]]
            told = {tuple(one.groups()) for one in found if one}
            right = len(told) == min(5, len(moved)) and told <= set(moved)
            wrong += not right
            if moved or not right:
                print(f"{record['label']}, {kind}: {len(moved)} moved, {len(told)} told",
                      "" if right else "WRONG", sorted(told)[:3])  # fmt: skip
    print(f"{wrong} of {len(TOLD) * (len(records) - 1)} lists differ from the recomputation")
    pages = [path.stat().st_size for path in site.rglob("*.html")]
    whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    print(f"largest page {max(pages) / 1e3:.0f} KB, whole site {whole / 1e6:.1f} MB")


def compare(path: Path) -> dict[str, dict]:
    """Compare the outlets of a week: terms, voices, names, omissions."""
    news = analysis.prepare(path).with_voices().with_events()
    speakers = analysis.name_speakers(news.quotes, news.articles)
    voices = analysis.measure_voices(speakers.quotes, news.tokens)
    coverage = analysis.compare_coverage(news.articles, items=news.items)
    left_out = [analysis.summarise_omissions(coverage, of=of) for of in ("kind", "item")]
    names = analysis.read_naming("shipped")
    found = {
        "terms": (["term", "outlet"], lambda: [analysis.compare_terms(news.counts())]),
        "voices": (["outlet", "speaker"], lambda: [analysis.compare_voices(voices, news.articles)]),
        "naming": (
            ["voice", "outlet", "concept", "variant"],
            lambda: [analysis.compare_naming(news.tokens, names)],
        ),
        "omissions": (["what", "outlet"], lambda: left_out),
    }
    return {kind: read_rows(on, make) for kind, (on, make) in found.items()}


def read_rows(on: list[str], make: Callable[[], list[pd.DataFrame]]) -> dict:
    """Read estimate, interval and q of each row; none where the week is too small."""
    try:
        frames = make()
    except analysis.DataError:
        return {}
    return {
        tuple(WORDS.get(row[name], row[name]) if name == "voice" else row[name] for name in on): (
            near(row), row["low"], row["high"], row["q"], least(row) if "term" in on else 0,
        )
        for frame in frames
        for row in frame.to_dict("records")
    }  # fmt: skip


def least(row: dict) -> float:
    """Give the variance of log-odds of articles, 0 where a side has none."""
    numbers = row["n_articles"], row["n_articles_rest"]
    return sum(1 / number for number in numbers) if all(numbers) else 0


def near(row: dict) -> float:
    """Give an estimate; where its interval has one end, from where z is p's at 0 and 1.96 there."""
    ends = [end for end in (row["low"], row["high"]) if math.isfinite(end)]
    if len(ends) != 1 or ends[0] * row["estimate"] <= 0:
        return row["estimate"]
    z = NormalDist().inv_cdf(1 - max(row["p"], 1e-15) / 2)
    if z <= 1.959963984540054:
        return row["estimate"]
    away = abs(ends[0]) * (1 + 1.959963984540054 / (z - 1.959963984540054))
    return math.copysign(min(abs(row["estimate"]), away), row["estimate"])


def list_moves(before: dict, after: dict) -> list[tuple[str, ...]]:
    """List the rows whose intervals do not meet, by the method of Benjamini and Hochberg."""
    found = []
    for key in before.keys() & after.keys():
        (e0, low0, high0, q0, v0), (e1, low1, high1, q1, v1) = before[key], after[key]
        if min(q0, q1) > 0.05:
            continue
        halves = (e1 - low1, high0 - e0) if e1 > e0 else (high1 - e1, e0 - low0)
        spread = math.sqrt(
            max((max(halves[0], 0) / 1.959963984540054) ** 2, v1)
            + max((max(halves[1], 0) / 1.959963984540054) ** 2, v0)
        )
        p = math.erfc(abs(e1 - e0) / spread / math.sqrt(2)) if math.isfinite(spread) else 1.0
        found.append((p, low1 > high0 or high1 < low0, key))
    found.sort(key=lambda one: one[0])
    n_sure = max((n for n, (p, *_) in enumerate(found, 1) if p <= 0.05 * n / len(found)), default=0)
    return [key for _, apart, key in found[:n_sure] if apart]


if __name__ == "__main__":
    main()
