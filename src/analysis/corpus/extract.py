"""The article of a web page: its text, and what the page says about it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice, pairwise

import pandas as pd
import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document
from trafilatura.utils import load_html

from analysis.corpus.blocks import read_blocks
from analysis.corpus.credits import find_agency
from analysis.corpus.evidence import Evidence
from analysis.corpus.page_limits import LARGEST, has_many_blocks, is_too_deep
from analysis.corpus.page_text import revise
from analysis.corpus.repair import repair
from analysis.corpus.statements import Statements, read_statements
from analysis.corpus.truncation import NOT_FREE, PAYWALL, TOO_DEEP, TOO_LARGE, find_truncation

MOST_ELEMENTS = 20_000
WORD = re.compile(r"\w+")
# The page's own statement of the article's text is taken when the tree gives next to nothing, or
# when it holds nearly all of what the tree gives and more besides.
SHORT_WORDS, AGREEMENT, LONGER = 60, 0.8, 1.25
# A text with this share of the stated number of words is whole, paid for or not.
WHOLE = 0.85


@dataclass(frozen=True)
class Page:
    """An article's text, and what its page says about it; ``""`` for what it does not say.

    ``truncated`` is the reason for which the text is taken for the beginning of the article only;
    ``evidence`` is what the text was made from, None where it is the body that the page states.
    """

    text: str
    title: str = ""
    author: str = ""
    site: str = ""
    published: pd.Timestamp | None = None
    url: str = ""
    section: str = ""
    language: str = ""
    agency: str = ""
    truncated: str = ""
    evidence: Evidence | None = field(default=None, repr=False)


def extract(html: str | bytes, url: str = "") -> str:
    """Give the main text of a web page.

    Parameters
    ----------
    html
        The page; bytes are decoded by what they declare and by what they look like.
    url
        Where it was found, if known.

    Returns
    -------
    str
        The paragraphs of the article, a line each, without menus, comments and teasers; ``""``
        where the page has no text or is no page at all.

    Notes
    -----
    The base is trafilatura's text (Barbaresi 2021, doi:10.18653/v1/2021.acl-demo.15), or the body
    that a page states in JSON-LD where the tree holds less. It is revised block by block, by a
    logistic model of a block's shape, links, markup, place and company (as in Kohlschütter et al.
    2010, doi:10.1145/1718487.1718542). The headline is left out: it has a column.

    Misleads when a page shows only the beginning of its article, as behind a paywall.
    """
    return read_page(html, url).text


def read_page(html: str | bytes, url: str = "") -> Page:
    """Read the article and its metadata from a web page, in one parse.

    Parameters
    ----------
    html, url
        As in `extract`.

    Returns
    -------
    Page
        Text, title, author, site (its name), time of publication (naive, UTC), url (the canonical
        one, where none is given), section, language, agency (credited as author or provider), and
        whether the page holds only the beginning.
    """
    if len(html) > LARGEST or not html.strip():
        return Page("", url=url)
    page = _decode(html)
    tree = _load(page)
    unread = _unread(tree) if tree is not None else ""
    document = _parse(tree, url)
    if tree is None or document is None:
        return Page("", url=url, truncated=unread)
    stated = read_statements(page)
    base = document.text or ""
    text, evidence = _better_text(base, stated.body), None
    if text == base:
        evidence = _evidence(tree, document, stated)
        text = revise(evidence)
    return Page(
        text=text,
        title=_one_line(document.title),
        author=_one_line(document.author),
        site=_one_line(document.sitename),
        published=_first_time([*stated.published, document.date or ""]),
        url=url or _one_line(document.url),
        section=stated.section or _one_line((document.categories or [""])[0]),
        language=_one_line(document.language),
        agency=_agency(stated, base),
        truncated=unread or _truncated(text, base, stated),
        evidence=evidence,
    )


def _decode(html: str | bytes) -> str:
    with _quiet():
        page = html if isinstance(html, str) else str(trafilatura.utils.decode_file(html))
    return page.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _load(page: str) -> HtmlElement | None:
    with _quiet():
        try:
            return load_html(page)
        except Exception:  # a hostile page makes the parser raise anything
            return None


def _unread(tree: HtmlElement) -> str:
    """Say why a part of the page is not read, ``""`` if all of it is."""
    deep = is_too_deep(tree)
    return TOO_LARGE if _shorten(tree) else TOO_DEEP if deep else ""


def _shorten(tree: HtmlElement) -> bool:
    """Cut a page behind the elements that can be read in seconds; say whether it was cut."""
    beyond = list(islice(tree.iter(), MOST_ELEMENTS, None))
    cut = set(beyond)
    for element in beyond:
        parent = element.getparent()
        if parent is not None and parent not in cut:
            parent.remove(element)
    return bool(beyond)


def _evidence(tree: HtmlElement, document: Document, stated: Statements) -> Evidence:
    return Evidence(
        blocks=read_blocks(tree),
        base=document.text or "",
        stated=stated.body,
        title=document.title or "",
        description=document.description or "",
    )


def _parse(tree: HtmlElement | None, url: str) -> Document | None:
    """Run trafilatura; None where it finds nothing or cannot read the page."""
    if tree is None:
        return None
    with _quiet():
        try:
            found = trafilatura.bare_extraction(
                tree,
                url=url or None,
                include_comments=False,
                with_metadata=True,
                fast=has_many_blocks(tree),
                date_extraction_params={"original_date": True, "extensive_search": False},
            )
        except Exception:  # a hostile page makes the parsers beneath raise anything
            return None
    return found if isinstance(found, Document) else None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep trafilatura's complaints about broken pages out of the reader's sight."""
    logger = logging.getLogger("trafilatura")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _better_text(text: str, body: str) -> str:
    """Choose between the text of the tree and the body that the page states."""
    ours, theirs = WORD.findall(text), WORD.findall(body)
    in_one_line = "\n" not in text and "\n" in body and len(theirs) >= len(ours)
    if len(theirs) < max(SHORT_WORDS, (1 if in_one_line else LONGER) * len(ours)):
        return text
    known = set(pairwise(theirs))
    pairs = list(pairwise(ours))
    shared = sum(pair in known for pair in pairs)
    agrees = len(ours) < SHORT_WORDS or shared >= AGREEMENT * len(pairs)
    return body if agrees else text


def _first_time(values: Iterable[str]) -> pd.Timestamp | None:
    """Give the first readable time: what the page states to the minute, or the day."""
    for value in values:
        moment = pd.to_datetime(value, utc=True, errors="coerce")
        if not pd.isna(moment):
            return moment.tz_localize(None)
    return None


def _agency(stated: Statements, base: str) -> str:
    """Find the agency that the page states, or that the text credits before it is revised."""
    named = (find_agency(text) for text in (*stated.credits, base))
    return next((name for name in named if name), "")


def _truncated(text: str, base: str, stated: Statements) -> str:
    """Say why a text is taken for the beginning of its article only, ``""`` if it is not.

    The revision takes notices out, so that they are looked for in the base too.
    """
    words = len(WORD.findall(text))
    if stated.words and words >= WHOLE * stated.words:
        return find_truncation(text)
    if stated.free is False:
        return NOT_FREE
    found = find_truncation(base)
    return found if found == PAYWALL else find_truncation(text)


def _one_line(value: str | None) -> str:
    return " ".join(repair(value or "").split())
