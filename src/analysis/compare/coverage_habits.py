"""What an outlet leaves out again and again, event after event."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.coverage_chance import Floats
from analysis.compare.coverage_layout import COVERED, NOT_COVERED
from analysis.compare.discovery import adjust
from analysis.compare.estimate import LEVEL, student_t
from analysis.corpus.schema import DataError

FEWEST_EVENTS = 3
N_DRAWS = 9_999
NEEDED = ("event_id", "kind", "item", "state", "chance")
NUMBERS = ["left_out", "expected", "n_cells", "n_events"]


def summarise_omissions(
    coverage: pd.DataFrame,
    *,
    of: str | Mapping[str, str] = "kind",
    by: str = "outlet",
    seed: int = 0,
) -> pd.DataFrame:
    """Say what each outlet leaves out more, or less, than expected, over several events.

    Parameters
    ----------
    coverage
        What ``compare_coverage`` gives.
    of
        ``"kind"`` sums up by kind of item, ``"item"`` by item (the same name in several events); a
        mapping from items to names of your own, such as a side, sums up the sources among them.
    by
        The column that was compared.
    seed
        Of the draws.

    Returns
    -------
    pandas.DataFrame
        A row per group and kind, item or side, in at least three events: the `by` column, ``what``,
        ``estimate`` (by how much larger the share left out is than that of the other outlets, each
        after what its articles' lengths let expect; -1 to 1), ``low, high`` (95 %), ``p``, ``q``
        (adjusted over the table), ``left_out`` and ``expected`` (items, the sum of the chances),
        ``n_cells`` (items that at least two independent articles of others have) and ``n_events``.
        The smallest p first.

    Raises
    ------
    DataError
        When a column is missing or `of` is another word.

    Notes
    -----
    The unit is the event, not the item: the items of an article stand or fall together. An outlet's
    sum in an event is the items left out less their chances. If outlets did not matter, it could as
    well be that of any outlet with an article on the event; p is the share of draws of an outlet
    for every event with a total at least as far from the mean (of 9,999, with the one observed).
    The interval is Student's t over events, widened to hold 0 where p is above .05.

    Misleads when events are few: with k outlets on each of n events no p is below 1 / k^n; and when
    an outlet tells of other parts of the events than the rest do.
    """
    cells = read_cells(coverage, of, by)
    sums = cells.groupby(["what", "event_id", by], sort=True)
    told = sums.agg(
        left_out=("missing", "sum"), expected=("chance", "sum"), n_cells=("missing", "size")
    ).reset_index()
    several = told.groupby(["what", "event_id"])[by].transform("size") > 1
    told = told[several].reset_index(drop=True)
    often = told.groupby(["what", by])["event_id"].transform("size") >= FEWEST_EVENTS
    told = told[told["what"].isin(told["what"][often].unique())].reset_index(drop=True)
    rows = []
    for what, places in told.groupby("what", sort=True).indices.items():
        rows += compare_groups(told.iloc[places], by, str(what), seed)
    columns = [by, "what", "estimate", "low", "high", "p", *NUMBERS]
    found = pd.DataFrame(rows, columns=columns)
    found.insert(6, "q", adjust(found["p"].to_numpy(dtype=float)))
    return found.sort_values(["p", by, "what"], kind="stable").reset_index(drop=True)


def read_cells(coverage: pd.DataFrame, of: str | Mapping[str, str], by: str) -> pd.DataFrame:
    """Keep what was covered or left out by articles that could have told it, with its ``what``."""
    for name in (*NEEDED, by):
        if name not in coverage.columns:
            raise DataError(
                f"the coverage lacks the column {name!r}; pass what compare_coverage gives"
            )
    known = coverage[coverage["chance"].notna() & coverage["state"].isin([COVERED, NOT_COVERED])]
    if isinstance(of, Mapping):
        known = known[(known["kind"] == "source") & known["item"].isin(of)]
        what = known["item"].map(dict(of))
    elif of == "kind":
        what = known["kind"]
    elif of == "item":
        known = known[known["kind"] != "claim"]
        what = known["item"] + np.where(known["kind"] == "source", " (as a source)", "")
    else:
        raise DataError(f"of={of!r} is unknown (it can be 'kind', 'item' or a mapping of items)")
    return known.assign(what=what.astype("str"), missing=known["state"] == NOT_COVERED)


def compare_groups(
    told: pd.DataFrame, by: str, what: str, seed: int
) -> list[tuple[str, str, float, float, float, float, int, float, int, int]]:
    """Compare each group with those that have an article on the same events."""
    left_out, expected, n_cells = told[["left_out", "expected", "n_cells"]].to_numpy(float).T
    excess = left_out - expected
    codes, events = pd.factorize(told["event_id"])
    pools = [excess[codes == event] for event in range(len(events))]
    groups = told[by].to_numpy(dtype=object)
    rows = []
    for group in sorted(set(groups)):
        own = np.flatnonzero(groups == group)
        if len(own) < FEWEST_EVENTS:
            continue
        beside = [pools[event] for event in codes[own]]
        usual = np.array([pool.mean() for pool in beside])
        p = draw_p(beside, excess[own].sum(), seed)
        bounds = interval(excess[own] - usual, n_cells[own], p)
        rows.append(
            (str(group), what, *bounds, p, int(left_out[own].sum()), float(expected[own].sum()),
             int(n_cells[own].sum()), len(own))
        )  # fmt: skip
    return rows


def draw_p(pools: list[NDArray[np.float64]], total: float, seed: int) -> float:
    """Give the share of draws, one value a pool, whose sum is as far from its mean as `total`."""
    random = np.random.default_rng(seed)
    sums = np.zeros(N_DRAWS)
    for pool in pools:
        sums += random.choice(pool - pool.mean(), size=N_DRAWS)
    far = abs(total - sum(pool.mean() for pool in pools)) - 1e-9
    return float((1 + (np.abs(sums) >= far).sum()) / (1 + N_DRAWS))


def interval(excess: Floats, n_cells: Floats, p: float) -> tuple[float, float, float]:
    """Give the excess a cell with its 95 % interval over events, which agrees with p about 0."""
    estimate = excess.sum() / n_cells.sum()
    n = len(excess)
    spread = np.sqrt(n / (n - 1) * ((excess - estimate * n_cells) ** 2).sum()) / n_cells.sum()
    half = student_t(n - 1) * spread
    low, high = max(estimate - half, -1.0), min(estimate + half, 1.0)
    if p > LEVEL:
        return float(estimate), float(min(low, 0)), float(max(high, 0))
    if estimate > 0:
        return float(estimate), float(max(low, 1e-9)), float(high)
    return float(estimate), float(low), float(min(high, -1e-9))
