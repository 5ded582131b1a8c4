"""Shares of a whole, such as a name's share of all names for a thing, by group of articles."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from analysis.compare.contrasts import Rows
from analysis.compare.estimate import LEVEL, student_t
from analysis.compare.grouping import Grouping, group_articles, name_groups
from analysis.compare.moments import Floats, Integers
from analysis.compare.terms import test_rows
from analysis.text.counts import Counts

ROUNDING = 1e-9
NO_CHANCE = 0.5  # the least p of what cannot differ: it takes part in no false discovery

COLUMNS = [
    "estimate", "low", "high", "p", "least", "share", "share_low", "share_high", "share_rest",
    "count", "total", "count_rest", "total_rest", "n_articles", "articles", "n_articles_rest",
    "articles_rest", "n_events",
]  # fmt: skip


class Side(NamedTuple):
    """The articles of one side, with the weight of each one's uses; a column a part."""

    parts: Floats
    totals: Floats
    weights: Floats


def compare_shares(counts: Counts, *, by: str, within: str | None = None) -> pd.DataFrame:
    """Compare each part's share of a whole between groups of articles.

    Parameters
    ----------
    counts
        Uses of each part (a term) in each article; ``lengths`` are the uses of the whole.
        Articles without any are left out.
    by
        Column of ``counts.articles`` whose groups are compared, each with all others.
    within
        Column inside whose values the groups are compared, as in ``compare_terms``.

    Returns
    -------
    pandas.DataFrame
        One row per group and part: the `by` column, ``term``; ``estimate`` (share less the others'
        share), ``low`` and ``high`` (95 %), ``p``, ``least`` (the smallest p possible); ``share``
        with ``share_low`` and ``share_high``, ``share_rest``; ``count`` of ``total`` uses,
        ``n_articles`` of ``articles`` with the part, the same for the rest; ``n_events`` behind
        them (missing without ``event_id``). A group alone with the whole has a share and no
        estimate. No rows where no value of `within` has two groups.

    Raises
    ------
    DataError
        As ``compare_terms``.

    Notes
    -----
    p is that of ``compare_terms`` with the whole in the place of the words: articles are dealt
    anew, those with no use of the whole left out; a part that is most of the whole is tested by
    what is not of it. With `within` shares are weighted so that their
    difference is the risk difference of Mantel and Haenszel: an article's uses count as much as the
    other side's part of its event.
    """
    counts = counts.take_articles(counts.lengths > 0)
    codes, names = name_groups(counts, by)
    if within is not None and not _shared(counts.articles, by, within):
        return pd.DataFrame(columns=[by, "term", *COLUMNS]).astype(dict.fromkeys(COLUMNS, float))
    if len(names) < 2 and within is None:
        whole = Grouping(names, codes, np.zeros(len(codes), np.int64), 1)
        return _rows(counts, whole, 0, np.ones((len(counts.terms), 2))).assign(**{by: names[0]})
    grouping = group_articles(counts, by=by, within=within)
    n_groups = len(grouping.names)
    rows = Rows(counts, grouping, [(code, None) for code in range(n_groups)])
    p, least = (of.reshape(n_groups, -1) for of in test_rows(counts, grouping, rows))
    least = np.where(_part_in_all(counts), least, NO_CHANCE)
    tables = [
        _rows(counts, grouping, code, np.stack([p[code], least[code]], axis=1)).assign(**{by: name})
        for code, name in enumerate(grouping.names)
    ]
    return pd.concat([table for table in tables if len(table)], ignore_index=True)


def _shared(articles: pd.DataFrame, by: str, within: str) -> bool:
    """Say whether a value of `within` has two groups; True too where the column is missing."""
    if within not in articles:
        return True  # refused with a message by group_articles
    return bool((articles[[within, by]].drop_duplicates().groupby(within).size() > 1).any())


def _part_in_all(counts: Counts) -> NDArray[np.bool_]:
    """Mark the parts that are neither nothing nor all of the whole."""
    used = np.asarray(counts.matrix.sum(axis=0)).ravel()
    marked: NDArray[np.bool_] = (used > 0) & (used < counts.lengths.sum())
    return marked


def _rows(counts: Counts, grouping: Grouping, code: int, tests: Floats) -> pd.DataFrame:
    """Give the columns of one group; none if no stratum holds it and another."""
    own, rest = grouping.sides(code, None)
    if len(grouping.names) == 1:
        own, rest = np.arange(len(grouping.codes)), np.zeros(0, dtype=np.int64)
    if not len(own):
        return pd.DataFrame(columns=["term", *COLUMNS])
    sides = _sides(counts, grouping, own, rest)
    share, low, high = share_interval(sides[0])
    other, other_low, other_high = share_interval(sides[1])
    p, least = tests.T
    estimate, below, above = difference(share, (low, high), other, (other_low, other_high))
    if not len(rest):
        p, least = np.ones_like(p), np.full_like(p, NO_CHANCE)
    elif min(len(own), len(rest)) > 1:
        below, above = agree_with_p(estimate, below, above, p)
    held, held_rest = sides[0].parts > 0, sides[1].parts > 0
    return pd.DataFrame(
        {
            "term": counts.terms,
            "estimate": estimate,
            "low": below,
            "high": above,
            "p": p,
            "least": least,
            "share": share,
            "share_low": low,
            "share_high": high,
            "share_rest": other,
            "count": sides[0].parts.sum(axis=0).astype(int),
            "total": int(sides[0].totals.sum()),
            "count_rest": sides[1].parts.sum(axis=0).astype(int),
            "total_rest": int(sides[1].totals.sum()),
            "n_articles": held.sum(axis=0),
            "articles": len(own),
            "n_articles_rest": held_rest.sum(axis=0),
            "articles_rest": len(rest),
            "n_events": _n_events(counts.articles, own, held),
        }
    )


