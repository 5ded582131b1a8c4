"""Articles that break off."""

import pandas as pd
import pytest

from analysis.check.truncation import breaks_off, mark_truncated

WHOLE = "The envoys met in the old hall on Monday and agreed on grain."


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        (WHOLE, False),
        ("The envoys met in the old hall on Monday and agreed to", True),
        ("The envoys met in the old hall on Monday and agreed on the price of grain,", True),
        ("The envoys met in the…", True),
        ("The envoys met in the hall [+1234 chars]", True),
        (f"{WHOLE} -", False),
        ("“We shall meet again in the old hall of this town,” he said, “and soon.”", False),
        (f"{WHOLE}\nReporting by the staff of the paper in Saltmere by Anna Lund", False),
        (f"{WHOLE}\nmore soon", False),
        ("", False),
    ],
)
def test_a_text_that_stops_in_a_sentence(text, broken):
    assert breaks_off(text) is broken


def test_a_column_of_its_own_is_believed():
    articles = pd.DataFrame({"text": ["The end of", WHOLE], "truncated": [False, True]})
    assert mark_truncated(articles).tolist() == [False, True]
    foreign = articles.assign(truncated=["no", "no"])
    assert mark_truncated(foreign).tolist() == [False, False]
