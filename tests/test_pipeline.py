"""A corpus is prepared once, read whole, and made anew when anything behind it changes."""

import hashlib
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import columnar, pipeline, prepared, prepared_corpus, text_files
from analysis.corpus import slices
from analysis.corpus.clean import clean
from analysis.corpus.load import read
from analysis.corpus.schema import DataError
from analysis.text.events import group_events
from analysis.text.tokens import tokenize
from analysis.text.wire_labels import add_wire

MENU = "Home | World | Sport | Weather"


@pytest.fixture
def source(tmp_path: Path, articles: pd.DataFrame) -> Path:
    """Write a file of articles, each under the same menu, and one row without text."""
    path = tmp_path / "news.csv"
    framed = articles.assign(text=MENU + "\n\n" + articles["text"])
    extra = framed.iloc[[0]].assign(article_id="empty", text="", title="", origin="x")
    pd.concat([framed, extra]).drop(columns="origin").to_csv(path, index=False)
    return path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep prepared corpora of tests apart from the user's."""
    place = tmp_path / "prepared"
    monkeypatch.setattr(pipeline, "prepared_folder", lambda: place)
    return place


@pytest.mark.parametrize("most", [50_000, 100])
def test_a_prepared_corpus_equals_the_steps_run_by_hand(source, monkeypatch, most):
    monkeypatch.setattr(slices, "MOST_TOGETHER", most)
    monkeypatch.setattr(columnar, "ROWS_AT_ONCE", 70)
    monkeypatch.setattr(text_files, "BYTES_AT_ONCE", 10_000)
    corpus = pipeline.prepare(source)
    assert (len(slices.slice_articles(corpus.loaded)) > 1) == (most < len(corpus.loaded))
    loaded = read(source)
    cleaned = clean(loaded.articles)
    assert corpus.name == "news.csv"
    pd.testing.assert_frame_equal(corpus.loaded, loaded.articles, check_dtype=False)
    pd.testing.assert_frame_equal(
        corpus.articles.reset_index(drop=True),
        add_wire(cleaned.articles, loaded=loaded.articles).reset_index(drop=True),
        check_dtype=False,
    )
    pd.testing.assert_frame_equal(corpus.removed, cleaned.removed, check_dtype=False)
    tokens = tokenize(cleaned.articles)
    assert corpus.tokens.terms.tolist() == tokens.terms.tolist()
    assert corpus.tokens.ids.tolist() == tokens.ids.tolist()
    for name, text in zip(corpus.articles["article_id"], corpus.articles["text"], strict=True):
        assert corpus.cleaned.locate(name, 0, len(text)) == cleaned.locate(name, 0, len(text))
    left = {path.name for path in corpus.folder.iterdir()}
    assert all(path.endswith((".arrow", ".npy")) for path in left), left
    assert "unlabelled.arrow" not in left


def test_the_way_back_to_the_loaded_text_survives_the_disk(source):
    corpus = pipeline.prepare(source)
    loaded = corpus.loaded.set_index("article_id")["text"]
    for row in corpus.articles.itertuples():
        start, end = corpus.cleaned.locate(row.article_id, 0, len(row.text))
        assert loaded[row.article_id][start:end] == row.text


