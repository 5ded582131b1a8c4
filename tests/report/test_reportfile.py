"""Report files."""

from pathlib import Path

import pytest

from analysis.corpus.schema import DataError
from analysis.report.parameters import Typed
from analysis.report.reportfile import assign_parameters, parse_settings, read_report_file


def write(desk, text: str) -> Path:
    path = desk.folder / "r.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_file_is_read(desk):
    desk.notebook("b")
    desk.notebook("a")
    report = read_report_file(desk.report("b", "a.ipynb", more="parameters: {word: fence}"))
    assert (report.title, report.corpus) == ("A report", "articles.csv")
    assert [path.name for path in report.notebooks] == ["b.ipynb", "a.ipynb"]
    assert report.parameters == {"word": "fence"}
    assert report.source == str(desk.folder / "articles.csv")


def test_a_corpus_may_be_built_in(desk):
    desk.notebook("a")
    report = read_report_file(write(desk, "title: T\ncorpus: sample\nnotebooks: [a]"))
    assert report.source == report.corpus_name == "sample"


def test_readers_do_not_see_folders(desk):
    desk.notebook("a")
    path = write(desk, f"title: T\ncorpus: {desk.folder}/articles.csv\nnotebooks: [a]")
    assert read_report_file(path).corpus_name == "articles.csv"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: T\ncorpus: sample\nnotebook: [a]", "unknown key 'notebook'; did you mean 'noteb"),
        ("title: T\ncorpus: sample\nzz: 1", "unknown key 'zz'; it may have: title, corpus"),
        ("title: T\ntitle: U\ncorpus: sample", "line 1: 'title' stands twice; keep one"),
        ("title: T\ncorpus: sample\nparameters:\n  a: 1\n  a: 2", "line 4: 'a' stands twice"),
        ("corpus: sample", "title is missing; write `title: some words`"),
        ("title: [T]\ncorpus: sample", r"title is \['T'\]"),
        ("title: T", "corpus is missing"),
        ("title: T\ncorpus: artikles.csv", "there is no corpus 'artikles.csv' .looked at /"),
        ("title: T\ncorpus: sampel", "there is no corpus 'sampel' .*; did you mean 'sample'"),
        ("title: T\ncorpus: sample\nnotebooks: [b]", "there is no notebook 'b'; "),
        ("title: T\ncorpus: sample\nnotebooks: [a, a]", "a page 'a' would be written twice"),
        ("title: T\ncorpus: sample\nnotebooks: [index]", "a page 'index' would be written twice"),
        ("title: T\ncorpus: sample\nnotebooks: a", "notebooks is 'a'; write a list of names"),
        ("title: T\ncorpus: sample\nparameters: [a]", r"parameters is \['a'\]; write `name: val"),
        ("title: T\ncorpus: sample\nparameters: {corpus: x}", "move it to the top level"),
        ("- a", "holds no `key: value` lines"),
        ("a: [", "r.yml is not YAML"),
        ("!!python/object/apply:os.system [ls]", "r.yml is not YAML"),
    ],
)
def test_a_bad_report_file_is_refused(desk, text, message):
    desk.notebook("a")
    desk.notebook("index")
    with pytest.raises(DataError, match=message):
        read_report_file(write(desk, text))


def test_a_missing_report_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"there is no report file .*nothing\.yml"):
        read_report_file(tmp_path / "nothing.yml")


def test_each_notebook_gets_what_it_declares(desk):
    desk.notebook("a")
    desk.notebook("b", parameters='corpus: str = "sample"\nn: int = 3')
    report = read_report_file(desk.report("a", "b", more="parameters: {word: fence, n: 1}"))
    values = assign_parameters(report, parse_settings(["n=4"]))
    corpus = str(desk.folder / "articles.csv")
    assert {path.stem: given for path, given in values.items()} == {
        "a": {"word": "fence", "corpus": corpus},
        "b": {"n": 4, "corpus": corpus},
    }


def test_a_notebook_must_declare_its_corpus(desk):
    desk.notebook("a", parameters="n: int = 3")
    with pytest.raises(DataError, match=r'a\.ipynb declares no `corpus: str = "sample"`'):
        assign_parameters(read_report_file(desk.report("a")), {})


def test_a_value_that_fits_one_notebook_only_is_refused(desk):
    desk.notebook("a", parameters='corpus: str = "sample"\nn: str = "x"')
    desk.notebook("b", parameters='corpus: str = "sample"\nn: int = 3')
    report = read_report_file(desk.report("a", "b", more="parameters: {n: 4}"))
    with pytest.raises(DataError, match=r"report\.yml for a\.ipynb: 'n' is 4, but a str"):
        assign_parameters(report, {})


def test_settings_are_split_at_the_first_equals_sign():
    assert parse_settings(["a=b=c", "n="]) == {"a": Typed("b=c"), "n": Typed("")}


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["a"], "--set 'a': write --set name=value"),
        (["=a"], "write --set name=value"),
        (["a=1", "a=2"], "--set a is given twice"),
    ],
)
def test_bad_settings_are_refused(texts, message):
    with pytest.raises(DataError, match=message):
        parse_settings(texts)


def test_a_corpus_may_be_at_an_address(tmp_path):
    path = tmp_path / "r.yml"
    path.write_text("title: T\ncorpus: s3://bucket/news\n")
    report = read_report_file(path)
    assert (report.source, report.corpus_name) == ("s3://bucket/news", "news")
