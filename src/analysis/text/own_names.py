"""Where an outlet names itself: words that tell the masthead, and nothing of the coverage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.corpus.schema import check_articles
from analysis.text.by_term import AT_ONCE, sorted_places
from analysis.text.concordance import followed_by, rows_of
from analysis.text.tokens import TOKEN_PATTERN, Tokens

Mask = NDArray[np.bool_]

LONGEST_NAME = 4  # words
# A part of a name, or of an address, is taken for the name where a tenth of the outlet's articles
# hold it, ten times as large a share as of the others' ("abc", "jazeera"; not "news", "daily"), and
# hardly any of those: what a twentieth of them hold is a word like others ("china").
SHARE_OF_OWN = 0.1
TIMES_AS_OFTEN = 10
SHARE_OF_OTHERS = 0.05


def find_own_names(tokens: Tokens) -> Mask:
    """Mark the tokens with which outlets name themselves in their own articles.

    Parameters
    ----------
    tokens
        Of articles with ``outlet``; ``url`` helps where an outlet goes by its address.

    Returns
    -------
    numpy.ndarray
        bool, one per token: True in a run of tokens that spells the outlet's name, or spells a
        part of its web address or is a word of its name that hardly any other outlet writes.

    Notes
    -----
    Misleads when an outlet bears the name of what it writes about ("China Daily": the full name
    is marked, "China" alone is not).
    """
    articles = tokens.articles
    check_articles(articles, needs=("outlet",))
    outlets = articles["outlet"].to_numpy()
    addresses = articles["url"] if "url" in articles else pd.Series("", index=articles.index)
    names = {name: name_outlet(name, addresses[outlets == name]) for name in set(outlets) if name}
    runs = {
        spelling: list(spellings(tokens, spelling))
        for full, parts in names.values()
        for spelling in (full, *parts)
    }
    places = index_places(tokens, {run[0] for found in runs.values() for run in found})
    marked = np.zeros(len(tokens.ids), dtype=bool)
    for outlet, (full, parts) in sorted(names.items()):
        own = outlets == outlet
        for run in runs[full]:
            mark(marked, followed_by(tokens, places[run[0]], run[1:]), len(run), tokens, own)
        for run in (run for part in parts for run in runs[part]):
            found = followed_by(tokens, places[run[0]], run[1:])
            found = found[~marked[found]]
            if is_name(rows_of(tokens, found), own):
                mark(marked, found, len(run), tokens, own)
    return marked


def name_outlet(outlet: str, addresses: pd.Series[str]) -> tuple[str, list[str]]:
    """Give an outlet's name as one word, and the parts of it and of its addresses."""
    words = re.findall(TOKEN_PATTERN, outlet.lower())
    words = words[1:] if words[:1] == ["the"] else words
    return "".join(words), [*address_parts(addresses), *words, *damaged(words)]


def index_places(tokens: Tokens, term_ids: set[int]) -> dict[int, NDArray[np.int64]]:
    """Give the places of each of some terms, in one pass over all tokens."""
    chosen = np.array(sorted(term_ids), dtype=np.int64)
    wanted = np.zeros(len(tokens.terms) + 1, dtype=bool)  # the last one is for the id -1
    wanted[chosen] = True
    parts: dict[int, list[NDArray[np.int64]]] = {term: [] for term in chosen.tolist()}
    for first in range(0, len(tokens.ids), AT_ONCE):
        places, ids = sorted_places(tokens.ids[first : first + AT_ONCE], wanted)
        found = np.split(places + first, np.searchsorted(ids, chosen, side="right"))[:-1]
        for of_term, some in zip(parts.values(), found, strict=True):
            of_term.append(some.copy())
    nothing = np.zeros(0, dtype=np.int64)
    return {term: np.concatenate([nothing, *parts.pop(term)]) for term in chosen.tolist()}


def mark(marked: Mask, places: NDArray[np.int64], length: int, tokens: Tokens, own: Mask) -> None:
    """Mark runs of tokens that begin at `places`, in the outlet's own articles."""
    places = places[own[rows_of(tokens, places)]]
    for step in range(length):
        marked[places + step] = True


def is_name(rows: NDArray[np.int64], own: Mask) -> bool:
    """Tell whether the articles at `rows` are the outlet's own, and hardly ever another's."""
    holds = np.zeros(len(own), dtype=bool)
    holds[rows] = True
    share = holds[own].mean()
    others = holds[~own].mean() if (~own).any() else 1.0
    rare = others < SHARE_OF_OTHERS and share >= TIMES_AS_OFTEN * others
    return bool(share >= SHARE_OF_OWN and rare)


def address_parts(urls: pd.Series[str]) -> list[str]:
    """Give the parts of the outlet's host names, such as ``abcnews`` and ``go``."""
    hosts = {urlsplit(url).hostname or "" for url in urls.unique() if "://" in url}
    parts = {part for host in hosts for part in host.split(".")[:-1]}
    parts = {part for part in parts if len(part) > 1 and part != "www"}
    return sorted(parts | {f"{part}news" for part in parts})  # as accounts are called


def damaged(words: list[str]) -> list[str]:
    """Give what is left of a name whose accented letters a damaged encoding has lost."""
    halves = (part for word in words for part in re.split(r"[^\x00-\x7f]+", word))
    return sorted({part for part in halves if len(part) > 1} - set(words))


def spellings(tokens: Tokens, name: str) -> Iterator[list[int]]:
    """Give every run of the corpus's terms that, joined, spells the name."""

    def find(word: str) -> int | None:
        place = int(np.searchsorted(tokens.terms, word))
        there = place < len(tokens.terms) and tokens.terms[place] == word
        return place if there else None

    def split(rest: str, words: int) -> Iterator[list[int]]:
        if not rest:
            yield []
        elif words:
            for end in range(2, len(rest) + 1):
                first = find(rest[:end])
                if first is not None:
                    yield from ([first, *later] for later in split(rest[end:], words - 1))

    return split(name, LONGEST_NAME) if name else iter(())
