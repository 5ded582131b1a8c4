"""Coding sentences by hand in JupyterLab: what was coded so far, and the buttons for it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.compare.reliability_sample import LABELS, as_text
from analysis.corpus.schema import DataError
from analysis.report.cells import escape

WITHOUT_WIDGETS = (
    "The coder needs ipywidgets, which comes with JupyterLab: run `make lab`, or code the sample's "
    "CSV in a spreadsheet."
)


class Coding:
    """A coder's way through a sample.

    Parameters
    ----------
    sample
        As ``draw_sample`` gives it: its columns behind ``weight`` are the frames.
    coder
        The coder's name, kept with each code.
    path
        A CSV that each code is written to at once; codes in it are read first.

    Raises
    ------
    DataError
        When the sample has no frames or no rows, the coder has no name, or the file holds another
        sample.
    """

    def __init__(self, sample: pd.DataFrame, *, coder: str, path: str | Path | None = None) -> None:
        self.frames = [str(name) for name in sample.columns if name not in (*LABELS, "coder")]
        if not self.frames or sample.empty or not coder.strip():
            raise DataError(
                f"there are {len(sample)} sentences, {len(self.frames)} frames and the coder "
                f"{coder!r}; pass what analysis.draw_sample gives, and a name"
            )
        self.codes = sample.reset_index(drop=True).assign(coder=coder)
        self.codes[self.frames] = self.codes[self.frames].astype("object")
        self.path = None if path is None else Path(path)
        self.place = 0
        if self.path is not None and self.path.is_file():
            self._resume(self.path)

    @property
    def sentence(self) -> str:
        """The sentence to code now."""
        return str(self.codes["sentence"].iloc[self.place])

    @property
    def n_coded(self) -> int:
        """How many sentences have a code for every frame."""
        return int((self.codes[self.frames] != "").all(axis=1).sum())

    def code(self, present: dict[str, bool]) -> None:
        """Code the sentence for each frame, keep it, and go on to the next one."""
        unknown = [name for name in present if name not in self.frames]
        if unknown or len(present) < len(self.frames):
            raise DataError(
                f"the codes are for {', '.join(present)}; code each of {', '.join(self.frames)}"
            )
        for name, value in present.items():
            self.codes.loc[self.place, name] = "1" if value else "0"
        if self.path is not None:
            self.codes.map(as_text).to_csv(self.path, index=False, encoding="utf-8-sig")
        self.go(1)

    def go(self, step: int) -> None:
        """Go on, or back, by so many sentences; not beyond the first or last one."""
        self.place = min(max(self.place + step, 0), len(self.codes) - 1)

    def _resume(self, path: Path) -> None:
        kept = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        if len(kept) != len(self.codes) or list(kept.get("article_id", [])) != list(
            self.codes["article_id"].astype(str)
        ):
            raise DataError(f"{path.name} holds the codes of another sample; choose another name")
        self.codes[self.frames] = kept[self.frames].to_numpy(dtype=object)
        open_ = (self.codes[self.frames] == "").any(axis=1).to_numpy()
        self.place = int(open_.argmax()) if open_.any() else len(open_) - 1


def code_sentences(sample: pd.DataFrame, *, coder: str, path: str | Path | None = None) -> Any:  # noqa: ANN401, a widget, whose library may be missing
    """Show buttons to code a sample with, in JupyterLab.

    Parameters
    ----------
    sample, coder, path
        As for ``Coding``.

    Returns
    -------
    ipywidgets.VBox
        With the codes in its attribute ``coding``. Where ipywidgets is not installed a text that
        says how to get it.
    """
    coding = Coding(sample, coder=coder, path=path)
    if find_spec("ipywidgets") is None:
        return WITHOUT_WIDGETS
    return build_widget(coding)


def build_widget(coding: Coding) -> Any:  # noqa: ANN401
    """Lay out the sentence, a box to tick for each frame, and the buttons."""
    widgets: Any = import_module("ipywidgets")  # only JupyterLab's environment has it

    text = widgets.HTML()
    boxes = {name: widgets.Checkbox(description=name, indent=False) for name in coding.frames}
    keep = widgets.Button(description="Keep and go on", button_style="primary")
    back = widgets.Button(description="Back")

    def show() -> None:
        text.value = (
            f"<p>{coding.place + 1} of {len(coding.codes)} ({coding.n_coded} coded)</p>"
            f"<blockquote>{escape(coding.sentence)}</blockquote>"
        )
        for name, box in boxes.items():
            box.value = coding.codes.loc[coding.place, name] == "1"

    def kept(_: object) -> None:
        coding.code({name: bool(box.value) for name, box in boxes.items()})
        show()

    def went_back(_: object) -> None:
        coding.go(-1)
        show()

    keep.on_click(kept)
    back.on_click(went_back)
    show()
    layout = widgets.VBox([text, *boxes.values(), widgets.HBox([back, keep])])
    layout.coding = coding
    return layout
