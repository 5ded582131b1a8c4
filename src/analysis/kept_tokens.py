"""The tokens of a prepared corpus on disk, an array a file, so that kernels share them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.columnar import open_array
from analysis.text.scan import object_array
from analysis.text.tokens import Tokens

ARRAYS = ("ids", "starts", "ends", "pointer")


def write_tokens(tokens: Tokens, folder: Path) -> None:
    """Write everything but the articles and the voices."""
    for name in ARRAYS:
        np.save(path_of(folder, name), getattr(tokens, name))
    terms = "\n".join(tokens.terms).encode()
    np.save(path_of(folder, "terms"), np.frombuffer(terms, dtype=np.uint8))


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
