"""Which column of a file is which column of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from analysis.corpus.schema import ARTICLE_COLUMNS, DataError

# Every name by which a column is recognised without being told; compared in lower case, with
# runs of spaces, hyphens and dots as one underscore, and without a leading "article_" or "news_".
# The column's own name always wins, so that a file with `title` and `headline` is no riddle.
ALIASES: dict[str, tuple[str, ...]] = {
    "article_id": ("id", "_id", "uuid", "guid", "doc_id", "document_id", "docid"),
    "outlet": (
        "source", "source_name", "publication", "publisher", "newspaper", "media", "media_name",
        "medium", "site", "site_name", "sitename", "news_source", "outlet_name", "domain",
    ),
    "published": (
        "date", "publish_date", "published_at", "publishedat", "published_date", "publication_date",
        "publishing_date", "pub_date", "pubdate", "date_published", "datepublished", "date_publish",
        "datetime", "time_published", "timestamp",
    ),
    "title": ("headline", "heading", "head_line", "title_text"),
    "url": ("link", "href", "uri", "web_url", "weburl", "source_url", "source_link", "permalink"),
    "text": (
        "body", "content", "contents", "article", "full_text", "fulltext", "body_text", "bodytext",
        "articlebody", "raw_text", "maintext", "main_text", "plain_text", "plaintext", "story",
    ),
    "agency": ("news_agency", "wire_service"),
}  # fmt: skip
FILE_ALIASES = ("file", "filename", "file_name", "path", "filepath", "file_path")
TARGETS = tuple(ALIASES)


def check_mapping(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Refuse a mapping ``{"their name": "our name"}`` that cannot be meant.

    Raises
    ------
    DataError
        When one of our names is none, or two of theirs are given for one of ours.
    """
    given = dict(columns or {})
    for theirs, ours in given.items():
        if ours not in TARGETS:
            close = get_close_matches(str(ours), TARGETS, n=1, cutoff=0.5)
            meant = f"; did you mean {close[0]!r}?" if close else ""
            raise DataError(
                f"columns maps {theirs!r} to {ours!r}, which is no column of an article "
                f"(they are: {', '.join(TARGETS)}){meant}"
            )
    for ours in TARGETS:
        theirs_all = [theirs for theirs, target in given.items() if target == ours]
        if len(theirs_all) > 1:
            raise DataError(
                f"columns maps both {theirs_all[0]!r} and {theirs_all[1]!r} to {ours!r}; keep one"
            )
    return given


def name_columns(found: Iterable[object], given: Mapping[str, str]) -> dict[str, str]:
    """Find which of a file's columns are which columns of an article.

    Parameters
    ----------
    found
        The file's column names.
    given
        A checked mapping ``{"their name": "our name"}``; it goes before everything else.

    Returns
    -------
    dict
        ``{"our name": "their name"}`` for those that the file has.

    Raises
    ------
    DataError
        When two columns could be the same column of an article.
    """
    names = [str(name) for name in found]
    result = {ours: theirs for theirs, ours in given.items() if theirs in names}
    free = [name for name in names if name not in given]
    for ours, aliases in ALIASES.items():
        if ours in result:
            continue
        own = [name for name in free if _plain(name) == ours]
        fitting = own or [
            name for name in free if _without_prefix(_plain(name)) in {ours, *aliases}
        ]
        if len(fitting) > 1:
            raise DataError(
                f"both {fitting[0]!r} and {fitting[1]!r} could be the {ours}; "
                f"say which one is meant: columns={{{fitting[0]!r}: {ours!r}}}"
            )
        if fitting:
            result[ours] = fitting[0]
    return result


def extra_names(found: Iterable[object], named: Mapping[str, str]) -> dict[str, str]:
    """Give the name under which each further column is kept: its own unless that is taken."""
    taken = {*ARTICLE_COLUMNS, "agency"}
    used = set(named.values())
    extras = [str(name) for name in found if str(name) not in used]
    return {name: f"{name}_in_file" if name in taken else name for name in extras}


def _plain(name: str) -> str:
    return re.sub(r"[\s.\-]+", "_", name.strip().lower())


def _without_prefix(name: str) -> str:
    return re.sub(r"^(article|news)_(?=.)", "", name)
