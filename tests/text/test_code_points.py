"""Code points of texts as arrays: the same signs as Python's own strings have."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.text import code_points
from analysis.text.code_points import Kinds, each_capital, each_stretch

WRITTEN = st.lists(st.text(alphabet="aB É\U0001f600\u0130\ud800\n-", max_size=12), max_size=6)


@pytest.fixture(autouse=True, scope="module")
def few_at_a_time():
    """Take two texts at a time, so that a few make several stretches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(code_points, "ROWS", 2)
        yield


@given(WRITTEN)
def test_stretches_hold_every_text_in_its_place(texts):
    found = []
    for stretch in each_stretch(pd.Series(texts, dtype=object)):
        assert stretch.first == len(found)
        bounds = zip(stretch.begins[:-1], stretch.begins[1:], strict=True)
        found += ["".join(map(chr, stretch.codes[first:last])) for first, last in bounds]
    assert found == texts


@given(WRITTEN)
def test_a_capital_is_what_the_text_begins_a_word_with(texts):
    ids = [f"a{number}" for number in range(len(texts))]
    tokens = analysis.tokenize(
        pd.DataFrame({"article_id": ids, "text": pd.Series(texts, dtype=object)})
    )
    wanted = [
        texts[row][start].isupper()
        for row in range(len(texts))
        for start in tokens.starts[tokens.pointer[row] : tokens.pointer[row + 1]]
    ]
    found = []
    for rows, inside, marked in each_capital(tokens):
        assert inside.start == len(found) == tokens.pointer[rows.start]
        assert inside.stop == tokens.pointer[rows.stop]
        found += marked.tolist()
    assert found == wanted


def test_each_code_point_is_asked_about_once():
    asked = []
    kinds = Kinds(lambda sign: asked.append(sign) or sign == "a")
    for _ in range(2):
        (stretch,) = each_stretch(pd.Series(["abab"]))
        assert kinds.of(stretch.codes).tolist() == [1, 0, 1, 0]
    assert asked == ["a", "b"]
