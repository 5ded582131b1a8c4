"""Values as readers see them in a table, and as spreadsheets may safely open them."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

NOTHING = "–"
RATES = re.compile(r"(^|_)shares?(_|$)")
CHANCES = {"p", "q"}
BOUNDS = {"estimate", "low", "high"}
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
NUMBER = re.compile(r"[-+]?(\d[\d,]*\.?\d*|\.\d+)(e[-+]?\d+)?%?", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@", "\t", "\n")


def visible(value: object) -> str:
    """Write a value as text that XML, HTML and UTF-8 can hold: no controls, no half characters."""
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", str(value))


def escape(value: object) -> str:
    """Write a value as text that stays text inside HTML, also inside an attribute."""
    return html.escape(visible(value), quote=True)


def heading(name: object) -> str:
    """Write a column's name as a table's head: ``n_articles`` is ``n articles``."""
    return visible(name).replace("_", " ")


def is_numeric(column: pd.Series[Any]) -> bool:
    """Whether a column holds numbers, which are set flush right."""
    kind = column.dtype
    return pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)


def format_column(column: pd.Series[Any], *, decimals: int = 2) -> list[str]:
    """Write the values of a column as a reader wants to see them.

    Parameters
    ----------
    column
        Its name decides: ``p`` and ``q`` have three decimals and are never 0, ``share`` and names
        that hold the word are per cent, whole numbers have separators except a ``year``.
    decimals
        Of other numbers.

    Returns
    -------
    list of str
        Plain text, not escaped; a missing value is a dash, an infinite one ``∞`` or ``−∞``.
    """
    name = str(column.name)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return format_dates(column)
    if not is_numeric(column):
        return [format_text(value) for value in column]
    if name in CHANCES:
        return [format_number(value, ".3f", least=0.001) for value in column]
    if RATES.search(name):
        return [format_number(value, ".1%") for value in column]
    if name == "year":
        return [format_number(value, ".0f") for value in column]
    whole = is_whole(column)
    return [format_number(value, ",.0f" if whole else f",.{decimals}f") for value in column]


def bound_decimals(frame: pd.DataFrame) -> int:
    """Choose one precision for an estimate and its bounds: finer where all lie within 1."""
    bounds = [frame[name] for name in frame.columns if name in BOUNDS and is_numeric(frame[name])]
    values = np.abs(np.concatenate([np.asarray(b, dtype=float) for b in bounds] or [np.zeros(0)]))
    values = values[np.isfinite(values)]
    return 3 if values.size and values.max() < 1 else 2


def is_whole(column: pd.Series[Any]) -> bool:
    """Whether all numbers of a column are whole, as counts with a gap are (stored as floats)."""
    if pd.api.types.is_integer_dtype(column.dtype):
        return True
    known = column.dropna().to_numpy(dtype=float)
    if column.name in BOUNDS or not known.size or not np.isfinite(known).all():
        return False
    return bool((known == np.round(known)).all())


def format_number(value: float, style: str, *, least: float = 0.0) -> str:
    """Write one number; its minus sign is as wide as a plus, and no zero is negative."""
    if pd.isna(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if 0 <= value < least:
        return f"<{least}"
    said = format(value, style)
    if said.startswith("-"):
        said = "−" + said[1:] if re.search("[1-9]", said) else said[1:]
    return said


def format_dates(column: pd.Series[Any]) -> list[str]:
    """Write days as days, and the time of day only where a column has any."""
    known = column.dropna()
    style = "%Y-%m-%d" if (known == known.dt.normalize()).all() else "%Y-%m-%d %H:%M"
    return [NOTHING if pd.isna(value) else value.strftime(style) for value in column]


def format_text(value: object) -> str:
    """Write a cell that is not a number."""
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return ", ".join(format_text(item) for item in items)
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    return NOTHING if is_missing(value) else visible(value)


def is_missing(value: object) -> bool:
    """Whether a cell holds nothing; a list is never nothing."""
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))  # type: ignore[call-overload]


def to_csv(frame: pd.DataFrame) -> str:
    r"""Write a frame as CSV that no spreadsheet runs as formulas.

    Floats have six significant digits: more is noise here, and would differ between machines.

    Parameters
    ----------
    frame
        Any frame; its index is not written.

    Returns
    -------
    str
        With a head, ``\n`` at line ends, text cells that begin like a formula behind a ``'``.
    """
    safe = pd.DataFrame(index=range(len(frame)))
    for position, name in enumerate(map(str, frame.columns)):
        column = frame.iloc[:, position]
        safe.insert(position, harmless(name), csv_column(column), allow_duplicates=True)
    return safe.to_csv(index=False, lineterminator="\n")


def csv_column(column: pd.Series[Any]) -> list[str]:
    """Write each value of a column for CSV."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [said.replace(NOTHING, "") for said in format_dates(column)]
    if is_numeric(column):
        style = ".0f" if is_whole(column) else ".6g"
        return ["" if pd.isna(value) else format(value, style) for value in column]
    return ["" if is_missing(value) else harmless(format_text(value)) for value in column]


def harmless(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # a bare one would end the row
    risky = text.startswith(FORMULA) and not NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def listed(items: Iterable[object], *, most: int = 12) -> str:
    """Name things in a message, cut where they are many."""
    names = [visible(item) for item in items]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if names[most:] else "")
