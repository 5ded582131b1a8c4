"""How much room groups of articles give to each topic, and topics that rest on one group."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.compare.discovery import adjust
from analysis.compare.grouping import Grouping, group_within
from analysis.compare.means import compare_means
from analysis.compare.topics import Topics, group_of, known_articles
from analysis.corpus.schema import DataError
from analysis.text.wire_selection import Wire, select_wire

FEW_ARTICLES = 10
ALONE = 0.8  # of a topic's articles
FAR_SMALLER = 0.5  # share of the corpus, as a part of the share of the topic


def compare_topics(
    topics: Topics,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    within: str | None = None,
    wire: Wire = "include",
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
    within
        Column of `articles`, such as ``event_id`` or a month: groups are compared only inside its
        values, those that hold articles of both sides. Articles without a value are left out.
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
        is a single article the interval is -1 to 1. With `within` all of this is of the articles
        that are compared, and a group that shares no value with another has no rows.

    Raises
    ------
    DataError
        When a column is missing, an article has no weights or no group, there is one group, no
        value of `within` has articles of two groups, or `wire` leaves no article.

    Notes
    -----
    The unit is the article: p is the share of all ways to deal the sides anew that give a
    difference at least as large, counted where there are at most 20,000 ways, otherwise by the
    saddlepoint of Skovgaard (1987) as in ``compare_terms``. The interval holds the differences
    that the test would not reject, by its normal approximation with Student's t; where it and p
    disagree about 0, p decides.

    With `within` sides are dealt anew inside each of its values. A share is then the mean of the
    values' own shares, each counted ``n m / (n + m)`` times for n articles of the group and m
    others (Mantel and Haenszel 1959), and the interval is that test turned round: for pairs of
    articles the one of Student's paired t.

    Misleads when articles are copies of each other (compare with ``wire="exclude"``), and
    when groups cover different days and `within` is not given: a topic's share is the news agenda
    as well as the outlet's choice.
    """
    needs = [by] if within is None else [by, within]
    known = known_articles(topics, select_wire(articles, wire), needs)
    groups = group_of(known, by)
    weights = topics.weights.loc[known.index].to_numpy()
    used = weights.sum(axis=1) > 0
    codes, names = pd.factorize(groups[used], sort=True)
    if len(names) < 2:
        raise DataError(
            f"the {int(used.sum())} articles with topics have {len(names)} {by}; "
            "a comparison needs two groups"
        )
    grouping = Grouping(pd.Index(names), codes, np.zeros(len(codes), np.int64), 1)
    if within is not None:
        grouping = group_within(grouping, known.loc[used, within], by=by)
    parts = []
    for code, name in enumerate(names):
        rows = np.sort(np.concatenate(grouping.sides(code, None)))
        if not len(rows):
            continue
        table = compare_means(weights[used][rows], codes[rows] == code, grouping.strata[rows])
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
