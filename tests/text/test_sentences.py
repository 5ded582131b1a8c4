import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.sentences import sentence_of, split_sentences


def sentences(text):
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The regime met envoys.", "The regime said no.", "Envoys left!", "Why?", "Nobody knew."],
        ["Mr. Smith met Dr. Jones and Gen. Lee.", "They spoke."],
        ["J. K. Rowling met George W. Bush.", "He waved."],
        ["The U.S. Senate voted in Washington, D.C. The House did not."],
        ["He lives in the U.S.", "The senator does not."],
        ["It closed at 5 p.m. Monday.", "It opens at 9 a.m.", "The rest is closed."],
        ["See No. 10 for more.", "He said no.", "Ten others agreed."],
        [
            "Shares of Acme Inc. Europe rose 3.5 percent to $1.2.",
            "Others fell 3.5.",
            "Nobody sold.",
        ],
        ["“We won.”", "“They lost!”", "He left."],
        ["“Why?” she asked.", '("No," he said.)', "The end..."],
        ["He paused ... and went on.", "Then he stopped..."],
        ["会谈开始。", "会谈结束！", "完"],
        ["no capitals here. so nobody knows."],
    ],
)
def test_split(parts):
    if parts[0].startswith("The U.S. Senate"):
        text, parts = parts[0], [*parts[0].partition(" The House")[::2]]
        parts[1] = "The House" + parts[1]
    elif parts[0].startswith("会"):
        text = "".join(parts)
    else:
        text = " ".join(parts)
    assert sentences(text) == parts


def test_paragraphs_part_sentences():
    assert sentences("Talks open\n\nEnvoys met\nin the hall. Then left") == [
        *("Talks open", "Envoys met\nin the hall.", "Then left"),
    ]
    assert sentences("Talks open\nEnvoys met\n  They left") == [
        *("Talks open", "Envoys met", "They left"),
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "...", "\ud800. \x00", ".\n\n."])
def test_odd_texts(text):
    assert all(text[start:end].strip() for start, end in split_sentences(text))


@given(st.text(st.sampled_from("ab AB.!?\n\"'”“ \u3002\u00a01x"), max_size=80))
def test_sentences_are_in_order_and_leave_only_white_space(text):
    last = 0
    for start, end in split_sentences(text):
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        last = end
    assert not text[last:].strip()


def test_sentence_of():
    text = "The regime met envoys. It said no.\n\nGrain ships left."
    start = text.index("said")
    assert text[slice(*sentence_of(text, start, start + 4))] == "It said no."
    assert text[slice(*sentence_of(text, 15, start))] == "The regime met envoys. It said no."
    crossing = sentence_of(text, text.index("no."), text.index("Grain") + 5)
    assert text[slice(*crossing)] == "It said no."
    assert sentence_of("", 0, 0) == (0, 0)
