"""How an article says that a news agency wrote it, or a part of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from analysis.corpus.credits import find_agency
from analysis.text.credit_rules import Rule, Zone, credit_rules

Part = Literal["", "some", "all"]

# Characters and lines in which a byline and a closing credit are looked for.
HEAD, TAIL, LINE = 2500, 1500, 400
TOP_LINES, FIRST_LINES, LAST_LINES, END_LINES = 3, 8, 12, 3
BYLINE_LENGTH = 100

_PICTURE = re.compile(
    r"\b(?:photo(?:graph)?s?|images?|pictures?|video|illustration|graphic|getty|via)\b"
)
_PICTURE_PIECES = ("photo", "image", "picture", "video", "illustr", "graphic", "getty", "via")


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency's credit.

    Attributes
    ----------
    agency
        The short name of a listed agency, else the name as it is written; empty where none is
        named ("wire services").
    part
        What the credit claims: ``"all"`` of the article, ``"some"`` of it, or ``""``: no credit.
    """

    agency: str = ""
    part: Part = ""


def read_credit(title: str, text: str, is_outlet: Callable[[str], bool]) -> Credit:
    """Read whose work a title and a text say the article is.

    Parameters
    ----------
    title, text
        As they were loaded: cleaning cuts credits away.
    is_outlet
        Whether a name is that of the outlet itself, whose own credit is no agency's.

    Returns
    -------
    Credit
        The first one there is: a joint credit of outlet and agency; a dateline, byline, source
        line or closing credit of an agency alone; thanks for a contribution. The credit of a
        picture does not count.

    Notes
    -----
    Misleads when an outlet leaves the credit out, or keeps the dateline of a text it has rewritten.
    """
    rules = credit_rules()
    zones = _zones(title, text)
    joint = _first(rules.joint, "some", zones, is_outlet)
    if joint.part:
        return joint
    agency = find_agency(text)
    if agency and not is_outlet(agency):
        return Credit(agency, "all")
    sole = _first(rules.sole, "all", zones, is_outlet)
    return sole if sole.part else _first(rules.shared, "some", zones, is_outlet)


def _zones(title: str, text: str) -> dict[Zone, list[str]]:
    head = _lines(text[:HEAD])[:FIRST_LINES]
    tail = [line for line in _lines(text[-TAIL:])[-LAST_LINES:] if not _is_picture(line)]
    end = [line[-LINE:] for line in tail[-END_LINES:]]
    return {
        "title": [title[-BYLINE_LENGTH:].strip()],
        "head": [line[:BYLINE_LENGTH] for line in head if "(" in line[:BYLINE_LENGTH]],
        "top": [line for line in head[:TOP_LINES] if _may_be_byline(line)],
        "byline": [line for line in (*head, *end) if _may_be_byline(line)],
        "tail": [line[-LINE:] for line in tail],
        "end": end,
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _may_be_byline(line: str) -> bool:
    return len(line) <= BYLINE_LENGTH and not _is_picture(line)


def _is_picture(line: str) -> bool:
    if len(line) > 2 * BYLINE_LENGTH:
        return False
    folded = line.casefold()
    return any(piece in folded for piece in _PICTURE_PIECES) and bool(_PICTURE.search(folded))


def _first(
    rules: Iterable[Rule],
    part: Part,
    zones: dict[Zone, list[str]],
    is_outlet: Callable[[str], bool],
) -> Credit:
    for rule in rules:
        for line in zones[rule.zone]:
            match = rule.match(line)
            credit = _credit(match, part, is_outlet) if match else Credit()
            if credit.part:
                return credit
    return Credit()


def _credit(match: re.Match[str], part: Part, is_outlet: Callable[[str], bool]) -> Credit:
    """Take the first agency that a match names and that is not the outlet."""
    rules = credit_rules()
    name = match.groupdict().get("name")
    found = [name] if name else [found.group() for found in rules.names.finditer(match.group())]
    names = [re.sub(r"\s+", " ", re.sub(r"^[Tt]he\s", "", name)) for name in found]
    agencies = [rules.spellings.get(name, name) for name in names]
    others = [agency for agency in agencies if not is_outlet(agency)]
    if others:
        return Credit(others[0], part)
    return Credit() if agencies else Credit("", part)
