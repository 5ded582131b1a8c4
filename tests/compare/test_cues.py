"""Reporting words by stance, counted by hand."""

import pandas as pd
import pytest

from analysis import DataError, compare_cues, compare_sides, compare_terms
from analysis.compare.cues import count_cues, most_heard

ARTICLES = pd.DataFrame({"article_id": [f"a{n}" for n in range(24)]})
ARTICLES["outlet"] = ["Herald"] * 12 + ["Gazette"] * 12


def said(article_id, cue, country="", at=1, kind="direct"):
    return (article_id, cue, kind, at, "Ida", country)


def frame(rows):
    columns = ["article_id", "cue", "kind", "speaker_start", "speaker", "country"]
    return pd.DataFrame(rows, columns=columns)


def doubting():
    """The Herald lets Norway say and Sweden claim, the Gazette lets both say."""
    rows = []
    for n in range(24):
        herald = n < 12
        rows += [said(f"a{n}", "said", "Norway"), said(f"a{n}", "said", "Norway", at=9)]
        rows += [said(f"a{n}", "claimed" if herald else "said", "Sweden", at=20)]
    return frame(rows)


def test_one_cue_of_several_pieces_counts_once():
    rows = [
        said("a0", "said"), said("a0", "said"), said("a0", "said", kind="indirect"),
        said("a0", "said", at=30), said("a1", "claimed"), said("a1", "", at=4),
        said("a1", "said", at=9, kind="scare"),
    ]  # fmt: skip
    counts = count_cues(frame(rows), ARTICLES)
    assert counts.terms.tolist() == ["doubting", "neutral"]
    assert counts.matrix.toarray().tolist() == [[0, 2], [1, 0]]
    assert counts.lengths.tolist() == [2, 1]
    assert counts.articles["article_id"].tolist() == ["a0", "a1"]


def test_the_comparison_is_that_of_terms():
    table = compare_cues(doubting(), ARTICLES)
    pd.testing.assert_frame_equal(table, compare_terms(count_cues(doubting(), ARTICLES)))
    herald = table.set_index(["outlet", "term"]).loc[("Herald", "doubting")]
    assert (herald["count"], herald["count_rest"]) == (12, 0)
    assert herald["low"] > 0
    assert herald["q"] < 0.01
    verbs = compare_cues(doubting(), ARTICLES, of="verb")
    assert set(verbs["term"]) == {"say", "claim"}


def test_one_side_says_and_the_other_claims():
    table = compare_sides(doubting(), ARTICLES, sides=["Sweden", "Norway"])
    found = table[(table["q"] <= 0.05) & (table["low"] > 0)]
    assert found[["outlet", "side", "other", "term"]].to_numpy().tolist() == [
        ["Herald", "Sweden", "Norway", "doubting"]
    ]


def test_swapping_the_sides_turns_the_estimates():
    one = compare_sides(doubting(), ARTICLES, sides=["Sweden", "Norway"])
    other = compare_sides(doubting(), ARTICLES, sides=["Norway", "Sweden"])
    keys = ["outlet", "term"]
    both = one.merge(other, on=keys, suffixes=("", "_swapped"))
    assert both["estimate"].tolist() == pytest.approx((-both["estimate_swapped"]).tolist())
    assert both["p"].tolist() == pytest.approx(both["p_swapped"].tolist())


def test_without_sides_the_two_most_heard_are_taken():
    assert sorted(most_heard(doubting(), "country")) == ["Norway", "Sweden"]
    table = compare_sides(doubting(), ARTICLES)
    assert set(table["side"]) | set(table["other"]) == {"Norway", "Sweden"}


def test_a_stance_that_is_all_there_is_has_no_bounds():
    table = compare_sides(doubting(), ARTICLES, sides=["Sweden", "Norway"])
    whole = table.set_index(["outlet", "term"]).loc[("Gazette", "neutral")]
    assert whole["p"] == 1
    assert whole["low"] < 0 <= whole["high"]
    assert not table[["low", "high"]].isna().any(axis=None)


def test_nothing_to_compare_gives_an_empty_frame():
    nothing = frame([said("a0", ""), said("a1", "")])
    assert compare_cues(nothing, ARTICLES).empty
    assert compare_sides(nothing, ARTICLES).empty
    assert {"outlet", "term", "q"} <= set(compare_cues(nothing, ARTICLES).columns)


def test_errors():
    with pytest.raises(DataError, match="needs two sides, and got 1"):
        compare_sides(doubting(), ARTICLES, sides=["Norway"])
    with pytest.raises(DataError, match="can be: stance, verb"):
        count_cues(doubting(), ARTICLES, of="mood")
    with pytest.raises(DataError, match="lack the column 'desk'"):
        compare_sides(doubting(), ARTICLES, by="desk")
    with pytest.raises(DataError, match="'side' or 'country'"):
        compare_sides(doubting().drop(columns="country"), ARTICLES)
