"""The p-value of permuting the articles of a comparison, computed instead of drawn."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.compare.draws import best_choice
from analysis.compare.enumeration import (
    FEW_ARTICLES,
    MOST_HOLDERS,
    enumerated_p,
    every_deal_p,
    single_article_p,
)
from analysis.compare.moments import Floats, Integers, sum_by
from analysis.compare.residuals import SMALL_STRATUM, Articles, Residuals
from analysis.compare.saddlepoint import upper_tails

NARROW = 0.25  # of the distance to the next draws: a group of draws this narrow stands apart
NORMAL_BELOW = 1.0  # |z| up to which the normal p, above .31, is near enough
SMALLEST = float(np.finfo(float).tiny)
MOST_VALUES = 1 << 16  # that one round of Newton's steps holds, so that they stay in the cache


def permutation_p(
    articles: Articles, own: Floats, own_words: Floats, u: Floats, z: Floats, excess: Floats
) -> Floats:
    """P(|U*| >= |U|) when the sides of the articles are permuted inside each stratum.

    Parameters
    ----------
    articles
        The articles of both sides.
    own, own_words
        Shape (comparisons, strata): articles of the first side in each stratum, and their words.
    u, z, excess
        Shape (comparisons, terms): U, U in standard deviations, and by how much their square is
        larger than Var U* (`Contrast.excess`); the tails of many articles are those of U* with
        that variance.

    Returns
    -------
    numpy.ndarray
        Shape (comparisons, terms), in (0, 1].
    """
    if len(articles.sizes) == 1 and len(articles.lengths) <= FEW_ARTICLES:
        deals = zip(own[:, 0].astype(int), u, strict=True)
        return np.array([every_deal_p(articles, k, of_terms) for k, of_terms in deals])
    p = 2 * special.ndtr(-np.abs(z))
    enumerable = (np.diff(articles.matrix.indptr) <= MOST_HOLDERS) & (len(articles.sizes) == 1)
    comparison, terms = np.nonzero(np.abs(z) > NORMAL_BELOW)
    at = comparison, terms
    rows = _Rows(articles, own, own_words, *at, u[at], excess[at])
    few = enumerable[terms]
    exact = np.empty(len(terms))
    for some, method in ((few, _few_holders), (~few, _many_holders)):
        if some.any():
            exact[some] = method(rows.take(some))
    exact = np.where(np.isnan(exact), p[comparison, terms], exact)  # where it cannot be computed
    p[comparison, terms] = np.clip(exact, SMALLEST, 1)
    if len(articles.sizes) == 1:
        alone = np.minimum(own[:, 0], articles.sizes[0] - own[:, 0]) == 1
        if alone.any():
            p[alone] = single_article_p(articles, u[alone])
    return p


@dataclass(frozen=True, eq=False)
class _Rows:
    """Terms with their U, and the row of `own` that says how many articles are drawn."""

    articles: Articles
    own: Floats
    own_words: Floats
    comparison: Integers
    term: Integers
    u: Floats
    excess: Floats

    def take(self, rows: NDArray[Any]) -> _Rows:
        kept = self.comparison[rows], self.term[rows], self.u[rows], self.excess[rows]
        return _Rows(self.articles, self.own, self.own_words, *kept)

    def numbered(self) -> tuple[Integers, Integers]:
        """Different terms, and the place of each row's term among them."""
        needed = np.zeros(self.articles.matrix.shape[1], dtype=bool)
        needed[self.term] = True
        return np.flatnonzero(needed), (np.cumsum(needed) - 1)[self.term]


