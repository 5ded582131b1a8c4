"""How figures are laid out: colours, small multiples, labels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Okabe and Ito's palette: told apart by readers with any of the common colour vision deficiencies.
BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#D55E00", "#009E73", "#8A8A8A", "#1F2328"
WIDTH = 9.2  # inches
LONGEST_LABEL = 26  # characters
STYLE: Any = {
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.parse_math": False,  # an article's `$` is a dollar, not a formula
}


def draw_nothing(why: str) -> Figure:
    """Draw a figure that says why it is empty."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 1))
        figure.text(0.5, 0.5, why, ha="center", va="center")
    return figure


def grid(n_panels: int, *, height: float, left: float, right: float) -> tuple[Figure, list[Axes]]:
    """Lay out small multiples, two beside each other; a panel's sizes are in inches."""
    columns = min(n_panels, 2)
    rows = math.ceil(n_panels / columns)
    above, below, legend = 0.35, 0.35, 0.35
    wide, high = WIDTH / 2 * columns, rows * (height + above + below) + legend
    figure = Figure(figsize=(wide, high))
    panel = wide / columns - left - right
    panels = figure.subplots(rows, columns, squeeze=False)
    figure.subplots_adjust(
        left=left / wide,
        right=1 - right / wide,
        top=1 - above / high,
        bottom=(below + legend) / high,
        wspace=(left + right) / panel,
        hspace=(above + below) / height,
    )
    for axes in panels.ravel()[n_panels:]:
        axes.set_visible(False)
    return figure, list(panels.ravel()[:n_panels])


def room_for(labels: Iterable[object]) -> float:
    """Give the inches that the longest label takes, within reason."""
    longest = max((len(str(label)) for label in labels), default=0)
    return min(0.25 + 0.085 * longest, 2.2)


def shorten(label: object) -> str:
    """Cut a label that is too long for a figure."""
    text = str(label)
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
