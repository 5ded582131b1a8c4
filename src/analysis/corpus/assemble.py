"""From the columns of a file to the columns of an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.corpus.columns import extra_names, name_columns
from analysis.corpus.credits import find_agency
from analysis.corpus.dates import read_dates
from analysis.corpus.files import at, same_newlines
from analysis.corpus.from_text import find_title
from analysis.corpus.outlets import outlet_of_url
from analysis.corpus.schema import ARTICLE_COLUMNS, DataError
from analysis.corpus.set_aside import Problem

LOADED_COLUMNS = [*ARTICLE_COLUMNS, "agency"]
_DATE_REMEDY = "write the date as 2026-01-31 or 2026-01-31T18:30:00Z"


def assemble(
    frame: pd.DataFrame, origins: pd.Series, given: dict[str, str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Make articles of the rows of a table.

    Parameters
    ----------
    frame
        The rows, under the file's own column names.
    origins
        The origin of every row.
    given
        A checked mapping ``{"their name": "our name"}``.

    Returns
    -------
    articles
        The columns of `LOADED_COLUMNS`, then the file's further columns; ``article_id`` is empty
        where the file gives none. Rows without a text are left out.
    problems
        An entry per row left out and per value that could not be read.

    Raises
    ------
    DataError
        When there is no column for the text, or two that could be one column.
    """
    named = name_columns(frame.columns, given)
    if "text" not in named:
        listed = ", ".join(repr(str(name)) for name in frame.columns)
        raise DataError(f"has no column for the text (its columns: {listed})")
    problems: list[Problem] = []
    frame, origins = frame.reset_index(drop=True), origins.reset_index(drop=True)
    ours: dict[str, Any] = {}
    for column in LOADED_COLUMNS:
        if column == "published":
            ours[column] = _dates(frame, named, origins, problems)
        elif column == "origin":
            ours[column] = origins
        else:
            ours[column] = _texts(frame, column, named.get(column, ""), (origins, problems))
    _complete(ours)
    extras = extra_names(frame.columns, named)
    articles = pd.DataFrame(ours)
    if extras:
        articles = pd.concat([articles, frame[list(extras)].rename(columns=extras)], axis=1)
    empty = np.array([not text.strip() for text in articles["text"]], dtype=bool)
    if empty.any():
        problems += [
            _without_text(origin, value)
            for origin, value in zip(origins[empty], frame[named["text"]][empty], strict=True)
        ]
        articles = _without(articles, empty)
    return articles, problems


def _without(frame: pd.DataFrame, gone: NDArray[np.bool_]) -> pd.DataFrame:
    """Leave rows out column by column, as pandas would copy all of the texts twice at once."""
    kept = {name: frame[name].array[~gone] for name in frame.columns}
    return pd.DataFrame(kept, index=frame.index[~gone], copy=False)


def _texts(
    frame: pd.DataFrame, ours: str, theirs: str, report: tuple[pd.Series, list[Problem]]
) -> pd.Series:
    """Give a column as strings; what cannot be one is emptied and listed."""
    if not theirs:
        return pd.Series("", index=frame.index, dtype="str")
    values = frame[theirs]
    if isinstance(values.dtype, pd.StringDtype):
        values = values.astype("str").fillna("")
    else:
        origins, problems = report
        joint = "\n\n" if ours == "text" else ", "
        plain = [_plain(value, joint) for value in values]
        for row, value in enumerate(plain):
            if value is None and ours != "text":
                found = type(values.iloc[row]).__name__
                problem = f"the {ours} is no string but a {found}; it was left empty"
                problems.append(
                    Problem(str(origins.iloc[row]), problem, "give it as a string", kept=True)
                )
        values = pd.Series([value or "" for value in plain], index=frame.index, dtype="str")
    if ours != "text":
        return values.str.strip()
    has_returns = values.str.contains("\r", regex=False).any()
    return values.map(same_newlines).astype("str") if has_returns else values


def _without_text(origin: str, value: object) -> Problem:
    if isinstance(value, str) or _plain(value, "") == "":
        return Problem(origin, "has no text", "fill in the text or take it out")
    found = type(value).__name__
    return Problem(origin, f"has a {found} for a text", "give the text as a string")


def _plain(value: object, joint: str) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list):
        return joint.join(value) if all(isinstance(one, str) for one in value) else None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # the last is NaN
        return ""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return None if isinstance(value, dict | tuple | set) else str(value)


def _dates(
    frame: pd.DataFrame, named: dict[str, str], origins: pd.Series, problems: list[Problem]
) -> pd.Series:
    theirs = named.get("published", "")
    raw = frame[theirs] if theirs else pd.Series("", index=frame.index, dtype="str")
    if not pd.api.types.is_datetime64_any_dtype(raw.dtype):
        raw = _texts(frame, "published", theirs, (origins, problems))
    published, unreadable = read_dates(raw)
    for row in np.flatnonzero(unreadable):
        problem = f"the date {str(raw.iloc[row])[:40]!r} cannot be read; the article has none"
        problems.append(Problem(str(origins.iloc[row]), problem, _DATE_REMEDY, kept=True))
    return pd.Series(published, index=frame.index)


def _complete(ours: dict[str, Any]) -> None:
    """Fill empty titles, agencies and outlets from the text and the address."""
    for column, source, find in (
        ("title", "text", find_title),
        ("agency", "text", find_agency),
        ("outlet", "url", outlet_of_url),
    ):
        ours[column] = _filled(ours[column], ours[source], find)


def _filled(values: pd.Series, source: pd.Series, find: Callable[[str], str]) -> pd.Series:
    empty = (values == "").to_numpy(dtype=bool)
    if not empty.any():
        return values
    found = [
        find(given) if gap else value
        for value, given, gap in zip(values, source, empty, strict=True)
    ]
    return pd.Series(found, index=values.index, dtype="str")


def number_rows(origin: str, frame: pd.DataFrame) -> pd.Series:
    """Give the origin of every row of a table: the file's, ``:`` and the row's number."""
    return pd.Series([at(origin, row) for row in frame.index], index=frame.index, dtype="str")