def _few_holders(rows: _Rows) -> Floats:
    terms, place = rows.numbered()
    residuals = Residuals(rows.articles, terms)
    drawn, words = rows.own[rows.comparison, 0], rows.own_words[rows.comparison, 0]
    mean_lengths = words / drawn, (rows.articles.words - words) / (rows.articles.sizes - drawn)
    odds = np.maximum(mean_lengths[0], 1) / np.maximum(mean_lengths[1], 1)
    uses = np.rint(rows.u + residuals.share[place] * words)

    def p_of(some: Integers) -> Floats:
        return enumerated_p(residuals, place[some], drawn[some], odds[some], uses[some])

    return _in_portions(p_of, 2 ** residuals.holders[place])


def _many_holders(rows: _Rows) -> Floats:
    terms, place = rows.numbered()
    residuals = Residuals(rows.articles, terms)
    # -U of one side is U of the other, so that a lower tail is the other side's upper one.
    sides = rows.own, rows.articles.sizes - rows.own

    usable = np.flatnonzero(~residuals.merged[place])
    bounds = np.abs(rows.u) / np.sqrt(rows.excess)

    def p_of(some: Integers) -> Floats:
        some = usable[some]
        part, row = _parts(residuals, place[some])
        cell = rows.comparison[some][row], residuals.stratum[part]
        tails = (_upper_tails(residuals, part, row, side[cell], bounds[some]) for side in sides)
        return sum(tails, np.zeros(len(some)))

    p = np.full(len(place), np.nan)
    p[usable] = _in_portions(p_of, residuals.width[place[usable]])
    return p


def _in_portions(p_of: Callable[[Integers], Floats], widths: NDArray[Any]) -> Floats:
    """Compute rows in portions that fit the cache, on all processors; `widths` are their values."""
    if not len(widths):
        return np.zeros(0)
    portions = np.array_split(np.arange(len(widths)), int(widths.sum()) // MOST_VALUES + 1)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return np.concatenate(list(threads.map(p_of, portions)))


def _upper_tails(
    residuals: Residuals, parts: Integers, row: Integers, taken: Floats, bounds: Floats
) -> Floats:
    """P(sum of the drawn residuals >= bound): by saddlepoint, and by counting at the upper end.

    `parts` of `residuals`, of which `taken` articles are drawn, add up to the sum of their `row`.
    """
    n_rows = len(bounds)
    small = residuals.all.sizes[residuals.stratum[parts]] <= SMALL_STRATUM
    choices = residuals.choices(parts[small], taken[small], row[small])
    log_p, mean, variance, fall = residuals.highest(parts[~small], taken[~small])
    best, ways, fall_of_choice = best_choice(choices)
    log_top = sum_by(row[~small], log_p, n_rows) + sum_by(choices.row, ways, n_rows)
    top = sum_by(row[~small], mean, n_rows) + sum_by(choices.row, best, n_rows)
    slack = 1e-9 * bounds
    width = np.sqrt(sum_by(row[~small], variance, n_rows)) + slack / 10
    gap = np.full(n_rows, np.inf)
    np.minimum.at(gap, row[~small], fall)
    np.minimum.at(gap, choices.row, fall_of_choice)
    # Draws with every use stand apart from the next ones, and the bound is among them or beyond.
    at_end = (bounds > top - 2 * width - slack) & (width < NARROW * gap) & np.isfinite(log_top)
    tails = np.exp(log_top) * special.ndtr((top + slack - bounds) / width)
    inner = np.flatnonzero(~at_end)
    if len(inner):
        pools = residuals.pools(parts[~small], taken[~small], row[~small])
        if len(inner) < n_rows:
            pools, choices = pools.take(inner, n_rows), choices.take(inner, n_rows)
        tails[inner] = np.maximum(upper_tails(pools, choices, bounds[inner]), tails[inner])
    return tails


def _parts(residuals: Residuals, terms: Integers) -> tuple[Integers, Integers]:
    """Give the parts of each row's term, and the row of each."""
    sizes = np.diff(residuals.pointer)[terms]
    ends = np.cumsum(sizes)
    row = np.repeat(np.arange(len(terms)), sizes)
    return np.arange(len(row)) + (residuals.pointer[terms] - ends + sizes)[row], row
