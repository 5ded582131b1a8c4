"""The frames that travel between the rooms: their columns, and the checks at the doors."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

ARTICLE_COLUMNS = ["article_id", "outlet", "published", "title", "url", "text", "origin"]
REMOVED_COLUMNS = ["article_id", "start", "end", "reason", "text"]
REJECTED_COLUMNS = ["article_id", "reason"]
SET_ASIDE_COLUMNS = ["origin", "problem", "remedy"]


class DataError(ValueError):
    """Input that cannot be used; the message names the place, what was found and the remedy."""


def check_articles(
    articles: pd.DataFrame, *, needs: Collection[str] = ("text",), unique: bool = True
) -> None:
    """Refuse a frame that is not a table of articles.

    Parameters
    ----------
    articles
        One row per article, with at least ``article_id`` and the columns in `needs`.
    needs
        Columns that the caller reads.
    unique
        Whether the caller keys anything by ``article_id``.

    Raises
    ------
    DataError
        When a column is missing, an ``article_id`` is not unique, or a text is not a string.
    """
    missing = [name for name in ("article_id", *needs) if name not in articles.columns]
    if missing:
        there = ", ".join(map(str, articles.columns))
        raise DataError(
            f"the articles lack the column {missing[0]!r} (they have: {there}); "
            "analysis.load gives every column that the comparisons need"
        )
    if unique and (twice := articles["article_id"].duplicated()).any():
        row = int(twice.to_numpy().argmax())
        raise DataError(
            f"article_id {articles['article_id'].iloc[row]!r} stands twice (again in row {row}); "
            "give every article an id of its own"
        )
    if "text" in needs:
        wrong = no_string(articles["text"])
        if wrong.any():
            row = int(wrong.argmax())
            found = type(articles["text"].iloc[row]).__name__
            name = articles["article_id"].iloc[row]
            raise DataError(
                f"row {row} (article_id {name!r}) has no text but {found}; "
                "drop the row or give it an empty string"
            )


def check_columns(frame: pd.DataFrame, needs: Collection[str], *, name: str, source: str) -> None:
    """Refuse a frame that lacks a column; `source` says what gives it."""
    missing = [column for column in needs if column not in frame.columns]
    if missing:
        raise DataError(f"{name} lacks the column {missing[0]!r}; pass {source}")


def no_string(values: pd.Series) -> NDArray[np.bool_]:
    """Mark the values that are not strings; a column of pandas' own strings can only lack some."""
    if isinstance(values.dtype, pd.StringDtype):
        return values.isna().to_numpy()
    return np.fromiter((not isinstance(value, str) for value in values), bool, len(values))


def empty_frame(columns: Collection[str]) -> pd.DataFrame:
    """Give a frame without rows but with its columns."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in columns})
