"""Average linkage on a sparse graph, with pairs that must or must not stand together.

Pairs that the graph does not hold count as 0. The work grows with the number of links, not with
the number of pairs.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Matrix = sparse.csr_array[Any]
Longs = NDArray[np.int64]
Pairs = Iterable[tuple[int, int]]


def join_linked(links: Matrix, threshold: float, *, same: Pairs = (), apart: Pairs = ()) -> Longs:
    """Join the groups with the highest mean link until none reaches the threshold.

    Parameters
    ----------
    links
        Shape (articles, articles), symmetric, no diagonal.
    threshold
        Two groups are joined while the mean link of their pairs is at least this.
    same, apart
        Rows that stand together from the start, and rows that are never joined.

    Returns
    -------
    numpy.ndarray
        int64, a group per row: the first row that belongs to it.

    Notes
    -----
    UPGMA (Sokal and Michener 1958), with must-link and cannot-link pairs as in Davidson and Ravi
    (2005). Equal means are joined in the order of the rows.
    """
    forest = _Forest(links, same, apart)
    forest.join(threshold)
    return forest.groups()


class _Forest:
    """Groups on their way to being joined: their sizes, and the sums of the links between them."""

    def __init__(self, links: Matrix, same: Pairs, apart: Pairs) -> None:
        self.start = first_of_component(links.shape[0], list(same))
        self.parent = self.start.copy()
        self.size: list[int] = np.bincount(self.start, minlength=len(self.start)).tolist()
        self.sums: list[dict[int, float]] = [{} for _ in self.size]
        graph = links.tocoo()
        ends = zip(self.start[graph.row].tolist(), self.start[graph.col].tolist(), strict=True)
        for (one, other), value in zip(ends, graph.data.tolist(), strict=True):
            if one != other:
                self.sums[one][other] = self.sums[one].get(other, 0.0) + value
        self.apart: list[set[int]] = [set() for _ in self.size]
        for one, other in apart:
            first, second = int(self.start[one]), int(self.start[other])
            self.apart[first].add(second)
            self.apart[second].add(first)

    def mean(self, one: int, other: int) -> float:
        return self.sums[one][other] / (self.size[one] * self.size[other])

    def join(self, threshold: float) -> None:
        heap = [
            (-self.mean(one, other), one, other)
            for one, near in enumerate(self.sums)
            for other in near
            if one < other and self.mean(one, other) >= threshold
        ]
        heapq.heapify(heap)
        while heap:
            mean, one, other = heapq.heappop(heap)
            # A group that was joined to another has no links left, and one that grew new means.
            if other not in self.sums[one] or -mean != self.mean(one, other):
                continue
            if other in self.apart[one]:
                continue
            for near in self.merge(one, other):
                value = self.mean(one, near)
                if value >= threshold:
                    heapq.heappush(heap, (-value, min(one, near), max(one, near)))

    def merge(self, one: int, other: int) -> list[int]:
        """Move the second group into the first, and name those that have links with both."""
        del self.sums[one][other], self.sums[other][one]
        for near, value in self.sums[other].items():
            del self.sums[near][other]
            self.sums[one][near] = self.sums[one].get(near, 0.0) + value
            self.sums[near][one] = self.sums[one][near]
        self.sums[other] = {}
        for far in self.apart[other]:
            self.apart[far].discard(other)
            self.apart[far].add(one)
        self.apart[one] |= self.apart[other]
        self.size[one] += self.size[other]
        self.parent[other] = one
        return sorted(self.sums[one])

    def groups(self) -> Longs:
        rows = np.arange(len(self.parent))
        edges = sparse.coo_array((np.ones(len(rows)), (rows, self.parent)), shape=(len(rows),) * 2)
        return _first_rows(edges)


def first_of_component(n_rows: int, pairs: list[tuple[int, int]]) -> Longs:
    """Give each row the first row that a chain of pairs connects it with."""
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    shape = (n_rows, n_rows)
    return _first_rows(
        sparse.coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=shape)
    )


def _first_rows(edges: sparse.coo_array[Any]) -> Longs:
    if not edges.shape[0]:
        return np.empty(0, dtype=np.int64)
    component = connected_components(edges, directed=False)[1]
    _, first = np.unique(component, return_index=True)
    return first[component].astype(np.int64)
