"""Loaded words: where an outlet judges or heightens and others on the event use plainer words."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.naming_forms import Finder
from analysis.corpus.schema import DataError
from analysis.text.concordance import LINE_COLUMNS, lines_at
from analysis.text.scan import find_tokens
from analysis.text.tokens import Tokens
from analysis.text.wire_selection import is_repeat

Array = NDArray[Any]

COLUMNS = [
    "word", "instead_of", "score", "count", "n_articles", "count_rest", "plain_rest",
    "article_id", "start", "end",
]  # fmt: skip
PRIOR = 0.5  # uses added on both sides, so that a single one is no ratio


class Choice(NamedTuple):
    """Loaded forms, and the plainer ones that others may use."""

    loaded: tuple[str, ...]
    plain: tuple[str, ...]


@functools.cache
def read_choices() -> tuple[Choice, ...]:
    """Give the lines of the list of loaded words; see the list itself."""
    path = files("analysis").joinpath("lexicons", "loaded_en.txt")
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    pairs = [line.partition(" : ") for line in lines if line.strip()]
    return tuple(Choice(tuple(left.split()), tuple(right.split())) for left, _, right in pairs)


def find_loaded(
    tokens: Tokens, *, by: str = "outlet", within: str = "event_id", own: bool = True
) -> pd.DataFrame:
    """Find loaded words that a group uses where the others use plainer ones.

    Parameters
    ----------
    tokens
        The corpus.
    by
        Column of the articles whose groups are compared.
    within
        Column of the articles: a word counts where others tell of the same thing without it.
    own
        Only the outlets' own voice, where voices are marked: a speaker's anger is not the outlet's.

    Returns
    -------
    pandas.DataFrame
        A row per value of `within`, group and word, those first for which the others use a plainer
        one there, highest ``score`` first: the `within` and `by` columns, ``word`` (as the corpus
        spells it), ``instead_of`` (the plainer words that the others use there, ``""`` if none),
        ``score`` (log of the group's rate of the word over the others', plus the log of its uses),
        ``count``, ``n_articles``, ``count_rest``, ``plain_rest``; ``article_id``, ``start`` and
        ``end`` of the first use.

    Raises
    ------
    DataError
        When a column is missing.

    Notes
    -----
    The list (``lexicons/loaded_en.txt``) holds the kinds of words of Recasens et al. (2013), each
    with plainer ones.

    Misleads where the word is the fact: a court may convict of murder. Few uses stand behind most
    rows; read the sentence.
    """
    missing = [name for name in (by, within) if name not in tokens.articles]
    if missing:
        raise DataError(
            f"{missing[0]!r} is not a column of the articles (they have: "
            f"{', '.join(map(str, tokens.articles))})"
        )
    choices = read_choices()
    finder = Finder(
        tokens, [form for choice in choices for form in (*choice.loaded, *choice.plain)]
    )
    inside = (
        tokens.voice == 0 if own and tokens.voice is not None else np.ones(len(tokens.ids), bool)
    )
    spans = list(pairwise(tokens.pointer.tolist()))
    for row in np.flatnonzero(is_repeat(tokens.articles)):
        inside[slice(*spans[row])] = False
    frame = tokens.articles[[by, within]].astype(str)
    words = frame.assign(n=[np.count_nonzero(inside[first:last]) for first, last in spans])
    totals = words.groupby([within, by], sort=False)["n"].sum()
    of_event = totals.groupby(level=0).sum()
    found = [_of_choice(finder, choice, inside, frame, (by, within)) for choice in choices]
    table = pd.concat([part for part in found if len(part)] or found[:1], ignore_index=True)
    if table.empty:
        return pd.DataFrame(columns=[within, by, *COLUMNS])
    keys = pd.MultiIndex.from_frame(table[[within, by]])
    own_words = totals.reindex(keys).to_numpy(dtype=float)
    rest_words = of_event.reindex(table[within]).to_numpy(dtype=float) - own_words
    rate = (table["count"] + PRIOR) / (own_words + 1)
    rate_rest = (table["count_rest"] + PRIOR) / (rest_words + 1)
    table["score"] = np.log(rate / rate_rest) + np.log(table["count"])
    table = table[rest_words > 0]
    table["plainer"] = table["plain_rest"] > 0
    order = ["plainer", "score", "word", within, by]
    table = table.sort_values(order, ascending=[False, False, True, True, True], kind="stable")
    ranked: pd.DataFrame = table[[within, by, *COLUMNS]].reset_index(drop=True)
    return ranked


def find_loaded_evidence(tokens: Tokens, table: pd.DataFrame, *, n_lines: int = 20) -> pd.DataFrame:
    """Give the sentences of the first rows of ``find_loaded``, with the columns of ``concordance``.

    Parameters
    ----------
    tokens
        The corpus in which they were found.
    table
        As ``find_loaded`` gives it.
    n_lines
        Rows.

    Returns
    -------
    pandas.DataFrame
        ``term`` (the word) and the columns of ``concordance``.
    """
    rows = dict(zip(tokens.articles["article_id"], range(len(tokens.articles)), strict=True))
    parts = []
    for article_id, start, word in table[["article_id", "start", "word"]].head(n_lines).to_numpy():
        first, last = tokens.pointer[rows[article_id] : rows[article_id] + 2]
        place = first + np.searchsorted(tokens.starts[first:last], start)
        length = len(find_tokens(word)[0])
        parts.append(lines_at(tokens, np.array([place]), length).assign(term=word))
    found: pd.DataFrame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return found.reindex(columns=["term", *LINE_COLUMNS])


def _of_choice(
    finder: Finder, choice: Choice, inside: Array, frame: pd.DataFrame, keys: tuple[str, str]
) -> pd.DataFrame:
    """Count the loaded words of a line by event and group, and the plain ones of the others."""
    by, within = keys
    loaded, lengths = _uses(finder, choice.loaded, inside)
    plain, _ = _uses(finder, choice.plain, inside)
    if not len(loaded):
        return pd.DataFrame(columns=[within, by, *COLUMNS])
    row = finder.rows(loaded)
    tokens = finder.tokens
    spelled = map(finder.spelled, loaded.tolist(), lengths.tolist())
    uses = frame.iloc[row].reset_index(drop=True)
    uses = uses.assign(
        word=[" ".join(text.lower().split()) for text in spelled], row=row,
        start=tokens.starts[loaded], end=tokens.ends[loaded + lengths - 1],
        article_id=tokens.articles["article_id"].to_numpy()[row],
    )  # fmt: skip
    table = uses.groupby([within, by, "word"], as_index=False, sort=True).agg(
        count=("row", "size"), n_articles=("row", "nunique"), article_id=("article_id", "first"),
        start=("start", "first"), end=("end", "first"),
    )  # fmt: skip
    in_event = table.groupby([within, "word"])["count"].transform("sum")
    named = _plain_of_others(table, frame.iloc[finder.rows(plain)], tokens.ids[plain], keys)
    return table.assign(
        count_rest=in_event - table["count"],
        plain_rest=[sum(counts.values()) for counts in named],
        instead_of=[", ".join(sorted(tokens.terms[term] for term in counts)) for counts in named],
    )


def _plain_of_others(
    table: pd.DataFrame, uses: pd.DataFrame, ids: Array, keys: tuple[str, str]
) -> list[dict[int, int]]:
    """Count, for each row of a table, the plain words by id that the event's others use."""
    by, within = keys
    said: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    told = uses[within].tolist(), uses[by].tolist(), ids.tolist()
    for event, group, term in zip(*told, strict=True):
        said[event][group, term] += 1
    found: list[dict[int, int]] = []
    for event, group in zip(table[within].tolist(), table[by].tolist(), strict=True):
        counts: dict[int, int] = {}
        for (other, term), n in said[event].items() if event in said else ():
            if other != group:
                counts[term] = counts.get(term, 0) + n
        found.append(counts)
    return found


def _uses(finder: Finder, forms: tuple[str, ...], inside: Array) -> tuple[Array, Array]:
    """Give the places of forms in the chosen voice, and how many tokens each use has."""
    found = [finder.find(form) for form in forms]
    places = np.concatenate([places for places, _ in found])
    lengths = np.concatenate([np.full(len(places), length) for places, length in found])
    places, first = np.unique(places, return_index=True)
    return places[inside[places]], lengths[first][inside[places]]
