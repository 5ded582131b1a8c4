"""How far coders agree, how well the machine agrees with them, and what may be published."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.estimate import LEVEL
from analysis.compare.frames import FrameScores
from analysis.corpus.schema import DataError

Array = NDArray[Any]

# Krippendorff (2019, Content Analysis, ch. 12): rely on .800, no conclusions below .667.
TIERS = (("A", 0.8, 0.8), ("B", 0.667, 0.667), ("C", 0.5, 0.667))  # tier, least F1, least alpha
FEWEST_CODED = 10  # sentences that coders say have the frame
NOT_PUBLISHABLE, NOT_CODED = "not publishable", "not yet coded"
RESAMPLES = 500
COLUMNS = [
    "frame", "tier", "why", "coders", "alpha", "sentences", "coded_yes", "machine_yes",
    "precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high",
    "f1", "f1_low", "f1_high",
]  # fmt: skip


def krippendorff_alpha(codes: pd.DataFrame) -> float:
    """Give Krippendorff's alpha of nominal codes.

    Parameters
    ----------
    codes
        A row per unit, a column per coder; missing where a coder did not code the unit.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance would give; NaN where no unit has two codes, or
        all codes are the same.

    Notes
    -----
    Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: observed over
    expected coincidences of unlike values, any number of coders, missing codes allowed.

    Misleads when a value is rare: a few disagreements then weigh all.
    """
    values, flat = np.unique(codes.to_numpy(dtype=object)[codes.notna()], return_inverse=True)
    table = np.zeros((len(codes), len(values)))
    np.add.at(table, (np.nonzero(codes.notna().to_numpy())[0], flat), 1)
    n_codes = table.sum(axis=1)
    table, n_codes = table[n_codes > 1], n_codes[n_codes > 1]
    by_value = table.sum(axis=0)
    n = by_value.sum()
    expected = n**2 - (by_value**2).sum()
    if n == 0 or expected == 0:
        return float("nan")
    unlike = ((n_codes**2 - (table**2).sum(axis=1)) / (n_codes - 1)).sum()
    return float(1 - (n - 1) * unlike / expected)


def check_frames(scores: FrameScores, codes: pd.DataFrame | None, *, seed: int = 0) -> pd.DataFrame:
    """Say for each frame how well its scores agree with coders, and what may be published.

    Parameters
    ----------
    scores
        As ``score_frames`` gives them.
    codes
        As ``read_codes`` gives them; None, or no rows, where nothing is coded yet.
    seed
        Of the resamples of articles behind the intervals.

    Returns
    -------
    pandas.DataFrame
        A row per frame: ``frame``; ``tier`` (``"A"``, ``"B"``, ``"C"``, ``"not publishable"``,
        ``"not yet coded"``) and ``why``; ``coders``; ``alpha`` between them (missing for one);
        ``sentences`` coded, of which ``coded_yes`` and ``machine_yes`` have the frame;
        ``precision``, ``recall`` and ``f1`` of the scores against the coders' majority (a tie
        counts as no), with 95 % intervals (``_low``, ``_high``).

    Raises
    ------
    DataError
        When no coded sentence is in the scores.

    Notes
    -----
    Sentences count by their weight, because frames are drawn more often than their share. Tier A
    asks for F1 and alpha of .8, B for .667 (Krippendorff's bounds), C for F1 of .5 and alpha of
    .667; with one coder, whose agreement nobody knows, B is the highest. Fewer than 10 sentences
    with the frame are too few for any tier. Intervals resample articles.

    Misleads when the sample is of other articles or another time than what is published.
    """
    if codes is None or codes.empty:
        rows: list[dict[str, object]] = [
            {"frame": name, "tier": NOT_CODED, "why": "draw a sample and have it coded"}
            for name in scores.names
        ]
        return pd.DataFrame(rows, columns=COLUMNS)
    coded = join_codes(scores, codes)
    random = np.random.default_rng(seed)
    picks = resample(coded["article_id"].to_numpy(), random)
    return pd.DataFrame([_check(coded, name, picks) for name in scores.names], columns=COLUMNS)


def join_codes(scores: FrameScores, codes: pd.DataFrame) -> pd.DataFrame:
    """Put coders' majority beside the machine, a row per coded sentence that is in the scores.

    Columns: ``article_id``, ``weight``, ``machine: FRAME``, ``coded: FRAME`` (missing where nobody
    coded it), ``alpha: FRAME`` (of all coders, the same in each row), ``coders: FRAME``.
    """
    ids = scores.articles["article_id"].astype("str")
    coded = scores.articles[ids.isin(codes["article_id"].astype("str")).to_numpy()]
    texts = dict(zip(coded["article_id"], coded["text"], strict=True))
    read = scores.sentences["article_id"].isin(texts).to_numpy()
    sentences = scores.sentences.loc[read, ["article_id", "start", "end"]]
    spans = sentences.itertuples(index=False, name=None)
    keys = [(str(key), " ".join(texts[key][start:end].split())) for key, start, end in spans]
    machine = pd.DataFrame(scores.has[read], columns=[f"machine: {name}" for name in scores.names])
    machine.index = pd.MultiIndex.from_tuples(keys, names=["article_id", "sentence"])
    machine = machine[~machine.index.duplicated()]
    known = codes.set_index(["article_id", "sentence"])
    known = known[known.index.isin(machine.index)]
    if known.empty:
        raise DataError(
            f"none of the {codes['sentence'].nunique()} coded sentences is in the corpus; code a "
            "sample that was drawn from it, with the same cleaning and the same voice"
        )
    joined = known.groupby(level=[0, 1], sort=False)["weight"].first().to_frame()
    for name in scores.names:
        if name not in known:
            raise DataError(
                f"the codes have no column {name!r} (they have: {', '.join(codes.columns)}); "
                "code the frames of this lexicon"
            )
        by_coder = known.reset_index().pivot_table(
            index=["article_id", "sentence"], columns="coder", values=name, aggfunc="first"
        )
        joined[f"coded: {name}"] = (by_coder.mean(axis=1) > 0.5).where(by_coder.notna().any(axis=1))
        joined[f"alpha: {name}"] = krippendorff_alpha(by_coder)
        joined[f"coders: {name}"] = int(by_coder.notna().any(axis=0).sum())
    return joined.join(machine).reset_index()


def resample(articles: Array, random: np.random.Generator) -> list[Array]:
    """Draw articles with replacement; each draw gives how often each row is taken."""
    codes = pd.factorize(articles)[0]
    n = int(codes.max(initial=-1)) + 1
    draws = random.multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    return [draw[codes] for draw in draws]


def _check(coded: pd.DataFrame, name: str, picks: list[Array]) -> dict[str, object]:
    known = coded[f"coded: {name}"].notna().to_numpy()
    rows = coded[known]
    if rows.empty:
        return {"frame": name, "tier": NOT_CODED, "why": "no sentence was coded for it"}
    truth = rows[f"coded: {name}"].to_numpy(dtype=bool)
    machine = rows[f"machine: {name}"].to_numpy(dtype=bool)
    weight = rows["weight"].to_numpy(dtype=float)
    found = quality(truth, machine, weight)
    drawn = np.array([quality(truth, machine, weight * pick[known]) for pick in picks])
    bounds = np.array([spread(column) for column in drawn.T])
    alpha, coders = float(rows[f"alpha: {name}"].iloc[0]), int(rows[f"coders: {name}"].iloc[0])
    tier, why = choose_tier(found[2], alpha, coders, int(truth.sum()))
    row: dict[str, object] = {
        "frame": name, "tier": tier, "why": why, "coders": coders, "alpha": alpha,
        "sentences": len(rows), "coded_yes": int(truth.sum()), "machine_yes": int(machine.sum()),
    }  # fmt: skip
    for part, value, (low, high) in zip(("precision", "recall", "f1"), found, bounds, strict=True):
        row |= {part: value, f"{part}_low": low, f"{part}_high": high}
    return row


def quality(truth: Array, machine: Array, weight: Array) -> tuple[float, float, float]:
    """Give precision, recall and F1, each sentence counting by its weight; NaN for 0 by 0."""
    both = float(weight[truth & machine].sum())
    by_machine, by_coders = float(weight[machine].sum()), float(weight[truth].sum())
    precision = both / by_machine if by_machine else float("nan")
    recall = both / by_coders if by_coders else float("nan")
    total = by_machine + by_coders
    return precision, recall, 2 * both / total if total else float("nan")


def spread(values: Array) -> tuple[float, float]:
    """Give the middle 95 % of resampled values."""
    values = values[np.isfinite(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.quantile(values, [LEVEL / 2, 1 - LEVEL / 2])
    return float(low), float(high)


def choose_tier(f1: float, alpha: float, coders: int, coded_yes: int) -> tuple[str, str]:
    """Choose the tier of a frame and say why; see `check_frames`."""
    if coded_yes < FEWEST_CODED:
        return (
            NOT_PUBLISHABLE,
            f"coders found it in {coded_yes} sentences, {FEWEST_CODED} are asked",
        )
    agreement = f"alpha {alpha:.2f} between {coders} coders" if coders > 1 else "one coder"
    evidence = f"F1 {f1:.2f}, {agreement}"
    for tier, least_f1, least_alpha in TIERS:
        agreed = alpha >= least_alpha if coders > 1 else tier != "A"
        if f1 >= least_f1 and agreed:
            return tier, evidence
    return NOT_PUBLISHABLE, evidence
