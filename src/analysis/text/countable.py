"""What is to be counted of a corpus: some of its tokens, of some of its articles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.taking import take_rows
from analysis.text.by_term import AT_ONCE
from analysis.text.on_disk import room_for
from analysis.text.portions import portions
from analysis.text.tokens import Tokens, Voice

Mask = NDArray[np.bool_]


def take_countable(
    tokens: Tokens, left_out: Mask, kept: Mask, *, voice: Voice | None = None
) -> Tokens:
    """Keep some articles, and take tokens and the other voice out of every count of them.

    The result can only be counted: it knows no places, and of many tokens the ids are on disk.

    Parameters
    ----------
    tokens
        Of all articles.
    left_out
        One per token: those that are not counted, as with ``Tokens.without``.
    kept
        One per article.
    voice
        As for ``Tokens.in_voice``.
    """
    sizes = np.diff(tokens.pointer)
    ids = room_for(int(sizes[kept].sum()), np.int32)
    end = 0
    for first, last in portions(sizes, AT_ONCE):
        place = slice(tokens.pointer[first], tokens.pointer[last])
        out = left_out[place] | ~_in_voice(tokens, place, voice)
        some = np.where(out, np.int32(-1), tokens.ids[place])
        some = some[np.repeat(kept[first:last], sizes[first:last])]
        ids[end : end + len(some)] = some
        end += len(some)
    return replace(
        tokens,
        articles=take_rows(tokens.articles, kept),
        ids=ids,
        starts=tokens.starts[:0],
        ends=tokens.ends[:0],
        pointer=np.concatenate([[0], np.cumsum(sizes[kept])]),
        voice=None,
    )


def _in_voice(tokens: Tokens, place: slice, voice: Voice | None) -> Mask | np.bool_:
    some = tokens if tokens.voice is None else replace(tokens, voice=tokens.voice[place])
    chosen = some.is_in_voice(voice)
    return np.True_ if chosen is None else chosen
