"""Lines in which a page speaks of itself: gone at the edges, or anywhere, and articles stay."""

import pandas as pd
import pytest

from analysis.corpus.clean import clean
from analysis.corpus.notices import read_notices

BODY = [
    "The mayor of the town said on Monday that the old bridge would be closed for two years, "
    "as its piers had been damaged by the floods in the spring.",
    "Engineers who looked at the bridge in May found that two of its five piers had moved by more "
    "than a hand, the council was told.",
    "Shopkeepers on both banks have asked for a ferry, and the council is to vote on it next week.",
]
TEXT = "\n\n".join(BODY)
BEHIND = [
    ("Sign up to the weekend letter", "call to the reader"),
    ("Please consider becoming a member of the Argus.", "call to the reader"),
    ("Support independent reporting: give what you can", "call to the reader"),
    ("Try the Argus for a week free", "call to the reader"),
    ("Got a question about the bridge? Write to our newsdesk", "call to the reader"),
    ("This article was updated on 3 May to add the vote.", "about the article"),
    ("This is a breaking story; more will follow.", "about the article"),
    ("Additional reporting by Ann Reed", "about the article"),
    ("Note: an earlier version of this story gave a wrong date.", "about the article"),
    ("Comments on this post have been disabled.", "comments"),
    ("Only members can comment on this story.", "comments"),
    ("You’ve read 3 of your 5 free articles.", "paywall"),
    ("This column is for members. Join to keep reading.", "paywall"),
    ("KEYWORDS: bridges, floods", "site"),
    ("Also in this week’s Argus: The man who mends clocks", "related"),
    ("Next in Sport: Ten boats and a cup", "related"),
    ("Disclosure: The Argus owns a share in the ferry.", "law and cookies"),
]
OF_THE_ARTICLE = [
    "“Sign up to it now,” the mayor told the council.",
    "This report was the third since the floods.",
    "Elsewhere: nothing moved, and the boats lay idle in the harbour until the evening came.",
    "Join hands with the people of the other bank, for they need the bridge as we do.",
    "The comments of the mayor are closed to no one who can read.",
]


def cleaned(*lines):
    text = "\n\n".join(lines)
    frame = pd.DataFrame({"article_id": ["a"], "outlet": [""], "title": [""], "text": [text]})
    result = clean(frame)
    return result.articles["text"].iloc[0], result.removed["reason"].tolist()


@pytest.mark.parametrize(("line", "reason"), BEHIND)
def test_one_notice_behind_an_article_goes(line, reason):
    assert read_notices().find([*BODY, line], set(), split=False) == {3: reason}
    assert cleaned(*BODY, line)[0] == TEXT


def test_notices_in_a_row_go_past_a_short_line():
    lines = ["This story has been updated.", "Old Town", "Sign up to our morning letter"]
    found = read_notices().find([*BODY, *lines], set(), split=False)
    assert found == {3: "about the article", 5: "newsletter"}


@pytest.mark.parametrize("line", OF_THE_ARTICLE)
def test_sentence_of_the_article_stays_at_its_end(line):
    assert cleaned(*BODY, line) == (TEXT + "\n\n" + line, [])


def test_notice_in_the_midst_goes_only_if_no_article_has_it():
    wall = "This article is for subscribers. Subscribe now to keep reading."
    assert cleaned(BODY[0], wall, *BODY[1:]) == (TEXT, ["paywall"])
    poem = "Follow us, the song goes on."
    assert cleaned(*BODY[:2], poem, BODY[2])[0] == "\n\n".join([*BODY[:2], poem, BODY[2]])


def test_opening_of_a_text_in_one_line_stays_with_what_is_glued_to_it():
    text = "Share this with Ann Reed has won the race. " + " ".join(BODY)
    assert cleaned(text) == (text, [])
    behind = " This is a developing story."
    assert cleaned(text + behind) == (text, ["about the article"])


NOTE = "Ann Reed teaches history at the college. The views expressed in this column are her own."


def test_paragraph_that_ends_with_whose_views_it_holds_goes_as_a_whole():
    text, reasons = cleaned(NOTE, *BODY)
    assert (text, reasons) == (TEXT, ["author note"])


def test_notice_glued_to_the_last_paragraph_goes_and_the_paragraph_stays():
    text, _ = cleaned(TEXT + " This story has been updated. Check back for updates.")
    assert text == TEXT


def test_notice_that_no_article_has_goes_from_within_a_paragraph():
    first, *rest = BODY
    text, reasons = cleaned(f"{first} Sign up for the weekend newsletter. It is old.", *rest)
    assert (text, reasons) == ("\n\n".join([f"{first} It is old.", *rest]), ["newsletter"])
