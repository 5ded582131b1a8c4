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
    weights = weigh_articles(told, deals, as_shares(worth(here, there)))
    return divergence(*(sum_words(told.words, of_side) for of_side in weights))


def framing_without(told: Told, deals: Mask, fold: Integers) -> Floats:
    """Give the divergence of `framing` while one fold of events after the other is left out.

    Parameters
    ----------
    told, deals
        As for `framing`.
    fold
        Shape (articles,): 0, 1, ..., the same for all articles of an event.

    Returns
    -------
    numpy.ndarray
        Shape (folds, deals).
    """
    whole = worth(*counts_by_event(told, deals))
    weights = weigh_articles(told, deals, whole)
    sums = [sum_words(told.words, of_side) for of_side in weights]
    fold_of_event = np.zeros(whole.shape[1], np.int64)
    fold_of_event[told.events] = fold
    found = []
    for number in range(int(fold.max()) + 1):
        rows, left = fold == number, whole[:, fold_of_event != number].sum(axis=1, keepdims=True)
        words, sides = told.words[rows], []
        for every, of_side in zip(sums, weights, strict=True):
            # Only what the fold has added is reckoned anew.
            rest = every - sum_words(words, of_side[:, rows])
            sides.append(np.divide(rest, left, out=np.zeros_like(rest), where=left > 0))
        found.append(divergence(*sides))
    return np.array(found)


def worth(here: Floats, there: Floats) -> Floats:
    """Give what a comparison of the two sides' articles on each event is worth."""
    return np.divide(here * there, here + there, out=here * 0, where=here + there > 0)


def weigh_articles(told: Told, deals: Mask, weight: Floats) -> list[Floats]:
    """Share out the weight of each event among its articles of either side.

    Shapes (deals, articles), 0 for articles of the other side.
    """
    weights: list[Floats] = []
    for side, sizes in zip((deals, ~deals), counts_by_event(told, deals), strict=True):
        each = np.divide(weight, sizes, out=np.zeros_like(sizes), where=sizes > 0)
        weights.append(each[:, told.events] * side)
    return weights


def sum_words(words: sparse.csr_array[Any], weights: Floats) -> Floats:
    """Add up the articles' shares of words by their weights; shape (deals, terms)."""
    return np.asarray((words.T @ weights.T).T)


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
