"""Titles and agencies that only the text tells."""

from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.credits import find_agency
from analysis.corpus.from_text import find_title
from analysis.corpus.load import load
from analysis.corpus.outlets import outlet_of_url

BODY = (
    "Envoys of both governments met in the hall on Monday, and the talks on the bridge went "
    "on until late in the evening.\n\nThey will meet again on Tuesday."
)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Envoys open talks on bridge", "Envoys open talks on bridge"),
        ("Envoys open talks on bridge | World | News", "Envoys open talks on bridge"),
        ("Skip to content\n\nEnvoys open talks on bridge", "Envoys open talks on bridge"),
        ("Home > World > Talks\nEnvoys open talks on bridge", "Envoys open talks on bridge"),
        (
            "Harbour, Monday 5 January 2026\nEnvoys open talks on bridge",
            "Envoys open talks on bridge",
        ),
        (" date 2026-01-05 Monday, 12:17 GMT\nEnvoys open talks\n\n\n", "Envoys open talks"),
        ("Will the talks on the bridge go on?", "Will the talks on the bridge go on?"),
        ("Photo: Envoys after talks / Bridge News", ""),
        ("Video shows envoys at talks on bridge", "Video shows envoys at talks on bridge"),
        ("By Envoy Bridge, talks editor", ""),
        ("The envoys met for talks.", ""),
        ("", ""),
    ],
)
def test_titles(head, title):
    assert find_title(f"{head}\n\n{BODY}") == title


def test_a_text_of_one_line_has_no_title():
    assert find_title("Envoys open talks on bridge") == ""
    assert find_title(BODY) == ""


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("(Reuters) - Envoys met.", "Reuters"),
        ("PARIS (AFP) - Envoys met.", "AFP"),
        ("A title\n\nWASHINGTON (AP) — Envoys met.", "AP"),
        ("NEW YORK, Nov. 3 (UPI) -- Envoys met.", "UPI"),
        ("BEIJING, March 10 (Xinhua) -- Envoys met.", "Xinhua"),
        ("MOSCOW, February 7. /TASS/. Envoys met.", "TASS"),
        ("New Delhi, Mar 5 (PTI) Envoys met.", "PTI"),
        ("Berlin (dpa) - Envoys met.", "dpa"),
        ("PARIS (AFP/Herald) - Envoys met.", "AFP"),
        ("(MENAFN - AFP) Envoys met.", "AFP"),
        ("A title\nAssociated Press\nEnvoys met.", "AP"),
        ("By A. Author, The Associated Press\n\nEnvoys met.", "AP"),
        ("Envoys met.\n\nSource: © NTB Scanpix / #Norway Today / #NorwayTodayNews", "NTB"),
        ("Envoys met. (ANSA)", "ANSA"),
        ("Envoys met.\n\n(Reporting by A. Author; Editing by B. Editor)", "Reuters"),
        ("Envoys met.\n\nCopyright 2018 The Associated Press. All rights reserved.", "AP"),
        ("Envoys met.\n\n© 2018 AFP", "AFP"),
        ("(MENAFN) Envoys met.", ""),
        ("Photo: A. Photographer / Ministry via AP\n\nEnvoys met.", ""),
        ("Image copyright Reuters Image caption Envoys met.", ""),
        ("Envoys told (AP) that they met.", ""),
        ("The Palestinian Authority (PA) will meet.", ""),
        ("Envoys met.\n\nThe Associated Press contributed to this report.", ""),
        ("Envoys told Reuters that they met.", ""),
        ("WASHINGTON (APB) - Envoys met.", ""),
        ("", ""),
    ],
)
def test_agencies(text, agency):
    assert find_agency(text) == agency


def test_every_agency_of_the_list_is_found_in_a_dateline():
    data = yaml.safe_load(
        (files("analysis") / "lexicons" / "agencies.yml").read_text(encoding="utf-8")
    )
    for agency in data["agencies"]:
        for spelling in (agency["name"], agency["full"], *agency["also"]):
            assert find_agency(f"LONDON ({spelling}) - Envoys met.") == agency["name"]


@given(st.text(max_size=300))
def test_no_text_breaks_them(text):
    title = find_title(text)
    assert title in text
    assert isinstance(find_agency(text), str)


@pytest.mark.parametrize(
    "text",
    ["(" * 20_000, "A " * 20_000 + "(AP", "© " * 20_000, "(Reporting by " + "a, " * 20_000],
)
def test_hostile_texts_take_no_time(text):
    assert find_agency(f"{text}\n{text}") == ""
    assert isinstance(find_title(f"{text}\n{text}"), str)


def test_they_fill_what_no_metadata_gives(tmp_path):
    text = f"Envoys open talks on bridge\n\nPARIS (AFP) - {BODY}"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(
        "file,title,agency\nb.txt,Another title,Own wire\n", encoding="utf-8"
    )
    loaded = load(tmp_path)
    assert loaded["title"].tolist() == ["Envoys open talks on bridge", "Another title"]
    assert loaded["agency"].tolist() == ["AFP", "Own wire"]
    assert loaded["text"].tolist() == [text, text]


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("http://abcnews.go.com/Politics/story?id=1", "ABC News"),
        ("https://edition.cnn.com/2026/x", "CNN"),
        ("www.dw.com/en/a-1", "Deutsche Welle"),
        ("https://news.herald.example:8080/x", "news.herald.example"),
        ("https://www.herald.example/x", "herald.example"),
        ("mailto:desk@herald.example", ""),
        ("http://[broken", ""),
        ("localhost", ""),
        ("", ""),
    ],
)
def test_outlets_of_addresses(url, outlet):
    assert outlet_of_url(url) == outlet
