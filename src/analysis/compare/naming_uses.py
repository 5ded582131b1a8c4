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

VOICES = np.array(["own", "quoted", "quoted"], dtype=object)
NO_USES: Array = np.zeros((0, 3), dtype=np.int64)
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
    concepts = lexicon.concepts
    finder = Finder(tokens, [form for concept in concepts for form in concept.forms])
    parts = [uses_of(finder, concept) for concept in concepts]
    concept = np.repeat(np.arange(len(parts)), list(map(len, parts)))
    place, length, variant = np.concatenate([NO_USES, *parts]).T
    row = finder.rows(place)
    held = ~is_repeat(tokens.articles)[row]
    concept, variant, row = concept[held], variant[held], row[held]
    place, length = place[held], length[held]
    first = np.cumsum([0, *(len(one.variants) for one in concepts)])[:-1]
    names = np.array([name.name for one in concepts for name in one.variants], dtype=object)
    table = {
        "concept": np.array([one.name for one in concepts], dtype=object)[concept],
        "variant": names[first[concept] + variant],
        "article_id": tokens.articles["article_id"].array[row],
        "start": tokens.starts[place],
        "end": tokens.ends[place + length - 1],
        "voice": UNMARKED if tokens.voice is None else VOICES[tokens.voice[place]],
        "row": row,
        "place": place,
        "length": length,
    }
    return pd.DataFrame(table).astype(COLUMNS)


def uses_of(finder: Finder, concept: Concept) -> Array:
    """Find the uses of one concept's names: a row each of place, length and number of variant."""
    found = []
    for number, variant in enumerate(concept.variants):
        for form in variant.forms:
            places, length = finder.find(form)
            places = in_case(finder, places, form, variant)
            places = in_context(finder, places, length, variant.context)
            found.append(np.stack([places, np.full_like(places, length), places * 0 + number], 1))
    rows = longest(np.concatenate(found))
    return rows[np.isin(rows[:, 0], in_context(finder, rows[:, 0], 1, concept.context))]


def longest(rows: Array) -> Array:
    """Keep of overlapping uses the longest, then the first; sorted by place."""
    rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
    places, ends = rows[:, 0], rows[:, 0] + rows[:, 1]
    reached = np.maximum.accumulate(ends)
    apart = places[1:] >= reached[:-1]  # each use and the next
    alone = np.append(True, apart)[: len(rows)] & np.append(apart, True)[: len(rows)]
    touching = rows[~alone]
    touching = touching[np.lexsort((touching[:, 2], touching[:, 0], -touching[:, 1]))]
    taken: set[int] = set()
    kept = []
    for place, length, number in touching.tolist():
        if taken.isdisjoint(range(place, place + length)):
            taken.update(range(place, place + length))
            kept.append((place, length, number))
    found = np.concatenate([rows[alone], np.array(kept, dtype=np.int64).reshape(-1, 3)])
    return found[np.argsort(found[:, 0])]


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
