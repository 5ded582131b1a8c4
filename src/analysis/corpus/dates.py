"""Dates as news files write them, to UTC without a time zone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june",
         "jul july", "aug august", "sep sept september", "oct october", "nov november",
         "dec december"), start=1,
    )
    for name in names.split()
}  # fmt: skip
# RFC 5322, section 4.3, gives these names of zones their hours; others (BST, IST, CST of China)
# stand for more than one zone and are refused.
ZONES = {
    "": 0, "z": 0, "utc": 0, "gmt": 0, "ut": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
# No newspaper is older than 1605; nothing in a corpus was published a lifetime from now.
FIRST_YEAR, LAST_YEAR = 1605, 2100

_MONTH = r"(?P<{0}>[a-z]{{3,9}})\.?"
_CLOCK = (
    r"(?:(?:t|,?\s+|,?\s+at\s+|\s*[-–|]\s*)"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?)?"
)
_ZONE = r"\s*\(?(?P<zone>[a-z]{1,4})?(?P<offset>[+-]\d{2}:?(?:\d{2})?)?\)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_PATTERNS = tuple(
    re.compile(_WEEKDAY + day + _CLOCK + _ZONE)
    for day in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+"
        + _MONTH.format("name")
        + r",?[\s-]+(?P<year>\d{4})",
        _MONTH.format("name") + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        r"(?P<either>\d{1,2})/(?P<other>\d{1,2})/(?P<year>\d{4}|\d{2})",
    )
)
_CTIME = re.compile(
    r"[a-z]{3} ([a-z]{3} +\d{1,2}) (\d{2}:\d{2}:\d{2})((?: [a-z+\-\d]{1,5})?) (\d{4})"
)
_ISO_START = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}|$)"

Dates = npt.NDArray[np.datetime64]


def read_dates(values: pd.Series) -> tuple[Dates, npt.NDArray[np.bool_]]:
    """Read publication dates; those without a time zone are taken as UTC.

    Parameters
    ----------
    values
        Strings (an empty one is no date), or dates already.

    Returns
    -------
    published
        ``datetime64[us]``, in UTC, NaT where there is no date or none that can be read.
    unreadable
        True where something stands that is no date: impossible (30 February), of no plausible year,
        relative ("yesterday"), or with day and month in an order that nothing in the file decides.
    """
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        values = values.dt.tz_convert("UTC").dt.tz_localize(None)
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return _in_range(values.to_numpy(dtype="datetime64[us]"), values.isna().to_numpy())
    texts = values.str.strip()
    codes, distinct = pd.factorize(texts)
    parsed = _read_distinct(distinct.astype("str").to_series())
    empty = (texts == "").to_numpy()
    return _in_range(parsed[codes], empty)


def _in_range(dates: Dates, empty: npt.NDArray[np.bool_]) -> tuple[Dates, npt.NDArray[np.bool_]]:
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    dates = np.where((years < FIRST_YEAR) | (years > LAST_YEAR), np.datetime64("NaT", "us"), dates)
    return dates, np.isnat(dates) & ~empty


def _read_distinct(texts: pd.Series) -> Dates:
    iso = texts.str.contains(_ISO_START, regex=True).to_numpy(dtype=bool)
    result = np.full(len(texts), np.datetime64("NaT", "us"))
    quick = pd.to_datetime(texts[iso], format="ISO8601", utc=True, errors="coerce")
    result[iso] = quick.dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    left = np.flatnonzero(np.isnat(result))
    rest = [texts.iloc[at].lower() for at in left]
    order = _day_and_month(rest)
    for at, text in zip(left, rest, strict=True):
        result[at] = np.datetime64(_read_one(text, order) or "NaT", "us")
    return result


def _read_one(text: str, order: Callable[[int, int], tuple[int, int] | None]) -> datetime | None:
    if text.isascii() and text.isdigit():
        return _from_digits(text)
    ctime = _CTIME.fullmatch(text)
    if ctime:
        text = "{0} {3} {1}{2}".format(*ctime.groups())
    for pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            return _from_parts(match.groupdict(), order)
    return None


def _from_digits(text: str) -> datetime | None:
    """Read seconds or milliseconds since 1970, ``YYYYMMDD`` or ``YYYYMMDDhhmmss``."""
    if len(text) in {10, 13}:
        return datetime(1970, 1, 1) + timedelta(milliseconds=int(text.ljust(13, "0")))
    if len(text) not in {8, 14}:
        return None
    try:
        return datetime.strptime(text.ljust(14, "0"), "%Y%m%d%H%M%S")
    except ValueError:
        return None


def _from_parts(
    parts: dict[str, str | None], order: Callable[[int, int], tuple[int, int] | None]
) -> datetime | None:
    if parts.get("either"):
        decided = order(int(parts["either"] or 0), int(parts["other"] or 0))
        if decided is None:
            return None
        day, month = decided
    else:
        day = int(parts["day"] or 0)
        month = MONTHS.get(parts.get("name") or "", 0) or int(parts.get("month") or 0)
    hours = _zone_hours(parts["zone"] or "", parts["offset"] or "")
    clock = _clock(parts)
    if hours is None or clock is None:
        return None
    try:
        return (
            datetime(_full_year(parts["year"] or ""), month, day) + clock - timedelta(hours=hours)
        )
    except (ValueError, OverflowError):
        return None


def _full_year(digits: str) -> int:
    """Complete a year of two digits as POSIX does: 69 to 99 are 19.., the others 20.. ."""
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= 69 else 2000)


def _clock(parts: dict[str, str | None]) -> timedelta | None:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = (parts["half"] or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    part = int((parts["part"] or "").ljust(6, "0")[:6])
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=part)


def _zone_hours(zone: str, offset: str) -> float | None:
    hours = ZONES.get(zone)
    if hours is None or not offset:
        return hours
    digits = offset[1:].replace(":", "").ljust(4, "0")
    size = int(digits[:2]) + int(digits[2:]) / 60
    return hours + (size if offset[0] == "+" else -size)


def _day_and_month(texts: list[str]) -> Callable[[int, int], tuple[int, int] | None]:
    """Decide which of two numbers is the day: by the value itself, else by the rest of the file."""
    pairs = [
        (int(a), int(b))
        for a, b in re.findall(r"(?m)^(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})\b", "\n".join(texts))
    ]
    day_first, month_first = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)

    def order(either: int, other: int) -> tuple[int, int] | None:
        if either == other or either > 12:
            return either, other
        if other > 12:
            return other, either
        if day_first == month_first:
            return None
        return (either, other) if day_first else (other, either)

    return order
