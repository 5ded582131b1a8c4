"""Words of plain texts without regular expressions: most are ASCII but for typographic marks."""

from __future__ import annotations

from collections.abc import Callable

# Replaced one by one, each in no time; none is a letter, a digit or an underscore.
MARKS = "“”’‘–—…•·«»£€\ufffd"


def without_marks(text: str, *, apostrophe: str = " ") -> str:
    """Put a space for each typographic mark; places in the text stay what they are.

    Parameters
    ----------
    text
        Any text; one in ASCII comes back as it is.
    apostrophe
        What stands for a typographic apostrophe.
    """
    if text.isascii():
        return text
    if apostrophe != " ":
        text = text.replace("’", apostrophe)
    for mark in MARKS:
        text = text.replace(mark, " ")
    return text


def spaces_for(is_kept: Callable[[str], bool]) -> bytes:
    """Make the table for `spaced_plain`: a space for each ASCII character that is not kept."""
    return bytes(n if n > 127 or is_kept(chr(n)) else 32 for n in range(256))


def spaced_plain(text: str, table: bytes) -> str:
    """Put spaces into a text in ASCII, for `str.split`."""
    return text.encode("ascii").translate(table).decode("ascii")
