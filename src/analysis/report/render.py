"""Executed notebooks to pages: one HTML file each, which loads nothing and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from nbformat import NotebookNode

from analysis.corpus.schema import DataError
from analysis.report.cells import visible
from analysis.report.markdown import Prose
from analysis.report.markup import name_cell_styles
from analysis.report.svg import as_address

TEMPLATES = Path(__file__).parent / "template"
PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/webp")
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Block:
    """One piece of a page.

    Attributes
    ----------
    kind
        ``prose``, ``method``, ``code``, ``text``, ``figure``, or an output of our own: ``table``,
        ``findings``, ``concordance``. Of ``code``, there is only the code.
    content
        HTML (of prose and our own outputs), a data address (of figures), or plain text.
    name
        Of its download, empty if it has none.
    csv
        The download.
    code
        What made it, folded away below it.
    """

    kind: str
    content: str
    name: str = ""
    caption: str = ""
    alt: str = ""
    csv: str = ""
    code: str = ""

    @property
    def size(self) -> str:
        """The download's size, for the link."""
        n_bytes = len(self.csv.encode())
        return f"{n_bytes:,} bytes" if n_bytes < 1000 else f"{n_bytes / 1000:,.0f} KB"


@dataclass(frozen=True)
class Page:
    """What a page shows, before it is laid out."""

    stem: str
    title: str
    sections: list[tuple[str, str]]
    blocks: list[Block] = field(repr=False)

    @property
    def downloads(self) -> list[Block]:
        """The blocks that have data to download."""
        return [block for block in self.blocks if block.name]

    @property
    def findings(self) -> Block | None:
        """The first list of findings, which stands for the page on the way in."""
        return next((block for block in self.blocks if block.kind == "findings"), None)

    @property
    def reliability(self) -> list[Block]:
        """What the page says on how far the comparisons can be trusted."""
        return [block for block in self.blocks if block.kind == "reliability"]


def read_page(notebook: NotebookNode, *, stem: str) -> Page:
    """Read what an executed notebook shows.

    Parameters
    ----------
    notebook
        With its outputs. HTML is taken from the outputs of ``report.display`` only; of any other
        output, the plain text.
    stem
        The file name of the page, without its ending.

    Raises
    ------
    DataError
        When a picture has no alternative text, or two outputs have the same name.
    """
    outputs = [list(read_outputs(cell, stem)) for cell in notebook.cells]
    names = [block.name for blocks in outputs for block in blocks if block.name]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataError(f"{stem}: two outputs are named {twice[0]!r}; give each its own name")
    prose = Prose(taken=set(names))
    blocks: list[Block] = []
    code: list[str] = []
    for cell, shown in zip(notebook.cells, outputs, strict=True):
        if cell.cell_type == "markdown":
            kind = "method" if "method" in cell.metadata.get("tags", []) else "prose"
            blocks.append(Block(kind, prose.write(cell.source)))
        elif cell.cell_type == "code" and cell.source.strip():
            code.append(visible(cell.source).strip())
        blocks += shown
        if shown:
            blocks[-1] = replace(blocks[-1], code="\n\n".join(code))
            code = []
    if code:
        blocks.append(Block("code", "", code="\n\n".join(code)))
    return Page(stem, prose.title or stem, prose.sections, blocks)


def read_outputs(cell: NotebookNode, stem: str) -> Iterable[Block]:
    """Read a cell's outputs; warnings on the error stream are the log's, not the page's."""
    for output in cell.get("outputs", []):
        if output.output_type == "stream" and output.name == "stdout":
            if text := clean_text(output.text):
                yield Block("text", text)
        elif output.output_type in ("display_data", "execute_result"):
            yield read_output(output.data, output.get("metadata", {}), stem=stem)


def read_output(data: Mapping[str, Any], metadata: Mapping[str, Any], *, stem: str) -> Block:
    """Read one rich output.

    Raises
    ------
    DataError
        When it is a picture without alternative text.
    """
    name = str(metadata.get("text/csv", {}).get("name", ""))
    download = {"name": name, "csv": str(data["text/csv"])} if name and "text/csv" in data else {}
    labels = metadata.get("text/html", {})
    if "text/html" in data and labels.get("kind"):
        caption = str(labels.get("caption", ""))
        page = name_cell_styles(str(data["text/html"]))
        return Block(labels["kind"], page, caption=caption, **download)
    for kind in PICTURES:
        if kind in data:
            labels = metadata.get(kind, {})
            return Block(
                "figure",
                picture_address(kind, data[kind]),
                alt=check_alt(labels.get("alt"), stem),
                caption=str(labels.get("caption", "")),
                **download,
            )
    return Block("text", clean_text(data.get("text/plain", "")), **download)


def check_alt(alt: object, stem: str) -> str:
    """Refuse a picture that has no words."""
    if not isinstance(alt, str) or not alt.strip():
        raise DataError(
            f"{stem}: a picture has no alternative text; show it by show_figure(..., alt=...)"
        )
    return alt


def picture_address(kind: str, content: str) -> str:
    """Write a picture into its own address; in an ``img``, an SVG can neither run nor load."""
    if kind == "image/svg+xml":
        return as_address(content)
    return f"data:{kind};base64,{''.join(content.split())}"


def clean_text(text: object) -> str:
    """Give plain output without terminal colours."""
    return visible(ANSI.sub("", str(text))).rstrip()


@cache
def templates() -> jinja2.Environment:
    """Load the templates; every value is escaped unless it is our own HTML."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["style"] = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))
    return environment


def render_page(page: Page, **context: Any) -> str:  # noqa: ANN401
    """Lay out a page: ``index`` by its own template, any other as a notebook.

    Parameters
    ----------
    page
        What it shows.
    **context
        What the template names besides: the report, its pages, the facts of the run.

    Returns
    -------
    str
        A whole HTML document.
    """
    name = "index.html.j2" if page.stem == "index" else "notebook.html.j2"
    return templates().get_template(name).render(page=page, **context)
