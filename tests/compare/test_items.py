"""What articles on one event tell."""

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.compare import items
from analysis.compare.claims_sentences import read_sentences
from analysis.compare.items import COLUMNS, find_items, sort_texts
from analysis.compare.items_counted import number_mentions
from analysis.compare.items_names import STARTS, WORD, fold, mentions_of, read_ahead, read_words
from analysis.compare.items_near import index_words
from analysis.compare.items_numbers import NUMBER, find_beginnings, numbers_of
from analysis.compare.items_vocabulary import read_mentions
from analysis.corpus.schema import DataError


def build(*rows):
    frame = pd.DataFrame(rows, columns=["outlet", "text"])
    return frame.assign(article_id=[f"a{n}" for n in range(len(frame))], event_id="e1")


def names(text):
    return [text[one.start : one.end] for one in mentions_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was said by Mayor Ivo Tarn on Monday.", ["Ivo Tarn"]),
        ("Prime Minister Theresa May met Mrs May.", ["Theresa May", "May"]),
        ("The Concord of Nations asked President Halden of Kastria.", ["Concord of Nations", "Halden", "Kastria"]),
        ("In January and on Tuesday nothing happened.", []),
        ("Britain invoked Article 50 at School No. 4.", ["Britain", "Article 50", "School No. 4"]),
        ("I’d go, he said on Twitter.", []),
        ("MINISTERS MEET IN THE CAPITAL TODAY", []),
        ("Ministers Meet In The Capital Today", []),
    ],
)  # fmt: skip
def test_names_are_read_without_titles_and_days(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 31 people and thirty-one more.", ["31", "31"]),
        ("It cost $2.6 million, or 2.6 million dollars.", ["$2.6 million", "$2.6 million"]),
        ("It rose 18% and then 18 per cent.", ["18 %", "18 %"]),
        ("It took 1,300 of them.", ["1,300"]),
        ("On 12 January 2026 at 10:30, Roe, 43, counted 9 of No. 17.", []),
        ("An F-16 and a 39-year-old at 11 am in 2019.", []),
        ("€5m was paid, £40 lost.", ["€5 million", "£40"]),
    ],
)
def test_numbers_that_tell_something(text, expected):
    assert [name for name, _, _ in numbers_of(text)] == expected


def test_offsets_of_numbers_point_at_them():
    text = "They counted 43 breaches, 26 by one side."
    assert [text[start:end] for _, start, end in numbers_of(text)] == ["43", "26"]


def test_accents_stops_and_hyphens_do_not_part_names():
    assert fold("Andrei Lomaš") == fold("Andrei Lomas")
    assert fold("U.S.") == "us"
    assert fold("Moon Jae-in") == fold("Moon Jae in")


def test_items_are_what_two_outlets_have():
    articles = build(
        ("Herald", "Mayor Ivo Tarn said that 31 people died in Lissava. Vask was away."),
        ("Gazette", "Ivo Tarn said in Lissava that 31 people died. Then Orn left."),
        ("Courier", "Nothing of it was known to Tarn."),
    )
    found = find_items(articles)
    assert list(found.columns) == list(COLUMNS)
    sure = found[~found["near"]]
    told = sure.groupby(["kind", "item"])["article_id"].agg(lambda rows: "".join(sorted(set(rows))))
    assert told["person", "Ivo Tarn"] == "a0a1a2"
    assert told["number", "31"] == "a0a1"
    assert told["place", "Lissava"] == "a0a1"
    assert told["source", "Ivo Tarn"] == "a0a1"
    assert not {"Vask", "Orn"} & set(sure["item"])


def test_events_may_have_numbers_for_ids():
    rows = [
        ("Herald", "Mayor Ivo Tarn said that 31 people died when the school roof fell in Lissava."),
        ("Gazette", "The school roof fell in Lissava and 31 people died, said Ivo Tarn."),
    ]
    articles = build(*rows, *rows).assign(event_id=[2, 2, 10, 10])
    found = find_items(articles)
    assert set(found["kind"]) >= {"person", "place", "number", "source", "claim"}
    assert set(found["event_id"]) == {"2", "10"}
    written = find_items(articles.astype({"event_id": "str"}))
    # Events come in the order of their ids, and as text "10" is ahead of "2".
    in_order = [one.sort_values(list(COLUMNS), ignore_index=True) for one in (found, written)]
    pd.testing.assert_frame_equal(*in_order)


@pytest.mark.parametrize("ids", [[2] * 3, ["two"] * 3])
def test_a_source_by_a_short_name_is_the_one_of_its_event(ids):
    rows = [
        ("Herald", "Mayor Ivo Tarn came to Lissava on Monday. The port was hit."),
        ("Gazette", 'Ivo Tarn saw the port. "The port is burning," Ivo Tarn said.'),
        ("Courier", '"We will build it again," Tarn said. "The port is ours," said Tarn.'),
    ]
    found = find_items(build(*rows).assign(event_id=ids))
    sources = found[found["kind"] == "source"]
    assert set(sources["item"]) == {"Ivo Tarn"}
    assert set(sources["article_id"]) == {"a1", "a2"}


