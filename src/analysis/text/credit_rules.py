"""The forms in which bylines, datelines and closing lines credit a news agency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from analysis.corpus.agencies import any_of, read_agencies

# The lines that a rule reads: the title, the first lines, short lines among the very first ones or
# at either end, the last lines, or the very last ones.
Zone = Literal["title", "head", "top", "byline", "tail", "end"]

# What an agency that is not listed calls itself; a name that ends in "Press" may be a newspaper's.
_UNLISTED = (
    r"(?:(?!(?:The|By|From|With)\s)[A-Z][\w.&'’-]{0,30}\s){1,3}"
    r"(?:Wire|Newswire|(?:News|Press)\s(?:Wire|Agency|Service)|Wire\sService)"
)
_NAME = r"[A-Z][\w.&'’-]{0,30}(?:\s[A-Z][\w.&'’-]{0,30}){0,2}"
# Call signs of American stations stand in brackets like agencies.
_CAPITALS = r"(?![KW][A-Z]{2,3}\b)[A-Z]{3,20}"
_PLACE = r"[A-Z][A-Z.'’ -]{2,40}(?:,\s[^()\n]{2,30})?"
_CAPITAL_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]{0,30}"
# A day between the place and the brackets: "Madrid, 3 may (EFE).-", "Lima, Jan. 5 (ANDINA) -".
_DATED = r"[^\W\d_a-z][^()\n,]{1,40},\s(?:\d{1,2}\.?\s[^()\n\d]{2,14}|[^()\n\d]{2,14}\s\d{1,2}\.?)"
_UNNAMED = (
    r"(?i:(?:(?:news|wire|press|international)\s)*"
    r"(?:agencies|wires|wire[ -](?:services?|reports)|news\sservices|agency\sreports))"
)
_UNNAMED_SURE = r"(?i:(?:news|wire|press)[ -](?:agenc(?:y|ies)|services?|reports)|wires)"
_STAFF = r"(?i:[^\n]{0,40}\b(?:staff|reporters?|correspondents?|newsroom)\b[^\n]{0,20}?)"
_PERSON = r"[^\W\d_][^\n|]{1,60}?"
_AND = r"\s*(?:,\s*and|and|&|,|/|\swith)\s*"
_WORK = r"(?:report(?:ing|s)?|files?|material|information|inputs?|content|copy|wires?|dispatches)"
_THIS = r"[Tt]his\s(?:news\s)?(?:article|report|story|content|dispatch)"
_TRADE = r"(?:[A-Z][a-z]+\s){0,3}(?:[Ww]rit|[Rr]eport|[Ee]dit|[Pp]roduc|[Pp]hotograph)(?:er|or)s?"
# Within one sentence; a full stop behind a capital ("N.H.") or before a small letter ends none.
_WITHIN = r"""(?:[^.!?\n]|(?<![a-z”"’)\d])[.!?]|[.!?](?!["”’)]*\s+["“‘(]?[A-Z])){0,250}?"""
_CONTRIBUTED = (
    r"\bcontributed(?:\s(?:additional|further))?(?:\sreporting)?"
    r"(?=\s(?:to|for)\s(?:this|the)\s(?:\w+\s)?(?:report|story|article|piece|post)|\sfrom\s|\W*$)"
)
_START = r"""(?:^|[.!?”"’)]\s*)"""
_OWNERS = "© opyright (c) (C)"
_OWNER = r"(?:©|\([cC]\)|[Cc]opyright(?:\s*(?:©|\([cC]\)))?)\s*(?:\d{4}\s*)?"


@dataclass(frozen=True)
class Rule:
    """A form of credit: where it stands and how it is written.

    A line without any of the strings in `needs` cannot match, which is quicker to ask.
    """

    zone: Zone
    needs: tuple[str, ...]
    pattern: re.Pattern[str]

    def match(self, line: str) -> re.Match[str] | None:
        """Match a short line as a whole, and look for the credit in a longer one."""
        if self.needs and not any(piece in line for piece in self.needs):
            return None
        whole = self.zone in ("top", "byline")
        return self.pattern.fullmatch(line) if whole else self.pattern.search(line)


@dataclass(frozen=True)
class Rules:
    """The rules in three groups, strongest first, and the names that they may find.

    Attributes
    ----------
    joint, sole, shared
        Credits of outlet and agency together, of an agency alone, and thanks for a contribution.
    names
        Matches the name of an agency, listed or not.
    spellings
        The short name of each listed agency by every way of writing it.
    """

    joint: tuple[Rule, ...]
    sole: tuple[Rule, ...]
    shared: tuple[Rule, ...]
    names: re.Pattern[str]
    spellings: dict[str, str]


@cache
def credit_rules() -> Rules:
    """Compile the rules with the listed agencies."""
    known = read_agencies()
    spellings = known.spellings
    before, behind = (any_of(known.words[kind]) for kind in ("before", "behind"))
    unlisted = rf"{_UNLISTED}|(?:{before})\s(?:de\s)?{_NAME}|{_NAME}\s(?:{behind})"
    listed = rf"(?<![\w-])(?:[Tt]he\s)?(?:{any_of(spellings)})(?![\w-])"
    agency = rf"(?<![\w-])(?:[Tt]he\s)?(?:{any_of(spellings)}|{unlisted})(?![\w-])"
    several = rf"{agency}(?:{_AND}{agency})*"
    sure = rf"(?:{several}|{_UNNAMED_SURE})"
    return Rules(
        _joint_rules(agency, several),
        (*_sole_rules(agency, several), *_sole_abroad(several, known.words)),
        (*_shared_rules(listed, agency, sure), *_shared_abroad(several, known.words)),
        re.compile(agency),
        spellings,
    )


def _joint_rules(agency: str, several: str) -> tuple[Rule, ...]:
    ours = rf"(?:By\s(?!{agency}){_PERSON}|{_STAFF})"
    theirs = rf"(?:{several}|{_UNNAMED})"
    return (
        _rule("byline", "", rf"(?:By\s)?{ours}\s(?:and|&|with)\s{theirs}"),
        _rule("byline", "", rf"(?:By\s)?{several}\s(?:and|&|with)\s{_STAFF}"),
        _rule("byline", "By", rf"By\s{several}\s(?:and|&|with)\s(?!{agency})(?=[A-Z]){_PERSON}"),
        # A hashtag behind the slash only advertises the outlet.
        _rule("tail", _OWNERS, rf"^(?:Source\s*:\s*)?{_OWNER}{several}\s*[/&+]\s*[^\W\d_]"),
        _rule("end", ") ]", rf"\b[a-z]{{2,4}}\s*[(\[]{several}[)\]]$"),
        _rule(
            "tail",
            "supplemented expanded adapted edited",
            rf"\b(?:supplemented|expanded|adapted|edited)\b[^.\n]{{0,60}}?{agency}"
            r"\s(?:article|report|story|copy)\b",
        ),
    )


def _sole_rules(agency: str, several: str) -> tuple[Rule, ...]:
    by = rf"{_OWNER}{agency}\W*(?:All rights reserved\W*)?$"
    trade = r"(?:\s(?i:staff|writers?|reporters?|correspondents?|wire|news))?"
    place = r"(?:\sin\s[A-Z].{1,30})?"
    return (
        _rule("title", ") ]", rf"[(\[]{several}[)\]]$"),
        _rule("head", "", rf"^{_PLACE}\s[(\[](?P<name>{_CAPITALS})[)\]]\s*[-–—]"),
        _rule("head", "", rf"^{_DATED}\s[(\[](?P<name>{_CAPITALS})[)\]]\.?\s*[-–—]"),
        _rule("head", "", rf"^(?:[A-Z][^()\n]{{1,60}}\s)?[(\[]{several}[)\]]\.?\s*[-–—]"),
        _rule("byline", "", rf"(?:(?:By|From)\s)?{several}{trade}{place}"),
        _rule("top", "", rf"[A-Z][^,|\n]{{2,60}}(?:,|\s[|–—-])\s{agency}{trade}{place}"),
        _rule("byline", "", rf"(?:(?:By|From)\s(?:[A-Z]\w+\s){{0,3}})?{_UNNAMED}"),
        _rule("tail", _OWNERS, rf"^(?:Source\s*:\s*)?{by}"),
        _rule("end", "- – —", rf"{_START}[-–—]{{1,2}}\s?{several}\.?$"),
        _rule("end", ") ]", rf"{_START}[(\[]{several}[)\]]$"),
        _rule(
            "tail",
            "contributed",
            rf"^(?:.{{0,200}}\breported from\b[^.]+\.\s|\W*){agency}\s{_TRADE}\s"
            rf"{_WITHIN}{_CONTRIBUTED}",
        ),
        _rule(
            "tail",
            "his",
            rf"\b{_THIS}\s(?:(?:was|is|has been)\s)?(?:\w+\s)?(?:published|distributed"
            rf"|provided|produced|written|reported)\s(?:by|from|through)\s{agency}",
        ),
        _rule(
            "tail", "feed", rf"\b{_THIS}\b.{{0,100}}\b(?:syndicated|agency|wire)\s(?:\w+\s)?feed\b"
        ),
    )


def _shared_rules(listed: str, agency: str, sure: str) -> tuple[Rule, ...]:
    return (
        _rule("tail", "contributed", rf"{agency}{_WITHIN}{_CONTRIBUTED}"),
        _rule("tail", "contributed", rf"{_UNNAMED_SURE}\s{_CONTRIBUTED}"),
        _rule("tail", "contributed", rf"\bcontributed\b[^.\n]{{0,60}}\balong with\s{sure}"),
        # Names of people with their papers: an unlisted name here is a person's employer.
        _rule("tail", "Contributing", rf"\bContributing\s*:\s[^\n]{{0,250}}?{listed}"),
        _rule(
            "tail",
            "ith",
            rf"\b[Ww]ith\s(?:\w+\s)?{_WORK}\s(?:from|by|of)\s[^.\n]{{0,60}}?{sure}",
        ),
        _rule("tail", "ith", rf"\b[Ww]ith\s(?:agency|{sure})\s{_WORK}\b"),
        _rule(
            "tail", "dditional", rf"\b[Aa]dditional\s{_WORK}\s(?:from|by)\s[^.\n]{{0,60}}?{sure}"
        ),
        _rule(
            "tail",
            "used included added",
            rf"\b(?i:{_WORK})\sfrom\s[^.\n]{{0,60}}?{sure}[^.\n]{{0,40}}?"
            r"\b(?:was|were)\s(?:also\s)?(?:used|included|added)\b",
        ),
        _rule(
            "tail",
            "his",
            rf"\b{_THIS}\b[^.\n]{{0,60}}?\b(?:includes?|contains?|uses|used|based)\b"
            rf"[^.\n]{{0,30}}?(?:\b{_WORK}\s(?:from|by)\s{sure}|{sure}\s{_WORK}|{_UNNAMED_SURE})",
        ),
        _rule("end", "ith", rf"{_START}[\W_]*[Ww]ith\s(?:[A-Z]\w+\s)?{sure}\W*$"),
    )


def _sole_abroad(several: str, words: dict[str, tuple[str, ...]]) -> tuple[Rule, ...]:
    """Credits of agencies alone in other languages: a source line, or agencies without a name."""
    source, by, unnamed = (any_of(words[kind]) for kind in ("source", "by", "agencies"))
    return (
        _rule("byline", "", rf"(?:(?:{by})\s)?(?:{several}|{unnamed})"),
        _rule("tail", ":", rf"^(?:{source})\s*:\s*(?:{_OWNER})?(?:{several}|{unnamed})\W*$"),
        _rule("tail", _OWNERS, rf"^(?:{source})\s*:\s*{_OWNER}(?P<name>{_CAPITALS})\W*$"),
    )


def _shared_abroad(several: str, words: dict[str, tuple[str, ...]]) -> tuple[Rule, ...]:
    """Credits of outlet and agencies in other languages: "avec AFP", "mit Material von dpa"."""
    beside, material, of, unnamed = (
        any_of(words[kind]) for kind in ("with", "material", "of", "agencies")
    )
    gave = rf"(?:(?:{material})\s(?:(?:{of})\s?)?(?:(?:{unnamed})\s)?)?"
    theirs = rf"(?:{several}|{unnamed})"
    return (
        _rule("byline", "", rf"[(\[]?(?i:{beside})\s{gave}{theirs}[)\]]?\W*"),
        # Where nouns have capitals, "Das Gespräch mit" looks like an outlet's name.
        _rule("byline", "", rf"(?:{_CAPITAL_WORD}\s){{1,4}}(?!mit|[Ww]ith)(?:{beside})\s{several}"),
        _rule("byline", "/", rf"[^\n|:]{{2,40}}?\s?/\s?(?:{unnamed})"),
        _rule("end", "rom", rf"[Ww]ith\s(?:\w+\s)?{_WORK}\sfrom\s(?:\w+\s)?{_UNNAMED}\W*$"),
        _rule("end", "", rf"{_START}[\W_]*(?i:{beside})\s{gave}{theirs}\W*$"),
    )


def _rule(zone: Zone, needs: str, pattern: str) -> Rule:
    return Rule(zone, tuple(needs.split()), re.compile(pattern))
