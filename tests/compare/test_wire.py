"""What a term owes to agency copy, on texts where it is known."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare.terms import compare_terms
from analysis.compare.topic_share import compare_topics
from analysis.compare.topics import fit_topics
from analysis.compare.wire import compare_wire
from analysis.corpus.schema import DataError
from analysis.text.tokens import tokenize

N_OWN, N_WIRE = 24, 16


def corpus(wire_outlet: str = "Herald", n_wire: int = N_WIRE) -> pd.DataFrame:
    """Two outlets; the Herald writes "regime", and the agency's texts, all in one outlet, "embattled"."""
    random = np.random.default_rng(3)
    filler = [f"word{number}" for number in range(60)]
    rows = []
    for outlet, own in (("Herald", "regime"), ("Gazette", "government")):
        for _ in range(N_OWN):
            text = " ".join([*random.choice(filler, 30), own])
            rows.append((outlet, "own", text))
    for _ in range(n_wire):
        text = " ".join([*random.choice(filler, 30), "embattled", "envoys"])
        rows.append((wire_outlet, "wire", text))
    frame = pd.DataFrame(rows, columns=["outlet", "wire", "text"])
    return frame.assign(article_id=[f"a{n}" for n in range(len(frame))], reused_share=0.0)


def test_a_comparison_without_agency_copy_is_that_of_the_other_articles():
    articles = corpus()
    counts = tokenize(articles).counts(min_articles=3)
    own = counts.take_articles((articles["wire"] == "own").to_numpy())
    pd.testing.assert_frame_equal(compare_terms(counts, wire="exclude"), compare_terms(own))
    pd.testing.assert_frame_equal(compare_terms(counts, wire="include"), compare_terms(counts))


def test_topic_shares_without_agency_copy_are_those_of_the_other_articles():
    articles = corpus()
    topics = fit_topics(tokenize(articles).counts(), 2)
    own = articles[articles["wire"] == "own"]
    pd.testing.assert_frame_equal(
        compare_topics(topics, articles, wire="exclude"), compare_topics(topics, own)
    )


def test_the_agency_s_words_go_and_the_outlet_s_stay():
    table = compare_wire(tokenize(corpus()).counts(min_articles=3)).set_index("term")
    assert table.loc["regime", "change"] == "stays"
    assert table.loc["regime", "articles"] == N_OWN + N_WIRE
    assert table.loc["regime", "articles_without"] == N_OWN
    assert table.loc["embattled", "outlet"] == "Herald"
    assert table.loc["embattled", "change"] == "shrinks"
    assert table.loc["embattled", "n_articles_without"] == 0


def test_without_agency_copy_nothing_changes():
    table = compare_wire(tokenize(corpus().assign(wire="own")).counts(min_articles=3))
    assert len(table)
    assert set(table["change"]) == {"stays"}
    assert table["estimate"].tolist() == table["estimate_without"].tolist()


def test_the_clearest_terms_are_those_of_the_whole_comparison():
    counts = tokenize(corpus()).counts(min_articles=3)
    whole = compare_terms(counts)
    best = whole[(whole["q"] <= 0.05) & (whole["low"] > 0)].groupby("outlet", sort=False).head(1)
    table = compare_wire(counts, n_terms=1)
    pd.testing.assert_frame_equal(table[best.columns], best.reset_index(drop=True))


def test_a_comparison_at_hand_is_not_made_anew(monkeypatch):
    counts = tokenize(corpus()).counts(min_articles=3)
    anew, terms, compared = compare_wire(counts), compare_terms(counts), []

    def compare(some, *by):
        compared.append(len(some.articles))
        return compare_terms(some, *by)

    monkeypatch.setattr("analysis.compare.wire.compare_terms", compare)
    pd.testing.assert_frame_equal(compare_wire(counts, terms=terms), anew)
    assert len(compared) == 1
    assert compared[0] < len(counts.articles)  # those without agency copy alone


def test_a_comparison_of_other_articles_is_refused():
    counts = tokenize(corpus()).counts(min_articles=3)
    with pytest.raises(DataError, match="agency copy included"):
        compare_wire(counts, terms=compare_terms(counts, wire="exclude"))


def test_a_term_that_the_other_outlet_writes_itself_changes_sign():
    articles = corpus("Gazette", n_wire=60)
    # The Gazette has "regime" from the agency alone, the Herald in six articles of its own.
    articles.loc[articles.index[6:N_OWN], "text"] = "filler " * 30
    articles.loc[articles["wire"] == "wire", "text"] += " regime"
    table = compare_wire(tokenize(articles).counts(min_articles=3)).set_index(["outlet", "term"])
    assert table.loc[("Gazette", "regime"), "change"] == "changes sign"


def test_the_same_ratio_in_fewer_articles_is_less_certain():
    articles = corpus().head(2 * N_OWN)
    articles["text"] += [" ledger" if n < 10 else "" for n in range(len(articles))]
    articles["wire"] = ["wire" if n < 5 else "own" for n in range(len(articles))]
    table = compare_wire(tokenize(articles).counts(min_articles=3)).set_index("term")
    assert table.loc["ledger", "change"] == "less certain"
    assert table.loc["ledger", ["n_articles", "n_articles_without"]].tolist() == [10, 5]


def test_an_outlet_without_articles_of_its_own_cannot_be_compared():
    articles = corpus()
    articles.loc[articles["outlet"] == "Gazette", "wire"] = "wire"
    two = compare_wire(tokenize(articles).counts(min_articles=3))
    assert set(two["change"]) == {"cannot be compared"}
    third = articles[articles["outlet"] == "Herald"].head(N_OWN)
    third = third.assign(outlet="Courier", article_id="c" + third["article_id"])
    third["text"] = third["text"].str.replace("regime", "junta")
    three = compare_wire(tokenize(pd.concat([articles, third])).counts(min_articles=3))
    changes = three.set_index(["outlet", "term"])["change"]
    assert changes["Gazette", "government"] == "cannot be compared"
    assert changes["Courier", "junta"] == "stays"


def test_labels_are_needed():
    with pytest.raises(DataError, match="no column 'wire'"):
        compare_wire(tokenize(corpus().drop(columns="wire")).counts())


def test_inside_events_both_comparisons_are():
    articles = corpus().assign(event_id=lambda frame: "e" + (frame.index % 4).astype(str))
    counts = tokenize(articles).counts(min_articles=3)
    table = compare_wire(counts, within="event_id").set_index(["outlet", "term"])
    own = counts.take_articles((articles["wire"] == "own").to_numpy())
    for given, suffix in ((counts, ""), (own, "_without")):
        inside = compare_terms(given, within="event_id").set_index(["outlet", "term"])
        wanted = inside.loc[("Herald", "regime"), "estimate"]
        assert table.loc[("Herald", "regime"), f"estimate{suffix}"] == pytest.approx(wanted)


def test_without_agency_copy_no_event_may_be_shared():
    articles = corpus(wire_outlet="Gazette").assign(event_id="agency")
    alone = (articles["wire"] == "own") & (articles["outlet"] == "Gazette")
    articles.loc[alone, "event_id"] = "its own"
    articles = articles[~alone | (articles.index % 2 == 0)].reset_index(drop=True)
    counts = tokenize(articles).counts(min_articles=3)
    table = compare_wire(counts, within="event_id")
    assert len(table)
    assert (table["change"] == "cannot be compared").all()
