"""Frames with their reliability: nothing below the bar is shown, nothing uncoded is announced."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.compare.frames import FrameScores
from analysis.compare.frames_lexicon import FrameLexicon
from analysis.compare.reliability import NOT_CODED, NOT_PUBLISHABLE
from analysis.compare.reliability_prevalence import correct_prevalence
from analysis.report.panels import (
    BLUE,
    GREY,
    INK,
    STYLE,
    draw_nothing,
    grid,
    room_for,
    shorten,
)
from analysis.report.sentences import LEVEL
from analysis.report.tables import ratio
from analysis.wording import listed, plural


def with_tier(table: pd.DataFrame, reliability: pd.DataFrame) -> pd.DataFrame:
    """Put each frame's tier beside its rows, and leave out what is not publishable."""
    tiers = reliability.set_index("frame")["tier"]
    rated = table.assign(tier=table["frame"].map(tiers).fillna(NOT_CODED))
    return rated[rated["tier"] != NOT_PUBLISHABLE]


def say_tier(tier: str) -> str:
    """Write a tier as readers see it beside a figure."""
    return tier if tier == NOT_CODED else f"tier {tier}"


def plot_frames(table: pd.DataFrame, reliability: pd.DataFrame, *, by: str = "outlet") -> Figure:
    """Draw each frame's share of the sentences by group, the tier beside it.

    Parameters
    ----------
    table
        As ``compare_frames`` gives it.
    reliability
        As ``check_frames`` gives it; frames that are not publishable are left out.
    by
        The column that was compared.

    Returns
    -------
    matplotlib.figure.Figure
        A dot for the share, filled where it differs beyond chance and the frame is coded; a line
        for its 95 % interval, a mark for the others' share.
    """
    rated = with_tier(table, reliability)
    if rated.empty:
        return draw_nothing("no frame is reliable enough to be shown")
    frames = rated.drop_duplicates("frame")[["frame", "tier"]]
    groups = sorted(rated[by].unique())[::-1]
    reach = min(1.0, float(rated[["share_high", "share_rest"]].max().max()) * 1.05)
    with mpl.rc_context(STYLE):
        left = room_for(map(shorten, groups))
        figure, panels = grid(len(frames), height=0.24 * len(groups), left=left, right=0.3)
        for axes, (frame, tier) in zip(panels, frames.itertuples(index=False), strict=True):
            rows = rated[rated["frame"] == frame].set_index(by).reindex(groups)
            draw_frame(axes, rows, reach, coded=tier != NOT_CODED)
            axes.set_title(f"{shorten(frame)} ({say_tier(tier)})")
        figure.supxlabel(
            "share of the sentences (dot), 95 % interval (line), the others' share (mark)",
            fontsize=10,
            y=0.06 / figure.get_figheight(),
            va="bottom",
        )
    return figure


def draw_frame(axes: Axes, rows: pd.DataFrame, reach: float, *, coded: bool) -> None:
    """Draw one frame: a row a group."""
    heights = np.arange(len(rows))
    axes.hlines(heights, rows["share_low"], rows["share_high"], color=GREY, linewidth=2, zorder=1)
    differs = (rows["q"] <= LEVEL).to_numpy() & coded
    for marks, fill in ((differs, BLUE), (~differs, "white")):
        axes.plot(
            rows["share"].to_numpy()[marks], heights[marks], "o", color=BLUE,
            markerfacecolor=fill, markersize=6, zorder=3,
        )  # fmt: skip
    axes.plot(rows["share_rest"], heights, "|", color=INK, markersize=9, zorder=2)
    axes.set_yticks(heights, list(map(shorten, rows.index)))
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, reach)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))


def describe_reliability(reliability: pd.DataFrame) -> list[str]:
    """Say for each frame how far its figures can be trusted."""
    said = []
    uncoded = reliability.loc[reliability["tier"] == NOT_CODED, "frame"].tolist()
    for row in reliability[reliability["tier"] != NOT_CODED].to_dict("records"):
        words = f"{row['frame']}: " + ("withheld, " if row["tier"] == NOT_PUBLISHABLE else "")
        words += "not publishable" if row["tier"] == NOT_PUBLISHABLE else f"tier {row['tier']}"
        bounds = f"95 % interval {row['f1_low']:.2f} to {row['f1_high']:.2f}"
        said.append(f"{words} ({row['why']}; F1 {bounds}; {row['sentences']:,} sentences coded).")
    if uncoded:
        said.append(
            f"Not yet coded: {listed(uncoded)}. Their shares count words that show an angle, and "
            "nobody has checked how often the words are right; no difference is announced."
        )
    return said


def describe_frame(row: pd.Series[Any], *, by: str = "outlet") -> str:
    """Say in one sentence what a row of ``compare_frames`` with its tier shows."""
    group, frame = row[by], f"“{row['frame']}”"
    if min(row["articles"], row["articles_rest"]) < 2:
        return (
            f"Nothing can be inferred about the frame {frame} in {group}: "
            f"{plural(row['articles'], 'article')} against {row['articles_rest']:,}."
        )
    evidence = (
        f"{row['share']:.0%} of {plural(row['total'], 'sentence')}, 95 % interval "
        f"{row['share_low']:.0%} to {row['share_high']:.0%}; the others {row['share_rest']:.0%} of "
        f"{row['total_rest']:,}; {say_tier(row['tier'])}"
    )
    if row["q"] > LEVEL or row["low"] <= 0 <= row["high"] or row["tier"] == NOT_CODED:
        return f"No difference can be shown for the frame {frame} in {group} ({evidence})."
    more = "more" if row["estimate"] > 0 else "less"
    return f"{group} takes the angle {frame} {more} often than the others ({evidence})."


