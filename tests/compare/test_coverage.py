"""Who tells what, counted by hand."""

import pandas as pd
import pytest

from analysis.compare.coverage import compare_coverage
from analysis.compare.coverage_evidence import find_omission_evidence, list_omissions
from analysis.compare.coverage_layout import find_units
from analysis.corpus.schema import DataError

# Invented: each outlet tells some of three facts about one event, in words of its own.
TOLL = [
    "Mayor Ivo Tarn said that 31 people were killed when the school was hit. ",
    "When the school was hit 31 people were killed, as Ivo Tarn said. ",
    "Ivo Tarn said killed in the school were 31 people. ",
]
TAIL = [
    "Monitors of the Concord found the tail of a glide bomb in the rubble. ",
    "In the rubble monitors found a glide bomb tail, the Concord wrote. ",
    "A tail from a glide bomb was what Concord monitors found in rubble. ",
    "Found in rubble by monitors: a glide bomb and its tail, wrote the Concord. ",
]
TALK = [
    "President Vask called the council for an evening session in Halvane. ",
    "In Halvane an evening session was called by Vask, and the council came. ",
    "The council in Halvane had its evening session, which Vask had called. ",
    "Vask had called, and in Halvane the evening session of a council began. ",
]
OWN = {
    "Herald": "Traffic was heavy on the ring road and trams were late that morning.",
    "Gazette": "The lamps along the quay had been covered with cloth since autumn.",
    "Courier": "Bakers opened at seven and sold out of rye before the hour was over.",
    "Monitor": "Insurers in the port raised their premiums for hulls by a tenth.",
    "Echo": "A choir rehearsed in the chapel while the windows were being boarded.",
}
TOLD = {
    "Herald": TOLL[0] + TAIL[0] + TALK[0],
    "Gazette": TOLL[1] + TAIL[1],
    "Courier": TOLL[2] + TAIL[2] + TALK[1],
    "Monitor": TAIL[3] + TALK[2],
    "Echo": TALK[3],
}


def build(told=TOLD, **columns):
    frame = pd.DataFrame(
        {
            "article_id": [name.lower() for name in told],
            "outlet": list(told),
            "event_id": "e1",
            "text": [f"{facts}{OWN[name]}" for name, facts in told.items()],
        }
    )
    return frame.assign(**columns)


@pytest.fixture(scope="module")
def coverage():
    other = pd.DataFrame(
        {
            "article_id": ["f1", "s1"],
            "outlet": ["Herald", "Star"],
            "event_id": ["e2", "e2"],
            "text": ["Ships left Lissava with grain.", "Grain ships left Lissava."],
        }
    )
    return compare_coverage(pd.concat([build(), other], ignore_index=True))


def row_of(coverage, kind, words, outlet):
    rows = coverage[(coverage["kind"] == kind) & coverage["item"].str.contains(words)]
    found = rows[rows["outlet"] == outlet]
    assert len(found) == 1
    return found.iloc[0]


def test_states_and_counts(coverage):
    toll = row_of(coverage, "number", "31", "Monitor")
    assert toll["state"] == "not covered"
    assert (toll["n_with"], toll["n_others"], toll["n_articles"]) == (3, 4, 1)
    assert toll["mentions"] == 0
    assert toll["words"] == len((TOLD["Monitor"] + OWN["Monitor"]).split())
    assert 0 < toll["chance"] < 1
    assert row_of(coverage, "number", "31", "Herald")["state"] == "covered"
    assert row_of(coverage, "number", "31", "Herald")["n_with"] == 2
    star = row_of(coverage, "number", "31", "Star")
    assert star["state"] == "not collected"
    assert pd.isna(star["chance"])
    assert star["n_articles"] == 0


def test_claims_are_found_and_missed(coverage):
    assert row_of(coverage, "claim", "glide bomb", "Echo")["state"] == "not covered"
    assert row_of(coverage, "claim", "glide bomb", "Echo")["n_with"] == 4
    assert row_of(coverage, "claim", "evening session", "Gazette")["state"] == "not covered"
    assert row_of(coverage, "claim", "evening session", "Echo")["state"] == "covered"


