"""What a page states about its article in JSON-LD (schema.org's NewsArticle)."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

JSON_LD = re.compile(r"<script[^>]{0,300}application/ld\+json[^>]{0,300}>", re.I)
SCRIPT_END = re.compile("</script", re.I)
TAG = re.compile(r"</?\w[^<>]{0,1000}>")
MARKS_OF_ARTICLES = ("articleBody", "datePublished", "isAccessibleForFree")
CREDITS = ("author", "creator", "creditText", "sourceOrganization", "provider")
LONGEST_NAME = 200
MOST_NODES = 10_000

Node = dict[str, object]


@dataclass(frozen=True)
class Statements:
    """The statements of a page; empty where it makes none.

    Attributes
    ----------
    body
        The longest ``articleBody``, without markup.
    published
        Every ``datePublished``, as written.
    section
        The first ``articleSection``.
    credits
        The names under `CREDITS`: authors, and who provided the article.
    free
        Whether it can be read without paying; None where the page does not say.
    words
        The greatest ``wordCount``, 0 if none.
    """

    body: str = ""
    published: tuple[str, ...] = ()
    section: str = ""
    credits: tuple[str, ...] = ()
    free: bool | None = None
    words: int = 0


def read_statements(page: str) -> Statements:
    """Read what a page states; damaged statements are passed over."""
    nodes = list(_articles(page))
    bodies = [_plain(body) for node in nodes for body in _strings(node.get("articleBody"))]
    sections = [name for node in nodes for name in _strings(node.get("articleSection"))]
    free = [_truth(node["isAccessibleForFree"]) for node in nodes if "isAccessibleForFree" in node]
    return Statements(
        body=max(bodies, key=len, default=""),
        published=tuple(day for node in nodes for day in _strings(node.get("datePublished"))),
        section=_plain(sections[0])[:LONGEST_NAME] if sections else "",
        credits=tuple(
            name[:LONGEST_NAME]
            for node in nodes
            for key in CREDITS
            for name in _strings(node.get(key))
        ),
        free=None if not free else all(free),
        words=max((_count(node.get("wordCount")) for node in nodes), default=0),
    )


def _articles(page: str) -> Iterator[Node]:
    for statement in _scripts(page):
        try:
            stack = [json.loads(statement, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MOST_NODES):
            if not stack:
                break
            node = stack.pop()
            if isinstance(node, list):
                stack += node
            elif isinstance(node, dict):
                stack += [node[key] for key in ("@graph", "mainEntity") if key in node]
                if any(key in node for key in MARKS_OF_ARTICLES):
                    yield node


def _scripts(page: str) -> Iterator[str]:
    """Give what stands in each script of JSON-LD that ends; none is read twice."""
    place = 0
    while (start := JSON_LD.search(page, place)) and (end := SCRIPT_END.search(page, start.end())):
        yield page[start.end() : end.start()]
        place = end.end()


def _strings(value: object) -> list[str]:
    """Give the strings of a value: itself, its items, or the names of the things it lists."""
    values = value if isinstance(value, list) else [value]
    named = [one.get("name") if isinstance(one, dict) else one for one in values]
    return [one for one in named if isinstance(one, str) and one.strip()]


def _truth(value: object) -> bool:
    return str(value).strip().lower().rpartition("/")[2] not in {"false", "0", "no"}


def _count(value: object) -> int:
    digits = re.fullmatch(r"\s*(\d{1,7})(?:\.0*)?\s*", str(value))
    return int(digits[1]) if digits else 0


def _plain(text: str) -> str:
    """Give a text that may hold markup or entities without them."""
    text = TAG.sub("\n", entities.unescape(text))
    return "\n".join(line for raw in text.splitlines() if (line := " ".join(raw.split())))
