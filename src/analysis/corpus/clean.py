"""Articles freed of what is not theirs: damage mended, page furniture cut, every cut recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.corpus.draft import Draft
from analysis.corpus.rounds import MOST_ROUNDS, Part, run_rounds
from analysis.corpus.schema import (
    REJECTED_COLUMNS,
    REMOVED_COLUMNS,
    DataError,
    check_articles,
    empty_frame,
)
from analysis.corpus.slices import Rows, rows_of, slice_articles
from analysis.corpus.spans import SpanMap, locate_through
from analysis.corpus.taking import is_arrow
from analysis.memory import give_back

PORTION = 500  # texts
# From so many characters on texts are read by compiled code; fewer are read as fast in the time
# that numba takes to be there.
LEAST_COMPILED = 500_000


@dataclass(frozen=True)
class Cleaned:
    """Cleaned articles, what was cut from them, and the way back.

    Attributes
    ----------
    articles
        The articles with cleaned ``text``; their other columns and order as they were.
    removed
        A row per cut: ``article_id, start, end, reason, text``; places in the loaded text.
    rejected
        A row per article that had no text of its own: ``article_id, reason``.
    """

    articles: pd.DataFrame
    removed: pd.DataFrame
    rejected: pd.DataFrame
    maps: Mapping[str, list[SpanMap]] = field(repr=False)
    lengths: Mapping[str, int] = field(repr=False)

    def locate(self, article_id: str, start: int, end: int) -> tuple[int, int]:
        """Give the span of the loaded text for a span of the cleaned text.

        Parameters
        ----------
        article_id
            An article of ``articles``.
        start, end
            Characters of the cleaned text, ``[start, end)``.

        Returns
        -------
        tuple of int
            ``[start, end)`` in the loaded text. It covers what was cut in between, and
            the whole of a damaged stretch of which the span holds a part.

        Raises
        ------
        DataError
            When the article is not among the cleaned ones, or the span lies outside its text.
        """
        if article_id not in self.maps:
            raise DataError(
                f"no cleaned article has the article_id {article_id!r}; "
                "take one from Cleaned.articles (Cleaned.rejected lists those without text)"
            )
        length = self.lengths[article_id]
        if not 0 <= start <= end <= length:
            raise DataError(
                f"[{start}, {end}) is no span of article {article_id!r}, whose cleaned text has "
                f"{length} characters; expected 0 <= start <= end <= {length}"
            )
        return locate_through(self.maps[article_id], start, end)


def clean(articles: pd.DataFrame) -> Cleaned:
    """Mend the texts, and cut what belongs to the page and not to the article.

    Parameters
    ----------
    articles
        One row per article with ``article_id`` and ``text``; ``outlet`` and ``title`` help. Menus,
        footers and credits that return in three articles of an outlet are known by that.

    Returns
    -------
    Cleaned
        The cleaned articles, the cuts with their reasons, the rejected articles, and `locate`.

    Raises
    ------
    DataError
        When a column is missing, an id is not unique, or a text is not a string.

    Notes
    -----
    Lines are judged by a logistic model of their shape, their cue phrases and their neighbours
    (features as in Kohlschütter et al. 2010, doi:10.1145/1718487.1718542), smoothed over blocks;
    cue phrases are English, so other languages are judged by shape and repetition only. Inside a
    line, what an outlet puts ahead of or behind its articles is known by how often it returns, and
    a dateline by the outlet's or an agency's name. Cleaning
    runs until nothing changes: cleaning twice gives the same text. An article that still changes
    after 20 rounds (real ones take up to four) is rejected. Of more than 50,000 articles slices are
    cleaned, one after the other, by ``published`` where it is (`slice_articles`); what a second
    cleaning would change then is what came into another slice.

    Misleads when readers' comments or teasers of other articles are full sentences in the midst of
    the text, or when the article itself is a list of short lines.
    """
    check_articles(articles)
    slices = slice_articles(articles)
    if len(slices) == 1:
        return _clean_together(articles)
    parts = [_clean_together(articles.iloc[rows]) for rows in slices]
    return _join(parts, slices, articles["article_id"])


def _clean_together(articles: pd.DataFrame) -> Cleaned:
    drafts = draft_articles(articles)
    run_rounds(Part(drafts))
    cleaned = finish(articles, drafts)
    del drafts
    give_back()
    return cleaned


def _join(parts: Sequence[Cleaned], slices: Sequence[Rows], ids: pd.Series[str]) -> Cleaned:
    """Join what cleaning has made of slices, in the order of the articles."""

    def joined(name: str) -> pd.DataFrame:
        # An empty frame would change the types of the others.
        every: list[pd.DataFrame] = [getattr(part, name) for part in parts]
        pairs = [(frame, rows) for frame, rows in zip(every, slices, strict=True) if len(frame)]
        if not pairs:
            return every[0]
        frames = [frame for frame, _ in pairs]
        places = [rows_of(frame["article_id"], ids.iloc[rows], rows) for frame, rows in pairs]
        frame: pd.DataFrame = pd.concat(frames).iloc[
            np.argsort(np.concatenate(places), kind="stable")
        ]
        return frame

    return Cleaned(
        articles=joined("articles"),
        removed=joined("removed").reset_index(drop=True),
        rejected=joined("rejected").reset_index(drop=True),
        maps={name: maps for part in parts for name, maps in part.maps.items()},
        lengths={name: length for part in parts for name, length in part.lengths.items()},
    )


def draft_articles(articles: pd.DataFrame) -> list[Draft]:
    """Take up articles for cleaning."""
    columns = list(_columns(articles))
    compiled = sum(len(text) for _, text, _, _ in columns) >= LEAST_COMPILED
    return [
        Draft(article_id, outlet, title, text, compiled=compiled)
        for article_id, text, outlet, title in columns
    ]


def _columns(articles: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Give id, text, outlet and title; an empty outlet or title where there is none."""
    texts = {
        # As a list, for a column of strings cannot hold half a surrogate pair.
        name: list(map(str, articles[name].fillna("")))
        if name in articles.columns
        else [""] * len(articles)
        for name in ("outlet", "title")
    }
    return zip(
        articles["article_id"], articles["text"], texts["outlet"], texts["title"], strict=True
    )


