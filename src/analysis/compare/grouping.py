"""Who is compared with whom: groups of articles, and the strata inside which they are compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.compare.moments import LEAST_COMPILED_ENTRIES, Floats, Integers, sum_by
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts


@dataclass(frozen=True, eq=False)
class Grouping:
    """The group and the stratum of each article.

    Attributes
    ----------
    names
        The groups, sorted.
    codes
        Shape (articles,): position of each article's group in `names`.
    strata
        Shape (articles,): 0, 1, ...; -1 for an article without a stratum, which is left out.
    n_strata
        Number of strata, 1 if the groups are compared as they are.
    """

    names: pd.Index
    codes: Integers
    strata: Integers
    n_strata: int

    @property
    def cells(self) -> Integers:
        """Each article's cell, ``group * n_strata + stratum``; -1 for those left out."""
        return np.where(self.strata < 0, -1, self.codes * self.n_strata + self.strata)

    def sides(self, one: int, other: int | None) -> tuple[Integers, Integers]:
        """Articles of a group and of another, or of all others, in the strata that hold both."""
        inside = self.strata >= 0
        own = inside & (self.codes == one)
        rest = inside & (self.codes != one if other is None else self.codes == other)
        held = np.zeros((2, self.n_strata), dtype=bool)
        held[0, self.strata[own]], held[1, self.strata[rest]] = True, True
        both = held[0] & held[1]
        return np.flatnonzero(own & both[self.strata]), np.flatnonzero(rest & both[self.strata])


def group_articles(counts: Counts, *, by: str, within: str | None = None) -> Grouping:
    """Read the groups and strata of the articles behind `counts`.

    Raises
    ------
    DataError
        As ``name_groups``, if there is only one group, a column is missing, or no stratum holds
        articles of two groups.
    """
    codes, names = name_groups(counts, by)
    if len(names) < 2:
        raise DataError(
            f"all {len(codes)} articles have the same {by}, {names[0]!r}; a comparison needs "
            "two groups (analysis.calibrate compares a group with itself)"
        )
    grouping = Grouping(names, codes, np.zeros(len(codes), dtype=np.int64), 1)
    if within is None:
        return grouping
    return group_within(grouping, _column(counts.articles, within, "within"), by=by)


def group_within(grouping: Grouping, values: pd.Series, *, by: str) -> Grouping:
    """Put groups of articles into strata, one for each of the `values` of a column.

    Raises
    ------
    DataError
        If no stratum holds articles of two groups.
    """
    codes, (strata, n_strata) = grouping.codes, _strata(values)
    shared = pd.Series(codes[strata >= 0]).groupby(strata[strata >= 0]).nunique()
    if not (shared > 1).any():
        raise DataError(
            f"none of the {n_strata} values of {values.name!r} has articles of two groups of "
            f"{by!r}; compare without within=, or group the articles more coarsely"
        )
    return Grouping(grouping.names, codes, strata, n_strata)


def name_groups(counts: Counts, by: str) -> tuple[Integers, pd.Index]:
    """Give each article's group, as a position in the sorted names of the groups.

    Raises
    ------
    DataError
        If there are no terms, the column is missing, or an article has no group.
    """
    if not len(counts.terms):
        raise DataError(
            f"the counts of {len(counts.articles)} articles hold no terms to compare; "
            "lower min_articles or raise max_share in Tokens.counts, or check that there is text"
        )
    labels = _column(counts.articles, by, "by")
    nameless = labels.isna() | (labels.astype(str).str.strip() == "")
    if nameless.any():
        row = int(nameless.to_numpy().argmax())
        ids = counts.articles.get("article_id", labels.index.to_series())
        raise DataError(
            f"{int(nameless.sum())} of {len(labels)} articles have no {by}, the first in row {row} "
            f"(article_id {ids.iloc[row]!r}); name their {by} or leave them out"
        )
    codes, names = pd.factorize(labels, sort=True)
    return codes.astype(np.int64), pd.Index(names)


def _strata(labels: pd.Series) -> tuple[Integers, int]:
    """Codes of the strata; articles with an empty or missing one get -1."""
    known = labels.notna() & (labels.astype(str).str.strip() != "")
    codes, names = pd.factorize(labels.where(known), sort=True)
    return codes, len(names)


def _column(articles: pd.DataFrame, name: str, role: str) -> pd.Series:
    if name not in articles.columns:
        raise DataError(
            f"{role}={name!r} is not a column of counts.articles "
            f"(it has: {', '.join(map(str, articles.columns))})"
        )
    return articles[name]


def shares_any(counts: Counts, *, by: str, within: str) -> bool:
    """Tell whether any value of `within` has articles of two groups."""
    codes, _ = name_groups(counts, by)
    strata, _ = _strata(_column(counts.articles, within, "within"))
    pairs = np.unique(np.column_stack([strata, codes])[strata >= 0], axis=0)
    return len(np.unique(pairs[:, 0])) < len(pairs)


def count_within(
    articles: pd.DataFrame, *, by: str = "outlet", within: str = "event_id"
) -> pd.DataFrame:
    """Count the articles that a comparison inside events can use, and those it leaves out.

    Parameters
    ----------
    articles
        With the columns `by` and `within`, such as ``counts.articles``.
    by
        The column that is compared.
    within
        The column inside whose values it is.

    Returns
    -------
    pandas.DataFrame
        A row per group: the `by` column, ``articles``, ``compared`` (on an event that another
        group covers), ``left_out``, ``events`` (of the group) and ``shared_events``.

    Raises
    ------
    DataError
        When a column is missing.

    Notes
    -----
    Misleads when events are wrongly grouped: an event that was split has fewer counterparts.
    """
    groups, values = _column(articles, by, "by"), _column(articles, within, "within")
    known = values.notna() & (values.astype(str).str.strip() != "")
    values = values.where(known)
    n_groups = groups.groupby(values).nunique()
    shared = values.map(n_groups).to_numpy() > 1
    table = pd.DataFrame({by: groups, "value": values, "compared": shared})
    of_group = table.groupby(by, sort=True)
    found = pd.DataFrame(
        {
            "articles": of_group.size(),
            "compared": of_group["compared"].sum().astype(int),
            "events": of_group["value"].nunique(),
            "shared_events": table[shared].groupby(by)["value"].nunique(),
        }
    )
    found = found.fillna({"shared_events": 0}).astype({"shared_events": int}).reset_index()
    found.insert(3, "left_out", found["articles"] - found["compared"])
    return found


def distinct_labels(counts: Counts, rows: Integers, labels: Integers) -> Floats:
    """Count for each term the different labels of the articles at `rows` that use it.

    `labels` has a value an article; those below 0 are left out.
    """
    rows = rows[labels[rows] >= 0]
    matrix = counts.matrix
    if np.diff(matrix.indptr)[rows].sum() >= LEAST_COMPILED_ENTRIES:
        from analysis.compare.entry_kernels import count_labels  # where numba pays

        rows = rows[np.argsort(labels[rows], kind="stable")]
        arrays = matrix.indptr, matrix.indices, matrix.data
        found: Floats = count_labels(*arrays, rows, labels, len(counts.terms))
        return found
    some = matrix[rows]
    n_labels = int(labels.max(initial=0)) + 1
    # A number for every term and label.
    used = some.indices * np.int64(n_labels) + np.repeat(labels[rows], np.diff(some.indptr))
    used = used[some.data > 0]
    used.sort()
    new = np.diff(used, prepend=-1) != 0
    return sum_by(used[new] // n_labels, None, len(counts.terms))
