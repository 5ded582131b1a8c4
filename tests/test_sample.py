"""The sample corpus is what its README and truth.yml say it is."""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
import yaml
from scipy.stats import false_discovery_control, fisher_exact

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
TRUTH = yaml.safe_load((SAMPLE / "truth.yml").read_text(encoding="utf-8"))
METADATA = pd.read_csv(SAMPLE / "metadata.csv", dtype=str, keep_default_na=False)
FILES = list(TRUTH["articles"])
DAMAGE = {row["file"]: row["kind"] for row in TRUTH["damaged"]}
FRAMES = {"conflict", "human interest", "economic consequences", "morality", "responsibility"}


def outlet_of(file: str) -> str:
    return file.split("/")[0]


def as_bytes(text: str) -> bytes:
    """Undo a reading as Windows-1252, in which its unused codes became control characters."""
    return b"".join(
        bytes([ord(char)]) if 0x80 <= ord(char) < 0xA0 else char.encode("cp1252") for char in text
    )


def mended(file: str) -> str:
    text = (SAMPLE / file).read_text(encoding="utf-8")
    kind = DAMAGE.get(file, "")
    if kind == "double-encoded":
        return as_bytes(text).decode("utf-8")
    if kind == "entities":
        return html.unescape(text)
    if kind == "invisible":
        return text.replace("\u00a0", " ").replace("\u200b", "").replace("\u00ad", "")
    return text


def lines_of(file: str) -> list[str]:
    return [line for line in mended(file).split("\n") if line]


def paragraphs(file: str) -> list[str]:
    """Give the article proper: what is left without furniture, title, teaser and dateline."""
    facts = TRUTH["articles"][file]
    rest = Counter(TRUTH["furniture"].get(file, []))
    if facts["title_shown"]:
        rest[facts["title"]] += 1
    kept = []
    for line in lines_of(file):
        if rest[line]:
            rest[line] -= 1
        else:
            kept.append(line.removeprefix(facts.get("dateline", "")).lstrip())
    if facts.get("teaser"):
        assert kept[0] == kept[1], file
        del kept[0]
    return kept


def quotation(file: str) -> re.Pattern[str]:
    """Match a quotation up to its end mark, or to the end of its paragraph where it has none."""
    start, end = map(re.escape, TRUTH["outlets"][outlet_of(file)]["quotes"])
    # An apostrophe stands before a letter, a closing single mark does not.
    not_apostrophe = r"(?!\w)" if end == "’" else ""
    return re.compile(f"{start}(.*?)(?:{end}{not_apostrophe}|$)")


def in_voice(file: str, voice: str) -> str:
    if voice == "any":
        return "\n".join(TEXTS[file])
    pattern = quotation(file)
    if voice == "own":
        return "\n".join(pattern.sub(" ", paragraph) for paragraph in TEXTS[file])
    return "\n".join(match for paragraph in TEXTS[file] for match in pattern.findall(paragraph))


def has(text: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE) is not None


def count_articles(outlets: list[str], *phrases: str, voice: str = "any") -> int:
    return sum(
        any(has(in_voice(file, voice), phrase) for phrase in phrases)
        for file in FILES
        if outlet_of(file) in outlets
    )


def others(outlets: list[str]) -> list[str]:
    return [slug for slug in TRUTH["outlets"] if slug not in outlets]


def of_event(event: str, outlet: str) -> str:
    files = [file for file in TRUTH["events"][event]["files"] if outlet_of(file) == outlet]
    return "\n".join(in_voice(file, "any") for file in files)


TEXTS = {file: paragraphs(file) for file in FILES}


def test_metadata_and_truth_name_the_files_that_are_there():
    there = sorted(path.relative_to(SAMPLE).as_posix() for path in SAMPLE.glob("*/*.txt"))
    assert there == sorted(METADATA["file"]) == sorted(FILES)
    assert list(METADATA.columns) == ["file", "outlet", "published", "title", "url"]
    assert METADATA["url"].is_unique
    names = {slug: facts["name"] for slug, facts in TRUTH["outlets"].items()}
    assert (METADATA["file"].map(outlet_of).map(names) == METADATA["outlet"]).all()


def test_every_outlet_has_eleven_articles_on_most_of_ten_events():
    assert len(FILES) == 66
    assert set(Counter(map(outlet_of, FILES)).values()) == {11}
    listed = [file for event in TRUTH["events"].values() for file in event["files"]]
    assert sorted(listed) == sorted(FILES)
    assert len(TRUTH["events"]) == 10
    for event in TRUTH["events"].values():
        assert len(set(map(outlet_of, event["files"]))) >= 4
    for file, facts in TRUTH["articles"].items():
        assert file in TRUTH["events"][facts["event"]]["files"]


