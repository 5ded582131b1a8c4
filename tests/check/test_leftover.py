"""What comes back at the edges of one outlet's texts."""

import pandas as pd

from analysis.check.examples import name_examples
from analysis.check.leftover import find_leftovers


def corpus(ending: str, n: int = 30) -> pd.DataFrame:
    """Articles that share no four words but the ending of outlet A's."""
    rows = []
    for outlet in "AB":
        for number in range(n):
            words = " ".join(
                f"{outlet.lower()}w{chr(97 + number % 26)}{number}x{k}x" for k in "abcdefgh" * 12
            )
            text = f"{words} of the old harbour town."
            rows.append((f"{outlet}{number}", outlet, text + (ending if outlet == "A" else "")))
    return pd.DataFrame(rows, columns=["article_id", "outlet", "text"])


def distinct(ending: str) -> pd.DataFrame:
    articles = corpus(ending)
    # Digits are folded, so that letters have to tell the words apart.
    articles["text"] = articles["text"].str.replace(
        r"\d+", lambda found: "".join(chr(97 + int(d)) for d in found[0]), regex=True
    )
    return articles


def test_a_phrase_at_the_end_of_one_outlets_articles_is_found():
    articles = distinct(" Kindly send us your holiday pictures.")
    found = find_leftovers(articles)
    assert set(found) == {f"A{n}" for n in range(30)}
    assert found["A0"] == ["Kindly send us your holiday pictures"]


def test_a_lone_line_is_found():
    found = find_leftovers(distinct("\nGoodbye 5"))
    assert set(found) == {f"A{n}" for n in range(30)}
    assert found["A3"] == ["Goodbye 5".replace("5", "f")]


def test_what_both_outlets_write_is_no_leftover():
    assert find_leftovers(distinct("")) == {}


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
