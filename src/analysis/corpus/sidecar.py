"""``metadata.csv``: what an analyst knows of the files beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.corpus import files
from analysis.corpus.columns import ALIASES, FILE_ALIASES, extra_names, name_columns
from analysis.corpus.files import at
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem
from analysis.corpus.tables import Table, read_table

Metadata = dict[str, dict[str, Any]]


def read_sidecars(folder: Path, found: Collection[str]) -> tuple[Metadata, set[str], list[Problem]]:
    """Read every ``metadata.csv`` of a folder and its sub-folders.

    Parameters
    ----------
    folder
        The folder of the corpus.
    found
        Its readable files, relative to it.

    Returns
    -------
    metadata
        ``{file: {column: value}}``; the sidecar nearest to the file wins.
    sidecars
        Those of `found` that are sidecars and hold no articles.
    problems
        Rows that name no file, or none inside the folder.
    """
    metadata: Metadata = {}
    sidecars: set[str] = set()
    problems: list[Problem] = []
    known = {_same_name(name): name for name in found}
    candidates = [name for name in found if PurePosixPath(name).name.lower() == files.SIDECAR]
    for name in sorted(candidates, key=lambda name: (name.count("/"), name)):
        table = read_table(folder / name, name)
        theirs = _file_column(table)
        if theirs:
            sidecars.add(name)
            problems.extend(table.problems)
            _describe_files(name, table, theirs, (metadata, known, problems))
    return metadata, sidecars, problems


def _file_column(table: Table) -> str:
    # A table with texts holds articles, whatever it is called.
    columns = {str(name).strip().lower(): str(name) for name in table.frame.columns}
    if any(name in columns for name in ("text", *ALIASES["text"])):
        return ""
    return next((columns[alias] for alias in FILE_ALIASES if alias in columns), "")


def _describe_files(
    name: str, table: Table, theirs: str, into: tuple[Metadata, dict[str, str], list[Problem]]
) -> None:
    metadata, known, problems = into
    frame = table.frame
    try:
        named = name_columns(frame.columns.drop(theirs), {})
    except DataError as error:
        problems.append(Problem(name, str(error), "rename the other column"))
        return
    columns = {named[ours]: ours for ours in named} | extra_names(frame.columns.drop(theirs), named)
    described: set[str] = set()
    for row, values in zip(frame.index, frame.to_dict("records"), strict=True):
        target, problem = _target(name, str(values[theirs]), known)
        if not problem and target in described:
            problem = f"names {target!r} a second time"
        if problem:
            remedy = "give the path of a file, relative to this table, once"
            problems.append(Problem(at(name, int(row)), problem, remedy))
            continue
        described.add(target)
        metadata.setdefault(target, {}).update(
            {ours: values[theirs] for theirs, ours in columns.items() if values[theirs] != ""}
        )


def _target(sidecar: str, written: str, known: dict[str, str]) -> tuple[str, str]:
    path = PurePosixPath(written.strip().replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        return "", f"names {written!r}, which is outside the folder"
    target = _same_name((PurePosixPath(sidecar).parent / path).as_posix())
    if target not in known:
        return "", f"names {written!r}, which is not there or of no readable type"
    return known[target], ""


def _same_name(name: str) -> str:
    """Compare names as file systems do that spell accents apart."""
    return unicodedata.normalize("NFC", name)
