"""Articles to events: look-alikes, dates, singletons, overrides, and the sample's ten events."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from analysis import clean, load
from analysis.corpus.schema import DataError
from analysis.text import event_tables
from analysis.text.event_borderline import PAIR_COLUMNS, borderline_pairs
from analysis.text.event_tables import EVENT_COLUMNS, describe_events
from analysis.text.events import group_events

SAMPLE = Path(__file__).parents[2] / "data" / "sample"

TEXTS = {
    "north-1": """An earthquake of magnitude 6.1 struck the town of Ormvik before dawn on Monday,
        killing 14 people. Mayor Tilde Brandhaug said that rescuers were digging in the Kollund
        quarter, where two apartment blocks had collapsed. Tremors were felt as far as Sundhavn.""",
    "north-2": """Rescuers in Ormvik pulled nine survivors from the rubble on Monday after an
        earthquake of magnitude 6.1. Two apartment blocks in the Kollund quarter collapsed and 14
        people were killed, Mayor Tilde Brandhaug said. Schools in Sundhavn were closed.""",
    "north-3": """"We heard the walls crack," said a baker in Kollund, the quarter of Ormvik that
        the earthquake hit hardest. At least 14 died. Mayor Tilde Brandhaug asked Sundhavn for
        cranes and blankets; the magnitude was given as 6.1.""",
    "south-1": """An earthquake of magnitude 7.3 struck the island of Perreva on Monday evening,
        killing 208 people. Governor Ilario Conti said that rescuers could not reach the villages
        above Monte Sarno, where a landslide had cut the road. The port of Calvio was damaged.""",
    "south-2": """Governor Ilario Conti declared three days of mourning for the 208 victims of the
        earthquake on Perreva. The magnitude was 7.3. Rescuers walked to the villages above Monte
        Sarno, as a landslide had cut the road, and ships unloaded tents at Calvio.""",
    "south-3": """Ships with tents reached Calvio on Perreva after an earthquake of magnitude 7.3
        killed 208 people. The villages above Monte Sarno were cut off by a landslide, Governor
        Ilario Conti said, and rescuers were on foot.""",
    "cheese": """The dairy of Old Wendle won the prize for the best cheese for the third time. Its
        cellar master, Hob Tarrant, lets the wheels ripen for two years and turns them by hand.""",
}
EVENT = {name: name.partition("-")[0] for name in TEXTS}


def corpus(**columns):
    ids = list(TEXTS)
    return pd.DataFrame({"article_id": ids, "text": list(TEXTS.values()), **columns})


def partition(events):
    return {frozenset(ids) for ids in events.groupby(events).groups.values()}


def bcubed(gold, events):
    """F1 of the mean precision and recall of each article's own group, set by set."""
    same_gold = np.equal.outer(np.array(gold), np.array(gold))
    same = np.equal.outer(events.to_numpy(), events.to_numpy())
    both = (same_gold & same).sum(1)
    precision, recall = (both / same.sum(1)).mean(), (both / same_gold.sum(1)).mean()
    return 2 * precision * recall / (precision + recall)


def sample():
    articles = clean(load(SAMPLE)).articles
    truth = yaml.safe_load((SAMPLE / "truth.yml").read_text(encoding="utf-8"))
    event_of = {file: name for name, event in truth["events"].items() for file in event["files"]}
    return articles, [event_of[origin] for origin in articles["origin"]]


def test_look_alike_events_stay_apart_and_a_singleton_alone():
    events = group_events(corpus())
    assert events.index.tolist() == list(TEXTS)
    assert events.name == "event_id"
    assert partition(events) == partition(pd.Series(EVENT))


def test_the_same_words_weeks_later_are_another_event():
    articles = corpus(published=pd.Timestamp("2026-03-02"))
    again = articles.assign(
        article_id=articles["article_id"] + "-again", published=pd.Timestamp("2026-04-27")
    )
    both = pd.concat([articles, again], ignore_index=True)
    assert group_events(both).nunique() == 6
    assert group_events(both.drop(columns="published")).nunique() == 3


def test_a_handful_of_articles_on_one_issue_is_not_one_event():
    articles, gold = sample()
    scores = []
    for size in (4, 6, 8, 12):
        for seed in range(15):
            rows = np.random.default_rng([size, seed]).choice(len(gold), size, replace=False)
            few = articles.iloc[rows]
            scores.append(bcubed([gold[row] for row in rows], group_events(few)))
    assert np.mean(scores) > 0.95
    assert min(scores) > 0.8


def test_an_undated_article_does_not_join_what_is_years_away_from_the_others():
    articles, _ = sample()
    talks = ["kh-0116-saltmere-talks", "cp-10431", "nl-78219"]
    undated, later = "kh-0216-framework", "cp-10515"
    few = articles.set_index(articles["origin"].map(lambda name: Path(name).stem))
    few = few.loc[[*talks, undated, later]]
    few.loc[undated, "published"] = pd.NaT
    few.loc[later, "published"] = pd.Timestamp("2029-05-02")
    events = group_events(few).set_axis(few.index)
    assert partition(events) == {frozenset(talks), frozenset([undated]), frozenset([later])}


