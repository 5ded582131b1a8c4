"""A folder of article files and tables, or a single file."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pandas as pd

from analysis.corpus import files
from analysis.corpus.assemble import assemble, number_rows
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem
from analysis.corpus.singles import EVIDENCE, PAGE_COLUMNS
from analysis.corpus.tables import Table, read_table
from analysis.corpus.truncation import READ_IN_PART

Parts = list[pd.DataFrame]

NO_VALUE = "__HIVE_DEFAULT_PARTITION__"  # of a column that a folder's name gives


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
