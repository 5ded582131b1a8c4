"""Claims as items, against a plain reading of their definition."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare.claims import NEAR, align_sentences
from analysis.compare.claims_sentences import read_sentences
from analysis.compare.items_claims import CORE, HELD, find_claims

WORDS = [
    "bomb",
    "school",
    "mayor",
    "rain",
    "Drenn",
    "monitors",
    "tail",
    "glide",
    "council",
    "fishing",
    "quotas",
    "lunch",
]


@pytest.fixture
def articles():
    """Twelve events of four articles whose sentences draw from few words, in mixed order."""
    random = np.random.default_rng(3)
    texts = [
        " ".join(
            f"The {' '.join(random.choice(WORDS, random.integers(3, 7)))} fell." for _ in range(5)
        )
        for _ in range(48)
    ]
    made = pd.DataFrame(
        {
            "article_id": [f"a{row}" for row in range(48)],
            "outlet": [f"outlet {row % 4}" for row in range(48)],
            "event_id": [f"e{row // 4}" for row in range(48)],
            "text": texts,
        }
    )
    return made.sample(frac=1, random_state=0).reset_index(drop=True)


def test_events_that_are_compared_together_are_as_each_alone(articles, monkeypatch):
    together = align_sentences(articles)
    monkeypatch.setattr("analysis.compare.claims_sentences.MOST_PAIRS", 1)
    pd.testing.assert_frame_equal(align_sentences(articles), together, check_exact=True)
    for event_id, own in together.groupby("event_id"):
        assert sorted(set(own["claim"]) - {0}) == list(range(1, own["claim"].max() + 1)), event_id
        near = own["nearest"][own["nearest"] >= 0]
        assert set(near) <= set(own.index)


def test_an_event_of_one_outlet_has_nothing_to_compare(articles):
    alone = align_sentences(articles.assign(outlet="Herald"))
    assert not alone[["claim", "likeness", "alone"]].to_numpy().any()


def test_claims_and_what_comes_near_are_those_of_the_definition(articles):
    told, near = find_both(articles)
    assert near
    assert (told, near) == read_all_plainly(articles)


def test_an_article_that_holds_a_claims_words_in_unlike_sentences_comes_near():
    texts = [
        "Monitors found glide bombs burned schools.",
        "Schools burned, glide bombs found, monitors!",
        # All six words of the claim, in sentences that are not like it.
        "Monitors praised seven quiet rangers whose whale colony grew large. "
        "Miners found copper under old frozen lakes, where owls glide over tall pines. "
        "Bombs of paint ruined twelve marble statues in every city park. "
        "Farmers burned yellow straw along gentle rivers during autumn. "
        "Schools closed early after heavy snow blocked several mountain roads.",
        # Four of them, which weigh less than four fifths.
        "Monitors praised seven quiet rangers whose whale colony grew large. "
        "Bombs of paint ruined twelve marble statues in every city park. "
        "Rioters burned cheap furniture behind locked garden gates. "
        "Schools closed early after strikes stopped most buses.",
    ]
    articles = pd.DataFrame(
        {"article_id": list("abcd"), "outlet": list("ABCD"), "event_id": "e1", "text": texts}
    )
    told, near = find_both(articles)
    # Of its sentences the one that holds two of the words.
    assert {row[:3] for row in near} == {("e1", "c", texts[2].index("Miners"))}
    assert (told, near) == read_all_plainly(articles)


def find_both(articles):
    """Give the rows that tell a claim and those that come near."""
    found = find_claims(articles, read_sentences(articles), "outlet")
    keys = ["event_id", "article_id", "start", "item"]
    told = {tuple(row) for row in found.loc[~found["near"], keys].to_numpy()}
    near = {tuple(row) for row in found.loc[found["near"], keys].to_numpy()}
    return told, near


def read_all_plainly(articles):
    """Give what `find_both` gives, event by event."""
    sentences = read_sentences(articles)
    claim = align_sentences(articles)["claim"].to_numpy()
    plain_told, plain_near = set(), set()
    for event_id in articles["event_id"].unique():
        rows = np.flatnonzero(sentences.frame["event_id"] == event_id)
        one, other = read_plainly(articles, sentences, rows, claim[rows])
        plain_told |= one
        plain_near |= other
    return plain_told, plain_near


def read_plainly(articles, sentences, rows, claim):
    """Give the told sentences of one event and those that come near, from dense arrays."""
    vectors = sentences.vectors[rows].toarray()
    frame = sentences.frame.iloc[rows].reset_index(drop=True)
    alike = np.where(vectors @ vectors.T >= NEAR, vectors @ vectors.T, 0)
    words = [
        " ".join(articles["text"][one.row][one.start : one.end].split())
        for one in frame.itertuples()
    ]
    told, near = set(), set()

    def write(place, label):
        one = frame.loc[place]
        return (one["event_id"], one["article_id"], one["start"], label)

    for number in range(1, claim.max(initial=0) + 1):
        members = np.flatnonzero(claim == number)
        nearness = alike[np.ix_(members, members)].sum(axis=1).round(9)
        label = min(
            (-near_one, words[one]) for near_one, one in zip(nearness, members, strict=True)
        )
        told |= {write(place, label[1]) for place in members}
        has = vectors > 0
        core = has[members].sum(axis=0) >= max(CORE * len(members), 2)
        weight = np.where(core, vectors.max(axis=0), 0)
        for row in set(frame["row"]) - set(frame["row"][members]):
            own = np.flatnonzero(frame["row"] == row)
            like = alike[np.ix_(own, members)].max(axis=1)
            held = weight[has[own].any(axis=0)].sum()
            if like.max() > 0:
                near.add(write(own[like.argmax()], label[1]))
            elif weight.sum() and held >= HELD * weight.sum():
                near.add(write(own[(has[own] @ weight).argmax()], label[1]))
    return told, near
