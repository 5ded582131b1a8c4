import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.clean import clean
from analysis.corpus.repair import repair
from analysis.corpus.schema import DataError

BODY = [
    "The mayor of the town said on Monday that the old bridge would be closed for two years, "
    "as its piers had been damaged by the floods in the spring.",
    "Engineers who looked at the bridge in May found that two of its five piers had moved by more "
    "than a hand, the council was told.",
    "“We have no choice,” the mayor told reporters after the meeting, which lasted three hours.",
    "Shopkeepers on both banks have asked for a ferry, and the council is to vote on it next week.",
    "The bridge was built in 1911, and it was last repaired when the railway was closed.",
]
TEXT = "\n\n".join(BODY)


def frame(*texts, outlet="", title=""):
    return pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(len(texts))],
            "outlet": outlet,
            "title": title,
            "text": list(texts),
        }
    )


def cleaned(text, **columns):
    return clean(frame(text, **columns)).articles["text"].iloc[0]


def test_clean_article_stays_to_the_letter():
    result = clean(frame(TEXT))
    assert result.articles["text"].tolist() == [TEXT]
    assert result.removed.empty
    assert list(result.removed.columns) == ["article_id", "start", "end", "reason", "text"]
    assert list(result.rejected.columns) == ["article_id", "reason"]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("Bridge closed for two years\n\n", "", "headline"),
        ("Bridge closed | Town | News\n\n", "", "headline"),
        ("Skip to content\n\n", "", "site"),
        ("Photo: Ann Smith / Town Agency\n\n", "", "photo credit"),
        ("By Ann Smith\n\n", "", "byline and date"),
        ("", "\n\nRead more: Ferry to sail in May", "related"),
        ("", "\n\nLeave a comment\n\nYour email address will not be published.", "comments"),
        ("", "\n\nSubscribe to our newsletter and get it delivered to your inbox.", "newsletter"),
        ("", "\n\n© 2024 Town News Ltd. All rights reserved.", "law and cookies"),
    ],
)
def test_furniture_around_an_article_goes(before, after, reason):
    result = clean(frame(before + TEXT + after))
    assert result.articles["text"].tolist() == [TEXT]
    assert reason in result.removed["reason"].tolist()


def test_related_line_in_the_midst_goes():
    text = "\n\n".join([*BODY[:2], "READ MORE: Ferry to sail in May", *BODY[2:]])
    assert cleaned(text) == TEXT


def test_headlines_of_other_articles_behind_the_text_go():
    others = [
        "Mayor Opens New School on Hill",
        "Ferry: Why the Boats Were Sold at Last",
        "Three Held After Fire in Old Mill",
    ]
    text = "\n\n".join([TEXT, *others, "Join the conversation", "Already a subscriber? Log in"])
    result = clean(frame(text))
    assert result.articles["text"].tolist() == [TEXT]
    assert "headlines of other articles" in result.removed["reason"].tolist()


def test_subheading_in_the_midst_stays():
    text = "\n\n".join([*BODY[:2], "Three long hours", *BODY[2:]])
    assert cleaned(text) == text


def test_paragraph_behind_a_paywall_teaser_stays_once():
    wall = "Subscribe now to continue reading."
    text = "\n\n".join([BODY[0], wall, *BODY])
    assert cleaned(text) == TEXT
    broken_off = BODY[0][:60] + "..."
    assert cleaned("\n\n".join([broken_off, wall, *BODY])) == TEXT


def test_refrain_stays():
    question = "Which of all the things that you have seen in the town did you like the most?"
    text = "\n\n".join([BODY[0], question, BODY[1], question, BODY[2], question, BODY[3]])
    assert cleaned(text) == text


def test_title_goes_wherever_it_stands_in_the_head():
    text = f"A town's sorrow.\n\nThe bridge is closed! | Town News\n\n{TEXT}"
    assert cleaned(text, title="The bridge is closed!") == f"A town's sorrow.\n\n{TEXT}"


def test_database_header_goes():
    header = "bridge closed\nby ann smith\n210 words\n17 april 2014\ntown news\nenglish\n"
    assert cleaned(header + "copyright 2014 town news\n" + TEXT) == TEXT


def test_remains_of_an_unsigned_post_go_and_a_signed_one_stays():
    post = "The bridge, live\n– closed\n– for two years pic.twitter.com/ab12"
    assert cleaned("\n\n".join([BODY[0], post, *BODY[1:]])) == TEXT
    signed = "The bridge is closed for good, and we are sad\n— Town Council (@town) May 3, 2024"
    text = "\n\n".join([BODY[0], signed, *BODY[1:]])
    assert cleaned(text) == text


def test_markup_goes_and_blocks_stay_apart():
    html = "".join(f"<p class='x'>{line}</p>" for line in BODY)
    result = clean(frame(html + "<script>var a = 1;</script>"))
    assert (
        result.articles["text"].iloc[0].split("\n")
        == [part for p in BODY for part in ("", p, "")][
            : len(result.articles["text"].iloc[0].split("\n"))
        ]
        or [line for line in result.articles["text"].iloc[0].split("\n") if line] == BODY
    )
    assert set(result.removed["reason"]) == {"markup"}


def test_hidden_address_goes():
    assert cleaned(TEXT + " Write to [email\xa0protected] or call.") == TEXT + " Write to  or call."


def other(case):
    words = ("piers", "boats", "rails", "trams", "cars")
    lines = zip(BODY, words, strict=True)
    return "\n\n".join(f"{line[:-1]} in the {case} case of {word}." for line, word in lines)