def test_the_chance_needs_two_articles_of_others(coverage):
    few = coverage[coverage["n_with"] < 2]
    assert few["chance"].isna().all()


def test_most_surprising_first(coverage):
    missed = coverage[coverage["state"] == "not covered"]
    assert coverage.index[: len(missed)].equals(missed.index)
    assert missed["chance"].dropna().is_monotonic_increasing


def test_a_truncated_article_leaves_nothing_out():
    cut = ["", "", "", "", "notice of a paywall"]
    coverage = compare_coverage(build(truncated=cut))
    assert row_of(coverage, "claim", "glide bomb", "Echo")["state"] == "truncated"
    assert row_of(coverage, "claim", "glide bomb", "Herald")["state"] == "covered"


def test_copies_count_once():
    articles = build()
    articles.loc[articles["outlet"] == "Monitor", "text"] = articles["text"].iloc[0]
    units = find_units(articles)
    assert units.tolist() == [0, 1, 2, 0, 3]
    coverage = compare_coverage(articles)
    echo = row_of(coverage, "number", "31", "Echo")
    assert (echo["n_with"], echo["n_others"]) == (3, 3)  # Herald and Monitor are one text


def test_own_copies_are_no_evidence_against_oneself():
    articles = build()
    articles.loc[articles["outlet"] == "Monitor", "text"] = articles["text"].iloc[4]
    coverage = compare_coverage(articles)
    echo = row_of(coverage, "number", "31", "Echo")
    assert echo["n_others"] == 3  # not Monitor, which prints the same text


def test_rows_order_and_input_do_not_matter():
    articles = build()
    before = articles.copy()
    first = compare_coverage(articles)
    pd.testing.assert_frame_equal(articles, before)
    second = compare_coverage(articles.iloc[::-1].reset_index(drop=True))
    keys = ["event_id", "kind", "item", "outlet"]
    pd.testing.assert_frame_equal(
        first.sort_values(keys).reset_index(drop=True)[[*keys, "state", "n_with"]],
        second.sort_values(keys).reset_index(drop=True)[[*keys, "state", "n_with"]],
    )


def test_evidence_of_both_sides(coverage):
    from analysis.compare.items import find_items

    articles = build()
    items = find_items(articles)
    table = compare_coverage(articles, items=items)
    omissions = list_omissions(table)
    found = find_omission_evidence(articles, omissions, items=items)
    text_of = articles.set_index("article_id")["text"]
    outlet_of = articles.set_index("article_id")["outlet"]
    for row in found.to_dict("records"):
        sentence = text_of[row["article_id"]][row["start"] : row["end"]]
        assert row["left"] + row["match"] + row["right"] == " ".join(sentence.split())
        own = row["term"].startswith(outlet_of[row["article_id"]])
        assert own == (row["side"] == "nearest in its own")
    assert found.groupby("term")["side"].nunique().eq(2).all()


def test_somebody_unnamed_is_not_listed_as_a_source_too(coverage):
    rows = coverage[(coverage["outlet"] == "Monitor") & (coverage["item"] == "Ivo Tarn")]
    assert set(rows.loc[rows["state"] == "not covered", "kind"]) == {"person", "source"}
    listed = list_omissions(coverage, most=1000)
    own = listed[(listed["outlet"] == "Monitor") & (listed["item"] == "Ivo Tarn")]
    assert set(own["kind"]) <= {"person"}
    assert listed.groupby(["event_id", "outlet"]).size().max() <= 3


def test_events_of_one_outlet_are_refused():
    articles = build().assign(event_id=list("abcde"))
    with pytest.raises(DataError, match="no event has an item that articles of two different out"):
        compare_coverage(articles)


def test_items_of_another_kind_are_refused():
    with pytest.raises(DataError, match="items lacks the column 'event_id'; pass what find_items"):
        compare_coverage(build(), items=pd.DataFrame())


def test_evidence_asks_for_the_items_that_were_compared(coverage):
    items = pd.DataFrame(columns=["event_id", "kind", "item", "article_id", "start", "end", "near"])
    with pytest.raises(DataError, match=r"items has no .* pass the items that were compared"):
        find_omission_evidence(
            build(), list_omissions(coverage), items=items.astype({"near": bool})
        )
