"""Where the articles with a term fall when both sides write it at one rate per word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.compare.moments import Floats

CLOSEST = 1e-6  # of a chance to 0 and 1


@dataclass(frozen=True, eq=False)
class Draw:
    """How many articles of each pool are drawn, and the chances of the two kinds of articles.

    Attributes
    ----------
    size
        Articles drawn.
    with_term, without
        Chance of being drawn of an article that holds the term, and of one that does not.
    """

    size: Floats
    with_term: Floats
    without: Floats

    def rest(self, articles: Floats) -> Draw:
        """Give the draw of the articles that are left."""
        return Draw(articles - self.size, 1 - self.with_term, 1 - self.without)

    def __getitem__(self, some: Any) -> Draw:  # noqa: ANN401, whatever numpy takes
        return Draw(self.size[some], self.with_term[some], self.without[some])


def length_ratio(own: Floats, words: Floats, all_own: Floats, all_words: Floats) -> Floats:
    """Mean length of a side's articles in that of the others', inside strata.

    Mantel and Haenszel's ratio: `own` articles of `words` words among `all_own` of `all_words`,
    each of shape (..., strata).
    """
    rest, rest_words = all_own - own, all_words - words
    over, under = ((a * b / all_own).sum(axis=-1) for a, b in ((words, rest), (rest_words, own)))
    return np.asarray(np.maximum(over, 1) / np.maximum(under, 1))


def draw_of(holders: Floats, articles: Floats, size: Floats, ratio: Floats) -> Draw:
    """Draw `size` of the `articles`, of which `holders` hold the term.

    Bursts of a term come at one rate per word, so that an article x times as long as the mean lacks
    it with probability ``(1 - holders / articles) ** x``; `ratio` is the mean length of a drawn
    article in that of the others. If it is 1, every article has the same chance.
    """
    rest = articles - size
    length = articles / (size * ratio + rest)  # of the others, in the mean of all
    lacking = 1 - holders / articles
    drawn, left = size * (1 - lacking ** (ratio * length)), rest * (1 - lacking**length)
    with_term = drawn / np.maximum(drawn + left, 1e-300)
    others = articles - holders
    without = (size - holders * with_term) / np.maximum(others, 1)
    without = np.clip(without, CLOSEST, 1 - CLOSEST)
    with_term = (size - others * without) / np.maximum(holders, 1)
    return Draw(size, np.clip(with_term, CLOSEST, 1 - CLOSEST), without)
