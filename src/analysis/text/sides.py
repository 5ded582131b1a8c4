"""Which side each speaker is on: by country, or as the user says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.corpus.schema import DataError, check_columns
from analysis.text.places import bare_word, first_run
from analysis.text.texts import replaced


def label_sides(quotes: pd.DataFrame, *, sides: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Give each quoted stretch the side of its speaker.

    Parameters
    ----------
    quotes
        ``Speakers.quotes`` as ``name_speakers`` gives them.
    sides
        Speakers by side, as the corpus names them, or words that tell a side in a group's name:
        ``{"Ukraine": ["Dmytro Kuleba", "Ukrainian"]}``. Where none of them is heard, a speaker's
        side is the country.

    Returns
    -------
    pandas.DataFrame
        The rows, with ``side``; ``""`` for speakers of none.

    Raises
    ------
    DataError
        When a column is missing, or a side's speakers are one string.

    Notes
    -----
    Misleads where people of one country do not speak for one side.
    """
    check_columns(quotes, ("speaker", "country"), name="quotes", source="name_speakers(...).quotes")
    listed: dict[str, str] = {}
    for side, names in sides.items():
        if isinstance(names, str):
            raise DataError(f"the speakers of side {side!r} are one string; write a list of names")
        listed |= {name.lower(): side for name in (side, *names)}
    found = {name: side_of(name, listed) for name in quotes["speaker"].unique()}
    if not any(found.values()):
        return quotes.assign(side=quotes["country"])
    return quotes.assign(side=replaced(quotes["speaker"], found))


def side_of(speaker: str, listed: Mapping[str, str]) -> str:
    """Give the side of a speaker by the whole name, else by the first of its words that tell."""
    name = speaker.lower()
    return listed.get(name) or first_run([bare_word(word) for word in name.split()], listed)