def _n_events(articles: pd.DataFrame, own: Integers, held: NDArray[np.bool_]) -> list[float]:
    if "event_id" not in articles:
        return [np.nan] * held.shape[1]
    events = articles["event_id"].to_numpy(dtype=object)[own]
    return [float(len(set(events[column]))) for column in held.T]


def _sides(counts: Counts, grouping: Grouping, own: Integers, rest: Integers) -> tuple[Side, Side]:
    """Weight the uses of a side's articles by the other side's part of their stratum."""
    of_own, of_rest = (
        np.bincount(grouping.strata[rows], counts.lengths[rows], grouping.n_strata)
        for rows in (own, rest)
    )
    both = np.maximum(of_own + of_rest, 1)
    sides = []
    for rows, others in ((own, of_rest), (rest, of_own)):
        weights = (others / both)[grouping.strata[rows]]
        if grouping.n_strata == 1:
            weights = np.ones(len(rows))
        parts = np.asarray(counts.matrix[rows].toarray(), dtype=np.float64)
        sides.append(Side(parts, counts.lengths[rows].astype(np.float64), weights))
    return sides[0], sides[1]


def share_interval(side: Side) -> tuple[Floats, Floats, Floats]:
    """Give each part's share of a side with its 95 % interval, articles being the units.

    The exact binomial interval (Clopper and Pearson 1934) for the number of independent uses that
    would give the variance found between articles (Korn and Graubard 1998, "Confidence intervals
    for proportions with small expected number of positive counts estimated from survey data",
    Survey Methodology 24). Where every use or none is of the part, an article counts as one use.
    """
    n, n_parts = len(side.totals), side.parts.shape[1]
    nothing = np.full(n_parts, np.nan), np.zeros(n_parts), np.ones(n_parts)
    total = float((side.weights * side.totals).sum())
    if n == 0 or total == 0:
        return nothing
    share = np.clip((side.weights @ side.parts) / total, 0, 1)
    if n == 1:
        return share, nothing[1], nothing[2]
    residuals = side.weights[:, None] * (side.parts - share * side.totals[:, None])
    variance = n / (n - 1) * (residuals**2).sum(axis=0) / total**2
    uses = float(side.totals.sum())
    inner = (variance > 0) & (share > 0) & (share < 1)
    found = share * (1 - share) / np.where(inner, variance, 1)
    shrink = (student_t(uses - 1) / student_t(n - 1)) ** 2
    effective = np.where(inner, np.clip(found, 1, uses) * shrink, n)
    k = share * effective
    with np.errstate(invalid="ignore"):
        low = special.betaincinv(k, effective - k + 1, LEVEL / 2)
        high = special.betaincinv(k + 1, effective - k, 1 - LEVEL / 2)
    low, high = np.where(share > 0, low, 0.0), np.where(share < 1, high, 1.0)
    return share, np.minimum(low, share), np.maximum(high, share)


def difference(
    one: Floats, bounds: tuple[Floats, Floats], other: Floats, other_bounds: tuple[Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """Give the difference of two shares with its interval from theirs.

    The method of variance estimates recovery (Zou and Donner 2008, Statistics in Medicine 27,
    eq. 7); Newcombe's for two binomial shares is a case of it.
    """
    estimate = one - other
    low = estimate - np.sqrt((one - bounds[0]) ** 2 + (other_bounds[1] - other) ** 2)
    high = estimate + np.sqrt((bounds[1] - one) ** 2 + (other - other_bounds[0]) ** 2)
    known = np.isfinite(estimate)
    return (
        estimate,
        np.where(known, np.maximum(low, -1), -1.0),
        np.where(known, np.minimum(high, 1), 1.0),
    )


def agree_with_p(estimate: Floats, low: Floats, high: Floats, p: Floats) -> tuple[Floats, Floats]:
    """Move the bound that lies on the wrong side of 0: where it and p disagree, p decides."""
    differs = p < LEVEL
    low = np.where(differs & (estimate > 0), np.maximum(low, ROUNDING), low)
    high = np.where(differs & (estimate < 0), np.minimum(high, -ROUNDING), high)
    return (
        np.where(differs, low, np.minimum(low, 0.0)),
        np.where(differs, high, np.maximum(high, 0.0)),
    )
