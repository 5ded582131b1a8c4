"""The contrasts of a comparison and the rows of its result, a block of terms at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analysis.compare.estimate import Contrast, contrast
from analysis.compare.grouping import Grouping
from analysis.compare.moments import Integers, Moments
from analysis.text.counts import Counts

FEW_CELLS = 1 << 16  # of a group's table, up to which an array is faster than a sparse one
CELLS_AT_ONCE = 1 << 18  # comparisons times terms in one block
# Of the counts in one block, where strata are so many that each holds a small part of the terms:
# their moments then take eight numbers for each entry, and less than they would as arrays.
ENTRIES_AT_ONCE = 1 << 19
SPARSE = 8  # cells of the strata's table for each entry
Sides = tuple[int, int | None]  # a group, and another one or all others


@dataclass(frozen=True, eq=False)
class Contrasts:
    """Gives contrasts of groups, each made when it is asked for.

    A contrast takes the memory of a dozen columns of the result, and the groups' moments are
    sparse, for most groups lack most terms; so only these are kept.
    """

    groups: list[Moments]
    total: Moments

    @classmethod
    def of(cls, counts: Counts, grouping: Grouping) -> Contrasts:
        """Sum the articles of each group inside its strata."""
        n, n_groups = grouping.n_strata, len(grouping.names)
        moments = Moments.of(counts, grouping.cells, n_groups * n)
        groups = [_ready(moments[start * n : (start + 1) * n]) for start in range(n_groups)]
        return cls(groups, _ready(Moments.of(counts, grouping.strata, n)))

    def __getitem__(self, sides: Sides) -> Contrast:
        """Contrast two sides in the strata that hold articles of both."""
        one, other = sides
        own, others = self.groups[one], self.total if other is None else self.groups[other]
        of_others = others.articles - own.articles if other is None else others.articles
        both = np.flatnonzero((own.articles > 0) & (of_others > 0))
        own, others = own[both], others[both]  # most strata hold few of the groups
        return contrast(own, others - own if other is None else others)


def _ready(moments: Moments) -> Moments:
    """Give moments for reckoning: small ones, or those of a single stratum, as faster arrays."""
    small = np.prod(moments.uses.shape) <= FEW_CELLS
    return moments.dense() if small or len(moments.articles) == 1 else moments


class Rows:
    """Where in the result the rows of each comparison stand, term after term.

    Two groups are compared in the terms that either uses, a group and all others in all terms.
    """

    def __init__(self, counts: Counts, grouping: Grouping, pairs: list[Sides]) -> None:
        self.pairs = pairs
        self.terms = counts.terms
        self.n_strata, self.n_entries = grouping.n_strata, counts.matrix.nnz
        self.against_rest = pairs[0][1] is None
        shape = (len(grouping.names), len(grouping.codes))
        articles = np.arange(shape[1])
        member = sparse.csr_array((np.ones(shape[1], bool), (grouping.codes, articles)), shape)
        matrix = counts.matrix
        used = sparse.csr_array((matrix.data > 0, matrix.indices, matrix.indptr), matrix.shape)
        self._used = None if self.against_rest else (member @ used).toarray()
        self.ends = np.cumsum([len(self._terms(number)) for number in range(len(pairs))])

    def _terms(self, number: int) -> Integers:
        one, other = self.pairs[number]
        if self._used is None or other is None:
            return np.arange(len(self.terms))
        return np.flatnonzero(self._used[one] | self._used[other])

    def terms_in(self, number: int, block: slice) -> Integers:
        """Give the terms of a comparison in a block, by their places in it."""
        terms = self._terms(number)
        places: Integers = terms[_within(terms, block)] - block.start
        return places

    def at(self, number: int, block: slice) -> slice:
        """Give the rows of a comparison for the terms of a block."""
        terms = self._terms(number)
        start, inside = int(self.ends[number]) - len(terms), _within(terms, block)
        return slice(start + inside.start, start + inside.stop)

    def blocks(self, n_comparisons: int) -> Iterator[slice]:
        """Cut the terms into blocks that so many comparisons can be made in at once."""
        size = max(1, CELLS_AT_ONCE // n_comparisons)
        if self.n_strata * len(self.terms) > SPARSE * self.n_entries > 0:
            of_entries = len(self.terms) * ENTRIES_AT_ONCE // self.n_entries
            # A smaller block would be reckoned in arrays, which round in another way.
            size = min(size, max(of_entries, FEW_CELLS // self.n_strata + 1))
        for start in range(0, len(self.terms), size):
            yield slice(start, min(start + size, len(self.terms)))


def _within(terms: Integers, block: slice) -> slice:
    first, last = np.searchsorted(terms, [block.start, block.stop]).tolist()
    return slice(first, last)


def sharing_articles(grouping: Grouping, pairs: list[Sides]) -> list[list[int]]:
    """Put together the comparisons, by number, that are made among the same articles."""
    together: dict[bytes, list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        together[np.sort(np.concatenate(grouping.sides(*pair))).tobytes()].append(number)
    return list(together.values())
