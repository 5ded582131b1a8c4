"""What is asked and known of phrases that come back: where they stand, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.phrase_table import Ints


@dataclass(frozen=True)
class Spread:
    """What is known of each phrase of a certain length, one entry per candidate in each array.

    Attributes
    ----------
    articles
        Articles of the outlet in which it stands.
    share
        The same as a share of the outlet's articles.
    share_elsewhere
        Share of the other outlets' articles in which it stands; 0 where there are none.
    at_edge
        Share of its occurrences that lie at the edge in question.
    """

    articles: Ints
    share: NDArray[np.float64]
    share_elsewhere: NDArray[np.float64]
    at_edge: NDArray[np.float64]


class Ask(NamedTuple):
    """Which phrases are candidates.

    Attributes
    ----------
    length
        Words of a phrase.
    tail
        Whether the edge is the end of the texts, else their beginning.
    least
        Articles of one outlet at whose edge the phrase must stand.
    at_edge
        Share of its occurrences in one outlet that must lie at the edge; asks of one length have
        the same.
    share
        Share of one outlet's articles at whose edge the phrase must stand. Without it a large
        outlet has about as many candidates as sentences.
    habits
        Whether phrases that one outlet has in many articles are candidates wherever they stand.
    """

    length: int
    tail: bool
    least: int
    at_edge: float
    share: float = 0
    habits: bool = False


class Found(NamedTuple):
    """Where phrases begin, the number of each, and of its article, outlet by outlet."""

    places: Ints
    slot: Ints
    article: Ints


class Located(NamedTuple):
    """Where phrases stand.

    Attributes
    ----------
    places
        Of the words with which they begin.
    slot
        For each place the number of its phrase.
    article
        For each place the number of its article, outlet by outlet.
    group
        For each place the number of the pair of phrase and outlet.
    articles
        For each of these pairs the articles that have it.
    """

    places: Ints
    slot: Ints
    article: Ints
    group: Ints
    articles: Ints
