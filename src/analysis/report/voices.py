"""Findings about voices in words: who is heard, how introduced, and who is not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.corpus.language import is_english
from analysis.corpus.taking import each_text
from analysis.report.sentences import LEVEL, interval, times
from analysis.wording import listed, plural

INTRODUCES = {
    "neutral": "with a neutral word",
    "doubting": "with a word of doubt (claimed, alleged)",
    "endorsing": "as a fact (revealed, confirmed, warned)",
    "combative": "as an attack or a refusal (slammed, rejected)",
    "favourable": "as praise or support",
    "committing": "as a promise or a demand",
    "mental": "as a thought or a wish",
}


def describe_reading(quotes: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Say what was found in the articles, and in how many of them only quotation marks were read.

    Parameters
    ----------
    quotes
        The rows of ``find_quotes``.
    articles
        The articles in which they were found.
    """
    kinds = quotes["kind"].value_counts()
    direct, indirect = int(kinds.get("direct", 0)), int(kinds.get("indirect", 0))
    heard = (quotes["kind"] != "scare").to_numpy(dtype=bool)
    n_heard, known = int(heard.sum()), int((heard & (quotes["speaker"] != "")).sum())
    n_articles = len(np.unique(pd.factorize(quotes["article_id"])[0][heard]))
    said = [
        f"{plural(direct, 'quotation')} and {plural(indirect, 'passage')} of indirect speech in "
        f"{plural(n_articles, 'article')} of {len(articles):,}; "
        f"{known / max(n_heard, 1):.0%} have a speaker with a name or a description."
    ]
    foreign = sum(not is_english(text) for text in each_text(articles["text"]))
    if foreign:
        are = "is" if foreign == 1 else "are"
        said.append(
            f"{plural(foreign, 'article')} {are} not in English: there only quotation marks are "
            "read, no reporting words, no indirect speech and few speakers. Their outlets' own "
            "voice is overstated."
        )
    return said


def describe_voice(row: pd.Series[Any], *, by: str = "outlet", of: str = "speaker") -> str:
    """Say in one sentence what a row of ``compare_voices`` shows."""
    sizes = f"{plural(row['n_articles'], 'article')}, the others have {row['n_articles_rest']:,}"
    if min(row["n_articles"], row["n_articles_rest"]) < 2:
        return f"Nothing can be inferred about {row[of]} in {row[by]}: {sizes}."
    # Small shares need a decimal, or an interval would seem to have no width.
    digits = 0 if max(row["share"], row["share_rest"]) >= 0.1 else 1
    shares = (
        f"{row['share']:.{digits}%} of an article's quoted words against "
        f"{row['share_rest']:.{digits}%}"
    )
    low, high = 100 * row["low"], 100 * row["high"]
    points = f"95 % interval {low:+.{digits}f} to {high:+.{digits}f} points"
    heard = f"heard in {row['heard']:,} of {sizes}"
    evidence = f"({shares}; difference with {points}; {heard})"
    if row["q"] > LEVEL or row["low"] <= 0 <= row["high"]:
        return f"No difference can be shown for {row[of]} in {row[by]} {evidence}."
    more = "more" if row["estimate"] > 0 else "less"
    return f"{row[by]} lets {row[of]} speak {more} than the others do {evidence}."


def describe_voices(
    table: pd.DataFrame, *, by: str = "outlet", of: str = "speaker", most: int = 6
) -> list[str]:
    """Say whom the groups let speak more or less, the largest difference of each group first.

    Parameters
    ----------
    table
        As ``compare_voices`` gives it.
    by, of
        What was compared.
    most
        The most sentences.
    """
    if table.empty:
        return [f"No {of} is known of anybody who is quoted or reported here."]
    certain = table[(table["q"] <= LEVEL) & ((table["low"] > 0) | (table["high"] < 0))]
    certain = certain.sort_values("estimate", key=abs, ascending=False, kind="stable")
    turn = certain.groupby(by).cumcount()
    chosen = certain.assign(turn=turn).sort_values("turn", kind="stable").head(most)
    said = [describe_voice(row, by=by, of=of) for _, row in chosen.iterrows()]
    return said or [
        f"No {of} sets any {by} apart: none of the {len(table):,} shares of quoted words differs "
        "from the others' by more than chance allows (false-discovery rate 5 %)."
    ]


