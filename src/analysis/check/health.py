"""All checks of a corpus, in the order in which a reader asks."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.check.days import check_days
from analysis.check.examples import name_examples
from analysis.check.findings import Finding, tabulate_findings
from analysis.check.language import check_language
from analysis.check.lengths import check_lengths, check_removed
from analysis.check.measure import measure_articles
from analysis.check.periods import check_overlap, check_stray_dates
from analysis.check.quotation import check_quotation_marks
from analysis.check.shares import RULES, check_shares
from analysis.check.sizes import check_sizes
from analysis.check.unused import check_unused
from analysis.prepared_corpus import Corpus


def check_corpus(corpus: Corpus, *, measured: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say what in a corpus blocks its comparisons, what qualifies them, and what is fine.

    Parameters
    ----------
    corpus
        As ``prepare`` gives it.
    measured
        As ``measure_articles`` gives it, where it is at hand.

    Returns
    -------
    pandas.DataFrame
        A row per finding, what blocks first: ``level`` (``blocks``, ``qualifies`` or ``fine``),
        ``outlet`` (empty: the whole corpus), ``check``, ``what`` (a sentence with its numbers),
        ``affects`` (the comparisons concerned), ``n_articles`` and ``articles`` (how many are
        behind it, and their ids as a list), ``remedy``. A check that finds nothing has one row.

    Notes
    -----
    The rules and their thresholds are in ``docs/methods.md``. None of them rates an outlet: they
    tell what was collected, not what was written.

    Misleads when a corpus was put together by hand from a few events: gaps between them are then
    no gaps of the collection.
    """
    measured = measure_articles(corpus) if measured is None else measured
    return tabulate_findings(list(_find(corpus, measured)))


def _find(corpus: Corpus, measured: pd.DataFrame) -> Iterator[Finding]:
    yield from check_sizes(measured)
    yield from check_unused(corpus)
    yield from check_overlap(measured)
    yield from check_stray_dates(measured)
    yield from check_days(measured)
    yield from check_lengths(measured)
    yield from check_removed(measured)
    yield from check_language(measured)
    yield from check_quotation_marks(measured)
    shown = {"furniture left": "leftover", "outlet names itself": "own_names"}
    notes = {check: name_examples(measured, column) for check, column in shown.items()}
    for rule in RULES:
        yield from check_shares(measured, rule, notes=notes.get(rule.check))
