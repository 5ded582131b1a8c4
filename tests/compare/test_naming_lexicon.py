"""Lexicons of names: the shipped ones are whole, and a wrong one is refused with its remedy."""

import copy

import pytest
import yaml

from analysis import DataError, read_naming
from analysis.compare.lexicon_files import shipped

CONCEPT = {
    "concept": "capital",
    "about": "the city",
    "signals": "a side",
    "source": "a style guide",
    "variants": [{"name": "Kyiv", "note": "one"}, {"name": "Kiev", "note": "other"}],
}
SUBJECTS = [
    "abortion", "actors", "climate", "conflict", "elections", "migration", "pandemic", "places",
    "protest", "terror", "trade",
]  # fmt: skip


def changed(**keys: object) -> dict[str, object]:
    concept = {**copy.deepcopy(CONCEPT), **keys}
    return {"concepts": [{key: value for key, value in concept.items() if value is not None}]}


def test_the_shipped_lexicons_cover_their_subjects_and_document_every_name():
    assert shipped("naming") == SUBJECTS
    concepts = read_naming().concepts
    assert len(concepts) > 100
    for concept in concepts:
        assert len(concept.variants) >= 2, concept.name
        assert all(variant.note for variant in concept.variants)
        assert concept.signals
        assert concept.source


def test_names_of_concepts_are_unique_over_the_shipped_files():
    names = [concept.name for name in SUBJECTS for concept in read_naming(name).concepts]
    assert len(names) == len(set(names))


def test_a_later_source_replaces_a_concept(tmp_path):
    path = tmp_path / "own.yml"
    path.write_text(yaml.safe_dump(changed(about="mine")), encoding="utf-8")
    lexicon = read_naming(changed(), path)
    assert [concept.about for concept in lexicon.concepts] == ["mine"]


def test_a_file_beside_the_corpus_is_read_too(tmp_path):
    (tmp_path / "naming.yml").write_text(yaml.safe_dump(changed()), encoding="utf-8")
    names = {concept.name for concept in read_naming("abortion", beside=tmp_path).concepts}
    assert "capital" in names
    assert len(names) > 1
    assert "harbour city" in {c.name for c in read_naming("places", beside="sample").concepts}


def test_take_keeps_concepts_and_names_the_nearest():
    lexicon = read_naming("places")
    assert [one.name for one in lexicon.take(["Taiwan"]).concepts] == ["Taiwan"]
    with pytest.raises(DataError, match="'Taiwann' is not in the lexicon; did you mean 'Taiwan'"):
        lexicon.take(["Taiwann"])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "must hold `concepts:` with a list"),
        ({"concepts": ["war"]}, "concept 1 is 'war'; write `concept:`"),
        (changed(signals=None), "concept 'capital': signals is missing; write `signals:"),
        (changed(signal="x"), "unknown key 'signal'; did you mean 'signals'"),
        (changed(variants=CONCEPT["variants"][:1]), "needs two variants or more"),
        (changed(variants=["Kyiv", "Kiev"]), "the variant 'Kyiv' needs `name:` and `note:`"),
        (changed(variants=[*CONCEPT["variants"], CONCEPT["variants"][0]]), "'Kyiv' stands twice"),
        (
            changed(
                variants=[CONCEPT["variants"][0], {"name": "K", "note": "n", "forms": ["kyiv"]}]
            ),
            "the form 'kyiv' stands twice; keep it in one variant",
        ),
        (changed(near="war"), "near is 'war'; write a list of words"),
        (changed(near=["(war"]), r"'\(war' under near cannot be read"),
        (changed(near=[2014]), "near is .*write a list of words"),
        (changed(window=0), "window is 0; write a number of words, or `article`"),
        (
            changed(variants=[{**CONCEPT["variants"][0], "case": "yes"}, CONCEPT["variants"][1]]),
            "case is 'yes'; write true or false",
        ),
        ({"concepts": [CONCEPT, CONCEPT]}, "the concept 'capital' stands twice; join the two"),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(given, message):
    with pytest.raises(DataError, match=message):
        read_naming(given)


def test_a_missing_file_and_one_that_is_no_yaml_are_named(tmp_path):
    with pytest.raises(DataError, match=r"no lexicon 'conflikt'; give a YAML file, or one of"):
        read_naming("conflikt")
    path = tmp_path / "bad.yml"
    path.write_text("concepts: [", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.yml is not YAML"):
        read_naming(path)
