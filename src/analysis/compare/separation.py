"""The most that a term can show: all of its articles on one side."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from analysis.compare.enumeration import MOST_HOLDERS
from analysis.compare.estimate import Contrast, log_ways
from analysis.compare.holders import draw_of, length_ratio
from analysis.compare.moments import Floats, Moments, Table, sum_by

MANY = 1 << 20  # more than there can be articles with a term of few articles


def separation_p(sides: Contrast) -> Floats:
    """Mid-p of the deal in which one side has every article with the term, where it has; else 0.

    The least that the uses themselves can give: half the chance of that deal (Lancaster 1961),
    for U orders such deals further by the articles' lengths.
    """
    p = np.zeros(len(sides.difference))
    for full, empty in ((sides.own, sides.other), (sides.other, sides.own)):
        held = full.holders.sum(axis=0)
        apart = np.flatnonzero((held > 0) & (empty.holders.sum(axis=0) == 0))
        p[apart] = _chance(full, empty, full.holders[:, apart]) / 2
    return p


def pattern_p(sides: Contrast) -> Floats:
    """Half the chance that the articles with a term fall on the sides where they are, else 0.

    Of terms that both sides hold, in at most `MOST_HOLDERS` articles, all articles being alike.
    What is dealt holds this deal, so no p is smaller; at the end of what the few articles of an
    event can give, no approximation of a tail is near. In a single stratum there is none: where so
    few hold a term, every way in which they fall is counted, with the articles' lengths.
    """
    p = np.zeros(len(sides.difference))
    if len(sides.own.articles) == 1:
        return p
    own, other = sides.own.holders.sum(axis=0), sides.other.holders.sum(axis=0)
    few = np.flatnonzero((own > 0) & (other > 0) & (own + other <= MOST_HOLDERS))
    # Both in one number, for most strata hold none of a term's articles.
    held = sides.own.holders[:, few] + MANY * sides.other.holders[:, few]
    held = sparse.coo_array(held)
    stratum, term = held.coords
    there, here = np.divmod(held.data, MANY)
    m, k = (sides.own.articles + sides.other.articles)[stratum], sides.own.articles[stratum]
    ways = log_ways(m - here - there, k - here) - log_ways(m, k)
    p[few] = np.exp(sum_by(term, ways, len(few))) / 2
    return p


def least_p(sides: Contrast) -> Floats:
    """Give the p that each term would have if all of its articles were on the rarer side.

    0 where a side has too few articles to hold them all.
    """
    held = sides.own.holders + sides.other.holders
    pairs = ((sides.own, sides.other), (sides.other, sides.own))
    return np.minimum(*(_chance(full, empty, held) for full, empty in pairs)) / 2


def _chance(full: Moments, empty: Moments, held: Table) -> Floats:
    """Chance that the holders of each stratum all fall on one side."""
    held = sparse.coo_array(held)
    stratum, d = held.coords[0], held.data
    m, k = full.articles + empty.articles, full.articles
    ratio = length_ratio(k, full.words, m, full.words + empty.words)
    all_ways = log_ways(m, k)[stratum]
    m, k = m[stratum], k[stratum]
    ways = log_ways(m - d, k - d) - all_ways
    ways += d * np.log(draw_of(d, m, k, ratio).with_term * m / k)
    return np.exp(np.minimum(sum_by(held.coords[1], ways, held.shape[1]), 0))
