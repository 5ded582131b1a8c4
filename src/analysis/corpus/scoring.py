"""Which lines of an article are furniture: a logistic model of each line, smoothed over blocks."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from math import log

import numpy as np

from analysis.corpus.context import Marks, Matrix, context_features, context_names, mark_twice
from analysis.corpus.furniture import VOICES, LineFeatures, Rows, line_features, prose_share

# A line goes when the model gives it less than this chance of being the article's: a sentence lost
# costs more than a label left.
LEAST_CHANCE = 0.07
LEAST_CHANCE_SHAPE = 0.02  # without cue phrases, in languages that the lexicon does not know
SWITCH = 0.7  # log-odds that a change from furniture to article, or back, costs
MOST = 4.0  # log-odds to which one line is limited, so that no line outweighs its block


@dataclass(frozen=True)
class Model:
    """The features of lines and their weights, for English and for any language."""

    features: LineFeatures
    signals: list[int]
    shape: list[int]
    weights: dict[bool, Matrix]

    def log_odds(self, read: Rows, *, english: bool) -> Matrix:
        """Give the log-odds that each line is the article's, above the least chance."""
        lines, rows = read.lines, read.table.astype(float)
        if not english:
            rows = self._language_free(rows)
        ends = rows[:, self.features.names.index("ends")]
        measures = rows[:, 0], rows[:, 1], ends
        describe = _context_compiled if read.compiled else context_features
        context = describe(mark_twice(lines, read.keys), *measures, rows[:, self.signals])
        table = np.hstack([np.ones((len(lines), 1)), rows[:, 1:], context])
        least = LEAST_CHANCE if english else LEAST_CHANCE_SHAPE
        odds: Matrix = table @ self.weights[english] - log(least / (1 - least))
        return odds

    def _language_free(self, rows: Matrix) -> Matrix:
        """Blank the columns that come from English words."""
        names = self.features.names
        shaped = np.zeros_like(rows)
        shaped[:, self.shape] = rows[:, self.shape]
        ends, lower = names.index("ends"), names.index("lower case")
        shaped[:, 1] = prose_share(rows[:, 0], rows[:, ends], rows[:, lower], 0 * rows[:, 0])
        return shaped


def read_model() -> Model:
    """Read the lexicon and the weights."""
    features = line_features()
    names = features.names
    signals = [n for n, name in enumerate(names) if name in features.groups and name not in VOICES]
    source = files("analysis") / "lexicons" / "furniture_weights.csv"
    table = csv.DictReader(
        line for line in source.read_text(encoding="utf-8").splitlines() if line[:1] != "#"
    )
    rows = {row["feature"]: (float(row["english"]), float(row["any"])) for row in table}
    columns = ["(constant)", *names[1:], *context_names([names[n] for n in signals])]
    weights = np.array([rows[name] for name in columns])
    shape = list(range(names.index("function words")))
    return Model(features, signals, shape, {True: weights[:, 0], False: weights[:, 1]})


def _context_compiled(
    twice: Marks, words: Matrix, prose: Matrix, ends: Matrix, signals: Matrix
) -> Matrix:
    """Give the same as `context_features`."""
    # numba is imported only where it pays
    from analysis.corpus.context_kernels import fill_context

    table = np.zeros((len(words), len(context_names([""] * signals.shape[1]))))
    measures = np.stack([words, prose, ends])
    fill_context(tuple(measures), np.ascontiguousarray(signals), twice, table)
    return table


def best_labels(log_odds: Matrix, *, compiled: bool) -> Marks:
    """Find the labels with the greatest sum of log-odds, less `SWITCH` for each change.

    The Viterbi algorithm (Viterbi 1967) with two states: True where the line stays.
    """
    if compiled:
        from analysis.corpus.context_kernels import label_lines

        return label_lines(log_odds, SWITCH, MOST)
    gone = stays = 0.0
    steps: list[tuple[bool, bool]] = []
    for value in np.clip(log_odds, -MOST, MOST).tolist():
        steps.append((stays - SWITCH > gone, gone - SWITCH > stays))
        gone, stays = max(gone, stays - SWITCH), max(stays, gone - SWITCH) + value
    label = stays > gone
    labels = []
    for left, joined in reversed(steps):
        labels.append(label)
        label = (not label) if (joined if label else left) else label
    return np.array(labels[::-1], bool)
