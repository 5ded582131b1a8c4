"""Candidate names of a corpus, and how alike the contexts are in which they stand."""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.code_points import Kinds, each_stretch, has_capital, token_places
from analysis.text.ngrams import Limits, Stream, each_level
from analysis.text.stop_words import stop_words
from analysis.text.tokens import Tokens

Array = NDArray[Any]

LONGEST = 4  # words of a term
MOST_TERMS = 3000
TERMS_AT_ONCE = 64  # whose neighbours are counted together
FEWEST_USES = 3
FEW_ARTICLES = 50  # of a corpus: there a term may come from a single article
REACH = 2  # words on either side that are a term's contexts
AROUND = 8  # words on either side whose plain words are a term's surroundings
SMOOTHING = 0.75  # of the contexts' shares (Levy, Goldberg and Dagan 2015, section 3.1)
# The plain product takes about a second for so many, and numba takes as long to be there.
LEAST_COMPILED_PRODUCTS = 100_000_000
TOGETHER = 12  # words of a stretch in which two terms are named together
SPACE = re.compile(r"[\s\-\u2010]")
NOUN_SHARE = 0.3  # of a noun's uses that follow one of these, or have a capital
NOUN_AFTER = [
    "the", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these",
    "those", "of", "mr", "mrs", "ms", "president", "no", "any", "some",
]  # fmt: skip


class Terms(NamedTuple):
    """Candidate terms: their words' ids (-1 beyond the last) and every place where they stand."""

    grams: Array
    term: Array  # of each place
    place: Array  # first token

    @property
    def lengths(self) -> Array:
        """Words of each term."""
        lengths: Array = (self.grams >= 0).sum(axis=1)
        return lengths


def find_terms(tokens: Tokens) -> Terms:
    """Find the words and phrases that may be names: unbroken, of plain words, ending in a noun."""
    left_out = stop_words() | no_names()
    stop = np.array([word in left_out or not word.isalpha() for word in tokens.terms], dtype=bool)
    least = 1 if len(tokens.articles) < FEW_ARTICLES else 2
    limits = Limits(1, LONGEST, least, np.inf, stop)
    broken = breaks_before(tokens)
    noun = is_noun(tokens, broken)
    grams, places, numbers, start = [], [], [], 0
    for level in each_level(Stream(tokens.ids, tokens.pointer), limits):
        length = level.grams.shape[1]
        whole = level.codes >= 0
        for step in range(1, length):
            whole[:-step] &= ~broken[step:]
            whole[-step:] = False
        at = np.flatnonzero(whole)
        codes = level.codes[at]
        uses = np.bincount(codes, minlength=len(level.grams))
        plain = ~stop[level.grams].any(axis=1) & noun[level.grams[:, -1]]
        kept = limits.keep(level) & plain & (uses >= FEWEST_USES)
        number = np.full(len(kept), -1)
        number[kept] = np.arange(start, start + kept.sum())
        start += int(kept.sum())
        padding = ((0, 0), (0, LONGEST - length))
        grams.append(np.pad(level.grams[kept], padding, constant_values=-1))
        named = kept[codes]  # few are: a number for every token would take more memory
        places.append(at[named])
        numbers.append(number[codes[named]])
    # Of phrases at one place the longest is the name: "north korea", not "korea".
    taken = np.zeros(len(tokens.ids), dtype=bool)
    for length in range(len(places), 0, -1):
        inside = places[length - 1][:, None] + np.arange(length)
        free = ~taken[inside].any(axis=1)
        places[length - 1] = places[length - 1][free]
        numbers[length - 1] = numbers[length - 1][free]
        taken[inside[free]] = True
    every = np.concatenate(grams)
    place = np.concatenate(places)
    term = np.concatenate(numbers)
    uses = np.bincount(term, minlength=len(every))
    most = np.sort(np.argsort(-uses, kind="stable")[:MOST_TERMS])
    most = most[uses[most] >= FEWEST_USES]
    number = np.full(len(every), -1)
    number[most] = np.arange(len(most))
    chosen = number[term] >= 0
    return Terms(every[most], number[term][chosen], place[chosen])


