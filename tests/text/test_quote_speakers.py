"""Whose words they are, where several could be meant."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import find_quotes, name_speakers

KNOWN = "Ida Storm, the mayor, met Bo Hall, a baker. "


def speakers(text):
    """The speaker of each quotation, in order."""
    found = find_quotes(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    return found.loc[found["kind"] == "direct", "speaker"].tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A bracket behind the name.
        ("Tuesday in Callan, OH, Gov. Bo Hall (R-OH), said, “We wait for the ship.”", "Bo Hall"),
        ("Bo Hall told the Callan Press (CP), “We wait for the ship to come.”", "Bo Hall"),
        # Verbs joined by "and" have the subject of their own clause.
        ("When asked whom Bo Hall met, Ida Storm smiled and said, “We wait.”", "Ida Storm"),
        # An apposition inside a clause that depends on another.
        ("It came up after Ida Storm, asked about Bo Hall, had said, “We wait.”", "Ida Storm"),
        # The verb nearest the quotation.
        (
            "While he was speaking to Bo Hall on Monday, Ida Storm said, “We wait here.”",
            "Ida Storm",
        ),
        # Who is quoted saying something.
        ("A letter quoted Ida Storm as saying “we wait for the ship to come.”", "Ida Storm"),
        # The document of somebody.
        ("Ida Storm sent an email to friends saying, “We wait for the ship.”", "Ida Storm"),
        # Not the name May, and not a participle behind the name.
        ("“We wait,” said Ida May noting that it was late.", "Ida May"),
        ("“We wait,” said Omar al-Hadi.", "Omar al-Hadi"),
        ("The ambassador in Cyprus Bo Hall said: “We wait.”", "Bo Hall"),
    ],
)
def test_who_speaks(text, expected):
    assert speakers(KNOWN + text)[0] == expected


def test_the_past_of_read_is_written_as_its_base():
    text = "“We wait for the ship,” read one letter. “We do,” Bo Hall said."
    assert speakers(text) == ["", "Bo Hall"]


def test_speech_behind_speech_is_by_who_spoke_last():
    text = "“We wait,” Bo Hall said of the ship. That makes him “the most patient man in town.”"
    assert speakers(text) == ["Bo Hall", "Bo Hall"]


def test_a_verb_with_a_clause_of_its_own_reports_no_question_before_it():
    text = "Ida Storm held a sign that read “When?” Her father, Bo Hall, worried that it was late."
    assert "Bo Hall" not in speakers(text)


def test_who_speaks_may_be_told_behind_the_last_of_several_paragraphs():
    text = "“The first part of it.\n\n“The second part.\n\n“And the end,” Ida Storm said."
    assert speakers(text) == ["Ida Storm"] * 3


def test_a_word_that_is_a_sentence_is_speech():
    assert speakers("“We wait,” Bo Hall said. “Why?”") == ["Bo Hall", "Bo Hall"]


def test_marked_words_ahead_of_a_verb_with_a_clause_are_not_what_it_reports():
    text = "The “reformers” said they would wait. Bo Hall left."
    found = find_quotes(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    spans = zip(found["kind"], found["start"], found["end"], strict=True)
    assert [(kind, text[a:b]) for kind, a, b in spans] == [
        ("scare", "reformers"), ("indirect", "they would wait"),
    ]  # fmt: skip


def test_a_pronoun_behind_reported_words_is_nobody_named_in_them():
    text = "Ola Berg, a baker, spoke of the talks on Monday. Bo Hall has a “dark” mind, he said."
    assert speakers(text) == ["Ola Berg"]


def test_a_man_and_a_woman_of_one_name():
    text = (
        "Anna Hall and John Hall run a mill. Hall waited at the gate. “We wait,” she said. "
        "\n\nHall left at night. “I go,” he said."
    )
    assert speakers(text) == ["Anna Hall", "John Hall"]


def test_an_office_is_its_holders_in_its_own_country_only():
    text = (
        "French President Ida Storm met Bo Hall. Norway's president said it was “a good day for "
        "all of us.” The French president said it was “a bad day for all of us.”"
    )
    assert speakers(text) == ["Norway's president", "Ida Storm"]


def test_a_former_holder_of_an_office_is_not_meant_by_it():
    text = (
        "Ukraine's President Ida Storm met ex-Ukrainian President Bo Hall. Ukraine's president "
        "said it was “a good day for all of us.”"
    )
    assert speakers(text) == ["Ida Storm"]


def test_an_adverbial_ahead_of_a_participle_speaks_not():
    text = (
        "Despite the multitude of letters issued denying any link, it went on. “We wait for the "
        "ship to come.”"
    )
    assert speakers(text) == [""]


def test_who_is_named_behind_an_adverbial_speaks():
    text = "On the other bank President Bo Hall said nobody was “left to wait for the ship.”"
    assert speakers(text) == ["Bo Hall"]


def test_a_day_is_not_what_a_noun_reports():
    text = "The town came under attack on January 28."
    assert find_quotes(pd.DataFrame({"article_id": ["a"], "text": [text]})).empty


def test_what_can_name_nobody_names_nobody():
    found = find_quotes(
        pd.DataFrame(
            {"article_id": ["a"], "text": ["“Call the roll,” came shouts from the crowd."]}
        )
    )
    assert found["speaker"].tolist() == [""]
    assert found["speaker_start"].tolist() == [-1]


@pytest.mark.parametrize("word", ["However", "Here", "This", "The", "One"])
def test_words_that_are_no_names(word):
    assert speakers(f"{word} said: “We wait for the ship.”") == [""]


def test_a_pronoun_may_mean_somebody_without_a_name():
    text = "Bo Hall, a baker, waited. A source in the ministry said talks failed. “We go,” he said."
    assert speakers(text) == [""]


PIECES = st.one_of(
    st.sampled_from(
        [
            "“", "”", '"', "'", "’", "‘", "«", "»", ",", ".", ":", ";", "(", ")", "—", "\n\n", "said",
            "Ida Storm", "Bo", "he", "she", "the minister", "according to", "that", "and", "as",
            "saying", "who", "Norway's president", "May", "asked", "told", "reporters", "in", "read",
        ]
    ),
    st.text(max_size=12),
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=40), st.sampled_from([" ", ""]))
def test_whatever_a_text_holds_it_is_read_and_offsets_point_into_it(pieces, between):
    text = between.join(pieces)
    articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    found = find_quotes(articles)
    assert ((found["start"] >= 0) & (found["start"] <= found["end"])).all()
    assert (found["end"] <= len(text)).all()
    assert (found["speaker_end"] <= len(text)).all()
    unnamed = found["speaker_start"] < 0
    assert (found.loc[unnamed, "speaker_end"] == -1).all()
    assert set(found["kind"]) <= {"direct", "indirect", "scare"}
    named = name_speakers(found, articles)
    assert len(named.quotes) == len(found)
    assert set(named.people["name"]) == set(named.quotes["speaker"]) - {""}
