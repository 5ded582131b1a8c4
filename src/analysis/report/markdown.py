"""The prose of a notebook as HTML: its own tags are text, its headings can be linked to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import mistune
from markupsafe import Markup

from analysis.report.cells import visible


@dataclass
class Prose(mistune.HTMLRenderer):
    """Renders the Markdown of one page and collects its headings.

    Attributes
    ----------
    taken
        Anchors that the page already has.
    title
        The first heading of level 1, which is left out of the body.
    sections
        Anchor and text of each heading of level 2, in order.
    """

    taken: set[str] = field(default_factory=set)
    title: str = ""
    sections: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(escape=True)

    def heading(self, text: str, level: int, **attrs: Any) -> str:  # noqa: ANN401
        """Write a heading with an anchor."""
        words = str(Markup(text).striptags())
        if level == 1 and not self.title:
            self.title = words
            return ""
        level = max(level, 2)
        anchor = free_anchor(words, self.taken)
        if level == 2:
            self.sections.append((anchor, words))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Write a link; one to another notebook leads to its page."""
        return super().link(text, re.sub(r"^([\w.-]+)\.ipynb(?=#|$)", r"\1.html", url), title)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Write a picture's words: a page loads nothing, so prose has no pictures."""
        return text

    def write(self, source: str) -> str:
        """Give the HTML of one cell."""
        to_html = mistune.create_markdown(renderer=self, plugins=["table", "strikethrough"])
        page = str(to_html(visible(source)))
        return page.replace("<th>", '<th scope="col">').replace(
            "<th style", '<th scope="col" style'
        )


def free_anchor(words: str, taken: set[str]) -> str:
    """Make an anchor that no other place of the page has, and take it."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"
    anchor, number = stem, 2
    while anchor in taken:
        anchor, number = f"{stem}-{number}", number + 1
    taken.add(anchor)
    return anchor
