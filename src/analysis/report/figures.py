"""Frames to matplotlib figures: they draw, they never compute."""

from __future__ import annotations

import math

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.report.panels import (
    BLUE,
    GREY,
    INK,
    STYLE,
    WIDTH,
    draw_nothing,
    grid,
    room_for,
    shorten,
)
from analysis.report.sentences import LEVEL

MOST_PERIODS = 400  # in a strip of days


def plot_terms(table: pd.DataFrame, *, by: str = "outlet", n_terms: int = 8) -> Figure:
    """Draw the terms that set each group apart: a dot for the ratio, a line for its interval.

    Parameters
    ----------
    table
        As ``compare_terms`` gives it, best row first.
    by
        The column that was compared: one panel a group.
    n_terms
        Terms a panel; only terms with q <= .05 that the group uses more are drawn.

    Returns
    -------
    matplotlib.figure.Figure
        Ratios on a logarithmic axis; at the right of a row, the articles behind it on both sides.
    """
    certain = table[(table["q"] <= LEVEL) & (table["low"] > 0)]
    chosen = certain.groupby(by, observed=True).head(n_terms)
    if chosen.empty:
        return draw_nothing("no term differs by more than chance allows")
    groups = sorted(table[by].unique())
    reach = right_edge(chosen)
    with mpl.rc_context(STYLE):
        left = room_for(map(shorten, chosen["term"]))
        figure, panels = grid(len(groups), height=0.25 * n_terms, left=left, right=1.45)
        for axes, group in zip(panels, groups, strict=True):
            draw_ratios(axes, chosen[chosen[by] == group], reach, n_terms)
            axes.set_title(f"{group}")
        figure.supxlabel(
            "times as often as in the others (no dot: never there), 95 % interval (line)",
            fontsize=10,
            y=0.06 / figure.get_figheight(),
            va="bottom",
        )
    return figure


def right_edge(rows: pd.DataFrame) -> float:
    """Where the axis of ratios ends: beyond every dot and every finite bound."""
    bounded = rows[rows["count_rest"] > 0]
    bounds = bounded[["estimate", "high"]].replace([np.inf, -np.inf], np.nan).max().max()
    lowest = rows["low"].max()
    edge = max(math.exp(bound) for bound in (bounds, lowest, 1.4) if pd.notna(bound))
    return float(min(edge * 1.5, 400))


def draw_ratios(axes: Axes, rows: pd.DataFrame, reach: float, n_rows: int) -> None:
    """Draw one panel: a row a term, the strongest on top."""
    heights = np.arange(len(rows), 0, -1) + n_rows - len(rows)
    low = np.exp(rows["low"]).clip(upper=reach)
    high = np.exp(rows["high"]).clip(upper=reach)
    # Where the others never write a term its ratio has a lower bound and no best guess.
    known = (rows["count_rest"] > 0).to_numpy()
    dots = np.exp(rows["estimate"].to_numpy()[known]).clip(max=reach)
    axes.hlines(heights, low, high, color=GREY, linewidth=2, zorder=1)
    axes.plot(low, heights, "|", color=GREY, markersize=7)
    axes.plot(dots, heights[known], "o", color=BLUE, markersize=6, zorder=2)
    beyond = heights[rows["high"].to_numpy() > math.log(reach)]
    axes.plot(np.full(len(beyond), reach), beyond, ">", color=GREY, markersize=5, clip_on=False)
    for height, (_, row) in zip(heights, rows.iterrows(), strict=True):
        here, there = f"{row['n_articles']}/{row['articles']}", f"{row['n_articles_rest']}"
        counts = f"{here} : {there}/{row['articles_rest']}"
        axes.annotate(
            counts, (1, height), xycoords=("axes fraction", "data"), xytext=(6, 0),
            textcoords="offset points", va="center", fontsize=8, annotation_clip=False,
        )  # fmt: skip
    axes.axvline(1, color=INK, linewidth=0.8)
    axes.set_xscale("log")
    axes.set_xlim(0.8, reach)
    axes.set_ylim(0.3, n_rows + 0.7)
    axes.set_yticks(heights, list(map(shorten, rows["term"])))
    axes.tick_params(axis="y", length=0)
    ratio_ticks(axes, reach)
    if rows.empty:
        axes.annotate(
            "no term differs", (0.5, 0.5), xycoords="axes fraction", ha="center", color=INK
        )


