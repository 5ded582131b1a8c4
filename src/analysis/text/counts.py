"""How often each term stands in each article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from analysis.corpus.taking import take_rows
from analysis.text import matrix_parts
from analysis.text.by_term import count_for


@dataclass(frozen=True, eq=False)
class Counts:
    """Term counts with their articles and terms.

    Attributes
    ----------
    matrix
        CSR of integers, shape (articles, terms).
    articles
        One row per matrix row, all columns of the frame that was tokenised.
    terms
        Array of str, one per matrix column, sorted.
    lengths
        Words of each article in the voice that was counted, whatever terms were kept: the
        denominator of a rate.
    """

    matrix: sparse.csr_matrix[Any]
    articles: pd.DataFrame
    terms: NDArray[Any]
    lengths: NDArray[np.int64]

    def take_articles(self, rows: ArrayLike) -> Counts:
        """Keep the articles at `rows` (positions or a boolean mask); every term stays."""
        rows = np.asarray(rows)
        whole = rows.dtype != bool
        return replace(
            self,
            matrix=matrix_parts.pick_rows(self.matrix, rows),
            articles=self.articles.iloc[rows] if whole else take_rows(self.articles, rows),
            lengths=self.lengths[rows],
        )

    def take_terms(self, columns: ArrayLike | slice) -> Counts:
        """Keep the terms at `columns` (positions, a slice, a boolean mask); lengths stay."""
        if isinstance(columns, slice):
            whole = columns.indices(len(self.terms)) == (0, len(self.terms), 1)
            matrix = self.matrix if whole else self.matrix[:, columns]
            return replace(self, matrix=matrix, terms=self.terms[columns])
        chosen = np.asarray(columns)
        matrix = matrix_parts.pick_columns(self.matrix, chosen)
        return replace(self, matrix=matrix, terms=self.terms[chosen])


def tfidf(counts: Counts, rows: ArrayLike | None = None) -> sparse.csr_matrix[Any]:
    """Weight counts by how few articles hold a term; rows have unit length.

    Parameters
    ----------
    counts
        Shape (articles, terms).
    rows
        Positions of the articles that are weighed, among all; None for all.

    Returns
    -------
    scipy.sparse.csr_matrix
        Shape (articles weighed, terms); equal to scikit-learn's ``TfidfTransformer()`` (smoothed
        idf, L2 norm).

    Notes
    -----
    Misleads when boilerplate was not removed: what stands in one outlet's articles only gets a
    high weight, whoever wrote it.
    """
    from sklearn.feature_extraction.text import TfidfTransformer  # takes long to import

    weights = TfidfTransformer()
    if rows is None:
        weighted: sparse.csr_matrix[Any] = weights.fit_transform(counts.matrix)
        return weighted
    # As `fit` does it, but for a copy of all counts.
    holders = count_for(counts.matrix.indices, counts.matrix.shape[1])
    weights.idf_ = np.log((counts.matrix.shape[0] + 1) / (holders + 1.0)) + 1
    weighted = weights.transform(counts.matrix[np.asarray(rows)])
    return weighted
