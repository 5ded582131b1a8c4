"""How many topics: the number that comes out the same from different articles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from analysis.compare.moments import Floats, Integers
from analysis.compare.topic_model import fit_model
from analysis.compare.topic_words import check_n_topics, usable_words
from analysis.corpus.schema import DataError
from analysis.text.counts import Counts

CANDIDATES = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20)
ARTICLES_A_TOPIC = 15  # below, a fifth of the articles more or less decides what a topic is
N_SAMPLES = 3
SAMPLE = 0.8
ABOUT_EQUAL = 0.02  # of kappa: one article in fifty elsewhere
MOST_ARTICLES = 1000  # in a sample: more make the fits slower, not the ranking clearer


def no_choice() -> pd.DataFrame:
    """Give the table of a number that was not chosen but given: its columns, no rows."""
    return pd.DataFrame({"n_topics": [], "stability": [], "error": [], "best": []})


def choose_n_topics(
    counts: Counts, *, candidates: Sequence[int] | None = None, seed: int = 0
) -> pd.DataFrame:
    """Compare numbers of topics by how well they stand when articles are left out.

    Each number is fitted to 3 random samples of 80 % of the articles (at most 1,000). Topics of
    two samples are paired one to one by their common articles; a pair agrees as far as the two
    call the same articles theirs, beyond chance (Cohen's kappa).

    Parameters
    ----------
    counts
        Shape (articles, terms).
    candidates
        Numbers of topics; None tries 2 to 20, as far as there are 15 articles a topic.
    seed
        Of the samples.

    Returns
    -------
    pandas.DataFrame
        ``n_topics``, ``stability`` (mean kappa over topics and pairs of samples; 1: always the
        same topics, 0: no better than chance), ``error`` (standard error over samples), ``best``:
        true for the largest number less than 0.02, or one standard error if that is more, below
        the most stable, since of about equally stable numbers the larger one tells more.

    Raises
    ------
    DataError
        When a candidate is too large for the corpus or none is given.

    Notes
    -----
    After Ben-Hur, Elisseeff and Guyon (2002), "A stability based method", Pac. Symp. Biocomput.;
    cluster by cluster as in Hennig (2007), Comput. Stat. Data Anal. 52.

    Misleads when read as the true number: broad topics are stable more easily than fine ones, and
    a number that suits the question may be a less stable one.
    """
    usable = usable_words(counts)
    rows = np.flatnonzero(np.diff(usable.matrix.indptr) > 0)
    if candidates is None:
        most = max(2, len(rows) // ARTICLES_A_TOPIC)
        candidates = [number for number in CANDIDATES if number <= most]
    if not len(candidates):
        raise DataError("candidates is empty; give numbers of topics, such as [5, 10, 15]")
    size = min(int(SAMPLE * len(rows)), MOST_ARTICLES)
    for number in candidates:
        check_n_topics(number, size, len(usable.terms))
    random = np.random.default_rng(seed)
    samples = [np.sort(random.choice(rows, size, replace=False)) for _ in range(N_SAMPLES)]
    numbers = sorted({int(number) for number in candidates})
    found = [_stability(usable, samples, number, seed) for number in numbers]
    table = pd.DataFrame(found, columns=["stability", "error"])
    table.insert(0, "n_topics", numbers)
    top = int(table["stability"].to_numpy().argmax())
    slack = max(ABOUT_EQUAL, float(table["error"].iloc[top]))
    near = table["stability"] >= table["stability"].iloc[top] - slack
    return table.assign(best=table["n_topics"] == table.loc[near, "n_topics"].max())


def _stability(
    usable: Counts, samples: list[Integers], n_topics: int, seed: int
) -> tuple[float, float]:
    """Mean agreement of the fits of every two samples, and its standard error."""
    groups = np.full((len(samples), len(usable.articles)), -1)
    for of_sample, sample in zip(groups, samples, strict=True):
        of_sample[sample] = fit_model(usable.matrix[sample], n_topics, seed).shares.argmax(axis=1)
    pairs = list(combinations(range(len(samples)), 2))
    values = np.array([agreement(groups[one], groups[two], n_topics) for one, two in pairs])
    # Pairs share samples: the spread is that of the samples' own means.
    of_sample_means = [values[[i in pair for pair in pairs]].mean() for i in range(len(samples))]
    return float(values.mean()), float(np.std(of_sample_means, ddof=1) / np.sqrt(len(samples)))


def agreement(one: Integers, two: Integers, n_topics: int) -> float:
    """Mean Cohen's kappa of the topics of two fits, paired so that it is largest.

    Articles that are in one fit only (-1 in the other) are left out.
    """
    both = (one >= 0) & (two >= 0)
    table: Floats = np.zeros((n_topics, n_topics))
    np.add.at(table, (one[both], two[both]), 1)
    n = max(both.sum(), 1)
    first, second = table.sum(axis=1)[:, None] / n, table.sum(axis=0)[None, :] / n
    chance = first * second + (1 - first) * (1 - second)
    observed = 1 - first - second + 2 * table / n
    kappa = (observed - chance) / np.maximum(1 - chance, 1e-12)
    return float(kappa[linear_sum_assignment(-kappa)].mean())