def ratio_ticks(axes: Axes, reach: float) -> None:
    """Label a logarithmic axis of ratios as a reader would: 1, 2, 5, 10 ..."""
    steps = (1, 2, 5, 10, 20) if reach <= 30 else (1, 3, 10, 30) if reach <= 100 else (1, 10, 100)
    ticks = [tick for tick in steps if tick <= reach]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}×"))


def plot_topic_shares(table: pd.DataFrame, *, by: str = "outlet") -> Figure:
    """Draw each topic's share by group: a dot for the share, the others' share as a grey mark.

    Parameters
    ----------
    table
        As ``compare_topics`` gives it: a row per topic and group, with the interval of the
        difference from the others, which is drawn around the others' share.
    by
        The column that was compared.

    Returns
    -------
    matplotlib.figure.Figure
        A panel a topic, in shares of the articles' weight.
    """
    topics = table.drop_duplicates("topic")[["topic", "label"]]
    groups = sorted(table[by].unique())
    reach = float((table["share_rest"] + table["high"].replace(np.inf, np.nan)).max())
    reach = max(reach if math.isfinite(reach) else 0, float(table["share"].max())) * 1.08
    with mpl.rc_context(STYLE):
        left = room_for(map(shorten, groups))
        figure, panels = grid(len(topics), height=0.22 * len(groups), left=left, right=0.25)
        for axes, (topic, label) in zip(panels, topics.itertuples(index=False), strict=True):
            rows = table[table["topic"] == topic].set_index(by).reindex(groups[::-1])
            draw_shares(axes, rows, reach)
            axes.set_title(label, fontsize=10)
        figure.supxlabel(
            "share of the articles' weight (dot), 95 % interval (line), the others' share (mark)",
            fontsize=10,
            y=0.06 / figure.get_figheight(),
            va="bottom",
        )
    return figure


def draw_shares(axes: Axes, rows: pd.DataFrame, reach: float) -> None:
    """Draw one topic: a row a group."""
    heights = np.arange(len(rows))
    low = (rows["share_rest"] + rows["low"]).clip(0, reach)
    high = (rows["share_rest"] + rows["high"]).clip(0, reach)
    axes.hlines(heights, low, high, color=GREY, linewidth=2, zorder=1)
    differs = (rows["q"] <= LEVEL).to_numpy()
    for marks, fill in ((differs, BLUE), (~differs, "white")):
        axes.plot(
            rows["share"].to_numpy()[marks], heights[marks], "o",
            color=BLUE, markerfacecolor=fill, markersize=6, zorder=3,
        )  # fmt: skip
    axes.plot(rows["share_rest"], heights, "|", color=INK, markersize=9, zorder=2)
    axes.set_yticks(heights, list(map(shorten, rows.index)))
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, reach)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))


def plot_dates(per_day: pd.DataFrame) -> Figure:
    """Draw how many articles of each outlet there are a day, so that gaps in a crawl can be seen.

    Parameters
    ----------
    per_day
        Days (index) by outlets (columns), numbers of articles.

    Returns
    -------
    matplotlib.figure.Figure
        A strip an outlet, on one time axis and one scale. More than 400 days are drawn by weeks,
        more than 400 weeks by months, for no strip has room for more.
    """
    outlets = list(per_day.columns)
    per_day, unit = in_periods(per_day)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 0.7 + 0.55 * len(outlets)), layout="constrained")
        strips = figure.subplots(len(outlets), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
        for axes, outlet in zip(strips, outlets, strict=True):
            axes.fill_between(per_day.index, per_day[outlet], step="mid", color=BLUE, linewidth=0)
            axes.set_ylabel(outlet, rotation=0, ha="right", va="center", fontsize=9)
            axes.yaxis.set_major_locator(FixedLocator([0, int(per_day.to_numpy().max())]))
            axes.tick_params(axis="y", labelsize=7)
        locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
        strips[-1].xaxis.set_major_locator(locator)
        strips[-1].xaxis.set_major_formatter(
            ConciseDateFormatter(locator)  # type: ignore[no-untyped-call]
        )
        figure.supxlabel(f"articles a {unit}, one scale for all outlets", fontsize=10)
    return figure


def in_periods(per_day: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Sum days into the shortest periods that a strip has room for; these, and their name."""
    if len(per_day) <= MOST_PERIODS:
        return per_day, "day"
    weeks = per_day.resample("W-MON", label="left", closed="left").sum()
    if len(weeks) <= MOST_PERIODS:
        return weeks, "week"
    return per_day.resample("MS").sum(), "month"
