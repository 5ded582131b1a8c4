"""With, without and only agency copy: two parts that make up the whole."""

import numpy as np
import pandas as pd
import pytest

from analysis.corpus.schema import DataError
from analysis.text.tokens import tokenize
from analysis.text.wire_selection import count_wire, select_wire


@pytest.fixture
def labelled(articles: pd.DataFrame) -> pd.DataFrame:
    """Label h1 and g1 as agency copy, g2 as edited mostly from it, h2 as crediting an agency."""
    frame = articles.assign(wire="own", wire_agency="", reused_share=0.0, copy_of="")
    frame = frame.set_index("article_id", drop=False)
    frame.loc[["h1", "g1"], ["wire", "wire_agency"]] = ["wire", "AP"]
    frame.loc[["g2", "h2"], ["wire", "wire_agency"]] = ["edited wire", "Reuters"]
    frame.loc["g2", "reused_share"] = 0.5
    frame.loc["h2", "reused_share"] = 0.49
    frame.loc["c4", "copy_of"] = "c1"
    return frame.reset_index(drop=True)


def ids(frame: pd.DataFrame) -> list[str]:
    return frame["article_id"].tolist()


def test_edited_copy_is_left_out_from_half_of_its_text_on(labelled):
    assert ids(select_wire(labelled, "only")) == ["h1", "g1", "g2"]
    assert "h2" in ids(select_wire(labelled, "exclude"))


def test_the_two_parts_make_up_the_whole(labelled):
    parts = pd.concat([select_wire(labelled, "exclude"), select_wire(labelled, "only")])
    pd.testing.assert_frame_equal(parts.sort_index(), labelled)
    assert select_wire(labelled, "include") is labelled


def test_counts_and_tokens_of_a_selection_are_those_of_its_articles(labelled):
    tokens = tokenize(labelled)
    chosen = select_wire(tokens, "exclude")
    alone = tokenize(select_wire(labelled, "exclude"))
    for place in range(len(alone.articles)):
        words, expected = (
            one.terms[one.ids[one.pointer[place] : one.pointer[place + 1]]].tolist()
            for one in (chosen, alone)
        )
        assert words == expected
    counts = select_wire(tokens.counts(), "exclude")
    assert ids(counts.articles) == ids(alone.articles)
    again = chosen.counts()
    assert again.lengths.tolist() == counts.lengths.tolist()
    held = np.asarray(counts.matrix.sum(axis=0)).ravel() > 0
    assert again.terms.tolist() == counts.terms[held].tolist()


def test_labels_by_hand_need_no_measured_share(labelled):
    by_hand = labelled.drop(columns=["reused_share", "wire_agency", "copy_of"])
    assert ids(select_wire(by_hand, "only")) == ["h1", "g1"]
    assert count_wire(by_hand)["agencies"].tolist() == ["", "", ""]


def test_missing_labels_are_needed_only_where_they_are_read(articles):
    assert select_wire(articles, "include") is articles
    with pytest.raises(DataError, match=r"no column 'wire'.*\(they have: article_id.*add_wire"):
        select_wire(articles, "exclude")


def test_an_unknown_choice_or_label_is_named(labelled):
    with pytest.raises(DataError, match=r"wire='none' is unknown \(it can be: include"):
        select_wire(labelled, "none")
    with pytest.raises(DataError, match=r"row 0 has the label 'AP' in 'wire', but it is one of"):
        select_wire(labelled.assign(wire="AP"), "exclude")
    with pytest.raises(DataError, match=r"row 0 has the label None in 'wire'"):
        select_wire(labelled.assign(wire=None), "only")


def test_a_selection_without_articles_says_so(labelled):
    with pytest.raises(DataError, match="wire='only' leaves no article: none of the 12 are agency"):
        select_wire(labelled.assign(wire="own"), "only")
    with pytest.raises(DataError, match="wire='exclude' leaves no article: all of the 12 are"):
        select_wire(labelled.assign(wire="wire"), "exclude")


def test_agency_copy_is_counted_by_outlet(labelled):
    table = count_wire(labelled).set_index("outlet")
    assert table.loc["Gazette", ["own", "edited_wire", "wire", "left_out"]].tolist() == [2, 1, 1, 2]
    assert table.loc["Herald", ["own", "edited_wire", "wire", "left_out"]].tolist() == [2, 1, 1, 1]
    assert table["left_out_share"].tolist() == [0, 0.5, 0.25]
    assert table["agencies"].tolist() == ["", "AP (1), Reuters (1)", "AP (1), Reuters (1)"]
    assert table["repeats"].tolist() == [1, 0, 0]
