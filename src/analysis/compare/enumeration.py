"""The permutation distribution deal by deal, where few articles hold a term or are compared."""

from __future__ import annotations

import numpy as np
from scipy import special

from analysis.compare.dealt import Articles
from analysis.compare.estimate import log_ways
from analysis.compare.holders import Draw
from analysis.compare.moments import Floats, Integers
from analysis.compare.residuals import Residuals, subsets

FEW_ARTICLES = 12  # at most 924 deals into two sides
MOST_HOLDERS = 8  # 2 ** 8 ways in which the articles that hold a term fall on a side
TIED = 1e-9  # of a use


def enumerated_p(residuals: Residuals, terms: Integers, draw: Draw, uses: Floats) -> Floats:
    """Mid-p of a side's uses, for terms of one stratum with at most `MOST_HOLDERS` articles.

    Every way in which the D articles with the term fall among the drawn k of m has a weight in
    proportion to C(m - D, k - k') odds ** k', k' being those drawn (Fisher's noncentral
    hypergeometric distribution), where the odds are those of `draw`.
    Of the ways with just as many uses half is counted (Lancaster 1961).

    Parameters
    ----------
    residuals
        Of articles in a single stratum.
    terms, uses
        Shape (rows,): a term of `residuals`, and the uses in the articles drawn.
    draw
        Of each row.
    """
    p = np.zeros(len(terms))
    log_odds = special.logit(draw.with_term) - special.logit(draw.without)
    holders, m = residuals.holders[terms].astype(np.int64), len(residuals.all.lengths)
    for d in np.unique(holders):
        rows = np.flatnonzero(holders == d)
        bits = (np.arange(2**d)[:, None] >> np.arange(d)) & 1
        entries = residuals.entry_pointer[terms[rows]][:, None] + np.arange(d)
        k, held = draw.size[rows][:, None], np.arange(d + 1.0)
        ways = log_ways(m - d + 0 * (k - held), k - held) + held * log_odds[rows][:, None]
        weight = np.exp(ways - ways.max(axis=1, keepdims=True))[:, bits.sum(axis=1)]
        weight /= weight.sum(axis=1, keepdims=True)
        sums = residuals.uses[entries] @ bits.T
        mean = (weight * sums).sum(axis=1, keepdims=True)
        beyond = np.abs(sums - mean) - np.abs(uses[rows][:, None] - mean)
        p[rows] = (weight * (np.sign(np.where(np.abs(beyond) < TIED, 0, beyond)) + 1)).sum(axis=1)
    return p / 2


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
