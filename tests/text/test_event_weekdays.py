"""Days of the week that articles name, and what they say of a pair."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis.text.event_places import LEAD, TITLE
from analysis.text.event_vectors import weigh_articles
from analysis.text.event_weekdays import (
    find_weekdays,
    name_weekdays,
    odds_of_weekdays,
    share_weekdays,
)

MONDAY, TUESDAY, NONE = [1.0, 0, 0, 0, 0, 0, 0], [0, 1.0, 0, 0, 0, 0, 0], [0.0] * 7


def test_days_are_read_from_their_columns_and_may_be_missing():
    columns = find_weekdays(np.array(["cheese", "friday", "monday"]))
    assert columns.tolist() == [2, -1, -1, -1, 1, -1, -1]
    places = sparse.csr_array(np.array([[5.0, 0, 2], [0, 3, 0]]))
    wanted = [[2, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 3, 0, 0]]
    np.testing.assert_array_equal(name_weekdays(places, columns), wanted)


def test_the_same_day_speaks_for_a_pair_another_against_it_and_none_says_nothing():
    named = np.array([MONDAY, MONDAY, TUESDAY, NONE])
    odds = odds_of_weekdays(share_weekdays(named), np.array([0, 0, 0, 3]), np.array([1, 2, 3, 3]))
    # Half of one mention is doubt, a seventh of it on each day.
    on, off = (1 + 1 / 7) / 2, (1 / 7) / 2
    wanted = [7 * (on**2 + 6 * off**2), 7 * (2 * on * off + 5 * off**2), 1, 1]
    assert odds == pytest.approx(np.log(wanted))


def test_days_said_first_count_most():
    texts = ["On Monday it fell. " + "word " * 300 + "Friday", "Friday and Monday"]
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": texts, "title": ["", "Monday"]})
    named = weigh_articles(articles).weekdays
    assert named[0, 0] == pytest.approx(1 + LEAD * np.exp(-1 / 100))
    assert named[0, 4] == pytest.approx(1 + LEAD * np.exp(-304 / 100))
    assert named[1, 0] == pytest.approx(1 + LEAD + TITLE + 1 + LEAD * np.exp(-3 / 100))
    assert not named[:, [1, 2, 3, 5, 6]].any()


def test_another_language_names_none():
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["Lunes y martes"] * 2})
    assert weigh_articles(articles).weekdays.tolist() == [NONE, NONE]
