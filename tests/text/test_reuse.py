"""Shares of common five-word runs, and groups of copies."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.schema import DataError
from analysis.text import joining, repeated_runs
from analysis.text.repeated_runs import Groups, find_repeated, merge_groups
from analysis.text.reuse import find_reuse, group_copies
from analysis.text.shingles import hash_runs

WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "p", "q"]


@pytest.fixture(
    params=[(1, 1 << 21), (10**9, 1 << 21), (10**9, 16)],
    ids=["compiled", "plain", "sorted on disk"],
    autouse=True,
    scope="module",
)
def sizes(request):
    """Find all pairs as among many articles and as among few."""
    least_compiled, keys_at_once = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "LEAST_COMPILED", least_compiled)
        patch.setattr(repeated_runs, "KEYS_AT_ONCE", keys_at_once)
        patch.setattr(repeated_runs, "TEXTS_AT_ONCE", 2)
        yield


def frame(*texts, **columns):
    ids = [f"a{number}" for number in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "text": list(texts), **columns})


def shares(articles):
    found = find_reuse(articles)
    return {(row.article_id, row.other_id): row.share for row in found.itertuples()}


def plain_runs(text):
    words = re.findall("[a-z0-9]+", unicodedata.normalize("NFKC", text).lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def plain_shares(texts):
    """Every pair, set by set."""
    runs = [plain_runs(text) for text in texts]
    pairs = {}
    for one, other in permutations(range(len(texts)), 2):
        common = len(runs[one] & runs[other])
        if runs[one] and common / len(runs[one]) >= 0.1:
            pairs[f"a{one}", f"a{other}"] = common / len(runs[one])
    return pairs


def test_a_copy_has_all_runs_and_an_excerpt_is_held_in_full():
    whole, excerpt = " ".join(WORDS), " ".join(WORDS[2:8])
    found = shares(frame(whole, whole.upper(), excerpt, "Grain ships left the port."))
    assert found == {
        ("a0", "a1"): 1.0,
        ("a0", "a2"): 2 / 8,
        ("a1", "a0"): 1.0,
        ("a1", "a2"): 2 / 8,
        ("a2", "a0"): 1.0,
        ("a2", "a1"): 1.0,
    }


def test_the_runs_of_the_fixture(articles):
    # "Grain ships left the port" is the only run of h4 and g4; c4 has it and two more.
    found = shares(articles)
    assert found["h4", "c4"] == 1.0
    assert found["c4", "h4"] == 1 / 3
    # "Soldiers closed the bridge at night." is the same in both; two runs.
    reuse = find_reuse(articles).set_index(["article_id", "other_id"])
    assert reuse.loc[("h3", "g3"), "runs"] == 2
    assert ("h1", "c1") not in found


def test_marks_spaces_and_the_forms_of_letters_make_no_difference():
    left = "“Grain—ships”  left\u00a0the ｐｏｒｔ №5, he said"
    right = "grain ships left the port No5 he said"
    assert shares(frame(left, right)) == {("a0", "a1"): 1.0, ("a1", "a0"): 1.0}


def test_a_tenth_is_enough_and_less_is_not():
    letters = "abcdefghijklmnopqrst"
    ten = " ".join(letters[:14])  # ten runs
    eleven = " ".join(letters[:15])
    shared = " ".join([*letters[:5], "u", "v", "w", "x"])  # five runs, the first one is shared
    found = shares(frame(ten, eleven, shared))
    assert found["a0", "a2"] == 0.1
    assert ("a1", "a2") not in found
    assert found["a2", "a1"] == 0.2


PIECES = ["a", "b", "c", "d", "É", "1", "¼", "мир", "ﬁ", "-"]
words = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(words, max_size=7))
def test_the_shares_are_those_of_comparing_every_pair(texts):
    assert shares(frame(*texts)) == plain_shares(texts)


@given(st.lists(st.text(max_size=200) | words, max_size=4))
def test_runs_are_counted_as_a_set_of_tuples(texts):
    hashes, n_runs = hash_runs(texts)
    found = np.split(hashes, np.cumsum(n_runs))[:-1]
    assert [len(set(runs.tolist())) for runs in found] == [len(plain_runs(text)) for text in texts]
    for text, runs in zip(texts, found, strict=True):
        assert hash_runs([text])[0].tolist() == runs.tolist()


def test_runs_of_the_same_texts_are_one_group_and_small_groups_come_first():
    story = "a b c d e f g"
    texts = [f"{story} h", "", f"x {story}", "a b c d e a b c d e", "c d e f g"]
    holders, pointer, weights, n_runs = find_repeated(pd.Series(texts))
    groups = [holders[begin:end].tolist() for begin, end in pairwise(pointer)]
    assert sorted(zip(groups, weights.tolist(), strict=True)) == [
        ([0, 2], 1),  # b c d e f
        ([0, 2, 3], 1),  # a b c d e
        ([0, 2, 4], 1),  # c d e f g
    ]
    assert groups[0] == [0, 2]
    assert n_runs.tolist() == [4, 0, 4, 5, 1]
    weights = find_repeated(pd.Series([story, story, "x"])).weights
    assert weights.tolist() == [3]


@pytest.mark.parametrize("keys_at_once", [1, 7, 100])
def test_runs_sorted_on_disk_are_those_sorted_in_memory(monkeypatch, keys_at_once):
    rng = np.random.default_rng(0)
    texts = pd.Series([" ".join(rng.choice(list("abc"), size=60)) for _ in range(30)])
    monkeypatch.setattr(repeated_runs, "KEYS_AT_ONCE", 1 << 21)
    wanted = find_repeated(texts)
    assert len(np.unique(np.diff(wanted.pointer))) > 5
    monkeypatch.setattr(repeated_runs, "KEYS_AT_ONCE", keys_at_once)
    for found, want in zip(find_repeated(texts), wanted, strict=True):
        assert found.dtype == want.dtype
        np.testing.assert_array_equal(found, want)


def test_other_texts_with_the_same_signature_stay_apart():
    signatures = np.array([5, 5, 5, 9], np.uint64)
    sizes, weights = np.array([2, 2, 2, 3], np.int32), np.array([1, 2, 4, 8], np.int32)
    holders = np.array([0, 1, 0, 2, 0, 2, 0, 1, 2], np.int32)
    merged = merge_groups(Groups(signatures, sizes, weights, holders))
    assert merged.sizes.tolist() == [2, 2, 3]
    assert merged.weights.tolist() == [1, 6, 8]
    assert merged.holders.tolist() == [0, 1, 0, 2, 0, 1, 2]


def test_portions_of_the_join_change_nothing(monkeypatch):
    rng = np.random.default_rng(0)
    texts = [" ".join(rng.choice(list("abc"), size=60)) for _ in range(30)]
    monkeypatch.setattr(joining, "STEPS_AT_ONCE", 7)
    assert shares(frame(*texts)) == plain_shares(texts)


def test_furniture_in_very_many_articles_looks_for_no_pairs(monkeypatch):
    monkeypatch.setattr(joining, "MOST_ARTICLES", 4)
    footer = "sign up for our daily newsletter"
    own = [" ".join(f"w{number}x{place}" for place in range(6)) for number in range(5)]
    story = " ".join(WORDS)
    texts = [*(f"{text} {footer}" for text in own), f"{story} {footer}", f"{story} {footer}"]
    found = shares(frame(*texts))
    # The copies are found by the story, and their share counts the footer too.
    assert found == {("a5", "a6"): 1.0, ("a6", "a5"): 1.0}


def test_a_table_is_the_same_twice_and_leaves_its_articles_alone(articles):
    before = articles.copy(deep=True)
    pd.testing.assert_frame_equal(find_reuse(articles), find_reuse(articles))
    pd.testing.assert_frame_equal(articles, before)


@pytest.mark.parametrize(
    "texts", [[], [""], ["", ""], ["Мир " * 9, "Мир " * 9], ["和平 " * 9] * 2, ["a b"] * 3]
)
def test_without_runs_nothing_is_found(texts):
    found = find_reuse(frame(*texts))
    assert list(found.columns) == ["article_id", "other_id", "share", "runs"]
    assert found.empty


def test_text_that_is_no_unicode_is_read():
    story = "one two three four five \ud800"
    articles = frame("", "").assign(text=pd.Series([story, story], dtype=object))
    assert shares(articles) == {("a0", "a1"): 1.0, ("a1", "a0"): 1.0}


def test_texts_are_needed():
    with pytest.raises(DataError, match="lack the column 'text'"):
        find_reuse(pd.DataFrame({"article_id": ["a"]}))


STORY = " ".join(WORDS)


def grouped(articles):
    groups = group_copies(find_reuse(articles), articles)
    assert groups["article_id"].tolist() == articles["article_id"].tolist()
    assert groups["group"].tolist() == groups["source_id"].tolist()
    return groups["source_id"].tolist()


def test_copies_are_grouped_under_the_earliest():
    articles = frame(
        STORY,
        "Grain ships left the port at dawn",
        f"{STORY} today",
        " ".join(WORDS[:7]),
        published=pd.to_datetime(["2026-01-03", "2026-01-01", "2026-01-02", None]),
    )
    assert grouped(articles) == ["a2", "", "a2", "a2"]


def test_at_one_date_the_agency_is_the_source_and_then_the_first_id():
    day = pd.to_datetime(["2026-01-03"] * 3)
    articles = frame(STORY, STORY, f"PARIS (AFP) - {STORY}", published=day)
    assert grouped(articles) == ["a2"] * 3
    assert grouped(articles.assign(agency=["", "AP", ""])) == ["a1"] * 3
    assert grouped(articles.assign(agency="")) == ["a0"] * 3
    assert grouped(frame(STORY, STORY)) == ["a0"] * 2


def test_less_than_half_is_no_copy():
    articles = frame(f"{STORY} {STORY[::-1]}", STORY + " a b c d e f g h i j k l m n")
    assert find_reuse(articles)["share"].between(0.1, 0.5).any()
    assert grouped(articles) == ["", ""]


def test_no_articles_give_no_groups():
    assert grouped(frame()) == []


def test_the_articles_must_be_those_of_the_reuse(articles):
    reuse = find_reuse(articles)
    with pytest.raises(DataError, match="names article_id 'h4', which is not among the 1 article"):
        group_copies(reuse, articles[articles["article_id"] == "h3"])
