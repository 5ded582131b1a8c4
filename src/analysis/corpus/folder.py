"""A folder of article files and tables, or a single file."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.corpus import files
from analysis.corpus.assemble import LOADED_COLUMNS, assemble, number_rows
from analysis.corpus.outlets import outlet_of_url
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem
from analysis.corpus.sidecar import read_sidecars
from analysis.corpus.tables import Table, read_table
from analysis.corpus.truncation import READ_IN_PART

Parts = list[pd.DataFrame]

# What a page may say about its article besides the columns that every article has.
PAGE_COLUMNS = ("author", "section", "agency", "truncated")
EVIDENCE = "(evidence)"
FEWEST_TOGETHER = 3  # pages of an outlet from which its template is learned


def read_folder(folder: Path, given: dict[str, str]) -> tuple[Parts, list[Problem]]:
    """Read all files of a folder: the single articles first, then table by table."""
    found, problems = files.walk(folder)
    metadata, sidecars, more = read_sidecars(folder, found)
    problems += more
    parts: Parts = []
    singles: list[dict[str, Any]] = []
    for name in found:
        if name in sidecars:
            continue
        known = _outlet_by_folder(name) | metadata.get(name, {})
        if files.kind_of(name) in {"text", "page"}:
            singles += read_single(folder / name, name, known, problems)
        else:
            parts += _read_rows(folder / name, name, (known, given), problems)
    return _assembled(singles, problems) + parts, problems


def read_file(path: Path, given: dict[str, str]) -> tuple[Parts, list[Problem]]:
    """Read one file, an article or a table."""
    problems: list[Problem] = []
    kind = files.kind_of(path.name)
    if not kind:
        raise DataError(
            f"{path.name} is of no type that can be loaded; give one of {files.READABLE}"
        )
    if kind in {"text", "page"}:
        return _assembled(read_single(path, path.name, {}, problems), problems), problems
    parts = _read_rows(path, path.name, ({}, given), problems)
    return parts, problems


def _outlet_by_folder(name: str) -> dict[str, Any]:
    parts = PurePosixPath(name).parts
    return {"outlet": parts[0]} if len(parts) > 1 else {}


def read_single(
    path: Path, origin: str, known: dict[str, Any], problems: list[Problem]
) -> list[dict[str, Any]]:
    """Read a file that holds one article; an empty list, and an entry, if it cannot be."""
    try:
        raw = files.read_article(path)
        if files.kind_of(path.name) == "page":
            row = _from_page(raw, known)
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


def _from_page(raw: bytes, known: dict[str, Any]) -> dict[str, Any]:
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


def _assembled(singles: list[dict[str, Any]], problems: list[Problem]) -> Parts:
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


def _read_rows(
    path: Path,
    origin: str,
    knowledge: tuple[dict[str, Any], dict[str, str]],
    problems: list[Problem],
) -> Parts:
    known, given = knowledge
    table = read_table(path, origin)
    problems += table.problems
    if not len(table.frame):  # not `empty`, which rows without columns are too
        return []
    found = [str(name) for name in table.frame.columns]
    for theirs in [theirs for theirs in given if theirs not in found]:
        problem = f"has no column {theirs!r}, which columns names (its columns: {', '.join(found)})"
        problems.append(Problem(origin, problem, "check the spelling", kept=True))
    try:
        articles, more = assemble(table.frame, number_rows(origin, table.frame), given)
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
