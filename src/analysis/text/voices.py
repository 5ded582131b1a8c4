"""Whose voice each token is in: the outlet's own, quoted, or reported."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.corpus.schema import check_articles, check_columns
from analysis.text.texts import find_rows
from analysis.text.tokens import Tokens

OWN, DIRECT, INDIRECT = 0, 1, 2
NEEDED = ("article_id", "start", "end", "kind")


def mark_voices(tokens: Tokens, quotes: pd.DataFrame) -> Tokens:
    """Mark the voice of every token, so that counts can be taken of one voice.

    Parameters
    ----------
    tokens
        Of the articles in which the quotes were found.
    quotes
        The rows of `find_quotes`.

    Returns
    -------
    Tokens
        With ``voice``: 1 inside a direct quotation, 2 inside indirect speech, else 0. Marked words
        (``"scare"``) are the outlet's own: it chose the word and the marks.

    Raises
    ------
    DataError
        When a column is missing, or article ids are not unique.

    Notes
    -----
    Misleads where a quotation was missed: what is not found counts as the outlet's own voice.
    """
    check_columns(quotes, NEEDED, name="quotes", source="what find_quotes gives")
    check_articles(tokens.articles)
    row_of = find_rows(quotes["article_id"], tokens.articles)
    voice = np.zeros(len(tokens.ids), dtype=np.uint8)
    # Indirect speech first: a quotation inside it is direct.
    for kind, value in (("indirect", INDIRECT), ("direct", DIRECT)):
        chosen = np.flatnonzero((quotes["kind"] == kind).to_numpy(dtype=bool))
        chosen = chosen[np.argsort(row_of[chosen], kind="stable")]
        spans = np.stack([quotes[name].to_numpy()[chosen] for name in ("start", "end")], axis=1)
        begins = np.searchsorted(row_of[chosen], np.arange(len(tokens.articles) + 1))
        for number in np.flatnonzero(np.diff(begins)):
            first, last = tokens.pointer[number : number + 2]
            own = spans[begins[number] : begins[number + 1]]
            inside = np.searchsorted(tokens.starts[first:last], own) + first
            for begin, end in inside.tolist():
                voice[begin:end] = value
    return replace(tokens, voice=voice)
