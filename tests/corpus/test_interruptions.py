"""What an outlet's pages put between the sentences of its articles goes, and nothing else."""

import pandas as pd
import pytest

from analysis.corpus.clean import clean

NAMES = ["Arden", "Brill", "Corve", "Delm", "Eskby", "Fallow", "Garth", "Hollin"]
THINGS = ["bridge", "harbour", "school", "market", "library", "railway", "theatre", "hospital"]
FRESH = ["The", "It was", "He and she said the", "Nobody in", "They had the", "However,", "A", "In"]


def story(number, between=" "):
    name, thing, other = NAMES[number], THINGS[number], THINGS[(number * 3 + 1) % 8]
    return (
        f"The council of {name} voted money away for its {thing} after {number + 2} hours.{between}"
        f"{FRESH[number]} {other} of {name} {thing} was what {name} had wanted to have mended first. "
        f"By night all of {name} was quiet and the {thing} and {other} lay dark under rain."
    )


def cleaned(texts, outlet="The Valley Post"):
    others = [story(n).replace("council", "mayor") for n in range(8)]
    frame = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(len(texts) + len(others))],
            "outlet": [outlet] * len(texts) + ["Other"] * len(others),
            "title": "",
            "text": [*texts, *others],
        }
    )
    return clean(frame).articles["text"].tolist()[: len(texts)]


def test_label_without_a_stop_between_two_sentences_goes():
    label = " This clip cannot be shown in your region "
    assert cleaned([story(n, label) for n in range(6)]) == [story(n) for n in range(6)]


def test_label_in_fewer_than_five_articles_stays():
    texts = [story(n, " This clip cannot be shown in that region ") for n in range(4)]
    assert cleaned(texts) == texts


def test_opening_that_leads_to_a_name_stays():
    texts = [
        story(n, f" Speaking on the morning programme Minister {name} agreed. ")
        for n, name in enumerate(NAMES)
    ]
    assert cleaned(texts) == texts


def test_words_that_stand_within_sentences_too_are_no_label():
    texts = [
        story(
            n, f" Few in {NAMES[n]} like the winter fair of the town. The winter fair of the town "
        )
        for n in range(6)
    ]
    assert cleaned(texts) == texts


def test_appeal_that_returns_in_the_midst_of_three_articles_goes():
    appeal = " Every Friday, our books newsletter tells you what you should read. "
    assert cleaned([story(n, appeal) for n in range(3)]) == [story(n) for n in range(3)]


@pytest.mark.parametrize(
    "sentence",
    [
        " The ministry has made no comments on the claims of the press. ",
        " “Every Friday, your newsletter tells you what to read,” Orla Venn said. ",
    ],
)
def test_sentence_that_returns_but_does_not_call_on_the_reader_stays(sentence):
    texts = [story(n, sentence) for n in range(4)]
    assert cleaned(texts) == texts


def test_last_sentences_that_share_an_appeal_go():
    leads = [
        "If rain worries you, ",
        "To hear of roofs first, ",
        "As winter comes, ",
        "From now on, ",
    ]
    last = "look into the Valley Weather newsletter."
    texts = [f"{story(n)} {lead}{last}" for n, lead in enumerate(leads)]
    assert cleaned(texts) == [story(n) for n in range(4)]
