"""What the markup of a page says about its blocks: elements around them, and their names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.blocks import CUE_GROUPS, Block

Column = NDArray[np.float64]

TAGS = ("p", "heading", "li", "td", "div")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
AROUND = (
    "aside", "nav", "footer", "header", "form", "figure", "table", "ul", "ol", "blockquote",
    "article", "main",
)  # fmt: skip


def markup_features(blocks: Sequence[Block]) -> dict[str, Column]:
    """Describe the elements around each block, and what their names say."""
    plain = [_plain(block) for block in blocks]
    around = _members([block.tags for block in blocks], AROUND)
    cues = _members([block.cues for block in blocks], CUE_GROUPS)
    near = _members([block.near for block in blocks], CUE_GROUPS)
    return {
        **{f"is {tag}": np.array([one == tag for one in plain], float) for tag in TAGS},
        **{f"in {tag}": column for tag, column in around.items()},
        **{f"cue {cue}": column for cue, column in cues.items()},
        **{f"near {cue}": column for cue, column in near.items()},
        "not shown": np.array([block.hidden for block in blocks], float),
    }


def _members(sets: Sequence[frozenset[str]], names: Sequence[str]) -> dict[str, Column]:
    """Tell for each name which of the sets hold it; many are the same."""
    rows = {one: [name in one for name in names] for one in set(sets)}
    table = np.array([rows[one] for one in sets], float).reshape(len(sets), len(names))
    return dict(zip(names, table.T, strict=True))


def _plain(block: Block) -> str:
    if block.tag in HEADINGS:
        return "heading"
    return "td" if block.tag == "th" else block.tag
