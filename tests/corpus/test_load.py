"""Folders, files and tables of articles."""

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.corpus.load import load, read
from analysis.corpus.schema import DataError

COLUMNS = ["article_id", "outlet", "published", "title", "url", "text", "origin", "agency"]
ROWS = [
    {
        "article_id": "h1",
        "outlet": "Herald",
        "published": "2026-01-05T08:30:00+02:00",
        "title": "Talks open",
        "url": "https://herald.example/1",
        "text": 'The envoys met.\n\n“Never,” said Mr Öz, "not in \'26"; 😀 and left.',
    },
    {
        "article_id": "g1",
        "outlet": "Gazette",
        "published": "2026-01-06",
        "title": "Talks, still",
        "url": "https://gazette.example/1",
        "text": "  A line, with commas;\tand a tab.  \n",
    },
]


def as_csv(path: Path, rows=ROWS, **options) -> Path:
    pd.DataFrame(rows).to_csv(path, index=False, **options)
    return path


def as_jsonl(path: Path, rows=ROWS) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def as_parquet(path: Path, rows=ROWS) -> Path:
    pd.DataFrame(rows).to_parquet(path)
    return path


def packed(path: Path) -> Path:
    target = path.with_name(path.name + ".gz")
    target.write_bytes(gzip.compress(path.read_bytes()))
    return target


@pytest.mark.parametrize("write", [as_csv, as_jsonl, as_parquet])
@pytest.mark.parametrize("pack", [False, True])
def test_every_table_format_gives_the_same_articles(tmp_path, write, pack):
    suffix = {"as_csv": "csv", "as_jsonl": "jsonl", "as_parquet": "parquet"}[write.__name__]
    path = write(tmp_path / f"articles.{suffix}")
    path = packed(path) if pack else path
    loaded = load(path)
    assert list(loaded.columns) == COLUMNS
    assert loaded["text"].tolist() == [row["text"] for row in ROWS]
    assert loaded["article_id"].tolist() == ["h1", "g1"]
    assert loaded["outlet"].tolist() == ["Herald", "Gazette"]
    assert loaded["published"].tolist() == [
        pd.Timestamp("2026-01-05T06:30:00"),
        pd.Timestamp("2026-01-06"),
    ]
    assert loaded["published"].dtype == "datetime64[us]"
    assert loaded["origin"].tolist() == [f"{path.name}:1", f"{path.name}:2"]
    assert loaded["agency"].tolist() == ["", ""]


