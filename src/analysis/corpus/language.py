"""Whether a text is English, told from its function words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from analysis.corpus.plain_text import spaced_plain, spaces_for, without_marks
from analysis.corpus.signs import tabled_codes, tabled_signs

if TYPE_CHECKING:
    from analysis.corpus.word_kernels import Known

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


def is_english(text: str, *, compiled: bool = False) -> bool:
    """Tell whether a text is English.

    Parameters
    ----------
    text
        At least a sentence; the first 20,000 characters are looked at.
    compiled
        Whether by compiled code, which pays for some hundred texts.

    Returns
    -------
    bool
        Whether at least 15 % of the words are English function words.

    Notes
    -----
    Misleads when a text is a list of names, or switches language after its first pages.
    """
    count = _count_compiled if compiled else _count_plain
    n_words, n_known = count(text[:LOOK_AT])
    return n_known >= LEAST_SHARE * max(n_words, 1)


def _count_plain(text: str) -> tuple[int, int]:
    """Count the words, and those that are English function words."""
    part = without_marks(text)
    spaced = spaced_plain(part, SPACED) if part.isascii() else " ".join(WORD.findall(part))
    words = spaced.lower().split()
    return len(words), sum(map(FUNCTION_WORDS.__contains__, words))


def _count_compiled(text: str) -> tuple[int, int]:
    # numba is imported only where it pays
    from analysis.corpus.word_kernels import count_words

    codes = tabled_codes(text)
    if codes is None:
        return _count_plain(text)
    return count_words(codes, tabled_signs(), _function_words())


@cache
def _function_words() -> Known:
    from analysis.corpus.word_kernels import table_of

    return table_of(sorted(FUNCTION_WORDS))
