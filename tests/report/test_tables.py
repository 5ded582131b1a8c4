"""Tables for readers say the same as the frames behind them."""

import math

import pandas as pd

from analysis.report.tables import tabulate_terms


def test_terms_are_laid_out_by_group_with_ratios_and_totals():
    table = pd.DataFrame(
        [
            ("Herald", "regime", math.log(3), math.log(2), math.inf, 4, 9),
            ("Gazette", "state", 2.0, math.log(1.5), math.log(4), 3, 0),
            ("Herald", "junta", 1.0, 0.5, 1.5, 2, 1),
        ],
        columns=["outlet", "term", "estimate", "low", "high", "n_articles", "count_rest"],
    ).assign(q=0.01, articles=1200, n_articles_rest=1, articles_rest=30, n_days=2)
    read = tabulate_terms(table, n_terms=1)
    assert read["term"].tolist() == ["state", "regime"]
    assert math.isnan(read["times"].iloc[0])
    assert [round(value, 9) for value in read.loc[1, ["times", "low", "high"]]] == [3, 2, math.inf]
    assert read["articles"].tolist() == ["3 of 1,200", "4 of 1,200"]
    assert read["others' articles"].tolist() == ["1 of 30", "1 of 30"]
    assert read["days"].tolist() == [2, 2]
