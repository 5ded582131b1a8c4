"""Suggested pairs: two names for one thing come before members of a list."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

import analysis
from analysis import DataError
from analysis.compare.alternations_contexts import neighbours, of_length_one
from analysis.compare.alternations_kernels import ROWS, multiply_rows
from analysis.compare.alternations_terms import SPACE, breaks_before, find_terms

VERBS = [
    "attacked the town",
    "left the bridge",
    "held the harbour",
    "shelled the road",
    "fled at night",
]


@pytest.fixture(scope="module")
def tokens() -> analysis.Tokens:
    rows = [
        {
            "article_id": f"{outlet}{number}",
            "outlet": outlet,
            "event_id": "e1",
            "text": f"On the coast the {name} {verb} again. Wheat, barley and maize were {weather}.",
        }
        for outlet, name in (("Herald", "rebels"), ("Gazette", "militants"))
        for number, (verb, weather) in enumerate(zip(VERBS, ["dear", "cheap", "wet", "gone", "sold"], strict=True))
    ]  # fmt: skip
    return analysis.tokenize(pd.DataFrame(rows))


def test_the_planted_pair_comes_first(tokens):
    first = analysis.suggest_alternations(tokens, n_pairs=5).iloc[0]
    assert {first["first"], first["second"]} == {"militants", "rebels"}
    assert first["split"] > 0.5
    favours = {first["first"]: first["favours_first"], first["second"]: first["favours_second"]}
    assert favours == {"militants": "Gazette", "rebels": "Herald"}


def test_what_is_named_together_is_no_pair(tokens):
    pairs = analysis.suggest_alternations(tokens, n_pairs=5)
    listed = {"wheat", "barley", "maize"}
    assert not [row for row in pairs.itertuples() if {row.first, row.second} <= listed]


def test_an_article_that_stands_in_its_outlet_twice_counts_once():
    rows = [
        (f"{outlet}{number}", outlet, "", f"They wept when {name} {verb} again, as {rival} feared.")
        for outlet, name, rival in (("Herald", "Arden", "Brest"), ("Gazette", "Ordun", "Velm"))
        for number, verb in enumerate(VERBS)
    ]
    # Longer than what it repeats, and ahead of it.
    rows.insert(0, ("again", "Herald", "Herald0", f"So, again: the hope, the Fear. {rows[0][3]}"))
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "copy_of", "text"])
    once = articles[articles["copy_of"] == ""].reset_index(drop=True)
    found, wanted = (analysis.suggest_alternations(analysis.tokenize(f)) for f in (articles, once))
    assert {"arden", "ordun"} <= {*wanted["first"], *wanted["second"]}
    pd.testing.assert_frame_equal(found, wanted)


def test_a_term_goes_across_nothing_that_is_left_out():
    text = "The ships left. The ports closed. There were red ships of the grain ports again."
    articles = pd.DataFrame({"article_id": list("abc"), "outlet": list("ABC"), "text": text})
    read = analysis.tokenize(articles)
    terms = find_terms(read, np.ones(len(read.articles), dtype=bool))
    named = [" ".join(read.terms[word] for word in gram if word >= 0) for gram in terms.grams]
    assert sorted(named) == ["grain ports", "ports", "red ships", "ships"]
    for term, place in zip(terms.term, terms.place, strict=True):
        length = terms.lengths[term]
        assert read.ids[place : place + length].tolist() == terms.grams[term, :length].tolist()


def test_inside_events(tokens):
    pairs = analysis.suggest_alternations(tokens, within="event_id", n_pairs=1)
    assert pairs["event_id"].tolist() == ["e1"]


def test_what_is_written_can_be_read_as_a_lexicon(tokens, tmp_path):
    pairs = analysis.suggest_alternations(tokens, n_pairs=1)
    path = tmp_path / "naming.yml"
    path.write_text(analysis.write_alternations(pairs), encoding="utf-8")
    (concept,) = analysis.read_naming(path).concepts
    assert {variant.name for variant in concept.variants} == {"militants", "rebels"}


@given(st.lists(st.text(alphabet="ab -\u2010.\n", max_size=20), max_size=6))
def test_words_are_parted_by_more_than_a_space_or_a_hyphen(texts):
    ids = [f"a{number}" for number in range(len(texts))]
    read = analysis.tokenize(pd.DataFrame({"article_id": ids, "text": texts}, dtype="str"))
    wanted = []
    for row, text in enumerate(texts):
        end = 0
        for place in range(read.pointer[row], read.pointer[row + 1]):
            gap = text[end : read.starts[place]]
            wanted.append(not gap or not all(map(SPACE.fullmatch, gap)))
            end = read.ends[place]
    assert breaks_before(read).tolist() == wanted


@pytest.mark.parametrize(("reach", "sided"), [(2, True), (8, False)])
def test_neighbours_are_counted_in_their_article(tokens, reach, sided, monkeypatch):
    monkeypatch.setattr("analysis.compare.alternations_contexts.TERMS_AT_ONCE", 2)
    terms = find_terms(tokens, np.ones(len(tokens.articles), dtype=bool))
    assert len(terms.grams) > 2
    n_terms = len(tokens.terms)
    stop = analysis.text.stop_words.stop_words()
    wanted = Counter()
    for term, place in zip(terms.term.tolist(), terms.place.tolist(), strict=True):
        row = np.searchsorted(tokens.pointer, place, side="right") - 1
        behind = place + terms.lengths[term]
        sides = [place - 1 - step for step in range(reach)] + [behind + s for s in range(reach)]
        for side, at in enumerate(sides):
            if tokens.pointer[row] <= at < tokens.pointer[row + 1]:
                word = tokens.ids[at]
                if sided:
                    wanted[term, side * n_terms + word] += 1
                elif tokens.terms[word] not in stop:
                    wanted[term, word] += 1
    found = neighbours(tokens, terms, reach, sided=sided)
    assert found.has_canonical_format
    entries = found.tocoo()
    assert (
        dict(zip(zip(entries.row, entries.col, strict=True), entries.data, strict=True)) == wanted
    )


def test_compiled_products_are_those_of_scipy_to_the_last_bit():
    random = np.random.default_rng(0)
    shape = (2 * ROWS + 3, 50)
    held = random.random(shape) < 0.3
    vectors = of_length_one(sparse.csr_matrix(np.where(held, random.random(shape), 0)))
    wanted = (vectors @ vectors.T).toarray()
    np.testing.assert_allclose(np.diag(wanted), 1)
    np.fill_diagonal(wanted, 0)
    np.testing.assert_array_equal(multiply_rows(vectors), wanted)


def test_errors(tokens):
    with pytest.raises(DataError, match="'paper' is not a column of the articles"):
        analysis.suggest_alternations(tokens, by="paper")
    with pytest.raises(DataError, match="n_pairs is 0; it must be 1 or more"):
        analysis.suggest_alternations(tokens, n_pairs=0)


def test_a_corpus_without_names_gives_no_pairs():
    articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "text": ["", "is it"]})
    assert analysis.suggest_alternations(analysis.tokenize(articles)).empty
