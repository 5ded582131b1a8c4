"""The p-value of dealing the articles of a comparison anew, computed instead of drawn."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.compare.dealt import Articles
from analysis.compare.draws import Choices, Pools, best_choice
from analysis.compare.enumeration import (
    FEW_ARTICLES,
    MOST_HOLDERS,
    enumerated_p,
    every_deal_p,
    single_article_p,
)
from analysis.compare.holders import Draw, draw_of, length_ratio
from analysis.compare.moments import Floats, Integers, sum_by
from analysis.compare.residuals import SMALL_STRATUM, Residuals
from analysis.compare.saddlepoint import mean_and_variance, upper_tails

NARROW = 0.25  # of the distance to the next draws: a group of draws this narrow stands apart
NORMAL_BELOW = 1.0  # |z| up to which the normal p, above .31, is near enough
SMALLEST = float(np.finfo(float).tiny)
MOST_VALUES = 1 << 16  # that one round of Newton's steps holds, so that they stay in the cache


def permutation_p(
    articles: Articles, own: Floats, own_words: Floats, u: Floats, z: Floats, variance: Floats
) -> Floats:
    """P(|U* - E U*| >= |U|) when the articles' sides are dealt anew inside each stratum.

    Each article has the chance of `draw_of`: if the sides' articles are equally long, all deals
    are equally likely, and E U* is 0. U is 0 on average if the rates are equal.

    Parameters
    ----------
    articles
        The articles of both sides.
    own, own_words
        Shape (comparisons, strata): articles of the first side in each stratum, and their words.
    u, z, variance
        Shape (comparisons, terms): U, U in standard deviations, and the least variance of U*
        (`Contrast.at_equal_rates`).

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
    rows = _Rows(articles, own, own_words, *at, u[at], variance[at])
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
    variance: Floats

    def take(self, rows: NDArray[Any]) -> _Rows:
        kept = self.comparison[rows], self.term[rows], self.u[rows], self.variance[rows]
        return _Rows(self.articles, self.own, self.own_words, *kept)

    @cached_property
    def ratio(self) -> Floats:
        """Mean length of the drawn articles of each comparison in that of the others.

        Inside several strata it is taken for 1, every deal for equally likely.
        """
        if len(self.articles.sizes) > 1:
            return np.ones(len(self.own))
        articles = self.articles.sizes.astype(np.float64)
        return length_ratio(self.own, self.own_words, articles, self.articles.words)

    def numbered(self) -> tuple[Integers, Integers]:
        """Different terms, and the place of each row's term among them."""
        needed = np.zeros(self.articles.matrix.shape[1], dtype=bool)
        needed[self.term] = True
        return np.flatnonzero(needed), (np.cumsum(needed) - 1)[self.term]


def _few_holders(rows: _Rows) -> Floats:
    terms, place = rows.numbered()
    residuals = Residuals(rows.articles, terms)
    draw = draw_of(
        residuals.holders[place],
        rows.articles.sizes[0],
        rows.own[rows.comparison, 0],
        rows.ratio[rows.comparison],
    )
    uses = np.rint(rows.u + residuals.share[place] * rows.own_words[rows.comparison, 0])

    def p_of(some: Integers) -> Floats:
        return enumerated_p(residuals, place[some], draw[some], uses[some])

    return _in_portions(p_of, 2 ** residuals.holders[place])


def _many_holders(rows: _Rows) -> Floats:
    terms, place = rows.numbered()
    residuals = Residuals(rows.articles, terms)
    usable = np.flatnonzero(~residuals.merged[place])

    def p_of(some: Integers) -> Floats:
        some = usable[some]
        part, row = _parts(residuals, place[some])
        of_row, stratum = rows.comparison[some][row], residuals.stratum[part]
        size, ratio = rows.own[of_row, stratum], rows.ratio[of_row]
        draw = draw_of(residuals.holders[part], rows.articles.sizes[stratum], size, ratio)
        sums = _Sums.of(residuals, part, row, draw)
        return _tails(sums, rows.u[some], rows.variance[some])

    p = np.full(len(place), np.nan)
    if len(rows.articles.sizes) == 1:  # each row is one pool of values that are not copied
        p[usable] = p_of(np.arange(len(usable)))
    else:
        p[usable] = _in_portions(p_of, residuals.width[place[usable]])
    return p


def _in_portions(p_of: Callable[[Integers], Floats], widths: NDArray[Any]) -> Floats:
    """Compute rows in portions that fit the cache, on all processors; `widths` are their values."""
    if not len(widths):
        return np.zeros(0)
    portions = np.array_split(np.arange(len(widths)), int(widths.sum()) // MOST_VALUES + 1)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return np.concatenate(list(threads.map(p_of, portions)))


@dataclass(frozen=True, eq=False)
class _Sums:
    """Sums of drawn residuals: of the `part` of large strata, as pools, and of small ones."""

    residuals: Residuals
    part: Integers
    draw: Draw
    pools: Pools
    choices: Choices

    @classmethod
    def of(cls, residuals: Residuals, part: Integers, row: Integers, draw: Draw) -> _Sums:
        """Draw from the parts, of which each adds to the sum of a `row`."""
        small = residuals.all.sizes[residuals.stratum[part]] <= SMALL_STRATUM
        choices = residuals.choices(part[small], draw.size[small], row[small])
        part, draw = part[~small], draw[~small]
        return cls(residuals, part, draw, residuals.pools(part, draw, row[~small]), choices)

    def opposite(self) -> _Sums:
        """Give the sums of the articles that are left, which are these with their signs turned."""
        draw = self.draw.rest(self.pools.articles)
        sums = self.pools.opposite(), self.choices.opposite()
        return _Sums(self.residuals, self.part, draw, *sums)


def _tails(sums: _Sums, u: Floats, variance: Floats) -> Floats:
    """P(|sum - its mean| >= |U|) of each row, where a sum has at least the `variance`."""
    mean, spread = mean_and_variance(sums.pools, sums.choices, len(u))
    distance = np.abs(u) / np.sqrt(np.maximum(variance / spread, 1))
    upper = _upper_tails(sums, distance + mean)
    return upper + _upper_tails(sums.opposite(), distance - mean)


def _upper_tails(sums: _Sums, bounds: Floats) -> Floats:
    """P(sum >= bound) of each row: by saddlepoint, and by counting at the upper end."""
    n_rows, pools, choices = len(bounds), sums.pools, sums.choices
    log_p, mean, variance, fall = sums.residuals.highest(sums.part, sums.draw)
    best, ways, fall_of_choice = best_choice(choices)
    log_top = sum_by(pools.row, log_p, n_rows) + sum_by(choices.row, ways, n_rows)
    top = sum_by(pools.row, mean, n_rows) + sum_by(choices.row, best, n_rows)
    slack = 1e-9 * np.abs(bounds)
    width = np.sqrt(sum_by(pools.row, variance, n_rows)) + slack / 10
    gap = np.full(n_rows, np.inf)
    np.minimum.at(gap, pools.row, fall)
    np.minimum.at(gap, choices.row, fall_of_choice)
    # Draws with every use stand apart from the next ones, and the bound is among them or beyond.
    at_end = (bounds > top - 2 * width - slack) & (width < NARROW * gap) & np.isfinite(log_top)
    tails = np.exp(log_top) * special.ndtr((top + slack - bounds) / width)
    inner = np.flatnonzero(~at_end)
    if len(inner):
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
