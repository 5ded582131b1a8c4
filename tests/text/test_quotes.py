"""Who speaks, in texts made up for the purpose and in the sample."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

import analysis
from analysis import DataError, find_quotes
from analysis.text.name_words import surname

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
TRUTH = yaml.safe_load((SAMPLE / "truth.yml").read_text(encoding="utf-8"))


def frame(*texts):
    ids = [f"a{number}" for number in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "text": list(texts)})


def rows(text):
    found = find_quotes(frame(text))
    return [
        (row.kind, row.speaker, row.cue, text[row.start : row.end]) for row in found.itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait,” Ida Storm said.", ("direct", "Ida Storm", "said", "We wait,")),
        ("“We wait,” said Ida Storm, a baker.", ("direct", "Ida Storm", "said", "We wait,")),
        ("Ida Storm said: “We wait.”", ("direct", "Ida Storm", "said", "We wait.")),
        ("“We wait!” beamed Ida Storm.", ("direct", "Ida Storm", "", "We wait!")),
        ("“We wait.”\n— Ida Storm", ("direct", "Ida Storm", "", "We wait.")),
        (
            "Ida Storm, who bakes in Port Callan, said that prices would rise.",
            ("indirect", "Ida Storm", "said", "that prices would rise"),
        ),
        (
            "Prices will rise next week, Ida Storm said.",
            ("indirect", "Ida Storm", "said", "Prices will rise next week"),
        ),
        (
            "Prices will rise next week, according to Ida Storm.",
            ("indirect", "Ida Storm", "according to", "Prices will rise next week"),
        ),
        (
            "According to Ida Storm, prices will rise.",
            ("indirect", "Ida Storm", "According to", "prices will rise"),
        ),
        (
            "Ida Storm accused the council of hiding the bill.",
            ("indirect", "Ida Storm", "accused", "the council of hiding the bill"),
        ),
        (
            "Ida Storm urged the council to publish the bill.",
            ("indirect", "Ida Storm", "urged", "the council to publish the bill"),
        ),
        (
            "Ida Storm has repeatedly vowed to publish the bill.",
            ("indirect", "Ida Storm", "vowed", "to publish the bill"),
        ),
        (
            "Ida Storm warned of a hard winter.",
            ("indirect", "Ida Storm", "warned", "a hard winter"),
        ),
        (
            "Ida Storm called for a new bridge.",
            ("indirect", "Ida Storm", "called", "a new bridge"),
        ),
        (
            "Ida Storm told the council on Monday that prices would rise.",
            ("indirect", "Ida Storm", "told", "that prices would rise"),
        ),
        (
            "Ida Storm believes the winter will be hard.",
            ("indirect", "Ida Storm", "believes", "the winter will be hard"),
        ),
        (
            "The council was accused by Ida Storm of hiding the bill.",
            ("indirect", "Ida Storm", "accused", "hiding the bill"),
        ),
        (
            "The council was accused of hiding the bill by Ida Storm.",
            ("indirect", "Ida Storm", "accused", "hiding the bill"),
        ),
        (
            "Ida Storm agreed on Monday to publish the bill.",
            ("indirect", "Ida Storm", "agreed", "to publish the bill"),
        ),
        ("Kyiv said it would not talk.", ("indirect", "Kyiv", "said", "it would not talk")),
        (
            "Aldovian officials say the bridge is shut.",
            ("indirect", "Aldovian officials", "say", "the bridge is shut"),
        ),
    ],
)
def test_who_says_what(text, expected):
    assert expected in rows(text)


def test_a_quotation_broken_by_its_verb_gives_a_row_per_piece():
    text = "“We wait,” Ida Storm said, “and we bake.” “For how long?”"
    assert [(kind, speaker, words) for kind, speaker, _, words in rows(text)] == [
        ("direct", "Ida Storm", "We wait,"),
        ("direct", "Ida Storm", "and we bake."),
        ("direct", "Ida Storm", "For how long?"),
    ]


def test_words_quoted_inside_a_report_are_direct_and_inside_it():
    text = "Ida Storm said the bill was “a disgrace” for the town."
    assert rows(text) == [
        ("indirect", "Ida Storm", "said", "the bill was “a disgrace” for the town"),
        ("direct", "Ida Storm", "said", "a disgrace"),
    ]


def test_two_reports_in_a_sentence_are_told_apart():
    text = "Ida Storm said that prices would rise, but Otto Berg denied that bread was scarce."
    assert [(speaker, words) for _, speaker, _, words in rows(text)] == [
        ("Ida Storm", "that prices would rise"),
        ("Otto Berg", "that bread was scarce"),
    ]


def test_pronouns_offices_and_surnames_are_resolved():
    text = (
        "Mayor Ida Storm met Mr Otto Berg on Monday. She said that she was glad.\n\n"
        "Mr Berg left early. He said he was tired. The mayor warned of a hard winter."
    )
    speakers = [speaker for _, speaker, cue, _ in rows(text) if cue in ("said", "warned")]
    assert speakers == ["Ida Storm", "Otto Berg", "Ida Storm"]


def test_the_mention_is_where_the_speaker_stands():
    text = "Ida Storm came late. “We wait,” she said."
    (row,) = [row for row in find_quotes(frame(text)).itertuples() if row.kind == "direct"]
    assert (row.speaker, text[row.speaker_start : row.speaker_end]) == ("Ida Storm", "she")


def test_marked_words_and_titles_are_not_speech():
    assert rows("The “reform” cost the town a year.") == [("scare", "", "", "reform")]
    assert rows("The film “A Winter in Port Callan” opens today.") == []


def test_speech_that_nothing_attributes_has_no_speaker():
    text = "The hall was full.\n\n“Nobody asked us what we wanted, and nobody will.”\n\nIt rained."
    assert rows(text) == [("direct", "", "", "Nobody asked us what we wanted, and nobody will.")]


def test_a_plan_and_adjectives_do_not_speak():
    assert rows("All went according to plan.") == []
    assert rows("The expected snow fell on the United States.") == []


def test_columns_and_types_of_no_articles():
    found = find_quotes(frame())
    assert list(found.columns) == [
        "article_id", "start", "end", "kind", "speaker", "speaker_start", "speaker_end", "cue",
    ]  # fmt: skip
    assert found.empty
    assert found["start"].dtype == "int64"


ODD = [
    "",
    " \n ",
    "“",
    "’",
    "said",
    ", said",
    ":",
    "“ ”",
    "\ue000",
    "'" * 3,
    "\u0130 said: “",
    "<" * 99,
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_give_what_they_hold(text):
    found = find_quotes(frame(text, "Ida Storm said: “We wait.”"))
    assert set(found["article_id"]) == {"a1"}


def test_lists_longer_than_a_sentence_are_read_in_parts():
    text = "Roe, " * 600 + "Ida Storm said that prices would rise, and added: “We wait.”"
    assert rows(text)[-1] == ("direct", "Ida Storm", "added", "We wait.")


def test_a_missing_column_is_named():
    with pytest.raises(DataError, match="text"):
        find_quotes(pd.DataFrame({"article_id": ["a"]}))


@pytest.fixture(scope="module")
def voices():
    articles = analysis.clean(analysis.load("sample")).articles
    found = find_quotes(articles).merge(articles[["article_id", "outlet"]], on="article_id")
    person = {
        surname(form): one["name"]
        for one in TRUTH["people"]
        for form in (one["name"], *one["forms"])
    }
    direct = found[found["kind"] == "direct"]
    direct = direct.assign(person=direct["speaker"].map(lambda name: person.get(surname(name))))
    return direct.groupby(["outlet", "person"])["article_id"].nunique()


@pytest.mark.parametrize("slug", list(TRUTH["voices"]))
def test_the_planted_voices_come_out(voices, slug):
    outlet = TRUTH["outlets"][slug]["name"]
    planted = TRUTH["voices"][slug]
    found = {name: int(voices.get((outlet, name), 0)) for name in planted}
    missed = sum(max(0, planted[name] - found[name]) for name in planted)
    assert all(found[name] <= planted[name] for name in planted)
    assert missed <= 0.15 * sum(planted.values())


@pytest.mark.parametrize(
    ("subject", "speaker"),
    [
        ("The Finance Ministry", "Finance Ministry"),
        ("The State Department", "State Department"),
        ("The Velmoran Foreign Ministry", "Velmoran Foreign Ministry"),
        ("The Foreign Affairs Committee", "Foreign Affairs Committee"),
        ("Foreign Minister Ana Berg", "Ana Berg"),
        ("Senator Ada West", "Ada West"),
        ("Health Minister Ivo Black", "Ivo Black"),
        ("Ana Berg herself", "Ana Berg"),
        ("One of the authors", ""),
    ],
)
def test_institutions_stay_whole_and_persons_lose_their_titles(subject, speaker):
    text = f"{subject} said that the ferries would sail again."
    found = find_quotes(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    assert found["speaker"].tolist() == [speaker]
