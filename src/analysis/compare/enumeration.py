"""The permutation distribution deal by deal, where few articles hold a term or are compared."""

from __future__ import annotations

import numpy as np
from scipy import special

from analysis.compare.estimate import log_ways
from analysis.compare.moments import Floats, Integers
from analysis.compare.residuals import Articles, Residuals, subsets

FEW_ARTICLES = 12  # at most 924 deals into two sides
MOST_HOLDERS = 8  # 2 ** 8 ways in which the articles that hold a term fall on a side


def enumerated_p(residuals: Residuals, terms: Integers, drawn: Floats, u: Floats) -> Floats:
    """P(|U*| >= u) for terms of one stratum with at most `MOST_HOLDERS` articles.

    Every way in which the D articles with the term fall among the drawn k of m has the weight
    C(m - D, k - k') / C(m, k), k' being those drawn. The other k - k' articles add their lengths
    only, taken as normal with the mean and variance of a draw without replacement.

    Parameters
    ----------
    residuals
        Of articles in a single stratum.
    terms, drawn, u
        Shape (rows,): a term of `residuals`, the articles drawn, the bound, above 0.
    """
    p = np.zeros(len(terms))
    holders, m = residuals.holders[terms].astype(np.int64), len(residuals.all.lengths)
    mean, variance = residuals.others
    for d in np.unique(holders):
        rows = np.flatnonzero(holders == d)
        bits = (np.arange(2**d)[:, None] >> np.arange(d)) & 1
        term, k, bound = terms[rows], drawn[rows][:, None], u[rows][:, None]
        entries = residuals.entry_pointer[term][:, None] + np.arange(d)
        share = residuals.share[term][:, None]
        lengths = residuals.all.lengths[residuals.article[entries]]
        others = k - np.arange(d + 1.0)  # drawn without the term, for k' = 0, 1, ... D
        moved = share * others * mean[term][:, None]
        spread = np.maximum(others * (m - d - others), 0) / max(m - d - 1, 1)
        width = share * np.sqrt(spread * variance[term][:, None]) + 1e-10 * bound
        log_weight = log_ways(np.full_like(others, m - d), others) - log_ways(m + 0 * k, k)
        weight = np.exp(log_weight)
        n_held = bits.sum(axis=1)
        sums = (residuals.uses[entries] - share * lengths) @ bits.T - moved[:, n_held]
        # The little added makes a sum that equals the bound count in full.
        chance = _outside(np.abs(sums), bound * (1 - 1e-9), width[:, n_held])
        p[rows] = (weight[:, n_held] * chance).sum(axis=1)
    return p


def every_deal_p(articles: Articles, k: int, u: Floats) -> Floats:
    """P(|U*| >= |u|) of every term, from all ways to draw `k` of at most `FEW_ARTICLES`.

    The articles are in one stratum; `u` has shape (terms,).
    """
    sums = np.abs(subsets(len(articles.lengths), k) @ _dense_residuals(articles, slice(None)))
    return _share_beyond(sums, u)


def single_article_p(articles: Articles, u: Floats) -> Floats:
    """P(|U*| >= |u|) where one side is a single article: the share of articles as far off as it.

    The articles are in one stratum; `u` has shape (comparisons, terms).
    """
    p = np.ones(u.shape)
    for start in range(0, u.shape[1], 256):
        terms = slice(start, start + 256)
        distance = np.abs(_dense_residuals(articles, terms))
        for row, of_terms in enumerate(u):
            p[row, terms] = _share_beyond(distance, of_terms[terms])
    return p


def _dense_residuals(articles: Articles, terms: slice) -> Floats:
    uses = articles.matrix[:, terms].toarray().astype(np.float64)
    shares = uses.sum(axis=0) / max(articles.lengths.sum(), 1)
    residuals: Floats = uses - np.outer(articles.lengths, shares)
    return residuals


def _share_beyond(sums: Floats, u: Floats) -> Floats:
    """Share of the rows of `sums` that are at least |u|, equal ones included."""
    slack = 1e-9 * np.maximum(sums.max(axis=0, initial=0), 1)  # of a use, the unit of u
    return np.asarray((sums >= np.abs(u) - slack).mean(axis=0))


def _outside(distance: Floats, bound: Floats, width: Floats) -> Floats:
    """P(|X| >= bound) of normal X with mean `distance` from 0 and standard deviation `width`."""
    gap = distance - bound
    chance = (gap > 0).astype(np.float64)
    near = np.abs(gap) < 6 * width
    gap, scale = gap[near], width[near]
    below = gap + 2 * np.broadcast_to(bound, near.shape)[near]
    chance[near] = special.ndtr(gap / scale) + special.ndtr(-below / scale)
    return chance
