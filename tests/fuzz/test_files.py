"""Broken and hostile files: each is loaded or listed, and none stops the others."""

import gzip
import io
import json
import os
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import DataError, read
from analysis.corpus import files

FUZZ = settings.get_profile("hostile")
GOOD = "The council met on Monday and voted for the new bridge over the river."
KINDS = ("txt", "html", "csv", "tsv", "jsonl", "parquet")
PACKS = ("", ".gz")

MARKS = st.sampled_from(
    [*',"\n\r;\t|{}[]:\\\'', "text", "id", "date", "outlet", "\r\n", '""', '","', "\0", "\ufeff", "é", "\ud800", " ", "\\ud800",
    "\\u0000", '{"text": "', '"}', "null", "1e999", "NaN", "-0", "2026-01-01", "99999999999999999999", "<p>", "</p>", "[" * 50]
)  # fmt: skip
SOUP = st.lists(MARKS, max_size=40).map(
    lambda marks: "".join(marks).encode("utf-8", "surrogatepass")
)
HEADERS = st.sampled_from(
    ["text,id", "text,text", "text,,", ",", "id,date", "Text;TITLE", '"text","id', "text\ttext.2\ttext", "body,content", "text,a,a,a", "\ufefftext", "text|x"]
)  # fmt: skip
TABLE = st.builds(lambda header, rows: header.encode() + b"\n" + rows, HEADERS, SOUP)
ROW = st.dictionaries(
    st.sampled_from(["text", "title", "outlet", "date", "id", "url", "x", "\ud800"]),
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just("\ud83d x"),
        st.lists(st.text(max_size=5), max_size=3), st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
    ),
    max_size=6,
)  # fmt: skip
JSON_LINES = st.lists(ROW, max_size=8).map(
    lambda rows: "\n".join(map(json.dumps, rows)).encode("ascii")
)


def sound_parquet():
    stream = io.BytesIO()
    pd.DataFrame({"text": [GOOD, GOOD + " Again."], "id": ["p", "q"]}).to_parquet(stream)
    return stream.getvalue()


PARQUET = sound_parquet()


def damaged(raw, place, new):
    place %= len(raw)
    return raw[:place] + new + raw[place + len(new) :]


CONTENT = st.one_of(
    st.binary(max_size=120),
    SOUP,
    TABLE,
    JSON_LINES,
    st.builds(damaged, st.just(PARQUET), st.integers(0, 10**6), st.binary(min_size=1, max_size=8)),
    st.integers(0, len(PARQUET)).map(lambda end: PARQUET[:end]),
)
PACKED = st.builds(
    lambda raw, cut, tail: gzip.compress(raw, 1)[: None if cut > 40 else cut] + tail,
    CONTENT,
    st.integers(0, 80),
    st.sampled_from([b"", b"\0" * 9, b"x"]),
)


@st.composite
def folders(draw):
    """Draw names with contents that mostly fit the name."""
    result = {}
    for number in range(draw(st.integers(8, 14))):
        kind = draw(st.sampled_from(KINDS[:1] + KINDS[2:]))  # test_pages has the pages
        pack = draw(st.sampled_from(PACKS))
        result[f"{number}.{kind}{pack}"] = draw(PACKED if pack else CONTENT)
    return result


@settings(FUZZ, max_examples=120)
@given(folders())
def test_every_file_is_loaded_or_listed(content):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "good.txt").write_text(GOOD, encoding="utf-8")
        for name, raw in content.items():
            (folder / name).write_bytes(raw)
        loaded = read(folder)
    assert loaded.articles["article_id"].is_unique
    assert "good.txt" in set(loaded.articles["origin"])
    assert all(text.strip() for text in loaded.articles["text"])
    assert (loaded.set_aside[["problem", "remedy"]] != "").all(axis=None)
    origins = {*loaded.articles["origin"], *loaded.set_aside["origin"]}
    assert {origin.split(":")[0] for origin in origins} >= set(content)


