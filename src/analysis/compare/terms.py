"""Which terms separate groups of articles, with the article as the unit of evidence."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.discovery import adjust_discrete
from analysis.compare.enumeration import FEW_ARTICLES
from analysis.compare.estimate import (
    Contrast,
    contrast,
    interval,
    log_odds,
)
from analysis.compare.grouping import Grouping, distinct_labels, group_articles
from analysis.compare.moments import Floats, Integers, Moments
from analysis.compare.permutation import permutation_p
from analysis.compare.residuals import Articles
from analysis.compare.separation import least_p, separation_p
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts
from analysis.text.wire_selection import Wire, select_wire

Sides = tuple[int, int | None]


def compare_terms(
    counts: Counts,
    by: str = "outlet",
    within: str | None = None,
    *,
    against: Literal["rest", "each"] = "rest",
    wire: Wire = "include",
) -> pd.DataFrame:
    """Compare how often groups of articles use each term.

    A difference counts as evidence only if it recurs over articles: p is the share of all ways to
    deal the articles' sides anew that give a difference in uses at least as large, computed and
    not drawn (see ``permutation``). A word that one article repeats is one article's word.

    Parameters
    ----------
    counts
        Shape (articles, terms). Rates are per word of ``counts.lengths``.
    by
        Column of ``counts.articles`` whose groups are compared.
    within
        Column of ``counts.articles``, such as ``event_id``: groups are compared only inside its
        values, those that hold articles of both sides. Articles without a value are left out.
    against
        ``"rest"``: each group against all others. ``"each"``: each pair of groups once, without
        the terms that neither uses.
    wire
        ``"include"``, ``"exclude"`` or ``"only"`` agency copy, see ``select_wire``.

    Returns
    -------
    pandas.DataFrame
        One row per group and term: the `by` column (and ``other`` for pairs), ``term``;
        ``estimate`` (log-odds, natural logarithm, above 0 if the group uses the term more),
        ``low`` and ``high`` (95 %), ``p``, ``q`` (false-discovery rate over all rows of the call,
        each counted with its own chance of so small a p); ``count`` and ``count_rest`` (uses),
        ``n_articles`` and ``n_articles_rest`` (articles with the term), ``n_days`` (days on which
        the group's articles with the term were
        published, undated ones left out), ``n_events`` (events behind them, if
        ``counts.articles`` has ``event_id``), ``articles`` and ``articles_rest`` (all articles of
        the two sides). With `within` all of these count only the articles that are compared.
        Sorted by q, then by the bound of the interval that is nearer to 0, largest first: of
        equally certain differences the one that is large at the least. The bounds are infinite
        where the counts cannot give one: a side lacks the term or is a single article.

    Raises
    ------
    DataError
        If there are no terms, a column is missing, a group has no name, there is only one group,
        no value of `within` has articles of two groups, or `wire` leaves no article.

    Notes
    -----
    The estimate is the log-odds ratio with an informative Dirichlet prior of 10 words (Monroe,
    Colaresi and Quinn 2008, "Fightin' Words", Political Analysis 16(4), eq. 15-16); with `within`
    the ratio of Mantel and Haenszel (1959). The test's tails follow Skovgaard (1987), "Saddlepoint
    expansions for conditional distributions", J. Appl. Probab. 24(4); the interval inverts the
    test by Fieller's theorem (1954); q is that of Benjamini and Hochberg (1995), after Heyse
    (2011).

    Misleads when articles are copies of each other (one wire report in twenty articles counts
    twenty times: compare with ``wire="exclude"``), or when groups cover different events and
    `within` is not given: then story choice looks like wording.
    """
    if against not in ("rest", "each"):
        raise DataError(f"against={against!r} is unknown (it can be: rest, each)")
    counts = select_wire(counts, wire)
    grouping = group_articles(counts, by=by, within=within)
    n_groups = len(grouping.names)
    pairs: list[Sides] = [(group, None) for group in range(n_groups)]
    if against == "each":
        pairs = [(a, b) for a in range(n_groups) for b in range(a + 1, n_groups)]
    columns = _compare(counts, grouping, pairs)
    if against == "each":
        used = columns["count"] + columns["count_rest"] > 0
        columns = {name: values[used] for name, values in columns.items()}
    return _frame(columns, grouping.names, counts.terms, by)


def _compare(counts: Counts, grouping: Grouping, pairs: list[Sides]) -> dict[str, NDArray[Any]]:
    """Columns of the result, term after term for each pair of sides."""
    articles = [grouping.sides(*pair) for pair in pairs]
    contrasts = _contrasts(counts, grouping, pairs)
    if len(grouping.names) == len(pairs) == 2:  # each is the other's rest
        p = _p_values(counts, grouping, articles[:1], contrasts[:1]) * 2
    else:
        p = _p_values(counts, grouping, articles, contrasts)
    occasions = _occasions(counts.articles)
    rows = []
    for pair, (own, rest), sides, p_of_pair in zip(pairs, articles, contrasts, p, strict=True):
        estimate = log_odds(sides)
        low, high = interval(sides, estimate, p_of_pair)
        uses, uses_rest = sides.uses
        row = {
            "group": pair[0],
            "other": -1 if pair[1] is None else pair[1],
            "term": np.arange(len(uses)),
            "estimate": estimate,
            "low": low,
            "high": high,
            "p": p_of_pair,
            "least": least_p(sides),
            "count": uses,
            "n_articles": sides.own.holders.sum(axis=0),
            "count_rest": uses_rest,
            "n_articles_rest": sides.other.holders.sum(axis=0),
            **{name: distinct_labels(counts, own, of) for name, of in occasions.items()},
            "articles": len(own),
            "articles_rest": len(rest),
        }
        rows.append({name: np.broadcast_to(values, uses.shape) for name, values in row.items()})
    return {name: np.concatenate([row[name] for row in rows]) for name in rows[0]}


def _contrasts(counts: Counts, grouping: Grouping, pairs: list[Sides]) -> list[Contrast]:
    n_strata = grouping.n_strata
    moments = Moments.of(counts, grouping.cells, len(grouping.names) * n_strata)
    if n_strata == 1:
        moments = moments.dense()
    groups = [
        moments[start * n_strata : (start + 1) * n_strata] for start in range(len(grouping.names))
    ]
    total = reduce(add, groups)
    contrasts = []
    for one, other in pairs:
        own, rest = groups[one], total - groups[one] if other is None else groups[other]
        both = np.flatnonzero((own.articles > 0) & (rest.articles > 0))
        contrasts.append(contrast(own[both], rest[both]))
    return contrasts


def _p_values(
    counts: Counts,
    grouping: Grouping,
    articles: list[tuple[Integers, Integers]],
    contrasts: list[Contrast],
) -> list[Floats]:
    """P-values of each contrast; those that share their articles share the work on them."""
    together: dict[bytes, list[int]] = {}
    chosen = [np.sort(np.concatenate(pair)) for pair in articles]
    for number, rows in enumerate(chosen):
        together.setdefault(rows.tobytes(), []).append(number)
    p = [np.ones(len(counts.terms)) for _ in contrasts]
    for numbers in together.values():
        rows = chosen[numbers[0]]
        if len(rows):
            codes = np.unique(grouping.strata[rows], return_inverse=True)[1]
            matrix = counts.matrix[rows].tocsc()
            matrix.eliminate_zeros()
            of_both = Articles(matrix, counts.lengths[rows].astype(np.float64), codes)
            own = np.stack([contrasts[number].own.articles for number in numbers])
            words = np.stack([contrasts[number].own.words for number in numbers])
            u = np.stack([contrasts[number].difference for number in numbers])
            z = np.stack([contrasts[number].z for number in numbers])
            excess = np.stack([contrasts[number].excess for number in numbers])
            p_values = permutation_p(of_both, own, words, u, z, excess)
            for number, values in zip(numbers, p_values, strict=True):
                # With few articles every deal is counted, lengths and all: that p is exact.
                least = separation_p(contrasts[number]) if len(rows) > FEW_ARTICLES else 0.0
                p[number] = np.maximum(values, least)
    return p


def _occasions(articles: pd.DataFrame) -> dict[str, Integers]:
    """Codes of each article's day and event, -1 if unknown, for the columns that are there."""
    labels = {}
    if "published" in articles:
        labels["n_days"] = pd.to_datetime(articles["published"]).dt.floor("D")
    if "event_id" in articles:
        labels["n_events"] = articles["event_id"]
    return {name: pd.factorize(values)[0].astype(np.int64) for name, values in labels.items()}


def _frame(
    columns: dict[str, NDArray[Any]], names: pd.Index, terms: NDArray[Any], by: str
) -> pd.DataFrame:
    """Add q, sort, and put names where codes were."""
    used = columns["count"] + columns["count_rest"] > 0
    q = np.ones(len(used))
    q[used] = adjust_discrete(columns["p"][used], columns.pop("least")[used])
    nearest = np.maximum(np.maximum(columns["low"], -columns["high"]), 0)
    order = np.lexsort((columns["p"], -nearest, q))
    columns = {name: values[order] for name, values in columns.items()}
    frame: dict[str, Any] = {by: names.take(columns["group"])}
    if columns["other"].max(initial=-1) >= 0:
        frame["other"] = names.take(columns["other"])
    frame["term"] = pd.array(terms, dtype="str").take(columns["term"])
    frame |= {name: columns[name] for name in ("estimate", "low", "high", "p")}
    frame["q"] = q[order]
    whole = [name for name in columns if name not in {*frame, "group", "other"}]
    frame |= {name: columns[name].astype(np.int64) for name in whole}
    return pd.DataFrame(frame)
