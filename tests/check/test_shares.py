"""Rules on shares of an outlet's articles: each can fire, and is fine on plain articles."""

import pandas as pd
import pytest

from analysis.check.lengths import check_lengths, check_removed
from analysis.check.shares import RULES, check_shares

PLANTED = {
    "missing dates": ("published", pd.NaT),
    "short articles": ("words", 49),
    "truncated articles": ("truncated", True),
    "mostly furniture": ("removed_share", 0.8),
    "furniture left": ("leftover", ["Menu"]),
    "outlet names itself": ("own_names", ["herald"]),
    "no quotations": ("quotation", ""),
    "agency copy": ("wire", True),
    "copies in an outlet": ("copy", True),
    "copies across outlets": ("shared", True),
}


def test_every_rule_is_tested():
    assert [rule.check for rule in RULES] == list(PLANTED)


@pytest.mark.parametrize("rule", RULES, ids=[rule.check for rule in RULES])
def test_a_rule_fires_where_the_share_is_reached(measure, rule):
    column, value = PLANTED[rule.check]
    plain = measure({"A": 100, "B": 100})
    assert check_shares(plain, rule)[0].level == "fine"
    number = round(100 * rule.qualifies)
    values = [value] * number + plain[column].tolist()[number:]
    (found,) = check_shares(measure({"A": 100, "B": 100}, **{column: values}), rule)
    assert (found.level, found.outlet, len(found.articles)) == ("qualifies", "A", number)
    assert found.what.startswith(f"{number} of 100 articles of A ({number}%) ")
    assert found.remedy
    one_less = [plain[column][0], *values[1:]]
    fine = check_shares(measure({"A": 100, "B": 100}, **{column: one_less}), rule)
    assert [one.level for one in fine] == ["fine"]
    assert fine[0].articles == tuple(f"a{n}" for n in range(1, number))


def test_two_articles_are_no_habit(measure):
    rule = next(rule for rule in RULES if rule.check == "agency copy")
    measured = measure({"A": 2, "B": 8}, wire=[True, True, *[False] * 8])
    assert check_shares(measured, rule)[0].level == "fine"


def test_no_date_at_all_blocks_comparisons_over_time(measure):
    measured = measure({"A": 5, "B": 5}, published=[pd.NaT] * 5 + [pd.Timestamp("2026-01-05")] * 5)
    (found,) = check_shares(measured, RULES[0])
    assert (found.level, found.outlet, found.affects) == ("blocks", "A", "coverage")


def test_only_long_articles_are_asked_for_quotations(measure):
    rule = next(rule for rule in RULES if rule.check == "no quotations")
    measured = measure({"A": 10}, quotation=[""] * 10, words=[99] * 8 + [100] * 2)
    (found,) = check_shares(measured, rule)
    assert found.what == "2 of 2 articles of 100 words or more have no quotation marks."


def test_lengths_far_apart_are_told(measure):
    words = [400] * 20 + [100] * 10
    (found,) = check_lengths(measure({"A": 10, "B": 10, "C": 10}, words=words))
    assert found.outlet == "C"
    assert found.what == "The median article of C has 100 words, that of the others 400."
    assert check_lengths(measure({"A": 2}))[0].level == "fine"


def test_an_outlet_of_mostly_furniture_is_told(measure):
    shares = [0.6] * 5 + [0.1] * 5
    (found,) = check_removed(measure({"A": 5, "B": 5}, removed_share=shares))
    assert found.outlet == "A"
    assert "60% of the characters were removed" in found.what
    assert check_removed(measure({"A": 5}))[0].level == "fine"
