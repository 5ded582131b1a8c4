"""The headline, where no metadata gives one but the text begins with it."""

from __future__ import annotations

import re

# Characters and lines in which a headline is looked for, and the length from which a line is
# a paragraph rather than a headline.
HEAD, FIRST_LINES = 2500, 8
TITLE_LENGTH, PARAGRAPH_LENGTH = 200, 80

_ENDS = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_]{4,}")
_DATE = r"\d{1,2}\s+[a-z]+\s+\d{4}$|[a-z]+\s+\d{1,2},\s+\d{4}$"
_NOT_A_TITLE = re.compile(
    r"(?:photo|image|picture|video|credit|source|caption|file|updated|published|posted)[\w ]{0,12}"
    rf"\s*[:©/]|by\s|.*\s[>»›·•]\s|.{{0,30}}\b(?:{_DATE})"
    r"|https?://|.*\d{1,2}:\d{2}.*\d{4}|.*\d{4}.*\d{1,2}:\d{2}|.*@",
    re.IGNORECASE,
)


def find_title(text: str) -> str:
    """Find the headline among the first lines of a text.

    It is the first short line without a final full stop that stands before the first paragraph and
    shares words with what follows; menus, bylines and dates are not taken. What a site adds
    behind ``|`` is left out.

    Misleads when a standfirst or a section name stands where a headline is expected.
    """
    lines = [line.strip() for line in text[:HEAD].split("\n") if line.strip()]
    rest = ""
    for place, line in enumerate(lines[:FIRST_LINES]):
        if _is_paragraph(line):
            return ""
        following = lines[place + 1 :]
        if not any(_is_paragraph(one) for one in following):
            return ""
        title = re.split(r"\s+\|\s+", line)[0]
        rest = "\n".join(following).lower()
        if _can_be_title(title) and _is_about(title, rest):
            return title
    return ""


def _is_paragraph(line: str) -> bool:
    return len(line) > TITLE_LENGTH or (len(line) >= PARAGRAPH_LENGTH and bool(_ENDS.search(line)))


def _can_be_title(line: str) -> bool:
    # A question or an exclamation may be a headline, and so may one that ends in an ellipsis.
    full_stop = re.search(r"(?<![A-Z.…])\.[\"'”’»)\]]*$|[:;,]$", line)
    return 3 <= len(line.split()) <= 30 and not full_stop and not _NOT_A_TITLE.match(line)


def _is_about(title: str, rest: str) -> bool:
    words = {word.lower() for word in _WORD.findall(title)}
    again = sum(word in rest for word in words)
    return again >= 2 or (again == 1 and len(words) <= 2)