def finish(articles: pd.DataFrame, drafts: Sequence[Draft]) -> Cleaned:
    """Give what cleaning has made of the articles, in their order; it empties the drafts."""
    kept = [bool(draft.text.strip()) for draft in drafts]
    whole = [draft for draft, stays in zip(drafts, kept, strict=True) if stays]
    rows, rejected = [], []
    for draft, loaded, stays in zip(drafts, articles["text"], kept, strict=True):
        rows += draft.rows(loaded)
        if not stays:
            rejected.append((draft.article_id, _why_rejected(draft, loaded)))
    lengths = {draft.article_id: len(draft.text) for draft in whole}
    others = articles.columns != "text"
    cleaned = articles.loc[kept, others].copy()
    cleaned.insert(int(np.argmin(others)), "text", _texts(whole, articles["text"].dtype))
    return Cleaned(
        articles=cleaned,
        removed=_removed_frame(rows, articles["text"]),
        rejected=_rejected_frame(rejected),
        maps={draft.article_id: draft.maps for draft in whole},
        lengths=lengths,
    )


def _texts(drafts: Sequence[Draft], dtype: Any) -> Any:  # noqa: ANN401, whatever pandas holds
    """Take the texts as a column; those of a portion stand in memory twice at a time."""
    portions = [drafts[start : start + PORTION] for start in range(0, len(drafts), PORTION)]
    if is_arrow(dtype):
        chunks = [_arrow_texts(portion) for portion in portions]
        return pd.array(pa.chunked_array(chunks, pa.large_string()), dtype=dtype)
    return pd.Series([draft.text for draft in drafts], dtype=dtype).array


def _arrow_texts(drafts: Sequence[Draft]) -> pa.LargeStringArray:
    """Take the texts as Arrow holds them; its own builder keeps as much again for what may come."""
    texts = [draft.text.encode() for draft in drafts]
    for draft in drafts:
        draft.text = ""
    ends = np.cumsum([0, *map(len, texts)])
    return pa.LargeStringArray.from_buffers(
        len(texts), pa.py_buffer(ends), pa.py_buffer(b"".join(texts))
    )


def _removed_frame(rows: list[tuple[str, int, int, str, str]], loaded: pd.Series) -> pd.DataFrame:
    """List the cuts, their texts in the type of the loaded ones."""
    frame = pd.DataFrame([row[:-1] for row in rows], columns=REMOVED_COLUMNS[:-1])
    if not rows:
        frame = empty_frame(REMOVED_COLUMNS[:-1])
    frame["text"] = pd.Series([row[-1] for row in rows], dtype=loaded.dtype)
    return frame.astype({"start": "int64", "end": "int64"})


def _rejected_frame(rows: list[tuple[str, str]]) -> pd.DataFrame:
    if not rows:
        return empty_frame(REJECTED_COLUMNS)
    return pd.DataFrame(rows, columns=REJECTED_COLUMNS)


def _why_rejected(draft: Draft, loaded: str) -> str:
    if draft.restless:
        return f"still changes after {MOST_ROUNDS} rounds of cleaning"
    return "only page furniture" if loaded.strip() else "no text"