def test_a_second_call_reads_what_the_first_kept(source, folder, monkeypatch):
    first = pipeline.prepare(source)
    kept = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*/*")}
    monkeypatch.setattr(pipeline, "make_corpus", None)
    again = pipeline.prepare(source)
    assert again.fingerprint == first.fingerprint
    assert len(kept) >= 6
    assert [path.name for path in folder.iterdir()] == [first.fingerprint[:20]]


def test_changed_input_or_settings_are_another_corpus(source, monkeypatch):
    first = prepared.fingerprint(source, None)
    assert prepared.fingerprint(source, {"body": "text"}) != first
    monkeypatch.setattr(prepared.platform, "python_version", lambda: "3.99")
    assert prepared.fingerprint(source, None) != first
    monkeypatch.undo()
    source.write_text(source.read_text() + "\n")
    assert prepared.fingerprint(source, None) != first


def test_compiled_code_does_not_change_the_fingerprint(tmp_path, source, monkeypatch):
    package = tmp_path / "package"
    for room in prepared.ROOMS:
        (package / room).mkdir(parents=True) if "." not in room else (package / room).write_text("")
    monkeypatch.setattr(prepared, "PACKAGE", package)
    first = prepared.fingerprint(source, None)
    (package / "text" / "__pycache__").mkdir()
    for ending in ("pyc", "nbi", "nbc"):
        (package / "text" / "__pycache__" / f"scan.{ending}").write_bytes(b"machine code")
    assert prepared.fingerprint(source, None) == first
    (package / "text" / "scan.py").write_text("changed = True")
    assert prepared.fingerprint(source, None) != first


def test_a_moved_folder_is_the_same_corpus(tmp_path, source):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "news.csv").write_bytes(source.read_bytes())
    assert prepared.fingerprint(tmp_path / "one", None) == prepared.fingerprint(
        tmp_path / "two", None
    )


def test_two_preparations_at_once_give_one_whole_folder(source, folder):
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(lambda _: pipeline.prepare(source), range(2))
    assert one.fingerprint == two.fingerprint
    assert [path.name for path in folder.iterdir()] == [one.fingerprint[:20]]


def test_a_failed_preparation_leaves_nothing(tmp_path, folder):
    empty = tmp_path / "empty.csv"
    empty.write_text("outlet,text\nHerald,\n")
    with pytest.raises(DataError):
        pipeline.prepare(empty)
    assert not list(folder.iterdir())


def test_a_corpus_of_furniture_alone_says_so(tmp_path):
    rows = "".join(f"{number},Herald,Subscribe to our newsletter\n" for number in range(4))
    source = tmp_path / "menu.csv"
    source.write_text("id,outlet,text\n" + rows)
    with pytest.raises(DataError, match=r"no article of .*menu.csv.* has a text of its own"):
        pipeline.prepare(source)


def test_what_could_not_be_used_is_one_list(source):
    unused = pipeline.list_unused(pipeline.prepare(source))
    assert list(unused.columns) == ["where", "problem", "remedy", "kept"]
    assert unused["where"].str.contains("news.csv:13").any()


def test_counts_leave_out_stop_words_and_rare_terms(source):
    corpus = pipeline.prepare(source)
    assert "the" not in set(corpus.counts().terms)
    assert "regime" in set(corpus.counts(min_articles=2).terms)
    assert "regime" not in set(corpus.counts(min_articles=3).terms)
    assert "envoys left" in set(corpus.counts(ngrams=(1, 2), min_articles=3).terms)


def test_foreign_columns_of_mixed_values_come_back_as_text(tmp_path):
    source = tmp_path / "news.jsonl"
    source.write_text(
        '{"id": "a", "outlet": "X", "text": "Envoys met in the old hall today.", "tags": ["a"]}\n'
        '{"id": "b", "outlet": "Y", "text": "Envoys left the hall before noon.", "tags": 3}\n'
    )
    assert pipeline.prepare(source).articles["tags"].tolist() == ['["a"]', "3"]


def test_labels_are_read_from_the_disk_and_reach_the_counts(source, monkeypatch):
    pipeline.prepare(source)
    monkeypatch.setattr(pipeline, "make_corpus", None)
    corpus = pipeline.prepare(source)
    for articles in (corpus.articles, corpus.tokens.articles, corpus.counts().articles):
        assert set(articles["wire"]) <= {"own", "edited wire", "wire"}
        assert articles["reused_share"].between(0, 1).all()
        assert {"wire_agency", "source_id", "copy_of"} <= set(articles)


def test_an_article_that_was_scraped_twice_counts_once_and_is_listed(tmp_path):
    story = " ".join(f"envoy{number} met minister{number} at a gate" for number in range(30))
    other = " ".join(f"ship{number} left harbour{number} at dawn" for number in range(30))
    source = tmp_path / "news.csv"
    source.write_text(
        "id,outlet,published,text\n"
        f"h1,Herald,2026-01-05,{story}\nh2,Herald,2026-01-06,{story}\nh3,Herald,,{other}\n"
        f"g1,Gazette,2026-01-07,{story}\n"
    )
    corpus = pipeline.prepare(source)
    assert corpus.articles["article_id"].tolist() == ["h1", "h2", "h3", "g1"]
    assert corpus.articles["copy_of"].tolist() == ["", "h1", "", ""]
    assert corpus.counts().articles["article_id"].tolist() == ["h1", "h3", "g1"]
    assert corpus.articles["wire"].tolist() == ["own", "own", "own", "wire"]
    row = pipeline.list_unused(corpus).iloc[-1]
    assert row["where"] == "news.csv:2"
    assert row["problem"] == "stands in its outlet twice, also as news.csv:1"
    assert row["kept"]


def age(path, days):
    moment = time.time() - 86_400 * days
    os.utime(path, (moment, moment))


def test_a_corpus_that_nobody_asked_for_is_deleted_when_another_is_prepared(source, folder):
    pipeline.prepare(source)
    (old,) = folder.iterdir()
    broken_off = folder / f".{'0' * 20}-abc"
    other = folder / "something else"
    broken_off.mkdir(), other.mkdir()
    for path in (old, broken_off, other):
        age(path, 31)
    pipeline.prepare(source)  # asked for again, so that it stays
    assert old.is_dir()
    pipeline.prepare(source, columns={"section": "title"})
    assert old.is_dir()
    assert other.is_dir()
    assert not broken_off.exists()
    age(old, 31)
    pipeline.prepare(source, columns={"section": "url"})
    assert sorted(path.is_dir() for path in folder.iterdir()) == [True] * 3
    assert not old.exists()
    assert other.is_dir()


def test_who_speaks_is_found_once_and_counted_by_voice(tmp_path, monkeypatch):
    source = tmp_path / "speech.csv"
    text = "The ferries stopped at noon.\n\n“Nobody warned the islands,” said Mayor Ada Holm."
    rows = {"article_id": ["a"], "outlet": ["Gazette"], "title": ["Ferries"], "text": [text]}
    pd.DataFrame(rows).to_csv(source, index=False)
    corpus = pipeline.prepare(source).with_voices()
    assert corpus.counts(voice="quoted").terms.tolist() == ["islands", "warned"]
    assert "islands" not in corpus.counts(voice="own").terms
    assert "ferries" in corpus.counts(voice="own").terms
    monkeypatch.setattr(prepared_corpus, "write_quotes", None)
    kept = pipeline.prepare(source).quotes
    pd.testing.assert_frame_equal(kept, corpus.quotes)


def shorten(path):
    """Leave the beginning of a file, in one that takes its place: others have it open."""
    head = path.read_bytes()[:30]
    path.unlink()
    path.write_bytes(head)


def test_what_is_damaged_on_disk_is_made_anew(source):
    corpus = pipeline.prepare(source)
    quotes = corpus.quotes
    place = corpus.folder
    for path in [*place.glob("*.arrow"), *place.glob("*.npy")]:
        shorten(path)
    again = pipeline.prepare(source)
    assert again.tokens.ids.tolist() == corpus.tokens.ids.tolist()
    pd.testing.assert_frame_equal(again.quotes, quotes)
    shorten(place / "quotes.arrow")
    pd.testing.assert_frame_equal(pipeline.prepare(source).quotes, quotes)


def test_a_corpus_that_is_deleted_while_it_is_open_is_still_whole(source, folder):
    whole, corpus = pipeline.prepare(source), pipeline.prepare(source)
    places = [whole.cleaned.locate(name, 0, 5) for name in whole.articles["article_id"]]
    frames = [whole.loaded, whole.removed, whole.with_voices().with_events().articles]
    expected = [frame.to_csv() for frame in frames]
    shutil.rmtree(corpus.folder)
    frames = [corpus.loaded, corpus.removed, corpus.with_voices().with_events().articles]
    assert [frame.to_csv() for frame in frames] == expected
    assert [corpus.cleaned.locate(name, 0, 5) for name in corpus.articles["article_id"]] == places
    assert not corpus.folder.exists()


def test_tokens_of_another_corpus_are_not_taken(source, folder):
    corpus = pipeline.prepare(source)
    path = corpus.folder / "tokens-starts.npy"
    fewer = corpus.tokens.starts[:-1].copy()
    path.unlink()
    np.save(path, fewer)
    assert pipeline.prepare(source).tokens.starts.tolist() == corpus.tokens.starts.tolist()


def test_events_reach_articles_and_counts_and_respect_overrides(source):
    corpus = pipeline.prepare(source)
    grouped = corpus.with_voices().with_events()
    expected = group_events(corpus.articles)
    assert grouped.articles["event_id"].tolist() == expected.tolist()
    assert grouped.counts(voice="own").articles["event_id"].tolist() == expected.tolist()
    assert "event_id" not in corpus.articles
    same = {"same": [corpus.articles["article_id"].tolist()[:2]]}
    first, second = corpus.with_events(same).articles["event_id"].tolist()[:2]
    assert first == second


def test_a_corpus_may_be_about_something(source):
    whole = pipeline.prepare(source)
    part = whole.about("Envoys BRIDGE", least=1)
    holds = whole.articles["text"].str.lower().str.contains(r"\b(?:envoys|bridge)\b")
    assert part.articles["article_id"].tolist() == whole.articles["article_id"][holds].tolist()
    assert 0 < len(part.articles) < len(whole.articles)
    assert len(part.tokens.pointer) == len(part.articles) + 1
    events = whole.with_events().articles.set_index("article_id")["event_id"]
    assert part.with_events().articles["event_id"].tolist() == events[holds.to_numpy()].tolist()
    assert whole.about("") is whole
    assert set(part.quotes["article_id"]) <= set(part.articles["article_id"])
    with pytest.raises(DataError, match=r"no article of news\.csv holds 'zeppelin' 2 times"):
        whole.about("zeppelin")


def test_a_part_that_several_ask_for_is_made_once(tmp_path):
    made = []

    def make() -> pd.DataFrame:
        made.append(1)
        return pd.DataFrame({"x": [1]})

    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda _: prepared.keep_frame(tmp_path, "x", make), range(8)))
    assert len(made) == 1
    assert all(part["x"].tolist() == [1] for part in parts)


def test_a_corpus_may_be_of_some_outlets_or_events(source):
    whole = pipeline.prepare(source).with_voices().with_events()
    herald = whole.only(outlets=["Herald"])
    assert set(herald.articles["outlet"]) == {"Herald"}
    assert herald.tokens.voice is not None
    assert len(herald.tokens.pointer) == len(herald.articles) + 1
    told_by = whole.articles["outlet"].groupby(whole.articles["event_id"]).nunique()
    shared = whole.only(event="shared").articles
    assert set(shared["event_id"]) == set(told_by.index[told_by > 1])
    one = shared["event_id"].iloc[0]
    assert set(whole.only(event=one).articles["event_id"]) == {one}
    pd.testing.assert_frame_equal(whole.only().articles, whole.articles)


def test_what_no_article_is_of_is_named(source):
    whole = pipeline.prepare(source)
    with pytest.raises(
        DataError, match=r"outlet 'Gazete' is not in the corpus \(it has: .*Gazette"
    ):
        whole.only(outlets=["Gazete"])
    with pytest.raises(DataError, match=r"no event_id; call with_events\(\) first"):
        whole.only(event="e1")
    with pytest.raises(DataError, match="no article of Herald is on the event 'e0'"):
        whole.with_events().only(outlets=["Herald"], event="e0")
