"""Where the blocks of a page stand in its tree, seen from the container of the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.blocks import Block

Column = NDArray[np.float64]
WHOLE_TEXT = 100  # words


def tree_features(blocks: Sequence[Block], weights: Column) -> dict[str, Column]:
    """Describe each block's way to the container that holds most of the weights."""
    held: defaultdict[tuple[int, ...], float] = defaultdict(float)
    wrapped: defaultdict[int, float] = defaultdict(float)
    ways = [block.path[:-1] for block in blocks]
    for block, way, weight in zip(blocks, ways, weights.tolist(), strict=True):
        held[way] += weight
        wrapped[block.article] += weight
    core = max(held, key=lambda path: held[path], default=())
    shared = np.array([_common(way, core) for way in ways], float)
    up = len(core) - shared
    down = np.array([len(way) for way in ways], float) - shared
    main = max(wrapped, key=lambda number: wrapped[number], default=0)
    article = np.array([block.article for block in blocks])
    return {
        "core holder": ((up == 0) & (down == 0)).astype(float),
        "under core": ((up == 0) & (down > 0)).astype(float),
        "levels up": np.log1p(up),
        "levels down": np.log1p(down),
        "other article": ((article != main) & (article != 0)).astype(float),
        "no article": ((article == 0) & (main != 0)).astype(float),
    }


def mark_other_articles(
    blocks: Sequence[Block], titles: NDArray[np.bool_], weights: Column
) -> NDArray[np.bool_]:
    """Mark what stands in another article of the page than its headline.

    Parameters
    ----------
    blocks
        Of the page.
    titles
        Which of them are the page's headline.
    weights
        The words of each that are taken for the article's.

    Returns
    -------
    array of bool
        Nothing is marked where the headline stands in no `article`, or in one without a whole text:
        there the page is in parts, as a live blog is. Articles around the headline's or inside it
        are not others.
    """
    inside: dict[int, NDArray[np.bool_]] = {}
    for number in map(int, np.flatnonzero(titles)):
        own = blocks[number].article
        if own and own not in inside:
            inside[own] = np.array([own in block.path for block in blocks])
    main = max(inside, key=lambda own: float(weights[inside[own]].sum()), default=0)
    if not main or weights[inside[main]].sum() < WHOLE_TEXT:
        return np.zeros(len(blocks), bool)
    around = next(block.path for block in blocks if block.article == main)
    others = np.array([block.article not in (0, *around) for block in blocks])
    return others & ~inside[main]


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    size = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        size += 1
    return size
