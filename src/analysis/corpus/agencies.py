"""The listed news agencies: their names, who passes their texts on, and how they sign."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class Agencies:
    """What ``lexicons/agencies.yml`` lists.

    Attributes
    ----------
    spellings
        The short name of each agency by every way of writing it.
    distributors
        Services that pass on the texts of others.
    signatures
        By short name, the pattern of a closing line that only this agency writes.
    words
        By what they say, the words with which credits are written in many languages.
    """

    spellings: dict[str, str]
    distributors: tuple[str, ...]
    signatures: dict[str, str]
    words: dict[str, tuple[str, ...]]


@cache
def read_agencies() -> Agencies:
    """Read the list, once."""
    text = (files("analysis") / "lexicons" / "agencies.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    spellings = {
        spelling: agency["name"]
        for agency in data["agencies"]
        for spelling in (agency["name"], agency["full"], *agency["also"])
    }
    words = {kind: tuple(listed) for kind, listed in data["words"].items()}
    return Agencies(spellings, tuple(data["distributors"]), data["signatures"], words)


def any_of(names: Iterable[str]) -> str:
    """Write a pattern for any of the names, with any white space for a space in one.

    Long names come first, so that the alternation never stops at the beginning of one.
    """
    escaped = (re.escape(name).replace(r"\ ", r"\s") for name in names)
    return "|".join(sorted(escaped, key=lambda name: (-len(name), name)))