@functools.cache
def no_names() -> frozenset[str]:
    """Give the titles, times and numbers that are no names; see the list itself."""
    path = files("analysis").joinpath("lexicons", "naming", "no_names_en.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def breaks_before(tokens: Tokens) -> Array:
    """Mark the tokens before which stands more than a space or a hyphen, or nothing."""
    other = Kinds(lambda sign: SPACE.fullmatch(sign) is None)
    marked = np.zeros(len(tokens.ids), dtype=bool)
    for stretch in each_stretch(tokens.articles["text"]):
        inside, begins = token_places(tokens, stretch)
        behind = begins.copy()  # the token ahead, or else the beginning of the text
        first = np.diff(begins, prepend=-1) != 0
        behind[1:] += np.where(first[1:], 0, tokens.ends[inside][:-1])
        until = tokens.starts[inside] + begins
        n_other = np.zeros(len(stretch.codes) + 1, dtype=np.int32)  # ahead of each place
        np.cumsum(other.of(stretch.codes), out=n_other[1:])
        marked[inside] = (n_other[until] > n_other[behind]) | (until == behind)
    return marked


def is_noun(tokens: Tokens, broken: Array) -> Array:
    """Mark the terms that often follow an article or are written with a capital in a sentence."""
    n_terms = len(tokens.terms)
    follows = np.isin(tokens.terms, NOUN_AFTER)
    named = has_capital(tokens)
    known = tokens.ids >= 0
    after = np.zeros(len(tokens.ids), dtype=bool)
    after[1:] = known[:-1] & follows[tokens.ids[:-1]]
    shown = (after | named) & ~broken & known
    inner = ~broken & known
    shares = np.bincount(tokens.ids[shown], minlength=n_terms) / np.maximum(
        np.bincount(tokens.ids[inner], minlength=n_terms), 1
    )
    noun: Array = shares >= NOUN_SHARE
    return noun


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
    n = np.diff(vectors.indptr)
    row = np.repeat(np.arange(len(n)), n)
    lengths = np.sqrt(np.bincount(row, vectors.data**2, minlength=len(n)))
    scaled = vectors.data / lengths[row]
    return sparse.csr_matrix((scaled, vectors.indices, vectors.indptr), shape=vectors.shape)


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
    order = np.argsort(terms.term, kind="stable")
    bounds = np.searchsorted(terms.term, np.arange(len(terms.grams) + 1), sorter=order)
    width = n_terms * (n_sides if sided else 1)
    indices, counts, held = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [0]
    for first in range(0, len(terms.grams), TERMS_AT_ONCE):
        last = min(first + TERMS_AT_ONCE, len(terms.grams))
        chosen = order[bounds[first] : bounds[last]]
        term, place = terms.term[chosen], terms.place[chosen, None]
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
        indices.append(cells % width)
        counts.append(n)
        held.extend(np.searchsorted(cells, np.arange(1, last - first + 1) * width) + held[-1])
    parts = np.concatenate(counts).astype(np.float64), np.concatenate(indices), held
    return sparse.csr_matrix(parts, shape=(len(terms.grams), width))


def positive_information(counts: sparse.csr_matrix[Any]) -> sparse.csr_matrix[Any]:
    """Weight counts by positive pointwise mutual information, contexts smoothed."""
    of_term = np.asarray(counts.sum(axis=1)).ravel()
    of_context = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    entries = counts.tocoo()
    expected = of_term[entries.row] * of_context[entries.col] / of_context.sum()
    weights = np.log(entries.data / expected)
    held = weights > 0
    positive = weights[held], (entries.row[held], entries.col[held])
    return sparse.csr_matrix(positive, shape=counts.shape)


def named_together(tokens: Tokens, terms: Terms) -> Array:
    """Give the part of the rarer term's places that have the other one within `TOGETHER` words.

    An outlet does not name a thing twice in a sentence, but the members of a list it does.
    """
    blocks = terms.place // TOGETHER  # neighbours stand in the same stretch of text, or the next
    shape = (len(terms.grams), len(tokens.ids) // TOGETHER + 2)
    ones = np.ones(len(blocks))
    here = _marked(sparse.csr_matrix((ones, (terms.term, blocks)), shape=shape))
    behind = _marked(sparse.csr_matrix((ones, (terms.term, blocks + 1)), shape=shape))
    shared: Array = (here @ _marked(here + behind).T).toarray()
    rates: Array = np.maximum(shared, shared.T)
    count: Array = np.asarray(here.sum(axis=1)).ravel()
    np.minimum(count[:, None], count[None, :], out=shared)
    rates /= shared
    np.minimum(rates, 1, out=rates)
    return rates


def _marked(counts: sparse.csr_matrix[Any]) -> sparse.csr_matrix[Any]:
    """Give 1 for every entry that is there."""
    counts.sum_duplicates()
    marked: sparse.csr_matrix[Any] = counts.sign()
    return marked
