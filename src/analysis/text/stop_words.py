"""Function words by language, from the package's own lists."""

from __future__ import annotations

import functools
from importlib.resources import files

from analysis.corpus.schema import DataError

PREFIX, SUFFIX = "stop_words_", ".txt"


@functools.cache
def stop_words(language: str = "en") -> frozenset[str]:
    """Give the function words of a language: articles, pronouns, prepositions, auxiliaries.

    Parameters
    ----------
    language
        Two-letter code of a list in ``analysis/lexicons``.

    Returns
    -------
    frozenset of str
        Lower-case tokens, pieces of contractions among them ("don", "ll", "ve").

    Raises
    ------
    DataError
        When there is no list for the language.

    Notes
    -----
    Misleads when function words are the subject: "we" against "they" is framing.
    """
    lists = {
        entry.name.removeprefix(PREFIX).removesuffix(SUFFIX): entry
        for entry in files("analysis").joinpath("lexicons").iterdir()
        if entry.name.startswith(PREFIX)
    }
    if language not in lists:
        raise DataError(
            f"there is no list of stop words for {language!r} "
            f"(there is: {', '.join(sorted(lists))}); pass your own words as stop_words=[...]"
        )
    lines = lists[language].read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
