"""The links between the articles of a prepared corpus on disk: found once for all kernels."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.columnar import open_array
from analysis.prepared import keep_part, write_folder
from analysis.text.event_links import EventLinks, link_articles, name_articles
from analysis.text.scan import object_array

MATRICES = ("graph", "weights")
PARTS = ("data", "indices", "indptr")


def find_links_once(articles: pd.DataFrame, folder: Path) -> EventLinks:
    """Find how likely any two articles tell of the same event, or open what was found before.

    Parameters
    ----------
    articles
        As for ``group_events``.
    folder
        That of the prepared corpus; the links are kept under a name of the articles, as a corpus
        of some outlets or on something has others.
    """
    name = name_articles(articles)

    def read(path: Path) -> EventLinks:
        return open_links(path, name)

    def write(path: Path) -> None:
        write_links(link_articles(articles), path)

    return keep_part(folder / f"links-{name}", write, read)


def write_links(links: EventLinks, path: Path) -> None:
    """Write an array a file, into a folder that is there whole or not at all."""

    def write(work: Path) -> None:
        for matrix in MATRICES:
            for part in PARTS:
                np.save(work / f"{matrix}-{part}.npy", getattr(getattr(links, matrix), part))
        np.save(work / "order.npy", links.order)
        terms = "\n".join(links.terms).encode("utf-8", "surrogatepass")
        np.save(work / "terms.npy", np.frombuffer(terms, dtype=np.uint8))

    shutil.rmtree(path, ignore_errors=True)  # what is damaged
    write_folder(path, write)


def open_links(path: Path, name: str) -> EventLinks:
    """Open what `write_links` wrote of the articles of that name, by a map of its files.

    Raises
    ------
    OSError, ValueError
        When a file is not there or not whole, or they do not belong together.
    """
    order = open_array(path / "order.npy")
    text = open_array(path / "terms.npy").tobytes().decode("utf-8", "surrogatepass")
    terms = object_array(text.split("\n") if text else [])
    graph = open_matrix(path, "graph", len(order))
    weights = open_matrix(path, "weights", len(terms))
    if not graph.shape[0] == weights.shape[0] == len(order):
        raise ValueError(f"the links in {path} do not belong together")
    return EventLinks(order, graph, weights, terms, name)


def open_matrix(path: Path, name: str, n_columns: int) -> sparse.csr_array[Any]:
    """Open a matrix of so many columns."""
    parts = {part: open_array(path / f"{name}-{part}.npy") for part in PARTS}
    n_rows = len(parts["indptr"]) - 1
    return sparse.csr_array(tuple(parts[part] for part in PARTS), shape=(n_rows, n_columns))
