"""A folder of article files and tables, or a single file."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pandas as pd

from analysis.corpus import files
from analysis.corpus.assemble import LOADED_COLUMNS, assemble, number_rows
from analysis.corpus.outlets import outlet_of_url
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem
from analysis.corpus.tables import Table, read_table
from analysis.corpus.truncation import READ_IN_PART

Parts = list[pd.DataFrame]

# What a page may say about its article besides the columns that every article has.
PAGE_COLUMNS = ("author", "section", "agency", "truncated")
EVIDENCE = "(evidence)"
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"  # of a column that a folder's name gives
FEWEST_TOGETHER = 3  # pages of an outlet from which its template is learned


def known_by_folder(name: str) -> dict[str, Any]:
    """Give what the folders of a file say: its outlet, or columns as in ``outlet=Gazette``."""
    folders = PurePosixPath(name).parts[:-1]
    pairs = [folder.split("=", 1) for folder in folders if "=" in folder.strip("=")]
    if pairs:
        return {key: "" if value == NO_VALUE else unquote(value) for key, value in pairs}
    return {"outlet": folders[0]} if folders else {}


def read_single(
    path: Path, origin: str, known: dict[str, Any], problems: list[Problem]
) -> list[dict[str, Any]]:
    """Read a file that holds one article; an empty list, and an entry, if it cannot be."""
    try:
        raw = files.read_article(path)
        if files.kind_of(path.name) == "page":
            row = read_page_row(raw, known)
            if row.get("truncated") in READ_IN_PART:
                remedy = "compare the text with the page, or save the article's text"
                problems.append(Problem(origin, str(row["truncated"]), remedy, kept=True))
            return [{**row, "origin": origin}]
        text, stray = files.decode(raw)
    except files.READ_ERRORS as error:
        problems.append(Problem(origin, files.describe(error), "get the file anew"))
        return []
    except DataError as error:
        problems.append(Problem(origin, str(error), "take it out or save the article's text"))
        return []
    if stray:
        problem = f"is not UTF-8; {stray} stray bytes were read as Windows-1252"
        problems.append(Problem(origin, problem, "save the file as UTF-8", kept=True))
    return [{**known, "text": text, "origin": origin}]


def read_page_row(raw: bytes, known: dict[str, Any]) -> dict[str, Any]:
    """Read the article of a page, with the evidence for revising it among its outlet's pages."""
    # Here, because the extractor takes longer to import than a folder of texts to read.
    from analysis.corpus.extract import read_page
    from analysis.corpus.page_limits import check_size
    from analysis.corpus.template import pack

    check_size(raw)
    page = read_page(raw, str(known.get("url", "")))
    if not page.text.strip():
        part = f" ({page.truncated})" if page.truncated in READ_IN_PART else ""
        raise DataError(f"has no article text that could be found in the page{part}")
    read = {
        "outlet": page.site,
        "published": page.published,
        "title": page.title,
        "url": page.url,
        "text": files.same_newlines(page.text),
    }
    more = {name: value for name in PAGE_COLUMNS if (value := getattr(page, name))}
    if page.evidence is not None:
        more[EVIDENCE] = pack(page.evidence)
    return {name: value or "" for name, value in read.items()} | more | known


def _revise_pages(singles: list[dict[str, Any]]) -> None:
    """Take the evidence out of the rows, and revise the texts by what an outlet's pages share.

    Pages of no known outlet are taken together: what they share is furniture all the same.
    """
    outlets: defaultdict[str, list[tuple[dict[str, Any], bytes]]] = defaultdict(list)
    for row in singles:
        packed = row.pop(EVIDENCE, None)
        outlet = row.get("outlet") or outlet_of_url(str(row.get("url", "")))
        if isinstance(packed, bytes):  # a sidecar's column of that name holds strings
            outlets[outlet].append((row, packed))
    for pages in outlets.values():
        if len(pages) < FEWEST_TOGETHER:
            continue
        from analysis.corpus.template import revise_together

        for (row, _), text in zip(pages, revise_together(p for _, p in pages), strict=True):
            if text.strip():
                row["text"] = files.same_newlines(text)


def assemble_singles(singles: list[dict[str, Any]], problems: list[Problem]) -> Parts:
    """Make articles of what was read of single files, and revise pages together."""
    if not singles:
        return []
    _revise_pages(singles)
    frame = pd.DataFrame(singles)
    stated = [name for name in PAGE_COLUMNS if name in frame.columns]
    frame[stated] = frame[stated].fillna("")
    origins = frame.pop("origin").astype("str")
    # With all of our columns there, no further column of a sidecar is taken for one of them.
    missing = [name for name in LOADED_COLUMNS if name not in frame.columns and name != "origin"]
    articles, more = assemble(frame.assign(**dict.fromkeys(missing, "")), origins, {})
    problems += more
    return [articles]


def read_rows(
    path: Path,
    origin: str,
    knowledge: tuple[dict[str, Any], dict[str, str]],
    problems: list[Problem],
) -> Parts:
    """Read a table of articles; ``knowledge``: what its folders say, and names of columns."""
    known, given = knowledge
    table = read_table(path, origin)
    problems += table.problems
    if not len(table.frame):  # not `empty`, which rows without columns are too
        return []
    there = {str(name) for name in table.frame.columns}
    told = {name: value for name, value in known_by_folder(origin).items() if name not in there}
    told.pop("outlet", None)
    frame = table.frame.assign(**told)
    found = [str(name) for name in frame.columns]
    for theirs in [theirs for theirs in given if theirs not in found]:
        problem = f"has no column {theirs!r}, which columns names (its columns: {', '.join(found)})"
        problems.append(Problem(origin, problem, "check the spelling", kept=True))
    try:
        articles, more = assemble(frame, number_rows(origin, frame), given)
    except DataError as error:
        problems.append(Problem(origin, str(error), _column_remedy(table)))
        return []
    problems += more
    outlet = str(known.get("outlet", ""))
    if outlet:
        articles["outlet"] = articles["outlet"].where(articles["outlet"] != "", outlet)
    return [articles] if len(articles) else []


def _column_remedy(table: Table) -> str:
    """Propose the column with the longest strings for the text."""
    frame: pd.DataFrame = table.frame.select_dtypes("str")
    lengths = {str(name): frame[name].str.len().mean() for name in frame.columns}
    longest = max(lengths, key=lambda name: lengths[name], default="their name")
    return f"say which it is, for example columns={{{longest!r}: 'text'}}"
