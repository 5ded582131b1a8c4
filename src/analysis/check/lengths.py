"""Whether outlets differ in what was collected of an article: its length, its furniture."""

from __future__ import annotations

import pandas as pd

from analysis.check.findings import FINE, QUALIFIES, Finding

FEWEST = 5  # articles that it takes to speak of an outlet's usual length
TIMES = 3.0  # beyond it one outlet prints briefs and another features, or one was cut short
CUT_SHARE = 0.5  # pages of which most is no article were not extracted, or not well


def check_lengths(measured: pd.DataFrame) -> list[Finding]:
    """Find outlets whose usual article is far longer or shorter than that of the others."""
    groups = [(str(name), rows) for name, rows in measured.groupby("outlet", sort=True)]
    medians = {name: rows["words"].median() for name, rows in groups if len(rows) >= FEWEST}
    found = []
    for name, own in medians.items():
        rest = pd.Series([length for other, length in medians.items() if other != name])
        usual = rest.median()
        if len(rest) and not usual / TIMES <= own <= usual * TIMES:
            what = (
                f"The median article of {name} has {own:,.0f} words, that of the others "
                f"{usual:,.0f}."
            )
            found.append(
                Finding(
                    QUALIFIES, "article length", what, "topics, coverage, voices",
                    "look whether texts were cut or run together; long articles hold more of "
                    "everything, so compare rates and not what is there at all",
                    name, (), "have articles far longer or shorter than the others",
                    f"{own:,.0f} words",
                )
            )  # fmt: skip
    spans = f"{min(medians.values()):,.0f} to {max(medians.values()):,.0f}" if medians else ""
    what = f"Median words an article by outlet: {spans}." if spans else "Too few articles to tell."
    return found or [Finding(FINE, "article length", what)]


def check_removed(measured: pd.DataFrame) -> list[Finding]:
    """Find outlets of whose loaded texts most was page furniture."""
    shares = measured.groupby("outlet", sort=True)["removed_share"].median()
    found = [
        Finding(
            QUALIFIES, "share removed",
            f"Of the median article of {name}, {share:.0%} of the characters were removed as page "
            "furniture.",
            "all comparisons",
            "look at what was removed (analysis.show_removed); extract the texts from the pages",
            str(name), (), "lost most of the median article as page furniture", f"{share:.0%}",
        )
        for name, share in shares.items()
        if share >= CUT_SHARE
    ]  # fmt: skip
    what = (
        f"Of the median article, {shares.min():.0%} to {shares.max():.0%} of the characters were "
        "removed as page furniture, by outlet."
    )
    return found or [Finding(FINE, "share removed", what)]
