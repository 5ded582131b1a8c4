"""The explorer: what is chosen is what is shown, and its code shows the same anywhere else."""

from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import pytest

import analysis
from analysis import DataError
from analysis.prepared_corpus import Corpus
from analysis.report import explorer as module
from analysis.report.explorer_view import (
    PARTS,
    View,
    choose,
    compare,
    show_code,
    show_comparison,
    show_sentences,
    write_code,
)

HOSTILE = "Gazette'); raise SystemExit('\n</script><script>document.title=\"pwned\""
with_widgets = pytest.mark.skipif(
    find_spec("ipywidgets") is None, reason="ipywidgets is in JupyterLab's environment only"
)


@pytest.fixture(scope="module")
def news() -> Corpus:
    return analysis.prepare("sample")


def run(code: str, corpus: Corpus) -> Any:
    """Run code as a cell, and give what its last line shows."""
    lines = code.splitlines()
    last = max(n for n, line in enumerate(lines) if line.startswith("analysis.show"))
    given: dict[str, Any] = {"news": corpus}
    exec("\n".join(lines[:last]), given)
    return eval("\n".join(lines[last:]), given)


def show(corpus: Corpus, view: View) -> dict[str, Any]:
    chosen = choose(corpus, view)
    shown = show_comparison(compare(chosen, view))
    return shown | {"sentences": show_sentences(chosen, view)}


def views(corpus: Corpus):
    some = tuple(sorted(corpus.articles["outlet"].unique())[:3])
    event = analysis.most_covered_event(corpus.with_events().articles)
    chosen = [((), "", None), (some, "", "quoted"), ((), "shared", "own"), (some, event, None)]
    for outlets, of, voice in chosen:
        view = View(outlets, of, voice, 2)
        terms = compare(choose(corpus, view), view)
        common = terms.loc[terms["count"].idxmax()]
        yield replace(view, term=common["term"], told_by=(common["outlet"],) if outlets else ())


def test_the_code_of_every_view_shows_the_same(news):
    seen = 0
    for view in views(news):
        shown = show(news, view)
        for part in PARTS:
            code = write_code(news, view, part)
            assert run(code, news).data == shown[part].data, code
            assert code in show_code(news, view).data["text/plain"]
            seen += 1
    assert seen == 4 * len(PARTS)


def test_the_code_makes_no_step_twice(news):
    ready = news.with_events({"apart": []}).with_voices()
    view = View(event="shared", voice="own")
    assert ".with_events()" in write_code(news, view, "table")
    assert "with_" not in write_code(ready, view, "table")


def test_names_stand_in_the_code_as_quoted_words(news):
    articles = news.articles.assign(
        outlet=news.articles["outlet"].replace("Kastria Herald", HOSTILE)
    )
    cleaned = replace(news.cleaned, articles=articles)
    renamed = replace(news, cleaned=cleaned, tokens=replace(news.tokens, articles=articles))
    view = View(outlets=(HOSTILE, "Northern Ledger"), term="said", told_by=(HOSTILE,))
    shown = show(renamed, view)
    for part in PARTS:
        assert run(write_code(renamed, view, part), renamed).data == shown[part].data
        assert "<script" not in shown[part].data.get("text/html", "")
    assert "<script" not in show_code(renamed, view).data["text/html"]
    assert "&lt;script&gt;" in show_code(renamed, view).data["text/html"]


@pytest.mark.parametrize("voice", ["own", "quoted"])
def test_a_voice_is_read_as_it_is_counted(news, voice):
    view = View(voice=voice)
    chosen = choose(news, view)
    terms = compare(chosen, view)
    row = terms.loc[terms["count"].idxmax()]
    told_by = chosen.only(outlets=[row["outlet"]])
    lines = analysis.concordance(told_by.tokens.in_voice(voice), row["term"])
    assert len(lines) == row["count"] < len(analysis.concordance(told_by.tokens, row["term"]))
    assert lines["article_id"].nunique() == row["n_articles"]


