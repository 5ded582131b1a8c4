"""Articles that were measured by hand."""

from collections.abc import Callable

import pandas as pd
import pytest

PLAIN = {
    "published": pd.Timestamp("2026-01-05"), "words": 200, "removed_share": 0.1,
    "language": "English", "quotation": "\u201c \u201d", "leftover": [], "own_names": [],
    "truncated": False, "wire": False, "copy": False, "exact": False, "shared": False,
}  # fmt: skip


@pytest.fixture
def measure() -> Callable[..., pd.DataFrame]:
    """Make measured articles: `sizes` by outlet, then columns that differ from the plain ones."""

    def build(sizes: dict[str, int], **columns) -> pd.DataFrame:
        outlets = [name for name, size in sizes.items() for _ in range(size)]
        frame = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(outlets))]})
        frame["outlet"] = outlets
        for name, value in PLAIN.items():
            frame[name] = columns.get(name, [value] * len(outlets))
        return frame

    return build
