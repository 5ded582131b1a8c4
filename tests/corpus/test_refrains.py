import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus import shared_phrases
from analysis.corpus.clean import clean
from analysis.corpus.numbered_words import WORD, Vocabulary, word_places
from analysis.corpus.phrase_places import Ask
from analysis.corpus.shared_phrases import Corpus

PLACES = [
    "Arden",
    "Brill",
    "Corve",
    "Delm",
    "Eskby",
    "Fallow",
    "Garth",
    "Hollin",
    "Istead",
    "Jarrow",
    "Keld",
    "Lorton",
]
THINGS = [
    "bridge",
    "harbour",
    "school",
    "market",
    "library",
    "railway",
    "theatre",
    "hospital",
    "reservoir",
    "museum",
    "quarry",
    "mill",
]

VIEWS = " The views expressed in this article do not reflect the policy of Town News."
MOTTO = " Town News tells the valley what the valley has to know."


def story(number):
    """Write an article in one line, of which no long phrase is like another's."""
    place, thing, other = PLACES[number], THINGS[number], THINGS[(number * 5 + 3) % 12]
    return (
        f"The council of {place} voted {thing} money away after {number + 2} hours of quarrel. "
        f"Neighbours {place} {thing} had feared worse when {other} plans {place} came out. "
        f"One {other} keeper near {place} called it {thing} madness and left the {place} hall. "
        f"Nothing {thing} will be built before {place} asks its {other} masters again. "
        f"Rain {place} stopped {other} work twice and {thing} owners {place} lost their patience. "
        f"By night {place} was quiet, {thing} and {other} lay dark."
    )


def frame(texts, outlet="Town News"):
    ids = [f"a{number}" for number in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "outlet": outlet, "title": "", "text": texts})


def cleaned(texts, outlet="Town News"):
    return clean(frame(texts, outlet)).articles["text"].tolist()


def test_tail_template_goes_with_what_fills_it():
    tails = [
        f" Date 0{n % 9 + 1}.02.2017 Author {PLACES[n]} Reed Send Chirper Friendly Linkup Diggit"
        f" Newsy Permalink http://town.example/p/{n}x{n}"
        for n in range(12)
    ]
    result = clean(frame([story(n) + tails[n] for n in range(12)]))
    assert result.articles["text"].tolist() == [story(n) for n in range(12)]
    assert set(result.removed["reason"]) == {"repeated across the outlet"}
    assert result.removed["text"].tolist() == tails


@pytest.mark.parametrize(
    "tail",
    [
        " Source: Town News and agencies",
        " The views expressed in this article do not reflect the policy of Town News.",
        " Do you know more about this and want to tell us? Here's how. Learn more",
        " (Town News Weekly 01/13/2017 page4)",
        " reeve@town.example (Town News Weekly 01/13/2017 page4)",
        " Contact the writer at reeve@town.example",
        " If you were there, write to reeve@town.example with your pictures.",
    ],
)
def test_tail_goes(tail):
    texts = [story(n) + tail.replace("reeve", PLACES[n].lower()) for n in range(12)]
    assert cleaned(texts) == [story(n) for n in range(12)]


@pytest.mark.parametrize(
    "sentence",
    [
        "More than three hundred people have been killed in the valley since the war began.",
        "He denies all of the charges that they have brought against him.",
    ],
)
@pytest.mark.parametrize("share", [3, 4])
def test_background_of_a_running_story_stays(sentence, share):
    texts = [story(n) for n in range(12)]
    for n in range(0, 12, share):
        parts = texts[n].split(". ")
        texts[n] = ". ".join([*parts[:3], sentence[:-1], *parts[3:]])
    assert cleaned(texts) == texts


def test_background_at_the_end_stays_in_a_few_articles():
    background = " The two sides have been at war over the valley for eleven years."
    others = [f"{story(n)} Later {PLACES[n]} said {THINGS[n]} no." for n in range(6)]
    texts = [story(n) + background for n in range(6, 9)]
    credit = " Source: Town News and agencies"
    found = cleaned([*others, *(text + credit for text in texts)])
    assert found[6:] == texts


def test_phrase_inside_sentences_stays():
    texts = [
        f"{story(n)} It was fair, {PLACES[n]} said in a statement on Monday." for n in range(12)
    ]
    assert cleaned(texts) == texts


@pytest.mark.parametrize("number", [1, 2])
def test_nothing_goes_below_three_articles(number):
    texts = [story(n) + MOTTO for n in range(number)]
    assert cleaned(texts) == texts


def test_articles_without_an_outlet_have_nothing_in_common():
    texts = [story(n) + MOTTO for n in range(12)]
    assert cleaned(texts, outlet="") == texts
    assert cleaned(texts) == [story(n) for n in range(12)]


def test_label_in_the_midst_goes_and_a_speaker_stays():
    texts = []
    for n in range(12):
        parts = story(n).split(". ")
        texts.append(". ".join([*parts[:2], f"READ MORE: {parts[2]}", *parts[3:]]))
    assert cleaned(texts) == [story(n) for n in range(12)]
    spoken = [text.replace("READ MORE: ", 'Mayor Reed: "') for text in texts]
    assert cleaned(spoken) == spoken


def test_share_bar_in_the_midst_goes_with_its_link():
    bar = "Send Chirper Friendly Linkup Diggit Newsy Permalink http://town.example/p/"
    texts, whole = [], []
    for n in range(12):
        parts = story(n).split(". ")
        place = 2 if n % 2 else len(parts) - 1
        texts.append(". ".join([*parts[:place], f"{bar}{n}x {parts[place]}", *parts[place + 1 :]]))
        whole.append(story(n))
    assert cleaned(texts) == whole


