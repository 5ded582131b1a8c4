"""What moved from one issue of a report to the next by more than chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import linear_sum_assignment

from analysis.publish.results import Results
from analysis.report.sentences import LEVEL

HALF = stats.norm.isf(0.025)  # of a 95 % interval, in standard errors
LEAST_P = 1e-300  # whose z is a number
LEAST_ALIKE = 0.5  # cosine of two topics' terms from which they are taken for the same
NAMING = ["concept", "voice", "outlet", "variant"]
TERM_COUNTS = ("n_articles", "n_articles_rest")
Floats = NDArray[np.float64]


def find_changes(before: Results, after: Results) -> Results:
    """Find the terms, topic shares, voices, names and omissions that moved (see `find_moves`)."""
    names = match_topics(before["topic-terms"], after["topic-terms"])
    earlier = before["topics"]
    if not earlier.empty:
        earlier = earlier.assign(topic=earlier["topic"].map(names)).dropna(subset="topic")
    return {
        "terms": find_moves(
            before["terms"], after["terms"], on=["outlet", "term"], counted=TERM_COUNTS
        ),
        "topics": find_moves(earlier, after["topics"], on=["outlet", "topic"]),
        "voices": find_moves(before["voices"], after["voices"], on=["outlet", "speaker"]),
        "naming": find_moves(before["naming"], after["naming"], on=NAMING),
        "omissions": find_moves(before["omissions"], after["omissions"], on=["outlet", "what"]),
    }


def find_moves(
    before: pd.DataFrame, after: pd.DataFrame, *, on: list[str], counted: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Find the rows of a comparison that moved between two issues by more than chance.

    Parameters
    ----------
    before, after
        Comparisons with the columns `on`, ``estimate, low, high, p, q``.
    on
        What makes two rows the same.
    counted
        Columns with numbers of articles, for log-odds: no variance is taken to be below the sum of
        their reciprocals, where none is 0.

    Returns
    -------
    pandas.DataFrame
        The rows of `after` that moved, the largest move first, with ``estimate_before``,
        ``low_before``, ``high_before``, ``moved`` (difference of the estimates), ``p_moved`` and
        ``q_moved``. A row can move if it was a finding in either issue (q at most .05). It moved if
        its two 95 % intervals do not meet, and the false-discovery rate over all rows that can
        is at most .05.

    Notes
    -----
    p treats the two estimates as independent and normal. The standard error of each is that of the
    half of its interval that faces the other (Zou and Donner 2008, Statistics in Medicine 27(10)),
    so that a term that one issue lacks, whose interval has no end on the far side, can move. How
    far away such an estimate lies means nothing: `near_estimate` takes another. The least variance
    of log-odds is that of Woolf (1955), for articles: in random halves of 3,800 articles, of which
    nothing moved, intervals of terms in two or three articles lay apart too often.

    Misleads when both issues hold the same articles, which then vary together: real moves are
    missed.
    """
    if before.empty or after.empty:
        return pd.DataFrame()
    kept = [*on, "estimate", "low", "high", "p", "q", *counted]
    both = after.merge(before[kept], on=on, suffixes=("", "_before"))
    found = both[np.minimum(both["q"], both["q_before"]) <= LEVEL].copy()
    if found.empty:
        return found
    found["moved"] = found["estimate"] - found["estimate_before"]
    now, then = near_estimate(found), near_estimate(found, "_before")
    rose = found["moved"].to_numpy() > 0
    halves = [
        np.where(rose, now - found["low"], found["high"] - now),
        np.where(rose, found["high_before"] - then, then - found["low_before"]),
    ]
    variances = [
        np.maximum(np.maximum(half / HALF, 0) ** 2, least_variance(found, counted, suffix))
        for half, suffix in zip(halves, ("", "_before"), strict=True)
    ]
    spread = np.sqrt(sum(variances))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.nan_to_num(np.abs(now - then) / spread, nan=0.0, posinf=np.inf)
    found["p_moved"] = 2 * stats.norm.sf(z)
    found["q_moved"] = stats.false_discovery_control(found["p_moved"])
    apart = (found["low"] > found["high_before"]) | (found["high"] < found["low_before"])
    sure = found[apart & (found["q_moved"] <= LEVEL)]
    return sure.sort_values(["q_moved", "moved"], key=np.abs, kind="stable").reset_index(drop=True)


def least_variance(found: pd.DataFrame, counted: tuple[str, ...], suffix: str) -> Floats:
    """Sum the reciprocals of numbers of articles; 0 where one of them is 0."""
    numbers = found[[f"{name}{suffix}" for name in counted]].to_numpy(dtype=float)
    known = (numbers > 0).all(axis=1)
    return np.where(known, (1 / np.maximum(numbers, 1)).sum(axis=1), 0.0)


def near_estimate(found: pd.DataFrame, suffix: str = "") -> Floats:
    """Give estimates that can be reckoned with: where an interval has one end, from it and p.

    The test's z is p's at 0, and 1.96 at the end; the estimate is where the line through the two
    has none. It is never farther away than the one that was given.
    """
    estimate, p = (found[f"{name}{suffix}"].to_numpy(dtype=float) for name in ("estimate", "p"))
    low, high = (found[f"{name}{suffix}"].to_numpy(dtype=float) for name in ("low", "high"))
    end = np.where(np.isinf(high), low, high)
    alone = (np.isinf(low) ^ np.isinf(high)) & (end * estimate > 0)
    slope = (stats.norm.isf(np.maximum(p, LEAST_P) / 2) - HALF) / np.where(alone, np.abs(end), 1.0)
    away = np.abs(end) + HALF / np.where(slope > 0, slope, np.inf)
    nearer = np.sign(estimate) * np.minimum(np.abs(estimate), away)
    return np.where(alone & (slope > 0), nearer, estimate)


def match_topics(before: pd.DataFrame, after: pd.DataFrame) -> dict[int, int]:
    """Give for each earlier topic the later one with nearly the same terms, where there is one."""
    if before.empty or after.empty:
        return {}
    tables = [
        frame.pivot_table(index="topic", columns="term", values="weight", fill_value=0.0)
        for frame in (before, after)
    ]
    terms = tables[0].columns.union(tables[1].columns)
    rows = [table.reindex(columns=terms, fill_value=0.0).to_numpy() for table in tables]
    units = [row / np.maximum(np.linalg.norm(row, axis=1, keepdims=True), 1e-12) for row in rows]
    alike = units[0] @ units[1].T
    pairs = zip(*linear_sum_assignment(-alike), strict=True)
    return {
        int(tables[0].index[int(a)]): int(tables[1].index[int(b)])
        for a, b in pairs
        if alike[a, b] >= LEAST_ALIKE
    }
