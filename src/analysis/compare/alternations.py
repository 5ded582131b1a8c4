"""Pairs of terms that may name the same thing: alike in context, and split between outlets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import yaml
from numpy.typing import NDArray
from scipy import sparse

from analysis.compare.alternations_contexts import named_together, similarities
from analysis.compare.alternations_terms import FEWEST_USES, Terms, find_terms
from analysis.corpus.schema import DataError
from analysis.text.by_term import AT_ONCE, take_for
from analysis.text.on_disk import room_for
from analysis.text.tokens import Tokens
from analysis.text.wire_selection import is_repeat

Array = NDArray[Any]

ENOUGH = 60  # uses of the rarer term at which half of the similarity is believed
COLUMNS = [
    "first", "second", "score", "similarity", "split", "count_first", "count_second",
    "n_articles", "favours_first", "favours_second",
]  # fmt: skip


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
    OSError
        When the corpus is large and the folder for temporary files has no room.

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
    kept = ~is_repeat(tokens.articles)
    labels = tokens.articles[within].to_numpy()[kept] if within else np.zeros(kept.sum())
    groups, names = pd.factorize(tokens.articles[by][kept], sort=True)
    found = []
    terms = find_terms(tokens, kept)  # without a copy of what is said in the articles kept
    if not len(terms.grams):
        return pd.DataFrame(columns=[*([within] if within else []), *COLUMNS])
    alike = similarities(tokens, terms)
    alike[overlapping(terms)] = 0
    row, place = among_kept(tokens, terms, kept)
    n_tokens = int(np.diff(tokens.pointer)[kept].sum())
    together = named_together(terms._replace(place=place), n_tokens)
    del place
    for label in pd.unique(labels):
        inside = take_for(labels == label, row)
        if len(np.unique(groups[labels == label])) < 2:
            continue
        uses = count_uses(terms.term[inside], row[inside], (len(terms.grams), len(groups)))
        pairs = rank(tokens, terms, (alike, together), uses, groups, n_pairs=n_pairs)
        pairs = pairs.assign(
            favours_first=np.asarray(names)[pairs["favours_first"]],
            favours_second=np.asarray(names)[pairs["favours_second"]],
        )
        found.append(pairs.assign(**{within: label}) if within else pairs)
    columns = [*([within] if within else []), *COLUMNS]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def among_kept(tokens: Tokens, terms: Terms, kept: Array) -> tuple[Array, Array]:
    """Give the article of each place, and its token, counted among the articles that are kept."""
    ahead = np.cumsum(np.where(kept, 0, np.diff(tokens.pointer)))  # tokens that are not kept
    row_of = np.cumsum(kept) - 1
    row, place = room_for(len(terms.place), np.int32), room_for(len(terms.place), np.int64)
    for first in range(0, len(row), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        of_all = np.searchsorted(tokens.pointer, terms.place[some], side="right") - 1
        row[some], place[some] = row_of[of_all], terms.place[some] - ahead[of_all]
    return row, place


def count_uses(term: Array, row: Array, shape: tuple[int, int]) -> sparse.csr_array[Any]:
    """Count each term in each article, from what stands at its places, term by term."""
    ones = room_for(len(row), np.float64)
    ones[:] = 1
    bounds = np.searchsorted(term, np.arange(shape[0] + 1))
    uses = sparse.csr_array((ones, row, bounds), shape=shape)
    uses.sum_duplicates()
    return uses


def rank(
    tokens: Tokens,
    terms: Terms,
    matrices: tuple[Array, Array],
    uses: sparse.csr_array[Any],
    groups: Array,
    *,
    n_pairs: int,
) -> pd.DataFrame:
    """Give the best pairs of the terms that are used in some articles, the best first.

    `matrices` tell of every two terms how alike they are, and how often they are named together.
    """
    alike, together = matrices
    count = np.asarray(uses.sum(axis=1)).ravel()
    here = np.flatnonzero(count >= FEWEST_USES)
    first, second = alike_pairs(alike, here)
    member = sparse.csr_array(
        (np.ones(len(groups)), (np.arange(len(groups)), groups)),
        shape=(len(groups), int(groups.max()) + 1),
    )
    by_group = (uses @ member).toarray()
    articles = np.asarray(uses.sum(axis=0)).ravel() > 0
    # With an article a group, what one article prefers cannot be told from what its outlet does.
    known = 1 - len(np.unique(groups[articles])) / max(int(articles.sum()), 1)
    often = np.minimum(count[first], count[second])
    likely = alike[first, second] * (1 - together[first, second]) ** 2 * (often / (often + ENOUGH))
    # Being split can no more than double a score: of millions of pairs few can still be the best.
    kept = np.flatnonzero(likely * (1 + known) >= best_value(likely, n_pairs))
    first, second = first[kept], second[kept]
    split = how_split(by_group[first], by_group[second])
    score = likely[kept] * (1 + known * split)
    kept = np.flatnonzero(score >= best_value(score, n_pairs))
    first, second, split, score = first[kept], second[kept], split[kept], score[kept]
    holds = (uses > 0).astype(np.float64)
    both = np.asarray(holds[first].multiply(holds[second]).sum(axis=1)).ravel()
    held = np.asarray(holds.sum(axis=1)).ravel()
    table = pd.DataFrame(
        {
            "first": spelled(tokens, terms, first),
            "second": spelled(tokens, terms, second),
            "score": score,
            "similarity": alike[first, second],
            "split": split,
            "count_first": count[first].astype(int),
            "count_second": count[second].astype(int),
            "n_articles": (held[first] + held[second] - both).astype(int),
            "favours_first": by_group[first].argmax(axis=1),
            "favours_second": by_group[second].argmax(axis=1),
        }
    )
    ordered = table.sort_values(["score", "first", "second"], ascending=[False, True, True])
    return ordered.head(n_pairs)


def alike_pairs(alike: Array, here: Array) -> tuple[Array, Array]:
    """Give the pairs of some terms that are alike at all, each once, in the order of the terms."""
    parts = [(np.zeros(0, np.int32),) * 2]
    for number, term in enumerate(here):
        others = here[number + 1 :]
        others = others[alike[term, others] != 0].astype(np.int32)
        parts.append((np.full(len(others), term, np.int32), others))
    first, second = map(np.concatenate, zip(*parts, strict=True))
    return first, second


def best_value(values: Array, n: int) -> float:
    """Give the nth largest value; the smallest possible one where there are not so many."""
    return float(np.partition(values, -n)[-n]) if len(values) > n else -np.inf


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


def overlapping(terms: Terms) -> tuple[Array, Array]:
    """Give the pairs that share words, but for those that end alike: "state visit", "work visit".

    As two arrays of terms; each pair comes in both orders.
    """
    term, step = np.nonzero(terms.grams >= 0)
    words = sparse.csr_array((np.ones(len(term)), (term, terms.grams[term, step])))
    first, second = (words @ words.T).nonzero()
    last = terms.grams[np.arange(len(terms.grams)), terms.lengths - 1]
    apart = last[first] != last[second]
    return first[apart], second[apart]


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