def test_sentence_before_the_link_of_a_post_stays():
    texts, whole = [], []
    for n in range(12):
        parts = story(n).split(". ")
        post = f"{THINGS[n].title()} for all of {PLACES[n]}!"
        texts.append(". ".join([*parts[:2], f"{post} https://t.co/aB{n} {parts[2]}", *parts[3:]]))
        whole.append(". ".join([*parts[:2], f"{post}  {parts[2]}", *parts[3:]]))
    assert cleaned(texts) == whole


@pytest.mark.parametrize(
    "credit",
    [
        "Ann Reed and The Associated Press contributed to this report.",
        "AP writer Ann Reed in Garth contributed.",
        "Reed reported from Garth.",
        "Ann Reed contributed reporting.",
    ],
)
def test_closing_credit_goes(credit):
    assert cleaned([f"{story(0)} {credit}"]) == [story(0)]


@pytest.mark.parametrize(
    "sentence", ["Ann Reed said that the floods contributed.", "Rain contributed to this delay."]
)
def test_contributing_causes_stay(sentence):
    assert cleaned([f"{story(0)} {sentence}"]) == [f"{story(0)} {sentence}"]


def test_agencies_in_a_closing_bracket_go_with_initials():
    agencies = ["(AFP, dpa)", "(dpa, AFP)", "(AFP, Reuters)", "(Reuters, dpa)"]
    texts = [f"{story(n)} jb/{'kl'[n % 2]}m {agencies[n % 4]}" for n in range(8)]
    assert cleaned(texts) == [story(n) for n in range(8)]
    assert cleaned([f"{story(0)} jb/km -"]) == [story(0)]
    said = [f"{story(n)} It was over (for {PLACES[n]})." for n in range(8)]
    assert cleaned(said) == said


def test_ranks_in_a_closing_bracket_are_no_credit():
    ranked = [f"{story(n)}\n\n1. {PLACES[n]} (2.)\n\n2. {THINGS[n].title()} (1.)" for n in range(8)]
    assert cleaned(ranked) == ranked


@pytest.mark.parametrize(
    ("outlet", "dateline"),
    [
        ("CNN", "Washington (CNN)"),
        ("CNN", "(CNN) -- "),
        ("TASS", "MOSCOW, February 7. /TASS/. "),
        ("TASS", "BONN /Germany/, February 7. /TASS/. "),
        ("Town News", "GARTH, May 2 (Reuters) - "),
    ],
)
def test_dateline_goes(outlet, dateline):
    result = clean(frame([dateline + story(0)], outlet))
    assert result.articles["text"].tolist() == [story(0)]
    assert result.removed[["reason", "text"]].to_numpy().tolist() == [["dateline", dateline]]


@pytest.mark.parametrize(
    "opening",
    ["Delegates of the council (CNN) met. ", "The Palestinian Authority (PA) will decide. "],
)
def test_bracket_in_a_sentence_is_no_dateline(opening):
    assert cleaned([opening + story(0)], "CNN") == [opening + story(0)]


PIECES = st.sampled_from(
    [
        " Source: Town News and agencies",
        " Learn more",
        " READ MORE: The long way home.",
        " Send Chirper Linkup Diggit Newsy http://town.example/p/1",
        " He denies the charges.",
        " reed@town.example",
        "\n\n",
        " (AFP, dpa)",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.lists(PIECES, max_size=3), st.lists(PIECES, max_size=4)), max_size=8))
def test_cleaning_twice_changes_nothing_and_places_are_right(edges):
    texts = ["".join(head) + " " + story(n) + "".join(tail) for n, (head, tail) in enumerate(edges)]
    articles = frame(texts)
    once = clean(articles)
    twice = clean(once.articles)
    assert twice.articles["text"].tolist() == once.articles["text"].tolist()
    loaded = dict(zip(articles["article_id"], texts, strict=True))
    for row in once.removed.itertuples():
        assert loaded[row.article_id][row.start : row.end] == row.text


def test_spread_counts_articles_shares_and_edges():
    read = Vocabulary().read
    texts = [
        "x y z " * 10 + "News 12",
        "u v w " * 10 + "news 7",
        "p q " * 15 + "News 5 r",
        "news 1",
    ]
    corpus = Corpus([read(text) for text in texts], ["A", "A", "A", "B"])
    places, group, spread = corpus.spread(Ask(2, True, 2, 0.8))
    places, group = places[places < 95], group[places < 95]
    here = group[np.flatnonzero(places == 30)[0]]
    assert spread.articles[here] == 3
    assert spread.share[here] == 1
    assert spread.share_elsewhere[here] == 1
    assert spread.at_edge[here] == 1


def test_portions_of_words_do_not_matter(monkeypatch):
    read = Vocabulary().read
    texts = [f"{word} one two three. Follow our daily news {word}" for word in "abcdefgh"]
    corpus = Corpus([read(text) for text in texts], ["A"] * 6 + ["B"] * 2)
    found = []
    for words in (1000, 7):
        monkeypatch.setattr(shared_phrases, "WORDS_AT_ONCE", words)
        found.append(corpus.spread(Ask(3, True, 3, 0.5)))
    for one, other in zip(found[0][:2], found[1][:2], strict=True):
        assert len(one)
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(found[0][2].at_edge, found[1][2].at_edge)


@given(st.text(st.characters(exclude_categories=())))
def test_places_of_words_are_those_of_the_pattern(text):
    spans = [match.span() for match in WORD.finditer(text)]
    assert list(zip(*word_places(text), strict=True)) == spans
