"""The words of lines: in plain ASCII all lines are split at once, which takes far less time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.corpus.plain_text import spaced_plain, spaces_for, without_marks

WORD = re.compile(r"\w+(?:['’]\w+)*")
SPACED = spaces_for(lambda sign: sign.isalnum() or sign in "_'\n")

Spelling = tuple[list[str], list[str]]


def split_words(lines: Sequence[str]) -> list[Spelling]:
    """Give the words of each line as `WORD` finds them: as they are written, and in lower case."""
    plain = without_marks("\n".join(lines), apostrophe="'")
    if not plain.isascii() or "''" in plain or plain.count("\n") >= len(lines):
        if len(lines) > 1:
            return [spelling for line in lines for spelling in split_words([line])]
        words = WORD.findall(plain)
        return [(words, " ".join(words).lower().split())]
    spaced = spaced_plain(plain, SPACED)
    both = spaced.split("\n"), spaced.lower().split("\n")
    return [(_split(spelt), _split(lower)) for spelt, lower in zip(*both, strict=True)]


def _split(line: str) -> list[str]:
    words = line.split()
    if "'" not in line:
        return words
    return [word for word in [word.strip("'") for word in words] if word]
