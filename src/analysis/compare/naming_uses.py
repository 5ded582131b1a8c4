"""Every use of a lexicon's names: the longest form at a place, in its context."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from analysis.compare.naming_forms import Array, Finder, pattern_of, words_of
from analysis.compare.naming_lexicon import Concept, Context, NamingLexicon, Variant
from analysis.corpus.schema import check_articles
from analysis.text.concordance import LINE_COLUMNS, lines_at
from analysis.text.tokens import Tokens
from analysis.text.wire_selection import is_repeat

VOICES = {0: "own", 1: "quoted", 2: "quoted"}
UNMARKED = "any"
COLUMNS = {
    "concept": "str", "variant": "str", "article_id": "str", "start": "int64", "end": "int64",
    "voice": "str", "row": "int64", "place": "int64", "length": "int64",
}  # fmt: skip


def find_naming(tokens: Tokens, lexicon: NamingLexicon) -> pd.DataFrame:
    """Find every use of the names of a lexicon.

    Parameters
    ----------
    tokens
        The corpus.
    lexicon
        As ``read_naming`` gives it.

    Returns
    -------
    pandas.DataFrame
        A row per use, by concept and place: ``concept``, ``variant``, ``article_id``, ``start`` and
        ``end`` in its text, ``voice`` (``"own"``, ``"quoted"``, ``"any"`` where voices are not
        marked), ``row`` (of the article), ``place`` and ``length`` (first token, and tokens). Of
        forms of a concept that overlap the longest counts. An article that stands in its outlet
        twice (``copy_of``) is left out.

    Notes
    -----
    Misleads when a word has another meaning than the concept's; read its sentences.
    """
    check_articles(tokens.articles)
    finder = Finder(tokens)
    parts = [uses_of(finder, concept) for concept in lexicon.concepts]
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COLUMNS.items()})
    found = pd.concat([part for part in parts if len(part)] or [empty], ignore_index=True)
    return found[~is_repeat(tokens.articles)[found["row"]]].reset_index(drop=True)


def uses_of(finder: Finder, concept: Concept) -> pd.DataFrame:
    """Find the uses of one concept's names."""
    found = []
    for number, variant in enumerate(concept.variants):
        for form in variant.forms:
            places, length = finder.find(form)
            places = in_case(finder, places, form, variant)
            places = in_context(finder, places, length, variant.context)
            found.append(np.stack([places, np.full_like(places, length), places * 0 + number], 1))
    rows = longest(np.concatenate(found), len(finder.tokens.ids))
    rows = rows[np.isin(rows[:, 0], in_context(finder, rows[:, 0], 1, concept.context))]
    tokens = finder.tokens
    places, lengths, numbers = rows.T
    row = finder.rows(places)
    names = np.array([variant.name for variant in concept.variants], dtype=object)
    voice = (
        np.full(len(places), UNMARKED, dtype=object)
        if tokens.voice is None
        else np.array([VOICES[int(value)] for value in tokens.voice[places]], dtype=object)
    )
    table = {
        "concept": concept.name,
        "variant": names[numbers],
        "article_id": tokens.articles["article_id"].to_numpy()[row],
        "start": tokens.starts[places],
        "end": tokens.ends[places + lengths - 1],
        "voice": voice,
        "row": row,
        "place": places,
        "length": lengths,
    }
    return pd.DataFrame(table).astype(COLUMNS)


def longest(rows: Array, n_tokens: int) -> Array:
    """Keep of overlapping uses the longest, then the first; sorted by place."""
    rows = rows[np.lexsort((rows[:, 2], rows[:, 0], -rows[:, 1]))]
    taken, kept = np.zeros(n_tokens, dtype=bool), []
    for place, length, number in rows.tolist():
        if not taken[place : place + length].any():
            taken[place : place + length] = True
            kept.append((place, length, number))
    return np.array(sorted(kept), dtype=np.int64).reshape(-1, 3)


def in_case(finder: Finder, places: Array, form: str, variant: Variant) -> Array:
    """Keep the places that are spelt with the capitals of the form, if the variant asks for it."""
    if not variant.case:
        return places
    words = words_of(form)
    pattern = re.compile(r"\W+(?:\w\W+)*".join(map(pattern_of, words)))
    spelled = [finder.spelled(place, len(words)) for place in places.tolist()]
    return places[[pattern.fullmatch(text) is not None for text in spelled]]


def in_context(finder: Finder, places: Array, length: int, context: Context) -> Array:
    """Keep the places that have near them what must be, and not what must not."""
    for forms, wanted in ((context.near, True), (context.not_near, False)):
        if forms:
            beside = np.sort(np.concatenate([finder.find(form)[0] for form in forms]))
            places = places[near(finder, places, length, beside, context.window) == wanted]
    return places


def near(finder: Finder, places: Array, length: int, beside: Array, window: int | None) -> Array:
    """Mark the places that have one of `beside` in the article, within so many words."""
    row = finder.rows(places)
    begin, end = finder.tokens.pointer[row], finder.tokens.pointer[row + 1]
    if window is not None:
        begin = np.maximum(begin, places - window)
        end = np.minimum(end, places + length + window)
    marked: Array = np.searchsorted(beside, end) > np.searchsorted(beside, begin)
    return marked


def show_uses(tokens: Tokens, uses: pd.DataFrame, *, width: int = 60) -> pd.DataFrame:
    """Give the sentences of uses, in their order, with the columns of ``concordance``.

    Parameters
    ----------
    tokens
        The corpus in which they were found.
    uses
        Rows of ``find_naming``.
    width
        Characters of context on each side.

    Returns
    -------
    pandas.DataFrame
        ``term`` (concept and variant), ``voice``, and the columns of ``concordance``.
    """
    parts = []
    for length, rows in uses.groupby("length", sort=False):
        lines = lines_at(tokens, rows["place"].to_numpy(), int(str(length)), width=width)
        named = rows["concept"] + ": " + rows["variant"]
        parts.append(lines.set_index(rows.index).assign(term=named, voice=rows["voice"]))
    columns = ["term", "voice", *LINE_COLUMNS]
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts).reindex(uses.index)[columns].reset_index(drop=True)
