"""WARC files, and files at addresses."""

import gzip
import warnings
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from outlets import make_outlets

from analysis import pipeline, prepared
from analysis.corpus.load import read
from analysis.corpus.schema import DataError

fsspec = pytest.importorskip("fsspec", reason="needs the extra scale: run make scale")
warcio = pytest.importorskip("warcio", reason="needs the extra scale: run make scale")

PAGE = """<html><head><title>{title}</title>
<meta property="og:site_name" content="Herald"></head>
<body><nav>Home World Sport</nav><article><h1>{title}</h1>{text}</article></body></html>"""


def paragraphs(number):
    story = make_outlets()["text"].iloc[number]
    return "".join(f"<p>{part}</p>" for part in story.split("\n\n"))


def record(kind: str, url: str, content: bytes) -> bytes:
    """Write a record by the standard, ISO 28500."""
    lines = (
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}",
        "WARC-Date: 2026-01-05T10:00:00Z", "WARC-Record-ID: <urn:uuid:0>",
        f"Content-Type: application/http; msgtype={kind}", f"Content-Length: {len(content)}",
    )  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def write_warc(path: Path, pages: dict[str, bytes], *, packed: bool = True) -> None:
    """Write pages as they were fetched, each with its request, each record packed by itself."""
    records = []
    for url, raw in pages.items():
        status = "404 Not Found" if "gone" in url else "200 OK"
        head = f"HTTP/1.1 {status}\r\nContent-Type: "
        head += "image/png" if url.endswith(".png") else "text/html; charset=UTF-8"
        if "packed" in url:
            raw, head = gzip.compress(raw), head + "\r\nContent-Encoding: gzip"
        records.append(record("request", url, b"GET / HTTP/1.1\r\n\r\n"))
        records.append(record("response", url, head.encode() + b"\r\n\r\n" + raw))
    path.write_bytes(b"".join(map(gzip.compress, records) if packed else records))


@pytest.fixture
def pages():
    html = {n: PAGE.format(title=f"Story {n}", text=paragraphs(n)).encode() for n in range(4)}
    return {
        "http://herald.example/0": html[0],
        "http://herald.example/packed/1": html[1],
        "http://herald.example/photo.png": b"\x89PNG",
        "http://herald.example/gone": html[2],
        "http://herald.example/3": html[3],
        "http://herald.example/empty": b"<html><body></body></html>",
    }


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_a_warc_file_are_articles(tmp_path, pages, packed):
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    write_warc(path, pages, packed=packed)
    loaded = read(path)
    found = loaded.articles
    assert found["title"].tolist() == ["Story 0", "Story 1", "Story 3"]
    assert found["outlet"].tolist() == ["Herald"] * 3
    assert found["url"].tolist() == [url for url in pages if url[-1].isdigit()]
    assert found["origin"].tolist() == [f"{path.name}:{n}" for n in (2, 4, 10)]
    assert set(found["crawled"]) == {"2026-01-05T10:00:00Z"}
    assert "was" in found["text"].iloc[1]
    assert "Home World" not in found["text"].str.cat()
    (entry,) = loaded.set_aside.to_dict("records")
    assert entry["origin"] == f"{path.name}:12"
    assert "no article text" in entry["problem"]


