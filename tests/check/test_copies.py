"""Copies inside an outlet and across outlets."""

import pandas as pd

from analysis.check.copies import mark_copies

STORY = " ".join(f"The ship number {n} left port {n * 7} with grain." for n in range(20))
OTHER = " ".join(f"A choir of {n} boys sang song {n * 3} in church." for n in range(20))


def test_copies_are_those_that_came_later():
    rows = [
        ("a1", "A", "2026-01-02", STORY),
        ("a2", "A", "2026-01-01", f"{STORY} It rained."),
        ("a3", "A", None, OTHER),
        ("a4", "A", None, OTHER.upper()),
        ("b1", "B", "2026-01-03", f"{STORY} It snowed."),
        ("b2", "B", "2026-01-03", "A bell rang."),
        ("b3", "B", "2026-01-03", "A bell rang."),
    ]
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "published", "text"])
    articles["published"] = pd.to_datetime(articles["published"])
    marks = mark_copies(articles).set_index(articles["article_id"])
    assert marks.index[marks["copy"]].tolist() == ["a1", "a4", "b3"]
    assert marks.index[marks["exact"]].tolist() == ["a4", "b3"]
    assert marks.index[marks["shared"]].tolist() == ["a1", "a2", "b1"]
