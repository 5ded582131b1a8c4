"""The names and frames that were planted in the sample are found, in the voice they stand in."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import analysis

ROOT = Path(analysis.__file__).parents[2]
TRUTH: dict[str, Any] = yaml.safe_load((ROOT / "data/sample/truth.yml").read_text(encoding="utf-8"))
NAMES = {slug: outlet["name"] for slug, outlet in TRUTH["outlets"].items()}
# Planted id -> concept and variant of data/sample/naming.yml.
CONCEPTS = {
    "kastrian-government": ("leadership of Kastria", "regime"),
    "military-action": ("Kastrian entry into Selvany", "stabilisation mission"),
    "armed-group": ("Selvan Guard", "rebels"),
    "conflict": ("Kastrian entry into Selvany", "dispute"),
    "city-spelling": ("harbour city", "Lyssow"),
    "armed-group-militants": ("Selvan Guard", "militants"),
    "armed-group-volunteers": ("Selvan Guard", "volunteers"),
    "armed-group-fighters": ("Selvan Guard", "fighters"),
    "belligerents": ("Kastria and Velmora", "parties"),
}
# Beyond chance even among all names, concepts, voices and outlets.
CERTAIN = ["military-action", "armed-group", "conflict", "armed-group-militants", "city-spelling"]
PLANTED = {row["id"]: row for row in TRUTH["naming"]}


@pytest.fixture(scope="module")
def sample() -> analysis.Corpus:
    return analysis.prepare("sample").with_voices()


@pytest.fixture(scope="module")
def naming(sample: analysis.Corpus) -> pd.DataFrame:
    lexicon = analysis.read_naming("conflict", beside="sample")
    table = analysis.compare_naming(sample.tokens, lexicon)
    return table.set_index(["concept", "voice", "outlet", "variant"]).sort_index()


def test_every_planted_name_has_its_concept():
    assert set(CONCEPTS) == set(PLANTED)


@pytest.mark.parametrize("planted", CONCEPTS)
def test_the_outlet_writes_the_planted_name_in_its_own_voice(planted, naming):
    concept, variant = CONCEPTS[planted]
    for slug in PLANTED[planted]["outlets"]:
        row = naming.loc[(concept, "own", NAMES[slug], variant)]
        assert row["share"] > row["share_rest"] + 0.5
        # The list counts all text outside quotation marks; here indirect speech is not its own.
        n_outlets = len(PLANTED[planted]["outlets"])
        assert row["n_articles"] >= 0.35 * PLANTED[planted]["own_voice"] / n_outlets


@pytest.mark.parametrize("planted", CERTAIN)
def test_the_planted_name_is_beyond_chance(planted, naming):
    concept, variant = CONCEPTS[planted]
    for slug in PLANTED[planted]["outlets"]:
        row = naming.loc[(concept, "own", NAMES[slug], variant)]
        assert row["q"] <= 0.05
        assert row["low"] > 0


@pytest.mark.parametrize(
    "planted", [row["id"] for row in TRUTH["naming"] if row["rest_own_voice"] == 0]
)
def test_the_others_do_not_write_it_in_their_own_voice(planted, naming):
    concept, variant = CONCEPTS[planted]
    outlets = {NAMES[slug] for slug in PLANTED[planted]["outlets"]}
    rows = naming.xs((concept, "own", variant), level=["concept", "voice", "variant"])
    assert rows.loc[~rows.index.isin(outlets), "count"].sum() == 0


@pytest.mark.parametrize("pair", TRUTH["voice_pairs"], ids=lambda pair: pair["outlet"])
def test_what_others_only_quote_is_quoted(pair, naming):
    outlet = NAMES[pair["outlet"]]
    (planted,) = [one for one in TRUTH["naming"] if one["term"] == pair["own_term"]]
    concept, variant = CONCEPTS[planted["id"]]
    quoted = naming.xs((concept, "quoted", variant), level=["concept", "voice", "variant"])
    assert (
        quoted.drop(index=outlet, errors="ignore")["n_articles"].sum() == pair["rest_quoted_only"]
    )


def test_between_the_equal_pair_no_name_differs(sample):
    pair = [NAMES[slug] for slug in TRUTH["equal_pair"]]
    tokens = sample.tokens.take_articles(sample.articles["outlet"].isin(pair).to_numpy())
    table = analysis.compare_naming(tokens, analysis.read_naming(beside="sample"))
    assert table["q"].min() > 0.05


@pytest.fixture(scope="module")
def frames(sample: analysis.Corpus) -> pd.DataFrame:
    table = analysis.compare_frames(analysis.score_frames(sample.tokens))
    return table.set_index(["frame", "outlet"])


@pytest.mark.parametrize(
    ("slug", "frame"),
    [
        ("isthmus-monitor", "economic consequences"),
        ("quayside-observer", "human interest"),
        ("halvane-tribune", "morality"),
    ],
)
def test_the_planted_frame_is_beyond_chance(slug, frame, frames):
    assert frame in TRUTH["frames"][slug]
    row = frames.loc[(frame, NAMES[slug])]
    assert row["q"] <= 0.05
    assert row["low"] > 0
    assert frames.loc[frame]["share"].idxmax() == NAMES[slug]


def test_the_committed_codes_are_of_the_sample_and_rate_every_frame(sample):
    scores = analysis.score_frames(sample.tokens)
    codes = analysis.read_codes(frames=scores.names, beside="sample")
    checked = analysis.check_frames(scores, codes).set_index("frame")
    assert (checked["coders"] == 2).all()
    assert (checked["sentences"] == codes["sentence"].groupby(codes["coder"]).size().max()).all()
    assert (checked["alpha"] > 0.667).all()
    assert {"C", "not publishable"} == set(checked["tier"])
