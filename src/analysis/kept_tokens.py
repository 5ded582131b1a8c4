"""The tokens of a prepared corpus on disk, an array a file, so that kernels share them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import pandas as pd
from numpy.lib import format as npy
from numpy.typing import NDArray

from analysis.columnar import open_array
from analysis.corpus.schema import check_articles
from analysis.text.portions import portions
from analysis.text.scan import Ints, object_array, ranked, scan_texts
from analysis.text.tokens import Tokens

ARRAYS = ("ids", "starts", "ends", "pointer")
AT_ONCE = 1 << 23  # characters of text whose tokens stand in memory together
IDS_AT_ONCE = 1 << 20  # that are numbered anew


def write_tokens(articles: pd.DataFrame, folder: Path) -> None:
    """Find the tokens of articles and write them, some articles after the others.

    The files are, to the byte, what ``numpy.save`` makes of the arrays that ``tokenize`` gives.

    Raises
    ------
    DataError
        When a column is missing or a text is not a string.
    """
    check_articles(articles, unique=False)
    texts, n_tokens = articles["text"], [np.zeros(1, np.int64)]
    met: dict[str, int] = {}
    with ExitStack() as files:
        add_ids, *add_places = (
            files.enter_context(growing(path_of(folder, name), np.dtype(np.int32)))
            for name in ARRAYS[:-1]
        )
        for first, last in portions(texts.str.len().to_numpy(), AT_ONCE):
            terms, ids, *places, pointer = scan_texts(texts.iloc[first:last])
            numbers = np.array([met.setdefault(term, len(met)) for term in terms], dtype=np.int32)
            add_ids(numbers[ids])
            for add, values in zip(add_places, places, strict=True):
                add(values)
            n_tokens.append(np.diff(pointer))
    np.save(path_of(folder, "pointer"), np.cumsum(np.concatenate(n_tokens)))
    words, ranks = ranked(list(met))
    _renumber(path_of(folder, "ids"), ranks)
    np.save(path_of(folder, "terms"), np.frombuffer("\n".join(words).encode(), dtype=np.uint8))


@contextmanager
def growing(path: Path, kind: np.dtype[Any]) -> Iterator[Callable[[NDArray[Any]], None]]:
    """Write a ``.npy`` as ``numpy.save`` does, but some of its numbers after the others.

    Yields
    ------
    callable
        Takes an array of one dimension, which is written behind those before.
    """
    size = 0
    with path.open("wb") as file:

        def add(values: NDArray[Any]) -> None:
            nonlocal size
            file.write(values.data)
            size += len(values)

        _write_head(file, kind, 0)
        yield add
        file.seek(0)
        _write_head(file, kind, size)


def _write_head(file: IO[bytes], kind: np.dtype[Any], size: int) -> None:
    """Write what stands before the numbers; it takes as many bytes for every size."""
    head = {"descr": npy.dtype_to_descr(kind), "fortran_order": False, "shape": (size,)}
    npy.write_array_header_1_0(file, head)


def _renumber(path: Path, ranks: Ints) -> None:
    """Write for each id on disk its rank."""
    with path.open("r+b") as file:
        npy.read_magic(file)
        npy.read_array_header_1_0(file)
        while len(ids := np.fromfile(file, dtype=np.int32, count=IDS_AT_ONCE)):
            file.seek(-ids.nbytes, os.SEEK_CUR)
            file.write(ranks[ids].data)


def open_tokens(folder: Path, articles: pd.DataFrame) -> Tokens:
    """Open what `write_tokens` wrote; `articles` is the frame that was tokenised.

    Raises
    ------
    OSError, ValueError
        When a file is not there or not whole, or they do not belong together.
    """
    arrays = {name: open_array(path_of(folder, name)) for name in ARRAYS}
    pointer = arrays["pointer"]
    sizes = {len(arrays[name]) for name in ARRAYS[:-1]}
    if len(pointer) != len(articles) + 1 or sizes != {int(pointer[-1])}:
        raise ValueError(f"the tokens in {folder} are not those of its articles")
    terms = open_array(path_of(folder, "terms")).tobytes().decode()
    return Tokens(
        articles.copy(deep=False), object_array(terms.split("\n") if terms else []), **arrays
    )


def path_of(folder: Path, name: str) -> Path:
    """Where an array is kept."""
    return folder / f"tokens-{name}.npy"
