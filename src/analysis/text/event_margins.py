"""By how much a grouping holds: mean links inside events, and between them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.text.event_links import Matrix

Floats = NDArray[Any]
Codes = NDArray[Any]


def mean_links(links: Matrix, codes: Codes) -> tuple[Floats, Floats]:
    """Give each article's mean link with its event, and the highest of its event with another.

    An article alone on its event holds it for certain: its mean is infinite.
    """
    graph, sizes = links.tocoo(), np.bincount(codes)
    same = codes[graph.row] == codes[graph.col]
    sums = np.bincount(graph.row[same], weights=graph.data[same], minlength=len(codes))
    fellows = sizes[codes] - 1
    own = np.full(len(codes), np.inf)
    np.divide(sums, fellows, out=own, where=fellows > 0)
    between = pairs_between(links, codes)
    highest = np.zeros(len(sizes))
    for end in ("one", "other"):
        np.maximum.at(highest, codes[between[end].to_numpy(dtype=np.int64)], between["link"])
    return own, highest[codes]


def pairs_within(links: Matrix, codes: Codes) -> pd.DataFrame:
    """Pair each article with the nearest of its event, by its mean link with them all."""
    own, _ = mean_links(links, codes)
    graph = links.tocoo()
    same = codes[graph.row] == codes[graph.col]
    best = strongest(graph.row[same], graph.col[same], graph.data[same], graph.row[same])
    pairs = best.assign(link=own[best["one"].to_numpy()])
    swapped = pairs["one"] > pairs["other"]
    pairs.loc[swapped, ["one", "other"]] = pairs.loc[swapped, ["other", "one"]].to_numpy()
    return pairs.sort_values("link", kind="stable").drop_duplicates(["one", "other"])


def pairs_between(links: Matrix, codes: Codes) -> pd.DataFrame:
    """Pair each two events that have links by their most alike articles, with their mean link."""
    graph, sizes = links.tocoo(), np.bincount(codes)
    across = codes[graph.row] < codes[graph.col]
    one, other, values = graph.row[across], graph.col[across], graph.data[across]
    key = codes[one] * np.int64(len(sizes)) + codes[other]
    best = strongest(one, other, values, key)
    sums = pd.Series(values).groupby(key).sum()
    n_pairs = sizes[codes[best["one"].to_numpy()]] * sizes[codes[best["other"].to_numpy()]]
    return best.assign(link=sums.reindex(best.index).to_numpy() / n_pairs)


def strongest(one: Codes, other: Codes, values: Floats, key: Codes) -> pd.DataFrame:
    """Keep the pair with the highest link of each key; equal ones by the order of the rows."""
    pairs = pd.DataFrame({"one": one, "other": other, "link": values, "key": key})
    pairs = pairs.sort_values(["key", "link", "one", "other"], ascending=[True, False, True, True])
    return pairs.drop_duplicates("key").set_index("key")