def test_mentions_point_at_the_text():
    articles = build(
        ("Herald", "Ivo Tarn said that 31 people died in Lissava."),
        ("Gazette", "In Lissava 31 people died, said Ivo Tarn."),
    )
    text_of = articles.set_index("article_id")["text"]
    for row in find_items(articles).itertuples():
        passage = text_of[row.article_id][row.start : row.end]
        assert passage
        if row.kind not in ("claim", "source"):
            assert fold(row.item).split()[-1] == fold(passage).split()[-1]


def test_a_number_in_another_context_only_comes_near():
    articles = build(
        ("Herald", "At least 31 people died when the school roof fell."),
        ("Gazette", "The school roof fell and 31 people died."),
        ("Courier", "A tonne of wheat costs 31 crowns at the harbour market."),
    )
    found = find_items(articles)
    numbers = found[found["item"] == "31"].set_index("article_id")["near"]
    assert numbers.to_dict() == {"a0": False, "a1": False, "a2": True}


def test_a_people_stands_for_its_place():
    articles = build(
        ("Herald", "Troops of Kastria came. They said Kastria would win."),
        ("Gazette", "The Kastrian troops came. Then the Kastrian army and Kastria itself spoke."),
    )
    found = find_items(articles)
    assert set(found.loc[found["kind"] == "place", "item"]) >= {"Kastria"}
    assert "Kastrian" not in set(found["item"])


def test_a_word_that_only_begins_a_sentence_is_no_part_of_a_name():
    articles = build(
        ("Herald", "Ordinary Velmorans wept. A crowd of Velmorans left."),
        ("Gazette", "Ordinary Velmorans wept. Many saw Velmora."),
    )
    assert set(find_items(articles)["item"]) >= {"Velmora"}
    assert not [
        item
        for item in find_items(articles)["item"]
        if item.startswith("Ordinary V") and item[-1] != "."
    ]


def test_outlets_and_agencies_are_no_items():
    articles = build(
        ("Herald", "Tarn told Gazette and Reuters that Lissava was calm. Lissava slept."),
        ("Gazette", "Tarn told Gazette and Reuters so in Lissava. In Lissava all slept."),
    )
    assert not {"Gazette", "Reuters", "Herald"} & set(find_items(articles)["item"])


def test_a_person_called_like_an_agency_is_an_item():
    articles = build(
        ("Herald", "Mayor Michael Bloomberg spoke. Later Bloomberg left the hall."),
        ("Gazette", "The hall heard Mayor Michael Bloomberg, and Bloomberg left."),
    )
    assert "Michael Bloomberg" in set(find_items(articles)["item"])


def test_an_event_of_one_outlet_has_no_items():
    articles = build(("Herald", "Ivo Tarn spoke in Lissava."), ("Herald", "Ivo Tarn left Lissava."))
    found = find_items(articles)
    assert found.empty
    assert list(found.columns) == list(COLUMNS)


def test_hostile_text_is_only_text():
    hostile = (
        "Ivo Tarn (.*)+ [a-z <script>alert(31)</script> \\1 Lissava ${x}. 31 people died there."
    )
    found = find_items(build(("Her(ald", hostile), ("Gaz[ette", hostile)))
    assert set(found["article_id"]) == {"a0", "a1"}


def test_quotes_of_another_kind_are_refused():
    articles = build(("Herald", "A."), ("Gazette", "B."))
    with pytest.raises(DataError, match="quotes lacks the column 'kind'; pass what find_quotes"):
        find_items(articles, quotes=pd.DataFrame({"article_id": []}))


def test_a_claim_without_a_common_core_comes_near_nothing():
    things = [
        "talks",
        "envoy",
        "harbour",
        "ferry",
        "island",
        "grain",
        "quay",
        "bridge",
        "market",
        "school",
        "winter",
        "border",
    ]
    rows = []
    for event, outlet, first in [
        (9, "Gazette", 10), (9, "Herald", 8), (9, "Herald", 3),
        (10, "Gazette", 6), (10, "Gazette", 1), (10, "Herald", 11), (10, "Herald", 6),
    ]:  # fmt: skip
        words = " and the ".join((things * 2)[first : first + 8])
        rows.append(
            (outlet, f"The {words} were in the news on day {event} once more.", f"e{event}")
        )
    articles = build(*[row[:2] for row in rows]).assign(event_id=[row[2] for row in rows])
    assert "claim" in set(find_items(articles)["kind"])


