"""Each article's uses of a term beyond those expected of its words, stratum by stratum."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.compare.dealt import LENGTH_CLASSES, Articles
from analysis.compare.draws import Choices, Pools, Values, ragged
from analysis.compare.estimate import log_ways
from analysis.compare.holders import Draw
from analysis.compare.moments import LEAST_COMPILED_ENTRIES, Floats, Integers, sum_by

FINE = 0.15  # share of the residuals' spread due to lengths, below which two classes do
SMALL_STRATUM = 7  # articles; at most 35 ways to draw from it


class Residuals:
    """The residuals ``e = y - p n`` of some terms, p being the term's share in the stratum.

    A part is a term in a stratum that uses it; in all others every e is 0. `pointer` says where
    the parts of each term begin; the other arrays have a value a part.
    """

    def __init__(self, articles: Articles, terms: Integers) -> None:
        self.all = articles
        flat, _ = ragged(articles.matrix.indptr.astype(np.int64), terms)
        term = np.repeat(np.arange(len(terms)), np.diff(articles.matrix.indptr)[terms])
        self.article = articles.matrix.indices[flat].astype(np.int64)
        self.uses = articles.matrix.data[flat].astype(np.float64)
        n_strata = len(articles.sizes)
        key = term * n_strata + articles.strata[self.article]
        order = np.argsort(key, kind="stable") if n_strata > 1 else slice(None)
        self.article, self.uses, key = self.article[order], self.uses[order], key[order]
        self.lengths = articles.lengths[self.article]
        new = np.concatenate([[True], key[1:] != key[:-1]]) if len(key) else np.zeros(0, bool)
        self.part = np.cumsum(new) - 1
        self.entry_pointer = np.append(np.flatnonzero(new), len(key))
        self.stratum = key[new] % n_strata
        self.pointer = np.searchsorted(key[new] // n_strata, np.arange(len(terms) + 1))
        self.total = self._summed(self.uses)
        self.share = self.total / articles.words[self.stratum]
        self.holders = np.diff(self.entry_pointer).astype(np.float64)

    def _summed(self, values: Floats) -> Floats:
        return sum_by(self.part, values, len(self.stratum))

    @cached_property
    def held_words(self) -> Floats:
        """Words of the articles with the term."""
        return self._summed(self.lengths)

    @cached_property
    def others(self) -> tuple[Floats, Floats]:
        """Mean and variance of the lengths of the stratum's articles without the term."""
        n = np.maximum(self.all.sizes[self.stratum] - self.holders, 1)
        mean = (self.all.words[self.stratum] - self.held_words) / n
        squares = (self.all.words_squared[self.stratum] - self._summed(self.lengths**2)) / n
        return mean, np.maximum(squares - mean**2, 0)

    @cached_property
    def values(self) -> Values:
        """Residuals of each part.

        Articles of a part with the same uses and about the same length are taken together, at
        their mean length. The residuals are then stretched a little, to the exact sum of squares.
        """
        keys, number, words = self._cells
        n_parts = len(self.stratum)
        part, cell = np.divmod(keys, self._n_cells)
        uses = cell // LENGTH_CLASSES
        value = uses - self.share[part] * words / number
        squares = sum_by(part, number * value**2, n_parts)
        stretch = np.sqrt(self.squares / np.maximum(squares, 1e-300))
        stretch = np.where(stretch < 2, stretch, 1)  # what was merged cannot be stretched back
        pointer = np.searchsorted(part, np.arange(n_parts + 1))
        return Values(value * stretch[part], number, uses > 0, pointer)

    @property
    def _n_cells(self) -> int:
        return (int(self.uses.max(initial=0)) + 1) * LENGTH_CLASSES

    @property
    def _cells(self) -> tuple[Integers, Floats, Floats]:
        """Articles and words of each part's cells, which are numbers of uses by length classes."""
        spread = np.sqrt(self.squares / self.all.sizes[self.stratum])
        by_length = self.share * self.all.lengths.std()
        coarse = np.where(by_length < FINE * spread, LENGTH_CLASSES // 2, 1)
        classes = self.all.length_class[self.article] // coarse[self.part]
        lacking = self._without(classes, coarse)
        cell = self.uses.astype(np.int64) * LENGTH_CLASSES + classes
        if len(cell) < LEAST_COMPILED_ENTRIES:
            return self._sorted_cells(cell, *lacking)
        from analysis.compare.entry_kernels import sum_cells  # where numba pays

        found: tuple[Integers, Floats, Floats] = sum_cells(
            self.entry_pointer, cell, self.lengths, lacking, self._n_cells
        )
        return found

    def _sorted_cells(
        self, cell: Integers, articles: Floats, words: Floats
    ) -> tuple[Integers, Floats, Floats]:
        """Do what ``sum_cells`` does, by sorting."""
        keys = self.part * self._n_cells + cell
        order = np.argsort(keys)
        keys = keys[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        some = np.flatnonzero(articles.ravel() > 0)
        part, of_part = np.divmod(some, LENGTH_CLASSES)
        number = np.append(articles.ravel()[some], np.diff(first, append=len(keys)))
        words = words.ravel()[some]
        if len(first):
            words = np.append(words, np.add.reduceat(self.lengths[order], first))
        keys = np.append(part * self._n_cells + of_part, keys[first])
        order = np.argsort(keys)
        return keys[order], number[order], words[order]

    def _without(self, classes: Integers, coarse: Integers) -> tuple[Floats, Floats]:
        """Give the articles that lack the term, and their words; shapes (parts, length classes)."""
        n_classes = len(self.stratum) * LENGTH_CLASSES
        held = self.part * LENGTH_CLASSES + classes
        every = np.arange(LENGTH_CLASSES) // coarse[:, None]
        every += np.arange(len(self.stratum))[:, None] * LENGTH_CLASSES
        articles, words = (
            sum_by(every.ravel(), of_class[self.stratum].ravel(), n_classes)
            - sum_by(held, of_held, n_classes)
            for of_class, of_held in zip(self.all.of_class, (None, self.lengths), strict=True)
        )
        return articles.reshape(-1, LENGTH_CLASSES), words.reshape(-1, LENGTH_CLASSES)

    @cached_property
    def merged(self) -> NDArray[np.bool_]:
        """Terms whose residuals differ only by lengths that a pool does not tell apart."""
        squares = self.values.sums[2].sum(axis=0)
        lost = (squares < self.squares / 2) & (self.all.sizes[self.stratum] > SMALL_STRATUM)
        return np.logical_or.reduceat(lost, self.pointer[:-1])

    @cached_property
    def width(self) -> Integers:
        """Values that the parts of each term have as pools."""
        width: Integers = np.diff(self.values.pointer[self.pointer])
        return width

    @cached_property
    def squares(self) -> Floats:
        """Sum of the squared residuals of each part."""
        product, square = self._summed(self.uses * self.lengths), self._summed(self.uses**2)
        own = self.all.words_squared[self.stratum] * self.share**2
        squares: Floats = np.maximum(square - 2 * self.share * product + own, 0)
        return squares

    def pools(self, parts: Integers, draw: Draw, row: Integers) -> Pools:
        """Give `parts` as pools from which is drawn."""
        odds = special.logit(np.stack([draw.with_term, draw.without]))
        articles = self.all.sizes[self.stratum[parts]].astype(np.float64)
        return Pools(self.values, parts, odds, articles, draw.size, row)

    def choices(self, parts: Integers, drawn: Floats, row: Integers) -> Choices:
        """Give `parts`, of at most `SMALL_STRATUM` articles, with every sum of a draw."""
        if not len(parts):
            nothing = np.zeros(0, dtype=np.int64)
            return Choices(np.zeros(0), np.zeros(1, dtype=np.int64), nothing)
        dense = self._dense[parts]
        size = self.all.sizes[self.stratum[parts]]
        values, sizes, rows = [], [], []
        for m, k in sorted(set(zip(size.tolist(), drawn.astype(int).tolist(), strict=True))):
            same = np.flatnonzero((size == m) & (drawn == k))
            sums = dense[same, :m] @ subsets(m, k).T
            values.append(sums.ravel())
            sizes.append(np.full(len(same), sums.shape[1]))
            rows.append(row[same])
        pointer = np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
        return Choices(np.concatenate(values), pointer, np.concatenate(rows))

    @cached_property
    def _dense(self) -> Floats:
        """Residuals of each part by place in the stratum; parts of large strata are nonsense."""
        small = self.all.sizes[self.all.strata] <= SMALL_STRATUM
        lengths = np.zeros((len(self.all.sizes), SMALL_STRATUM))
        lengths[self.all.strata[small], self.all.place[small]] = self.all.lengths[small]
        dense: Floats = -self.share[:, None] * lengths[self.stratum]
        kept = small[self.article]
        dense[self.part[kept], self.all.place[self.article[kept]]] += self.uses[kept]
        return dense

    def highest(self, parts: Integers, draw: Draw) -> tuple[Floats, Floats, Floats, Floats]:
        """Describe the draws that hold every use of a part.

        Returns
        -------
        tuple
            Log-probability of such a draw; mean and variance of its sum, which still varies with
            the lengths of the drawn articles that lack the term; and by how much the mean falls
            if the article with the lowest residual is left out.
        """
        m, d = self.all.sizes[self.stratum[parts]], self.holders[parts]
        mean_length, variance = (values[parts] for values in self.others)
        more, n = draw.size - d, np.maximum(m - d, 1)
        share = self.share[parts]
        mean = self.total[parts] - share * (self.held_words[parts] + more * mean_length)
        spread = np.maximum(more * (n - more) / np.maximum(n - 1, 1), 0) * variance
        fall = self.lowest[parts] + share * mean_length
        log_p = log_ways(m - d, more) - log_ways(m, draw.size)
        log_p += d * np.log(draw.with_term * m / draw.size)
        return log_p, mean, share**2 * spread, fall

    @cached_property
    def lowest(self) -> Floats:
        """The lowest residual among the articles with the term."""
        e = self.uses - self.share[self.part] * self.lengths
        lowest: Floats = np.minimum.reduceat(e, self.entry_pointer[:-1])
        return lowest


def subsets(m: int, k: int) -> Floats:
    """Every way to choose k of m, one a row of 0 and 1."""
    ways = list(combinations(range(m), k))
    chosen = np.zeros((len(ways), m))
    for row, way in enumerate(ways):
        chosen[row, list(way)] = 1
    return chosen
