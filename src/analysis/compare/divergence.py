"""How far apart two groups are in what they cover and in the words they cover it with, in bits.

Both are Jensen-Shannon divergences: the information that one event, or one word, carries about
which of the two groups an article is from, if both are equally likely: from 0, nothing, to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.compare.moments import Floats, Integers

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Told:
    """Articles of two groups.

    Attributes
    ----------
    own
        Shape (articles,): whether each is of the first group.
    events
        Shape (articles,): 0, 1, ..., the event of each, or its topic.
    words
        Shape (articles, terms): each term's share of each article; rows sum to 1.
    """

    own: Mask
    events: Integers
    words: sparse.csr_array[Any]

    def take(self, rows: Mask) -> Told:
        """Keep some articles."""
        return Told(self.own[rows], self.events[rows], self.words[rows])


def selection(told: Told, deals: Mask) -> Floats:
    """Give the divergence of what the two groups cover, for each deal of the articles' sides.

    Parameters
    ----------
    told
        The articles; their own sides are not looked at.
    deals
        Shape (deals, articles): which articles are of the first group.
    """
    here, there = counts_by_event(told, deals)
    return divergence(as_shares(here), as_shares(there))


def framing(told: Told, deals: Mask) -> Floats:
    """Give the divergence of the words of the two groups, over the same mix of events.

    An event weighs as much as a comparison of its articles is worth, n1 n2 / (n1 + n2) after Mantel
    and Haenszel (1959), the same in both groups; so what is covered cannot tell them apart.
    """
    here, there = counts_by_event(told, deals)
    weight = as_shares(np.divide(here * there, here + there, out=here * 0, where=here + there > 0))
    sides = []
    for side, sizes in ((deals, here), (~deals, there)):
        each = np.divide(weight, sizes, out=np.zeros_like(sizes), where=sizes > 0)
        sides.append(np.asarray((told.words.T @ (side * each[:, told.events]).T).T))
    return divergence(*sides)


def counts_by_event(told: Told, deals: Mask) -> tuple[Floats, Floats]:
    """Count the articles of both groups on each event; shapes (deals, events)."""
    n_articles = len(told.events)
    shape = (n_articles, int(told.events.max(initial=-1)) + 1)
    place = (np.arange(n_articles), told.events)
    on_event = sparse.coo_array((np.ones(n_articles), place), shape=shape).tocsr()
    here = np.asarray(deals.astype(np.float64) @ on_event)
    return here, np.bincount(told.events, minlength=shape[1]) - here


def as_shares(counts: Floats) -> Floats:
    """Divide each row by its sum."""
    total = counts.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    return shares


def divergence(one: Floats, other: Floats) -> Floats:
    """Give the Jensen-Shannon divergence of each two rows, in bits (Lin 1991, eq. 4.1)."""
    found: Floats = entropy((one + other) / 2) - (entropy(one) + entropy(other)) / 2
    return found


def entropy(shares: Floats) -> Floats:
    """Give the entropy of each row, in bits."""
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    found: Floats = -(shares * logs).sum(axis=1)
    return found


def deal_sides(own: Mask, strata: Integers, n_deals: int, seed: int) -> Mask:
    """Deal the sides anew inside each stratum; shape (deals, articles)."""
    random = np.random.default_rng(seed)
    places = np.argsort(strata, kind="stable")
    deals = np.empty((n_deals, len(own)), dtype=bool)
    for deal in deals:
        # One key, below 1 inside a stratum, is sorted several times as fast as two.
        deal[places] = own[np.argsort(strata + random.random(len(own)))]
    return deals
