"""Sentences of many texts: compiled code finds those that the rules find, text by text."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import code_points, sentence_spans
from analysis.text.sentence_spans import split_texts
from analysis.text.sentences import split_sentences

PIECES = [
    ".", "...", "!", "\u2026", " ", "\n", "\n\n", "\r\n", "\x1c", "Mr", "a", "I", "U.S", "no", "No",
    "5", "word", "Word", "The", "\u201c", "\u201d", "(", ")", "'", "\u3002", "\uff01", "\u300d",
    "\u00bb", "\u061f", "e.g", "Ph.D", "\u00e9t", "x" * 41, "etc", "Sept", "\ud800", "\u24d0",
    "\u2170", "\u212a",
]  # fmt: skip
WRITTEN = st.lists(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), max_size=8)


def sentences(texts: list[str]) -> list[list[tuple[int, int]]]:
    spans = split_texts(pd.Series(texts, dtype=object))
    bounds = iter(map(tuple, spans.bounds.tolist()))
    return [[next(bounds) for _ in range(count)] for count in spans.counts.tolist()]


@pytest.fixture(params=["plain", "compiled"], autouse=True, scope="module")
def way(request):
    """Split plainly and in compiled code, two texts at a time."""
    least = 0 if request.param == "compiled" else 1_000_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentence_spans, "LEAST_COMPILED_TEXTS", least)
        patch.setattr(code_points, "ROWS", 2)
        yield


@given(WRITTEN)
def test_every_text_has_the_sentences_that_it_has_alone(texts):
    assert sentences(texts) == [split_sentences(text) for text in texts]


def test_an_abbreviation_ends_no_sentence():
    texts = ["Mr. Lomas met Gen. A. B. Vask. It rained.", "", "On Sept. 5 it did... it did! No."]
    found = [
        [text[start:end] for start, end in of_text]
        for text, of_text in zip(texts, sentences(texts), strict=True)
    ]
    assert found == [
        ["Mr. Lomas met Gen. A. B. Vask.", "It rained."],
        [],
        ["On Sept. 5 it did... it did!", "No."],
    ]


def test_no_texts_have_no_sentences():
    assert sentences([]) == []
