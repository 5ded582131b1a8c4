"""The A/A check: what the comparison finds where there is nothing to find."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import special

from analysis.compare.discovery import RATE, adjust
from analysis.compare.estimate import PRIOR_WORDS
from analysis.compare.grouping import name_groups
from analysis.compare.moments import Floats
from analysis.compare.terms import compare_terms
from analysis.text.counts import Counts

FEWEST_ARTICLES = 10  # of a group; smaller halves have too few deals to say anything
FEWEST_HOLDERS = 5  # articles with a term; with fewer no deal can reach p < .05
HALVES = np.array(["first half", "second half"])


def calibrate(counts: Counts, *, by: str = "outlet", runs: int = 20, seed: int = 0) -> pd.DataFrame:
    """Compare each group with itself: its articles dealt into random halves.

    Every difference found is false. A test that holds what it promises gives p < .05 for about
    5 % of the terms and, at q <= .05, discoveries in at most about 5 % of the runs. Two usual
    tests, which take every word for independent of the others, stand beside it.

    Parameters
    ----------
    counts
        Shape (articles, terms). Of each group the terms in at least 5 of its articles are used.
    by
        Column of ``counts.articles`` with the groups.
    runs
        Random halvings of each group.
    seed
        Of the halvings; the same seed gives the same table.

    Returns
    -------
    pandas.DataFrame
        One row per group: the `by` column, ``articles``, ``terms``, ``runs``; ``share_p05`` and
        ``share_p01`` (mean share of terms with p < .05 and p < .01), ``discoveries`` (mean number
        of terms with q <= .05), ``runs_with_any`` (share of the runs); ``discoveries_g2``
        (log-likelihood ratio, Dunning 1993) and ``discoveries_log_odds`` (z of the log-odds with
        Dirichlet prior, Monroe et al. 2008, eq. 22), both at q <= .05; ``note``, which says why a
        group has no figures (they are NaN then).

    Raises
    ------
    DataError
        If there are no terms, the column is missing, or an article has no group.

    Notes
    -----
    Misleads when copies of one report are among the articles: both halves then hold it, which
    makes them more alike than two outlets ever are.
    """
    codes, names = name_groups(counts, by)
    random = np.random.default_rng(seed)
    counts = replace(counts, articles=counts.articles[[by]])  # their texts would be copied
    rows = []
    for code, name in enumerate(names):
        group = counts.take_articles(np.flatnonzero(codes == code))
        holders = np.bincount(group.matrix.indices, minlength=len(group.terms))
        group = group.take_terms(np.flatnonzero(holders >= FEWEST_HOLDERS))
        n_articles, n_terms = group.matrix.shape
        row: dict[str, object] = {
            by: name,
            "articles": n_articles,
            "terms": n_terms,
            "runs": 0,
            "note": "",
        }
        if n_articles < FEWEST_ARTICLES:
            row["note"] = f"fewer than {FEWEST_ARTICLES} articles"
        elif n_terms == 0:
            row["note"] = f"no term in {FEWEST_HOLDERS} articles"
        else:
            found = pd.DataFrame([_halved(group, random) for _ in range(runs)])
            row |= {"runs": runs} | {name: found[name].mean() for name in FIGURES}
        rows.append(row)
    return pd.DataFrame(rows, columns=[by, "articles", "terms", "runs", *FIGURES, "note"])


FIGURES = [
    "share_p05",
    "share_p01",
    "discoveries",
    "runs_with_any",
    "discoveries_g2",
    "discoveries_log_odds",
]


def _halved(group: Counts, random: np.random.Generator) -> dict[str, float]:
    """Deal the articles into halves, compare them, and count what is found."""
    half = random.permutation(len(group.lengths)) % 2
    articles = pd.DataFrame({"half": HALVES[half]})
    table = compare_terms(replace(group, articles=articles), by="half")
    table = table[table["half"] == HALVES[0]]
    discoveries = float((table["q"] <= RATE).sum())
    uses = table["count"].to_numpy(np.float64), table["count_rest"].to_numpy(np.float64)
    words = group.lengths[half == 0].sum(), group.lengths[half == 1].sum()
    return {
        "share_p05": float((table["p"] < 0.05).mean()),
        "share_p01": float((table["p"] < 0.01).mean()),
        "discoveries": discoveries,
        "runs_with_any": float(discoveries > 0),
        "discoveries_g2": float((adjust(p_of_g2(*uses, *words)) <= RATE).sum()),
        "discoveries_log_odds": float((adjust(p_of_log_odds(*uses, *words)) <= RATE).sum()),
    }


def p_of_g2(uses: Floats, uses_other: Floats, words: float, words_other: float) -> Floats:
    """P-value of the log-likelihood ratio of two rates, every word taken for independent."""
    expected = (uses + uses_other) * words / (words + words_other)
    expected_other = uses + uses_other - expected
    g2 = 2 * (
        special.xlogy(uses, uses / expected)
        + special.xlogy(uses_other, uses_other / expected_other)
    )
    # Chi-squared with one degree of freedom is a squared normal, whose tail is erfc.
    return np.asarray(special.erfc(np.sqrt(np.maximum(g2, 0) / 2)))


def p_of_log_odds(uses: Floats, uses_other: Floats, words: float, words_other: float) -> Floats:
    """P-value of the z of the log-odds with Dirichlet prior, taken for normal."""
    prior = PRIOR_WORDS * (uses + uses_other) / (words + words_other)
    counted = uses + prior, uses_other + prior
    of = words + PRIOR_WORDS, words_other + PRIOR_WORDS
    odds = [np.log(count / (total - count)) for count, total in zip(counted, of, strict=True)]
    z = (odds[0] - odds[1]) / np.sqrt(1 / counted[0] + 1 / counted[1])
    return np.asarray(2 * special.ndtr(-np.abs(z)))
