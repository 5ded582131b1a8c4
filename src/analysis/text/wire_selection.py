"""With or without agency copy: the one choice that every comparison offers."""

from __future__ import annotations

from typing import Literal, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.corpus.schema import DataError
from analysis.corpus.taking import take_rows
from analysis.text.counts import Counts
from analysis.text.tokens import Tokens
from analysis.text.wire import EDITED_SHARE

Wire = Literal["include", "exclude", "only"]
CHOICES = ("include", "exclude", "only")
LABELS = ("own", "edited wire", "wire")
REMEDY = "analysis.prepare labels them, or analysis.add_wire does before you tokenize"

Selectable = TypeVar("Selectable", pd.DataFrame, Counts, Tokens)


def select_wire(articles: Selectable, wire: Wire) -> Selectable:
    """Keep all articles, those without agency copy, or agency copy alone.

    Parameters
    ----------
    articles
        A frame of articles, or ``Counts`` or ``Tokens`` of them, labelled as by ``add_wire``.
    wire
        ``"include"`` keeps all, and needs no labels. ``"exclude"`` leaves out agency copy:
        articles labelled ``wire``, and those labelled ``edited wire`` of which half or more stands
        in another article of the corpus. An article that only thanks an agency stays, since
        how much of it is the agency's is unknown. ``"only"`` keeps what ``"exclude"`` leaves out.

    Returns
    -------
    Same type
        Rows in their order; terms stay.

    Raises
    ------
    DataError
        When `wire` is another word, the labels are missing or unknown, or no article is left.
    """
    if wire not in CHOICES:
        raise DataError(f"wire={wire!r} is unknown (it can be: {', '.join(CHOICES)})")
    if wire == "include":
        return articles
    frame = articles if isinstance(articles, pd.DataFrame) else articles.articles
    copy = is_agency_copy(frame)
    kept = copy if wire == "only" else ~copy
    if not kept.any():
        are = "all" if wire == "exclude" else "none"
        raise DataError(
            f"wire={wire!r} leaves no article: {are} of the {len(frame):,} are agency copy; "
            "compare with wire='include'"
        )
    if isinstance(articles, pd.DataFrame):
        return take_rows(articles, kept)  # type: ignore[return-value]
    return articles.take_articles(kept)


def is_agency_copy(articles: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark the articles that ``select_wire`` leaves out for ``"exclude"``.

    Raises
    ------
    DataError
        When the column ``wire`` is missing, or holds anything but the three labels.
    """
    if "wire" not in articles.columns:
        raise DataError(
            "the articles have no column 'wire', which says whose text they are "
            f"(they have: {', '.join(map(str, articles.columns))}); {REMEDY}"
        )
    label = articles["wire"]
    wrong = ~label.isin(LABELS).to_numpy()
    if wrong.any():
        row = int(wrong.argmax())
        raise DataError(
            f"row {row} has the label {label.iloc[row]!r} in 'wire', "
            f"but it is one of {', '.join(LABELS)}; {REMEDY}"
        )
    share = articles["reused_share"] if "reused_share" in articles.columns else 0.0
    edited = (label == "edited wire") & (share >= EDITED_SHARE)
    marked: NDArray[np.bool_] = ((label == "wire") | edited).to_numpy(dtype=bool)
    return marked


def is_repeat(articles: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark the articles that stand in their outlet twice; none without the column ``copy_of``."""
    if "copy_of" not in articles.columns:
        return np.zeros(len(articles), dtype=bool)
    marked: NDArray[np.bool_] = articles["copy_of"].fillna("").ne("").to_numpy(dtype=bool)
    return marked


def count_wire(articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Count for each group whose text its articles are.

    Parameters
    ----------
    articles
        Articles labelled as by ``add_wire``.
    by
        Column whose groups are counted.

    Returns
    -------
    pandas.DataFrame
        A row per group, largest first: the `by` column, ``articles``; ``own``, ``edited_wire``
        and ``wire`` (articles with that label); ``left_out`` (agency copy, what
        ``wire="exclude"`` leaves out) and ``left_out_share`` (of the articles, 0 to 1);
        ``agencies`` (those of ``wire`` and ``edited wire``, the most frequent first);
        ``repeats`` (articles that stand in the group twice).

    Raises
    ------
    DataError
        When the labels are missing or unknown.

    Notes
    -----
    A lower bound: misleads when an outlet leaves credits out, or a scrape has lost them.
    """
    measured = pd.DataFrame(
        {
            by: articles[by].array,
            "left_out": is_agency_copy(articles),
            "agency": articles["wire_agency"].fillna("").array if "wire_agency" in articles else "",
            "repeat": is_repeat(articles),
            **{name.replace(" ", "_"): articles["wire"].eq(name).array for name in LABELS},
        }
    )
    groups = measured.groupby(by, sort=True, observed=True)
    table = groups[["own", "edited_wire", "wire", "left_out"]].sum()
    table.insert(0, "articles", groups.size())
    table["left_out_share"] = table["left_out"] / table["articles"]
    table["agencies"] = [_name_agencies(rows) for _, rows in groups["agency"]]
    table["repeats"] = groups["repeat"].sum()
    table = table.reset_index()
    return table.sort_values("articles", ascending=False, kind="stable", ignore_index=True)


def _name_agencies(names: pd.Series[str]) -> str:
    """List agencies with their articles: ``Reuters (12), AP (3)``."""
    often = names[names != ""].value_counts().rename_axis("name").reset_index(name="number")
    often = often.sort_values(["number", "name"], ascending=[False, True])
    return ", ".join(
        f"{row.name} ({row.number:,})" for row in often.itertuples(index=False, name="Row")
    )
