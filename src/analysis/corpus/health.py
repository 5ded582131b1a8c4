"""What there is to compare: articles by outlet and day, and what was taken out of them."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.corpus.schema import check_articles
from analysis.corpus.taking import each_text

WORD = re.compile(r"\w+")


def count_words(texts: pd.Series[str]) -> NDArray[np.int64]:
    """Count the words of each text; a column's own count holds all texts in memory at once."""
    counts = (len(WORD.findall(text)) for text in each_text(texts))
    return np.fromiter(counts, dtype=np.int64, count=len(texts))


def describe_outlets(articles: pd.DataFrame, removed: pd.DataFrame) -> pd.DataFrame:
    """Count each outlet's articles, dates and words, and what was removed from its texts.

    Parameters
    ----------
    articles
        Cleaned articles, one row each.
    removed
        Spans that cleaning took out of them: ``article_id, start, end, reason, text``.

    Returns
    -------
    pandas.DataFrame
        A row per outlet, largest first: ``outlet, articles, dated, first, last, median_words,
        removed_share`` (of the loaded characters, 0 to 1).

    Notes
    -----
    Misleads when a crawl has gaps: fewer articles may mean that fewer were collected.
    """
    check_articles(articles, needs=("outlet", "published", "text"))
    cut = removed["text"].str.len().groupby(removed["article_id"]).sum()
    measured = pd.DataFrame(
        {
            "outlet": articles["outlet"].to_numpy(),
            "published": articles["published"].to_numpy(),
            "words": count_words(articles["text"]),
            "kept": articles["text"].str.len().to_numpy(),
            "cut": articles["article_id"].map(cut).fillna(0).to_numpy(),
        }
    )
    by_outlet = measured.groupby("outlet", sort=True)
    table = by_outlet.agg(
        articles=("words", "size"),
        dated=("published", "count"),
        first=("published", "min"),
        last=("published", "max"),
        median_words=("words", "median"),
        kept=("kept", "sum"),
        cut=("cut", "sum"),
    )
    table["removed_share"] = table["cut"] / np.maximum(table["kept"] + table["cut"], 1)
    table["median_words"] = table["median_words"].round().astype(int)
    for column in ("first", "last"):
        table[column] = table[column].dt.strftime("%Y-%m-%d").fillna("")
    columns = ["articles", "dated", "first", "last", "median_words", "removed_share"]
    return (
        table[columns]
        .reset_index()
        .sort_values("articles", ascending=False, kind="stable", ignore_index=True)
    )


def count_removed(removed: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count the removed spans by reason, with the outlet that has most of them and an example.

    Returns
    -------
    pandas.DataFrame
        A row per reason, most characters first: ``reason, spans, articles, characters, outlets,
        example`` (the most frequent text of that reason, cut to 80 characters).
    """
    outlet = articles.set_index("article_id")["outlet"]
    spans = removed.assign(
        outlet=removed["article_id"].map(outlet), characters=removed["text"].str.len()
    )
    table = spans.groupby("reason", sort=True).agg(
        spans=("text", "size"),
        articles=("article_id", "nunique"),
        characters=("characters", "sum"),
        outlets=("outlet", "nunique"),
        example=("text", commonest),
    )
    return table.reset_index().sort_values(
        "characters", ascending=False, kind="stable", ignore_index=True
    )


def commonest(texts: pd.Series[str]) -> str:
    """Give the text that occurs most, the first in the alphabet among equals, on one short line."""
    often = texts.value_counts()
    text = " ".join(str(min(often.index[often == often.max()])).split())
    return text if len(text) <= 80 else f"{text[:79]}…"


def count_per_day(articles: pd.DataFrame) -> pd.DataFrame:
    """Count the dated articles of each outlet on each day, days without any included.

    Returns
    -------
    pandas.DataFrame
        Days (index, one row a day from first to last) by outlets (columns, in alphabetical
        order); no rows when no article has a date.
    """
    check_articles(articles, needs=("outlet", "published"))
    dated = articles[["outlet", "published"]].dropna(subset=["published"])
    days = dated["published"].dt.floor("D")
    table = pd.crosstab(days, dated["outlet"])
    every = sorted(articles["outlet"].unique())
    if table.empty:
        return pd.DataFrame(columns=every, index=pd.DatetimeIndex([], name="published"), dtype=int)
    range_ = pd.date_range(days.min(), days.max(), freq="D", name="published")
    return table.reindex(index=range_, columns=every, fill_value=0)
