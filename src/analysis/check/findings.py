"""One row of a corpus's health: how grave it is, what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from analysis.wording import listed

BLOCKS, QUALIFIES, FINE = LEVELS = ("blocks", "qualifies", "fine")
FINDING_COLUMNS = [
    "level", "outlet", "check", "what", "affects", "n_articles", "articles", "remedy",
]  # fmt: skip
MOST_OUTLETS = 3  # that are named in a row each
NOTHING = "nothing"  # what a finding at the level `fine` affects


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    level
        ``blocks``: a comparison gives no answer; ``qualifies``: it gives one that has to be read
        with this in mind; ``fine``.
    check
        What was looked at.
    what
        What was found, in a sentence with its numbers.
    affects
        The comparisons concerned.
    remedy
        What to do about it; empty where there is nothing to do.
    outlet
        Of which outlet; empty where it is true of the whole corpus.
    articles
        The ids of the articles behind it.
    group, brief
        Where the same is true of many outlets: what it is, to follow "12 outlets", and what is
        said of this one in brackets.
    """

    level: str
    check: str
    what: str
    affects: str = NOTHING
    remedy: str = ""
    outlet: str = ""
    articles: tuple[str, ...] = ()
    group: str = ""
    brief: str = ""


def tabulate_findings(findings: Iterable[Finding]) -> pd.DataFrame:
    """Give the findings as a frame, the gravest first; those of one level keep their order."""
    folded = fold_outlets(findings)
    rows = [
        (
            one.level, one.outlet, one.check, one.what, one.affects, len(one.articles),
            list(one.articles), one.remedy,
        )
        for level in LEVELS
        for one in folded
        if one.level == level
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=FINDING_COLUMNS).astype({"n_articles": "int64"})


def fold_outlets(findings: Iterable[Finding]) -> list[Finding]:
    """Make one finding of those that say the same of more than `MOST_OUTLETS` outlets."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for number, one in enumerate(findings):
        key = (one.level, one.check, one.group) if one.group else (str(number),)
        groups.setdefault(key, []).append(one)
    return [
        one
        for group in groups.values()
        for one in (group if len(group) <= MOST_OUTLETS else [_fold(group)])
    ]


def _fold(group: list[Finding]) -> Finding:
    outlets = listed([f"{one.outlet} ({one.brief})" for one in group])
    return replace(
        group[0],
        outlet="",
        what=f"{len(group):,} outlets {group[0].group}: {outlets}.",
        articles=tuple(article_id for one in group for article_id in one.articles),
    )


def of_whole(number: int, whole: int, name: str) -> str:
    """Write how many articles of an outlet: ``12 of 110 articles of Herald (11%)``."""
    noun = "article" if whole == 1 else "articles"
    return f"{number:,} of {whole:,} {noun} of {name} ({percent(number, whole)})"


def percent(number: int, whole: int) -> str:
    """Write a share so that only none is 0% and only all is 100%."""
    share = number / max(whole, 1)
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"
