"""Selection and framing: what groups of articles cover, and how they tell what both cover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.compare.discovery import adjust
from analysis.compare.divergence import (
    Mask,
    Told,
    deal_sides,
    framing,
    framing_without,
    selection,
)
from analysis.compare.estimate import LEVEL, student_t
from analysis.compare.grouping import Grouping, group_articles
from analysis.compare.moments import Floats
from analysis.compare.topics import Topics
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts

PARTS = ("selection", "framing")
DEALS = 199  # of the sides at random: the least p is .005
FEWER_DEALS = 50  # for the part of a corpus in which a fold is left out
AT_ONCE = 20  # deals whose tables, of articles and of words, stand in memory together
FOLDS = 20
LEAST_ARTICLES = 5  # with a term; a rarer one says more about a story than about a group
ROUNDING = 1e-9

Words: Any = sparse.csr_array
Part = Callable[[Told, Mask], Floats]


def compare_selection(
    counts: Counts,
    *,
    by: str = "outlet",
    within: str = "event_id",
    against: Literal["rest", "each"] = "rest",
    seed: int = 0,
) -> pd.DataFrame:
    """Split the difference between groups of articles into what they cover and how they tell it.

    Parameters
    ----------
    counts
        Shape (articles, terms). Terms in fewer than 5 of the compared articles are left out.
    by
        Column of ``counts.articles`` whose groups are compared.
    within
        Column of ``counts.articles`` that says what is covered: ``event_id``, or ``topic`` (see
        ``add_topic``) where few events are shared. Articles without a value are left out.
    against
        ``"rest"``: each group against all others. ``"each"``: each pair of groups once.
    seed
        Of the deals and the folds.

    Returns
    -------
    pandas.DataFrame
        Two rows per group or pair: the `by` column (and ``other`` for pairs), ``part``
        (``"selection"`` or ``"framing"``); ``estimate`` (bits, chance taken off; may fall below
        0), ``low`` and ``high`` (95 %), ``p``, ``q`` (Benjamini and Hochberg over all rows);
        ``chance`` (bits that shuffled articles give), ``n_articles`` and ``n_articles_rest``
        (compared), ``n_events`` (behind them), ``n_left_out`` (articles of the group that could
        not be compared). Missing where nothing can be compared.

    Raises
    ------
    DataError
        As ``compare_terms`` with `within`; when `against` is another word.

    Notes
    -----
    Of an article of one of two groups, both equally likely, *selection* is the information that
    its event carries about the group, I(group; event), over events of two or more of their
    articles. *Framing* is what one of its words adds: the information I(group; word) where both
    groups have the same mix of events. By the chain rule, I(group; event, word) =
    I(group; event) + I(group; word | event), of which the framing counted here is the part that
    recurs from event to event; what differs on a single event cannot be told from chance there.

    Both are Jensen-Shannon divergences (Lin 1991, IEEE Trans. Inf. Theory 37(1)). Estimated from
    samples they are too large, most of all for rare words (Miller 1955; Paninski 2003, Neural
    Computation 15), so the mean of 199 deals of the groups over the articles is taken off, for
    framing inside the events (as Vinh, Epps and Bailey 2010 do for mutual information). p is the
    share of deals that give as much. The interval is a jackknife over 20 folds of events, of
    articles where fewer than 20 events are compared.

    Misleads when copies stand in several outlets (``select_wire``), when events are wrongly
    grouped (what was split is counted as selection), and when a group comes back to its own
    stories: follow-ups are selection. Bits of an event and of a word are not shares of one sum.
    """
    if against not in ("rest", "each"):
        raise DataError(f"against={against!r} is unknown (it can be: rest, each)")
    grouping = group_articles(counts, by=by, within=within)
    n_groups = len(grouping.names)
    sides: list[tuple[int, int | None]] = [(group, None) for group in range(n_groups)]
    if against == "each":
        sides = [(a, b) for a in range(n_groups) for b in range(a + 1, n_groups)]
    rows = []
    for one, other in sides:
        names = {by: grouping.names[one]}
        if other is not None:
            names["other"] = grouping.names[other]
        total = int((grouping.codes == one).sum())
        for part in PARTS:
            told = gather(counts, grouping, (one, other), part)
            found = estimate_part(told, part, seed)
            left_out = {"n_left_out": total - int(told.own.sum())}
            rows.append({**names, "part": part, **found, **left_out})
    table = pd.DataFrame(rows)
    tested = table["p"].notna().to_numpy()
    q = np.full(len(table), np.nan)
    q[tested] = adjust(table.loc[tested, "p"].to_numpy())
    table.insert(list(table.columns).index("p") + 1, "q", q)
    return table.sort_values("part", kind="stable", ascending=False, ignore_index=True)


def gather(counts: Counts, grouping: Grouping, sides: tuple[int, int | None], part: str) -> Told:
    """Take the articles of two groups that a part rests on.

    Selection rests on events of two or more articles: one article alone is the same however the
    groups are dealt. Framing rests on the events that both groups cover.
    """
    one, other = sides
    chosen = (grouping.codes == one) | (other is None) | (grouping.codes == other)
    rows = np.flatnonzero(chosen & (grouping.strata >= 0))
    if part == "framing":
        rows = np.sort(np.concatenate(grouping.sides(one, other)))
        words = Words(counts.matrix[rows], dtype=np.float64)
        common = np.bincount(words.indices, minlength=words.shape[1]) >= LEAST_ARTICLES
        words = words[:, np.flatnonzero(common)]
    else:
        sizes = np.bincount(grouping.strata[rows], minlength=grouping.n_strata)
        rows = rows[sizes[grouping.strata[rows]] > 1]
        words = Words((len(rows), 0))
    total = np.asarray(words.sum(axis=1)).ravel()
    words.data /= np.repeat(total, np.diff(words.indptr))
    own, events = grouping.codes[rows] == one, grouping.strata[rows]
    told = Told(own, events, words)
    if part == "framing" and not (total > 0).all():
        told = told.take(total > 0)
    return replace(told, events=np.unique(told.events, return_inverse=True)[1])


def estimate_part(told: Told, part: str, seed: int) -> dict[str, Any]:
    """Give the estimate of one part, less chance, with its interval and p."""
    measure: Part = selection if part == "selection" else framing
    n_own = int(told.own.sum())
    found: dict[str, Any] = dict.fromkeys(["estimate", "low", "high", "p", "chance"], np.nan)
    sizes = {"n_articles": n_own, "n_articles_rest": len(told.own) - n_own}
    sizes["n_events"] = len(np.unique(told.events))
    if min(n_own, len(told.own) - n_own) < 2:
        return found | sizes
    strata = told.events if part == "framing" else np.zeros_like(told.events)
    deals = deal_sides(told.own, strata, DEALS, seed)
    seen = measure(told, told.own[None])[0]
    dealt = np.concatenate([measure(told, some) for some in some_deals(deals)])
    estimate = float(seen - dealt.mean())
    p = float((1 + (dealt >= seen - ROUNDING).sum()) / (1 + DEALS))
    half = spread(told, measure, deals[:FEWER_DEALS], seed)
    low, high = estimate - half, estimate + half
    beyond = p < LEVEL and estimate > 0
    low, high = (max(low, ROUNDING), high) if beyond else (min(low, 0.0), max(high, 0.0))
    found |= {"estimate": estimate, "low": low, "high": high, "p": p, "chance": dealt.mean()}
    return found | sizes


def some_deals(deals: Mask) -> list[Mask]:
    """Cut deals into portions that are about equal."""
    return np.array_split(deals, -(-len(deals) // AT_ONCE))


def spread(told: Told, measure: Part, deals: Mask, seed: int) -> float:
    """Give half the width of the interval: a jackknife over folds of events, or of articles."""
    n_events = int(told.events.max()) + 1
    units = told.events if n_events >= FOLDS else np.arange(len(told.events))
    n_units = int(units.max()) + 1
    n_folds = min(FOLDS, n_units)
    fold = np.random.default_rng(seed).permutation(np.arange(n_units) % n_folds)[units]
    if measure is framing and n_events >= FOLDS:
        sides = np.concatenate([told.own[None], deals])
        parts = [framing_without(told, some, fold) for some in some_deals(sides)]
        found = np.concatenate(parts, axis=1)
        values = found[:, 0] - found[:, 1:].mean(axis=1)
    else:
        values = np.zeros(n_folds)
        for number in range(n_folds):
            kept = fold != number
            some = told.take(kept)
            chance = measure(some, deals[:, kept]).mean()
            values[number] = measure(some, some.own[None])[0] - chance
    error = np.sqrt((n_folds - 1) * np.var(values))
    return float(student_t(n_folds - 1) * error)


def add_topic(counts: Counts, topics: Topics) -> Counts:
    """Give every article its strongest topic as the column ``topic``, to compare within topics.

    Parameters
    ----------
    counts
        Counts of the articles, or of some of them.
    topics
        As ``fit_topics`` gives them.

    Returns
    -------
    Counts
        The same with ``counts.articles["topic"]``: the topic's label, missing for an article
        without any.
    """
    strongest = topics.strongest.reindex(counts.articles["article_id"])
    labels = strongest.map(topics.labels).to_numpy(dtype=object)
    return replace(counts, articles=counts.articles.assign(topic=labels))