def test_a_full_disk_is_no_fault_of_a_warc_file(tmp_path, pages, monkeypatch):
    write_warc(tmp_path / "crawl.warc", pages)
    full = partial(open, "/dev/full", "r+b", buffering=0)
    monkeypatch.setattr("analysis.corpus.singles.TemporaryFile", full)
    with pytest.raises(OSError, match="No space left"):
        read(tmp_path)


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_file_that_breaks_off_gives_what_is_whole(tmp_path, pages, packed):
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    write_warc(path, pages, packed=packed)
    raw = path.read_bytes()
    last = raw.rindex(gzip.compress(b"W")[:3] if packed else b"WARC/1.0")
    whole = read(path).articles
    for end in (last - 30, last * 9 // 10, last // 2):
        path.write_bytes(raw[:end])
        loaded = read(path)
        assert 1 <= len(loaded.articles) <= 3
        assert loaded.articles["text"].isin(whole["text"]).all()
        why = loaded.set_aside["problem"].iloc[-1]
        assert "cut off" in why or "is no sound WARC file" in why
        assert "nothing after record" in why


@pytest.mark.parametrize("raw", [b"", b"no archive\n" * 9, b"\0\xff" * 99])
def test_what_is_no_warc_file_is_listed(tmp_path, raw):
    (tmp_path / "bad.warc").write_bytes(raw)
    with pytest.raises(DataError, match=r"no article could be loaded from .*bad\.warc"):
        read(tmp_path)


def upload(folder: Path, address: str) -> None:
    system, root = fsspec.core.url_to_fs(address)
    system.put(str(folder), root, recursive=True)


@pytest.fixture
def folder(tmp_path):
    """Partitioned tables, a text with its metadata, and what is no article."""
    place = tmp_path / "there"
    articles = make_outlets()
    for outlet in ("Herald", "Gazette"):
        where = place / f"outlet={outlet}" / "year=2026"
        where.mkdir(parents=True)
        rows = articles[articles["outlet"] == outlet].drop(columns="outlet")
        rows.to_parquet(where / "part-0.parquet", index=False)
    (place / "texts").mkdir()
    (place / "texts" / "one.txt").write_text("The ferry was late.\n\nIt came at noon.")
    (place / "metadata.csv").write_text("file,outlet,title\ntexts/one.txt,Courier,Late ferry\n")
    (place / "README.md").write_text("About")
    (place / ".hidden.csv").write_text("text\nno\n")
    return place


def test_folders_name_columns_and_an_address_gives_what_the_folder_gives(folder):
    here = read(folder)
    assert here.articles["outlet"].value_counts().to_dict() == {
        "Herald": 8, "Gazette": 8, "Courier": 1,
    }  # fmt: skip
    assert set(here.articles["year"].dropna()) == {"2026"}
    upload(folder, "memory://news")
    for address in ("memory://news", f"file://{folder}"):
        there = read(address)
        pd.testing.assert_frame_equal(there.articles, here.articles)
        pd.testing.assert_frame_equal(there.set_aside, here.set_aside)


def test_one_file_may_be_at_an_address(folder):
    file = folder / "outlet=Herald" / "year=2026" / "part-0.parquet"
    there, here = read(f"file://{file}"), read(file)
    pd.testing.assert_frame_equal(there.articles, here.articles)


def test_a_corpus_at_an_address_is_prepared_anew_when_a_file_changes(folder, kept):
    kept("address")
    corpus = pipeline.prepare(f"file://{folder}")
    assert corpus.name == "there"
    assert pipeline.prepare(f"file://{folder}/").articles.equals(corpus.articles)
    before = prepared.fingerprint(f"file://{folder}", None)
    (folder / "texts" / "one.txt").write_text("The ferry was early.\n\nIt came before noon.")
    assert prepared.fingerprint(f"file://{folder}", None) != before


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("memory://nothing/there", "is not there, or holds no files"),
        ("nonsense://there", "cannot be opened: .*nonsense"),
        ("s3://bucket/news", "cannot be opened: .*s3fs"),
    ],
)
def test_an_address_that_cannot_be_read_says_so(address, why):
    with pytest.raises(DataError, match=why):
        read(address)


def test_what_is_missing_is_named_with_the_way_to_install_it(tmp_path, monkeypatch):
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\n")
    for name in ("fsspec", "warcio.archiveiterator", "dask"):
        monkeypatch.setitem(__import__("sys").modules, name, None)
    with pytest.raises(DataError, match=r"needs fsspec: pip install 'news-parallax\[scale\]'"):
        read("memory://news")
    with pytest.raises(DataError, match=r"needs warcio: pip install 'news-parallax\[scale\]'"):
        read(tmp_path)
    (tmp_path / "a.csv").write_text("outlet,text\nHerald,The ferry was late today.\n")
    with pytest.raises(DataError, match=r"needs Dask: pip install 'news-parallax\[scale\]'"):
        pipeline.prepare(tmp_path / "a.csv", cluster="tcp://127.0.0.1:1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert len(read(tmp_path).articles) == 1
