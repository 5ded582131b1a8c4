"""An outlet's name for itself is marked in its own articles, and nowhere else."""

import numpy as np
import pandas as pd
import pytest

from analysis.corpus.schema import DataError
from analysis.text.own_names import find_own_names
from analysis.text.tokens import tokenize

ROWS = [
    ("a1", "The Bay Herald", "https://www.bayherald.com/1", "Tarn told the Bay Herald it rained."),
    (
        "a2",
        "The Bay Herald",
        "https://www.bayherald.com/2",
        "The Herald saw ships in the bay news.",
    ),
    ("a3", "The Bay Herald", "https://www.bayherald.com/3", "Read it at bayherald dot com today."),
    ("b1", "NW", "https://news.nwire.net/1", "NWire learned that the Bay Herald was sold."),
    ("b2", "NW", "https://news.nwire.net/2", "In the bay the news was good, NW learned."),
    ("b3", "NW", "https://news.nwire.net/3", "Herald angels sing in the bay, in the bay."),
]


def marked_words(rows: list[tuple[str, str, str, str]]) -> list[str]:
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "url", "text"])
    tokens = tokenize(frame)
    row_of = np.repeat(np.arange(len(frame)), np.diff(tokens.pointer))
    places = np.flatnonzero(find_own_names(tokens))
    return [f"{rows[row_of[place]][0]} {tokens.terms[tokens.ids[place]]}" for place in places]


def test_names_addresses_and_telling_parts_are_marked():
    assert marked_words(ROWS) == [
        "a1 bay",
        "a1 herald",
        "a3 bayherald",
        "b1 nwire",
        "b2 nw",
    ]


def test_tokens_that_are_left_out_are_no_names():
    frame = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["Zeitung", "Herald"],
            "text": ["Our Zeitung said that it rained.", "The Herald said that it snowed."],
        }
    )
    tokens = tokenize(frame)
    said = tokens.ids == np.flatnonzero(tokens.terms == "said")[0]
    thinned = find_own_names(tokens.without(said))
    np.testing.assert_array_equal(thinned, find_own_names(tokens))
    assert tokens.terms[tokens.ids[thinned]].tolist() == ["zeitung", "herald"]


def test_a_word_of_the_name_that_others_hardly_write_is_a_name():
    rows = [(f"b{n}", "NW", "", "It rained in the bay all day long.") for n in range(11)]
    assert "a2 herald" in marked_words([*ROWS[:3], *rows])
    assert "a2 bay" not in marked_words([*ROWS[:3], *rows])


def test_a_word_that_a_share_of_the_others_write_is_an_ordinary_one():
    own = [(f"a{n}", "Tarn Times", "", "The trade of Tarn grew.") for n in range(10)]
    rows = [(f"b{n}", "NW", "", "It rained in the bay all day long.") for n in range(18)]
    told = [(f"c{n}", "NW", "", "Ships sailed to Tarn.") for n in range(2)]
    assert "a0 tarn" in marked_words([*own, *rows])
    assert "a0 tarn" not in marked_words([*own, *rows, *told])


def test_what_damage_left_of_an_accented_name_is_a_name():
    rows = [(f"r{n}", "RTÉ", "https://rte.ie", "He told RT? so, @rtenews wrote.") for n in range(2)]
    assert marked_words([*rows, *ROWS[:2]])[:4] == ["r0 rt", "r0 rtenews", "r1 rt", "r1 rtenews"]


def test_a_single_outlet_has_only_its_full_name_marked():
    assert marked_words(ROWS[:2]) == ["a1 bay", "a1 herald"]


def test_marked_tokens_are_in_no_count_and_join_nothing():
    frame = pd.DataFrame(ROWS, columns=["article_id", "outlet", "url", "text"])
    tokens = tokenize(frame)
    counts = tokens.without(find_own_names(tokens)).counts((1, 2))
    first = dict(zip(counts.terms, counts.matrix[0].toarray()[0], strict=True))
    assert first["bay"] == first["herald"] == 0
    assert "the it" not in first
    assert counts.lengths[0] == tokens.counts().lengths[0] - 2


def test_a_mask_of_another_corpus_is_refused():
    tokens = tokenize(pd.DataFrame({"article_id": ["a"], "text": ["two words"]}))
    with pytest.raises(DataError, match=r"one bool for each of the 2 tokens"):
        tokens.without(np.zeros(3, dtype=bool))