def test_a_folder_gives_the_same_texts_as_the_tables(tmp_path):
    for row in ROWS:
        place = tmp_path / row["outlet"]
        place.mkdir()
        (place / f"{row['article_id']}.txt").write_text(row["text"], encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded["origin"].tolist() == ["Gazette/g1.txt", "Herald/h1.txt"]
    assert loaded["outlet"].tolist() == ["Gazette", "Herald"]
    assert loaded["text"].tolist() == [ROWS[1]["text"], ROWS[0]["text"]]
    assert loaded["published"].isna().all()
    assert loaded["article_id"].tolist() == loaded["origin"].tolist()


def test_a_text_is_not_changed_but_for_its_ends_of_lines(tmp_path):
    (tmp_path / "a.txt").write_bytes("\ufeff One \r\n\r\ntwo\rthree\u00a0\u200b ’\n".encode())
    assert load(tmp_path / "a.txt")["text"].iloc[0] == " One \n\ntwo\nthree\u00a0\u200b ’\n"


def test_text_in_another_encoding_is_read_with_a_remark(tmp_path):
    (tmp_path / "a.txt").write_bytes("Mevlüt said “no” — twice.".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes("Mevlüt said “no”.".encode("utf-16"))
    loaded = read(tmp_path)
    assert loaded.articles["text"].tolist() == ["Mevlüt said “no” — twice.", "Mevlüt said “no”."]
    assert list(zip(loaded.set_aside["origin"], loaded.set_aside["kept"], strict=True)) == [
        ("a.txt", True)
    ]
    assert "4 stray bytes were read as Windows-1252" in loaded.set_aside["problem"].iloc[0]


def test_one_stray_byte_does_not_spoil_the_rest(tmp_path):
    (tmp_path / "a.txt").write_bytes("Çavusoğlu met ".encode() + b"\x93them\x94.")
    assert read(tmp_path).articles["text"].iloc[0] == "Çavusoğlu met “them”."


def test_the_sidecar_goes_before_folder_and_text(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text("Some text.", encoding="utf-8")
    (tmp_path / "x" / "b.txt").write_text("More text.", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(
        "file,publication,date,headline,link,desk\n"
        "x/a.txt,Herald,2026-02-01,A title,https://herald.example/a,World\n",
        encoding="utf-8",
    )
    loaded = load(tmp_path)
    assert loaded["outlet"].tolist() == ["Herald", "x"]
    assert loaded["published"].iloc[0] == pd.Timestamp("2026-02-01")
    assert pd.isna(loaded["published"].iloc[1])
    assert loaded["title"].tolist() == ["A title", ""]
    assert loaded["url"].tolist() == ["https://herald.example/a", ""]
    assert loaded["desk"].iloc[0] == "World"
    assert list(loaded.columns) == [*COLUMNS, "desk"]


def test_a_sidecar_in_a_sub_folder_names_files_from_there(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text("Some text.", encoding="utf-8")
    (tmp_path / "x" / "metadata.csv").write_text("file,outlet\na.txt,Herald\n", encoding="utf-8")
    assert load(tmp_path)["outlet"].tolist() == ["Herald"]


def test_an_empty_value_of_the_sidecar_is_not_filled_from_another_column(tmp_path):
    (tmp_path / "a.txt").write_text("Some text.", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(
        "file,outlet,source,publisher\na.txt,,Desk,Press\n", encoding="utf-8"
    )
    loaded = load(tmp_path)
    assert loaded[["outlet", "source", "publisher"]].iloc[0].tolist() == ["", "Desk", "Press"]


def test_a_metadata_file_with_texts_is_a_table_of_articles(tmp_path):
    as_csv(tmp_path / "metadata.csv", [{"path": "a", "body": "The text."}])
    assert load(tmp_path)["text"].tolist() == ["The text."]


def test_a_page_gives_its_text_title_and_date(tmp_path):
    paragraph = "<p>The envoys met in the old hall and spoke of the bridge for four hours.</p>"
    page = (
        "<html><head><title>Talks open</title>"
        '<meta property="og:site_name" content="The Herald">'
        '<meta property="article:published_time" content="2026-01-05T10:00:00+01:00"></head>'
        f"<body><nav>Home News</nav><article><h1>Talks open</h1>{paragraph * 5}</article></body>"
        "</html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "b.htm.gz").write_bytes(gzip.compress(page.encode()))
    loaded = load(tmp_path)
    assert loaded["origin"].tolist() == ["a.html", "b.htm.gz"]
    assert loaded["title"].tolist() == ["Talks open", "Talks open"]
    assert all("spoke of the bridge" in text for text in loaded["text"])
    assert not any("Home News" in text for text in loaded["text"])


def test_articles_and_tables_may_lie_in_one_folder(tmp_path):
    (tmp_path / "a.txt").write_text("Some text.", encoding="utf-8")
    as_csv(tmp_path / "b.csv")
    as_jsonl(tmp_path / "c.ndjson", [{"id": 7, "body": "Seven."}])
    loaded = load(tmp_path)
    assert loaded["origin"].tolist() == ["a.txt", "b.csv:1", "b.csv:2", "c.ndjson:1"]
    assert loaded["article_id"].tolist() == ["a.txt", "h1", "g1", "7"]


def test_a_sub_folder_names_the_outlet_of_a_table_without_one(tmp_path):
    (tmp_path / "Herald").mkdir()
    as_csv(tmp_path / "Herald" / "a.csv", [{"text": "A."}, {"text": "B."}])
    assert load(tmp_path)["outlet"].tolist() == ["Herald", "Herald"]


def test_an_outlet_is_found_by_its_address(tmp_path):
    rows = [
        {"text": "A.", "url": "http://www.bbc.co.uk/news/1"},
        {"text": "B.", "url": "https://europe.chinadaily.com.cn/2"},
        {"text": "C.", "url": "https://www.herald.example/3"},
        {"text": "D.", "url": "not an address"},
    ]
    found = load(as_csv(tmp_path / "a.csv", rows))["outlet"].tolist()
    assert found == ["BBC", "China Daily", "herald.example", ""]


def test_ids_depend_on_neither_place_nor_neighbours(tmp_path):
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "m.txt").write_text("The text.", encoding="utf-8")
    (tmp_path / "two" / "a.txt").write_text("Another.", encoding="utf-8")
    first, second = load(tmp_path / "one"), load(tmp_path / "two")
    assert first["article_id"].iloc[0] in set(second["article_id"])


def test_common_column_names_are_understood(tmp_path):
    rows = [{"ID": 1, "Headline": "H", "Body": "T.", "Publish Date": "2026-01-05", "source": "S"}]
    row = load(as_csv(tmp_path / "a.csv", rows)).iloc[0]
    assert row[["article_id", "title", "text", "outlet"]].tolist() == ["1", "H", "T.", "S"]
    assert row["published"] == pd.Timestamp("2026-01-05")


def test_columns_says_which_column_is_meant(tmp_path):
    rows = [{"lead": "The lead.", "text": "The text.", "when": "5 January 2026"}]
    path = as_csv(tmp_path / "a.csv", rows)
    loaded = load(path, columns={"lead": "text", "when": "published"})
    assert loaded["text"].tolist() == ["The lead."]
    assert loaded["text_in_file"].tolist() == ["The text."]
    assert loaded["published"].tolist() == [pd.Timestamp("2026-01-05")]


def test_further_columns_are_kept_as_they_are(tmp_path):
    rows = [
        {"text": "A.", "words": 3, "tags": ["x", "y"], "big": 2**60, "share": 0.5},
        {"text": "B.", "words": 4, "tags": [], "share": 1.5},
    ]
    loaded = load(as_jsonl(tmp_path / "a.jsonl", rows))
    assert loaded["words"].tolist() == [3, 4]
    assert loaded["tags"].tolist() == [["x", "y"], []]
    assert loaded["big"].iloc[0] == 2**60
    assert loaded["share"].sum() == 2.0


def test_paragraphs_in_a_list_become_one_text(tmp_path):
    path = as_jsonl(tmp_path / "a.jsonl", [{"text": ["One.", "Two."]}])
    assert load(path)["text"].tolist() == ["One.\n\nTwo."]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_read_from_the_header(tmp_path, mark):
    path = as_csv(tmp_path / "a.csv", sep=mark)
    assert load(path)["text"].tolist() == [row["text"] for row in ROWS]


def test_more_rows_than_are_read_at_once(tmp_path):
    rows = [{"id": number, "text": f"Text {number}."} for number in range(4500)]
    loaded = load(as_jsonl(tmp_path / "a.jsonl", rows))
    assert loaded["text"].tolist() == [row["text"] for row in rows]
    assert loaded["origin"].iloc[-1] == "a.jsonl:4500"


def test_files_that_rows_number_alike_keep_all_rows(tmp_path):
    as_csv(tmp_path / "a.csv", [{"id": 1, "text": "A."}, {"id": 2, "text": "B."}])
    as_csv(tmp_path / "b.csv", [{"id": 1, "text": "C."}, {"id": 3, "text": "D."}])
    loaded = read(tmp_path)
    assert loaded.articles["article_id"].tolist() == ["1", "2", "b.csv:1", "b.csv:3"]
    assert list(zip(loaded.set_aside["origin"], loaded.set_aside["kept"], strict=True)) == [
        ("b.csv", True)
    ]
    assert "numbers its rows like a.csv:1" in loaded.set_aside["problem"].iloc[0]


def test_an_article_that_stands_in_two_files_is_loaded_once(tmp_path):
    as_csv(tmp_path / "a.csv")
    as_jsonl(tmp_path / "b.jsonl")
    loaded = read(tmp_path)
    assert loaded.articles["origin"].tolist() == ["a.csv:1", "a.csv:2"]
    assert loaded.set_aside["origin"].tolist() == ["b.jsonl:1", "b.jsonl:2"]
    assert "'h1' stands twice (first in a.csv:1)" in loaded.set_aside["problem"].iloc[0]


def test_the_same_source_gives_the_same_frame_twice(tmp_path):
    as_csv(tmp_path / "a.csv")
    (tmp_path / "z.txt").write_text("Last.", encoding="utf-8")
    pd.testing.assert_frame_equal(load(tmp_path), load(tmp_path))


def test_given_columns_are_not_changed(tmp_path):
    given = {"body": "text"}
    load(as_csv(tmp_path / "a.csv", [{"body": "T."}]), columns=given)
    assert given == {"body": "text"}


def test_a_nearly_right_name_is_proposed(tmp_path):
    as_csv(tmp_path / "articles.csv")
    with pytest.raises(DataError, match=r"sampel.*newsarticles, sample.*close to it: 'sample'"):
        load("sampel")
    with pytest.raises(DataError, match=r"close to it: 'articles.csv'"):
        load(tmp_path / "article.csv")


def test_what_an_analyst_keeps_beside_the_articles_is_no_article(tmp_path):
    (tmp_path / "a.txt").write_text("The bridge is closed since Monday morning.", encoding="utf-8")
    (tmp_path / "codes.csv").write_text("article_id,text\na,not an article\n", encoding="utf-8")
    (tmp_path / "naming.yml").write_text("concepts: []", encoding="utf-8")
    inner = tmp_path / "gazette"
    inner.mkdir()
    (inner / "codes.csv").write_text("title,text\nb,an article of a folder\n", encoding="utf-8")
    loaded = read(tmp_path)
    assert sorted(loaded.articles["origin"]) == ["a.txt", "gazette/codes.csv:1"]
    assert loaded.set_aside.empty
