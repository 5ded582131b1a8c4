"""With which quotation marks a text opens its quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from analysis.check.findings import FINE, QUALIFIES, Finding, percent

# One style may only pass for an outlet's habit where the other is an exception.
MIXED_SHARE, MIXED_ARTICLES = 0.2, 3
_ANY = re.compile("[\"'`\u2018\u201c\u201e\xab\xbb\u300c\u300e\u300a]")
# Each begins with a letter to look for, as that is quick; what may stand before it comes next.
_STRAIGHT_SINGLE = re.compile(r"'(?<![\w']')(?=\w)(?:[^'\n]|(?<=\w)'(?=\w)){3,300}'(?![\w'])")
_DOUBLED = re.compile(r"''(?<!''')(?=\w)")
_CURLY_SINGLE = re.compile("\u2018(?<!\\w\u2018)(?=\\w)")

CURLY, STRAIGHT, LOW = "\u201c \u201d", '" "', "\u201e \u201c"
SINGLE, STRAIGHT_SINGLE, DOUBLED = "\u2018 \u2019", "' '", "'' ''"
GUILLEMETS, CORNERS = "\xab \xbb", "\u300c \u300d"
FAMILY = {
    CURLY: "double", STRAIGHT: "double", LOW: "double", SINGLE: "single",
    STRAIGHT_SINGLE: "single", DOUBLED: "doubled single", GUILLEMETS: "angled", CORNERS: "corner",
}  # fmt: skip


def main_style(text: str) -> str:
    """Give the style that opens most quotations of a text; empty if there are none.

    Returns
    -------
    str
        The opening and the closing mark with a space between them, one of the keys of `FAMILY`.

    Notes
    -----
    Misleads when straight apostrophes stand ahead of words in pairs ('tis, 'twas).
    """
    if not _ANY.search(text):
        return ""
    low = text.count("\u201e")
    opened = {
        CURLY: max(text.count("\u201c") - low, 0),
        STRAIGHT: text.count('"') // 2,
        LOW: low,
        SINGLE: len(_CURLY_SINGLE.findall(text)),
        STRAIGHT_SINGLE: len(_STRAIGHT_SINGLE.findall(text)),
        DOUBLED: len(_DOUBLED.findall(text)) + text.count("``"),
        GUILLEMETS: (text.count("\xab") + text.count("\xbb")) // 2,
        CORNERS: sum(map(text.count, "\u300c\u300e\u300a")),
    }
    style = max(opened, key=lambda name: opened[name])
    return style if opened[style] else ""


def spell_styles(styles: Iterable[str]) -> str:
    """Write the styles of many texts with their shares, the commonest first."""
    used = pd.Series([style for style in styles if style], dtype="str")
    counts = used.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return ", ".join(f"{style} {percent(n, len(used))}" for style, n in counts.items())


def check_quotation_marks(measured: pd.DataFrame) -> list[Finding]:
    """Find the outlets whose articles quote in different ways."""
    found = []
    for outlet, rows in measured[measured["quotation"] != ""].groupby("outlet", sort=True):
        family = rows["quotation"].map(FAMILY)
        others = rows[family != family.mode().iloc[0]]
        if len(others) >= max(MIXED_ARTICLES, MIXED_SHARE * len(rows)):
            found.append(
                Finding(
                    QUALIFIES,
                    "quotation marks",
                    f"{outlet} opens its quotations in different ways, by articles: "
                    f"{spell_styles(rows['quotation'])}.",
                    "voices",
                    "look at its articles before voices are compared: one style may be a "
                    "conversion's, or marks of emphasis",
                    str(outlet),
                    tuple(others["article_id"]),
                    "open their quotations in different ways",
                    spell_styles(rows["quotation"]),
                )
            )
    if found:
        return found
    styles = spell_styles(measured["quotation"])
    what = f"No outlet mixes kinds of quotation marks; by articles: {styles or 'none at all'}."
    return [Finding(FINE, "quotation marks", what)]
