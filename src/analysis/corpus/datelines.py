"""Datelines that name the outlet itself or an agency, as in ``ROME (CNN)`` or ``/TASS/``."""

from __future__ import annotations

import re

from analysis.corpus.credits import dateline_agency
from analysis.corpus.draft import Cut, Draft

FIRST_LINES, LENGTH = 4, 90
PLACE_WORDS, DASH = 8, 4
NAMED = re.compile(r"\s*[(/\[](?P<name>[^()\[\]/\n]{2,40})[)/\]]")
BEHIND = re.compile(r"\.?\s*(?:[-–—―_]+\s*|:\s+)?")
PLACE_WORD = re.compile(r"[^\W\d_a-z][\w.'’/-]*|\d{1,4}\.?|the|de|la|del|el|al|am|und|of")


def find_datelines(draft: Draft) -> list[Cut]:
    """Find the datelines in the first lines, each from its place to the dash behind it.

    Some texts have several in a row, as each that passes a text on may put its own ahead.
    """
    found: list[Cut] = []
    start = 0
    for line in draft.text.split("\n", 2 * FIRST_LINES)[: 2 * FIRST_LINES]:
        done = 0
        while length := _dateline_length(line[done:], draft.outlet):
            if done + length == len(line):  # a line of its own is judged as a line
                return found
            found.append(Cut(start + done, start + done + length, "dateline"))
            done += length
        start += len(line) + 1
    return found


def _dateline_length(line: str, outlet: str) -> int:
    """Give how far a dateline reaches with which a line begins, 0 if it has none."""
    for match in NAMED.finditer(line[:LENGTH]):
        if _is_dateline(line, match, outlet):
            behind = BEHIND.match(line, match.end())
            return behind.end() if behind else match.end()
    return 0


def _is_dateline(line: str, match: re.Match[str], outlet: str) -> bool:
    words = [word.strip("()/,.") for word in line[: match.start()].split()]
    if len(words) > PLACE_WORDS or not all(PLACE_WORD.fullmatch(word) for word in words if word):
        return False
    own = outlet.casefold().removeprefix("the ").split()
    name = match["name"].casefold().removeprefix("the ").split()
    is_own = bool(name) and own[: len(name)] == name
    return is_own or dateline_agency(line[: match.end() + DASH]) != ""
