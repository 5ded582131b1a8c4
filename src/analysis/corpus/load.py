"""From a source to articles, and to a list of what could not be loaded."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from os import PathLike
from pathlib import Path

import pandas as pd

from analysis.corpus import files
from analysis.corpus.assemble import LOADED_COLUMNS
from analysis.corpus.columns import check_mapping
from analysis.corpus.datasets import BUILT_IN
from analysis.corpus.folder import Parts
from analysis.corpus.identify import identify
from analysis.corpus.pieces import (
    Content,
    Piece,
    cut_address,
    cut_file,
    cut_folder,
    join_contents,
    read_piece,
)
from analysis.corpus.places import is_address
from analysis.corpus.progress import track
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import (
    Problem,
    SetAsideWarning,
    as_frame,
    nothing_loaded,
    warning_text,
)
from analysis.corpus.truncation import mark_truncated
from analysis.memory import give_back

__all__ = ["Loaded", "SetAsideWarning", "load", "read"]

Source = str | PathLike[str]
Reader = Callable[[Sequence[Piece]], Iterable[Content]]


@dataclass(frozen=True)
class Loaded:
    """What `read` gives.

    Parameters
    ----------
    articles
        One row per article: ``article_id, outlet, published, title, url, text, origin, agency``,
        then every further column of the files.
    set_aside
        One row per file, row or value that could not be used: ``origin, problem, remedy, kept``;
        ``kept`` is True where the article was loaded all the same.
    """

    articles: pd.DataFrame
    set_aside: pd.DataFrame


def load(source: Source, *, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Load articles from a folder, a file or a built-in data set.

    Parameters
    ----------
    source
        A folder of ``.txt`` and ``.html`` files (a sub-folder is an outlet, a ``metadata.csv`` with
        a column ``file`` gives ``outlet``, ``published``, ``title``, ``url``) and of tables; a
        single file, ``.csv .jsonl .parquet .warc .txt .html``, each also as ``.gz``; an address of
        either that fsspec knows, such as ``s3://bucket/news``; or ``"sample"`` or
        ``"newsarticles"``. Folders named ``column=value``, as of partitioned Parquet, give that
        column. The two names always mean the built-in sets: a folder of that name
        is ``"./sample"``. WARC files and addresses need the extra ``scale``.
    columns
        ``{"their name": "our name"}`` for columns whose names are not understood without it.

    Returns
    -------
    DataFrame
        One row per article: ``article_id`` (unique), ``outlet``, ``published`` (UTC without time
        zone, NaT if there is none), ``title``, ``url``, ``text`` (as it stands in the file),
        ``origin`` (the file, with ``:row`` for a row of a table), ``agency``, then the further
        columns of the files, and from pages that state them ``author`` and ``section``. Where
        a text is only the beginning of its article, ``truncated`` says by what that is known.

    Raises
    ------
    DataError
        When the source is not there, or nothing in it could be loaded.

    Warns
    -----
    SetAsideWarning
        When something was left out; `read` lists all of it.
    """
    articles, problems = read_by(read_here, source, columns)
    give_back()
    message = warning_text(source, problems)
    if message:
        warnings.warn(message, SetAsideWarning, stacklevel=2)
    return articles


def read(source: Source, *, columns: Mapping[str, str] | None = None) -> Loaded:
    """Load articles together with the list of what was set aside.

    Parameters and errors are those of `load`; nothing is warned of.
    """
    articles, problems = read_by(read_here, source, columns)
    return Loaded(articles, as_frame(problems))


def read_by(
    reader: Reader, source: Source, columns: Mapping[str, str] | None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Load articles; `reader` reads the pieces of the source, here or elsewhere, in their order."""
    parts, problems = _read_parts(reader, source, check_mapping(columns))
    parts, more = identify(parts)
    problems += more
    if not any(len(part) for part in parts):
        raise nothing_loaded(source, problems)
    articles = _with_truncated(pd.concat(parts, ignore_index=True))
    extras = [name for name in articles.columns if name not in LOADED_COLUMNS]
    return articles[[*LOADED_COLUMNS, *extras]], problems


def read_here(pieces: Sequence[Piece]) -> Iterable[Content]:
    """Read pieces in this process."""
    return map(read_piece, pieces)


def _with_truncated(articles: pd.DataFrame) -> pd.DataFrame:
    """Say which texts are beginnings only, in a column that is there if any is."""
    found = mark_truncated(articles)
    if "truncated" in articles.columns:
        stated = articles["truncated"].fillna("")
        if not all(isinstance(value, str) for value in stated):
            return articles  # the files' own column, in which something else is meant
        return articles.assign(truncated=stated.where(stated != "", found))
    return articles.assign(truncated=found) if (found != "").any() else articles


def _read_parts(
    reader: Reader, source: Source, given: dict[str, str]
) -> tuple[Parts, list[Problem]]:
    if isinstance(source, str) and source in BUILT_IN:
        if given:
            raise DataError(f"the data set {source!r} takes no columns; leave them out")
        return BUILT_IN[source]()
    try:
        pieces, problems = _cut(source, given)
        read = track(reader(pieces), "reading", [piece.size for piece in pieces])
        parts, more = join_contents(read)
    except (OSError, ValueError) as error:
        if isinstance(error, DataError) or files.is_full(error):
            raise
        raise DataError(f"{str(source)!r} cannot be read: {error}") from error
    return parts, problems + more


def _cut(source: Source, given: dict[str, str]) -> tuple[list[Piece], list[Problem]]:
    if is_address(source):
        return cut_address(str(source), given)
    path = Path(source)
    if path.is_dir():
        return cut_folder(path, given)
    if path.exists():
        return cut_file(path, given)
    raise _not_found(path)


def _not_found(path: Path) -> DataError:
    around = path.parent
    beside = sorted(one.name for one in around.iterdir()) if around.is_dir() else []
    close = get_close_matches(path.name, [*BUILT_IN, *beside], n=3, cutoff=0.6)
    meant = f"; close to it: {', '.join(map(repr, close))}" if close else ""
    return DataError(
        f"{str(path)!r} is neither a file nor a folder nor a built-in data set "
        f"(these are: {', '.join(BUILT_IN)}){meant}"
    )
