"""What cannot be loaded is listed, with its place and a remedy; the rest is loaded."""

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

from analysis.corpus import files
from analysis.corpus.load import SetAsideWarning, load, read
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem, as_frame

GOOD = "A text that can be loaded."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def listed(folder: Path) -> dict[str, str]:
    loaded = read(folder)
    assert GOOD in loaded.articles["text"].tolist()
    assert (loaded.set_aside["remedy"] != "").all()
    return dict(zip(loaded.set_aside["origin"], loaded.set_aside["problem"], strict=True))


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n ", "is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is no text (binary data)"),
        ("a.txt", bytes(range(1, 9)) * 9, "is no text (binary data)"),
        ("a.txt.gz", b"not packed at all", "is not a sound gzip file"),
        ("a.txt.gz", gzip.compress(os.urandom(5000))[:-900], "is cut off: the packed data ends"),
        ("a.csv", b"", "has no rows"),
        ("a.csv", b"title,text\n", "has no rows"),
        ("a.csv", b"\0\0\0,\0", "is no text (binary data)"),
        (
            "a.csv",
            b"title,date\nx,y\n",
            "has no column for the text (its columns: 'title', 'date')",
        ),
        ("a.csv", b"body,content\nx,y\n", "both 'body' and 'content' could be the text"),
        ("a.parquet", b"not a parquet file", "Parquet"),
        ("a.html", b"<html><body></body></html>", "has no article text"),
    ],
)
def test_a_file_that_cannot_be_read(folder, name, content, problem):
    (folder / name).write_bytes(content)
    found = listed(folder)
    assert list(found) == [name]
    assert problem in found[name]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"text": "cut', "is no sound JSON"),
        ("[1, 2]", "is a JSON list, no object"),
        ('"text"', "is a JSON str, no object"),
        ("[" * 100_000, "is no sound JSON"),
        ('{"text": 1' + "0" * 5000 + "}", "is no sound JSON"),
        ('{"text": ""}', "has no text"),
        ('{"text": null}', "has no text"),
        ('{"title": "x"}', "has no text"),
        ('{"text": {"p": "x"}}', "has a dict for a text"),
    ],
)
def test_a_bad_row_of_json_lines(tmp_path, line, problem):
    rows = [json.dumps({"text": GOOD}), line, "", json.dumps({"text": "Last."})]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    loaded = read(tmp_path / "a.jsonl")
    assert loaded.articles["text"].tolist() == [GOOD, "Last."]
    assert loaded.articles["origin"].tolist() == ["a.jsonl:1", "a.jsonl:4"]
    assert loaded.set_aside["origin"].tolist() == ["a.jsonl:2"]
    assert problem in loaded.set_aside["problem"].iloc[0]
    assert not loaded.set_aside["kept"].iloc[0]


