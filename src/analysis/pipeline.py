"""The order of the steps: from a source to a prepared corpus that every notebook shares."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.cluster import open_cluster
from analysis.columnar import open_frame
from analysis.corpus.clean import Cleaned
from analysis.corpus.schema import DataError
from analysis.kept_maps import StoredLengths, StoredMaps
from analysis.kept_quotes import write_quotes
from analysis.kept_tokens import open_tokens
from analysis.memory import give_back
from analysis.preparation import Here, make_corpus
from analysis.prepared import (
    fingerprint,
    name_source,
    prepared_folder,
    prune_folders,
    read_frames,
    write_folder,
)
from analysis.prepared_corpus import Corpus
from analysis.resume import Kept
from analysis.text.wire_selection import is_repeat


def prepare(
    source: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    cluster: Any = None,  # noqa: ANN401, Dask is no dependency
) -> Corpus:
    """Load, clean, label and tokenise a source, once; later calls read what the first one kept.

    Parameters
    ----------
    source, columns
        As for ``load``.
    cluster
        A Dask client, or the address of a scheduler (``"tcp://10.0.0.1:8786"``): its workers read
        the files, clean, read credits and find quotes. They need the source under the same
        path or address, and the same version of this package. The result is the same.

    Returns
    -------
    Corpus
        Kept in ``data/processed`` of the checkout (without one, in the user's cache) under a
        fingerprint of the inputs' bytes, the settings, this package's code and the versions of
        the libraries behind it, so that nothing stale is ever read. One that is damaged on disk
        is made anew; one that was not asked for in 30 days is deleted when another is prepared.
        A preparation that was stopped goes on, at the next call, behind the last of its longer
        steps that were done.

    Raises
    ------
    DataError
        When nothing could be loaded, or no article has a text of its own, or the cluster cannot
        be used.
    OSError
        When the disk, or the folder for temporary files, is full.
    """
    key = fingerprint(source, columns)
    folder = prepared_folder() / key[:20]
    corpus = _read_kept(folder, name_source(source), key)
    if corpus is not None:
        return corpus
    kept = Kept(folder.parent / f".{folder.name}-kept")
    with nullcontext(Here()) if cluster is None else open_cluster(cluster) as workers:

        def make(work: Path) -> None:
            make_corpus(source, columns, work, workers=workers, kept=kept)
            if cluster is not None:
                articles = open_frame(work / "articles.arrow")
                write_quotes(articles, work / "quotes.arrow", folder.parent, workers=workers)

        try:
            write_folder(folder, make)
        except DataError:
            kept.clear()  # there is nothing to go on with
            raise
    kept.clear()
    give_back()
    prune_folders(folder.parent)
    return read_corpus(folder, name=name_source(source), key=key)


def _read_kept(folder: Path, name: str, key: str) -> Corpus | None:
    if not folder.is_dir():
        return None
    try:
        corpus = read_corpus(folder, name=name, key=key)
    except (OSError, ValueError, LookupError):  # damaged on disk
        shutil.rmtree(folder, ignore_errors=True)
        return None
    with suppress(OSError):  # a folder that may only be read is as good
        os.utime(folder)
    return corpus


def read_corpus(folder: Path, *, name: str, key: str) -> Corpus:
    """Open a corpus that `make_corpus` wrote."""
    frames = read_frames(folder)
    articles = frames["articles"]
    lengths = StoredLengths(articles)
    cleaned = Cleaned(
        articles, frames["removed"], frames["rejected"], StoredMaps(folder, lengths), lengths
    )
    tokens = open_tokens(folder, articles)
    return Corpus(name, frames["loaded"], cleaned, frames["set_aside"], tokens, key, folder)


def list_unused(corpus: Corpus) -> pd.DataFrame:
    """List what a corpus could not use, from loading and cleaning, and what it counts once.

    Returns
    -------
    pandas.DataFrame
        ``where`` (file, or file and row), ``problem``, ``remedy``, ``kept`` (whether the article
        was loaded all the same).
    """
    aside = corpus.set_aside.rename(columns={"origin": "where"})
    origins = corpus.loaded.set_index("article_id")["origin"]
    rejected = pd.DataFrame(
        {
            "where": corpus.rejected["article_id"].map(origins),
            "problem": corpus.rejected["reason"],
            "remedy": "see what was removed from it; add its text, or leave it out of the source",
            "kept": False,
        }
    )
    repeats = corpus.articles.loc[is_repeat(corpus.articles), ["article_id", "copy_of"]]
    repeated = pd.DataFrame(
        {
            "where": repeats["article_id"].map(origins),
            "problem": "stands in its outlet twice, also as " + repeats["copy_of"].map(origins),
            "remedy": "nothing to do: the two count as one article",
            "kept": True,
        }
    )
    parts = [aside, rejected.astype({"kept": bool}), repeated.astype({"kept": bool})]
    return pd.concat(parts, ignore_index=True)
