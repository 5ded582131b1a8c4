"""Uses of names: counted by hand, in their contexts and voices."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.compare.naming_forms import pattern_of
from analysis.compare.naming_uses import longest

SIDES = {"name": "war", "note": "n", "forms": ["war(s)", "civil war"]}
LEXICON = {
    "concepts": [
        {
            "concept": "fight", "about": "a", "signals": "s", "source": "s",
            "variants": [
                SIDES,
                {"name": "conflict", "note": "n", "forms": ["conflict(s)"], "not_near": ["interest"], "window": 3},
                {"name": "operation", "note": "n", "forms": ["special military operation"]},
            ],
        },
        {
            "concept": "bird", "about": "a", "signals": "s", "source": "s", "near": ["ankara"],
            "variants": [
                {"name": "Turkey", "note": "n", "forms": ["Turkey"], "case": True},
                {"name": "Türkiye", "note": "n", "forms": ["türkiye"]},
            ],
        },
    ]
}  # fmt: skip


def corpus(*texts: str, outlets: str = "") -> pd.DataFrame:
    frame = pd.DataFrame({"text": list(texts)})
    frame["article_id"] = [f"a{place}" for place in range(len(texts))]
    frame["outlet"] = list(outlets or "A" * len(texts))
    frame["published"], frame["title"], frame["url"] = pd.NaT, "", ""
    return frame


def uses(*texts: str) -> list[tuple[str, str]]:
    articles = corpus(*texts)
    found = analysis.find_naming(analysis.tokenize(articles), analysis.read_naming(LEXICON))
    spelled = [
        articles["text"].iloc[row][start:end]
        for row, start, end in zip(found["row"], found["start"], found["end"], strict=True)
    ]
    return list(zip(found["variant"], spelled, strict=True))


def test_inflections_and_the_longest_form():
    assert uses("War and wars, a warship; a civil war.") == [
        ("war", "War"), ("war", "wars"), ("war", "civil war"),
    ]  # fmt: skip


def test_a_phrase_goes_across_no_punctuation_but_a_hyphen():
    assert uses("A special military-operation.") == [("operation", "special military-operation")]
    assert uses("It was special, military operation or not.") == []
    assert uses("Nothing special. Military operation goes on.") == []


def test_what_must_not_stand_near():
    assert uses("A conflict of interest. Later on and elsewhere a conflict began.") == [
        ("conflict", "conflict")
    ]


def test_what_must_stand_near_and_capitals():
    assert uses("Ankara says Turkey eats turkey.") == [("Turkey", "Turkey")]
    assert uses("Turkey voted.") == []


def test_a_context_does_not_reach_into_the_next_article():
    assert uses("Ankara.", "Turkey voted.") == []


def test_an_article_that_stands_twice_counts_once():
    articles = corpus("A war.", "A war.").assign(copy_of=["", "a0"])
    found = analysis.find_naming(analysis.tokenize(articles), analysis.read_naming(LEXICON))
    assert found["article_id"].tolist() == ["a0"]


@pytest.mark.parametrize(
    ("form", "yes", "no"),
    [
        ("militant(s)", ["militant", "militants"], ["militancy"]),
        ("occup(y|ied)", ["occupy", "occupied"], ["occup", "occupier"]),
        ("kill(|s|ed)", ["kill", "kills", "killed"], ["killer"]),
        ("ukrain*", ["ukraine", "ukrainians"], ["kraine"]),
        ("defen(c|s)e", ["defence", "defense"], ["defend"]),
    ],
)
def test_patterns_of_endings(form, yes, no):
    assert all(re.fullmatch(pattern_of(form), word) for word in yes)
    assert not any(re.fullmatch(pattern_of(form), word) for word in no)


@given(
    st.lists(
        st.sampled_from(["war", "wars", "civil", "peace", "a", "-", ".", "\n", "conflict"]),
        max_size=30,
    )
)
def test_every_use_stands_where_it_says_and_none_twice(words):
    articles = corpus(" ".join(words))
    found = analysis.find_naming(analysis.tokenize(articles), analysis.read_naming(LEXICON))
    text = articles["text"].iloc[0]
    spans = list(zip(found["start"], found["end"], strict=True))
    assert all(re.fullmatch(r"(civil\W+)?wars?|conflict", text[a:b]) for a, b in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert len(found) == len(re.findall(r"\bwars?\b|\bconflict\b", text))


PLACED = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 4), st.integers(0, 2)))


@given(PLACED)
def test_of_overlapping_uses_the_longest_stays_then_the_first(rows):
    taken, kept = set(), []
    for place, length, number in sorted(rows, key=lambda row: (-row[1], row[0], row[2])):
        if taken.isdisjoint(range(place, place + length)):
            taken.update(range(place, place + length))
            kept.append([place, length, number])
    found = longest(np.array(rows, dtype=np.int64).reshape(-1, 3))
    assert found.tolist() == sorted(kept)


def named(voices: bool = False) -> analysis.Tokens:
    articles = corpus(
        "The war went on. The war went on.", 'The war went on. "A conflict," she said.', "A war.",
        "The conflict went on.", 'The conflict went on. "A war," he said.', "A conflict.",
        outlets="AAABBB",
    )  # fmt: skip
    tokens = analysis.tokenize(articles)
    return analysis.mark_voices(tokens, analysis.find_quotes(articles)) if voices else tokens


def test_shares_by_hand_without_voices():
    table = analysis.compare_naming(named(), analysis.read_naming(LEXICON))
    row = table.set_index(["outlet", "variant"]).loc[("A", "war")]
    assert set(table["voice"]) == {"any"}
    assert (row["count"], row["total"], row["count_rest"], row["total_rest"]) == (4, 5, 1, 4)
    assert row["share"] == pytest.approx(0.8)
    assert row["estimate"] == pytest.approx(0.8 - 0.25)


def test_own_voice_and_quotations_are_compared_apart():
    table = analysis.compare_naming(named(voices=True), analysis.read_naming(LEXICON))
    shares = table.set_index(["voice", "outlet", "variant"])["share"]
    assert shares[("own", "A", "war")] == 1
    assert shares[("own", "B", "conflict")] == 1
    assert shares[("quoted", "A", "conflict")] == 1
    assert shares[("quoted", "B", "war")] == 1
    own = table[table["voice"] == "own"].set_index(["outlet", "variant"]).loc[("A", "war")]
    assert own["p"] == pytest.approx(
        2 / 20
    )  # of the 20 deals of three articles, two are so far apart


def test_nothing_named_gives_an_empty_table_with_its_columns():
    table = analysis.compare_naming(
        analysis.tokenize(corpus("Rain.", "Sun.")), analysis.read_naming(LEXICON)
    )
    assert table.empty
    assert {"concept", "voice", "outlet", "variant", "share_low", "q"} <= set(table)


def test_evidence_gives_the_sentences_of_a_row():
    tokens, lexicon = named(voices=True), analysis.read_naming(LEXICON)
    table = analysis.compare_naming(tokens, lexicon)
    rows = table[(table["voice"] == "quoted") & (table["variant"] == "war") & (table["count"] > 0)]
    lines = analysis.find_naming_evidence(tokens, lexicon, rows)
    assert lines["article_id"].tolist() == ["a4"]
    assert lines["match"].tolist() == ["war"]
    assert lines["term"].tolist() == ["fight: war"]


def test_the_tokens_are_left_as_they_were():
    tokens = named()
    before = tokens.ids.copy(), tokens.articles.copy()
    analysis.compare_naming(tokens, analysis.read_naming(LEXICON))
    assert (tokens.ids == before[0]).all()
    pd.testing.assert_frame_equal(tokens.articles, before[1])


def test_evidence_of_nothing_has_its_columns():
    tokens, lexicon = named(), analysis.read_naming(LEXICON)
    table = analysis.compare_naming(tokens, lexicon).head(0)
    lines = analysis.find_naming_evidence(tokens, lexicon, table)
    assert lines.empty
    assert {"term", "left", "match", "right"} <= set(lines)
