"""What outlets call the same thing: each name's share of a concept's names, by voice."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.compare.discovery import adjust_discrete
from analysis.compare.naming_lexicon import NamingLexicon, read_naming
from analysis.compare.naming_uses import find_naming, show_uses
from analysis.compare.shares import COLUMNS as SHARES
from analysis.compare.shares import compare_shares
from analysis.text.concordance import reading_order
from analysis.text.counts import Counts
from analysis.text.tokens import Tokens
from analysis.text.wire_selection import Wire, select_wire

KEYS = ["concept", "voice"]


def compare_naming(
    tokens: Tokens,
    lexicon: NamingLexicon | str,
    *,
    by: str = "outlet",
    within: str | None = None,
    wire: Wire = "include",
) -> pd.DataFrame:
    """Compare what groups of articles call the same things.

    Parameters
    ----------
    tokens
        The corpus; where voices are marked (``mark_voices``, ``Corpus.with_voices``), the outlets'
        own words and what they quote are compared apart.
    lexicon
        As ``read_naming`` gives it, or what ``read_naming`` reads.
    by
        Column of the articles whose groups are compared, each with all others.
    within
        Column inside whose values groups are compared, such as ``event_id``; concepts that no
        value has in two groups are left out.
    wire
        ``"include"``, ``"exclude"`` or ``"only"`` agency copy, see ``select_wire``.

    Returns
    -------
    pandas.DataFrame
        A row per concept, voice (``"own"``, ``"quoted"``, or ``"any"``), group that names the
        concept, and variant that anyone uses: ``concept``, ``voice``, the `by` column, ``variant``;
        ``estimate`` (its share of the group's uses of the concept, less the others' share), ``low``
        and ``high`` (95 %), ``p``, ``q`` (false-discovery rate over all rows); ``share`` with
        ``share_low`` and ``share_high``, ``share_rest``; ``count`` of ``total`` uses,
        ``n_articles`` of ``articles`` that name the concept, ``n_events``, and the same for the
        rest. Sorted by q, then by the bound nearer to 0, largest first. No rows where no article
        names a concept.

    Raises
    ------
    DataError
        When the lexicon cannot be read or a column is missing.

    Notes
    -----
    The article is the unit: p is the share of all ways to deal the articles that name the concept
    anew (``compare_terms``), intervals rest on the variance between articles
    (``shares.share_interval``).

    Misleads when a name is used for something else, which only its sentences show; and without
    `within` when outlets name a thing on different occasions.
    """
    lexicon = lexicon if isinstance(lexicon, NamingLexicon) else read_naming(lexicon)
    tokens = select_wire_tokens(tokens, wire)
    uses = find_naming(tokens, lexicon)
    tables = [
        compare_shares(count_names(tokens, rows), by=by, within=within).assign(
            **dict(zip(KEYS, map(str, key), strict=True))
        )
        for key, rows in uses.groupby(KEYS, sort=False)
    ]
    columns = [*KEYS, by, "variant", "estimate", "low", "high", "p", "q", *SHARES[5:]]
    tables = [table for table in tables if len(table)]
    if not tables:
        return pd.DataFrame(columns=columns)
    found = pd.concat(tables, ignore_index=True)
    found["q"] = adjust_discrete(found["p"].to_numpy(), found["least"].to_numpy())
    found["n_events"] = found["n_events"].astype("Int64")
    nearest = np.maximum(np.maximum(found["low"], -found["high"]), 0)
    order = np.lexsort((found["p"], -nearest, found["q"]))
    found = found.rename(columns={"term": "variant"})[columns]
    return found.iloc[order].reset_index(drop=True)


def select_wire_tokens(tokens: Tokens, wire: Wire) -> Tokens:
    """Choose with or without agency copy (mypy needs the type spelt out)."""
    selected: Tokens = select_wire(tokens, wire)
    return selected


def count_names(tokens: Tokens, uses: pd.DataFrame) -> Counts:
    """Count the uses of each variant in the articles that have one; lengths are their sums."""
    rows, at = np.unique(uses["row"], return_inverse=True)
    names, column = np.unique(uses["variant"].to_numpy(dtype=object), return_inverse=True)
    ones = np.ones(len(uses), dtype=np.int64)
    matrix = sparse.csr_matrix((ones, (at, column)), shape=(len(rows), len(names)))
    matrix.sum_duplicates()
    lengths = np.asarray(matrix.sum(axis=1)).ravel()
    about = tokens.articles.drop(columns="text", errors="ignore")  # large, and not looked at
    return Counts(matrix, about.iloc[rows], names, lengths)


def find_naming_evidence(
    tokens: Tokens,
    lexicon: NamingLexicon,
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    n_lines: int = 3,
) -> pd.DataFrame:
    """Give the sentences behind rows of a comparison, each from another article.

    Parameters
    ----------
    tokens, lexicon
        That were compared.
    table
        Rows of ``compare_naming``.
    by
        The column that was compared.
    n_lines
        Passages a row.

    Returns
    -------
    pandas.DataFrame
        The columns of ``show_uses``, row by row of `table`.

    Notes
    -----
    Misleads when read as typical: the passages are the first by date, not a sample.
    """
    uses = find_naming(tokens, lexicon.take(dict.fromkeys(table["concept"])))
    groups = tokens.articles[by].to_numpy()[uses["row"]]
    found = []
    for row in table[[*KEYS, by, "variant"]].itertuples(index=False, name=None):
        concept, voice, group, variant = row
        chosen = uses[
            (uses["concept"] == concept)
            & (uses["variant"] == variant)
            & (uses["voice"] == voice)
            & (groups == group)
        ].drop_duplicates("row")
        order = reading_order(tokens, chosen["place"].to_numpy())[:n_lines]
        found.append(chosen.iloc[order])
    return show_uses(tokens, pd.concat(found) if found else uses.head(0))
