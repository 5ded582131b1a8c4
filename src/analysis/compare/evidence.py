"""From a number back to its sentences: the passages that a comparison was counted from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.text.concordance import (
    LINE_COLUMNS,
    ids_of,
    lines_at,
    places_of,
    reading_order,
    rows_of,
)
from analysis.text.counts import Counts, tfidf
from analysis.text.tokens import Tokens
from analysis.text.wire_selection import is_repeat


def find_evidence(
    tokens: Tokens, table: pd.DataFrame, *, by: str = "outlet", n_terms: int = 2, n_lines: int = 3
) -> pd.DataFrame:
    """Give sentences for the strongest terms of each group, each from another article.

    Parameters
    ----------
    tokens
        The tokens that were counted.
    table
        Rows of ``compare_terms`` to illustrate, best first.
    by
        The column that was compared.
    n_terms
        Terms for each group.
    n_lines
        Passages for each term, from as many articles; of an article that stands in its outlet
        twice (``copy_of``) only from one.

    Returns
    -------
    pandas.DataFrame
        The columns of ``concordance`` with ``term`` and the group before them.

    Notes
    -----
    Misleads when read as typical: the passages are the first by date, not a sample.
    """
    chosen = (
        table.groupby(by, sort=True, observed=True).head(n_terms).sort_values(by, kind="stable")
    )
    once = ~is_repeat(tokens.articles)
    groups = tokens.articles[by].where(once).to_numpy()
    found = []
    for group, term in zip(chosen[by], chosen["term"], strict=True):
        ids = ids_of(tokens, term)
        places = places_of(tokens, ids)
        places = places[groups[rows_of(tokens, places)] == group]
        places = places[np.unique(rows_of(tokens, places), return_index=True)[1]]
        places = places[reading_order(tokens, places)][:n_lines]
        found.append(lines_at(tokens, places, len(ids)).assign(term=term))
    lines = pd.concat(found, ignore_index=True) if found else lines_at(tokens, np.zeros(0), 1)
    passages: pd.DataFrame = lines.reindex(columns=["term", *LINE_COLUMNS])
    return passages


def sample_articles(
    counts: Counts, *, by: str = "outlet", n_articles: int = 1, n_terms: int = 6
) -> pd.DataFrame:
    """Lay articles of each group side by side: heading, beginning and strongest TF-IDF terms.

    Parameters
    ----------
    counts
        Counts whose articles have ``text``.
    by
        The column whose groups are laid side by side.
    n_articles
        Articles a group: those of median length.
    n_terms
        Terms an article.

    Returns
    -------
    pandas.DataFrame
        ``by, published, title, words, begins`` (its first 200 characters), ``terms``.
    """
    articles = counts.articles.drop(columns="text")
    articles = articles.assign(words=counts.lengths, row=range(len(counts.lengths)))
    distance = (articles["words"] - articles.groupby(by)["words"].transform("median")).abs()
    nearest = articles.assign(distance=distance).sort_values([by, "distance", "article_id"])
    chosen = nearest.groupby(by, sort=True).head(n_articles)
    rows = chosen["row"].to_numpy()
    terms = []
    for weight in tfidf(counts, rows).toarray():
        best = weight.argsort(kind="stable")[::-1][:n_terms]
        terms.append(", ".join(counts.terms[index] for index in best if weight[index] > 0))
    texts = counts.articles["text"]  # one by one: to take some, Arrow joins all of them
    begins = [" ".join(texts.iloc[row][:200].split()) for row in rows]
    table = chosen[[by, "published", "title", "words"]].assign(begins=begins, terms=terms)
    table["published"] = table["published"].dt.strftime("%Y-%m-%d").fillna("undated")
    return table.reset_index(drop=True)
