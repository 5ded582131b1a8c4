"""In which languages the outlets write."""

from __future__ import annotations

import pandas as pd

from analysis.check.findings import BLOCKS, FINE, QUALIFIES, Finding, of_whole
from analysis.check.measure import ENGLISH, spell_languages

CHECK = "language"
FOREIGN_SHARE = 0.02  # their words stand in no other article, so a few of them look like findings
FEWEST = 2  # a single one may be a misjudged list of names
MOSTLY = 0.5  # then the comparison is one of languages


def check_language(measured: pd.DataFrame) -> list[Finding]:
    """Find the outlets that write in another language than the others, or in several.

    Parameters
    ----------
    measured
        As ``measure_articles`` gives it.
    """
    told = measured[measured["language"] != ""]
    if told.empty:
        return [Finding(FINE, CHECK, "The articles are too short to tell their language.")]
    common = str(told["language"].mode().iloc[0])
    found = []
    for outlet, rows in told.groupby("outlet", sort=True):
        other = rows[rows["language"] != common]
        if len(other) < max(FEWEST, FOREIGN_SHARE * len(rows)):
            continue
        blocked = len(other) >= MOSTLY * len(rows)
        what = (
            f"{of_whole(len(other), len(rows), str(outlet))} are not in the language of most "
            f"articles, {common} (its languages: {spell_languages(rows['language'])})."
        )
        found.append(
            Finding(
                BLOCKS if blocked else QUALIFIES, CHECK, what, "terms, topics, voices",
                "leave them out, or compare articles of one language",
                str(outlet), tuple(other["article_id"]),
                f"have articles in another language than most, {common}",
                f"{len(other):,} of {len(rows):,}",
            )
        )  # fmt: skip
    if common != ENGLISH:
        found.append(_not_english(common, told))
    return found or [Finding(FINE, CHECK, f"By articles: {spell_languages(told['language'])}.")]


def _not_english(common: str, told: pd.DataFrame) -> Finding:
    what = (
        f"Most articles are not in English ({spell_languages(told['language'])}): stop words, cues "
        "of page furniture and rules for quotations are English, only shape and repetition help."
    )
    return Finding(
        QUALIFIES, CHECK, what, "terms, topics, voices",
        "give stop words of your own, and look at what was removed",
        articles=tuple(told.loc[told["language"] == common, "article_id"]),
    )  # fmt: skip
