"""The news agency that a text names as its author."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.corpus.agencies import any_of, read_agencies

# Characters and lines in which a dateline or a credit is looked for.
HEAD, TAIL = 2500, 1500
FIRST_LINES, LAST_LINES = 8, 12
DATELINE_LENGTH = 90
SOURCE_LENGTH = 20  # of "Source:" in any language

_DASH = re.compile(r"\s*\.?\s*[-–—―_:|]")
_OWNER = ("©", "opyright", "(c)", "(C)")
_CLOSING = (")", "]", "/")
_BRACKET = re.compile(r"[(\[/]")
# Taken apart by a bar or a dash, without brackets: "BERLIN dpa | The envoys met".
_BARE = re.compile(r"\s[|–—]\s|\s-\s")
_NAME_WORD = re.compile(r"[^\W\d_a-z][\w.'’-]*|\d{1,4}|de|la|del|el|al|am|und|of")


@dataclass(frozen=True)
class _Lexicon:
    spellings: dict[str, str]
    bracketed: re.Pattern[str]
    bare: re.Pattern[str]
    byline: re.Pattern[str]
    source: re.Pattern[str]
    rights: re.Pattern[str]
    closing: re.Pattern[str]
    signatures: tuple[tuple[str, re.Pattern[str]], ...]


def find_agency(text: str) -> str:
    """Find the agency that a text names as its author; an empty string if there is none.

    Read are a dateline (``PARIS (AFP) -``, ``MOSCOW, May 2. /TASS/.``, ``BERLIN dpa |``), a byline
    (``Associated Press`` alone, ``By A. Author, Associated Press``, ``Von dpa``), a source line in
    one of many languages (``Quelle: dpa``) or a copyright line, a closing credit in brackets and
    the list of authors with which Reuters closes. The credit of a photo does not make an article
    the agency's, nor does "AP contributed to this report".

    Misleads when an outlet rewrites wire copy and leaves its dateline, or takes the dateline out.
    """
    lexicon = _lexicon()
    for line in _lines(text[:HEAD])[:FIRST_LINES]:
        name = _in_dateline(line, lexicon) or _named(lexicon.byline.fullmatch(line))
        if name:
            return lexicon.spellings[name]
    tail = text[-TAIL:]
    # The cheap question first: few articles get to the list of names.
    if not any(mark in tail for mark in (*_OWNER, *_CLOSING, ":")):
        return ""
    for line in reversed(_lines(tail)[-LAST_LINES:]):
        name = _in_credit(line, lexicon)
        if name:
            return lexicon.spellings[name]
        for agency, signature in lexicon.signatures:
            if signature.search(line):
                return agency
    return ""


def dateline_agency(line: str) -> str:
    """Give the agency that the dateline at the beginning of a line names, empty if none."""
    return _in_dateline(line, _lexicon())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _named(match: re.Match[str] | None) -> str:
    return re.sub(r"\s+", " ", match["name"]) if match else ""


def _in_dateline(line: str, lexicon: _Lexicon) -> str:
    start = line[:DATELINE_LENGTH]
    match = lexicon.bracketed.search(start) if _BRACKET.search(start) else None
    if not match:
        return _named(lexicon.bare.match(start)) if _BARE.search(start) else ""
    place, follows = line[: match.start()].strip(" \t.,"), line[match.end() :]
    is_dateline = not place or (place[0].isupper() and _ends_dateline(place, follows))
    return _named(match) if is_dateline else ""


def _ends_dateline(place: str, follows: str) -> bool:
    """Tell ``PARIS, May 2 (AFP)`` from ``The Palestinian Authority (PA) will``.

    With a dash behind it any place will do; without one, its words must be written like names
    and there must be a date, capitals throughout, or a full stop behind the bracket.
    """
    words = [word for word in (word.strip(".,") for word in place.split()) if word]
    if len(words) > 12:
        return False
    if _DASH.match(follows):
        return True
    marked = place.isupper() or follows.startswith(".") or any(map(str.isdigit, place))
    return marked and all(_NAME_WORD.fullmatch(word) for word in words)


def _in_credit(line: str, lexicon: _Lexicon) -> str:
    if line.endswith(_CLOSING):
        return _named(lexicon.closing.search(line[-DATELINE_LENGTH:]))
    if ":" in line[:SOURCE_LENGTH] or any(mark in line for mark in _OWNER):
        return _named(lexicon.source.search(line) or lexicon.rights.search(line))
    return ""


@cache
def _lexicon() -> _Lexicon:
    listed = read_agencies()
    names = rf"(?:[Tt]he\s)?(?P<name>{any_of(listed.spellings)})"
    source, by = (any_of(listed.words[kind]) for kind in ("source", "by"))
    capitals = r"[^\W\d_a-zß-öø-ÿ][^\Wa-zß-öø-ÿ.'’/-]{2,}(?:[\s/-][^\Wa-zß-öø-ÿ]+){0,3}"
    through = rf"(?:(?:{any_of(listed.distributors)})\s*[-–—/]\s*)?"
    owner = r"(?:©|\([cC]\)|[Cc]opyright(?:\s*(?:©|\([cC]\)))?)\s*(?:\d{4}\s*)?(?:by\s)?"
    return _Lexicon(
        listed.spellings,
        re.compile(rf"[(\[/]{through}{names}(?:\s*[-/–,][^()\n]{{1,25}})?[)\]/]"),
        re.compile(rf"{capitals}[,.]?\s{names}\s(?:[|–—]|-(?=\s))"),
        re.compile(rf"(?:(?:{by}|BY|by)\s(?:.{{2,60}}?(?:,|\sof|\s[-–|])\s)?)?{names}"),
        re.compile(
            rf"(?:^(?:{source})\s*:\s*(?:{owner})?|(?:^|[.!?]\s+){owner}){names}"
            r"(?![\w-])(?!\s*(?:[Pp]hoto|via))"
        ),
        re.compile(rf"{owner}{names}[.,]?\s+All [Rr]ights [Rr]eserved"),
        re.compile(
            rf"(?:^|[.!?”\"’]\s*)[(\[/](?:©\s?)?{through}{names}(?:/(?:[a-z]{{2,5}}|[A-Z]{{2,7}}))?[)\]/]$"
        ),
        tuple((name, re.compile(pattern)) for name, pattern in listed.signatures.items()),
    )
