"""Whether what sets the groups apart is theirs, or an agency's."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.compare.discovery import RATE
from analysis.compare.grouping import shares_any
from analysis.compare.terms import compare_terms
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts
from analysis.text.wire_selection import is_agency_copy

WITHOUT = ["estimate", "low", "high", "q", "count", "count_rest", "n_articles", "articles"]
SHRUNK = 0.5


def compare_wire(
    counts: Counts,
    *,
    terms: pd.DataFrame | None = None,
    by: str = "outlet",
    within: str | None = None,
    n_terms: int = 10,
) -> pd.DataFrame:
    """Compare the clearest terms of each group with and without agency copy.

    Parameters
    ----------
    counts
        Shape (articles, terms), of articles labelled as by ``add_wire``.
    terms
        What ``compare_terms`` gives for these counts, agency copy included, with the same `by` and
        `within`; compared anew if left out.
    by
        Column of ``counts.articles`` whose groups are compared, each with all others.
    within
        As for ``compare_terms``: groups are compared only inside its values.
    n_terms
        Terms of each group: those that it uses more, beyond chance, with all articles.

    Returns
    -------
    pandas.DataFrame
        Rows and columns of ``compare_terms`` over all articles, and from a second comparison over
        all terms without agency copy ``estimate_without``, ``low_without``, ``high_without``,
        ``q_without``, ``count_without``, ``count_rest_without``, ``n_articles_without`` and
        ``articles_without`` (missing where a side has no article left);
        ``change``: ``"stays"`` beyond chance, ``"less certain"`` (it does not, but keeps half or
        more of its estimate), ``"shrinks"`` (it does not, and keeps less), ``"changes sign"`` (the
        group uses the term less) or ``"cannot be compared"``.

    Raises
    ------
    DataError
        As ``compare_terms``; when the labels are missing or unknown, or, without `within`, when
        `terms` are of another number of articles.

    Notes
    -----
    That a term is beyond chance in one comparison and not in the other is no evidence of a change
    (Gelman and Stern 2006, "The difference between 'significant' and 'not significant' is not
    itself statistically significant", The American Statistician 60(4)): hence ``"less certain"``.

    Misleads when many articles are left out: fewer articles alone widen every interval.
    """
    own = ~is_agency_copy(counts.articles)
    if terms is None:
        terms = compare_terms(counts, by, within)
    elif within is None:
        _check_terms(terms, counts)
    clearest = terms[(terms["q"] <= RATE) & (terms["low"] > 0)]
    clearest = clearest.groupby(by, observed=True, sort=False).head(n_terms)
    if own.all():
        without = terms
    else:
        del terms  # as large as what comes now
        without = _without(counts.take_articles(own), clearest, by, within)
    without = without[without["term"].isin(clearest["term"])].set_index([by, "term"])[WITHOUT]
    joined = clearest.join(without.add_suffix("_without"), on=[by, "term"])
    stays = (joined["q_without"] <= RATE) & (joined["low_without"] > 0)
    less = joined["estimate_without"]
    changes = {
        "cannot be compared": less.isna(),
        "changes sign": less < 0,
        "stays": stays,
        "shrinks": less < SHRUNK * joined["estimate"],
    }
    joined["change"] = np.select([*changes.values()], [*changes], "less certain")
    return joined.reset_index(drop=True)


def _check_terms(terms: pd.DataFrame, counts: Counts) -> None:
    """Refuse a comparison of other articles, such as one that left agency copy out."""
    compared = (terms["articles"] + terms["articles_rest"]).head(1)
    if (compared != len(counts.articles)).any():
        raise DataError(
            f"terms compares {compared.iloc[0]:,} articles and counts has {len(counts.articles):,}"
            "; pass what compare_terms gives for these counts, agency copy included"
        )


def _without(left: Counts, clearest: pd.DataFrame, by: str, within: str | None) -> pd.DataFrame:
    """Compare without agency copy; no rows where it leaves fewer than two groups."""
    if left.articles[by].nunique() < 2 or (within and not shares_any(left, by=by, within=within)):
        return clearest.head(0)
    return compare_terms(left, by, within)