@settings(FUZZ, max_examples=400)
@given(JSON_LINES)
def test_every_row_is_loaded_or_listed(raw):
    rows = sum(1 for line in raw.split(b"\n") if line)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "rows.jsonl")
        path.write_bytes(raw)
        try:
            loaded = read(path)
        except DataError as error:
            assert "rows.jsonl" in str(error)  # noqa: PT017 - most files do load
            return
    numbers = {
        int(origin.rpartition(":")[2])
        for origin in [*loaded.articles["origin"], *loaded.set_aside["origin"]]
        if ":" in origin
    }
    assert numbers == set(range(1, rows + 1))


NAMES = [
    "..txt", "a\nb.txt", 'q"uote.txt', "$HOME.txt", "a'b.txt", "a;b|c.txt", "-rf.txt", "%s.txt", "{0}.txt", "<b>.txt", "&amp;.txt",
    "[[x]].txt", "  .txt", "a:12.txt", "a\\..\\b.txt", "\u202etxt.txt", "e\u0301.txt", "x" * 240 + ".txt", "日本.txt", "a\tb.txt", "nul\x01.txt",
]  # fmt: skip


def test_odd_file_names(tmp_path):
    for number, name in enumerate(NAMES):
        (tmp_path / name).write_text(f"{GOOD} Number {number}.", encoding="utf-8")
    loaded = read(tmp_path)
    hidden = {name for name in NAMES if name.startswith(".")}
    assert set(loaded.articles["origin"]) == set(NAMES) - hidden
    assert set(loaded.set_aside["origin"]) == hidden


def test_a_name_that_is_no_text(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    try:
        with open(path, "wb") as stream:
            stream.write(GOOD.encode())
    except OSError:
        pytest.skip("this file system has names in UTF-8 only")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    loaded = read(tmp_path)
    assert len(loaded.articles) + len(loaded.set_aside) == 2
    loaded.articles["origin"].str.encode("utf-8")


def test_links_in_a_circle(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "one.txt").symlink_to(tmp_path / "two.txt")
    (tmp_path / "two.txt").symlink_to(tmp_path / "one.txt")
    loaded = read(tmp_path)
    assert list(loaded.articles["origin"]) == ["good.txt"]
    assert set(loaded.set_aside["origin"]) == {"folder/up", "self.txt", "one.txt", "two.txt"}


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz"])
def test_a_bomb_of_one_article(tmp_path, name):
    (tmp_path / name).write_bytes(gzip.compress(b"word " * (files.ARTICLE_LIMIT // 5 + 9), 1))
    with pytest.raises(DataError, match=rf"{name}: is larger than 50 MB"):
        read(tmp_path)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_bomb_of_a_table(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(files, "TABLE_LIMIT", 100_000)
    line = b'{"text": "word"}\n' if kind == "jsonl" else b"text\n"
    (tmp_path / f"a.{kind}.gz").write_bytes(gzip.compress(line * 40_000, 1))
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    loaded = read(tmp_path)
    assert "0.1 MB unpacked" in " ".join(loaded.set_aside["problem"])


def test_a_field_of_ten_megabytes(tmp_path):
    field = "The old bridge. " * 640_000
    (tmp_path / "a.csv").write_text(f'text,id\n"{field}",1\n"{GOOD}",2\n', encoding="utf-8")
    loaded = read(tmp_path / "a.csv")
    assert list(loaded.articles["text"].str.len()) == [len(field), len(GOOD)]


def test_a_quote_that_never_closes_in_a_large_file(tmp_path):
    rows = "".join(f'"{GOOD} {n}",{n}\n' for n in range(5_000))
    (tmp_path / "a.csv").write_text(f'text,id\n"{GOOD},x\n{rows}', encoding="utf-8")
    loaded = read(tmp_path / "a.csv")
    assert len(loaded.articles) >= 4_999
