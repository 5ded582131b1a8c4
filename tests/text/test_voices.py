import pandas as pd
import pytest

from analysis import DataError, find_quotes, mark_voices, tokenize

TEXT = "Rain fell. Ida Storm said the “long winter” was over. The “reform” failed."


@pytest.fixture
def articles():
    texts = [TEXT, "Rain fell."]
    return pd.DataFrame({"article_id": ["a", "b"], "outlet": "Herald", "text": texts})


def test_every_token_has_the_voice_it_is_in(articles):
    tokens = mark_voices(tokenize(articles), find_quotes(articles))
    words = tokens.terms[tokens.ids]
    assert list(words[tokens.voice == 1]) == ["long", "winter"]
    assert list(words[tokens.voice == 2]) == ["the", "was", "over"]
    assert "reform" in words[tokens.voice == 0]


def test_the_voices_add_up(articles):
    tokens = mark_voices(tokenize(articles), find_quotes(articles))
    sums = {voice: tokens.counts(voice=voice).matrix.sum() for voice in ("own", "quoted", None)}
    assert sums == {"own": 10, "quoted": 5, None: 15}


def test_a_frame_of_something_else_is_refused(articles):
    with pytest.raises(DataError, match="lacks the column 'start'"):
        mark_voices(tokenize(articles), articles)