def describe_cues(table: pd.DataFrame, *, by: str = "outlet", most: int = 6) -> list[str]:
    """Say how groups introduce others' words, from ``compare_cues`` or ``compare_sides``.

    Parameters
    ----------
    table
        With stances as terms, best row first.
    by
        The column that was compared.
    most
        The most sentences.
    """
    if table.empty:
        return [f"No {by} reports enough words of others, or of two sides, for a comparison."]
    certain = table[(table["q"] <= LEVEL) & ((table["low"] > 0) | (table["high"] < 0))]
    said = [describe_cue(row, by=by) for _, row in certain.head(most).iterrows()]
    return said or [
        f"No {by} introduces words otherwise than it is compared with: none of "
        f"{plural(len(table), 'difference')} in reporting words is beyond chance "
        "(false-discovery rate 5 %)."
    ]


def describe_cue(row: pd.Series[Any], *, by: str) -> str:
    """Say in one sentence what a row shows that is beyond chance."""
    manner = INTRODUCES.get(row["term"], f"by words of the kind \u201c{row['term']}\u201d")
    whom, rest = "others' words", "the others do"
    if "side" in row.index:
        whom, rest = f"the words of {row['side']}", f"those of {row['other']}"
    if row["count"] == 0:
        how = f"never introduces {whom} {manner}, but {rest}"
    elif row["count_rest"] == 0:
        how = f"introduces {whom} {manner}, but never {rest}"
        how = how.replace("but never the others do", "which the others never do")
    else:
        how = f"introduces {whom} {manner} {times(row['estimate'])} times as often as {rest}"
    articles = (
        f"{row['n_articles']:,} of {plural(row['articles'], 'article')} against "
        f"{row['n_articles_rest']:,} of {row['articles_rest']:,}"
    )
    return f"{row[by]} {how} ({interval(row)}; {articles})."


def describe_diversity(table: pd.DataFrame, *, by: str = "outlet") -> list[str]:
    """Say which groups hear more different speakers, from ``measure_diversity``.

    A difference is told only where the intervals do not meet.
    """
    if table.empty:
        return ["How many different speakers are heard cannot be compared: too few articles."]
    top, last = table.iloc[0], table.iloc[-1]
    spans = [
        f"{row[by]} {row['estimate']:.0f} ({row['low']:.0f} to {row['high']:.0f})"
        for row in (top, last)
    ]
    basis = f"effective speakers in {plural(int(top['drawn']), 'article')}, 95 % interval"
    if len(table) < 2 or top["low"] <= last["high"]:
        none = f"No {by} can be shown to hear more different speakers"
        return [f"{none}: {listed(spans)}; {basis}."]
    fewer = [str(row[by]) for _, row in table.iterrows() if row["high"] < top["low"]]
    more = f"{top[by]} hears more different speakers than {listed(fewer)}"
    return [f"{more}: {listed(spans)}; {basis}."]


def describe_unheard(table: pd.DataFrame, *, by: str = "outlet", most: int = 6) -> list[str]:
    """Say whom a group never hears on events where others do, from ``find_unheard``."""
    certain = table[(table["q"] <= LEVEL) & (table["high"] < 0)] if len(table) else table
    said = [
        f"{row[by]} never lets {row['speaker']} speak on {plural(row['n_events'], 'event')} on "
        f"which others do ({row['heard_in']}; {interval(row)})."
        for _, row in certain.head(most).iterrows()
    ]
    if said:
        return said
    if table.empty:
        return [f"Each {by} hears those whom others hear on two events or more that it covers."]
    return [
        f"{plural(len(table), 'silence')} on shared events, none beyond chance (false-discovery "
        "rate 5 %): few articles on an event quote few people each."
    ]
