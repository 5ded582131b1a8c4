"""How a word presents what it reports: as said, as claimed, as revealed, as an attack."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import pandas as pd

from analysis.corpus.schema import check_columns
from analysis.text.reporting import Reporting, read_lexicon
from analysis.text.texts import replaced


def label_stances(
    quotes: pd.DataFrame, *, stances: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Give each reported stretch the verb that reports it and the stance of that verb.

    Parameters
    ----------
    quotes
        The rows of ``find_quotes``.
    stances
        Stances by base form (``{"warn": "doubting"}``), ahead of those of
        ``lexicons/reporting_en.yml``; they may have other names than there.

    Returns
    -------
    pandas.DataFrame
        The rows, with ``verb`` (base form) and ``stance``; both ``""`` without a cue that the
        lexicon knows.

    Raises
    ------
    DataError
        When the column ``cue`` is missing.

    Notes
    -----
    Misleads where a verb has several uses: "charged" in court is no attack.
    """
    check_columns(quotes, ("cue",), name="quotes", source="what find_quotes gives")
    own = dict(stances or {})
    cues = {cue: read_cue(cue) for cue in quotes["cue"].unique()}
    verbs = {cue: entry.lemma if entry else "" for cue, entry in cues.items()}
    held = {cue: own.get(entry.lemma, entry.stance) if entry else "" for cue, entry in cues.items()}
    return quotes.assign(verb=replaced(quotes["cue"], verbs), stance=replaced(quotes["cue"], held))


@functools.lru_cache(maxsize=10_000)
def read_cue(cue: str) -> Reporting | None:
    """Find the entry of the lexicon for a cue as it stands in the text."""
    lexicon = read_lexicon()
    words = cue.lower().split()
    if not words:
        return None
    for phrase, stance in lexicon.phrases.get(words[0], ()):
        if words == phrase:
            return Reporting(" ".join(phrase), "phrase", stance, frozenset())
    last = words[-1]
    return lexicon.verbs.get(last) or lexicon.nouns.get(last) or lexicon.adjectives.get(last)
