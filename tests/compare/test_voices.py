"""Share of voice, counted by hand and by chance."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

from analysis import DataError, compare_voices, find_unheard, measure_diversity, measure_voices
from analysis.compare.means import extreme_p, permuted_p
from analysis.compare.voice_diversity import effective_number
from analysis.compare.voice_events import find_silences
from analysis.compare.voices import count_voices
from analysis.text.tokens import tokenize

TEXT = "One two three four five six seven eight nine ten."
QUOTES = pd.DataFrame(
    [
        ("a", 0, 13, "indirect", "Ida", "person", "Norway"),  # one two three
        ("a", 4, 7, "direct", "Bo", "person", ""),  # two, inside it
        ("a", 24, 33, "direct", "Ida", "person", "Norway"),  # six seven (five is own)
        ("a", 34, 39, "scare", "", "", ""),
        ("a", 40, 44, "indirect", "", "", ""),  # nine
    ],
    columns=["article_id", "start", "end", "kind", "speaker", "speaker_kind", "country"],
)


def one_article():
    frame = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [TEXT]})
    return measure_voices(QUOTES, tokenize(frame))


def test_each_word_counts_once_for_the_innermost_speaker():
    found = one_article().set_index("speaker")
    assert found["words"].to_dict() == {"Ida": 4, "Bo": 1, "": 1}
    assert found["words_direct"].to_dict() == {"Ida": 2, "Bo": 1, "": 0}
    assert found["n_quotes"].to_dict() == {"Ida": 2, "Bo": 1, "": 1}
    assert found["place"].round(2).to_dict() == {"Ida": 0.0, "Bo": 0.1, "": 0.8}
    assert found["first"].to_dict() == {"Ida": True, "Bo": False, "": False}


def test_names_that_are_missing_are_those_that_are_not_known():
    frame = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [TEXT]})
    read_again = QUOTES.replace("", None)
    assert read_again["speaker"].isna().any()
    pd.testing.assert_frame_equal(measure_voices(read_again, tokenize(frame)), one_article())


@pytest.mark.parametrize("at_once", [1, 3])
def test_words_are_the_same_where_few_articles_are_counted_together(monkeypatch, at_once):
    names = list("abcde")
    frame = pd.DataFrame({"article_id": names, "outlet": "Herald", "text": TEXT})
    quotes = pd.concat([QUOTES.assign(article_id=name).head(n + 1) for n, name in enumerate(names)])
    whole = measure_voices(quotes, tokenize(frame))
    monkeypatch.setattr("analysis.compare.voices.ARTICLES_AT_ONCE", at_once)
    pd.testing.assert_frame_equal(measure_voices(quotes, tokenize(frame)), whole)
    last = whole[whole["article_id"] == "e"].set_index("speaker")
    assert last["words"].to_dict() == {"Ida": 4, "Bo": 1, "": 1}


def made(n_own, n_rest, heard_own, heard_rest):
    """Articles of two outlets in which somebody fills half of the quoted words, or is not heard."""
    articles = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(n_own + n_rest)],
            "outlet": ["Herald"] * n_own + ["Gazette"] * n_rest,
        }
    )
    ids = list(articles["article_id"])
    heard = ids[:heard_own] + ids[n_own : n_own + heard_rest]
    rows = [(one, "", "", "", 5 if one in heard else 10, 0, 1, 0.5, False) for one in ids]
    rows += [(one, "Ida", "person", "Norway", 5, 5, 1, 0.1, True) for one in heard]
    columns = ["article_id", "speaker", "speaker_kind", "country", "words", "words_direct"]
    return pd.DataFrame(rows, columns=[*columns, "n_quotes", "place", "first"]), articles


def test_shares_and_manner():
    voices, articles = made(10, 20, 8, 2)
    found = compare_voices(voices, articles).set_index("outlet").loc["Herald"]
    assert found["share"] == pytest.approx(0.4)
    assert found["share_rest"] == pytest.approx(0.05)
    assert found["estimate"] == pytest.approx(0.35)
    assert (found["heard"], found["words"], found["direct"], found["first"]) == (8, 40, 1.0, 8)
    assert found["low"] > 0
    assert found["q"] < 0.01


def test_p_of_a_voice_heard_on_one_side_only_is_that_of_the_hypergeometric():
    voices, articles = made(30, 90, 4, 0)
    found = compare_voices(voices, articles).set_index("outlet")["p"]
    assert found["Herald"] == pytest.approx(hypergeom.pmf(4, 120, 4, 30), rel=1e-6)


def test_the_extreme_sum_is_counted_with_all_its_ways():
    values = np.array([[0.5], [0.5], [0.5], [0.2], [0.0], [0.0]])
    own = np.array([True, True, False, False, False, False])
    assert extreme_p(values - values.mean(), own)[0] == pytest.approx(3 / math.comb(6, 2))
    many = np.zeros((40, 1))
    many[:3] = 1
    chosen = np.arange(40) < 10
    exact = hypergeom.pmf(3, 40, 3, 10)
    assert permuted_p(many - many.mean(), chosen)[0] == pytest.approx(exact, rel=1e-6)


def test_random_sides_are_seldom_told_apart():
    random = np.random.default_rng(1)
    voices, articles = made(60, 60, 30, 30)
    below = []
    for _ in range(200):
        mixed = articles.assign(outlet=random.permutation(articles["outlet"]))
        below.append(compare_voices(voices, mixed)["p"].iloc[0] < 0.05)
    assert 0.01 <= np.mean(below) <= 0.09


def test_counts_are_words_by_speaker():
    voices, articles = made(3, 3, 2, 1)
    counts = count_voices(voices, articles)
    assert counts.terms.tolist() == ["Ida"]
    assert counts.matrix.toarray().ravel().tolist() == [5, 5, 0, 5, 0, 0]
    assert counts.lengths.tolist() == [10] * 6


def test_one_outlet_cannot_be_compared():
    voices, articles = made(3, 0, 2, 0)
    with pytest.raises(DataError, match="a comparison needs two groups"):
        compare_voices(voices, articles)
    with pytest.raises(DataError, match="nobody is quoted"):
        compare_voices(voices[:0], articles)
    with pytest.raises(DataError, match="can be: speaker, country"):
        compare_voices(voices, articles, of="mood")
    with pytest.raises(DataError, match="lack the column 'desk'"):
        compare_voices(voices, articles, by="desk")
    with pytest.raises(DataError, match="voices lacks the column 'words'"):
        compare_voices(voices.drop(columns="words"), articles)
    with pytest.raises(DataError, match="lack the column 'desk'"):
        measure_diversity(voices, articles, by="desk")


def test_equal_voices_count_in_full_and_a_dominant_one_hardly():
    assert effective_number(np.array([3.0, 3.0, 0.0, 3.0])) == pytest.approx(3)
    assert effective_number(np.array([9.0, 1.0])) == pytest.approx(
        math.exp(-0.9 * math.log(0.9) - 0.1 * math.log(0.1))
    )


def speaking(rows):
    frame = pd.DataFrame(rows, columns=["article_id", "speaker"])
    manner = {"speaker_kind": "person", "words": 5, "words_direct": 5, "n_quotes": 1, "place": 0.0}
    return frame.assign(country="", first=True, **manner)


def test_more_articles_alone_make_no_outlet_more_diverse():
    names = [f"Person {n % 10}" for n in range(120)]
    voices = speaking([(f"a{n}", name) for n, name in enumerate(names)])
    articles = pd.DataFrame(
        {
            "article_id": voices["article_id"],
            "outlet": ["Large"] * 100 + ["Small"] * 20,
        }
    )
    found = measure_diversity(voices, articles).set_index("outlet")
    assert found["drawn"].tolist() == [10, 10]
    assert found.loc["Large", "low"] <= found.loc["Small", "high"]
    assert found.loc["Small", "low"] <= found.loc["Large", "high"]
    pd.testing.assert_frame_equal(
        measure_diversity(voices, articles), measure_diversity(voices, articles)
    )


def test_one_voice_is_less_diverse_than_many():
    rows = [(f"a{n}", "Ida Storm") for n in range(20)]
    rows += [(f"b{n}", f"Person {n}") for n in range(20)]
    articles = pd.DataFrame({"article_id": [one for one, _ in rows]})
    articles["outlet"] = ["One"] * 20 + ["Many"] * 20
    found = measure_diversity(speaking(rows), articles)
    assert found["outlet"].tolist() == ["Many", "One"]
    assert found["estimate"].tolist() == pytest.approx([10, 1])


def test_silences_count_only_events_that_the_outlet_covers():
    rows = [
        ("h1", "Ida"), ("h1", "Bo"), ("h2", "Ida"), ("h3", "Ida"), ("g1", "Bo"), ("g2", "Bo"), ("g4", "Ida"),
    ]  # fmt: skip
    articles = pd.DataFrame(
        [
            ("h1", "Herald", "e1"), ("h2", "Herald", "e2"), ("h3", "Herald", "e3"),
            ("g1", "Gazette", "e1"), ("g2", "Gazette", "e2"), ("g4", "Gazette", "e4"),
        ],
        columns=["article_id", "outlet", "event_id"],
    )  # fmt: skip
    found = find_unheard(speaking(rows), articles)
    # The Gazette hears Ida elsewhere (e4), but never on e1 and e2; e3 it does not cover.
    assert found[["outlet", "speaker", "n_events", "heard_in"]].to_numpy().tolist() == [
        ["Gazette", "Ida", 2, "Herald"]
    ]
    with pytest.raises(DataError, match="with_events"):
        find_unheard(speaking(rows), articles.drop(columns="event_id"))


def test_silences_are_those_of_the_definition():
    random = np.random.default_rng(3)
    articles = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(60)],
            "outlet": random.choice(list("DABC"), 60),
            "event_id": random.choice(["e1", "e2", "e3", "e4", None], 60),
        }
    )
    rows = [(f"a{random.integers(64)}", name) for name in random.choice(list("uvwxyz"), 70)]
    named = pd.DataFrame(rows, columns=["article_id", "speaker"])
    about = articles.dropna()
    found = find_silences(named, about, "outlet", "event_id")
    told = set(named.merge(about)[["speaker", "outlet", "event_id"]].itertuples(index=False))
    expected = []
    for outlet in "ABCD":
        events = set(about.loc[about["outlet"] == outlet, "event_id"])
        for name in "uvwxyz":
            others = {one for one in told if one[0] == name and one[1] != outlet}
            on = {one[2] for one in others} & events
            ever = any((name, outlet, event) in told for event in on)
            if len(on) > 1 and not ever:
                groups = "; ".join(sorted({one[1] for one in others if one[2] in on}))
                expected.append((outlet, name, len(on), groups))
    assert len(expected) > 2
    assert list(found.itertuples(index=False, name=None)) == expected
