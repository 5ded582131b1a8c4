"""What a comparison can know at the corpus's size."""

from __future__ import annotations

import math

import pandas as pd

from analysis.check.findings import BLOCKS, FINE, QUALIFIES, Finding
from analysis.wording import plural

LEVEL = 0.05
TERMS = 1000  # that are compared at once, in a small corpus; more terms ask for more articles
ROUNDING = 1e-9  # of the logarithms: 1 in 20 is not below .05
# A word in more than two thirds of one outlet's articles and in none of the others' is a slogan.
MOST_HOLDERS = 2 / 3
CHECK = "number of articles"
ALL = "all comparisons"


def check_sizes(articles: pd.DataFrame) -> list[Finding]:
    """Say which outlets are too small for any, or for all but the largest differences to show.

    Parameters
    ----------
    articles
        With ``article_id`` and ``outlet``.
    """
    sizes = articles["outlet"].value_counts().sort_index()
    if len(sizes) < 2:
        return [
            Finding(
                BLOCKS, CHECK,
                f"There is one outlet, {sizes.index[0]} ({plural(len(articles), 'article')}): "
                "there is nothing to compare it with.",
                ALL,
                "add articles of another outlet, or name the outlets in the metadata",
                articles=tuple(articles["article_id"]),
            )
        ]  # fmt: skip
    if (sizes < 2).all():
        return [
            Finding(
                BLOCKS, CHECK,
                f"There is one article an outlet ({plural(len(sizes), 'outlet')}): no difference "
                "between outlets can be told from a difference between two articles.",
                ALL,
                "add articles; until then read them side by side, and infer nothing",
                articles=tuple(articles["article_id"]),
            )
        ]  # fmt: skip
    found = [_check_size(str(outlet), articles) for outlet in sizes.index]
    return [one for one in found if one] or [_fine(sizes)]


def _check_size(outlet: str, articles: pd.DataFrame) -> Finding | None:
    own = articles.loc[articles["outlet"] == outlet, "article_id"]
    size, rest = len(own), len(articles) - len(own)
    has = f"{outlet} has {plural(size, 'article')} against {rest:,} of the others"
    reached = least_holders(size, rest, LEVEL)
    remedy = "add articles of it, or leave it out"
    if reached is None or size < 2 or rest < 2:
        what = f"{has}: nothing can be inferred about it."
        return Finding(
            BLOCKS, CHECK, what, ALL, remedy, outlet, tuple(own),
            "have too few articles for anything to be inferred about them", f"{size:,}",
        )  # fmt: skip
    announced = least_holders(size, rest, LEVEL / TERMS)
    if announced is not None and announced <= MOST_HOLDERS * size:
        return None
    needs = f"in {announced}" if announced else "not even all of them are enough"
    what = (
        f"{has}. A word that no other outlet writes must stand in {reached} of them to reach p "
        f"below .05; to be announced among {TERMS:,} words, {needs}."
    )
    return Finding(
        QUALIFIES, CHECK, what, ALL, remedy, outlet, tuple(own),
        "have so few articles that only very large differences can show", f"{size:,}",
    )  # fmt: skip


def _fine(sizes: pd.Series[int]) -> Finding:
    least, most = str(sizes.idxmin()), str(sizes.idxmax())
    size, total = int(sizes.min()), int(sizes.sum())
    spread = f"{size:,} ({least}) to {sizes.max():,} ({most})"
    spread = spread if size < sizes.max() else f"{size:,} each"
    reached = [least_holders(size, total - size, level) for level in (LEVEL, LEVEL / TERMS)]
    what = (
        f"{plural(total, 'article')} of {plural(len(sizes), 'outlet')}, {spread}. A word that "
        f"only {least} writes must stand in {reached[0]} of its articles to reach p below .05, in "
        f"{reached[1]} to be announced among {TERMS:,} words."
    )
    return Finding(FINE, CHECK, what)


def least_holders(own: int, rest: int, p: float) -> int | None:
    """Give the fewest articles of a side that must hold a term, none of the others', for a p.

    The chance that a random deal puts all holders on that side is
    ``C(own + rest - holders, rest) / C(own + rest, rest)``; no permutation test gives less.

    Returns
    -------
    int or None
        None where not even all of the side's articles are enough.
    """
    for holders in range(1, own + 1):
        log_chance = _log_choose(own + rest - holders, rest) - _log_choose(own + rest, rest)
        if log_chance < math.log(p) - ROUNDING:
            return holders
    return None


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
