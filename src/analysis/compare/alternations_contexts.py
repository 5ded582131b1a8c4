"""How alike the contexts are in which terms stand, and how often two stand together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.compare.alternations_terms import Terms
from analysis.text.on_disk import Growing, room_for
from analysis.text.portions import portions
from analysis.text.stop_words import stop_words
from analysis.text.tokens import Tokens

Array = NDArray[Any]

REACH = 2  # words on either side that are a term's contexts
AROUND = 8  # words on either side whose plain words are a term's surroundings
SMOOTHING = 0.75  # of the contexts' shares (Levy, Goldberg and Dagan 2015, section 3.1)
TOGETHER = 12  # words of a stretch in which two terms are named together
TERMS_AT_ONCE = 64  # whose contexts are weighed together
PLACES_AT_ONCE = 1 << 17  # whose neighbours are counted together
# The plain product takes about a second for so many, and numba takes as long to be there.
LEAST_COMPILED_PRODUCTS = 100_000_000


def similarities(tokens: Tokens, terms: Terms) -> Array:
    """Give the cosine of every two terms' contexts, 0 on the diagonal.

    The mean of two: of the words beside them, and of the plain words around them.
    """
    alike: Array = np.zeros((len(terms.grams), len(terms.grams)))
    for reach, sided in ((REACH, True), (AROUND, False)):
        alike += products(
            of_length_one(positive_information(neighbours(tokens, terms, reach, sided=sided)))
        )
    alike *= 0.5
    np.fill_diagonal(alike, 0)
    return alike


def of_length_one(vectors: sparse.csr_matrix[Any]) -> sparse.csr_matrix[Any]:
    """Scale each row to the length 1."""
    scaled = room_for(len(vectors.data), vectors.data.dtype)
    for rows, part in each_block(vectors):
        row = np.repeat(np.arange(len(rows)), np.diff(vectors.indptr)[rows])
        lengths = np.sqrt(np.bincount(row, vectors.data[part] ** 2, minlength=len(rows)))
        np.divide(vectors.data[part], lengths[row], out=scaled[part])
    return sparse.csr_matrix((scaled, vectors.indices, vectors.indptr), shape=vectors.shape)


def each_block(matrix: sparse.csr_matrix[Any]) -> Iterator[tuple[Array, slice]]:
    """Give some rows at a time, and where their entries are: of all, copies are large."""
    for first in range(0, matrix.shape[0], TERMS_AT_ONCE):
        rows = np.arange(first, min(first + TERMS_AT_ONCE, matrix.shape[0]))
        yield rows, slice(matrix.indptr[first], matrix.indptr[rows[-1] + 1])


def products(vectors: sparse.csr_matrix[Any]) -> Array:
    """Give the product of every two rows, in compiled code where there are many; see there."""
    n_products = (np.bincount(vectors.indices).astype(np.int64) ** 2).sum()
    if n_products < LEAST_COMPILED_PRODUCTS:
        found: Array = (vectors @ vectors.T).toarray()
        return found
    from analysis.compare.alternations_kernels import multiply_rows  # numba only where it pays

    return multiply_rows(vectors)


def neighbours(tokens: Tokens, terms: Terms, reach: int, *, sided: bool) -> sparse.csr_matrix[Any]:
    """Count the words up to `reach` before and behind each term; by distance if `sided`."""
    n_terms, n_sides = len(tokens.terms), 2 * reach
    stop = np.array([word in stop_words() for word in tokens.terms], dtype=bool)
    bounds = np.searchsorted(terms.term, np.arange(len(terms.grams) + 1))
    width = n_terms * (n_sides if sided else 1)
    kind = sparse.get_index_dtype(maxval=width)
    indices, counts, held = Growing(kind), Growing(np.float64), [0]
    for first, last in portions(np.diff(bounds), PLACES_AT_ONCE):
        chosen = slice(bounds[first], bounds[last])
        term = terms.term[chosen].astype(np.int64)
        place = terms.place[chosen, None].astype(np.int64)
        row = np.searchsorted(tokens.pointer, place, side="right") - 1
        behind = place + terms.lengths[term][:, None]
        at = np.hstack([place - 1 - np.arange(reach), behind + np.arange(reach)])
        known = tokens.ids[np.clip(at, 0, len(tokens.ids) - 1)].astype(np.int64)
        inside = (at >= tokens.pointer[row]) & (at < tokens.pointer[row + 1]) & (known >= 0)
        if sided:
            known += n_terms * np.arange(n_sides)
        else:
            inside &= ~stop[known]
        cells = known + (term - first)[:, None] * width
        cells, n = np.unique(cells[inside], return_counts=True)
        indices.add((cells % width).astype(kind))
        counts.add(n.astype(np.float64))
        held.extend(np.searchsorted(cells, np.arange(1, last - first + 1) * width) + held[-1])
    parts = counts.array(), indices.array(), held
    return sparse.csr_matrix(parts, shape=(len(terms.grams), width))


def positive_information(counts: sparse.csr_matrix[Any]) -> sparse.csr_matrix[Any]:
    """Weight counts by positive pointwise mutual information, contexts smoothed."""
    of_term = np.asarray(counts.sum(axis=1)).ravel()
    of_context = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    whole = of_context.sum()
    weights, contexts, held = Growing(np.float64), Growing(counts.indices.dtype), [0]
    for rows, part in each_block(counts):
        n = np.diff(counts.indptr)[rows]
        expected = np.repeat(of_term[rows], n) * of_context[counts.indices[part]] / whole
        weight = np.log(counts.data[part] / expected)
        positive = weight > 0
        weights.add(weight[positive])
        contexts.add(counts.indices[part][positive])
        held.extend(np.append(0, np.cumsum(positive))[np.cumsum(n)] + held[-1])
    parts = weights.array(), contexts.array(), held
    return sparse.csr_matrix(parts, shape=counts.shape)


def named_together(terms: Terms, n_tokens: int) -> Array:
    """Give the part of the rarer term's places that have the other one within `TOGETHER` words.

    An outlet does not name a thing twice in a sentence, but the members of a list it does.
    """
    shape = (len(terms.grams), n_tokens // TOGETHER + 2)
    # Neighbours stand in the same stretch of text, or the next.
    blocks = room_for(len(terms.place), sparse.get_index_dtype(maxval=max(shape)))
    np.floor_divide(terms.place, TOGETHER, out=blocks, casting="unsafe")
    ones = room_for(len(blocks), np.float32)  # no term has so many places that 24 bits lack
    ones[:] = 1
    bounds = np.searchsorted(terms.term, np.arange(len(terms.grams) + 1))
    here = _marked(sparse.csr_matrix((ones, blocks, bounds), shape=shape))
    behind = sparse.csr_matrix((here.data, here.indices + 1, here.indptr), shape=shape)
    either = _marked(here + behind)
    del behind
    shared: Array = (here @ either.T).toarray().astype(np.float64)
    del either
    rates: Array = np.maximum(shared, shared.T)
    count: Array = np.diff(here.indptr).astype(np.float64)
    np.minimum(count[:, None], count[None, :], out=shared)
    rates /= shared
    np.minimum(rates, 1, out=rates)
    return rates


def _marked(counts: sparse.csr_matrix[Any]) -> sparse.csr_matrix[Any]:
    """Give 1 for every entry that is there."""
    counts.sum_duplicates()
    counts.data[:] = 1
    return counts
