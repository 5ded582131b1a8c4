import numpy as np

from analysis.corpus.block_words import (
    WORD_GROUPS,
    count_words,
    phrase_features,
    share_words,
    word_features,
)


def test_words_pairs_and_beginnings_are_counted_by_group():
    assert count_words(["read", "more", "on", "our", "newsletters"]) == {"onward": 2, "joining": 1}
    assert count_words(["folgen", "sie", "uns", "auf", "facebook", "und", "instagram"]) == {
        "reaching": 1,
        "networks": 2,
    }
    assert count_words(["the", "council", "met", "on", "monday"]) == {}


def test_words_shared_with_other_prose():
    blocks = [["bridge", "council", "of"], ["bridge", "mayor"], ["holiday", "offers", "bridge"]]
    # Two words are reckoned in. A block of prose does not count for itself.
    assert share_words(blocks, np.array([1.0, 1.0, 0.0])).tolist() == [1 / 4, 1 / 4, 1 / 5]


def test_short_and_long_blocks_have_columns_of_their_own():
    blocks = [["newsletter"], ["newsletter"] + ["word"] * 12]
    columns = word_features(blocks, np.array([1.0, 13.0]), np.zeros(2))
    assert columns["joining, short"].tolist() == [1, 0]
    assert columns["joining, long"].tolist() == [0, 1]
    assert {name.split(",")[0] for name in columns} >= set(WORD_GROUPS)


def test_phrases_by_which_furniture_is_known():
    columns = phrase_features(["Sign up for our newsletter", "The council met on Monday."])
    assert columns["phrase: call to the reader"].tolist() == [1, 0]
    assert columns["starts with cue"].tolist() == [1, 0]
    assert columns["cued"][0] > 0.3
    assert columns["cued"][1] == 0
