import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.repair import repair, repair_located
from analysis.corpus.spans import locate_through

ENGLISH = "This is what the minister said to the press of the city that was in the hall. "


@pytest.mark.parametrize(
    ("damaged", "intact"),
    [
        ("donâ€™t", "don’t"),
        ("â\x80\x9cYesâ\x80\x9d", "“Yes”"),
        ("Ã¢â‚¬â„¢s", "’s"),
        ("the cafÃ© in KÃ¶ln", "the café in Köln"),
        ("Ð\x9fÑ\x80Ð¸Ð²ÐµÑ\x82", "Привет"),
        ("Marks &amp; Spencer", "Marks & Spencer"),
        ("Marks &amp;amp; Spencer", "Marks & Spencer"),
        ("it&#39;s &quot;new&quot;", 'it\'s "new"'),
        ("Intel #39;s chip, quot;the best quot;", 'Intel\'s chip, "the best "'),
        ("a\u200bb\ufeffc\xadd", "abcd"),
        ("10\xa0000\u202fEuro", "10 000 Euro"),
        ("one\x07 two\x00", "one two"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        (ENGLISH + "They don?t know Trump?s plan.", ENGLISH + "They don’t know Trump’s plan."),
        (ENGLISH + "We\ufffdve seen it\ufffd\ufffd\ufffds so.", ENGLISH + "We’ve seen it’s so."),
        (ENGLISH + 'He didn"t go.', ENGLISH + "He didn’t go."),
        (ENGLISH + "?Make it so,? he said.", ENGLISH + "“Make it so,” he said."),
        (ENGLISH + 'He said "\ufffdThat is it."', ENGLISH + 'He said "That is it."'),
        (ENGLISH + '"It is,"?she said.', ENGLISH + '"It is," she said.'),
        (ENGLISH + 'The "best"?of all.', ENGLISH + 'The "best" of all.'),
        (
            ENGLISH + 'A child "?and he was a singer "?came.',
            ENGLISH + "A child — and he was a singer — came.",
        ),
    ],
)
def test_repair_mends(damaged, intact):
    assert repair(damaged) == intact


@pytest.mark.parametrize(
    "intact",
    [
        "",
        "“Curly”, ‘single’, «guillemets», „German“ and ''two ticks'' stay.",
        "ﬁnance ｆｕｌｌ width — and … too",
        "Müller & Söhne, AT&T; R&D",
        "naïve façade, Ærø, Þór, Łódź, Привет, 日本語, 👩‍👩‍👧",
        "می‌خواهم",
        "Grün ist die Tür?s Farbe und Bj?rn sagt M?ll.",
        ENGLISH + "Who is it? Send it to page.php?s=3 or index?t&x.",
        ENGLISH + 'What is "this"? He asked of the "new"? "best"?',
        ENGLISH + "The caf\ufffds and the garda\ufffd\ufffd, and \ufffd10 more.",
    ],
)
def test_repair_leaves_intact_text_alone(intact):
    assert repair(intact) == intact


def test_places_of_repaired_text_lead_back():
    loaded = "Sheâ€™s &amp; heâ€™s\xa0in\u200b KÃ¶ln"
    repaired, maps = repair_located(loaded)
    assert repaired == "She’s & he’s in Köln"

    def source(word):
        start = repaired.index(word)
        first, last = locate_through(maps, start, start + len(word))
        return loaded[first:last]

    assert source("She’s") == "Sheâ€™s"
    assert source("&") == "&amp;"
    assert source("in") == "in"
    assert source("Köln") == "KÃ¶ln"
    assert source("ö") == "Ã¶"
    assert locate_through(maps, 0, len(repaired)) == (0, len(loaded))


PIECES = st.lists(
    st.sampled_from(
        [
            "word ",
            "the of to and ",
            "donâ€™t ",
            "&amp;",
            "Ã©",
            "\xa0",
            "\u200b",
            "\r\n",
            "don?t ",
            "\ufffd",
            '"',
            "? ",
            "#39;s ",
            "é",
            "â\x80",
            "\n",
            "&lt;p&gt;",
            "a",
        ]
    ),
    max_size=25,
).map("".join)


@given(PIECES)
def test_repairing_twice_changes_nothing(text):
    once = repair(text)
    assert repair(once) == once


@given(PIECES, st.data())
def test_located_spans_repair_to_themselves_or_cover_them(text, data):
    repaired, maps = repair_located(text)
    start = data.draw(st.integers(0, len(repaired)))
    end = data.draw(st.integers(start, len(repaired)))
    first, last = locate_through(maps, start, end)
    assert 0 <= first <= last <= len(text)
    for place in range(start, end):
        inner = locate_through(maps, place, place + 1)
        assert first <= inner[0] <= inner[1] <= last
    if not maps:
        assert text[first:last] == repaired[start:end]
