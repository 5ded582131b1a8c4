"""Keyness as a scatter whose axes count articles."""

from __future__ import annotations

import math

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.report.panels import BLUE, GREY, ORANGE, STYLE, draw_nothing, grid, shorten
from analysis.report.sentences import LEVEL

SHARES = [0, 0.05, 0.2, 0.5, 1]
MOST_DOTS = 60  # on either side of the diagonal: more cannot be told apart


def plot_keyness(table: pd.DataFrame, *, by: str = "outlet", n_labels: int = 7) -> Figure:
    """Draw in how many articles each telling term stands, in the group and in the others.

    Parameters
    ----------
    table
        As ``compare_terms`` gives it, best row first.
    by
        The column that was compared: one panel a group.
    n_labels
        Terms named on each side of the diagonal.

    Returns
    -------
    matplotlib.figure.Figure
        A dot a term with q <= .05, the clearest 60 on either side: right, the share of the others'
        articles that hold it; up, the share of the group's. On the diagonal both are the same.
        Axes are stretched near 0.
    """
    certain = table[(table["q"] <= LEVEL) & ((table["low"] > 0) | (table["high"] < 0))]
    if certain.empty:
        return draw_nothing("no term differs by more than chance allows")
    groups = sorted(table[by].unique())
    with mpl.rc_context(STYLE):
        figure, panels = grid(len(groups), height=2.6, left=0.75, right=0.75)
        for axes, group in zip(panels, groups, strict=True):
            draw_shares_of_articles(axes, certain[certain[by] == group], n_labels)
            axes.set_title(f"{group}")
        figure.supxlabel(
            "share of the others' articles with the term (up: of the outlet's own)",
            fontsize=10,
            y=0.06 / figure.get_figheight(),
            va="bottom",
        )
    return figure


def draw_shares_of_articles(axes: Axes, rows: pd.DataFrame, n_labels: int) -> None:
    """Draw one group's terms: above the diagonal it uses them more, below less."""
    across = (rows["n_articles_rest"] / rows["articles_rest"]).to_numpy()
    up = (rows["n_articles"] / rows["articles"]).to_numpy()
    more = (rows["low"] > 0).to_numpy()
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=0.8, zorder=1)
    for side, colour, marker in ((more, BLUE, "o"), (~more, ORANGE, "s")):
        drawn = np.flatnonzero(side)[:MOST_DOTS]
        axes.plot(across[drawn], up[drawn], marker, color=colour, markersize=3, alpha=0.6, zorder=2)
        named = drawn[:n_labels]
        taken: list[float] = []
        for place in named[np.argsort(up[named], kind="stable")]:
            if all(abs(math.sqrt(up[place]) - other) > 0.055 for other in taken):
                taken.append(math.sqrt(up[place]))
                axes.annotate(
                    shorten(rows["term"].iloc[place]), (across[place], up[place]), xytext=(4, 0),
                    textcoords="offset points", va="center", fontsize=8,
                )  # fmt: skip
    axes.set_xscale("function", functions=(np.sqrt, np.square))
    axes.set_yscale("function", functions=(np.sqrt, np.square))
    axes.set(xlim=(0, 1), ylim=(0, 1), xticks=SHARES, yticks=SHARES)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))
