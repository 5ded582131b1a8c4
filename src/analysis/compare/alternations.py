"""Pairs of terms that may name the same thing: alike in context, and split between outlets."""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import yaml
from numpy.typing import NDArray
from scipy import sparse
from sklearn.preprocessing import normalize

from analysis.corpus.schema import DataError
from analysis.text.ngrams import Limits, Stream, each_level
from analysis.text.stop_words import stop_words
from analysis.text.tokens import Tokens
from analysis.text.wire_selection import is_repeat

Array = NDArray[Any]

LONGEST = 4  # words of a term
REACH = 2  # words on either side that are a term's context
MOST_TERMS = 3000
SMOOTHING = 0.75  # of the contexts' shares (Levy, Goldberg and Dagan 2015, section 3.1)
FEWEST_USES = 3
ENOUGH = 60  # uses of the rarer term at which half of the similarity is believed
FEW_ARTICLES = 50
TOGETHER = 12
AROUND = 8  # words on either side whose plain words are a term's surroundings
SPACE = re.compile(r"[\s\-\u2010]+")
NOUN_SHARE = 0.3
NOUN_AFTER = [
    "the", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these",
    "those", "of", "mr", "mrs", "ms", "president", "no", "any", "some",
]  # fmt: skip
COLUMNS = [
    "first", "second", "score", "similarity", "split", "count_first", "count_second",
    "n_articles", "favours_first", "favours_second",
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


def suggest_alternations(
    tokens: Tokens, *, by: str = "outlet", within: str | None = None, n_pairs: int = 20
) -> pd.DataFrame:
    """Suggest pairs of terms that may be two names for one thing, for an analyst to judge.

    Parameters
    ----------
    tokens
        The corpus.
    by
        Column of the articles between whose groups a pair is split.
    within
        Column of the articles, such as ``event_id``: suggest for each of its values that has two
        groups, from the uses there. None suggests for the corpus as a whole.
    n_pairs
        Pairs to suggest, in each value of `within`.

    Returns
    -------
    pandas.DataFrame
        Best first: the `within` column, ``first``, ``second``; ``score``; ``similarity`` (cosine of
        their contexts); ``split`` (0 where every group mixes them alike, 1 where each group keeps
        to one); ``count_first``, ``count_second``, ``n_articles`` with either; ``favours_first``
        and ``favours_second`` (the groups with the largest share of each).

    Raises
    ------
    DataError
        When a column is missing or `n_pairs` is below 1.

    Notes
    -----
    A term's contexts are the two words before and behind it, each with its side and distance,
    weighted by positive pointwise mutual information (Levy, Goldberg and Dagan 2015, "Improving
    distributional similarity with lessons learned from word embeddings", TACL 3). Terms that are
    named together in one sentence again and again are two things rather than two names.

    Misleads when taken for synonyms: opposites ("win", "loss") and members of a list ("Monday",
    "Tuesday") stand in the same contexts. Read their sentences before adding a pair to a lexicon.
    """
    missing = [name for name in (by, within) if name is not None and name not in tokens.articles]
    if missing or n_pairs < 1:
        raise DataError(
            f"{missing[0]!r} is not a column of the articles (they have: "
            f"{', '.join(map(str, tokens.articles))})"
            if missing
            else f"n_pairs is {n_pairs!r}; it must be 1 or more"
        )
    tokens = tokens.take_articles(~is_repeat(tokens.articles))
    labels = tokens.articles[within].to_numpy() if within else np.zeros(len(tokens.articles))
    groups, names = pd.factorize(tokens.articles[by], sort=True)
    found = []
    terms = find_terms(tokens)
    if not len(terms.grams):
        return pd.DataFrame(columns=[*([within] if within else []), *COLUMNS])
    row = np.searchsorted(tokens.pointer, terms.place, side="right") - 1
    alike = similarities(tokens, terms)
    for label in pd.unique(labels):
        inside = labels[row] == label
        if len(np.unique(groups[labels == label])) < 2:
            continue
        uses = sparse.csr_array(
            (np.ones(inside.sum()), (terms.term[inside], row[inside])),
            shape=(len(terms.grams), len(tokens.articles)),
        )
        pairs = rank(tokens, terms, alike, uses, groups).head(n_pairs)
        pairs = pairs.assign(
            favours_first=np.asarray(names)[pairs["favours_first"]],
            favours_second=np.asarray(names)[pairs["favours_second"]],
        )
        found.append(pairs.assign(**{within: label}) if within else pairs)
    columns = [*([within] if within else []), *COLUMNS]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def find_terms(tokens: Tokens) -> Terms:
    """Find the words and phrases that may be names: unbroken, of plain words, ending in a noun."""
    left_out = stop_words() | no_names()
    stop = np.array([word in left_out or not word.isalpha() for word in tokens.terms], dtype=bool)
    least = 1 if len(tokens.articles) < FEW_ARTICLES else 2
    limits = Limits(1, LONGEST, least, np.inf, stop)
    broken = breaks_before(tokens)
    noun = is_noun(tokens, broken)
    grams, codes, start = [], [], 0
    for level in each_level(Stream(tokens.ids, tokens.pointer), limits):
        length = level.grams.shape[1]
        whole = level.codes >= 0
        for step in range(1, length):
            whole[:-step] &= ~broken[step:]
            whole[-step:] = False
        here = np.where(whole, level.codes, -1)
        uses = np.bincount(here[here >= 0], minlength=len(level.grams))
        plain = ~stop[level.grams].any(axis=1) & noun[level.grams[:, -1]]
        kept = limits.keep(level) & plain & (uses >= FEWEST_USES)
        number = np.full(len(kept) + 1, -1)
        number[:-1][kept] = np.arange(start, start + kept.sum())
        start += int(kept.sum())
        padding = ((0, 0), (0, LONGEST - length))
        grams.append(np.pad(level.grams[kept], padding, constant_values=-1))
        codes.append(number[here])
    # Of phrases at one place the longest is the name: "north korea", not "korea".
    taken = np.zeros(len(tokens.ids), dtype=bool)
    for length, of in reversed(list(enumerate(codes, 1))):
        for step in range(length):
            of[: len(of) - step][taken[step:]] = -1
        for step in range(length):
            taken[np.flatnonzero(of >= 0) + step] = True
    every = np.concatenate(grams)
    place = np.concatenate([np.flatnonzero(of >= 0) for of in codes])
    term = np.concatenate([of[of >= 0] for of in codes])
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
    marked = np.zeros(len(tokens.ids), dtype=bool)
    for row, text in enumerate(tokens.articles["text"]):
        first, last = tokens.pointer[row : row + 2]
        ends = [0, *tokens.ends[first : last - 1].tolist()] if last > first else []
        gaps = zip(ends, tokens.starts[first:last].tolist(), strict=True)
        marked[first:last] = [not SPACE.fullmatch(text[end:start]) for end, start in gaps]
    return marked


def is_noun(tokens: Tokens, broken: Array) -> Array:
    """Mark the terms that often follow an article or are written with a capital in a sentence."""
    n_terms = len(tokens.terms)
    follows = np.isin(tokens.terms, NOUN_AFTER)
    named = np.zeros(len(tokens.ids), dtype=bool)
    for row, text in enumerate(tokens.articles["text"]):
        first, last = tokens.pointer[row : row + 2]
        named[first:last] = [text[start].isupper() for start in tokens.starts[first:last].tolist()]
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
    beside = positive_information(neighbours(tokens, terms, REACH, sided=True))
    around = positive_information(neighbours(tokens, terms, AROUND, sided=False))
    cosines = [normalize(part) @ normalize(part).T for part in (beside, around)]
    alike: Array = (0.5 * (cosines[0] + cosines[1])).toarray()
    np.fill_diagonal(alike, 0)
    return alike


def neighbours(tokens: Tokens, terms: Terms, reach: int, *, sided: bool) -> sparse.csr_matrix[Any]:
    """Count the words up to `reach` before and behind each term; by distance if `sided`."""
    n_terms = len(tokens.terms)
    stop = np.array([word in stop_words() for word in tokens.terms])
    row = np.searchsorted(tokens.pointer, terms.place, side="right") - 1
    begin, end = tokens.pointer[row], tokens.pointer[row + 1]
    behind = terms.place + terms.lengths[terms.term]
    rows, features = [], []
    for side in range(2 * reach):
        at = terms.place - side - 1 if side < reach else behind + side - reach
        known = tokens.ids[np.clip(at, 0, len(tokens.ids) - 1)]
        inside = (at >= begin) & (at < end) & (known >= 0)
        inside &= sided | ~stop[known]
        rows.append(terms.term[inside])
        features.append(known[inside] + (side * n_terms if sided else 0))
    ones = np.ones(sum(map(len, rows)))
    shape = (len(terms.grams), (2 * reach if sided else 1) * n_terms)
    return sparse.csr_matrix((ones, (np.concatenate(rows), np.concatenate(features))), shape)


def positive_information(counts: sparse.csr_matrix[Any]) -> sparse.csr_matrix[Any]:
    """Weight counts by positive pointwise mutual information, contexts smoothed."""
    of_term = np.asarray(counts.sum(axis=1)).ravel()
    of_context = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    entries = counts.tocoo()
    expected = of_term[entries.row] * of_context[entries.col] / of_context.sum()
    weights = np.maximum(np.log(entries.data / expected), 0)
    return sparse.csr_matrix((weights, (entries.row, entries.col)), shape=counts.shape)


def rank(
    tokens: Tokens, terms: Terms, alike: Array, uses: sparse.csr_array[Any], groups: Array
) -> pd.DataFrame:
    """Rank the pairs of terms that are used in some articles."""
    count = np.asarray(uses.sum(axis=1)).ravel()
    here = np.flatnonzero(count >= FEWEST_USES)
    first, second = np.nonzero(np.triu(alike[np.ix_(here, here)], 1))
    first, second = here[first], here[second]
    possible = ~overlapping(terms, first, second)
    first, second = first[possible], second[possible]
    member = sparse.csr_array(
        (np.ones(len(groups)), (np.arange(len(groups)), groups)),
        shape=(len(groups), int(groups.max()) + 1),
    )
    by_group = (uses @ member).toarray()
    split = how_split(by_group[first], by_group[second])
    articles = np.asarray(uses.sum(axis=0)).ravel() > 0
    # With an article a group, what one article prefers cannot be told from what its outlet does.
    known = 1 - len(np.unique(groups[articles])) / max(int(articles.sum()), 1)
    together = named_together(tokens, terms)[first, second]
    similarity = alike[first, second]
    often = np.minimum(count[first], count[second])
    holds = (uses > 0).astype(np.float64)
    both = np.asarray(holds[first].multiply(holds[second]).sum(axis=1)).ravel()
    held = np.asarray(holds.sum(axis=1)).ravel()
    table = pd.DataFrame(
        {
            "first": spelled(tokens, terms, first),
            "second": spelled(tokens, terms, second),
            "score": similarity
            * (1 - together) ** 2
            * (often / (often + ENOUGH))
            * (1 + known * split),
            "similarity": similarity,
            "split": split,
            "count_first": count[first].astype(int),
            "count_second": count[second].astype(int),
            "n_articles": (held[first] + held[second] - both).astype(int),
            "favours_first": by_group[first].argmax(axis=1),
            "favours_second": by_group[second].argmax(axis=1),
        }
    )
    return table.sort_values(["score", "first", "second"], ascending=[False, True, True])


def how_split(one: Array, other: Array) -> Array:
    """Give the part of a pair's mix that the groups explain beyond chance, 0 to 1.

    Chi-squared less its mean under chance, over its largest value.
    """
    total = one + other
    n, share = total.sum(axis=1), one.sum(axis=1) / np.maximum(total.sum(axis=1), 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.where(total > 0, (one - share[:, None] * total) ** 2 / total, 0).sum(axis=1)
    squared = spread / np.maximum(share * (1 - share), 1e-9)
    by_chance = (total > 0).sum(axis=1) - 1
    explained: Array = np.clip((squared - by_chance) / np.maximum(n - by_chance, 1), 0, 1)
    return explained


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
    shared = np.maximum(shared, shared.T)
    count: Array = np.asarray(here.sum(axis=1)).ravel()
    rates: Array = np.minimum(shared / np.minimum(count[:, None], count[None, :]), 1)
    return rates


def _marked(counts: sparse.csr_matrix[Any]) -> sparse.csr_matrix[Any]:
    """Give 1 for every entry that is there."""
    counts.sum_duplicates()
    marked: sparse.csr_matrix[Any] = counts.sign()
    return marked


def overlapping(terms: Terms, first: Array, second: Array) -> Array:
    """Mark pairs that share words, unless they end alike: "state visit" and "working visit"."""
    one, other = terms.grams[first], terms.grams[second]
    shared = np.zeros(len(first), dtype=bool)
    for left in one.T:
        for right in other.T:
            shared |= (left == right) & (left >= 0)
    lengths = terms.lengths
    last = [of[np.arange(len(of)), lengths[by] - 1] for of, by in ((one, first), (other, second))]
    marked: Array = shared & (last[0] != last[1])
    return marked


def spelled(tokens: Tokens, terms: Terms, numbers: Array) -> list[str]:
    """Write terms in words."""
    return [
        " ".join(tokens.terms[word] for word in terms.grams[number] if word >= 0)
        for number in numbers
    ]


def write_alternations(pairs: pd.DataFrame, *, n_pairs: int = 5) -> str:
    """Write suggested pairs as a lexicon's YAML, to be corrected and pasted.

    Parameters
    ----------
    pairs
        Rows of ``suggest_alternations``, best first.
    n_pairs
        Pairs to write.

    Returns
    -------
    str
        A concept a pair, with ``...`` where the analyst has to say what it is; ``read_naming``
        reads it as soon as it is a file.
    """
    concepts = [
        {
            "concept": f"{row.first} or {row.second}",
            "about": "...",
            "signals": "...",
            "source": "suggested from the corpus",
            "variants": [
                {"name": name, "forms": [name], "note": f"most in {group}"}
                for name, group in (
                    (row.first, row.favours_first),
                    (row.second, row.favours_second),
                )
            ],
        }
        for row in pairs.head(n_pairs).itertuples(index=False)
    ]
    written: str = yaml.safe_dump({"concepts": concepts}, sort_keys=False, allow_unicode=True)
    return written
