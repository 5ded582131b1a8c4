"""The most that a term can show: its articles on the sides where they are."""

from __future__ import annotations

import numpy as np

from analysis.compare.enumeration import MOST_HOLDERS
from analysis.compare.estimate import Contrast, log_ways
from analysis.compare.moments import Floats, Moments, Table


def separation_p(sides: Contrast) -> Floats:
    """Mid-p of the deal in which one side has every article with the term, where it has; else 0.

    The least that the uses themselves can give: half the chance of that deal (Lancaster 1961),
    for U orders such deals further by the articles' lengths. Where one side's articles are far
    shorter than the other's, U is larger than deals of the lengths ever make it, and p would fall
    without end for a term of five articles.
    """
    p = np.zeros(len(sides.difference))
    for full, empty in ((sides.own, sides.other), (sides.other, sides.own)):
        held = full.holders.sum(axis=0)
        apart = np.flatnonzero((held > 0) & (empty.holders.sum(axis=0) == 0))
        p[apart] = _chance(full, empty, full.holders[:, apart]) / 2
    return p


def pattern_p(sides: Contrast) -> Floats:
    """Half the chance that the articles with a term fall on the sides where they are, else 0.

    Of terms that both sides hold, in at most `MOST_HOLDERS` articles. What is dealt holds this
    deal, so no p is smaller; at the end of what few articles of an event can give, no tail
    approximation is near.
    """
    p = np.zeros(len(sides.difference))
    own, other = sides.own.holders.sum(axis=0), sides.other.holders.sum(axis=0)
    few = np.flatnonzero((own > 0) & (other > 0) & (own + other <= MOST_HOLDERS))
    here, there = (as_array(side.holders[:, few]) for side in (sides.own, sides.other))
    m, k = (sides.own.articles + sides.other.articles)[:, None], sides.own.articles[:, None]
    ways = log_ways(m - here - there, k - here) - log_ways(m + 0 * k, k)
    p[few] = np.exp(ways.sum(axis=0)) / 2
    return p


def least_p(sides: Contrast) -> Floats:
    """Give the p that each term would have if all of its articles were on the rarer side.

    0 where a side has too few articles to hold them all.
    """
    held = sides.own.holders + sides.other.holders
    pairs = ((sides.own, sides.other), (sides.other, sides.own))
    return np.minimum(*(_chance(full, empty, held) for full, empty in pairs)) / 2


def as_array(table: Table) -> Floats:
    """Give a table of strata and terms as an array."""
    array: Floats = table.toarray() if hasattr(table, "toarray") else np.asarray(table)
    return array


def _chance(full: Moments, empty: Moments, held: Floats) -> Floats:
    """Chance that the holders of each stratum all fall on one side.

    Either by dealing articles, or by each falling there with the side's share of the words: the
    lesser of the two.
    """
    m, k = (full.articles + empty.articles)[:, None], full.articles[:, None]
    ways = log_ways(m - held, k - held) - log_ways(m + 0 * k, k)
    words = np.maximum(full.words, 1) / np.maximum(full.words + empty.words, 1)
    by_words = held * np.log(words)[:, None]
    return np.asarray(np.exp(np.minimum(ways.sum(axis=0), by_words.sum(axis=0))))
