"""How groups of outlets introduce what others say: with which verbs, and which side's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.compare.discovery import adjust
from analysis.compare.terms import compare_terms
from analysis.corpus.schema import DataError, check_articles
from analysis.text.counts import Counts
from analysis.text.stances import label_stances
from analysis.text.texts import find_rows

Of = Literal["stance", "verb"]
COLUMNS = [
    "term", "estimate", "low", "high", "p", "q", "count", "n_articles", "count_rest",
    "n_articles_rest", "articles", "articles_rest",
]  # fmt: skip


def compare_cues(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, of: Of = "stance", by: str = "outlet"
) -> pd.DataFrame:
    """Compare how often groups of articles introduce others' words with each stance or verb.

    Parameters
    ----------
    quotes
        The rows of ``find_quotes``, all or some: those of one speaker or country, say. Where they
        have a column ``stance`` and ``verb`` (``label_stances``), these are taken.
    articles
        The articles behind them, with ``article_id`` and `by`.
    of
        ``"stance"``, or ``"verb"`` for each reporting verb.
    by
        Column of the articles whose groups are compared.

    Returns
    -------
    pandas.DataFrame
        As ``compare_terms`` gives it, with stances or verbs as terms; rates are per reporting
        word, and ``articles`` are those that have any.

    Raises
    ------
    DataError
        When a column is missing or there is one group.

    Notes
    -----
    A word that reports several pieces of one quotation counts once; so does, in an article, each
    word that reports nobody named ("allegedly"). Cues are read in English only.

    Misleads where outlets report different acts: who covers a trial writes "alleged" for reasons
    of law.
    """
    if not has_cues(quotes):
        return pd.DataFrame(columns=[by, *COLUMNS])
    return compare_parts(count_cues(quotes, articles, of=of), by=by)


def compare_sides(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    sides: Sequence[str] = (),
    by: str = "outlet",
) -> pd.DataFrame:
    """Ask of each outlet whether it introduces one side's words otherwise than the other's.

    Parameters
    ----------
    quotes
        Rows with a column ``side`` (or ``country``, as ``name_speakers`` gives it).
    articles
        The articles behind them, with ``article_id`` and `by`.
    sides
        The two sides; the first is held against the second. None takes the two that are heard in
        most articles.
    by
        Column of the articles whose groups are looked at one by one.

    Returns
    -------
    pandas.DataFrame
        A row per group and stance: the `by` column, ``side``, ``other``, ``term`` (the stance),
        ``estimate`` (log-odds: above 0 if the first side's words are introduced so more often),
        ``low, high, p``, ``q`` (Benjamini and Hochberg over all rows), ``count, count_rest``
        (reporting words), ``n_articles, n_articles_rest`` (articles with such a word),
        ``articles, articles_rest`` (articles with any word of the side). Groups that report a side
        in fewer than two articles are left out; the frame is empty if all do.

    Raises
    ------
    DataError
        When `sides` are not two, or a column is missing.

    Notes
    -----
    The unit is what one article reports of one side.

    Misleads where the sides do different things: an accusation is answered by a denial. And an
    article that reports both sides gives two units, which the test takes as independent: where
    its author treats both alike, the test errs towards finding nothing.
    """
    check_articles(articles, needs=(by,))
    column = "side" if "side" in quotes else "country"
    if column not in quotes:
        raise DataError("quotes has no column 'side' or 'country'; pass name_speakers(...).quotes")
    pair = list(sides) or most_heard(quotes, column)
    if sides and len(pair) != 2:
        raise DataError(f"compare_sides needs two sides, and got {len(pair)}: {pair}")
    of_sides = [quotes[quotes[column] == side] for side in pair]
    if len(pair) < 2 or any(not has_cues(rows) for rows in of_sides):
        return pd.DataFrame(columns=[by, "side", "other", *COLUMNS])
    parts = []
    for side, rows in zip(pair, of_sides, strict=True):
        part = count_cues(rows, articles)
        parts.append(replace(part, articles=part.articles.assign(side=side)))
    both = stack(parts)
    found = []
    for name in sorted(both.articles[by].unique()):
        own = both.take_articles((both.articles[by] == name).to_numpy())
        sizes = own.articles["side"].value_counts()
        if len(sizes) == 2 and sizes.min() > 1:
            table = compare_parts(own, by="side")
            table = table[table["side"] == pair[0]]
            found.append(table.assign(**{by: name, "other": pair[1]}))
    if not found:
        return pd.DataFrame(columns=[by, "side", "other", *COLUMNS])
    whole = pd.concat(found, ignore_index=True)
    whole["q"] = adjust(whole["p"].to_numpy())
    first = [by, "side", "other"]
    whole = whole[[*first, *(name for name in whole if name not in first)]]
    return whole.sort_values(["q", "p", by, "term"], kind="stable").reset_index(drop=True)


def compare_parts(counts: Counts, *, by: str) -> pd.DataFrame:
    """Compare terms that make up all of what is counted: one may be the whole on both sides.

    Then its odds have no bounds.
    """
    with np.errstate(invalid="ignore"):
        table = compare_terms(counts, by=by)
    return table.fillna({"low": -np.inf, "high": np.inf})


def most_heard(quotes: pd.DataFrame, column: str) -> list[str]:
    """Give the two sides that are heard in most articles."""
    heard = quotes[quotes[column] != ""].drop_duplicates(["article_id", column])
    return list(heard[column].value_counts().sort_index().nlargest(2).index)


def has_cues(rows: pd.DataFrame) -> bool:
    """Say whether any word reports."""
    labelled = rows if "stance" in rows else label_stances(rows)
    return bool((labelled["stance"] != "").any())


def count_cues(quotes: pd.DataFrame, articles: pd.DataFrame, *, of: Of = "stance") -> Counts:
    """Count the words that report in each article, by stance or by verb.

    Returns
    -------
    Counts
        Articles that have any, in their order, by stances or verbs; lengths are all words that
        report.
    """
    if of not in ("stance", "verb"):
        raise DataError(f"of={of!r} is unknown (it can be: stance, verb)")
    rows = quotes if of in quotes else label_stances(quotes)
    row = find_rows(rows["article_id"], articles)
    reports = (rows[of] != "").to_numpy(dtype=bool) & (rows["kind"] != "scare").to_numpy(dtype=bool)
    told = np.flatnonzero(reports & (row >= 0))
    # A quotation in pieces, or inside indirect speech, has a row for each and one word reporting.
    start = rows["speaker_start"].to_numpy()[told]
    word = pd.DataFrame(
        {"row": row[told], "start": start, "cue": pd.factorize(rows["cue"])[0][told]}
    )
    told = told[~word.duplicated().to_numpy()]
    inside, place = np.unique(row[told], return_inverse=True)
    kept = articles.drop(columns="text", errors="ignore").iloc[inside].reset_index(drop=True)
    codes, terms = pd.factorize(rows[of].iloc[told], sort=True)
    matrix = sparse.csr_matrix(
        (np.ones(len(told), dtype=np.int64), (place, codes)), shape=(len(kept), len(terms))
    )
    lengths = np.asarray(matrix.sum(axis=1)).ravel().astype(np.int64)
    return Counts(matrix, kept, np.asarray(terms, dtype=str), lengths)


def stack(parts: Sequence[Counts]) -> Counts:
    """Put counts below each other, with the terms of all."""
    terms = np.unique(np.concatenate([part.terms for part in parts]))
    wide = []
    for part in parts:
        place = np.searchsorted(terms, part.terms)
        spread = sparse.csr_matrix(
            (np.ones(len(place), dtype=np.int64), (np.arange(len(place)), place)),
            shape=(len(place), len(terms)),
        )
        wide.append(part.matrix @ spread)
    return Counts(
        sparse.csr_matrix(sparse.vstack(wide)),
        pd.concat([part.articles for part in parts], ignore_index=True),
        terms,
        np.concatenate([part.lengths for part in parts]),
    )
