"""Lexicons on disk: the package's own, an analyst's, and those that lie beside a corpus."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from analysis.corpus.datasets import locate_built_in
from analysis.corpus.schema import DataError

Source = str | Path | Mapping[str, Any]


def shipped(kind: str) -> list[str]:
    """Give the names of the package's own lexicons of a kind."""
    entries = files("analysis").joinpath("lexicons", kind).iterdir()
    return sorted(entry.name[:-4] for entry in entries if entry.name.endswith(".yml"))


def parse(source: Source, kind: str) -> tuple[str, Mapping[str, Any]]:
    """Give a lexicon's file name and what it holds; an empty mapping if that is no mapping.

    Raises
    ------
    DataError
        When the file is not there, or is not YAML.
    """
    if isinstance(source, Mapping):
        return "the lexicon", source
    if isinstance(source, str) and source in shipped(kind):
        text = files("analysis").joinpath("lexicons", kind, f"{source}.yml").read_text("utf-8")
        return f"{source}.yml", yaml.safe_load(text)
    path = Path(source)
    if not path.is_file():
        raise DataError(
            f"there is no lexicon {str(source)!r}; give a YAML file, or one of the package's: "
            f"{', '.join(shipped(kind))}"
        )
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error
    return path.name, given if isinstance(given, Mapping) else {}


def find_beside(corpus: str | Path, name: str) -> Path | None:
    """Give the file of that name in the folder of a corpus, if there is one."""
    root = locate_built_in(corpus) or Path(corpus)
    path = (root if root.is_dir() else root.parent) / name
    return path if path.is_file() else None


def read_text(entry: Mapping[str, Any], key: str, where: str) -> str:
    """Give a key's text, which must be there."""
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        found = "is missing" if value is None else f"is {value!r}"
        raise DataError(f"{where}: {key} {found}; write `{key}: some words`")
    return " ".join(value.split())


def check_keys(entry: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    """Refuse a key that is not known, naming the nearest one that is."""
    for key in entry:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it may have: {', '.join(known)}"
            raise DataError(f"{where} has an unknown key {key!r}; {hint}")


def find_twice(names: Sequence[str]) -> str:
    """Give the first name that stands twice, or an empty string."""
    return next((name for name in names if names.count(name) > 1), "")
