"""From a stream of term ids to a matrix of n-gram counts.

An n-gram's place among the terms needs no string: a space sorts before every word character, so
that the order of the strings is the order of their tuples of term ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.text import ngram_arrays
from analysis.text.by_term import take_for
from analysis.text.on_disk import Arrays, kept_on_disk
from analysis.text.stacked_rows import StackedRows
from analysis.text.threads import equal_shares, in_threads, n_threads

Array = NDArray[Any]

# About the tokens of `scan.LEAST_COMPILED_BYTES` of English: see there.
LEAST_COMPILED_TOKENS = 80_000
TOKENS_AT_ONCE = 1 << 21  # whose columns stand in memory, on each core


class Level(NamedTuple):
    """The n-grams of one length; those in too few articles may be left out."""

    codes: Array  # int32 per token: number of the n-gram that begins there, or -1
    grams: Array  # int32, shape (n-grams, length): term ids, in any order
    n_articles: Array  # int32 per n-gram: articles that hold it


class Limits(NamedTuple):
    """Which n-grams become columns."""

    shortest: int
    longest: int
    least: int  # articles
    most: float  # articles
    stop: Array  # bool per term: no n-gram begins or ends with it

    def keep(self, level: Level) -> Array:
        """Mark the n-grams of a level that become columns."""
        in_limits = (level.n_articles >= self.least) & (level.n_articles <= self.most)
        at_edge = self.stop[level.grams[:, 0]] | self.stop[level.grams[:, -1]]
        kept: Array = in_limits & ~at_edge
        return kept


def count_ngrams(
    ids: Array, pointer: Array, limits: Limits
) -> tuple[sparse.csr_matrix[Any], Array]:
    """Count the n-grams of each article.

    Parameters
    ----------
    ids
        int32 per token: its term, or -1 where nothing is counted and no n-gram passes.
    pointer
        int64: where the tokens of each article begin, and the end of the last one.
    limits
        Which n-grams become columns; its ``stop`` has an item per term.

    Returns
    -------
    matrix : scipy.sparse.csr_matrix
        int32, shape (articles, n-grams), indices sorted.
    grams : numpy.ndarray
        int32, shape (n-grams, longest): term ids of each column, -1 behind a shorter n-gram.
    """
    if limits.longest == 2 and len(ids) >= LEAST_COMPILED_TOKENS:
        return count_terms_and_pairs(ids, pointer, limits)
    stream = Stream(ids, pointer)
    levels = list(islice(each_level(stream, limits), limits.shortest - 1, None))
    kept = [limits.keep(level) for level in levels]
    pairs = list(zip(levels, kept, strict=True))
    grams = np.concatenate([padded(level.grams[keep], limits.longest) for level, keep in pairs])
    order = sorted_order(grams, len(limits.stop))
    column = np.empty(len(order), dtype=np.int32)
    column[order] = np.arange(len(order), dtype=np.int32)
    column_of = []  # for each level, with a last item for the code -1
    for keep in kept:
        places = np.full(len(keep) + 1, -1, dtype=np.int32)
        places[:-1][keep], column = column[: keep.sum()], column[keep.sum() :]
        column_of.append(places)

    def block(bounds: tuple[int, int]) -> Arrays:
        shares = [stream.share(level.codes, bounds) for level in levels]
        begins = shares[0][1]
        columns = np.empty((len(levels), begins[-1]), dtype=np.int32)
        for places, (codes, _), row in zip(column_of, shares, columns, strict=True):
            take_for(places, codes, row)
        starts, indices, counts = stream.counting.count_rows(columns, begins, len(order))
        return np.diff(starts), indices, counts

    return stacked(block, stream.blocks, (len(pointer) - 1, len(order))), grams[order]


def stacked(
    block: Callable[[tuple[int, int]], Arrays],
    blocks: Sequence[tuple[int, int]],
    shape: tuple[int, int],
) -> sparse.csr_matrix[Any]:
    """Put the rows of blocks below each other, of which as many stand in memory as are cores."""
    groups = (blocks[first : first + n_threads()] for first in range(0, len(blocks), n_threads()))
    with kept_on_disk(list(chain(*in_threads(block, group))) for group in groups) as kept:
        parts = [arrays[first : first + 3] for arrays in kept for first in range(0, len(arrays), 3)]
        rows = StackedRows(shape, sum(len(values) for _, _, values in parts), np.int32)
        for part in parts:
            rows.add(*part)
    return sparse.csr_matrix(rows.matrix())


def count_terms_and_pairs(
    ids: Array, pointer: Array, limits: Limits
) -> tuple[sparse.csr_matrix[Any], Array]:
    """Count pairs, and single terms if the shortest n-gram is one; see `count_ngrams`."""
    from analysis.text import pair_kernels  # numba is imported only where it pays

    n_terms = len(limits.stop)
    n_articles = Stream(ids, pointer).n_articles(ids, n_terms)
    terms = np.flatnonzero(n_articles >= limits.least).astype(np.int32)
    single = limits.keep(Level(ids, terms[:, np.newaxis], n_articles[terms]))
    wanted = pair_kernels.Wanted(
        limits.least,
        limits.most,
        single & (limits.shortest == 1),
        np.append(~limits.stop[terms], False),
    )
    number = np.full(n_terms + 1, len(terms), dtype=np.uint32)
    number[terms] = np.arange(len(terms), dtype=np.uint32)
    matrix, pairs = pair_kernels.count_pairs(ids, pointer, number, wanted)
    grams = np.where(pairs < 0, np.int32(-1), np.take(terms, pairs, mode="wrap"))
    return matrix, grams


def sorted_order(grams: Array, n_terms: int) -> Array:
    """Give the order of distinct n-grams; as single numbers where 64 bits hold them."""
    base = n_terms + 1
    if base ** grams.shape[1] >= 1 << 63:
        return np.lexsort(grams.T[::-1])
    keys = np.zeros(len(grams), dtype=np.int64)
    for ids in grams.T:
        keys = keys * base + (ids + 1)
    return np.argsort(keys)


class Stream:
    """The term ids of all articles, and the shares of the articles that are counted at once.

    `blocks` are smaller shares, of which only some columns stand in memory.
    """

    def __init__(self, ids: Array, pointer: Array) -> None:
        self.ids, self.pointer = ids, pointer
        self.counting = counting_for(len(ids))
        n_shares = n_threads() if len(ids) >= LEAST_COMPILED_TOKENS else 1
        self.shares = equal_shares(pointer, n_shares) or [(0, len(pointer) - 1)]
        n_blocks = max(n_shares, len(ids) // TOKENS_AT_ONCE)
        self.blocks = equal_shares(pointer, n_blocks) or self.shares

    def share(self, codes: Array, bounds: tuple[int, int]) -> tuple[Array, Array]:
        """Give the codes of a share of the articles, and where those of each article begin."""
        first, last = bounds
        begins = self.pointer[first : last + 1]
        return codes[begins[0] : begins[-1]], begins - begins[0]

    def n_articles(self, codes: Array, n_codes: int) -> Array:
        """Count the articles that hold each code."""
        parts = in_threads(
            lambda bounds: self.counting.count_articles(*self.share(codes, bounds), n_codes),
            self.shares,
        )
        total: Array = np.stack(parts).sum(axis=0, dtype=np.int32)
        return total


def counting_for(n_tokens: int) -> ModuleType:
    """Give the compiled functions for a large corpus and those in numpy for a small one."""
    if n_tokens < LEAST_COMPILED_TOKENS:
        return ngram_arrays
    from analysis.text import ngram_kernels  # numba is imported only where it pays

    return ngram_kernels


def each_level(stream: Stream, limits: Limits) -> Iterator[Level]:
    """Give single terms, then pairs, and so on up to the longest.

    An n-gram in so many articles is made of an n-gram one shorter and a term in as many, so that
    rare ones are dropped before they are joined.
    """
    n_terms = len(limits.stop)
    n_articles = stream.n_articles(stream.ids, n_terms)
    yield Level(stream.ids, np.arange(n_terms, dtype=np.int32)[:, np.newaxis], n_articles)
    if limits.longest > 1:
        number, terms = common_terms(n_articles, limits)
        common = take_for(number, stream.ids)
        yield from longer_levels(common, stream.pointer, terms, limits, stream.counting)


def common_terms(n_articles: Array, limits: Limits) -> tuple[Array, Array]:
    """Give each term its number among the common ones, or -1, as for the id -1; and these."""
    terms = np.flatnonzero(n_articles >= limits.least).astype(np.int32)
    number = np.full(len(n_articles) + 1, -1, dtype=np.int32)  # the last item is for the id -1
    number[terms] = np.arange(len(terms), dtype=np.int32)
    return number, terms


def longer_levels(
    common: Array, pointer: Array, terms: Array, limits: Limits, counting: ModuleType
) -> Iterator[Level]:
    """Give pairs, and so on up to the longest, of tokens that are known as common terms."""
    codes, grams = common, terms[:, np.newaxis]
    for length in range(2, limits.longest + 1):
        codes, pairs, n_articles = counting.number_pairs(
            codes, common, length - 1, pointer, (len(grams), len(terms)), limits.least
        )
        grams = np.concatenate([grams[pairs[:, 0]], terms[pairs[:, 1:]]], axis=1)
        yield Level(codes, grams, n_articles)


def padded(grams: Array, length: int) -> Array:
    """Fill n-grams up to `length` terms with -1."""
    missing = ((0, 0), (0, length - grams.shape[1]))
    return np.pad(grams, missing, constant_values=-1)
