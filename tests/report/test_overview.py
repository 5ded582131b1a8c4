"""What is said of a corpus as a whole, on a corpus that can be counted by hand."""

import pandas as pd

from analysis.corpus.health import count_per_day
from analysis.report import overview


def test_a_corpus_is_described_with_what_weakens_it(articles):
    assert overview.describe_corpus(articles) == [
        "12 articles of 3 outlets, 5 January 2026 to 7 January 2026.",
        "3 articles have no date.",
        "Fewer than ten articles: Herald (4), Gazette (4) and Courier (4). "
        "Only very large differences can be told from chance there.",
    ]


def test_one_article_an_outlet_is_said_at_once(articles):
    one_each = articles.drop_duplicates("outlet")
    assert "nothing can be inferred about the outlets" in overview.describe_corpus(one_each)[-1]


def test_the_longest_gap_is_named(articles):
    later = articles.assign(
        published=articles["published"].where(articles["article_id"] != "h3", "2026-01-12")
    )
    assert overview.describe_dates(count_per_day(later)) == (
        "Articles a day from 5 January 2026 to 12 January 2026. "
        "The longest gap is 5 days without an article of Courier."
    )
    assert "No article has a date" in overview.describe_dates(
        count_per_day(articles.assign(published=pd.NaT))
    )


def test_calibration_is_told_beside_the_usual_tests():
    table = pd.DataFrame(
        {
            "outlet": ["Herald", "Gazette", "Courier"],
            "runs": [20, 20, 0],
            "share_p05": [0.04, 0.06, None],
            "runs_with_any": [0.1, 0.0, None],
            "discoveries": [0.2, 0.0, None],
            "discoveries_g2": [80.0, 90.0, None],
            "discoveries_log_odds": [20.0, 30.0, None],
        }
    )
    assert overview.describe_calibration(table) == [
        "In 40 comparisons of random halves of one outlet, where every difference is chance, "
        "5.0% of the words had p below .05 (expected: 5 %).",
        "5% of them announced any word at a false-discovery rate of 5 %, on average 0.1 words. "
        "The log-likelihood test would have announced 85.0 words, log-odds with a prior 25.0.",
    ]
    none = overview.describe_calibration(table.assign(runs=0))
    assert none == [
        "No outlet has enough articles to be dealt into halves: nothing was calibrated."
    ]