def test_rows_of_the_wrong_length_are_listed(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n1,One.\n2,Two,too.\n3\n4,Four.\n", encoding="utf-8")
    loaded = read(tmp_path / "a.csv")
    assert loaded.articles["article_id"].tolist() == ["1", "4"]
    assert loaded.set_aside["origin"].tolist() == ["a.csv:2", "a.csv:3"]
    assert loaded.set_aside["problem"].tolist() == [
        "has 3 fields, the header 2 (line 3)",
        "has 1 fields, the header 2 (line 4)",
    ]


@pytest.mark.parametrize("last", ['4,"Four."\n', "4,Four.\n"])
def test_an_unbalanced_quote_costs_one_row(tmp_path, last):
    content = 'id,text\n1,"One,\nand one."\n\n2,"Two.\n3,Three.\n\n' + last
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    loaded = read(tmp_path / "a.csv")
    assert loaded.articles["text"].tolist() == ["One,\nand one.", "Three.", "Four."]
    assert loaded.set_aside["origin"].tolist() == ["a.csv:2"]
    assert "breaks the quoting of CSV" in loaded.set_aside["problem"].iloc[0]
    assert "lines 5 to 8" in loaded.set_aside["problem"].iloc[0]


def test_many_unbalanced_quotes_cost_a_row_each(tmp_path):
    rows = [f'{n},"Open {n}' if n % 10 == 5 else f"{n},Plain {n}" for n in range(100)]
    (tmp_path / "a.csv").write_text("\n".join(["id,text", *rows, ""]), encoding="utf-8")
    loaded = read(tmp_path / "a.csv")
    assert len(loaded.articles) == 90
    assert loaded.articles["text"].str.fullmatch(r"Plain \d+").all()
    assert loaded.set_aside["origin"].tolist() == [f"a.csv:{n + 1}" for n in range(5, 100, 10)]


def test_a_duplicate_id_sets_the_later_row_aside(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n1,One.\n1,Uno.\n", encoding="utf-8")
    loaded = read(tmp_path / "a.csv")
    assert loaded.articles["text"].tolist() == ["One."]
    assert loaded.set_aside["problem"].tolist() == [
        "article_id '1' stands twice (first in a.csv:1)"
    ]


@pytest.mark.parametrize("date", ["2026-02-30", "3024-01-01", "yesterday", "2026", "4 Brumaire 2"])
def test_an_impossible_date_is_emptied_and_listed(tmp_path, date):
    (tmp_path / "a.csv").write_text(f"date,text\n{date},One.\n", encoding="utf-8")
    loaded = read(tmp_path / "a.csv")
    assert loaded.articles["published"].isna().tolist() == [True]
    assert loaded.set_aside["kept"].tolist() == [True]
    assert f"the date {date!r} cannot be read" in loaded.set_aside["problem"].iloc[0]


def test_a_value_of_the_wrong_kind_is_emptied_and_listed(tmp_path):
    row = {"text": "T.", "outlet": {"name": "Herald"}, "title": "Kept"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    loaded = read(tmp_path / "a.jsonl")
    assert loaded.articles["outlet"].tolist() == [""]
    assert "the outlet is no string but a dict" in loaded.set_aside["problem"].iloc[0]


def test_half_a_surrogate_pair_is_replaced(tmp_path):
    (tmp_path / "a.jsonl").write_text(r'{"text": "x \ud83d y \ud83d\ude00"}', encoding="utf-8")
    loaded = read(tmp_path / "a.jsonl")
    assert loaded.articles["text"].tolist() == ["x \ufffd y 😀"]
    assert "half a surrogate pair" in loaded.set_aside["problem"].iloc[0]
    assert loaded.set_aside["kept"].all()


def test_a_row_in_another_encoding_is_read_with_a_remark(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"text\nplain\n" + "Zürich\n".encode("cp1252"))
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "caf\xe9"}\n')
    loaded = read(tmp_path)
    assert loaded.articles["text"].tolist() == ["plain", "Zürich", "café"]
    assert loaded.set_aside["origin"].tolist() == ["a.csv:2", "b.jsonl:1"]
    assert loaded.set_aside["kept"].all()


def test_a_cut_off_table_keeps_the_rows_before(tmp_path):
    rows = "".join(
        json.dumps({"text": f"{number} {os.urandom(40).hex()}"}) + "\n" for number in range(500)
    )
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows.encode())[:-2000])
    loaded = read(tmp_path / "a.jsonl.gz")
    assert 100 < len(loaded.articles) < 500
    assert loaded.articles["text"].iloc[-1].startswith(f"{len(loaded.articles) - 1} ")
    assert "is cut off" in loaded.set_aside["problem"].iloc[-1]
    assert (
        f"nothing after row {len(loaded.articles)} was read" in loaded.set_aside["problem"].iloc[-1]
    )


