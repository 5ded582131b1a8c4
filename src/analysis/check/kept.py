"""What was measured of a prepared corpus, kept beside it: a report asks for it in two processes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pandas as pd

from analysis.pipeline import Corpus
from analysis.prepared import PACKAGE, hash_code, prepared_folder

LISTS = ("leftover", "own_names")


def keep_measured(corpus: Corpus, measure: Callable[[Corpus], pd.DataFrame]) -> pd.DataFrame:
    """Measure a corpus, unless the same was measured before by the same code.

    Parameters
    ----------
    corpus
        Of one that is not kept on disk nothing is kept.
    measure
        Gives a row per article; the columns `LISTS` hold lists.
    """
    folder = prepared_folder() / corpus.fingerprint[:20]
    if not corpus.fingerprint or not folder.is_dir():
        return measure(corpus)
    path = folder / f"measured-{_digest(corpus)[:20]}.parquet"
    with suppress(OSError):
        kept = pd.read_parquet(path)
        return kept.assign(**{name: kept[name].map(list) for name in LISTS})
    measured = measure(corpus)
    with suppress(OSError):  # a folder that may only be read
        _write(measured, path)
    return measured


def _digest(corpus: Corpus) -> str:
    """Name what the measures depend on: the frames themselves, as they may have been changed."""
    digest = hashlib.sha256(corpus.fingerprint.encode())
    for frame in (corpus.articles, corpus.removed, corpus.tokens.articles):
        digest.update(repr([(name, str(kind)) for name, kind in frame.dtypes.items()]).encode())
        digest.update(pd.util.hash_pandas_object(frame.astype(str)).to_numpy().tobytes())
    for array in (corpus.tokens.ids, corpus.tokens.pointer):
        digest.update(array.tobytes())
    hash_code(digest, [PACKAGE / "check"])
    return digest.hexdigest()


def _write(frame: pd.DataFrame, path: Path) -> None:
    """Write whole, or not at all."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    os.close(handle)
    try:
        frame.to_parquet(name, index=False)
        os.replace(name, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
