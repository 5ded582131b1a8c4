"""What was measured of a prepared corpus, kept beside it: a report asks for it in two processes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.prepared import PACKAGE, hash_code, keep_frame
from analysis.prepared_corpus import Corpus
from analysis.text.scan import utf8_bytes

TEXTS_AT_ONCE = 10_000
LISTS = ("leftover", "own_names")


def keep_measured(corpus: Corpus, measure: Callable[[Corpus], pd.DataFrame]) -> pd.DataFrame:
    """Measure a corpus, unless the same was measured before by the same code.

    Parameters
    ----------
    corpus
        Where its folder cannot be written to, nothing is kept.
    measure
        Gives a row per article; the columns `LISTS` hold lists.
    """
    try:
        kept = keep_frame(
            corpus.folder, f"measured-{_digest(corpus)[:20]}", lambda: measure(corpus)
        )
    except OSError:
        return measure(corpus)
    return kept.assign(**{name: kept[name].map(list) for name in LISTS})


def _digest(corpus: Corpus) -> str:
    """Name what the measures depend on: the frames themselves, as they may have been changed."""
    digest = hashlib.sha256(corpus.fingerprint.encode())
    for frame in (corpus.articles, corpus.removed, corpus.tokens.articles):
        digest.update(repr([(name, str(kind)) for name, kind in frame.dtypes.items()]).encode())
        for name in frame.columns:
            hash_column(digest, frame[name])
    for array in (corpus.tokens.ids, corpus.tokens.pointer):
        digest.update(array.data)
    hash_code(digest, [PACKAGE / "check"])
    return digest.hexdigest()


def hash_column(digest: hashlib._Hash, column: pd.Series) -> None:
    """Add the values of a column; of long texts few at a time, for others would be copied."""
    if not isinstance(column.dtype, pd.StringDtype):
        digest.update(pd.util.hash_pandas_object(column.astype(str)).to_numpy().tobytes())
        return
    digest.update(column.isna().to_numpy(dtype=bool).data)
    for start in range(0, len(column), TEXTS_AT_ONCE):
        data, pointer = utf8_bytes(column.iloc[start : start + TEXTS_AT_ONCE])
        digest.update(np.diff(pointer).data)
        digest.update(data[pointer[0] : pointer[-1]].data)
