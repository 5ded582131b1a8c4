"""Articles of which only the beginning is there."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import pandas as pd
import yaml

from analysis.corpus.taking import each_text

PAYWALL, ELLIPSIS, CUT = "notice of a paywall", "ends with an ellipsis", "ends in mid-sentence"
NOT_FREE, TOO_LARGE = "page states that it is not free", "page too large, read in part"
TOO_DEEP = "page nested too deep, read in part"
READ_IN_PART = (TOO_LARGE, TOO_DEEP)
STATED = (PAYWALL, NOT_FREE, *READ_IN_PART)  # by the page, not by how the text ends
# Lines in which a notice is looked for, and the length from which one is a paragraph instead.
LAST_LINES, NOTICE_LENGTH = 4, 160
TAIL = 2000
# A last line without a full stop counts as cut off where it has so many words, and where the outlet
# has so many articles of which this share ends with one.
CUT_WORDS, HABIT_ARTICLES, HABIT_SHARE = 8, 5, 0.8

_MORE = re.compile(r"\[\s?\+\s?\d+ chars\]$")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.+|\[(?:…|\.\.\.)\])[\"'”’»\s]*$")
# Dashes behind the full stop are what is left of a page's layout.
_STOP = re.compile(r"[.!?…。！？।:;][\"'”’»)\]*\s–—-]*$|[)\]\"”’»]$")
# A sentence breaks off at a common word; signatures and labels end in a name.
_OPEN = re.compile(r"(?<!\S)[^\W\d_A-Z][\w'’-]*[,\s–—-]*$")
_HANGING = re.compile(r"\w,$|\w [–—-]$|\w[,–—-]$")


def find_truncation(text: str) -> str:
    """Say how a text shows that it is not whole, from its end alone; ``""`` if it does not.

    Parameters
    ----------
    text
        An article.

    Returns
    -------
    str
        `PAYWALL`, `ELLIPSIS`, `CUT` or ``""``.

    Notes
    -----
    The notices are of a dozen languages; the marks of a cut are not bound to any. A last line that
    merely lacks its full stop needs the outlet's other articles: see `mark_truncated`.

    Misleads when an article ends with an ellipsis of its own.
    """
    lines = [line.strip() for line in text[-TAIL:].split("\n") if line.strip()]
    if not lines:
        return ""
    short = [line for line in lines[-LAST_LINES:] if len(line) <= NOTICE_LENGTH]
    if any(notice.search(line) for line in short for notice in _notices()):
        return PAYWALL
    if _MORE.search(lines[-1]) or _ELLIPSIS.search(lines[-1]):
        return ELLIPSIS
    long = len(lines[-1].split()) >= CUT_WORDS
    return CUT if long and _HANGING.search(lines[-1]) else ""


def mark_truncated(articles: pd.DataFrame) -> pd.Series:
    """Say of each article why it is taken for the beginning of one only.

    Parameters
    ----------
    articles
        One row per article with ``text``; ``outlet`` if known.

    Returns
    -------
    Series
        A reason, or ``""`` for an article that looks whole; indexed as `articles`.

    Notes
    -----
    Besides what `find_truncation` sees, a last line of eight words or more that ends in a word
    without a capital and without final punctuation is a cut where at least 80 % of the outlet's
    other articles, five or more, have that punctuation.
    """
    reasons, ends = [], []
    for text in each_text(articles["text"]):
        reasons.append(find_truncation(text))
        line = text[-TAIL:].rstrip().rpartition("\n")[2].strip()
        stops_here = bool(_STOP.search(line))
        ends.append((stops_here, not stops_here and _is_open(line)))
    found = pd.DataFrame(ends, articles.index, ["stops", "open"], dtype=bool)
    stops = found["stops"]
    outlets = articles["outlet"] if "outlet" in articles.columns else None
    groups = outlets.fillna("") if outlets is not None else pd.Series("", articles.index)
    others = stops.groupby(groups).transform("sum") - stops
    count = stops.groupby(groups).transform("size") - 1
    habit = (count >= HABIT_ARTICLES) & (others >= HABIT_SHARE * count)
    return pd.Series(
        [
            reason or (CUT if usual and is_open else "")
            for reason, is_open, usual in zip(reasons, found["open"], habit, strict=True)
        ],
        articles.index,
        dtype="str",
    )


def _is_open(line: str) -> bool:
    """Tell whether a last line without a full stop breaks off."""
    return len(line.split()) >= CUT_WORDS and bool(_OPEN.search(line))


@cache
def _notices() -> tuple[re.Pattern[str], ...]:
    source = files("analysis") / "lexicons" / "truncation.yml"
    rules: list[str] = yaml.safe_load(source.read_text(encoding="utf-8"))
    return tuple(re.compile(rule, re.IGNORECASE) for rule in rules)
