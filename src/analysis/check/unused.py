"""What never came to be compared, and dates that could not be read."""

from __future__ import annotations

import pandas as pd

from analysis.check.findings import BLOCKS, FINE, QUALIFIES, Finding, of_whole, percent
from analysis.prepared_corpus import Corpus
from analysis.wording import plural

LOST_SHARE = 0.05  # a twentieth of the records missing may be one outlet's bad day of scraping
MOST_LOST = 0.5  # what is left is the minority of what the outlet wrote
# As `load` words them.
BAD_DATE, PASSED_OVER = "the date ", "passed over"


def check_unused(corpus: Corpus) -> list[Finding]:
    """Say what could not be loaded, which articles had no text, and which dates were impossible."""
    aside = corpus.set_aside
    lost = aside[~aside["kept"] & ~aside["problem"].str.contains(PASSED_OVER, regex=False)]
    bad_date = aside[aside["kept"] & aside["problem"].str.startswith(BAD_DATE)]
    rejected = _rejected(corpus)
    return [_lost(lost, corpus), _unnamed(corpus), *rejected, _bad_dates(bad_date, corpus)]


def _unnamed(corpus: Corpus) -> Finding:
    check = "missing outlets"
    unnamed = corpus.articles.loc[corpus.articles["outlet"] == "", "article_id"]
    if unnamed.empty:
        return Finding(FINE, check, "Every article has an outlet.")
    noun = "article has" if len(unnamed) == 1 else "articles have"
    what = f"{len(unnamed):,} {noun} no outlet and are compared as one that is called nothing."
    remedy = "name their outlets in the metadata, or leave them out"
    return Finding(QUALIFIES, check, what, "all comparisons", remedy, articles=tuple(unnamed))


def _lost(lost: pd.DataFrame, corpus: Corpus) -> Finding:
    check = "records set aside"
    given = len(lost) + len(corpus.loaded)
    what = f"{plural(len(lost), 'record')} could not be loaded, {percent(len(lost), given)} of all."
    if len(lost) < LOST_SHARE * given:
        return Finding(FINE, check, what)
    first = lost.iloc[0]
    what += f" The first: {first['origin']}, {first['problem']}."
    return Finding(QUALIFIES, check, what, "all comparisons", "see analysis.list_unused")


def _rejected(corpus: Corpus) -> list[Finding]:
    check = "rejected articles"
    loaded, gone = corpus.loaded, set(corpus.rejected["article_id"])
    found = []
    for outlet, ids in loaded.groupby("outlet", sort=True)["article_id"]:
        lost = [name for name in ids if name in gone]
        if lost and len(lost) >= LOST_SHARE * len(ids):
            what = f"{of_whole(len(lost), len(ids), str(outlet))} had no text of their own."
            level = BLOCKS if len(lost) >= MOST_LOST * len(ids) else QUALIFIES
            found.append(
                Finding(
                    level, check, what, "all comparisons",
                    "look at what was removed (analysis.clean); load the texts anew",
                    str(outlet), tuple(lost),
                    "lost articles that had no text of their own", f"{len(lost):,} of {len(ids):,}",
                )
            )  # fmt: skip
    what = f"{len(gone):,} of {len(loaded):,} articles had no text of their own."
    return found or [Finding(FINE, check, what, articles=tuple(sorted(gone)))]


def _bad_dates(bad: pd.DataFrame, corpus: Corpus) -> Finding:
    check = "impossible dates"
    if bad.empty:
        return Finding(FINE, check, "Every date that is given can be read.")
    of_origin = corpus.loaded.set_index("origin")["article_id"]
    first = bad.iloc[0]
    return Finding(
        QUALIFIES,
        check,
        f"{plural(len(bad), 'date')} could not be read. The first: {first['origin']}, "
        f"{first['problem']}.",
        "coverage",
        str(first["remedy"]),
        articles=tuple(of_origin[of_origin.index.isin(bad["origin"])]),
    )
