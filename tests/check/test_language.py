"""Languages of articles and outlets."""

import pytest

from analysis.check.language import check_language
from analysis.check.measure import LATIN, name_language

ENGLISH = "The envoys of the two countries met in the old hall of the town, and they agreed. " * 3
GERMAN = "Die Gesandten der beiden Länder trafen sich im alten Saal der Stadt und waren einig. " * 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "English"),
        (GERMAN, LATIN),
        ("Посланники двух стран встретились в старом зале города и договорились. " * 3, "Cyrillic"),
        ("两国的使者在城里的旧大厅会面并达成了协议。" * 6, "Chinese"),
        ("Yes.", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_text(text, language):
    assert name_language(text) == language


def test_an_outlet_in_another_language_blocks(measure):
    languages = ["English"] * 20 + [LATIN] * 9 + [""]
    (found,) = check_language(measure({"A": 20, "B": 10}, language=languages))
    assert (found.level, found.outlet, len(found.articles)) == ("blocks", "B", 9)


def test_single_articles_in_another_language_qualify(measure):
    languages = ["English"] * 38 + ["Arabic"] * 2
    (found,) = check_language(measure({"A": 20, "B": 20}, language=languages))
    assert (found.level, found.articles) == ("qualifies", ("a38", "a39"))
    assert "its languages: English 90%, Arabic 10%" in found.what


def test_a_corpus_in_one_other_language_qualifies(measure):
    (found,) = check_language(measure({"A": 20, "B": 20}, language=[LATIN] * 40))
    assert (found.level, found.outlet) == ("qualifies", "")
    assert "Most articles are not in English" in found.what


def test_english_is_fine(measure):
    assert check_language(measure({"A": 2}))[0].what == "By articles: English 100%."
    assert check_language(measure({"A": 2}, language=["", ""]))[0].level == "fine"
