"""Which terms separate groups of articles, with the article as the unit of evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from analysis.compare.complements import as_rare
from analysis.compare.contrasts import Contrasts, Rows, Sides, sharing_articles
from analysis.compare.dealt import Articles
from analysis.compare.discovery import Unlisted, adjust_adaptive
from analysis.compare.enumeration import FEW_ARTICLES
from analysis.compare.estimate import LEVEL, Contrast, interval, log_odds
from analysis.compare.grouping import Grouping, distinct_labels, group_articles
from analysis.compare.moments import Floats, Integers
from analysis.compare.permutation import permutation_p
from analysis.compare.ranking import MANY_ROWS, Filling, ranked_frame
from analysis.compare.separation import least_p, pattern_p, separation_p
from analysis.corpus.schema import DataError
from analysis.memory import give_back
from analysis.text.counts import Counts
from analysis.text.wire_selection import Wire, select_wire

MOST_ROWS = 1 << 20  # beyond which only those rows are listed that say something
FRACTIONS = {"estimate", "low", "high", "p", "least"}


def compare_terms(
    counts: Counts,
    by: str = "outlet",
    within: str | None = None,
    *,
    against: Literal["rest", "each"] = "rest",
    wire: Wire = "include",
) -> pd.DataFrame:
    """Compare how often groups of articles use each term.

    A difference counts as evidence only if it recurs over articles: p is the share of all ways to
    deal the articles' sides anew that give a difference in uses at least as large, computed and
    not drawn (see ``permutation``). A word that one article repeats is one article's word, and a
    side with longer articles is dealt more of those that hold the term.

    Parameters
    ----------
    counts
        Shape (articles, terms). Rates are per word of ``counts.lengths``.
    by
        Column of ``counts.articles`` whose groups are compared.
    within
        Column of ``counts.articles``, such as ``event_id``: groups are compared only inside its
        values, those that hold articles of both sides. Articles without a value are left out.
    against
        ``"rest"``: each group against all others. ``"each"``: each pair of groups once, without
        the terms that neither uses.
    wire
        ``"include"``, ``"exclude"`` or ``"only"`` agency copy, see ``select_wire``.

    Returns
    -------
    pandas.DataFrame
        One row per group and term: the `by` column (and ``other`` for pairs), ``term``;
        ``estimate`` (log-odds, natural logarithm, above 0 if the group uses the term more),
        ``low`` and ``high`` (95 %), ``p``, ``q`` (false-discovery rate over all rows of the call,
        each counted with its own chance of so small a p); ``count`` and ``count_rest`` (uses),
        ``n_articles`` and ``n_articles_rest`` (articles with the term), ``n_days`` (days on which
        the group's articles with the term were
        published, undated ones left out), ``n_events`` (events behind them, if
        ``counts.articles`` has ``event_id``), ``articles`` and ``articles_rest`` (all articles of
        the two sides). With `within` all of these count only the articles that are compared.
        Sorted by q, then by the bound of the interval that is nearer to 0, largest first: of
        equally certain differences the one that is large at the least. The bounds are infinite
        where the counts cannot give one: a side lacks the term or is a single article.

        Where that would be more than a million rows, those of terms that the group (or either
        group of a pair) lacks are left out unless p < .05: of a hundred outlets each lacks most
        terms, and that tells nothing. They count in q all the same.

    Raises
    ------
    DataError
        If there are no terms, a column is missing, a group has no name, there is only one group,
        no value of `within` has articles of two groups, or `wire` leaves no article.
    OSError
        When the corpus is large and the folder for temporary files has no room.

    Notes
    -----
    The estimate is the log-odds ratio with an informative Dirichlet prior of 10 words (Monroe,
    Colaresi and Quinn 2008, "Fightin' Words", Political Analysis 16(4), eq. 15-16); with `within`
    the ratio of Mantel and Haenszel (1959). The test's tails follow Skovgaard (1987), "Saddlepoint
    expansions for conditional distributions", J. Appl. Probab. 24(4); the interval inverts the
    test by Fieller's theorem (1954); q is that of Benjamini and Hochberg (1995), after Heyse
    (2011) and Storey (2002).

    Misleads when articles are copies of each other (one wire report in twenty articles counts
    twenty times: compare with ``wire="exclude"``), or when groups cover different events and
    `within` is not given: then story choice looks like wording; or when outlets differ in the
    length of their articles and short ones are about other things, for that is a difference too.
    """
    if against not in ("rest", "each"):
        raise DataError(f"against={against!r} is unknown (it can be: rest, each)")
    counts = select_wire(counts, wire)
    grouping = group_articles(counts, by=by, within=within)
    n_groups = len(grouping.names)
    pairs: list[Sides] = [(group, None) for group in range(n_groups)]
    if against == "each":
        pairs = [(a, b) for a in range(n_groups) for b in range(a + 1, n_groups)]
    rows = Rows(counts, grouping, pairs)
    return ranked_frame(_compare(counts, grouping, rows), rows, grouping, by=by)


class _Part(NamedTuple):
    """The test of two sides in a block of terms."""

    number: int  # of the comparison
    pair: Sides
    counts: Counts
    contrasts: Contrasts
    p: Floats
    least: Floats
    block: slice


def _compare(counts: Counts, grouping: Grouping, rows: Rows) -> Filling:
    """Columns of the result, term after term for each pair of sides."""
    whole = np.int32 if counts.lengths.sum() <= np.iinfo(np.int32).max else np.int64
    filling = Filling(len(rows.pairs))
    occasions = _occasions(counts.articles)
    unlisted = Unlisted() if rows.ends[-1] > MOST_ROWS else None
    for part in _in_parts(counts, grouping, rows):
        own, _ = grouping.sides(*part.pair)
        found = _known(part.contrasts[part.pair], part.p) | {"p": part.p, "least": part.least}
        found |= {name: distinct_labels(part.counts, own, of) for name, of in occasions.items()}
        terms = rows.terms_in(part.number, part.block)
        if unlisted is not None:
            used = found["count"] > 0
            if not rows.against_rest:
                used &= found["count_rest"] > 0
            listed = used[terms] | (part.p[terms] < LEVEL)
            unlisted.add(part.p[terms[~listed]], part.least[terms[~listed]])
            terms = terms[listed]
        found = {
            name: values[terms].astype(np.float64 if name in FRACTIONS else whole)
            for name, values in found.items()
        }
        filling.add(part.number, found | {"term": (terms + part.block.start).astype(np.int32)})
        del part  # its block, before the next one is tested
    filling.columns["q"] = adjust_adaptive(filling["p"], filling.take("least"), unlisted)
    return filling


def test_rows(counts: Counts, grouping: Grouping, rows: Rows) -> tuple[Floats, Floats]:
    """Give p, and the least that it could have been, term after term for each pair of sides."""
    p, least = np.empty(rows.ends[-1]), np.empty(rows.ends[-1])
    for part in _in_parts(counts, grouping, rows):
        place, terms = rows.at(part.number, part.block), rows.terms_in(part.number, part.block)
        p[place], least[place] = part.p[terms], part.least[terms]
        del part
    return p, least


def _in_parts(counts: Counts, grouping: Grouping, rows: Rows) -> Iterator[_Part]:
    """Test a block of terms at a time, which needs little beside the result."""
    families = sharing_articles(grouping, rows.pairs)
    for block in rows.blocks(max(map(len, families))):
        if rows.ends[-1] >= MANY_ROWS:
            give_back()  # what counting has freed, or the block before
        yield from _in_block(counts, grouping, rows, families, block)


def _in_block(
    counts: Counts, grouping: Grouping, rows: Rows, families: list[list[int]], block: slice
) -> Iterator[_Part]:
    some = counts.take_terms(block)
    rare = as_rare(some)
    contrasts = Contrasts.of(some, grouping)
    tested = contrasts if rare is some else Contrasts.of(rare, grouping)
    for numbers in families:
        pairs = [rows.pairs[number] for number in numbers]
        tests = _p_values(rare, grouping, tested, pairs)
        for number, pair, (p, least) in zip(numbers, pairs, tests, strict=True):
            yield _Part(number, pair, some, contrasts, p, least, block)


def _known(sides: Contrast, p: Floats) -> dict[str, Floats]:
    """Give the columns that follow from the contrast of two sides and its p."""
    estimate = log_odds(sides)
    low, high = interval(sides, estimate, p)
    uses, uses_rest = sides.uses
    return {
        "estimate": estimate,
        "low": low,
        "high": high,
        "count": uses,
        "n_articles": sides.own.holders.sum(axis=0),
        "count_rest": uses_rest,
        "n_articles_rest": sides.other.holders.sum(axis=0),
    }


def _p_values(
    counts: Counts, grouping: Grouping, contrasts: Contrasts, pairs: list[Sides]
) -> Floats:
    """P of each of some pairs that share their articles, and the least that it could have been.

    Shape (pairs, 2, terms).
    """
    if pairs == [(0, None), (1, None)] and len(grouping.names) == 2:  # each is the other's rest
        return _p_values(counts, grouping, contrasts, pairs[:1]).repeat(2, axis=0)
    rows = np.sort(np.concatenate(grouping.sides(*pairs[0])))
    tests = [_statistics(contrasts[pair]) for pair in pairs]
    own, words, u, z, variance, apart, least = map(np.stack, zip(*tests, strict=True))
    if not len(rows):
        return np.stack([np.ones_like(u), least], axis=1)
    codes = np.unique(grouping.strata[rows], return_inverse=True)[1]
    matrix = counts.matrix[rows].tocsc()
    matrix.eliminate_zeros()
    of_all = Articles(matrix, counts.lengths[rows].astype(np.float64), codes)
    p = permutation_p(of_all, own, words, u, z, variance)
    # With few articles every deal is counted, lengths and all: that p is exact.
    return np.stack([np.maximum(p, apart) if len(rows) > FEW_ARTICLES else p, least], axis=1)


def _statistics(sides: Contrast) -> tuple[Floats, ...]:
    """Give what `permutation_p` takes of the first side, a lower bound of p, and the least p."""
    tested = sides.own.articles, sides.own.words, sides.difference, sides.z
    bound = np.maximum(separation_p(sides), pattern_p(sides))
    return *tested, sides.at_equal_rates, bound, least_p(sides)


def _occasions(articles: pd.DataFrame) -> dict[str, Integers]:
    """Codes of each article's day and event, -1 if unknown, for the columns that are there."""
    labels = {}
    if "published" in articles:
        labels["n_days"] = pd.to_datetime(articles["published"]).dt.floor("D")
    if "event_id" in articles:
        labels["n_events"] = articles["event_id"]
    return {name: pd.factorize(values)[0].astype(np.int64) for name, values in labels.items()}
