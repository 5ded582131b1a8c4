"""The voices and reporting words that were planted in the sample come out."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import analysis

ROOT = Path(analysis.__file__).parents[2]
TRUTH: dict[str, Any] = yaml.safe_load((ROOT / "data/sample/truth.yml").read_text(encoding="utf-8"))
NAMES = {slug: outlet["name"] for slug, outlet in TRUTH["outlets"].items()}
PEOPLE = {person["name"]: person for person in TRUTH["people"]}
VOICES = [(slug, name, n) for slug, said in TRUTH["voices"].items() for name, n in said.items()]


def same(name: str) -> str:
    """The sample writes O'Dell with either apostrophe."""
    return name.replace("’", "'")


@pytest.fixture(scope="module")
def sample() -> analysis.Corpus:
    return analysis.prepare("sample")


@pytest.fixture(scope="module")
def speakers(sample: analysis.Corpus) -> analysis.Speakers:
    return analysis.name_speakers(sample.quotes, sample.articles)


@pytest.fixture(scope="module")
def quoted(sample: analysis.Corpus, speakers: analysis.Speakers) -> "pd.Series[int]":
    """Articles in which each speaker is quoted directly, by outlet and name."""
    direct = speakers.quotes[speakers.quotes["kind"] == "direct"]
    direct = direct.merge(sample.articles[["article_id", "outlet"]], on="article_id")
    direct = direct.assign(speaker=direct["speaker"].map(same))
    return direct.groupby(["outlet", "speaker"])["article_id"].nunique()


def test_nearly_all_planted_speakers_are_quoted_in_as_many_articles_as_planted(quoted):
    found = {(slug, name): quoted.get((NAMES[slug], name), 0) for slug, name, _ in VOICES}
    wrong = {
        key: found[key] for *key, n in map(tuple, VOICES) for key in [tuple(key)] if found[key] != n
    }
    assert len(VOICES) > 40
    assert len(wrong) <= 0.1 * len(VOICES), wrong


def test_nobody_is_quoted_where_he_was_not_planted(quoted):
    planted = {(NAMES[slug], name) for slug, name, _ in VOICES}
    strange = [key for key in quoted.index if key[1] in PEOPLE and key not in planted]
    assert not strange


@pytest.mark.parametrize("name", [name for name, who in PEOPLE.items() if len(who["forms"]) > 1])
def test_all_forms_of_a_planted_name_are_one_speaker(name, speakers):
    surname = name.split()[-1]
    names = [same(known) for known in speakers.people["name"]]
    assert [known for known in names if known.split()[-1][:4] == surname[:4]] == [name]


def test_roles_are_read(speakers):
    roles = speakers.people.set_index("name")["roles"].str.lower()
    for name, word in [
        ("Viktor Sorrel", "minister"), ("Gregor Halden", "president"), ("Ivo Tarn", "mayor"),
        ("Amara Teule", "envoy"), ("Petra Quill", "leader"), ("Danika Roe", "nurse"),
    ]:  # fmt: skip
        assert word in roles[name], name


def sides_of_truth() -> dict[str, list[str]]:
    sides = {
        side: [name for name, who in PEOPLE.items() if who["side"] == side]
        for side in ("Velmora", "Kastria")
    }
    return {"Velmora": [*sides["Velmora"], "Velmoran"], "Kastria": [*sides["Kastria"], "Kastrian"]}


@pytest.fixture(scope="module")
def sided(speakers: analysis.Speakers) -> pd.DataFrame:
    return analysis.label_sides(speakers.quotes, sides=sides_of_truth())


def certain(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["q"] <= 0.05) & (table["low"] > 0)]


def test_the_herald_lets_one_side_say_and_the_other_claim(sample, sided):
    found = certain(analysis.compare_sides(sided, sample.articles, sides=["Velmora", "Kastria"]))
    assert list(zip(found["outlet"], found["term"], strict=True)) == [
        ("Kastria Herald", "doubting")
    ]
    assert analysis.describe_cues(found)[0].startswith(
        "Kastria Herald introduces the words of Velmora with a word of doubt (claimed, alleged), "
        "but never those of Kastria (95 % interval: at least "
    )


def test_the_tribune_uses_combative_words(sample, sided):
    found = certain(analysis.compare_cues(sided, sample.articles))
    assert ("Halvane Tribune", "combative") in set(zip(found["outlet"], found["term"], strict=True))


def test_the_equal_pair_differs_in_no_voice_and_no_reporting_word(sample, sided):
    pair = [NAMES[slug] for slug in TRUTH["equal_pair"]]
    articles = sample.articles[sample.articles["outlet"].isin(pair)]
    voices = analysis.measure_voices(sided, sample.tokens)
    assert analysis.compare_voices(voices, articles)["q"].min() > 0.05
    assert analysis.compare_cues(sided, articles)["q"].min() > 0.05


def test_each_outlet_favours_those_whom_it_was_planted_to_quote(sample, speakers):
    voices = analysis.measure_voices(speakers.quotes, sample.tokens)
    found = certain(analysis.compare_voices(voices, sample.articles))
    people = found[found["speaker"].isin(PEOPLE)]
    assert set(zip(people["outlet"], people["speaker"], strict=True)) >= {
        ("Kastria Herald", "Bruno Dragan"), ("Kastria Herald", "Viktor Sorrel"),
        ("Halvane Tribune", "Teodora Vask"), ("Halvane Tribune", "Andrei Lomaš"),
        ("Isthmus Monitor", "Amara Teule"), ("Isthmus Monitor", "Ruben Castaño"),
    }  # fmt: skip


def test_planted_terms_stay_telling_in_the_outlets_own_voice(sample):
    own = certain(analysis.compare_terms(sample.with_voices().counts(voice="own")))
    telling = set(zip(own["outlet"], own["term"], strict=True))
    for pair in TRUTH["voice_pairs"]:
        assert (NAMES[pair["outlet"]], pair["own_term"]) in telling