def test_no_more_is_unpacked_than_the_limits_allow(folder, monkeypatch):
    monkeypatch.setattr(files, "ARTICLE_LIMIT", 10_000)
    monkeypatch.setattr(files, "TABLE_LIMIT", 100_000)
    (folder / "a.txt.gz").write_bytes(gzip.compress(b"x" * 10_001))
    (folder / "b.csv.gz").write_bytes(gzip.compress(b"text\n" + b"y\n" * 60_000))
    (folder / "c.parquet.gz").write_bytes(gzip.compress(b"z" * 100_001))
    loaded = read(folder)
    problems = dict(zip(loaded.set_aside["origin"], loaded.set_aside["problem"], strict=True))
    assert "larger than 0.01 MB, too much for one article" in problems["a.txt.gz"]
    assert "larger than 0.1 MB unpacked; nothing after row" in problems["b.csv.gz"]
    assert problems["c.parquet.gz"] == "is larger than 0.1 MB unpacked"
    assert (loaded.articles["origin"].str.startswith("b.csv.gz")).sum() > 40_000


def test_links_are_followed_only_inside_the_folder(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("Not of the corpus.", encoding="utf-8")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "same.txt").symlink_to(folder / "good.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    found = listed(folder)
    assert sorted(found) == ["gone.txt", "loop", "out.txt", "self.txt"]
    assert "Not of the corpus." not in load_quietly(folder)


def load_quietly(folder: Path) -> list[str]:
    return read(folder).articles["text"].tolist()


def test_a_pipe_does_not_hang(folder):
    os.mkfifo(folder / "a.txt")
    assert "is no regular file" in listed(folder)["a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(folder):
    (folder / "a.txt").write_text("x", encoding="utf-8")
    (folder / "a.txt").chmod(0)
    assert "permission denied" in listed(folder)["a.txt"]


def test_files_of_other_types_are_listed_once_per_type(folder):
    for name in ("a.pdf", "b.pdf", "c.docx", ".DS_Store", "README.txt", "photo.JPG", "noname"):
        (folder / name).write_bytes(b"x")
    found = listed(folder)
    assert found == {
        ".DS_Store": "1 file passed over: hidden",
        "README.txt": "1 file passed over: about the data, by the name",
        "a.pdf": "2 files of type .pdf passed over",
        "c.docx": "1 file of type .docx passed over",
        "noname": "1 file without a type passed over",
        "photo.JPG": "1 file of type .jpg passed over",
    }


def test_only_what_may_be_an_article_is_warned_of(folder):
    for name in (".DS_Store", "README.txt", "photo.jpg"):
        (folder / name).write_bytes(b"x")
    assert load(folder)["text"].tolist() == [GOOD]
    (folder / "a.pdf").write_bytes(b"x")
    with pytest.warns(SetAsideWarning, match=r"1 files or rows were set aside.*a\.pdf"):
        load(folder)


def test_the_warning_is_one_and_counts(folder):
    (folder / "a.csv").write_text("date,text\nsoon,One.\n,\n", encoding="utf-8")
    with pytest.warns(SetAsideWarning, match=r"1 files or rows .* 1 articles") as caught:
        load(folder)
    assert len(caught) == 1
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("../secret.txt", "names '../secret.txt', which is outside the folder"),
        ("/etc/passwd", "names '/etc/passwd', which is outside the folder"),
        ("..\\secret.txt", "which is outside the folder"),
        ("nowhere.txt", "names 'nowhere.txt', which is not there"),
        ("good.txt", "names 'good.txt' a second time"),
    ],
)
def test_a_sidecar_row_without_a_file(folder, row, problem):
    text = f"file,outlet\ngood.txt,Herald\n{row},Gazette\n"
    (folder / "metadata.csv").write_text(text, encoding="utf-8")
    loaded = read(folder)
    assert loaded.articles["outlet"].tolist() == ["Herald"]
    assert loaded.set_aside["origin"].tolist() == ["metadata.csv:2"]
    assert problem in loaded.set_aside["problem"].iloc[0]


def test_a_riddling_sidecar_is_listed(folder):
    (folder / "metadata.csv").write_text("file,source,site\ngood.txt,A,B\n", encoding="utf-8")
    assert "both 'source' and 'site' could be the outlet" in listed(folder)["metadata.csv"]


