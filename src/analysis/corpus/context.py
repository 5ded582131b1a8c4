"""What stands around a line: furniture comes in blocks before and after the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Marks = NDArray[np.bool_]

NEAR, FAR = 0.5, 0.85  # how much of its weight a neighbour keeps per line of distance
LONG = 60  # words of prose beyond which a line weighs no more
LITTLE_PROSE = 0.3  # share of a line; with more it is no label
NO_MASS = 1e-9
EARLY, LATE = 0.7, 0.3  # so much of the prose behind a line, or before it
# What a line without prose, and one with cues, takes from the main block.
UNLIKE, AGAINST = -6.0, 10.0
RUN = 8  # lines in a row without a full stop that make a list complete
REACH = 10  # lines from the main block at which being outside it is complete


def context_names(signals: Sequence[str]) -> list[str]:
    """Name the columns of `context_features`."""
    near = [f"{name} {side}" for name in ("prose, near", "prose") for side in ("before", "after")]
    around = [f"{name} {side}" for side in ("before", "after") for name in signals]
    zones = [f"{name} {side}" for side in ("early on", "later on") for name in signals]
    place = [
        "inside",
        "ahead",
        "behind",
        "prose share before",
        "prose share after",
        "first",
        "last",
    ]
    runs = ["run", "first, run", "last, run", "first, unended", "last, unended"]
    return [*near, "between prose, near", "between prose", *around, *zones, *place, "twice", *runs]


def context_features(
    twice: Marks, words: Matrix, prose: Matrix, ends: Matrix, signals: Matrix
) -> Matrix:
    """Describe what stands around each line.

    Parameters
    ----------
    twice
        Which of the n lines of one article stand there more than once; shape (n,).
    words, prose, ends
        The number of words of each line, how much of it counts as prose (0 to 1), and whether it
        ends like a sentence (1 or 0); shape (n,).
    signals
        Shape (n, k): which groups of cue phrases each line has.

    Returns
    -------
    ndarray
        Shape (n, m), the columns of `context_names`.
    """
    mass = np.minimum(words, LONG) * prose / LONG
    labels = signals * (prose <= LITTLE_PROSE)[:, None]
    near, far = _around(mass[:, None], NEAR), _around(mass[:, None], FAR)
    between = [np.minimum(near[:, :1], near[:, 1:]), np.minimum(far[:, :1], far[:, 1:])]
    before, after = _shares(mass)
    first, last = before <= 0, after <= NO_MASS
    place = [*_places(words, prose, labels), before, after, first, last, twice]
    unended = (ends == 0) & (prose <= LITTLE_PROSE)
    run = _run_lengths(unended) / RUN
    place += [run, run * first, run * last, unended & first, unended & last]
    zones = _zones(labels, before, after)
    blocks = [near, far, *between, _around(labels, FAR), zones, np.column_stack(place)]
    return np.hstack([block.astype(float) for block in blocks])


def _around(values: Matrix, decay: float) -> Matrix:
    """Average what comes before, and what comes after, with weights that decay by line."""
    # Here, because it takes a second to import, and most processes clean nothing.
    from scipy.signal import lfilter

    width = values.shape[1]
    both = np.hstack([values, values[::-1]])
    smooth = np.zeros_like(both)
    smooth[1:] = lfilter([1 - decay], [1, -decay], both[:-1], axis=0)
    smooth[:, width:] = smooth[::-1, width:]
    return smooth


def _shares(mass: Matrix) -> tuple[Matrix, Matrix]:
    total = mass.sum() + NO_MASS
    before = (np.cumsum(mass) - mass) / total
    return before, 1 - before - mass / total


def _zones(labels: Matrix, before: Matrix, after: Matrix) -> Matrix:
    """Tell which cues stand between the body's beginning and a line, or a line and its end.

    A comment form after a third of the prose ends an article; a byline announces one.
    """

    def ever(rows: Matrix) -> Matrix:
        highest = np.maximum.accumulate(rows, axis=0)
        return np.vstack([np.zeros((1, rows.shape[1])), highest[:-1]])

    late, early = labels * (before > LATE)[:, None], labels * (after > EARLY)[:, None]
    return np.hstack([ever(late), ever(early[::-1])[::-1]])


def _places(words: Matrix, prose: Matrix, labels: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Find the main block, the stretch of lines with the greatest sum, and the way to it."""
    weights = np.where(prose > LITTLE_PROSE, np.minimum(words, LONG) * prose, UNLIKE)
    weights -= AGAINST * ((labels.max(axis=1, initial=0) > 0) & (prose < 1))
    sums = np.concatenate([[0.0], np.cumsum(weights)])
    lowest = np.minimum.accumulate(sums)[:-1]
    end = int(np.argmax(sums[1:] - lowest))
    start = int(np.argmin(sums[: end + 1]))
    index = np.arange(len(words))
    inside = (index >= start) & (index <= end)
    return (
        inside.astype(float),
        np.clip((start - index) / REACH, 0, 1),
        np.clip((index - end) / REACH, 0, 1),
    )


def _run_lengths(marked: NDArray[np.bool_]) -> Matrix:
    """Give the length of the run of marked lines that each marked line is in, up to `RUN`."""
    bounds = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]])))
    lengths = np.zeros(len(marked))
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        lengths[start:end] = min(end - start, RUN)
    return lengths


def mark_twice(lines: Sequence[str], numbers: NDArray[np.int64]) -> Marks:
    """Mark the lines that stand more than once in an article.

    Parameters
    ----------
    lines, numbers
        Its lines, and a number for each, as in `Layout.keys`.
    """
    if len(set(numbers.tolist())) == len(lines):
        return np.zeros(len(lines), bool)
    keys = [line.lower() for line in lines]
    times = Counter(keys)
    return np.array([times[key] > 1 for key in keys], bool)
