import pytest

from analysis.text.reporting import inflect, read_lexicon


@pytest.mark.parametrize(
    ("entry", "forms"),
    [
        ("say said/q", {"say", "says", "saying", "said"}),
        ("write wrote written/q", {"write", "writes", "writing", "wrote", "written"}),
        ("deny/c", {"deny", "denies", "denying", "denied"}),
        ("admit/c", {"admit", "admits", "admitting", "admitted"}),
        ("stress/c", {"stress", "stresses", "stressing", "stressed"}),
        ("agree/c", {"agree", "agrees", "agreeing", "agreed"}),
        ("slam/o", {"slam", "slams", "slamming", "slammed"}),
        ("offer/t", {"offer", "offers", "offering", "offered"}),
    ],
)
def test_forms_of_a_verb(entry, forms):
    assert {word for word, _ in inflect(entry, "neutral")} == forms


def test_the_lexicon_states_the_stance_of_every_verb():
    lexicon = read_lexicon()
    assert lexicon.verbs["claimed"].stance == "doubting"
    assert lexicon.verbs["said"].stance == "neutral"
    assert lexicon.verbs["revealed"].stance == "endorsing"
    assert {entry.stance for entry in lexicon.verbs.values()} == {
        "neutral", "doubting", "endorsing", "combative", "favourable", "committing", "mental",
    }  # fmt: skip
