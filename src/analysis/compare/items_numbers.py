"""The numbers in articles that say something: counts, shares, amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterator

LEAST = 10  # smaller counts are everywhere
UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SPELLED = {word: number for number, word in enumerate(UNITS)}
SPELLED |= {word: 10 * number for number, word in enumerate(TENS, start=2)}
SPELLED |= {
    f"{ten}{joint}{unit}": SPELLED[ten] + SPELLED[unit]
    for ten in TENS
    for unit in UNITS[1:10]
    for joint in "- "
}
MAGNITUDES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6,
    "billion": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
NUMBER = re.compile(
    r"(?<![\w.,:/’'@#-])(?P<money>(?:US|A|C)?[$£€¥]\s?)?"
    rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|(?P<spelled>(?ai:{'|'.join(sorted(SPELLED, key=len, reverse=True))})\b))"
    r"(?P<magnitude>[ -]?(?:hundred|thousand|million|billion|trillion|mn?|bn?|tn)\b)?"
    r"(?P<percent>\s?%|[ -]per ?cent(?:age points)?\b)?"
    r"(?P<coin>[ -](?:dollars?|euros?|pounds?)\b)?"
    r"(?![\w:/]|[.,-]\d|-\w)"
)
MONEY = "$£€¥"
SIGN = re.compile(rf"[{MONEY}]|\d[\w.,:/]*")  # no number begins behind the first of these digits
SPELLED_AHEAD = re.compile(rf"\W(?:{'|'.join(word for word in SPELLED if word.isalpha())})\b")
BEFORE = re.compile(
    rf"(?:{MONTHS}\.?|\bNo\.?|\b[Nn]umbers?|\b[Aa]ged?|\b[Pp]ages?|\b[Aa]rticles?|\b[Ss]ections?|\b[Cc]hapters?"
    r"|\b[Rr]oute|\bI-)\s?$"
)
BEHIND = re.compile(
    rf"\s?(?:{MONTHS}|(?:a\.?m|p\.?m)\b|[-\s]years?[-\s]olds?\b|o[’']clock|GMT|ET\b|EST\b|EDT\b|UTC)"
)
AGE = re.compile(r"\s?,")
YEARS = range(1500, 2101)


def numbers_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Give the numbers of a text: how each is written, and where it stands.

    Left out are counts below ten, years, dates, times, ages, and numbers that name a thing.
    """
    reached = 0
    for place in sorted(find_beginnings(text)):
        match = NUMBER.match(text, place) if place >= reached else None
        if match is None:
            continue
        reached = match.end()
        before, behind = text[max(0, match.start() - 12) : match.start()], match.end()
        if BEFORE.search(before) or BEHIND.match(text, behind):
            continue
        if before.endswith(", ") and AGE.match(text, behind) and match["digits"]:
            continue  # "Name, 43, said"
        name = written(match)
        if name:
            yield name, match.start(), match.end()


def find_beginnings(text: str) -> set[int]:
    """Find the places where a number may begin; to try every one takes many times as long."""
    places = {0}
    for match in SIGN.finditer(text):
        place = match.start()
        places.add(place)
        places.update((place - 1, place - 2) if text[place] in MONEY else ())  # "US$", "A$"
    low = text.lower()
    if len(low) != len(text):  # a letter that becomes two
        low = "".join(letter.lower()[0] for letter in text)
    places.update(match.start() + 1 for match in SPELLED_AHEAD.finditer(low))
    return places


def written(match: re.Match[str]) -> str:
    """Write a number in one way: ``$2.6 million``, ``18 %``, ``1,300``; "" if it tells little."""
    digits = match["digits"]
    value = float(digits.replace(",", "")) if digits else float(SPELLED[match["spelled"].lower()])
    magnitude = (match["magnitude"] or "").strip(" -").lower()
    value *= MAGNITUDES.get(magnitude, 1)
    money, percent = match["money"] or match["coin"], match["percent"]
    if percent:
        return f"{value:g} %"
    if money:
        sign = (match["money"] or "").strip()[-1:] or {"e": "€", "p": "£"}.get(
            match["coin"].strip(" -")[0], "$"
        )
        return sign + spell(value)
    is_year = digits and "," not in digits and not magnitude and value in YEARS
    return "" if value < LEAST or is_year else spell(value)


def spell(value: float) -> str:
    """Write a value with its magnitude, from a million on."""
    for name in ("trillion", "billion", "million"):
        if value >= MAGNITUDES[name]:
            return f"{value / MAGNITUDES[name]:g} {name}"
    return f"{value:,.10g}"
