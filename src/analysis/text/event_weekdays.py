"""Which days of the week articles name: when their event was, though nobody dated them.

Events of one issue share words, names and numbers for months, but each has days of its own, and
news names them: "said on Thursday". Articles in a language without these words name none, which
says nothing for or against any pair.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Added to what an article names, spread over the week: one name is not yet a certain day.
DOUBT = 1.0

Floats = NDArray[np.float64]
Longs = NDArray[Any]


def find_weekdays(terms: NDArray[Any]) -> Longs:
    """Give the place of each day of the week among the terms, Monday first; -1 where it is not."""
    places = [np.flatnonzero(terms == name) for name in WEEKDAYS]
    return np.array([int(place[0]) if len(place) else -1 for place in places])


def name_weekdays(places: Any, columns: Longs) -> Floats:  # noqa: ANN401, any sparse matrix
    """Give how much each article names each day of the week.

    Parameters
    ----------
    places
        Sparse, shape (articles, terms): how much each term counts for the places it stands at.
    columns
        The column of each day, -1 for none.

    Returns
    -------
    numpy.ndarray
        Shape (articles, 7).
    """
    named = np.zeros((places.shape[0], len(columns)))
    found = columns >= 0
    named[:, found] = places[:, columns[found]].toarray()
    return named


def share_weekdays(named: Floats) -> Floats:
    """Spread each article over the days of the week as it names them; shape (articles, 7).

    `named` is how much each names each day.
    """
    shares: Floats = named + DOUBT / len(WEEKDAYS)
    shares /= named.sum(axis=1, keepdims=True) + DOUBT
    return shares


def odds_of_weekdays(shares: Floats, one: Longs, other: Longs) -> Floats:
    """Weigh the days of the week that pairs of articles name against chance.

    Parameters
    ----------
    shares
        What `share_weekdays` gives.
    one, other
        Rows of `shares`, a pair each.

    Returns
    -------
    numpy.ndarray
        Logarithm of the likelihood ratio that a mention of the one and a mention of the other are
        of the same day, against any days of seven: 0 where one of them names none.
    """
    odds: Floats = np.log(len(WEEKDAYS) * (shares[one] * shares[other]).sum(axis=1))
    return odds
