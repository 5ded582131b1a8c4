"""What the explorer shows for what was chosen, and the code that shows the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.compare.terms import compare_terms
from analysis.prepared_corpus import SHARED, Corpus
from analysis.report.cells import escape, visible
from analysis.report.display import Shown, show_concordance, show_figure, show_findings, show_table
from analysis.report.scatter import plot_keyness
from analysis.report.sentences import LEVEL, describe_terms
from analysis.report.tables import tabulate_terms
from analysis.text.concordance import concordance
from analysis.text.tokens import Voice

N_TERMS = 10  # of each outlet in the table
N_LINES = 15
DRAWN = 300  # terms of each outlet in the scatter's download
PARTS = ("sentences", "findings", "scatter", "table")
NOTE = (
    "times, low and high: how many times as often as in the others, with the 95 % interval; a "
    "difference is beyond chance where q is at most .05."
)


@dataclass(frozen=True)
class View:
    """What was chosen.

    Attributes
    ----------
    outlets
        Their names; all if empty.
    event
        An event's id, ``"shared"`` for a comparison inside the events that several outlets cover,
        empty for all articles.
    voice
        ``"own"``, ``"quoted"`` or None for both.
    longest
        Words of the longest phrase.
    term
        The term whose sentences are read; empty for none.
    told_by
        The outlets whose sentences are read; those of the view if empty.
    """

    outlets: tuple[str, ...] = ()
    event: str = ""
    voice: Voice | None = None
    longest: int = 1
    term: str = ""
    told_by: tuple[str, ...] = ()


def choose(corpus: Corpus, view: View) -> Corpus:
    """Give the articles of a view, with events and voices where it asks for them."""
    if view.event and "event_id" not in corpus.articles:
        corpus = corpus.with_events()
    if view.voice and corpus.tokens.voice is None:
        corpus = corpus.with_voices()
    if view.outlets or view.event:
        corpus = corpus.only(outlets=view.outlets, event=view.event)
    return corpus


def compare(chosen: Corpus, view: View) -> pd.DataFrame:
    """Compare the terms of a view's outlets (see ``compare_terms``)."""
    counts = chosen.counts(ngrams=(1, view.longest), voice=view.voice)
    return compare_terms(counts, within="event_id" if view.event == SHARED else None)


def lead(terms: pd.DataFrame) -> pd.DataFrame:
    """Give the terms that an outlet uses more than the others, the clearest first."""
    return terms[terms["estimate"] > 0]


def show_comparison(terms: pd.DataFrame) -> dict[str, Shown]:
    """Show a comparison as findings, as a scatter and as a table."""
    findings = describe_terms(terms)
    return {
        "findings": show_findings(findings),
        "scatter": show_figure(
            plot_keyness(terms),
            alt=" ".join(findings),
            caption="In how many articles the telling terms stand",
            name="scatter",
            data=tabulate_terms(terms[terms["q"] <= LEVEL], n_terms=DRAWN),
        ),
        "table": show_table(
            tabulate_terms(lead(terms), n_terms=N_TERMS),
            caption="The clearest terms of each outlet",
            name="terms",
            note=NOTE,
        ),
    }


def show_sentences(chosen: Corpus, view: View) -> Shown:
    """Show the sentences with the term that was chosen, in the voice that was counted."""
    told_by = chosen.only(outlets=view.told_by) if view.told_by else chosen
    return show_concordance(
        concordance(told_by.tokens.in_voice(view.voice), view.term, limit=N_LINES),
        caption="Sentences with the term",
        name="sentences",
    )


def write_code(corpus: Corpus, view: View, part: str, *, name: str = "news") -> str:
    """Write the code that shows a part of a view, ready to paste into a cell.

    Parameters
    ----------
    corpus
        Whose view it is.
    view
        What was chosen. Its words stand in the code as quoted literals.
    part
        ``findings``, ``scatter``, ``table`` or ``sentences``.
    name
        The variable that holds the corpus.
    """
    chosen = f"chosen = {name}{''.join(write_steps(corpus, view))}"
    lines = sentence_lines(view) if part == "sentences" else comparison_lines(view, part)
    return "\n".join(["import analysis", "", chosen, *lines])


def write_steps(corpus: Corpus, view: View) -> Iterator[str]:
    """Write the calls that `choose` makes."""
    if view.event and "event_id" not in corpus.articles:
        yield ".with_events()"
    if view.voice and corpus.tokens.voice is None:
        yield ".with_voices()"
    given = [f"outlets={list(view.outlets)!r}"] if view.outlets else []
    given += [f"event={view.event!r}"] if view.event else []
    if given:
        yield f".only({', '.join(given)})"


def comparison_lines(view: View, part: str) -> list[str]:
    """Write the calls of `compare` and of one part of `show_comparison`."""
    voice = f", voice={view.voice!r}" if view.voice else ""
    within = ', within="event_id"' if view.event == SHARED else ""
    counted = f"chosen.counts(ngrams=(1, {view.longest}){voice})"
    shown = {
        "findings": ["analysis.show_findings(analysis.describe_terms(terms))"],
        "scatter": [
            "analysis.show_figure(",
            "    analysis.plot_keyness(terms),",
            '    alt=" ".join(analysis.describe_terms(terms)),',
            '    caption="In how many articles the telling terms stand",',
            '    name="scatter",',
            f'    data=analysis.tabulate_terms(terms[terms["q"] <= {LEVEL}], n_terms={DRAWN}),',
            ")",
        ],
        "table": [
            "analysis.show_table(",
            f'    analysis.tabulate_terms(terms[terms["estimate"] > 0], n_terms={N_TERMS}),',
            '    caption="The clearest terms of each outlet",',
            '    name="terms",',
            f"    note={NOTE!r},",
            ")",
        ],
    }
    return [f"terms = analysis.compare_terms({counted}{within})", *shown[part]]


def sentence_lines(view: View) -> list[str]:
    """Write the calls of `show_sentences`."""
    only = f".only(outlets={list(view.told_by)!r})" if view.told_by else ""
    voice = f".in_voice({view.voice!r})" if view.voice else ""
    tokens = f"chosen{only}.tokens{voice}"
    return [
        "analysis.show_concordance(",
        f"    analysis.concordance({tokens}, {view.term!r}, limit={N_LINES}),",
        '    caption="Sentences with the term",',
        '    name="sentences",',
        ")",
    ]


def show_code(corpus: Corpus, view: View, *, name: str = "news") -> Shown:
    """Show the code of every part of a view, each folded."""
    parts = [part for part in PARTS if view.term or part != "sentences"]
    codes = {part: write_code(corpus, view, part, name=name) for part in parts}
    page = "".join(
        f'<details class="code"><summary>Code of the {part}</summary><pre tabindex="0" '
        f'role="group" aria-label="Code of the {part}"><code>{escape(code)}</code></pre></details>'
        for part, code in codes.items()
    )
    plain = "\n\n".join(codes.values())
    return Shown({"text/html": page, "text/plain": plain}, {"text/html": {"kind": "view"}})


def show_note(text: str) -> Shown:
    """Show a remark where there is nothing else to show."""
    page = f'<p class="note">{escape(text)}</p>'
    labels = {"text/html": {"kind": "view"}}
    return Shown({"text/html": page, "text/plain": visible(text)}, labels)
