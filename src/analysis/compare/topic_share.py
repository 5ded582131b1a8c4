"""How much room groups of articles give to each topic, and topics that rest on one group."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from analysis.compare.discovery import adjust
from analysis.compare.draws import Choices, Pools
from analysis.compare.estimate import LEVEL, student_t
from analysis.compare.moments import Floats, Integers
from analysis.compare.saddlepoint import upper_tails
from analysis.compare.topics import Topics, group_of, known_articles
from analysis.corpus.schema import DataError
from analysis.text.wire_selection import Wire, select_wire

Mask = NDArray[np.bool_]

MOST_WAYS = 20_000  # of dealing the sides, up to which all are counted
FEW_ARTICLES = 10
ROUNDING = 1e-9
ALONE = 0.8  # of a topic's articles
FAR_SMALLER = 0.5  # share of the corpus, as a part of the share of the topic


def compare_topics(
    topics: Topics, articles: pd.DataFrame, *, by: str = "outlet", wire: Wire = "include"
) -> pd.DataFrame:
    """Compare the room that groups of articles give to each topic.

    Parameters
    ----------
    topics
        As ``fit_topics`` gives them.
    articles
        The articles behind the topics, or some of them, with ``article_id`` and `by`.
    by
        Column whose groups are compared, each with all others.
    wire
        ``"include"``, ``"exclude"`` or ``"only"`` agency copy, see ``select_wire``; the topics
        stay those that were fitted.

    Returns
    -------
    pandas.DataFrame
        One row per topic and group: ``topic``, ``label``, the `by` column; ``share`` and
        ``share_rest`` (mean share of the topic in the articles of the group and of the others);
        ``estimate`` (their difference, 0.1 is 10 points), ``low`` and ``high`` (95 %), ``p``,
        ``q`` (Benjamini and Hochberg over all rows); ``n_articles`` and ``n_articles_rest``;
        ``note`` where a side is small. Articles without usable words are left out. Where a side
        is a single article the interval is -1 to 1.

    Raises
    ------
    DataError
        When a column is missing, an article has no weights or no group, there is one group, or
        `wire` leaves no article.

    Notes
    -----
    The unit is the article: p is the share of all ways to deal the sides anew that give a
    difference at least as large, counted where there are at most 20,000 ways, otherwise by the
    saddlepoint of Skovgaard (1987) as in ``compare_terms``. The interval holds the differences
    that the test would not reject, by its normal approximation with Student's t; where it and p
    disagree about 0, p decides.

    Misleads when articles are copies of each other (compare with ``wire="exclude"``), and
    when groups cover different days: a topic's share is the news agenda as well as the outlet's
    choice.
    """
    known = known_articles(topics, select_wire(articles, wire), [by])
    groups = group_of(known, by)
    weights = topics.weights.loc[known.index].to_numpy()
    used = weights.sum(axis=1) > 0
    codes, names = pd.factorize(groups[used], sort=True)
    if len(names) < 2:
        raise DataError(
            f"the {int(used.sum())} articles with topics have {len(names)} {by}; "
            "a comparison needs two groups"
        )
    parts = []
    for code, name in enumerate(names):
        table = compare_means(weights[used], codes == code)
        table.insert(0, by, name)
        parts.append(table.rename_axis("topic").reset_index())
    found = pd.concat(parts, ignore_index=True)
    found["q"] = adjust(found["p"].to_numpy())
    found["label"] = found["topic"].map(topics.labels)
    small = found[["n_articles", "n_articles_rest"]].min(axis=1)
    found["note"] = [f"only {n} articles on a side" if n < FEW_ARTICLES else "" for n in small]
    columns = ["topic", "label", by, "estimate", "low", "high", "p", "q", "share", "share_rest"]
    found = found[[*columns, "n_articles", "n_articles_rest", "note"]]
    return found.sort_values(["topic", by], kind="stable").reset_index(drop=True)


def compare_means(values: Floats, own: Mask) -> pd.DataFrame:
    """Compare the mean of each column of `values` between the rows of `own` and the others.

    Returns
    -------
    pandas.DataFrame
        A row a column: ``estimate, low, high, p, share, share_rest, n_articles, n_articles_rest``.
    """
    n, n_own = len(values), int(own.sum())
    n_rest = n - n_own
    share, rest = values[own].mean(axis=0), values[~own].mean(axis=0)
    estimate = share - rest
    p = permuted_p(values - values.mean(axis=0), own)
    inner = ((values[own] - share) ** 2).sum(axis=0) + ((values[~own] - rest) ** 2).sum(axis=0)
    if min(n_own, n_rest) > 1:
        spread = np.sqrt(inner / (n - 2) * (1 / n_own + 1 / n_rest))
        half = student_t(n - 2) * spread
    else:
        half = np.full_like(estimate, 2.0)
    low, high = np.maximum(estimate - half, -1), np.minimum(estimate + half, 1)
    differs = p < LEVEL
    low = np.where(differs & (estimate > 0), np.maximum(low, ROUNDING), low)
    high = np.where(differs & (estimate < 0), np.minimum(high, -ROUNDING), high)
    table = {
        "estimate": estimate,
        "low": np.where(differs, low, np.minimum(low, 0)),
        "high": np.where(differs, high, np.maximum(high, 0)),
        "p": p,
        "share": share,
        "share_rest": rest,
        "n_articles": n_own,
        "n_articles_rest": n_rest,
    }
    return pd.DataFrame(table)


def permuted_p(e: Floats, own: Mask) -> Floats:
    """P(|sum of as many e| >= |sum over own|) for draws without replacement.

    Each column of `e` sums to 0.
    """
    n, n_own = len(e), int(own.sum())
    observed = np.abs(e[own].sum(axis=0))
    ways = comb(n, n_own)
    if ways <= MOST_WAYS:
        fewer = min(n_own, n - n_own)  # the sum of the others is the same but for its sign
        chosen = np.array(list(combinations(range(n), fewer)))
        sums = np.array([np.abs(column[chosen].sum(axis=1)) for column in e.T])
        exact: Floats = (sums >= observed[:, None] - ROUNDING).mean(axis=1)
        return exact
    p = np.ones(e.shape[1])
    some = np.flatnonzero(observed > ROUNDING)
    if len(some):
        pools = _pools(e[:, some], n_own)
        tails = upper_tails(pools, _no_choices(), np.tile(observed[some], 2))
        # At the end of what can be drawn no tilt reaches: there the ways are counted.
        p[some] = np.clip(tails.reshape(2, -1).sum(axis=0), extreme_p(e[:, some], own), 1)
    return p


def extreme_p(e: Floats, own: Mask) -> Floats:
    """P of the most extreme sum on the side where the observed one is, by counting its ways.

    Equal values can be exchanged: where most are 0, many ways give the largest sum.
    """
    n, n_own = len(e), int(own.sum())
    turned = np.where(e[own].sum(axis=0) < 0, -e, e)
    last = -np.sort(-turned, axis=0)[n_own - 1]  # the least value that the largest sum takes
    above = (turned > last + ROUNDING).sum(axis=0)
    equal = (turned > last - ROUNDING).sum(axis=0) - above
    ways = log_comb(equal, n_own - above) - log_comb(np.array([n]), np.array([n_own]))
    return np.maximum(np.exp(ways), float(np.finfo(float).tiny))


def log_comb(n: Integers, k: Integers) -> Floats:
    """Logarithm of the number of ways to choose k of n."""
    found: Floats = special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
    return found


def _pools(e: Floats, n_own: int) -> Pools:
    """Give every column once for each tail: -U of one side is U of the other."""
    n, n_columns = e.shape
    drawn = np.repeat([float(n_own), float(n - n_own)], n_columns)
    return Pools(
        value=np.tile(e.T.ravel(), 2),
        weight=np.ones(2 * n * n_columns),
        start=np.repeat(special.logit(drawn / n), n),
        pointer=np.arange(2 * n_columns + 1) * n,
        articles=np.full(2 * n_columns, float(n)),
        drawn=drawn,
        row=np.arange(2 * n_columns),
    )


def _no_choices() -> Choices:
    nothing: Integers = np.zeros(0, dtype=np.int64)
    return Choices(np.zeros(0), np.zeros(1, dtype=np.int64), nothing)


def describe_topics(topics: Topics, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Say how large each topic is, and whether it rests on one group.

    Parameters
    ----------
    topics
        As ``fit_topics`` gives them.
    articles
        The articles behind the topics, or some of them, with ``article_id`` and `by`.
    by
        Column whose groups are looked at.

    Returns
    -------
    pandas.DataFrame
        One row per topic: ``topic``, ``label``, ``n_articles`` (whose strongest topic it is),
        ``top`` (the group with most of them), ``top_share`` (its share of them),
        ``corpus_share`` (its share of all articles), ``only`` (bool) and ``note``: set where a
        group holds over 80 % of the topic and less than half as much of the corpus.

    Raises
    ------
    DataError
        When a column is missing, or an article has no weights or no group.

    Notes
    -----
    Misleads when an outlet alone covers a story: the note cannot tell that from boilerplate.
    """
    known = known_articles(topics, articles, [by])
    groups = pd.Series(group_of(known, by), index=known.index).astype(str)
    strongest = topics.strongest.reindex(known.index).dropna().astype(int)
    of_corpus = groups.loc[strongest.index].value_counts(normalize=True)
    rows = []
    for topic, label in topics.labels.items():
        inside = groups.loc[strongest.index[strongest == topic]].value_counts().sort_index()
        n_articles = int(inside.sum())
        if n_articles == 0:
            note = "no article has it as its strongest topic; fewer topics would do"
            rows.append((topic, label, 0, "", 0.0, 0.0, False, note))
            continue
        top = str(inside.idxmax())
        share, expected = float(inside.max() / n_articles), float(of_corpus.loc[[top]].iloc[0])
        only = share > ALONE and expected < FAR_SMALLER * share
        note = ""
        if only:
            note = (
                f"{share:.0%} of its {n_articles} articles are from {top}, which has "
                f"{expected:.0%} of the corpus: house style, boilerplate or a story of its own"
            )
        rows.append((topic, label, n_articles, top, share, expected, only, note))
    columns = ["topic", "label", "n_articles", "top", "top_share", "corpus_share", "only", "note"]
    return pd.DataFrame(rows, columns=columns)
