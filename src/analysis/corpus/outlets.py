"""The outlet that an address belongs to."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

_ADDRESS = re.compile(
    r"(?:https?://)?((?:[\w-]+\.)+[^\W\d_]{2,})\.?(?::\d+)?(?=[/?#]|$)", re.IGNORECASE
)


@cache
def _names() -> dict[str, str]:
    text = (files("analysis") / "lexicons" / "outlets.yml").read_text(encoding="utf-8")
    names: dict[str, str] = yaml.safe_load(text)
    return names


@cache
def outlet_of_host(host: str) -> str:
    """Give the outlet of a host name: its name if it is a known one, else the domain.

    Misleads when one domain carries several outlets (a portal, an archive, a blog host).
    """
    labels = host.lower().strip(".").split(".")
    for start in range(len(labels) - 1):
        name = _names().get(".".join(labels[start:]))
        if name:
            return name
    while len(labels) > 2 and labels[0] in {"www", "m", "amp", "edition"}:
        labels = labels[1:]
    return ".".join(labels) if len(labels) > 1 else ""


def outlet_of_url(url: str) -> str:
    """Give the outlet of an address; an empty string when it is no web address."""
    match = _ADDRESS.match(url)
    return outlet_of_host(match[1]) if match else ""