def test_file_names_are_safe_ascii():
    for file in FILES:
        assert re.fullmatch(r"[a-z-]+/[a-z0-9_-]+\.txt", file), file


@pytest.mark.parametrize("file", FILES)
def test_the_article_proper_is_whole(file):
    facts = TRUTH["articles"][file]
    text = TEXTS[file]
    assert 120 <= len(" ".join(text).split()) <= 300
    assert text[0].lstrip("\"'«“‘").startswith(facts["first"])
    assert text[-1].rstrip("\"'»”’").endswith(facts["last"].rstrip("\"'»”’"))
    assert len(set(text)) == len(text)


@pytest.mark.parametrize("file", list(TRUTH["furniture"]))
def test_furniture_stands_in_the_file_and_not_in_the_article(file):
    lines = lines_of(file)
    for line in TRUTH["furniture"][file]:
        assert line in lines
        assert line not in TEXTS[file]


def test_about_two_thirds_of_the_articles_carry_furniture():
    assert 0.6 <= len(TRUTH["furniture"]) / len(FILES) <= 0.75


def test_dates_and_titles_are_missing_where_truth_says_so():
    rows = METADATA.set_index("file")
    undated = set(rows.index[rows["published"] == ""])
    assert undated == set(TRUTH["undated"]) | set(TRUTH["date_in_text"])
    assert len(TRUTH["undated"]) == 2
    for file, day in TRUTH["date_in_text"].items():
        written = f"{pd.Timestamp(day):%-d %B %Y}"
        assert any(written in line for line in TRUTH["furniture"][file])
    assert set(rows.index[rows["title"] == ""]) == set(TRUTH["title_in_text_only"])
    for file, facts in TRUTH["articles"].items():
        assert rows.loc[file, "title"] in ("", facts["title"])
        assert (facts["title"] in lines_of(file)) == facts["title_shown"]
    for file in TRUTH["title_in_text_only"]:
        assert TRUTH["articles"][file]["title_shown"]


def test_articles_appear_within_two_days_of_their_event():
    days = pd.to_datetime(METADATA.set_index("file")["published"]).dropna()
    for file, day in days.items():
        event = pd.Timestamp(TRUTH["events"][TRUTH["articles"][file]["event"]]["date"])
        assert 0 <= (day - event).days <= 4, file


@pytest.mark.parametrize("row", TRUTH["damaged"], ids=lambda row: row["file"])
def test_damaged_files_are_damaged_and_can_be_mended(row):
    raw = (SAMPLE / row["file"]).read_text(encoding="utf-8")
    assert row["intact"] in mended(row["file"])
    assert raw != mended(row["file"])
    if row["kind"] != "invisible":
        assert row["intact"] not in raw


def test_files_that_are_not_listed_as_damaged_are_intact():
    for file in set(FILES) - set(DAMAGE):
        raw = (SAMPLE / file).read_text(encoding="utf-8")
        assert not re.search("â€|Ã.|Â.|&[a-z]+;|&#|[\u00a0\u00ad\u200b\ufffd]", raw), file


@pytest.mark.parametrize("row", TRUTH["naming"], ids=lambda row: row["id"])
def test_planted_names_occur_as_often_as_stated(row):
    mine, rest, term = row["outlets"], others(row["outlets"]), row["term"]
    assert count_articles(mine, term) == row["articles"]
    assert count_articles(mine, term, voice="own") == row["own_voice"]
    assert count_articles(rest, term) == row["rest_articles"]
    assert count_articles(rest, term, voice="own") == row["rest_own_voice"]
    n_mine, n_rest = 11 * len(mine), 11 * len(rest)
    table = [
        [row["articles"], n_mine - row["articles"]],
        [row["rest_articles"], n_rest - row["rest_articles"]],
    ]
    assert fisher_exact(table).pvalue < 1e-5


def test_three_outlets_have_a_name_in_at_least_nine_articles_against_two():
    plain = {
        tuple(row["outlets"])
        for row in TRUTH["naming"]
        if len(row["outlets"]) == 1
        and row["articles"] >= 9
        and row["own_voice"] >= 7
        and row["rest_articles"] <= 2
    }
    assert len(plain) >= 3


@pytest.mark.parametrize("row", TRUTH["voice_pairs"], ids=lambda row: row["own_term"])
def test_a_name_of_one_outlet_is_only_quoted_by_the_others(row):
    mine, rest = [row["outlet"]], others([row["outlet"]])
    assert count_articles(rest, row["own_term"], voice="own") == 0
    quoted = count_articles(rest, row["own_term"], voice="quoted")
    assert quoted == row["rest_quoted_only"] > 0
    if "term_of_others" in row:
        term = row["term_of_others"]
        assert count_articles(mine, term, voice="own") == 0
        assert count_articles(mine, term, voice="quoted") == row["outlet_quoted_only"] > 0
        assert count_articles(rest, term, voice="own") == row["others_own_voice"] > 0


