"""Whether a text is English, told from its function words."""

from __future__ import annotations

import re

from analysis.corpus.plain_text import spaced_plain, spaces_for, without_marks

WORD = re.compile(r"[^\W\d_]+")
SPACED = spaces_for(str.isalpha)
FUNCTION_WORDS = frozenset(
    """
    a an and are as at be been but by for from had has have he her his in is it its not of on or
    she that the their they this to was we were which who will with you
    """.split()  # noqa: SIM905 - easier to read and to extend
)
# English prose has a share of .30 to .45 of these words; German, Dutch or French stay under .10.
LEAST_SHARE = 0.15
LOOK_AT = 20_000


def is_english(text: str) -> bool:
    """Tell whether a text is English.

    Parameters
    ----------
    text
        At least a sentence; the first 20,000 characters are looked at.

    Returns
    -------
    bool
        Whether at least 15 % of the words are English function words.

    Notes
    -----
    Misleads when a text is a list of names, or switches language after its first pages.
    """
    part = without_marks(text[:LOOK_AT]).lower()
    words = spaced_plain(part, SPACED).split() if part.isascii() else WORD.findall(part)
    return sum(map(FUNCTION_WORDS.__contains__, words)) >= LEAST_SHARE * max(len(words), 1)
