import re

import pytest

from analysis.corpus.schema import DataError
from analysis.text.scan import TOKEN_PATTERN
from analysis.text.stop_words import stop_words


def test_english_list_holds_function_words_and_no_others():
    words = stop_words()
    assert {"the", "of", "and", "don", "doesn", "ll", "ve", "themselves"} <= words
    assert not {"said", "government", "new", "war", "people", "system", "bill"} & words


def test_every_word_is_a_token():
    assert all(re.fullmatch(TOKEN_PATTERN, word) and word == word.lower() for word in stop_words())


def test_unknown_language():
    with pytest.raises(DataError, match=r"no list of stop words for '\.\./en' \(there is: en\)"):
        stop_words("../en")
