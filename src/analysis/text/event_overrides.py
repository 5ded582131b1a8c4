"""What an analyst has decided: articles of the same event, and articles of different ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import yaml

from analysis.corpus.schema import DataError
from analysis.corpus.unique_keys import UniqueLoader
from analysis.text.linkage import first_of_component

KINDS = ("same", "apart")
EXAMPLE = "same:\n- [a1, a2]\napart:\n- [a1, a7]"

Pair = tuple[int, int]


class Overrides(NamedTuple):
    """Pairs of rows that stand together, and that are kept apart."""

    same: list[Pair]
    apart: list[Pair]


def read_overrides(source: str | Path | Mapping[str, Any] | None, ids: pd.Index) -> Overrides:
    """Read pairs of article ids that decide over the links.

    Parameters
    ----------
    source
        A YAML file, or a mapping, with ``same`` and ``apart``: lists of pairs of article ids.
    ids
        The article ids, in the order of the rows.

    Returns
    -------
    Overrides
        Rows for ids.

    Raises
    ------
    DataError
        When the file is not there or not YAML, a key is unknown or stands twice, an entry is not a
        pair, names an article twice or one that is not in the corpus, or an ``apart`` pair is
        joined by ``same``.
    """
    if source is None:
        return Overrides([], [])
    name = "overrides" if isinstance(source, Mapping) else Path(source).name
    given = source if isinstance(source, Mapping) else parse(Path(source))
    unknown = [key for key in given if key not in KINDS]
    if unknown:
        raise DataError(f"{name} has an unknown key {unknown[0]!r}; it may have: same, apart")
    same, apart = (read_pairs(given.get(kind), f"{name}, {kind}", ids) for kind in KINDS)
    group = first_of_component(len(ids), same)
    for place, (one, other) in enumerate(apart, 1):
        if group[one] == group[other]:
            raise DataError(
                f"{name}, apart, entry {place}: the pairs under same join {ids[one]!r} and "
                f"{ids[other]!r}; take one of them out"
            )
    return Overrides(same, apart)


def parse(path: Path) -> Mapping[str, Any]:
    """Read a YAML file that holds a mapping."""
    if not path.is_file():
        raise DataError(f"there is no file of overrides {path}; write one such as\n{EXAMPLE}")
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueLoader)
    except DataError as error:
        raise DataError(f"{path.name}, {error}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} is not YAML: {error}; write it as\n{EXAMPLE}") from error
    if given is not None and not isinstance(given, Mapping):
        raise DataError(f"{path.name} holds {given!r}; write it as\n{EXAMPLE}")
    return given or {}


def read_pairs(entries: object, where: str, ids: pd.Index) -> list[Pair]:
    """Give the rows of every pair of ids."""
    if entries is not None and not isinstance(entries, list | tuple):
        raise DataError(f"{where}: found {entries!r}; write a list of pairs, such as\n{EXAMPLE}")
    pairs = []
    for place, entry in enumerate(entries or (), 1):
        if not isinstance(entry, list | tuple) or len(entry) != 2:
            raise DataError(f"{where}, entry {place}: {entry!r} is not a pair of article ids")
        rows = ids.get_indexer(pd.Index([str(article) for article in entry])).tolist()
        for article, row in zip(entry, rows, strict=True):
            if row < 0:
                raise DataError(
                    f"{where}, entry {place}: article_id {str(article)!r} is not among the "
                    f"{len(ids)} articles; correct the id or take the pair out"
                )
        if rows[0] == rows[1]:
            raise DataError(f"{where}, entry {place}: {entry!r} names one article twice")
        pairs.append((rows[0], rows[1]))
    return pairs
