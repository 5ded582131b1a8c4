"""What can be counted of some articles is what is left when all else is taken out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.text import countable
from analysis.text.countable import take_countable
from analysis.text.tokens import tokenize


@pytest.fixture
def tokens():
    texts = ["the sea and the sky", "", "a long long road home", "sea road"]
    tokens = tokenize(pd.DataFrame({"article_id": list("abcd"), "text": texts}))
    return replace(tokens, voice=(np.arange(len(tokens.ids)) % 3).astype(np.uint8))


@pytest.mark.parametrize("at_once", [1, 1000])
@pytest.mark.parametrize("voice", [None, "own", "quoted"])
@pytest.mark.parametrize("kept", [[True] * 4, [True, True, False, True], [False] * 4])
def test_the_same_as_taking_out_and_then_choosing(tokens, kept, voice, at_once, monkeypatch):
    monkeypatch.setattr(countable, "AT_ONCE", at_once)
    left_out = np.arange(len(tokens.ids)) % 4 == 1
    kept = np.array(kept)
    found = take_countable(tokens, left_out, kept, voice=voice)
    wanted = tokens.without(left_out).in_voice(voice).take_articles(kept)
    np.testing.assert_array_equal(found.ids, wanted.ids)
    np.testing.assert_array_equal(found.pointer, wanted.pointer)
    assert found.ids.dtype == wanted.ids.dtype
    pd.testing.assert_frame_equal(found.articles, wanted.articles)


def test_a_voice_needs_marks(tokens):
    bare = replace(tokens, voice=None)
    with pytest.raises(NotImplementedError, match="voices are not marked"):
        take_countable(bare, np.zeros(len(bare.ids), bool), np.ones(4, bool), voice="own")
