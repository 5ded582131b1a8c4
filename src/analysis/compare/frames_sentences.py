"""The sentences in which frames are looked for, and each token's sentence."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.frames_words import Units
from analysis.compare.repeated_names import repeat_names
from analysis.corpus.taking import take_rows
from analysis.text.on_disk import Growing, room_for
from analysis.text.sentence_spans import Spans, each_split
from analysis.text.tokens import Tokens, Voice

Array = NDArray[Any]

COLUMNS = ["row", "start", "end"]


def cut_sentences(
    tokens: Tokens, voice: Voice | None, *, kept: Array
) -> tuple[Units, pd.DataFrame]:
    """Give each token's sentence, -1 in another voice, and the sentences that have tokens.

    Only of the articles that are `kept`; sentences are of rows of these.
    """
    of_token = room_for(len(tokens.ids), np.int32)
    columns = [Growing(np.int64) for _ in COLUMNS]
    row_of = np.cumsum(kept) - 1
    n_sentences = 0
    for first, spans in each_split(tokens.articles["text"]):
        last = first + len(spans.counts)
        pointer = tokens.pointer[first : last + 1]
        some = slice(pointer[0], pointer[-1])
        number = number_sentences(tokens, pointer, spans)
        number[~_is_read(tokens, some, voice) | ~np.repeat(kept[first:last], np.diff(pointer))] = -1
        has_tokens = np.bincount(number[number >= 0], minlength=len(spans.bounds)) > 0
        new = n_sentences - 1 + np.cumsum(has_tokens, dtype=np.int32)
        of_token[some] = np.append(new, np.int32(-1))[number]
        n_sentences += int(has_tokens.sum())
        row = np.repeat(row_of[first:last], spans.counts)
        for column, values in zip(columns, (row, *spans.bounds.T), strict=True):
            column.add(values[has_tokens])
    articles = take_rows(tokens.articles, kept)
    row, start, end = (column.array() for column in columns)
    ids = repeat_names(pd.Index(articles["article_id"]), row)
    sentences = pd.DataFrame(
        {"article_id": ids, "row": row, "start": start, "end": end}, copy=False
    )
    return Units(of_token, row, articles, kept), sentences


def number_sentences(tokens: Tokens, pointer: Array, spans: Spans) -> Array:
    """Give each token of some articles the sentence that began last ahead of it, of all theirs."""
    number = np.empty(pointer[-1] - pointer[0], dtype=np.int32)
    starts, behind = spans.bounds[:, 0], 0
    bounds = pairwise(pointer.tolist())
    for (first, last), count in zip(bounds, spans.counts.tolist(), strict=True):
        own = starts[behind : behind + count]
        found = own.searchsorted(tokens.starts[first:last], side="right") + behind - 1
        number[first - pointer[0] : last - pointer[0]] = found
        behind += count
    return number


def _is_read(tokens: Tokens, some: slice, voice: Voice | None) -> Array:
    """Mark the tokens that were not taken out, and are in the voice."""
    inside: Array = tokens.ids[some] >= 0
    if voice is not None:
        part = tokens if tokens.voice is None else replace(tokens, voice=tokens.voice[some])
        inside &= part.is_in_voice(voice)
    return inside
