"""Quotations of texts that were read before: a quotation depends on its text and on nothing else.

Cleaning, agency copy and events compare articles with each other, so that a new article can change
what is true of an old one: they are made anew with every corpus. Who speaks in a text is found in
the text alone, and takes longest.
"""

from __future__ import annotations

import hashlib
import os
import platform
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pandas as pd
from filelock import FileLock

from analysis.corpus.taking import each_text
from analysis.preparation import Here, Workers, track_chunks
from analysis.prepared import KEPT_DAYS, PACKAGE, hash_code
from analysis.text.quotes import COLUMNS, find_quotes

MOST_TEXTS = 200_000
KEPT_EVERY = 60.0  # seconds of reading
NONE_FOUND = -1  # as `start`: the text was read, and nobody speaks in it


def find_quotes_once(
    articles: pd.DataFrame, folder: Path, *, workers: Workers | None = None
) -> pd.DataFrame:
    """Find who speaks in the articles, reading only texts that were not read before.

    Parameters
    ----------
    articles
        As for ``find_quotes``.
    folder
        Where what was found is kept, under a name of the code that found it; now and then while
        texts are read, so that what is stopped goes on from there.
    workers
        Who reads the texts; this process if None.

    Returns
    -------
    pandas.DataFrame
        The same as ``find_quotes`` gives.
    """
    path = folder / f"quotes-{name_code()}.parquet"
    texts = name_texts(articles)
    kept = read_kept(path)
    new = ~texts.isin(kept["text_id"]).to_numpy()
    if new.any():
        distinct = articles[new & ~texts.duplicated().to_numpy()]
        found = list(read_and_keep(distinct, path, workers or Here()))
        kept = pd.concat([kept, *found], ignore_index=True)
    else:
        with suppress(OSError):  # a folder that may only be read is as good
            os.utime(path)
    asked = pd.DataFrame({"article_id": articles["article_id"].array, "text_id": texts.array})
    asked["place"] = range(len(asked))
    told = kept[kept["start"] != NONE_FOUND]
    told = told.assign(order=told.groupby("text_id", sort=False).cumcount())
    rows = asked.merge(told, on="text_id")
    rows = rows.sort_values(["place", "order"], kind="stable")
    return rows[list(COLUMNS)].astype(COLUMNS).reset_index(drop=True)


def read_and_keep(articles: pd.DataFrame, path: Path, workers: Workers) -> Iterator[pd.DataFrame]:
    """Read texts, some at a time, and keep what was found of them."""
    some = articles[["article_id", "text"]]
    waiting: list[pd.DataFrame] = []
    last = time.monotonic()
    for found in track_chunks("finding quotes", workers.stream, read_texts, some):
        yield found
        waiting.append(found)
        if time.monotonic() - last >= KEPT_EVERY:
            keep(path, pd.concat(waiting))
            waiting, last = [], time.monotonic()
    if waiting:
        keep(path, pd.concat(waiting))


def read_texts(articles: pd.DataFrame) -> pd.DataFrame:
    """Read texts, by the name of each; a row also for one in which nobody speaks."""
    texts = name_texts(articles)
    found = find_quotes(articles.assign(article_id=texts.array))
    silent = texts[~texts.isin(found["article_id"])]
    nobody = pd.DataFrame({"article_id": silent.array, "start": NONE_FOUND, "end": NONE_FOUND})
    both = pd.concat([found, nobody], ignore_index=True)
    words = {name: "" for name, kind in COLUMNS.items() if kind == "str"}
    both = both.fillna(words).fillna(-1).astype(COLUMNS)
    return both.rename(columns={"article_id": "text_id"})


def read_kept(path: Path) -> pd.DataFrame:
    """Read what was found before; nothing where there is no such file, or a damaged one."""
    try:
        kept = pd.read_parquet(path)
    except (OSError, ValueError):
        kept = None
    columns = {"text_id" if name == "article_id" else name: kind for name, kind in COLUMNS.items()}
    if kept is None or list(kept.columns) != list(columns):
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    return kept


def keep(path: Path, found: pd.DataFrame) -> None:
    """Add what was found, and delete what other code found long ago."""
    try:
        with FileLock(path.with_name(f".{path.name}.lock")):
            kept = read_kept(path)
            both = pd.concat([kept[~kept["text_id"].isin(found["text_id"])], found])
            newest = both["text_id"].drop_duplicates().tail(MOST_TEXTS)
            work = path.with_name(f".{path.name}")
            both[both["text_id"].isin(newest)].to_parquet(work, index=False)
            work.replace(path)
        oldest = time.time() - 86_400 * KEPT_DAYS
        for other in path.parent.glob("quotes-*.parquet"):
            if other.stat().st_mtime < oldest:
                other.unlink()
                other.with_name(f".{other.name}.lock").unlink(missing_ok=True)
    except OSError:  # where nothing can be written, all is read again the next time
        return


def name_texts(articles: pd.DataFrame) -> pd.Series[str]:
    """Name each text by its characters."""
    names = [
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        for text in each_text(articles["text"])
    ]
    return pd.Series(names, articles.index, dtype="str")


def name_code() -> str:
    """Name the code and word lists that find quotations."""
    digest = hashlib.sha256(f"{platform.python_version()} {pd.__version__}".encode())
    hash_code(digest, (PACKAGE / room for room in ("corpus", "text", "lexicons")))
    return digest.hexdigest()[:20]
