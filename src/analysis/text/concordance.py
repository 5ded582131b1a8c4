"""Every place where a term stands, with the text around it (keyword in context)."""

from __future__ import annotations

import difflib
import functools
import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.corpus.schema import DataError, check_articles
from analysis.text.by_term import AT_ONCE, sorted_places
from analysis.text.scan import find_tokens
from analysis.text.sentences import sentence_among, split_sentences
from analysis.text.tokens import Tokens

ARTICLE_COLUMNS = ["article_id", "outlet", "published", "title", "url"]
LINE_COLUMNS = [*ARTICLE_COLUMNS, "start", "end", "left", "match", "right", "sentence"]
N_SUGGESTIONS = 3


def concordance(
    tokens: Tokens, term: str, *, width: int = 60, limit: int | None = None
) -> pd.DataFrame:
    """List the places where a word or a run of words stands.

    Parameters
    ----------
    tokens
        The corpus.
    term
        One word or several, in upper or lower case; found by its tokens, whatever punctuation
        stands between them. A word of one letter is no token and is passed over.
    width
        Characters of context on each side, cut back to whole words.
    limit
        Most rows; they are taken at equal steps, so that no outlet or date drops out for being
        the last. None gives all.

    Returns
    -------
    pandas.DataFrame
        Sorted by outlet, date, place: ``article_id, outlet, published, title, url``; ``start``
        and ``end`` in the article's text; ``left``, ``match`` and ``right``, which read on as one
        (the match is spelt as it stands there, in the context white space is collapsed);
        ``sentence``, the whole sentence around the match.

    Raises
    ------
    DataError
        When the term is not in the corpus, or an argument is out of its range.

    Notes
    -----
    Misleads when few rows of many are shown: an example is no count.
    """
    check_articles(tokens.articles, needs=(*ARTICLE_COLUMNS[1:], "text"))
    if width < 0 or (limit is not None and limit < 1):
        raise DataError(
            f"width is {width!r} and limit is {limit!r}; "
            "width must be 0 or more, limit 1 or more, or None for all"
        )
    term_ids = ids_of(tokens, term)
    first = places_of(tokens, term_ids)
    if not len(first):
        raise DataError(
            f"{term!r} is not in the corpus, but each of its words is; try fewer words"
            if term_ids[1:]
            else f"{term!r} is not in these articles; look for it in more of them"
        )
    order = reading_order(tokens, first)
    if limit is not None and limit < len(order):
        order = order[np.linspace(0, len(order) - 1, limit).round().astype(int)]
    return lines_at(tokens, first[order], len(term_ids), width=width)


def reading_order(tokens: Tokens, first: NDArray[Any]) -> NDArray[Any]:
    """Sort places by outlet, date, article and place."""
    rows = rows_of(tokens, first)
    frame = tokens.articles[["outlet", "published"]].iloc[rows].reset_index(drop=True)
    frame["row"], frame["first"] = rows, first
    return frame.sort_values(
        ["outlet", "published", "row", "first"], kind="stable"
    ).index.to_numpy()


def rows_of(tokens: Tokens, first: NDArray[Any]) -> NDArray[Any]:
    """Give the row of the article in which each token stands."""
    return np.searchsorted(tokens.pointer, first, side="right") - 1


def lines_at(tokens: Tokens, first: NDArray[Any], n_words: int, *, width: int = 60) -> pd.DataFrame:
    """Describe runs of `n_words` tokens: their articles, context and sentences, in the given order.

    The columns are those of ``concordance``.
    """
    if not len(first):
        return pd.DataFrame(columns=LINE_COLUMNS)
    rows = rows_of(tokens, first)
    frame = tokens.articles[ARTICLE_COLUMNS].iloc[rows].reset_index(drop=True)
    frame["start"] = tokens.starts[first]
    frame["end"] = tokens.ends[first + n_words - 1]
    texts = tokens.articles["text"].iloc[rows].tolist()
    places = zip(texts, frame["start"].tolist(), frame["end"].tolist(), strict=True)
    split = functools.lru_cache(maxsize=1)(split_sentences)  # an article's rows stand together
    context = [
        (*in_context(text, start, end, width), sentence_among(split(text), text, (start, end)))
        for text, start, end in places
    ]
    left, match, right, sentences = zip(*context, strict=True)
    return frame.assign(
        left=left,
        match=match,
        right=right,
        sentence=[
            " ".join(text[begin:end].split())
            for text, (begin, end) in zip(texts, sentences, strict=True)
        ],
    )


def ids_of(tokens: Tokens, term: str) -> list[int]:
    """Give the ids of the words of a term."""
    words, _, _ = find_tokens(term)
    if not words:
        raise DataError(
            f"{term!r} holds no word; a word has two or more letters, digits or underscores"
        )
    ids = np.searchsorted(tokens.terms, np.array(words, dtype=object))
    for word, place in zip(words, ids.tolist(), strict=True):
        if place == len(tokens.terms) or tokens.terms[place] != word:
            raise DataError(f"{word!r} is not in the corpus{suggestion(tokens, word)}")
    return [int(place) for place in ids]


def suggestion(tokens: Tokens, word: str) -> str:
    """Name the nearest terms, most alike first."""
    # difflib looks at every term in turn; those of another length cannot be near.
    alike = [term for term in tokens.terms if abs(len(term) - len(word)) <= max(1, len(word) // 3)]
    near = difflib.get_close_matches(word, alike, n=N_SUGGESTIONS)
    return f" (near it: {', '.join(near)})" if near else ""


def places_of(tokens: Tokens, term_ids: list[int]) -> NDArray[Any]:
    """Give the first token of each place where the ids stand side by side in one article."""
    begins = np.arange(len(tokens.terms) + 1) == term_ids[0]  # the last is for the id -1
    return followed_by(tokens, sorted_places(tokens.ids, begins)[0], term_ids[1:])


def followed_by(tokens: Tokens, places: NDArray[Any], term_ids: list[int]) -> NDArray[Any]:
    """Keep the places behind which the ids stand side by side in the same article."""
    if len(places) > AT_ONCE:
        parts = (places[first : first + AT_ONCE] for first in range(0, len(places), AT_ONCE))
        return np.concatenate([followed_by(tokens, part, term_ids) for part in parts])
    for step, term_id in enumerate(term_ids, start=1):
        places = places[places + step < len(tokens.ids)]
        places = places[tokens.ids[places + step] == term_id]
    if not term_ids:
        return places
    # Of few places is then asked where their article ends.
    ends = tokens.pointer[np.searchsorted(tokens.pointer, places, side="right")]
    return places[places + len(term_ids) < ends]


def in_context(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    """Give what stands left of a span, the span itself, and what stands right of it."""
    low, high = max(0, start - width), min(len(text), end + width)
    left, right = text[low:start], text[end:high]
    if low and not text[low - 1].isspace():
        left = re.sub(r"\A\S+(?=\s)", "", left)
    if high < len(text) and not text[high].isspace():
        right = re.sub(r"(?<=\s)\S+\Z", "", right)
    return (
        re.sub(r"\s+", " ", left).lstrip(),
        text[start:end],
        re.sub(r"\s+", " ", right).rstrip(),
    )
