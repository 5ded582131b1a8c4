"""Where an outlet names itself: words that tell the masthead, and nothing of the coverage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.corpus.schema import check_articles
from analysis.text.concordance import places_of
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
    row_of = np.repeat(np.arange(len(articles), dtype=np.int32), np.diff(tokens.pointer))
    addresses = articles["url"] if "url" in articles else pd.Series("", index=articles.index)
    marked = np.zeros(len(tokens.ids), dtype=bool)
    for outlet in sorted({name for name in outlets if name}):
        own = outlets == outlet
        words = re.findall(TOKEN_PATTERN, outlet.lower())
        words = words[1:] if words[:1] == ["the"] else words
        for run in spellings(tokens, "".join(words)):
            mark(marked, places_of(tokens, run), len(run), own[row_of])
        for name in [*address_parts(addresses[own]), *words, *damaged(words)]:
            for run in spellings(tokens, name):
                places = places_of(tokens, run)
                places = places[~marked[places]]
                if is_name(row_of[places], own):
                    mark(marked, places, len(run), own[row_of])
    return marked


def mark(marked: Mask, places: NDArray[np.int64], length: int, own: Mask) -> None:
    """Mark runs of tokens that begin at `places`, in the outlet's own articles."""
    places = places[own[places]]
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
