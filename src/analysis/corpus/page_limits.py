"""What the parsers beneath can bear of a web page: its size, its blocks and its depth."""

from __future__ import annotations

from lxml.html import HtmlElement

from analysis.corpus.schema import DataError

LARGEST = 20_000_000  # bytes
# jusText, one of the extractors that trafilatura asks for a second opinion, looks from each short
# block past all the others; of news pages one in a thousand has more blocks.
MOST_BLOCKS = 3000
BLOCKS = [
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "option",
    "p",
    "pre",
    "table",
    "td",
    "th",
    "tr",
    "ul",
]
# libxml2 stops reading an HTML page inside so many elements, and says nothing.
DEEPEST = 254


def check_size(html: str | bytes) -> None:
    """Refuse a page that is too large.

    Raises
    ------
    DataError
        When it has more than `LARGEST` bytes (or characters).
    """
    if len(html) > LARGEST:
        raise DataError(f"is larger than {LARGEST / 1e6:g} MB, too much for one page")


def has_many_blocks(tree: HtmlElement) -> bool:
    """Tell whether a second opinion would cost more than it is worth."""
    return sum(1 for _ in tree.iter(*BLOCKS)) > MOST_BLOCKS


def is_too_deep(tree: HtmlElement) -> bool:
    """Tell whether the parser stopped because the page nests elements too deep.

    Where it stops, the last element of the tree is the one at that depth.
    """
    element, depth = tree, 0
    while len(element):
        element, depth = element[-1], depth + 1
    return depth >= DEEPEST
