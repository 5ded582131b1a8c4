"""One name per speaker per corpus."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis import DataError, find_quotes, label_sides, label_stances, name_speakers
from analysis.text.heard import Heard
from analysis.text.persons import Named, merge_persons
from analysis.text.speaker_kinds import speaker_country, speaker_kind
from analysis.text.speaker_roles import read_role
from analysis.text.spellings import may_be_one, sound
from analysis.text.texts import Texts, replaced


def corpus(*texts):
    frame = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "text": texts})
    return find_quotes(frame), frame


def named(*names):
    return [Named(name, n, frozenset()) for name, n in names]


@pytest.mark.parametrize("other", ["Zelenskyy", "Zelenskiy", "Zelenskyi", "Zelenski", "ZELENSKY"])
def test_spellings_of_one_name_sound_alike(other):
    assert sound("Zelensky") == sound(other)


@pytest.mark.parametrize("other", ["Zelinski", "Zelenka", "Zaluzhny"])
def test_other_names_do_not(other):
    assert sound("Zelensky") != sound(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Jon", "Jonathan", True), ("J.", "Jonathan", True), ("Donald J.", "Donald", True),
        ("", "Ida", True), ("Le", "Marine", True), ("Bo", "Boris", False), ("Ida", "Ina", False),
        ("Hillary", "Bill", False),
    ],
)  # fmt: skip
def test_given_names_that_may_be_one_persons(one, other, expected):
    assert may_be_one(one, other) is may_be_one(other, one) is expected


def test_a_surname_goes_to_the_only_person_who_bears_it():
    names = merge_persons(named(("Ida Storm", 3), ("Storm", 9), ("Ola Berg", 1)))
    assert names == {"Ida Storm": "Ida Storm", "Storm": "Ida Storm", "Ola Berg": "Ola Berg"}


def test_two_people_of_one_surname_stay_apart_and_so_does_the_surname():
    names = merge_persons(named(("Ida Storm", 3), ("Per Storm", 2), ("Storm", 9)))
    assert names == {name: name for name in ("Ida Storm", "Per Storm", "Storm")}


def test_a_surname_goes_to_whom_is_named_ten_times_as_often():
    names = merge_persons(named(("Ida Storm", 20), ("Per Storm", 2), ("Storm", 9)))
    assert names["Storm"] == "Ida Storm"
    assert names["Per Storm"] == "Per Storm"


def test_a_son_is_not_his_father():
    names = merge_persons(named(("Per Storm", 20), ("Per Storm Jr", 2), ("Storm", 3)))
    assert names["Per Storm Jr"] == "Per Storm Jr"
    assert names["Storm"] == "Per Storm"


def test_spellings_go_together_by_given_name_or_office_only():
    office = frozenset({"minister"})
    names = merge_persons(
        [
            Named("Ana Lomas", 5, office), Named("Lomash", 2, office), Named("Bo Lomass", 2, frozenset()),
        ]
    )  # fmt: skip
    assert names == {"Ana Lomas": "Ana Lomas", "Lomash": "Ana Lomas", "Bo Lomass": "Bo Lomass"}
    strangers = merge_persons([Named("Ana Lomas", 5, office), Named("Lomash", 2, frozenset())])
    assert strangers["Lomash"] == "Lomash"


def test_a_family_name_may_stand_first():
    assert merge_persons(named(("Xi Jinping", 4), ("Xi", 9)))["Xi"] == "Xi Jinping"


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1).filter(str.split), st.integers(1, 50)), max_size=8))
def test_every_name_gets_a_name_of_the_corpus(rows):
    names = [Named(name, n, frozenset()) for name, n in dict(rows).items()]
    merged = merge_persons(names)
    assert merged.keys() == {one.name for one in names}
    assert set(merged.values()) <= merged.keys()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ida Storm", "person"), ("Moscow", "country"), ("the United States", "country"),
        ("FBI", "organisation"), ("Defence Ministry", "group"), ("Port Authority Board", "organisation"),
        ("Ukrainian officials", "group"), ("Prosecutors", "group"), ("a farmer", "group"),
    ],
)  # fmt: skip
def test_kinds(name, kind):
    assert speaker_kind(name) == kind


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("officials", ""), ("Ukrainian officials", "Ukraine"), ("financial experts", ""),
        ("officials in New Zealand", "New Zealand"), ("North Korean diplomats", "North Korea"),
        ("Dumas critics", ""), ("the Kremlin", "Russia"), ("the Kremlin’s aides", "Russia"),
        ("the CIA", "United States"), ("US officials", "United States"), ("one of us", ""),
        ("the United States’ envoy", "United States"), ("U.S. officials", "United States"),
        ("Nigerian officials", "Nigeria"), ("Russian-backed groups", ""),
    ],
)  # fmt: skip
def test_countries_are_read_as_whole_words(name, country):
    assert speaker_country(name) == country


def test_a_persons_name_tells_no_country():
    quotes, articles = corpus(
        "“We wait,” said Jack London. “I go,” said Jordan Berg, Norway's foreign minister."
    )
    people = name_speakers(quotes, articles).people.set_index("name")
    assert people["country"].to_dict() == {"Jack London": "", "Jordan Berg": "Norway"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Talks failed. Norway's Foreign Minister Ida Storm left.", "Norway's Foreign Minister"),
        ("Ida Storm, the mayor of Callan, left.", "mayor of Callan"),
        ("Ida Storm, who left, waved.", ""),
        ("Ida Storm, ???, waved.", ""),
        ("They met Bo Hall, President Ida Storm and others.", "President"),
        ("Nobody came.", ""),
    ],
)
def test_roles(text, role):
    assert read_role(text, "Ida Storm") == role


def test_surname_spelling_country_and_office_over_articles():
    quotes, articles = corpus(
        "Ukraine's Foreign Minister Ida Storm said prices would rise.",
        "“We wait,” Storm said. Moscow said that it would not wait.",
        "Ukraine's foreign minister said talks had failed. The Kremlin said nothing had happened.",
    )
    found = name_speakers(quotes, articles)
    people = found.people.set_index("name")
    assert people.loc["Ida Storm", ["kind", "country", "n_articles"]].tolist() == [
        "person", "Ukraine", 3,
    ]  # fmt: skip
    assert people.loc["Ida Storm", "roles"] == "Ukraine's Foreign Minister"
    assert people.loc["Ida Storm", "variants"] == "Storm; Ukraine's foreign minister"
    assert people.loc["Russia", ["kind", "variants"]].tolist() == ["country", "Moscow"]
    assert people.loc["Kremlin", ["kind", "country"]].tolist() == ["organisation", "Russia"]
    assert len(found.quotes) == len(quotes)


def test_initials_are_the_organisation_that_an_article_writes_beside_them():
    quotes, articles = corpus(
        "The UN said that rain would fall. The United Nations said that it would not.",
        "The U.N. said that rain would fall.",
        "The AP said that rain would fall.",
        "The Aldovia Party said that rain would fall.",
        "The EC said that rain would fall. The European Commission said that it would.",
        "The Election Commission said that rain would fall.",
    )
    found = name_speakers(quotes, articles)
    assert found.quotes["speaker"].tolist() == [
        "United Nations", "United Nations", "United Nations", "AP", "Aldovia Party",
        "EC", "European Commission", "Election Commission",
    ]  # fmt: skip
    assert found.people.set_index("name").loc["United Nations", "variants"] == "U.N.; UN"


def test_a_word_that_others_write_in_lower_case_is_a_group():
    quotes, articles = corpus("Gulls said that rain would fall.", "All gulls said that it would.")
    people = name_speakers(quotes, articles).people
    assert people[["name", "kind", "n_articles"]].to_numpy().tolist() == [["gulls", "group", 2]]


def test_the_quotes_are_not_changed():
    quotes, articles = corpus("“We wait,” Ida Storm said.")
    before = quotes.copy(deep=True)
    name_speakers(quotes, articles)
    pd.testing.assert_frame_equal(quotes, before)


def test_no_quotes_give_no_speakers():
    quotes, articles = corpus("Nothing was said.")
    found = name_speakers(quotes, articles)
    assert found.people.empty
    assert {"speaker", "speaker_kind", "country"} <= set(found.quotes.columns)


def test_a_strange_article_is_named():
    quotes, articles = corpus("“We wait,” Ida Storm said.")
    with pytest.raises(DataError, match="article 'a0', which is not among the articles"):
        name_speakers(quotes, articles.assign(article_id="b"))


def test_a_missing_column_is_named():
    quotes, articles = corpus("“We wait,” Ida Storm said.")
    with pytest.raises(DataError, match="lacks the column 'speaker'"):
        name_speakers(quotes.drop(columns="speaker"), articles)


def test_stances_are_the_lexicons_or_the_users():
    quotes = pd.DataFrame(
        {"cue": ["said", "claimed", "lashed", "According to", "warned", "", "so"]}
    )
    found = label_stances(quotes, stances={"warn": "alarmed"})
    assert found["stance"].tolist() == [
        "neutral", "doubting", "combative", "neutral", "alarmed", "", "",
    ]  # fmt: skip
    assert found["verb"].tolist() == ["say", "claim", "lash", "according to", "warn", "", ""]


def test_each_verb_has_one_stance():
    forms = ["said", "claimed", "alleged", "revealed", "admitted", "confirmed", "slammed", "mocked"]
    quotes = label_stances(pd.DataFrame({"cue": forms}))
    assert quotes["stance"].tolist() == [
        "neutral", "doubting", "doubting", "endorsing", "endorsing", "endorsing", "combative",
        "combative",
    ]  # fmt: skip


def test_sides_by_name_by_word_and_by_country():
    quotes = pd.DataFrame(
        {
            "speaker": ["Ida Storm", "Norwegian officials", "Bo Hall", ""],
            "country": ["Norway", "Norway", "Sweden", ""],
        }
    )
    found = label_sides(quotes, sides={"Us": ["Ida Storm", "Norwegian"], "Them": ["Bo Hall"]})
    assert found["side"].tolist() == ["Us", "Us", "Them", ""]
    two = label_sides(quotes, sides={"North": ["Norwegian Officials"], "Them": ["hall"]})
    assert two["side"].tolist() == ["", "North", "Them", ""]
    unheard = label_sides(quotes, sides={"Us": ["Nobody Known"]})
    assert unheard["side"].tolist() == ["Norway", "Norway", "Sweden", ""]
    with pytest.raises(DataError, match="one string"):
        label_sides(quotes, sides={"Us": "Ida Storm"})


def test_the_public_names_are_there():
    assert analysis.Speakers is name_speakers(*corpus("Nothing.")).__class__


def test_texts_are_found_by_id_in_any_order():
    texts = Texts(pd.DataFrame({"article_id": ["a", "", "b"], "text": ["one", "none", "two"]}))
    assert [texts[one] for one in ("", "b", "b", "a", "b")] == ["none", "two", "two", "one", "two"]
    assert dict(texts) == {"a": "one", "": "none", "b": "two"}
    with pytest.raises(KeyError):
        texts["c"]


def test_what_is_not_known_is_replaced_by_nothing():
    values = pd.Series(["x", None, "y", "x"], index=[5, 3, 4, 1], dtype="str")
    wanted = pd.Series(["X", "", "", "X"], index=values.index, dtype="str")
    pd.testing.assert_series_equal(replaced(values, {"x": "X"}), wanted)


def test_articles_and_quotes_of_a_speaker_are_counted():
    texts = ['"It is late," said Anna Berg. "It is cold," said Anna Berg.', '"No," said Anna Berg.']
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": texts})
    quotes = find_quotes(articles)
    (person,) = name_speakers(quotes, articles).people.to_dict("records")
    heard = quotes[quotes["speaker"] != ""]
    assert (person["n_articles"], person["n_quotes"]) == (2, len(heard)) == (2, 3)


def test_articles_and_stretches_of_each_person_are_counted():
    rows = [("a", "Orn"), ("b", ""), ("a", "Ada Orn"), ("a", "Orn"), ("b", "Tarn"), ("b", "Orn")]
    heard = Heard.of(pd.DataFrame(rows, columns=["article_id", "speaker"]))
    assert heard.pairs() == [("a", "Orn"), ("a", "Ada Orn"), ("b", "Tarn"), ("b", "Orn")]
    names = {"Orn": "Ada Orn", "Ada Orn": "Ada Orn", "Tarn": "Tarn"}
    assert sorted(heard.count(names)) == [("Ada Orn", 2, 4), ("Tarn", 1, 1)]
