"""Shares of frames corrected for the machine's errors, as far as a coded sample shows them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.frames import FrameScores
from analysis.compare.reliability import join_codes, resample, spread
from analysis.compare.shares import Side, share_interval

Array = NDArray[Any]

LEAST_INFORMED = 0.1  # of sensitivity + specificity - 1; below it the machine tells next to nothing
COLUMNS = [
    "frame", "share", "corrected", "low", "high", "standard_error", "sensitivity", "specificity",
    "articles", "sentences", "note",
]  # fmt: skip


def correct_prevalence(
    scores: FrameScores, codes: pd.DataFrame, *, by: str = "outlet", seed: int = 0
) -> pd.DataFrame:
    """Correct each group's share of sentences with a frame for the errors seen in a coded sample.

    Parameters
    ----------
    scores
        As ``score_frames`` gives them.
    codes
        As ``read_codes`` gives them.
    by
        Column of the articles.
    seed
        Of the resamples of articles.

    Returns
    -------
    pandas.DataFrame
        A row per frame and group: ``frame``, the `by` column, ``share`` (as the machine sees it),
        ``corrected``, ``low`` and ``high`` (95 %), ``standard_error``; ``sensitivity`` and
        ``specificity`` of the machine over all groups; ``articles``, ``sentences``; ``note`` where
        no correction is possible (the corrected figures are missing then). No rows without codes.

    Raises
    ------
    DataError
        As ``check_frames``.

    Notes
    -----
    Rogan and Gladen (1978), "Estimating prevalence from the results of a screening test", American
    Journal of Epidemiology 107(1): (share + specificity - 1) / (sensitivity + specificity - 1),
    kept between 0 and 1. The standard error is theirs, with the sampling of sensitivity and
    specificity (Lang and Reiczigel 2014, Preventive Veterinary Medicine 113), all three variances
    from resamples of articles; the interval resamples coded articles and the group's together.

    Misleads when the machine errs more in one outlet than in another: one sensitivity is taken for
    all, which only more codes of each outlet can test.
    """
    if codes.empty:
        return pd.DataFrame(columns=["frame", by, *COLUMNS[1:]])
    coded = join_codes(scores, codes)
    random = np.random.default_rng(seed)
    picks = resample(coded["article_id"].to_numpy(), random)
    counts = scores.count()
    yes, total = counts.matrix.toarray(), counts.lengths
    groups = scores.articles[by].to_numpy()
    names = sorted(set(groups[total > 0]))
    draws = {name: _shares(yes, total, np.flatnonzero(groups == name), random) for name in names}
    rows = []
    for column, frame in enumerate(scores.names):
        known = coded[f"coded: {frame}"].notna().to_numpy()
        truth = coded.loc[known, f"coded: {frame}"].to_numpy(dtype=bool)
        machine = coded.loc[known, f"machine: {frame}"].to_numpy(dtype=bool)
        weight = coded.loc[known, "weight"].to_numpy(dtype=float)
        rates = error_rates(truth, machine, weight)
        drawn = np.array([error_rates(truth, machine, weight * pick[known]) for pick in picks])
        for name in names:
            inside = groups == name
            share = yes[inside, column].sum() / total[inside].sum()
            row = {
                "frame": frame,
                by: name,
                "share": share,
                "sensitivity": rates[0],
                "specificity": rates[1],
                "articles": int((total[inside] > 0).sum()),
                "sentences": int(total[inside].sum()),
            }
            side = Side(yes[inside][:, [column]], total[inside], np.ones(int(inside.sum())))
            low, high = (float(bound[0]) for bound in share_interval(side)[1:])
            shares = draws[name][:, column]
            rows.append(row | _corrected((share, low, high), rates, shares, drawn))
    return pd.DataFrame(rows)[["frame", by, *COLUMNS[1:]]]


def error_rates(truth: Array, machine: Array, weight: Array) -> tuple[float, float]:
    """Give sensitivity and specificity, each sentence counting by its weight."""
    yes, no = float(weight[truth].sum()), float(weight[~truth].sum())
    return (
        float(weight[truth & machine].sum()) / yes if yes else float("nan"),
        float(weight[~truth & ~machine].sum()) / no if no else float("nan"),
    )


def rogan_gladen(
    share: Array | float, sensitivity: Array | float, specificity: Array | float
) -> Any:  # noqa: ANN401, a number for numbers
    """Give the prevalence behind an apparent one, between 0 and 1."""
    return np.clip((share + specificity - 1) / (sensitivity + specificity - 1), 0, 1)


def _shares(yes: Array, total: Array, rows: Array, random: np.random.Generator) -> Array:
    """Resample a group's articles; shape (draws, frames)."""
    picks = np.array(resample(rows, random))
    words = np.maximum(picks @ total[rows], 1)
    shares: Array = (picks @ yes[rows]) / words[:, None]
    return shares


def _corrected(
    seen: tuple[float, float, float], rates: tuple[float, float], shares: Array, drawn: Array
) -> dict[str, object]:
    """Correct a share, given with its bounds; `shares` and `drawn` are resampled."""
    share, *bounds = seen
    informed = sum(rates) - 1
    if not informed >= LEAST_INFORMED:
        note = "the machine agrees with the coders hardly more than chance"
        return {
            "corrected": np.nan,
            "low": 0.0,
            "high": 1.0,
            "standard_error": np.nan,
            "note": note,
        }
    value = float(rogan_gladen(share, *rates))
    variances = np.var(shares), np.nanvar(drawn[:, 0]), np.nanvar(drawn[:, 1])
    error = np.sqrt(variances[0] + value**2 * variances[1] + (1 - value) ** 2 * variances[2])
    usable = drawn.sum(axis=1) - 1 >= LEAST_INFORMED / 2
    low, high = spread(rogan_gladen(shares[usable], *drawn[usable].T))
    note = ""
    if np.ptp(shares) == 0:
        low, high = (float(rogan_gladen(bound, *rates)) for bound in bounds)
        note = "all of its articles are alike: the interval is that of so few articles"
    return {
        "corrected": value,
        "low": min(low, value),
        "high": max(high, value),
        "standard_error": float(error / informed),
        "note": note,
    }
