"""Checks that count: too many of an outlet's articles are short, undated, copied, and so on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.check.findings import BLOCKS, FINE, QUALIFIES, Finding, of_whole

Marks = Callable[[pd.DataFrame], pd.Series]

FEWEST = 3  # one or two articles of a small outlet are no habit
SHORT_WORDS = 50  # a newsflash: too little to quote anybody, and a share of it jumps with a word
QUOTING_WORDS = 100  # an article of this length that quotes nobody says something
MOSTLY_CUT = 0.8


@dataclass(frozen=True)
class ShareRule:
    """A check of one property of the articles.

    Attributes
    ----------
    says
        What the articles are or do, to follow "12 of 110 articles".
    marks
        Gives bool by article; missing where the check does not apply to it.
    qualifies, blocks
        Shares of an outlet's articles (0 to 1) from which on they do; above 1: never.
    """

    check: str
    says: str
    marks: Marks
    affects: str
    remedy: str
    qualifies: float
    blocks: float = 2.0


def _undated(measured: pd.DataFrame) -> pd.Series:
    return measured["published"].isna()


def _short(measured: pd.DataFrame) -> pd.Series:
    return measured["words"] < SHORT_WORDS


def _mostly_cut(measured: pd.DataFrame) -> pd.Series:
    return measured["removed_share"] >= MOSTLY_CUT


def _leftover(measured: pd.DataFrame) -> pd.Series:
    return measured["leftover"].map(bool)


def _unquoted(measured: pd.DataFrame) -> pd.Series:
    return (measured["quotation"] == "").where(measured["words"] >= QUOTING_WORDS)


def _own_names(measured: pd.DataFrame) -> pd.Series:
    return measured["own_names"].map(bool)


def _column(name: str) -> Marks:
    return lambda measured: measured[name]


RULES = (
    ShareRule(
        "missing dates",
        "have no date",
        _undated,
        "coverage",
        "add the dates to the metadata; undated articles are left out of comparisons over time",
        qualifies=0.2,  # a fifth left out may move any curve
        blocks=1.0,  # no day is known
    ),
    ShareRule(
        "short articles",
        f"have fewer than {SHORT_WORDS} words",
        _short,
        "terms, topics, voices",
        "look whether the rest of them was lost in scraping; else leave them out",
        qualifies=0.1,  # most outlets print a few briefs
    ),
    ShareRule(
        "truncated articles",
        "break off in the midst of a sentence",
        _column("truncated"),
        "coverage, voices",
        "collect the full texts: what an outlet leaves out cannot be told from its first lines",
        qualifies=0.1,  # forgotten full stops and signatures alone make up to a twentieth
    ),
    ShareRule(
        "mostly furniture",
        f"lost {MOSTLY_CUT:.0%} or more of their characters as page furniture",
        _mostly_cut,
        "all comparisons",
        "look at what was removed (analysis.show_removed): the scrape or the cleaning went wrong",
        qualifies=0.05,  # a few galleries and live pages are of that kind
    ),
    ShareRule(
        "furniture left",
        "hold lines or phrases that come back in the outlet and in no other",
        _leftover,
        "terms, topics",
        "look at them: if they are no reporter's words, report them, or cut them from the source",
        qualifies=0.1,  # fewer articles could not make a word of it stand out among the others
    ),
    ShareRule(
        "outlet names itself",
        "hold words taken for the outlet's name, which are left out of the counts",
        _own_names,
        "terms, topics",
        "look at these words: so many are furniture that was left, or a subject that shares the "
        "outlet's name and is lost to the comparison",
        qualifies=0.8,  # outlets quote themselves in up to half of their articles
    ),
    ShareRule(
        "no quotations",
        f"of {QUOTING_WORDS} words or more have no quotation marks",
        _unquoted,
        "voices",
        "look whether the scrape lost the marks; without them own words and others' are one",
        qualifies=0.5,  # in news about three articles of four quote somebody
    ),
    ShareRule(
        "agency copy",
        "are an agency's text, edited or not",
        _column("wire"),
        "terms, topics, voices",
        "compare without them (analysis.label_wire), or say that the agency speaks too",
        qualifies=0.3,  # agencies are in every newsroom; a third is a second author
    ),
    ShareRule(
        "copies in an outlet",
        "stand for the second time: half or more of each is in an earlier one of the outlet",
        _column("copy"),
        "terms, topics",
        "keep one of each (analysis.group_copies): a copy counts as evidence of its own",
        qualifies=0.05,  # the rate of false findings that the tests promise
        blocks=0.5,  # the tests count articles that nobody wrote
    ),
    ShareRule(
        "copies across outlets",
        "share half or more of their text with an article of another outlet",
        _column("shared"),
        "terms, topics",
        "compare without them (analysis.find_reuse): they hide differences",
        qualifies=0.2,  # where two outlets take the same agency, a tenth is common
    ),
)


def check_shares(
    measured: pd.DataFrame, rule: ShareRule, *, notes: Mapping[str, str] | None = None
) -> list[Finding]:
    """Apply a rule: a finding per outlet that it meets, or one for all that are fine.

    Parameters
    ----------
    notes
        By outlet, what is said besides.
    """
    marks = rule.marks(measured)
    applies = measured[marks.notna()].assign(marked=marks.dropna().astype(bool))
    found = []
    for outlet, rows in applies.groupby("outlet", sort=True):
        number, share = int(rows["marked"].sum()), float(rows["marked"].mean())
        if number < FEWEST or share < rule.qualifies:
            continue
        note = (notes or {}).get(str(outlet), "")
        found.append(
            Finding(
                BLOCKS if share >= rule.blocks else QUALIFIES,
                rule.check,
                f"{of_whole(number, len(rows), str(outlet))} {rule.says}. {note}".strip(),
                rule.affects,
                rule.remedy,
                str(outlet),
                tuple(rows.loc[rows["marked"], "article_id"]),
                f"in which many articles {rule.says}",
                f"{number:,} of {len(rows):,}",
            )
        )
    return found or [_fine(rule, applies)]


def _fine(rule: ShareRule, applies: pd.DataFrame) -> Finding:
    marked = applies.loc[applies["marked"], "article_id"]
    what = f"{len(marked):,} of {len(applies):,} articles {rule.says}."
    return Finding(FINE, rule.check, what, articles=tuple(marked))
