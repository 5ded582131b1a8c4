"""Compiled: what stands around each line, as `context_features` describes it, and its label.

Imported only for large corpora, because importing numba takes longer than reading a small one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled
from analysis.corpus.context import (
    AGAINST,
    EARLY,
    FAR,
    LATE,
    LITTLE_PROSE,
    LONG,
    NEAR,
    NO_MASS,
    REACH,
    RUN,
    UNLIKE,
)

Matrix = NDArray[np.float64]
Marks = NDArray[np.bool_]


@compiled
def fill_context(
    measures: tuple[Matrix, Matrix, Matrix], signals: Matrix, twice: Marks, table: Matrix
) -> None:
    """Describe what stands around each line.

    Parameters
    ----------
    measures
        The words, how much is prose and whether it ends like a sentence; shape (n,) each.
    signals
        Which groups of cue phrases each line has; shape (n, k).
    twice
        Which lines stand more than once in the article; shape (n,).
    table
        Zeros, filled with the columns of `context_names`; shape (n, m).
    """
    words, prose, ends = measures
    n_lines, n_signals = signals.shape
    mass = np.minimum(words, LONG) * prose / LONG
    labels = signals * (prose <= LITTLE_PROSE).reshape(n_lines, 1)
    average_around(mass, NEAR, table[:, 0], table[:, 1])
    average_around(mass, FAR, table[:, 2], table[:, 3])
    table[:, 4] = np.minimum(table[:, 0], table[:, 1])
    table[:, 5] = np.minimum(table[:, 2], table[:, 3])
    before = np.zeros(n_lines)
    after = np.zeros(n_lines)
    share_prose(mass, before, after)
    column = 6
    for signal in range(n_signals):
        ahead, behind = column + signal, column + n_signals + signal
        average_around(labels[:, signal], FAR, table[:, ahead], table[:, behind])
    column += 2 * n_signals
    mark_zones(labels, before, after, table[:, column : column + 2 * n_signals])
    column += 2 * n_signals
    place_lines(words, prose, labels, table[:, column : column + 3])
    first, last = before <= 0, after <= NO_MASS
    table[:, column + 3], table[:, column + 4] = before, after
    table[:, column + 5], table[:, column + 6] = first, last
    table[:, column + 7] = twice
    unended = (ends == 0) & (prose <= LITTLE_PROSE)
    run = run_lengths(unended) / RUN
    table[:, column + 8], table[:, column + 9], table[:, column + 10] = run, run * first, run * last
    table[:, column + 11], table[:, column + 12] = unended & first, unended & last


@compiled
def average_around(values: Matrix, decay: float, before: Matrix, after: Matrix) -> None:
    """Average what comes before and after, with weights that decay by line."""
    for line in range(1, len(values)):
        before[line] = (1 - decay) * values[line - 1] + decay * before[line - 1]
    for line in range(len(values) - 2, -1, -1):
        after[line] = (1 - decay) * values[line + 1] + decay * after[line + 1]


@compiled
def share_prose(mass: Matrix, before: Matrix, after: Matrix) -> None:
    """Give the share of the prose before and after each line."""
    total, done = mass.sum() + NO_MASS, 0.0
    for line in range(len(mass)):
        done += mass[line]
        before[line] = (done - mass[line]) / total
        after[line] = 1 - before[line] - mass[line] / total


@compiled
def mark_zones(labels: Matrix, before: Matrix, after: Matrix, zones: Matrix) -> None:
    """Tell which cues stand between the body's beginning and a line, or a line and its end."""
    n_lines, n_signals = labels.shape
    for signal in range(n_signals):
        highest = 0.0
        for line in range(n_lines):
            zones[line, signal] = highest
            if before[line] > LATE:
                highest = max(highest, labels[line, signal])
        highest = 0.0
        for line in range(n_lines - 1, -1, -1):
            zones[line, n_signals + signal] = highest
            if after[line] > EARLY:
                highest = max(highest, labels[line, signal])


@compiled
def place_lines(words: Matrix, prose: Matrix, labels: Matrix, places: Matrix) -> None:
    """Find the main block, the stretch of lines with the greatest sum, and the way to it."""
    total, lowest, lowest_at = 0.0, 0.0, 0
    best, start, end = -np.inf, 0, 0
    for line in range(len(words)):
        if total < lowest:
            lowest, lowest_at = total, line
        has_label = False
        for signal in range(labels.shape[1]):
            has_label |= labels[line, signal] > 0
        total += min(words[line], LONG) * prose[line] if prose[line] > LITTLE_PROSE else UNLIKE
        if has_label and prose[line] < 1:
            total -= AGAINST
        if total - lowest > best:
            best, start, end = total - lowest, lowest_at, line
    for line in range(len(words)):
        places[line, 0] = start <= line <= end
        places[line, 1] = min(max((start - line) / REACH, 0), 1)
        places[line, 2] = min(max((line - end) / REACH, 0), 1)


@compiled
def run_lengths(marked: Marks) -> Matrix:
    """Give the length of the run of marked lines that each marked line is in, up to `RUN`."""
    lengths = np.zeros(len(marked))
    start = 0
    for line in range(len(marked) + 1):
        if line == len(marked) or not marked[line]:
            lengths[start:line] = min(line - start, RUN)
            start = line + 1
    return lengths


@compiled
def label_lines(log_odds: Matrix, switch: float, most: float) -> Marks:
    """Find the labels with the greatest sum of log-odds, as `best_labels`."""
    n_lines = len(log_odds)
    left, joined = np.zeros(n_lines, np.bool_), np.zeros(n_lines, np.bool_)
    gone, stays = 0.0, 0.0
    for line in range(n_lines):
        value = min(max(log_odds[line], -most), most)
        left[line], joined[line] = stays - switch > gone, gone - switch > stays
        gone, stays = max(gone, stays - switch), max(stays, gone - switch) + value
    labels = np.zeros(n_lines, np.bool_)
    label = stays > gone
    for line in range(n_lines - 1, -1, -1):
        labels[line] = label
        if joined[line] if label else left[line]:
            label = not label
    return labels