def test_a_given_column_that_a_file_lacks_is_listed(tmp_path):
    (tmp_path / "a.csv").write_text("text,author\nT.,X\n", encoding="utf-8")
    loaded = read(tmp_path / "a.csv", columns={"autor": "outlet"})
    assert loaded.set_aside["problem"].tolist() == [
        "has no column 'autor', which columns names (its columns: text, author)"
    ]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"lead": "txt"}, r"maps 'lead' to 'txt', which is no column.*did you mean 'text'\?"),
        ({"a": "text", "b": "text"}, "maps both 'a' and 'b' to 'text'; keep one"),
    ],
)
def test_columns_that_cannot_be_meant(tmp_path, columns, message):
    with pytest.raises(DataError, match=message):
        load(tmp_path, columns=columns)


def test_a_file_without_texts_says_which_columns_it_has(tmp_path):
    (tmp_path / "a.csv").write_text("id,lead\n1,A longer text.\n", encoding="utf-8")
    with pytest.raises(
        DataError, match=r"a\.csv: has no column.*'lead'.*columns=\{'lead': 'text'\}"
    ):
        load(tmp_path / "a.csv")


def test_nothing_to_load(tmp_path):
    with pytest.raises(DataError, match=r"no article could be loaded.*holds no \.txt"):
        load(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(DataError, match=r"a\.txt: is empty"):
        load(tmp_path)


def test_a_source_that_cannot_be_one(tmp_path):
    with pytest.raises(DataError, match="is neither a file nor a folder nor a built-in"):
        load(tmp_path / "nowhere")
    with pytest.raises(DataError, match="cannot be read"):
        load("x" * 5000)
    (tmp_path / "a.pdf").write_bytes(b"x")
    with pytest.raises(DataError, match=r"a\.pdf is of no type that can be loaded"):
        load(tmp_path / "a.pdf")


def test_the_list_has_its_columns_when_it_is_empty(folder):
    frame = read(folder).set_aside
    assert list(frame.columns) == ["origin", "problem", "remedy", "kept"]
    assert frame.empty
    assert as_frame([Problem("a", "b", "c")]).dtypes["kept"] == "bool"


CONTENT = st.one_of(
    st.binary(max_size=200),
    st.text(alphabet=',"\n\r;\t|{}[]:text\\u0d8', max_size=120).map(
        lambda text: ("text,id\n" + text).encode()
    ),
    st.text(max_size=60).map(lambda text: json.dumps({"text": text}).encode()),
    st.binary(max_size=60).map(gzip.compress),
)
NAMES = st.sampled_from(
    [
        f"{stem}.{kind}{pack}"
        for stem in "ab"
        for kind in ("txt", "csv", "jsonl", "parquet")
        for pack in ("", ".gz")
    ]
    + ["metadata.csv", "c.html", "odd.bin"]
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, CONTENT, max_size=5))
def test_any_bytes_are_loaded_or_listed(content):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "good.txt").write_text(GOOD, encoding="utf-8")
        for name, raw in content.items():
            (folder / name).write_bytes(raw)
        loaded = read(folder)
    assert loaded.articles["article_id"].is_unique
    assert all(text.strip() for text in loaded.articles["text"])
    origins = {*loaded.articles["origin"], *loaded.set_aside["origin"]}
    accounted = {origin.split(":")[0] for origin in origins}
    # A sidecar leaves no trace when all of its rows are right.
    assert set(content) - {"metadata.csv"} <= accounted


def test_a_parquet_file_with_damaged_letters_is_listed(folder):
    stream = io.BytesIO()
    pd.DataFrame({"text": ["The council met."], "id": ["p"]}).to_parquet(stream)
    (folder / "a.parquet").write_bytes(stream.getvalue().replace(b"The council", b"\x80he council"))
    assert "UTF8" in listed(folder)["a.parquet"].replace("-", "").upper()
