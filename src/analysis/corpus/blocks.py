"""The blocks of text of a web page, each with its place in the page and what its markup says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import yaml
from lxml.etree import _Element, iterwalk

# Elements that end a line; every other one runs on inside it.
BREAKING = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd",
    "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul"
})  # fmt: skip
WITHOUT_TEXT = frozenset({
    "applet", "audio", "button", "canvas", "datalist", "embed", "frame", "frameset", "head",
    "iframe", "input", "map", "math", "noembed", "noscript", "object", "option", "script",
    "select", "style", "svg", "template", "textarea", "title", "video"
})  # fmt: skip
STRONG = frozenset({"b", "strong", "em", "i"})
NAMING = ("class", "id", "role", "itemprop", "data-component", "data-testid", "aria-label")
LONGEST_NAME = 300  # characters of an attribute that are read
CUE_GROUPS = (
    "body", "standfirst", "headline", "caption", "byline", "date", "share", "related", "newsletter",
    "advert", "comments", "navigation", "box", "hidden",
)  # fmt: skip
MOST_BLOCKS = 20_000
NAMED_LEVELS = 4  # of the elements around a block, those that make its signature

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")  # the numbers of posts, which make every page's names its own
_SPACE = re.compile(r"[\s\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page.

    Attributes
    ----------
    text
        Its text, spaces collapsed.
    tag
        The innermost line-breaking element around it.
    tags, cues, near
        All tags around it; the groups of cues in the names of the elements around it, and of
        the innermost two only.
    signature
        Tags and class names of the innermost elements: the same for blocks that play the same part.
    path
        Numbers of the elements around it, the page's first; siblings share all but the last.
    article
        The number of the innermost `article` around it, 0 if there is none.
    linked, strong
        Share of its characters inside links, inside bold or italic print.
    hidden
        Whether the markup says that it is not shown.
    """

    text: str
    tag: str
    tags: frozenset[str]
    cues: frozenset[str]
    near: frozenset[str]
    signature: tuple[str, ...]
    path: tuple[int, ...]
    article: int
    linked: float
    strong: float
    hidden: bool

    @property
    def holder(self) -> int:
        """The number of the element that holds its element."""
        return self.path[-2] if len(self.path) > 1 else 0


def read_blocks(tree: _Element) -> list[Block]:
    """Split a page into its blocks of text, in the order of the page; at most `MOST_BLOCKS`."""
    blocks: list[Block] = []
    pieces: list[tuple[str, bool, bool]] = []
    stack = [_State()]
    walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for number, (event, element) in enumerate(walk, start=1):
        if event == "start":
            if element.tag in BREAKING:
                _flush(pieces, stack[-1], blocks)
            stack.append(stack[-1].enter(element, number))
            if element.tag in WITHOUT_TEXT:
                walk.skip_subtree()
            elif element.text:
                pieces.append((element.text, stack[-1].linked, stack[-1].strong))
        elif event == "end":
            if element.tag in BREAKING:
                _flush(pieces, stack[-1], blocks)
            stack.pop()
        if event != "start" and element.tail and len(stack) > 1:
            pieces.append((element.tail, stack[-1].linked, stack[-1].strong))
        if len(blocks) >= MOST_BLOCKS:
            break
    return blocks


class _State(NamedTuple):
    """What text inherits from the elements that are open around it."""

    tag: str = "body"
    tags: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    path: tuple[int, ...] = ()
    article: int = 0
    linked: bool = False
    strong: bool = False
    hidden: bool = False

    def enter(self, element: _Element, number: int) -> _State:
        tag = str(element.tag)
        if tag not in BREAKING:
            linked, strong = self.linked or tag == "a", self.strong or tag in STRONG
            same = linked == self.linked and strong == self.strong
            return self if same else self._replace(linked=linked, strong=strong)
        named = " ".join([value[:LONGEST_NAME] for name in NAMING if (value := element.get(name))])
        cues = find_cues(named)
        return _State(
            tag=tag,
            tags=self.tags if tag in self.tags else self.tags | {tag},
            cues=self.cues | cues if cues else self.cues,
            near=cues | find_cues(" ".join(self.names[-1:])),
            names=(*self.names[1 - NAMED_LEVELS :], f"{tag} {_NUMBER.sub('', named)}"),
            path=(*self.path, number),
            article=number if tag == "article" else self.article,
            linked=self.linked,
            strong=self.strong,
            hidden=self.hidden or _is_hidden(element),
        )


def _flush(pieces: list[tuple[str, bool, bool]], state: _State, blocks: list[Block]) -> None:
    if not pieces:
        return
    text = _SPACE.sub(" ", "".join([piece for piece, _, _ in pieces])).strip()
    if text:
        sizes = [len("".join(piece.split())) for piece, _, _ in pieces]
        linked = sum(size for size, (_, inside, _) in zip(sizes, pieces, strict=True) if inside)
        strong = sum(size for size, (_, _, inside) in zip(sizes, pieces, strict=True) if inside)
        whole = sum(sizes) or 1
        blocks.append(
            Block(
                text, state.tag, state.tags, state.cues, state.near, state.names, state.path,
                state.article, linked / whole, strong / whole, state.hidden,
            )
        )  # fmt: skip
    pieces.clear()


def _is_hidden(element: _Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_NO_DISPLAY.search(element.get("style", "")[:LONGEST_NAME]))
    )


@lru_cache(maxsize=20_000)
def find_cues(names: str) -> frozenset[str]:
    """Find what the names of an element say about it."""
    if not names:
        return frozenset()
    words = [word.lower() for word in _WORD.findall(names)]
    known = _cue_words()
    said = {*words, *(f"{one} {two}" for one, two in pairwise(words))}
    return frozenset(group for word in said for group in known.get(word, ()))


@cache
def _cue_words() -> dict[str, tuple[str, ...]]:
    source = files("analysis") / "lexicons" / "page_cues.yml"
    groups: dict[str, list[str]] = yaml.safe_load(source.read_text(encoding="utf-8"))
    known: dict[str, tuple[str, ...]] = {}
    for group, words in groups.items():
        for word in words:
            known[word] = (*known.get(word, ()), group)
    return known
