"""The sentences in which frames are looked for, and each token's sentence."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.frames_words import Units
from analysis.corpus.taking import take_rows
from analysis.text.by_term import count_for, take_for
from analysis.text.sentence_spans import Spans, split_texts
from analysis.text.tokens import Tokens, Voice

Array = NDArray[Any]


def cut_sentences(
    tokens: Tokens, voice: Voice | None, *, kept: Array
) -> tuple[Units, pd.DataFrame]:
    """Give each token's sentence, -1 in another voice, and the sentences that have tokens.

    Only of the articles that are `kept`; sentences are of rows of these.
    """
    inside = np.repeat(kept, np.diff(tokens.pointer))
    inside &= tokens.ids >= 0
    chosen = tokens.is_in_voice(voice)
    if chosen is not None:
        inside &= chosen
    spans = split_texts(tokens.articles["text"])
    number = number_sentences(tokens, spans)
    number[~inside] = -1
    has_tokens = count_for(number, len(spans.bounds), inside) > 0
    new = np.append(np.cumsum(has_tokens, dtype=np.int32) - 1, np.int32(-1))
    number = take_for(new, number)
    articles = take_rows(tokens.articles, kept)
    row = np.repeat(np.cumsum(kept) - 1, spans.counts)
    every = np.column_stack([row, spans.bounds])
    sentences = pd.DataFrame(every[has_tokens], columns=["row", "start", "end"])
    ids = articles["article_id"].to_numpy()[sentences["row"]]
    sentences.insert(0, "article_id", ids)
    return Units(number, sentences["row"].to_numpy(), articles, kept), sentences


def number_sentences(tokens: Tokens, spans: Spans) -> Array:
    """Give each token the sentence that began last ahead of it, of all sentences."""
    number = np.empty(len(tokens.ids), dtype=np.int32)
    behind = np.cumsum(spans.counts).tolist()
    starts = spans.bounds[:, 0]
    for row, (first, last) in enumerate(pairwise(tokens.pointer.tolist())):
        begin = behind[row - 1] if row else 0
        own = starts[begin : behind[row]]
        number[first:last] = own.searchsorted(tokens.starts[first:last], side="right") + begin - 1
    return number