def test_order_and_ids_of_the_rows_change_nothing():
    articles, _ = sample()
    events = group_events(articles)
    other = articles.sample(frac=1, random_state=3)
    other["article_id"] = [f"z{number}" for number in range(len(other))]
    again = group_events(other)
    assert again.set_axis(other.index).reindex(articles.index).tolist() == events.tolist()


def test_nothing_but_text_is_needed_and_the_frame_is_not_changed():
    articles = corpus(title=None, outlet="", published=pd.NaT)
    before = articles.copy(deep=True)
    assert partition(group_events(articles)) == partition(group_events(corpus()))
    pd.testing.assert_frame_equal(articles, before)


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["Snow fell on Ormvik."], ["and", "the of"]])
def test_articles_with_nothing_in_common_are_events_of_their_own(texts):
    ids = [f"a{number}" for number in range(len(texts))]
    articles = pd.DataFrame({"article_id": ids, "text": pd.Series(texts, dtype="str")})
    events = group_events(articles)
    assert events.index.tolist() == ids
    assert events.nunique() == len(texts)
    assert describe_events(articles, events)["n_articles"].tolist() == [1] * len(texts)
    assert borderline_pairs(articles, events).columns.tolist() == PAIR_COLUMNS


def test_overrides_are_respected():
    decided = {"same": [["cheese", "south-1"]], "apart": [["north-1", "north-2"]]}
    events = group_events(corpus(), overrides=decided)
    assert events["cheese"] == events["south-1"]
    assert events["north-1"] != events["north-2"]
    with pytest.raises(DataError, match="article_id 'nowhere' is not among the 7 articles"):
        group_events(corpus(), overrides={"same": [["cheese", "nowhere"]]})


def test_the_threshold_moves_from_one_event_to_articles_alone():
    sizes = [group_events(corpus(), threshold=value).nunique() for value in (0.001, 0.2, 5)]
    assert sizes == sorted(sizes)
    assert sizes[-1] == len(TEXTS)
    with pytest.raises(DataError, match="threshold is 0; it must be above 0"):
        group_events(corpus(), threshold=0)


def test_the_ten_events_of_the_sample_come_out():
    articles, gold = sample()
    assert bcubed(gold, group_events(articles)) > 0.88
    assert bcubed(gold, group_events(articles.drop(columns=["published", "outlet"]))) > 0.75


def test_an_event_is_described_by_its_terms_dates_and_outlets():
    dates = [f"2026-03-0{day}" for day in (2, 2, 3, 2, 3, 3, 5)]
    outlets = ["Gazette", "Herald", "Herald", "Gazette", "Courier", "", "Gazette"]
    articles = corpus(published=pd.to_datetime(dates), outlet=outlets)
    events = group_events(articles)
    table = describe_events(articles, events)
    assert table.columns.tolist() == EVENT_COLUMNS
    north = table.loc[events["north-1"]]
    assert (north["first"], north["last"]) == (
        pd.Timestamp("2026-03-02"),
        pd.Timestamp("2026-03-03"),
    )
    assert (north["outlets"], north["n_outlets"], north["n_articles"]) == ("Gazette, Herald", 2, 3)
    assert "ormvik" in north["label"].split()
    assert table["confidence"].between(0, 1).all()
    assert table["confidence"].idxmax() in (events["cheese"], events["south-1"])


def test_labels_and_shared_terms_are_of_their_own_articles_in_any_order_of_rows(monkeypatch):
    monkeypatch.setattr(event_tables, "EVENTS", 2)
    for articles in (corpus(), corpus().iloc[[3, 0, 6, 5, 1, 4, 2]]):
        texts = articles.set_index("article_id")["text"].str.lower()
        events = group_events(articles)
        for event, label in describe_events(articles, events)["label"].items():
            told = " ".join(texts[events.index[events == event]])
            assert all(term in told for term in label.split())
        for pair in borderline_pairs(articles, events, n_pairs=99).itertuples():
            for term in filter(None, pair.shared.split(", ")):
                assert term in texts[pair.article_id]
                assert term in texts[pair.other_id]


def test_the_pair_nearest_to_the_threshold_comes_first():
    articles = corpus()
    events = group_events(articles)
    pairs = borderline_pairs(articles, events, n_pairs=5)
    assert len(pairs) == 5
    assert pairs["margin"].abs().is_monotonic_increasing
    assert (pairs["together"] == (pairs["event_id"] == pairs["other_event_id"])).all()
    # With the threshold just above the mean link of two events, they are the pair to look at.
    apart = borderline_pairs(articles, events, n_pairs=99).query("not together")
    looser = apart.loc[apart["link"].idxmax()]
    first = borderline_pairs(articles, events, threshold=looser["link"] + 1e-9, n_pairs=1).iloc[0]
    assert first["article_id"] == looser["article_id"]
    assert first["margin"] == pytest.approx(-1e-9)
    joined = group_events(articles, threshold=looser["link"] - 1e-9)
    assert joined[first["article_id"]] == joined[first["other_id"]]


def test_events_of_other_articles_are_refused():
    articles = corpus()
    events = group_events(articles)
    with pytest.raises(DataError, match="the events lack the article_id 'cheese'"):
        describe_events(articles, events.drop("cheese"))
    with pytest.raises(DataError, match="n_pairs is 0; it must be 1 or more"):
        borderline_pairs(articles, events, n_pairs=0)
