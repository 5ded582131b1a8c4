"""Who is near whom in what they cover, and in how they tell it."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

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

TITLES = {"selection": "What they cover", "framing": "How they tell shared events"}
SHADES = "Blues"
DARK = 0.6  # of the scale, above which figures are white


def plot_selection_framing(table: pd.DataFrame, *, by: str = "outlet") -> Figure:
    """Draw selection and framing side by side.

    Parameters
    ----------
    table
        As ``compare_selection`` gives it.
    by
        The column that was compared.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each. Of groups against the rest, a dot for the bits and a line for the 95 %
        interval, filled where beyond chance; of pairs, a table of who is far from whom: bits, the
        darker the farther, and a dash where no difference can be shown.
    """
    known = table[table["estimate"].notna()]
    if known.empty:
        return draw_nothing("no two groups share enough events to compare")
    if "other" in table.columns:
        return _draw_map(table, by)
    groups = sorted(table[by].unique(), reverse=True)
    with mpl.rc_context(STYLE):
        left = room_for(map(shorten, groups))
        figure, panels = grid(2, height=0.3 * len(groups), left=left, right=0.25)
        for axes, (part, title) in zip(panels, TITLES.items(), strict=True):
            _draw_dots(axes, table[table["part"] == part].set_index(by).reindex(groups))
            axes.set_title(title)
        figure.supxlabel(
            "bits beyond chance (dot; hollow: no difference can be shown), 95 % interval (line)",
            fontsize=10,
            y=0.06 / figure.get_figheight(),
            va="bottom",
        )
    return figure


def _draw_dots(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw one part: a row a group."""
    heights = np.arange(len(rows))
    axes.hlines(heights, rows["low"].clip(lower=0), rows["high"], color=GREY, linewidth=2, zorder=1)
    beyond = _beyond_chance(rows)
    for marks, fill in ((beyond, BLUE), (~beyond, "white")):
        axes.plot(
            rows["estimate"].clip(lower=0).to_numpy()[marks], heights[marks], "o",
            color=BLUE, markerfacecolor=fill, markersize=6, zorder=2,
        )  # fmt: skip
    axes.set_yticks(heights, list(map(shorten, rows.index)))
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(left=0)
    axes.set_ylim(-0.7, len(rows) - 0.3)


def _draw_map(table: pd.DataFrame, by: str) -> Figure:
    """Draw pairs as two tables of nearness."""
    groups = sorted({*table[by], *table["other"]})
    size = 0.42 * len(groups)
    with mpl.rc_context(STYLE):
        label = room_for(map(shorten, groups))
        high = size + label + 0.8
        figure = Figure(figsize=(WIDTH, high), layout="constrained")
        panels = figure.subplots(1, 2)
        for axes, (part, title) in zip(panels, TITLES.items(), strict=True):
            _draw_table(axes, table[table["part"] == part], groups, by)
            axes.set_title(title)
        figure.supxlabel("bits beyond chance; – no difference can be shown", fontsize=10)
    return figure


def _draw_table(axes: Axes, rows: pd.DataFrame, groups: list[Any], by: str) -> None:
    """Draw one part: the lower half of a table of groups by groups."""
    place = {name: number for number, name in enumerate(groups)}
    bits = np.full((len(groups), len(groups)), np.nan)
    top = max(float(rows["estimate"].max()), 1e-9)
    for (_, row), beyond in zip(rows.iterrows(), _beyond_chance(rows), strict=True):
        one, other = sorted((place[row[by]], place[row["other"]]))
        if pd.isna(row["estimate"]):
            continue
        bits[other, one] = max(row["estimate"], 0) if beyond else 0
        dark = beyond and row["estimate"] > DARK * top
        text = f"{row['estimate']:.2g}" if beyond else "–"
        axes.text(
            one, other, text, ha="center", va="center", fontsize=8, color="white" if dark else INK
        )
    axes.imshow(bits[:, :-1], cmap=SHADES, vmin=0, vmax=top)
    names = list(map(shorten, groups))
    axes.set_xticks(range(len(groups) - 1), names[:-1], rotation=90)
    axes.set_yticks(range(1, len(groups)), names[1:])
    axes.set_ylim(len(groups) - 0.5, 0.5)
    axes.tick_params(length=0)
    for edge in ("left", "bottom"):
        axes.spines[edge].set_visible(False)


def _beyond_chance(rows: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Tell which rows may be told as differences."""
    return ((rows["q"] <= LEVEL) & (rows["low"] > 0)).to_numpy()
