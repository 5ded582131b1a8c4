"""Blocks of the same kind: whether the article's prose is of it, how many there are, how long."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.blocks import Block

Column = NDArray[np.floating[Any]]
MOST_LEVELS = 5


def kind_features(
    blocks: Sequence[Block], size: Column, prose: Column, linked: Column
) -> dict[str, Column]:
    """Describe each block by the blocks of its kind: those with its signature, or with its cues.

    Parameters
    ----------
    blocks
        Of the page.
    size
        Their words.
    prose
        1 for the paragraphs that are taken for the article's, 0 for the others.
    linked
        The share of each inside links.

    Notes
    -----
    An article that a page has in several containers is of one kind all the same.
    """
    kinds = [block.signature for block in blocks]
    words, count = _sums(kinds, size), Counter(kinds)
    of_kind = np.array([words[kind] for kind in kinds])
    times = np.array([count[kind] for kind in kinds], float)
    links = _sums(kinds, size * linked)
    own = _share(kinds, size * prose)
    levels = _levels_from(blocks, prose)
    return {
        "prose of its kind": own,
        "kind of prose": (own > 0).astype(float),
        "prose with its near cues": _share([block.near for block in blocks], size * prose),
        "prose with its cues": _share([block.cues for block in blocks], size * prose),
        "levels from prose": np.abs(levels),
        "levels below prose": np.clip(levels, -MOST_LEVELS, MOST_LEVELS),
        "log blocks of its kind": np.log1p(times),
        "log words of its kind": np.log1p(of_kind / np.maximum(times, 1)),
        "links of its kind": np.array([links[kind] for kind in kinds]) / np.maximum(of_kind, 1),
    }


def _sums(keys: Sequence[Hashable], weights: Column) -> dict[Hashable, float]:
    sums: defaultdict[Hashable, float] = defaultdict(float)
    for key, weight in zip(keys, weights.tolist(), strict=True):
        sums[key] += weight
    return sums


def _share(keys: Sequence[Hashable], weights: Column) -> Column:
    """Give the share of all weight that blocks with the same key have."""
    sums = _sums(keys, weights)
    return np.array([sums[key] for key in keys]) / (weights.sum() or 1.0)


def _levels_from(blocks: Sequence[Block], prose: Column) -> Column:
    """Give the levels by which each block is deeper in the tree than prose usually is."""
    depth = np.array([len(block.path) for block in blocks], float)
    of_prose = depth[prose > 0]
    return depth - np.median(of_prose if len(of_prose) else depth) if len(depth) else depth