PIECES = st.lists(
    st.sampled_from(
        ["$", "US$", "A$", "C", "£", " ", "5", "12", "1,300", ".5", " five", "ten", " Twenty-five",
         "m", " million", "%", " per cent", ",", "-", "x", "İ ", "٣٤", "/", "’", "\n", "thirty"]
    ),
    max_size=9,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_numbers_are_found_wherever_the_pattern_finds_them(pieces):
    text = "".join(pieces)
    tried = {match.start() for match in NUMBER.finditer(text)}
    assert tried <= find_beginnings(text)


# Letters that a pattern without regard to case takes for "i" and "s", and that are none.
STRANGE = {"i": "i\u0131\u0130", "s": "s\u017f"}
SPELLED_STRANGELY = (
    st.sampled_from(
        ["six", "five men", "sixteen", "thirty-six", "fifty six", "seventy", "thirty", "Sixty",
         "sixteen million", "18 million", "$6 million", "per cent", "is", "I", "\u0130"]
    )
    .flatmap(lambda text: st.tuples(*(st.sampled_from(STRANGE.get(sign, sign)) for sign in text)))
    .map("".join)
)  # fmt: skip


@given(st.lists(SPELLED_STRANGELY, max_size=6).map(" ".join))
@example("s\u0131x")
@example("f\u0130ve men")
@example("\u017fix")
def test_letters_that_are_like_those_of_a_number_only_without_case_are_other_letters(text):
    other = text.translate(dict.fromkeys(map(ord, "\u0131\u0130\u017f"), "\u00f8"))
    assert list(numbers_of(text)) == list(numbers_of(other))


@pytest.mark.parametrize("text", ["s\u0131xteen", "f\u0130fteen men", "\u017fixty"])
def test_a_number_with_another_letter_is_none(text):
    assert not list(numbers_of(text))


@pytest.mark.parametrize(
    "ahead", ["", "He is in ", "“", "x. ", "in ", "go — ", "at 5 ", "No.", "é "]
)
def test_what_stands_ahead_of_a_name_is_read_as_the_patterns_read_it(ahead):
    last = [word.lower() for word in WORD.findall(ahead)][-1:]
    expected = STARTS.search(ahead) is not None, bool(set(last) & read_words().ahead)
    assert read_ahead(ahead) == expected


def test_a_word_of_a_name_comes_near_in_its_first_place_with_a_capital():
    text = "the tarn, eTarn and Écoles: Tarn saw Tarn."
    assert index_words(text, {"tarn", "ecoles"}) == {"ecoles": (20, 26), "tarn": (28, 32)}


def test_small_letters_and_capitals_inside_sentences_are_counted():
    mentions, words = read_mentions(["Monday went. Then Ordinary Tarn met tarn folk.", "In Tarn."])
    assert [mentions.forms[form] for form in mentions.form] == ["Ordinary Tarn", "Tarn"]
    assert mentions.row.tolist() == [0, 1]
    assert (words.inside["tarn"], words.small["tarn"], words.small["Tarn"]) == (2, 1, 0)


def test_a_number_is_sure_beside_another_article_that_says_it_of_the_same():
    articles = build(
        ("Herald", "Monitors counted 31 bombs. The council met 45 fishers."),
        ("Gazette", "Monitors said that 31 bombs fell. Rain fell on 45 gardens."),
        ("Courier", "Nobody came."),
    )
    found = number_mentions(articles, read_sentences(articles))
    assert found.groupby("item")["near"].agg(list).to_dict() == {
        "31": [False, False],
        "45": [True, True],
    }


@given(st.lists(st.text("ab", max_size=6), max_size=12))
def test_texts_are_sorted_as_wholes_and_equal_ones_as_they_stand(texts):
    for length in (1, 64):  # of the beginnings that are sorted first
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(items, "BEGINNING", length)
            found = sort_texts(pd.Series(texts, dtype="str"))
        assert found == sorted(range(len(texts)), key=texts.__getitem__)


@pytest.mark.parametrize("at_once", [1, 3, 4])
def test_items_are_the_same_however_many_events_are_read_together(monkeypatch, at_once):
    told = [
        ("Herald", "Mayor Ivo Tarn said that 31 people died in Lissava. Glide bombs hit the port."),
        ("Gazette", "Ivo Tarn said that 31 died in Lissava. Glide bombs hit the old port."),
        ("Courier", "Nothing of it was known to Tarn. The port of Lissava was hit by glide bombs."),
    ]
    other = [(outlet, text.replace("Tarn", "Orn").replace("port", "mill")) for outlet, text in told]
    # One claim, as long as its words are rare in all articles.
    claim = [
        ("Herald", "Quiet lynxes crossed seven warm barns."),
        ("Gazette", "Quiet lynxes crossed tall cold mills."),
    ]
    articles = build(*told, *other, *told, *claim)
    articles["event_id"] = [f"e{10 - n // 3}" for n in range(11)]
    whole = find_items(articles)
    assert whole["event_id"].unique().tolist() == ["e10", "e7", "e8", "e9"]
    assert set(whole["kind"]) >= {"person", "place", "number", "source", "claim"}
    monkeypatch.setattr(items, "AT_ONCE", at_once)
    pd.testing.assert_frame_equal(find_items(articles), whole)