@pytest.mark.skipif(find_spec("ipywidgets") is not None, reason="ipywidgets is there")
def test_without_widgets_the_way_out_is_said(news):
    with pytest.raises(DataError, match="comes with JupyterLab: run `make lab`"):
        analysis.explore(news)


@with_widgets
def test_what_is_chosen_is_shown(news):
    explorer = analysis.explore(news)
    controls = explorer.controls
    assert explorer.view == View()
    assert explorer.shown["table"].data == show(news, View(term="said"))["table"].data
    controls["outlets"].value = ["Halvane Tribune", "Kastria Herald"]
    controls["voice"].value = "own"
    controls["event"].value = "shared"
    controls["longest"].value = 2
    view = View(("Halvane Tribune", "Kastria Herald"), "shared", "own", 2)
    assert explorer.view == view
    assert explorer.shown["choice"].data["text/plain"] == (
        "Compared: Halvane Tribune, Kastria Herald; Inside the events they share; "
        "The outlets' own; Words and pairs."
    )
    for part in ("findings", "scatter", "table"):
        assert run(explorer.code(part), news).data == explorer.shown[part].data


@with_widgets
def test_a_term_opens_its_sentences(news):
    explorer = analysis.explore(news)
    term = explorer.controls["term"]
    assert "Choose a term" in explorer.shown["sentences"].data["text/plain"]
    assert ("Northern Ledger: said", ("Northern Ledger", "said")) in term.options
    term.value = ("Northern Ledger", "said")
    lines = explorer.shown["sentences"].data["text/csv"].splitlines()
    assert len(lines) == 1 + 15
    assert all(line.startswith("northern-ledger/") for line in lines[1:])
    assert run(explorer.code("sentences"), news).data == explorer.shown["sentences"].data
    explorer.controls["told_by"].value = "all"
    assert "kastria-herald/" in explorer.shown["sentences"].data["text/csv"]


@with_widgets
def test_any_word_can_be_looked_up(news):
    explorer = analysis.explore(news)
    explorer.controls["term"].value = explorer.controls["term"].options[0][1]
    explorer.controls["word"].value = "the government"
    assert explorer.controls["term"].value is None
    assert "<mark>the government</mark>" in explorer.shown["sentences"].data["text/html"]
    explorer.controls["word"].value = "zeppelin"
    assert "'zeppelin' is not in the corpus" in explorer.shown["sentences"].data["text/plain"]
    assert "concordance" not in explorer.shown["code"].data["text/plain"]


@with_widgets
def test_a_choice_that_allows_no_comparison_says_why(news):
    explorer = analysis.explore(news)
    explorer.controls["outlets"].value = ["Kastria Herald"]
    assert "a comparison needs two groups" in explorer.shown["findings"].data["text/plain"]
    assert explorer.controls["term"].options == ()
    explorer.controls["outlets"].value = ["Kastria Herald", "Northern Ledger"]
    assert "Kastria Herald" in explorer.shown["table"].data["text/html"]


@with_widgets
def test_every_display_of_the_explorer_follows(news, monkeypatch):
    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    publisher = CapturingDisplayPublisher(shell=shell)
    monkeypatch.setattr(shell, "display_pub", publisher)
    shell.user_ns |= {"_hidden": news, "mine": news}
    try:
        explorer = analysis.explore(news)
        assert "chosen = mine" in explorer.code("table")
        explorer._ipython_display_()
        first = publisher.outputs
        assert len(first) == 7
        assert module.WIDGET in first[0]["data"]
        assert "The controls of the explorer work in JupyterLab" in first[0]["data"]["text/html"]
        explorer.controls["voice"].value = "own"
        updated = [one for one in publisher.outputs[7:] if one.get("update")]
        ids = {one["transient"]["display_id"] for one in first[1:]}
        assert {one["transient"]["display_id"] for one in updated} == ids
    finally:
        InteractiveShell.clear_instance()


@with_widgets
def test_a_name_that_is_no_variable_is_refused(news):
    with pytest.raises(DataError, match="name is 'my news'"):
        analysis.explore(news, name="my news")
    with pytest.raises(DataError, match="there is no part 'figure'"):
        analysis.explore(news).code("figure")
