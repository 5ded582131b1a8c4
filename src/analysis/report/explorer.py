"""The explorer for JupyterLab: controls to choose by, and below them what they chose.

What is chosen appears as ordinary outputs of the cell, not inside a widget: it is saved with the
notebook and stays readable wherever the controls are gone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from keyword import iskeyword
from typing import Any

from analysis.corpus.schema import DataError
from analysis.prepared_corpus import Corpus
from analysis.report.cells import visible
from analysis.report.display import Shown
from analysis.report.explorer_controls import build_controls
from analysis.report.explorer_view import (
    N_TERMS,
    PARTS,
    View,
    choose,
    compare,
    lead,
    show_code,
    show_comparison,
    show_note,
    show_sentences,
    write_code,
)
from analysis.report.tables import tabulate_terms

WITHOUT_WIDGETS = (
    "The explorer needs ipywidgets, which comes with JupyterLab: run `make lab` and open the "
    "notebook there, or `pip install ipywidgets` into this environment"
)
WITHOUT_CONTROLS = "The controls of the explorer work in JupyterLab; below is what was chosen last."
ASK_FOR_TERM = "Choose a term, or write a word, to read its sentences."
WIDGET = "application/vnd.jupyter.widget-view+json"
NOTHING = show_note("")


class Explorer:
    """What is being explored: the last thing chosen, and what it shows.

    Attributes
    ----------
    corpus
        As it was given.
    view
        What is chosen now.
    shown
        What is shown now, by part: ``choice, sentences, findings, scatter, table, code``.
    controls
        The widgets by name: ``outlets, event, voice, longest, term, told_by, word``.
    """

    def __init__(self, corpus: Corpus, *, name: str) -> None:
        self.corpus, self.name = corpus, name
        self._grouped = corpus if "event_id" in corpus.articles else corpus.with_events()
        self.view = View()
        self.shown = dict.fromkeys(("choice", *PARTS, "code"), NOTHING)
        self._handles: list[dict[str, Any]] = []
        self._widgets: Any = import_module("ipywidgets")  # only JupyterLab's environment has it
        self.controls = build_controls(self._widgets, self._grouped)
        for control in ("outlets", "event", "voice", "longest"):
            self.controls[control].observe(lambda _: self._compare(), names="value")
        for control in ("term", "told_by"):
            self.controls[control].observe(lambda _: self._read(), names="value")
        self.controls["word"].observe(lambda _: self._look_up(), names="value")
        self._compare()

    def code(self, part: str) -> str:
        """Write the code that shows a part of what is shown now.

        Parameters
        ----------
        part
            ``findings``, ``scatter``, ``table`` or ``sentences``.
        """
        if part not in PARTS:
            raise DataError(f"there is no part {part!r} (there are: {', '.join(PARTS)})")
        return write_code(self.corpus, self.view, part, name=self.name)

    def _compare(self) -> None:
        """Compare anew: an outlet, an event, a voice or the length of phrases was chosen."""
        value = {name: control.value for name, control in self.controls.items()}
        names = self.controls["outlets"].options
        some = () if len(value["outlets"]) == len(names) else tuple(value["outlets"])
        self.view = View(some, value["event"], value["voice"], value["longest"])
        self._show({"choice": show_note("Comparing …")})
        try:
            self._chosen = choose(self._grouped, self.view)
            terms = compare(self._chosen, self.view)
            shown = show_comparison(terms)
            clearest = tabulate_terms(lead(terms), n_terms=N_TERMS)
            pairs = [
                (visible(f"{outlet}: {term}"), (outlet, term))
                for outlet, term in zip(clearest["outlet"], clearest["term"], strict=True)
            ]
        except DataError as error:
            shown = dict.fromkeys(("scatter", "table"), NOTHING)
            shown["findings"] = show_note(str(error))
            pairs = []
        self._show({"choice": show_note(self._describe()), **shown})
        listing = self.controls["term"]
        with listing.hold_trait_notifications():
            listing.options, listing.value = pairs, None
        self.controls["word"].value = ""
        self._show({"sentences": show_note(ASK_FOR_TERM), "code": self._code()})

    def _read(self) -> None:
        """Show the sentences of the term that was chosen from the list."""
        chosen = self.controls["term"].value
        if chosen is None:
            return
        outlet, term = chosen
        self.controls["word"].value = ""
        alone = self.controls["told_by"].value == "outlet"
        self._show_sentences(term, (outlet,) if alone else ())

    def _look_up(self) -> None:
        """Show the sentences of a word that was written, in all outlets that were chosen."""
        if word := self.controls["word"].value.strip():
            self.controls["term"].value = None
            self._show_sentences(word, ())

    def _show_sentences(self, term: str, told_by: tuple[str, ...]) -> None:
        self.view = replace(self.view, term=term, told_by=told_by)
        try:
            sentences = show_sentences(self._chosen, self.view)
        except DataError as error:
            self.view = replace(self.view, term="", told_by=())
            sentences = show_note(str(error))
        self._show({"sentences": sentences, "code": self._code()})

    def _describe(self) -> str:
        """Say what was chosen, for readers who do not see the controls."""
        said = [", ".join(self.view.outlets) or "All outlets"]
        said += [self.controls[name].label for name in ("event", "voice", "longest")]
        return f"Compared: {'; '.join(said)}."

    def _code(self) -> Shown:
        return show_code(self.corpus, self.view, name=self.name)

    def _show(self, parts: Mapping[str, Shown]) -> None:
        """Put parts in the place of what was shown before, wherever the explorer is displayed."""
        self.shown.update(parts)
        for handles in self._handles:
            for part, shown in parts.items():
                handles[part].update(shown)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self._show_controls())  # type: ignore[no-untyped-call]
        self._handles.append(
            {part: display(shown, display_id=True) for part, shown in self.shown.items()}  # type: ignore[no-untyped-call]
        )

    def _show_controls(self) -> Shown:
        """Lay out the controls; where no widget can be shown a line says so."""
        controls, widgets = self.controls, self._widgets
        names = ("event", "voice", "longest")
        left = widgets.VBox([controls["outlets"], *(controls[name] for name in names)])
        right = widgets.VBox([controls[name] for name in ("term", "told_by", "word")])
        box = widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap"))
        view = box._repr_mimebundle_()[WIDGET]
        note = show_note(WITHOUT_CONTROLS)
        return Shown({WIDGET: view, **note.data}, note.metadata)


def explore(corpus: Corpus, *, name: str = "") -> Explorer:
    """Explore in JupyterLab which words set outlets apart, and read the sentences behind them.

    Choose outlets, an event, a voice; choose a term, or write a word, and read its sentences. Below
    stands the code that shows the same, ready to be pasted into a cell.

    Parameters
    ----------
    corpus
        As ``prepare`` gives it.
    name
        The variable that holds it, for the code. Empty looks for it among the notebook's variables,
        and takes ``news`` where there is none.

    Returns
    -------
    Explorer
        Displayed where it is a cell's last line. Saved with the notebook is what was chosen last.

    Raises
    ------
    DataError
        When ipywidgets is not installed, or `name` cannot be a variable.

    Notes
    -----
    Misleads when many views are looked through for one that shows something: q holds for the
    comparison on the screen, not for the search.
    """
    if find_spec("ipywidgets") is None:
        raise DataError(WITHOUT_WIDGETS)
    name = name or find_variable(corpus)
    if not name.isidentifier() or iskeyword(name):
        raise DataError(f"name is {name!r}; it must be a variable's name, such as 'news'")
    return Explorer(corpus, name=name)


def find_variable(corpus: Corpus) -> str:
    """Find the notebook's variable that holds a corpus."""
    from IPython import get_ipython

    shell = get_ipython()
    variables = {} if shell is None else shell.user_ns
    mine = (name for name, value in variables.items() if value is corpus)
    return next((name for name in mine if not re.match("_", name)), "news")
