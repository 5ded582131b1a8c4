"""Numbers as items: one row per mention."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.claims import likenesses
from analysis.compare.claims_sentences import Longs, Sentences, part_blocks
from analysis.compare.items_numbers import numbers_of
from analysis.corpus.taking import each_text

CONTEXT = 0.1  # likeness of two sentences from which on a number in both may be one


def number_mentions(articles: pd.DataFrame, sentences: Sentences) -> pd.DataFrame:
    """Give a row per number of note; those in sentences that have no word in common come near."""
    rows = [
        (row, start, end, number)
        for row, text in enumerate(each_text(articles["text"]))
        for number, start, end in numbers_of(text)
    ]
    found = pd.DataFrame(rows, columns=["row", "start", "end", "item"])
    row = found["row"].to_numpy(dtype=np.int64)
    place = sentence_places(sentences, row, found["start"].to_numpy(dtype=np.int64))
    event_id = articles["event_id"].array.take(row)
    event = pd.factorize(event_id)[0]
    same = pd.factorize(pd.MultiIndex.from_arrays([event, found["item"]]))[0]
    return found.drop(columns="row").assign(
        event_id=event_id,
        article_id=articles["article_id"].array.take(row),
        kind="number",
        near=~in_context(sentences, place, row, same),
    )


def sentence_places(sentences: Sentences, row: Longs, start: Longs) -> Longs:
    """Give the row of the sentence in which something begins, or of the one behind it."""
    frame = sentences.frame
    ends = frame["end"].to_numpy()
    beyond = max(int(ends.max(initial=0)), int(start.max(initial=0))) + 1
    ordered = frame["row"].to_numpy() * beyond + ends
    place = np.searchsorted(ordered, row * beyond + start, side="right")
    return np.minimum(place, len(frame) - 1)


def in_context(sentences: Sentences, place: Longs, row: Longs, same: Longs) -> NDArray[np.bool_]:
    """Mark the numbers in sentences a little like one of another article with the same number.

    Parameters
    ----------
    sentences
        All sentences.
    place, row
        Of each number, its sentence and its article.
    same
        A code that numbers share that may be one.
    """
    marked = np.zeros(len(place), dtype=bool)
    several = np.flatnonzero(np.bincount(same, minlength=1)[same] > 1)
    for block in part_blocks(sentences.vectors[place[several]], same[several]):
        has = block.vectors.copy()
        has.data[:] = 1
        # Two words at least in common, the number itself being one of them.
        linked = likenesses(block.vectors, least=CONTEXT).multiply(likenesses(has, least=2)).tocoo()
        article = row[several[block.rows]]
        apart = article[linked.row] != article[linked.col]
        marked[several[block.rows[linked.row[apart]]]] = True
    return marked