def describe_frames(
    table: pd.DataFrame, reliability: pd.DataFrame, *, by: str = "outlet", most: int = 8
) -> list[str]:
    """Say which frames groups take more or less, and which figures are withheld.

    Parameters
    ----------
    table
        As ``compare_frames`` gives it.
    reliability
        As ``check_frames`` gives it.
    by
        The column that was compared.
    most
        The most sentences on single differences.

    Returns
    -------
    list of str
        At least one sentence.
    """
    if table.empty:
        return ["No event has articles of two groups, so that frames cannot be compared inside."]
    rated = with_tier(table, reliability)
    coded = rated[rated["tier"] != NOT_CODED]
    certain = coded[(coded["q"] <= LEVEL) & ((coded["low"] > 0) | (coded["high"] < 0))]
    chosen = certain.sort_values("estimate", key=abs, ascending=False, kind="stable").head(most)
    said = [describe_frame(row, by=by) for _, row in chosen.iterrows()]
    if table["articles"].max() < 2:
        said.append(f"Nothing can be inferred about frames: each {by} has a single article.")
    elif coded.empty and not rated.empty:
        said.append("No difference is announced: the frames are not yet coded.")
    elif certain.empty and not coded.empty:
        said.append(
            f"No frame sets any {by} apart by more than chance allows (false-discovery rate 5 %)."
        )
    withheld = [name for name in table["frame"].unique() if name not in set(rated["frame"])]
    if withheld:
        said.append(
            f"Withheld as not publishable: {listed(withheld)}. The words find too little of what "
            "coders find, or coders do not agree."
        )
    return said


def tabulate_frames(
    table: pd.DataFrame, reliability: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Lay a comparison of frames out for readers, without what is not publishable.

    Returns
    -------
    pandas.DataFrame
        ``frame``, ``tier``, the `by` column, ``share`` with ``share_low`` and ``share_high``,
        ``others'_share``, ``q``, ``sentences`` and ``articles`` with the frame, of how many.
    """
    rows = with_tier(table, reliability)
    columns = {
        "frame": rows["frame"],
        "tier": rows["tier"],
        by: rows[by],
        "share": rows["share"],
        "share_low": rows["share_low"],
        "share_high": rows["share_high"],
        "others'_share": rows["share_rest"],
        "q": rows["q"],
        "sentences": ratio(rows["count"], rows["total"]),
        "articles": ratio(rows["n_articles"], rows["articles"]),
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def describe_corrected(
    scores: FrameScores, codes: pd.DataFrame, reliability: pd.DataFrame, *, by: str = "outlet"
) -> list[str]:
    """Say each group's share of each publishable frame, corrected for the errors of the words.

    Parameters
    ----------
    scores, codes, reliability
        As ``score_frames``, ``read_codes`` and ``check_frames`` give them.
    by
        Column of the articles.

    Returns
    -------
    list of str
        At least one sentence.
    """
    if codes.empty:
        return ["Not yet coded: without codes nobody knows the errors of the words."]
    rated = with_tier(correct_prevalence(scores, codes, by=by), reliability)
    if rated.empty:
        return ["No frame is reliable enough for a corrected share."]
    said = []
    for frame, rows in rated.groupby("frame", sort=False):
        known = rows[rows["corrected"].notna()].sort_values("corrected", ascending=False)
        shares = [
            f"{row[by]} {row['corrected']:.0%} ({row['low']:.0%} to {row['high']:.0%})"
            for row in known.to_dict("records")
        ]
        tier = say_tier(str(rows["tier"].iloc[0]))
        said.append(
            f"“{frame}” ({tier}), share of sentences corrected for errors, with 95 % intervals: "
            f"{listed(shares) if shares else 'cannot be corrected'}."
        )
    return said


def tabulate_frame_definitions(lexicon: FrameLexicon) -> pd.DataFrame:
    """List the frames of a lexicon: ``frame, about, source, seeds`` (how many)."""
    rows = [(one.name, one.about, one.source, len(one.seeds)) for one in lexicon.frames]
    return pd.DataFrame(rows, columns=["frame", "about", "source", "seeds"])


def tabulate_corrected(
    corrected: pd.DataFrame, reliability: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Lay corrected shares out for readers, without what is not publishable.

    Returns
    -------
    pandas.DataFrame
        ``frame``, ``tier``, the `by` column, ``share`` (as the words see it), ``corrected_share``
        with ``share_low`` and ``share_high``, ``note``.
    """
    rows = with_tier(corrected, reliability)
    columns = {
        "frame": rows["frame"],
        "tier": rows["tier"],
        by: rows[by],
        "share": rows["share"],
        "corrected_share": rows["corrected"],
        "share_low": rows["low"],
        "share_high": rows["high"],
        "note": rows["note"],
    }
    return pd.DataFrame(columns).reset_index(drop=True)
