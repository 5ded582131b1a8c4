"""What comes back at the edges of one outlet's texts."""

import string

import pandas as pd

from analysis.check.examples import name_examples
from analysis.check.leftover import find_leftovers


def corpus(ending: str) -> pd.DataFrame:
    """Thirty articles an outlet that share no four words but the ending of outlet A's."""
    letters = string.ascii_lowercase
    rows = []
    for outlet in "AB":
        for number in range(30):
            own = f"{outlet}{letters[number % 26]}{letters[number // 26]}".lower()
            words = " ".join(f"{own}{letter}" for letter in letters * 4)
            text = f"{words} of the harbour.{ending if outlet == 'A' else ''}"
            rows.append((f"{outlet}{number}", outlet, text))
    return pd.DataFrame(rows, columns=["article_id", "outlet", "text"])


def test_a_phrase_at_the_end_of_one_outlets_articles_is_found():
    found = find_leftovers(corpus(" Kindly send us your holiday pictures."))
    assert set(found) == {f"A{n}" for n in range(30)}
    assert found["A0"][0].endswith("Kindly send us your holiday pictures")


def test_a_lone_line_is_found():
    found = find_leftovers(corpus("\nGoodbye"))
    assert set(found) == {f"A{n}" for n in range(30)}
    assert found["A3"][0] == "Goodbye"


def test_a_line_that_comes_back_in_no_single_outlet_is_none():
    articles = corpus("")
    rows = [0, 1, 2, 30, 31, 32]  # three articles of each outlet
    articles.loc[rows, "text"] += "\nGoodbye"
    assert find_leftovers(articles) == {}
    articles.loc[[3, 4], "text"] += "\nGoodbye"
    assert set(find_leftovers(articles)) == {"A0", "A1", "A2", "A3", "A4"}


def test_what_both_outlets_write_is_no_leftover():
    assert find_leftovers(corpus("")) == {}


def test_examples_are_counted_without_their_digits():
    measured = pd.DataFrame(
        {
            "outlet": ["A", "A", "A", "B"],
            "leftover": [["Page 5"], ["Page 6", "Menu"], [], []],
        }
    )
    assert name_examples(measured, "leftover") == {
        "A": "Most often: “Page 5” (in 2) and “Menu” (in 1).",
        "B": "",
    }
