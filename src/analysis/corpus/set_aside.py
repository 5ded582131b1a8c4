"""What could not be loaded as it stands: one entry per file, row or value, with the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.corpus.schema import SET_ASIDE_COLUMNS, DataError

SHOWN = 3


class SetAsideWarning(UserWarning):
    """Some files, rows or values could not be loaded."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with the input.

    Parameters
    ----------
    origin
        The file, relative to the source; with ``:row`` for a row of a table.
    problem
        What was found.
    remedy
        What to do about it.
    kept
        True when the article was loaded all the same, for example without its date.
    expected
        True for files that are no articles by their name (a README, a picture, hidden files):
        they are listed, but nobody is warned of them.
    """

    origin: str
    problem: str
    remedy: str
    kept: bool = False
    expected: bool = False

    def __str__(self) -> str:
        return f"{self.origin}: {self.problem} ({self.remedy})"


def as_frame(problems: Sequence[Problem]) -> pd.DataFrame:
    """Give the problems as a frame: the columns of `SET_ASIDE_COLUMNS`, then ``kept``."""
    rows = [(one.origin, one.problem, one.remedy) for one in problems]
    frame = pd.DataFrame(rows, columns=SET_ASIDE_COLUMNS, dtype="str")
    frame["kept"] = pd.Series([one.kept for one in problems], dtype="bool")
    return frame


def warning_text(source: object, problems: Sequence[Problem]) -> str:
    """Say in one message what was set aside; an empty string when nobody need be warned."""
    unexpected = [one for one in problems if not one.expected]
    if not unexpected:
        return ""
    kept = sum(one.kept for one in unexpected)
    shown = "; ".join(map(str, unexpected[:SHOWN]))
    return (
        f"{source}: {len(unexpected) - kept} files or rows were set aside and {kept} articles "
        f"were loaded with a remark; first: {shown}. "
        "analysis.corpus.load.read(source).set_aside lists all of them"
    )


def nothing_loaded(source: object, problems: Sequence[Problem]) -> DataError:
    """Make the error for a source without a single article."""
    first = [str(one) for one in problems if not one.expected][:SHOWN]
    found = "; ".join(first) if first else "it holds no .txt, .html, .csv, .jsonl or .parquet file"
    return DataError(f"no article could be loaded from {str(source)!r}: {found}")
