"""Terms that are most of the words: tested by the words that are not of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from analysis.text.counts import Counts


def as_rare(counts: Counts) -> Counts:
    """Count in the place of a term that is most of the words the words that are not of it.

    As in counts of parts of a whole, where words are the uses of the whole. A term differs exactly
    as much as all else does, and the test of ``compare_terms`` is one for terms that are rare.
    """
    uses = np.asarray(counts.matrix.sum(axis=0)).ravel()
    most = 2 * uses > counts.lengths.sum()
    if not most.any():
        return counts
    others = counts.lengths[:, None] - counts.matrix[:, most].toarray()
    matrix = counts.matrix.tolil()
    matrix[:, most] = others
    rare = sparse.csr_matrix(matrix)
    rare.eliminate_zeros()
    return replace(counts, matrix=rare)