def test_line_that_returns_in_three_articles_of_an_outlet_goes():
    habit = "Town Voices Since 1911"
    end = "The ferry of the {} case sails on as it did before the bridge."
    texts = [f"{other(n)}\n\n{habit}\n\n{end.format(n)}" for n in ("first", "second", "third")]
    result = clean(frame(*texts, outlet="Town News"))
    assert not result.articles["text"].str.contains(habit).any()
    assert result.removed["reason"].tolist() == ["repeated across the outlet"] * 3
    assert clean(frame(*texts)).articles["text"].str.contains(habit).all()


def test_editions_of_one_article_keep_their_text():
    votes = [
        f"The vote of the {n} day was put off, the clerk said." for n in ("first", "last", "next")
    ]
    texts = [f"{TEXT}\n\n{vote}" for vote in votes]
    assert clean(frame(*texts, outlet="Town News")).articles["text"].tolist() == texts


def test_german_text_stays():
    text = "\n\n".join(
        [
            "Die alte Brücke wird für zwei Jahre gesperrt, sagte der Bürgermeister am Montag.",
            "„Wir haben keine Wahl“, sagte er nach der Sitzung, die drei Stunden gedauert hatte.",
            "Kommentar der Händler",
            "Die Händler an beiden Ufern fordern eine Fähre, über die der Rat bald abstimmen will.",
        ]
    )
    assert cleaned(text) == text


def test_articles_without_text_are_rejected_and_order_and_columns_stay():
    articles = frame(TEXT, " \n ", "Home\nMenu\nSign in\nContact us", "One line only.")
    articles["extra"] = [4, 3, 2, 1]
    before = articles.copy()
    result = clean(articles)
    assert result.articles["article_id"].tolist() == ["a0", "a3"]
    assert result.articles["extra"].tolist() == [4, 1]
    assert result.rejected.to_dict("list") == {
        "article_id": ["a1", "a2"],
        "reason": ["no text", "only page furniture"],
    }
    pd.testing.assert_frame_equal(articles, before)


def test_corpus_counted_by_hand_stays(articles):
    result = clean(articles)
    pd.testing.assert_frame_equal(result.articles, articles)
    assert result.removed.empty


def test_empty_frame():
    result = clean(frame())
    assert result.articles.empty
    assert result.rejected.empty


def test_removed_rows_show_the_loaded_text():
    loaded = f"Bridge closed\r\n\r\n{TEXT}\r\n\r\nLeave a commentâ€¦\r\n\r\nShare on Facebook"
    result = clean(frame(loaded))
    assert len(result.removed) == 3
    for row in result.removed.itertuples():
        assert loaded[row.start : row.end] == row.text
    text = result.articles["text"].iloc[0]
    assert text == TEXT
    assert result.locate("a0", 0, len(BODY[0])) == (17, 17 + len(BODY[0]))
    start, end = result.locate("a0", 0, len(text))
    assert repair(loaded[start:end]) == text


def test_locate_names_what_is_wrong():
    result = clean(frame(TEXT))
    with pytest.raises(DataError, match="no cleaned article has the article_id 'b'"):
        result.locate("b", 0, 1)
    with pytest.raises(DataError, match=r"\[4, 2\) is no span of article 'a0'"):
        result.locate("a0", 4, 2)


def test_missing_text_is_refused():
    with pytest.raises(DataError, match="lack the column 'text'"):
        clean(pd.DataFrame({"article_id": ["a"]}))


LINES = st.lists(
    st.sampled_from(
        [
            *BODY,
            "Home",
            "Share",
            "By Ann Smith",
            "Leave a comment",
            "READ MORE: Ferry",
            "A Title of It",
            "Itâ€™s &amp; damaged, the mayor of the town said to the press.",
            "<p>Tagged</p>",
            "12:30",
            "Photo: Ann\xa0Smith",
            "",
            "Ferry to Sail in May After All",
            "Sign up for our newsletter",
            "– short pic.twitter.com/ab",
            "One ### two",
        ]
    ),
    max_size=14,
).map("\n".join)


@settings(deadline=None, max_examples=30)
@given(st.lists(LINES, min_size=1, max_size=4), st.data())
def test_cleaning_twice_changes_nothing_and_every_span_leads_back(texts, data):
    result = clean(frame(*texts, outlet="Town News"))
    again = clean(result.articles)
    assert again.articles["text"].tolist() == result.articles["text"].tolist()
    assert again.removed.empty
    assert sorted([*result.articles["article_id"], *result.rejected["article_id"]]) == [
        f"a{n}" for n in range(len(texts))
    ]
    loaded = dict(zip([f"a{n}" for n in range(len(texts))], texts, strict=True))
    for row in result.removed.itertuples():
        assert loaded[row.article_id][row.start : row.end] == row.text
    for row in result.articles.itertuples():
        for line in row.text.split("\n"):
            place = row.text.index(line)
            start, end = result.locate(row.article_id, place, place + len(line))
            assert repair(loaded[row.article_id][start:end]).strip() == line.strip()


def test_datelines_in_a_row_go_and_the_article_stays():
    text = "PARIS (AFP) — " * 30 + BODY[0]
    result = clean(frame(text))
    assert result.articles["text"].tolist() == [BODY[0]]
    assert result.removed["text"].tolist() == ["PARIS (AFP) — "] * 30
    assert set(result.removed["reason"]) == {"dateline"}