@pytest.mark.parametrize("row", TRUTH["verbs"], ids=lambda row: row["outlet"])
def test_planted_verbs_occur_as_often_as_stated(row):
    assert count_articles([row["outlet"]], *row["verbs"], voice="own") == row["articles"] >= 9
    rest = count_articles(others([row["outlet"]]), *row["verbs"], voice="own")
    assert rest == row["rest_articles"] <= 2


@pytest.mark.parametrize("row", TRUTH["omissions"], ids=lambda row: row["id"])
def test_facts_are_carried_and_left_out_as_stated(row):
    for outlet in row["carried_by"]:
        assert any(has(of_event(row["event"], outlet), mark) for mark in row["marks"]), outlet
    for outlet in row["left_out_by"]:
        text = of_event(row["event"], outlet)
        assert text, f"{outlet} did not cover the event"
        assert not any(has(text, mark) for mark in row["marks"]), outlet
    covered = {outlet_of(file) for file in TRUTH["events"][row["event"]]["files"]}
    assert covered == {*row["carried_by"], *row["left_out_by"]}
    assert row["left_out_by"]


def test_people_in_voices_are_known_named_and_may_speak():
    forms = {row["name"]: [row["name"], *row["forms"]] for row in TRUTH["people"]}
    for outlet, speakers in TRUTH["voices"].items():
        speaking = [
            in_voice(file, "any")
            for file in FILES
            if outlet_of(file) == outlet and in_voice(file, "quoted")
        ]
        for name, n_articles in speakers.items():
            named = sum(any(has(text, form) for form in forms[name]) for text in speaking)
            assert n_articles <= named, (outlet, name)


def test_every_article_quotes_somebody():
    for file in FILES:
        assert in_voice(file, "quoted").strip(), file


def test_long_quotations_open_every_paragraph():
    listed = TRUTH["open_quotations"]
    assert set(listed["never_closed"]) <= set(listed["files"])
    assert len(listed["never_closed"]) >= 3
    for file in listed["files"]:
        start = TRUTH["outlets"][outlet_of(file)]["quotes"][0]
        opened = [paragraph.startswith(start) for paragraph in TEXTS[file]]
        assert any(first and second for first, second in pairwise(opened))


def test_frames_are_of_the_five_kinds():
    assert set(TRUTH["frames"]) == set(TRUTH["outlets"])
    for frames in TRUTH["frames"].values():
        assert set(frames) <= FRAMES


def test_agency_copy_is_reprinted_and_edited():
    rows = {row["file"]: row for row in TRUTH["wire"]}
    for file, row in rows.items():
        assert row["agency"].split()[0].upper() in mended(file).upper()
        if not row["source"]:
            continue
        text, source = TEXTS[file], TEXTS[row["source"]]
        if row["origin"] == "wire":
            assert text == source
        else:
            assert text != source
            shared = set(" ".join(text).split()) & set(" ".join(source).split())
            assert len(shared) > 0.8 * len(set(" ".join(text).split()))
    origins = [row["origin"] for row in rows.values() if row["agency"] == "Meridian Wire"]
    assert sorted(origins) == ["edited wire", "wire", "wire"]


def words_of(file: str) -> set[str]:
    return set(re.findall(r"\b\w\w+\b", in_voice(file, "any").lower()))


def test_no_word_tells_the_equal_pair_apart():
    left, right = TRUTH["equal_pair"]
    found = {file: words_of(file) for file in FILES if outlet_of(file) in (left, right)}
    in_left: Counter[str] = Counter()
    in_right: Counter[str] = Counter()
    for file, words in found.items():
        (in_left if outlet_of(file) == left else in_right).update(words)
    common = [word for word in in_left | in_right if in_left[word] + in_right[word] >= 5]
    assert len(common) > 100
    p = [
        fisher_exact([[in_left[w], 11 - in_left[w]], [in_right[w], 11 - in_right[w]]]).pvalue
        for w in common
    ]
    assert false_discovery_control(p).min() > 0.05
    for outlet in (left, right):
        assert TRUTH["voices"][outlet] == TRUTH["voices"][left]
        assert TRUTH["outlets"][outlet]["quotes"] == TRUTH["outlets"][left]["quotes"]


@pytest.mark.parametrize(
    "snippet", ["$40", "$60", " & ", "O’Dell", "%", "Lomaš", "Özgan", "Mühlfeld"]
)
def test_awkward_characters_occur(snippet):
    assert any(snippet in in_voice(file, "any") for file in FILES)


def test_a_pair_of_dollar_amounts_stands_in_one_paragraph():
    assert any(len(re.findall(r"\$\d", p)) >= 2 for text in TEXTS.values() for p in text)
