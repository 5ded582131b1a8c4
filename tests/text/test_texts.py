"""Articles by their ids."""

import pandas as pd

from analysis.text.texts import find_rows


def test_rows_are_found_by_ids():
    articles = pd.DataFrame({"article_id": ["a", "b", "c"]})
    ids = pd.Series(["c", "x", "a", "c", None], index=[7, 7, 8, 9, 0])
    assert find_rows(ids, articles).tolist() == [2, -1, 0, 2, -1]
    assert find_rows(ids.iloc[:0], articles).tolist() == []
    assert find_rows(ids, articles.iloc[:0]).tolist() == [-1] * 5
