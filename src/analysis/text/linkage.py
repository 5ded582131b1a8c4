"""Average linkage on a sparse graph, with pairs that must or must not stand together.

Pairs that the graph does not hold count as 0. The work grows with the number of links, not with
the number of pairs.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Matrix = sparse.csr_array[Any]
Longs = NDArray[np.int64]
Pairs = Iterable[tuple[int, int]]

SLACK = 1e-9  # of the threshold: what rounding may add to a mean


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
    n_rows = links.shape[0]
    start = first_of_component(n_rows, list(same))
    forest = _Forest(start, apart)
    for one, other, values in parts_of(links, start, threshold):
        forest.join(one, other, values, threshold)
    return forest.groups()


def parts_of(
    links: Matrix, start: Longs, threshold: float
) -> Iterator[tuple[list[int], list[int], list[float]]]:
    """Give the links inside each part of the graph beyond which nothing can be joined.

    A mean reaches the threshold only where one of its links does, so that two groups are joined
    only if a chain of such links connects them. `start` has the group that each row begins in.
    """
    graph = links.tocoo()
    one, other, values = start[graph.row], start[graph.col], graph.data
    strong = values >= threshold * (1 - SLACK)
    edges = sparse.coo_array((values[strong], (one[strong], other[strong])), shape=links.shape)
    part = connected_components(edges, directed=False)[1] if len(start) else start
    inside = np.flatnonzero((part[one] == part[other]) & (one != other))
    inside = inside[np.argsort(part[one[inside]], kind="stable")]
    one, other, values = one[inside], other[inside], values[inside]
    bounds = np.flatnonzero(np.diff(part[one], prepend=-1, append=-1))
    for first, last in pairwise(bounds.tolist()):
        yield one[first:last].tolist(), other[first:last].tolist(), values[first:last].tolist()


class _Forest:
    """Groups on their way to being joined: their sizes, and the sums of the links between them.

    The sums are those of one part of the graph at a time.
    """

    def __init__(self, start: Longs, apart: Pairs) -> None:
        self.parent = start.copy()
        self.size: list[int] = np.bincount(start, minlength=len(start)).tolist()
        self.sums: dict[int, dict[int, float]] = {}
        self.apart: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            first, second = int(start[one]), int(start[other])
            self.apart[first].add(second)
            self.apart[second].add(first)

    def mean(self, one: int, other: int) -> float:
        return self.sums[one][other] / (self.size[one] * self.size[other])

    def join(
        self, ones: list[int], others: list[int], values: list[float], threshold: float
    ) -> None:
        """Join the groups of a part, whose links are given both ways."""
        self.sums = {one: {} for one in ones}
        for one, other, value in zip(ones, others, values, strict=True):
            self.sums[one][other] = self.sums[one].get(other, 0.0) + value
        heap = [
            (-self.mean(one, other), one, other)
            for one, near in self.sums.items()
            for other in near
            if one < other and self.mean(one, other) >= threshold
        ]
        heapq.heapify(heap)
        while heap:
            mean, one, other = heapq.heappop(heap)
            # A group that was joined to another has no links left, and one that grew new means.
            if other not in self.sums[one] or -mean != self.mean(one, other):
                continue
            if one in self.apart and other in self.apart[one]:
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
        for far in self.apart.pop(other, ()):
            self.apart[far].discard(other)
            self.apart[far].add(one)
            self.apart[one].add(far)
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
